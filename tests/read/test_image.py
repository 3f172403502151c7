import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from pipeline.errors import CongvanError, LimitError, UnreadableSourceError
from pipeline.ocr.tesseract import Tesseract
from pipeline.read import image
from pipeline.settings import Settings
from tests.ocr.fakes import Says
from tests.pictures import BODY, page, pixels, share_found

PAGE = page(BODY * 3)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def sizes(data: bytes) -> list[tuple[float, float]]:
    reading = image.read(data, media_type="image/png", settings=Settings(), recognizer=Says())
    return [(round(page.width or 0), round(page.height or 0)) for page in reading.pages]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(saved(PAGE, "PNG", dpi=(200, 200)), id="png"),
        pytest.param(saved(PAGE, "PNG"), id="png without resolution"),
        pytest.param(saved(PAGE, "JPEG", dpi=(72, 72)), id="jpeg with the resolution of screens"),
        pytest.param(saved(PAGE.convert("1"), "TIFF", compression="group4", dpi=(200, 200)), id="fax"),
        pytest.param(saved(PAGE.convert("RGBA"), "PNG"), id="transparent"),
        pytest.param(saved(PAGE.convert("P"), "PNG"), id="palette"),
        pytest.param(saved(PAGE.resize((827, 1170)), "JPEG"), id="small"),
        pytest.param(saved(PAGE.resize((2480, 3508)), "PNG", dpi=(300, 300)), id="300 dpi"),
    ],
)
def test_a_page_has_its_size_on_paper(data: bytes) -> None:
    ((width, height),) = sizes(data)
    assert (width, height) == pytest.approx((595, 842), abs=6)


def test_every_page_of_a_tiff_is_read() -> None:
    data = saved(PAGE, "TIFF", save_all=True, append_images=[PAGE, PAGE], dpi=(200, 200))
    reading = image.read(data, media_type="image/tiff", settings=Settings(), recognizer=Says())
    assert [page.number for page in reading.pages] == [1, 2, 3]


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to display
    lying = PAGE.rotate(90, expand=True)
    assert sizes(saved(lying, "JPEG", exif=exif)) == sizes(saved(PAGE, "JPEG"))


def test_a_cut_out_is_measured_by_its_letters() -> None:
    strip = PAGE.crop((200, 280, 1500, 800))
    assert image.resolution(pixels(strip), None) == pytest.approx(200, rel=0.2)


def test_transparent_paper_is_white() -> None:
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    assert image._pixels(clear).min() == 255


@pytest.mark.ocr
@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(PAGE.convert("1"), id="1 bit"),
        pytest.param(PAGE.resize((1100, 1556), Image.Resampling.LANCZOS), id="133 dpi"),
        pytest.param(ImageOps.autocontrast(PAGE.point(lambda v: 90 + v // 3)), id="pale"),
    ],
)
def test_words_are_read_from_poor_pictures(picture: Image.Image) -> None:
    reading = image.read(saved(picture, "PNG"), media_type="image/png", settings=Settings(), recognizer=Tesseract())
    assert share_found(BODY, "\n".join(line.text for line in reading.pages[0].lines)) > 0.9


def bomb() -> bytes:
    """A TIFF whose header promises 60,000 by 60,000 pixels."""
    whole = bytearray(saved(Image.new("1", (8, 8)), "TIFF"))
    small = np.uint32(8).tobytes()
    for tag in (b"\x00\x01", b"\x01\x01"):  # width, length; stored little-endian
        at = whole.index(tag + b"\x04\x00\x01\x00\x00\x00" if tag + b"\x04\x00" in whole else tag + b"\x03\x00")
        assert whole[at + 8 : at + 10] == small[:2]
        whole[at + 2 : at + 4] = b"\x04\x00"
        whole[at + 8 : at + 12] = np.uint32(60_000).tobytes()
    return bytes(whole)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(saved(PAGE, "PNG")[:3000], UnreadableSourceError, id="png cut short"),
        pytest.param(saved(PAGE, "JPEG")[:300], UnreadableSourceError, id="jpeg cut short"),
        pytest.param(b"II*\x00" + b"\xff" * 40, UnreadableSourceError, id="tiff with nothing in it"),
        pytest.param(bomb(), LimitError, id="absurd tiff"),
        pytest.param(saved(PAGE, "TIFF", save_all=True, append_images=[PAGE] * 2), LimitError, id="too many pages"),
    ],
)
def test_a_bad_picture_says_what_to_do_in_both_languages(data: bytes, error: type[CongvanError]) -> None:
    with pytest.raises(error) as caught:
        image.read(data, media_type="image/png", settings=Settings(max_pages=2), recognizer=Says())
    assert caught.value.say("vi") != caught.value.say("en")
