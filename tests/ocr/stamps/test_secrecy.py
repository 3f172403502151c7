"""Secrecy stamps found in the picture of a page: turned, framed, red over print; and what is no such stamp."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.secrecy import Stamp, drawn
from pipeline.ocr import Array, Glyphs, Lines, Mode
from pipeline.ocr.stamps.secrecy import secrecy
from pipeline.ocr.tesseract import Tesseract

DPI = 200
FONT = "/usr/share/fonts/truetype/freefont/FreeSerif.ttf"


def page(stamp: Stamp | None, *, print_below: bool = False, at: tuple[int, int] = (300, 420)) -> Array:
    """Return the picture of an A4 page of print with a stamp whose middle is `at`, in pixels."""
    image = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 38)
    for n in range(20):
        pen.text(
            (200, 700 + 60 * n), "Thực hiện kế hoạch trồng cây đầu xuân của huyện Suối Lam", font=font, fill="black"
        )
    if print_below:
        pen.text((at[0] - 180, at[1] - 20), "V/v trồng cây đầu xuân", font=font, fill="black")
    if stamp:
        mark = drawn(stamp, size=16)
        image.paste(mark, (at[0] - mark.width // 2, at[1] - mark.height // 2), mark)
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.ocr
@pytest.mark.parametrize("turn", [0, 4, -9, 17])
@pytest.mark.parametrize(("ink", "frame"), [("red", 0), ("red", 1), ("pale red", 2), ("black", 1)])
@pytest.mark.parametrize("text", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_stamp_is_found(text: str, ink: str, frame: int, turn: int) -> None:
    assert secrecy(page(Stamp(text, ink, frame, turn, "top")), DPI, Tesseract()) == text


@pytest.mark.ocr
@pytest.mark.parametrize("frame", [0, 1])
def test_print_under_a_red_stamp_is_not_in_the_way(frame: int) -> None:
    stamp = Stamp("TUYỆT MẬT", "red", frame, 6, "over print")
    assert secrecy(page(stamp, print_below=True), DPI, Tesseract()) == "TUYỆT MẬT"


@pytest.mark.ocr
@pytest.mark.parametrize("turn", [0, -3, 12])
@pytest.mark.parametrize("frame", [1, 2])
@pytest.mark.parametrize("text", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_print_across_a_black_stamp_is_not_in_the_way(text: str, frame: int, turn: int) -> None:
    stamp = Stamp(text, "black", frame, turn, "over print")
    assert secrecy(page(stamp, print_below=True), DPI, Tesseract()) == text


@pytest.mark.parametrize(("frame", "turn"), [(1, 4), (2, -8)])
@pytest.mark.parametrize("text", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_what_cannot_be_read_is_told_by_its_shapes(text: str, frame: int, turn: int) -> None:
    stamp = Stamp(text, "black", frame, turn, "over print")
    assert secrecy(page(stamp, print_below=True), DPI, Counting("")) == text


@pytest.mark.parametrize("text", ["KHẨN", "HỎA TỐC", "CÔNG KHAI", "SAO Y", "MẶT SAU", "BẢO MẬT", "ĐÃ KÝ"])
def test_another_stamp_that_cannot_be_read_is_none(text: str) -> None:
    assert secrecy(page(Stamp(text, "black", 1, 3, "top")), DPI, Counting("")) is None


@pytest.mark.ocr
def test_a_black_stamp_across_a_red_one_is_found() -> None:
    below = Image.fromarray(page(Stamp("HỎA TỐC", "red", 1, 2, "top")))
    mark = drawn(Stamp("MẬT", "black", 1, -5, "top"), size=16)
    below.paste(mark, (330 - mark.width // 2, 450 - mark.height // 2), mark)
    assert secrecy(np.asarray(below, dtype=np.uint8), DPI, Tesseract()) == "MẬT"


@pytest.mark.ocr
def test_a_stamp_that_touches_another_is_found() -> None:
    arrival = Image.fromarray(page(Stamp("TỐI MẬT", "red", 2, 0, "top")))
    pen = ImageDraw.Draw(arrival)
    pen.rectangle((150, 100, 500, 380), outline=(200, 30, 35), width=5)
    for n, line in enumerate(("VĂN PHÒNG", "ĐẾN", "Số: 479")):
        pen.text((170, 110 + 70 * n), line, font=ImageFont.truetype(FONT, 38), fill=(200, 30, 35))
    assert secrecy(np.asarray(arrival, dtype=np.uint8), DPI, Tesseract()) == "TỐI MẬT"


@pytest.mark.ocr
def test_a_grey_picture_will_do() -> None:
    grey = np.ascontiguousarray(page(Stamp("TỐI MẬT", "black", 1, 8, "top"))[..., 0])
    assert secrecy(grey, DPI, Tesseract()) == "TỐI MẬT"


@pytest.mark.ocr
@pytest.mark.parametrize(
    "text",
    ["HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "DỰ THẢO", "SAO Y", "MẶT SAU", "MẶT TRẬN", "BÍ MẬT", "BẢO MẬT", "ĐÃ KÝ"],
)
@pytest.mark.parametrize(("ink", "frame"), [("red", 0), ("red", 1), ("red", 2), ("black", 1), ("black", 2)])
def test_another_stamp_is_none(ink: str, frame: int, text: str) -> None:
    assert secrecy(page(Stamp(text, ink, frame, 3, "top")), DPI, Tesseract()) is None


class Counting:
    """A recogniser that reads the same everywhere and counts how often it is asked."""

    version = "counting"

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        self.asked += 1
        return ((Glyphs(self.text, 0, 0, 9, 9, 0.9),),)


def test_a_page_without_stamps_costs_no_reading() -> None:
    recognizer = Counting("MẬT")
    assert secrecy(page(None), DPI, recognizer) is None
    assert recognizer.asked == 0


def test_only_the_head_is_looked_at() -> None:
    stamp = Stamp("MẬT", "red", 1, 0, "top")
    assert secrecy(page(stamp), DPI, Counting("MẬT")) == "MẬT"
    assert secrecy(page(stamp, at=(300, 2000)), DPI, Counting("MẬT")) is None


def test_the_cells_of_a_table_are_not_read() -> None:
    image = Image.new("L", (1654, 2339), 255)
    pen = ImageDraw.Draw(image)
    for row in range(6):
        for column in range(4):
            x, y = 200 + 250 * column, 300 + 90 * row
            pen.rectangle((x, y, x + 250, y + 90), outline=0, width=3)
    recognizer = Counting("MẬT")
    assert secrecy(np.asarray(image, dtype=np.uint8), DPI, recognizer) is None
    assert recognizer.asked == 0
