import pytest
from PIL import Image

from pipeline.document import Page
from pipeline.errors import CongvanError, LimitError, UnreadableSourceError
from pipeline.ocr.tesseract import Tesseract
from pipeline.read import pdf
from pipeline.read.reading import Reading
from pipeline.settings import Settings
from tests.ocr.fakes import Says, line
from tests.pictures import BODY, page, share_found
from tests.read.pdf_maker import INVISIBLE, Sheet, rotated

SCAN = page(BODY * 3)
OCR = (line("Đọc bằng máy", 300, 400),)
BAD_LAYER = ("UY BAN NHAN DAN HUY$N THANH HOA", "DQc I~p - Tl! do - H~nh phUc", "kiGm tra h$ thOng kGnh mUOng") * 20


def read(data: bytes, settings: Settings | None = None) -> Reading:
    return pdf.read(data, media_type="application/pdf", settings=settings or Settings(), recognizer=Says(OCR))


def text(page: Page) -> str:
    return "\n".join(line.text for line in page.lines)


@pytest.mark.parametrize(
    ("sheet", "origin", "sources"),
    [
        pytest.param(Sheet().page(BODY), "born_digital", ["text_layer"], id="born digital"),
        pytest.param(Sheet().page(picture=SCAN), "scan", ["ocr"], id="scan"),
        pytest.param(Sheet().page(BODY).page(picture=SCAN), "mixed", ["text_layer", "ocr"], id="both"),
        pytest.param(Sheet().page(BAD_LAYER, picture=SCAN, mode=INVISIBLE), "scan", ["ocr"], id="bad hidden layer"),
        pytest.param(
            Sheet().page(BODY * 3, picture=SCAN, mode=INVISIBLE), "scan", ["text_layer"], id="good hidden layer"
        ),
        pytest.param(
            Sheet().page(("Người ký: Cổng thông tin điện tử", "Thời gian ký: 05.03.2024 10:11:12"), picture=SCAN),
            "scan",
            ["ocr"],
            id="signature's text only",
        ),
        pytest.param(Sheet().page(BODY).page(BODY[:1]), "born_digital", ["text_layer"] * 2, id="a few words left over"),
    ],
)
def test_each_page_is_read_from_what_is_sound(sheet: Sheet, origin: str, sources: list[str]) -> None:
    reading = read(sheet.done())
    assert reading.origin == origin
    assert [page.source for page in reading.pages] == sources


def test_words_of_a_text_layer_have_boxes_from_the_top_left() -> None:
    (found,) = read(Sheet().page(BODY, at=(90, 100)).done()).pages
    assert share_found(BODY, text(found)) == 1
    word = found.lines[0].words[0]
    assert (word.text, word.confidence) == ("Căn", None)
    assert word.box is not None
    assert (word.box.x0, word.box.middle) == pytest.approx((90, 96), abs=3)


def test_text_typed_over_a_scan_wins_over_ocr() -> None:
    sheet = Sheet().page(("47",), picture=SCAN, at=(300 * 0.36 + 20, 400 * 0.36 + 10))
    words = read(sheet.done()).pages[0].lines[0].words
    assert "47" in [word.text for word in words if word.confidence is None]
    assert len(words) < len(OCR[0]) + 1


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_lie_on_the_page_as_displayed(degrees: int) -> None:
    (found,) = read(rotated(Sheet().page(picture=SCAN).done(), degrees)).pages
    assert (found.width, found.height) == pytest.approx((842, 595) if degrees != 180 else (595, 842))


@pytest.mark.ocr
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_displayed_upright_by_its_rotation_is_read(degrees: int) -> None:
    lying = SCAN.rotate(degrees, expand=True)
    size = (595.0, 842.0) if degrees == 180 else (842.0, 595.0)
    data = rotated(Sheet().page(picture=lying, size=size).done(), degrees)
    reading = pdf.read(data, media_type="application/pdf", settings=Settings(), recognizer=Tesseract())
    (found,) = reading.pages
    assert share_found(BODY, text(found)) > 0.9
    box = found.lines[0].words[0].box
    assert box is not None
    assert (box.x0, box.top) == pytest.approx((240 * 0.36, 308 * 0.36), abs=6)


WHOLE = Sheet().page(BODY).done()


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        pytest.param(Sheet(password="kín").page(BODY).done(), UnreadableSourceError, "password", id="locked"),
        pytest.param(WHOLE[:200], UnreadableSourceError, "broken", id="cut short"),
        pytest.param(b"%PDF-1.7\n" + b"\0" * 500, UnreadableSourceError, "broken", id="nothing inside"),
        pytest.param(Sheet().page(BODY).page(BODY).done(), LimitError, "max_pages", id="too many pages"),
    ],
)
def test_a_bad_pdf_says_what_to_do_in_both_languages(data: bytes, error: type[CongvanError], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        read(data, Settings(max_pages=1))
    assert caught.value.say("vi") != caught.value.say("en")


@pytest.mark.parametrize("box", [b"[nan nan inf -inf]", b"[(a) (b) /c null]", b"[0 0 0 0]"])
def test_a_page_whose_box_is_no_box_is_read(box: bytes) -> None:
    data = Sheet().page(BODY).done()
    assert data.count(b"[ 0 0 595 842 ]") == 1
    (found,) = read(data.replace(b"[ 0 0 595 842 ]", box)).pages
    assert found.lines


def test_a_page_of_absurd_size_is_drawn_within_limits() -> None:
    huge = Sheet().page(picture=Image.new("L", (40, 40), 255), size=(14_000, 14_000)).done()
    (found,) = read(huge).pages
    assert found.lines == ()
