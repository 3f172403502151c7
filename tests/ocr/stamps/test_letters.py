"""The words of secrecy known by the strokes of their letters: in several types, crossed by print; and other words."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.secrecy import FONTS
from pipeline.ocr.stamps.letters import CAPITAL, Floats, Spelling, likeness

FOLDER = "/usr/share/fonts/truetype"
PRINT = f"{FOLDER}/freefont/FreeSerif.ttf"


def ink(text: str, font: str = FONTS[0], *, crossed: str = "") -> Floats:
    """Return text with capitals as high as they are looked for, ink 1; `crossed` is print that runs through it."""
    face = ImageFont.truetype(f"{FOLDER}/{font}", 200)
    _, top, _, bottom = face.getbbox("M")
    scale = 200 / (bottom - top)
    face = ImageFont.truetype(f"{FOLDER}/{font}", round(4 * CAPITAL * scale))
    left, top, right, bottom = face.getbbox(text)
    image = Image.new("L", (round(right - left) + 160, round(bottom - top) + 160))
    pen = ImageDraw.Draw(image)
    pen.text((80 - left, 80 - top), text, font=face, fill=255)
    if crossed:
        pen.text((30, 80), crossed, font=ImageFont.truetype(PRINT, round(3.4 * CAPITAL * scale)), fill=255)
    small = cv2.resize(np.asarray(image), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(small.astype(np.float32) / 255 * 1.5, 0, 1), dtype=np.float32)


def value(picture: Floats, word: Spelling) -> float:
    found = likeness(picture, word)
    return found.value if found else 0.0


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(
    ("text", "word"), [("MẬT", "MAT"), ("TỐI MẬT", "MAT"), ("TỐI MẬT", "TOI"), ("TUYỆT MẬT", "TUYET"), ("BẢO", "BAO")]
)
def test_a_word_is_known_in_every_type(text: str, word: Spelling, font: str) -> None:
    assert value(ink(text, font), word) > 0.73


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(
    "text", ["KHẨN", "HỎA TỐC", "CÔNG KHAI", "DỰ THẢO", "BẢN SAO", "ĐÃ KÝ", "THU HỒI", "ĐẾN", "Kính gửi", "bí mật"]
)
def test_another_word_is_not_mat(text: str, font: str) -> None:
    assert value(ink(text, font), "MAT") < 0.79


@pytest.mark.parametrize("crossed", ["kế hoạch", "V/v tăng cường", "ngày 12 tháng 3"])
def test_print_across_it_takes_little_away(crossed: str) -> None:
    assert value(ink("MẬT", crossed=crossed), "MAT") > 0.74


def test_it_tells_where_the_word_stands() -> None:
    alone, behind = likeness(ink("MẬT"), "MAT"), likeness(ink("TỐI MẬT"), "MAT")
    assert alone is not None
    assert behind is not None
    assert alone.left == pytest.approx(20, abs=3)
    assert behind.left - alone.left > 2 * CAPITAL
    assert behind.right - behind.left == pytest.approx(alone.right - alone.left)


@pytest.mark.parametrize("shape", [(1, 1), (5, 200), (40, 4), (40, 20)])
def test_a_picture_too_small_for_a_word_holds_none(shape: tuple[int, int]) -> None:
    assert likeness(np.ones(shape, np.float32), "TUYET", 0.5) is None


def test_what_cannot_reach_the_least_value_is_none() -> None:
    assert likeness(ink("HỎA TỐC"), "MAT", 0.9) is None
    assert likeness(ink("MẬT"), "MAT", 0.9) is not None
