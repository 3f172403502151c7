"""The finder of places where a stamp may stand: frames, red ink, words set apart; level, leaning, crossed by print."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.secrecy import Stamp, drawn
from pipeline.ocr import Array
from pipeline.ocr.stamps.places import Place, frames, places

DPI = 200
MM = DPI / 25.4
FONT = "/usr/share/fonts/truetype/freefont/FreeSerif.ttf"
SENTENCE = "Thực hiện kế hoạch trồng cây đầu xuân của huyện Suối Lam"


def page(*stamps: tuple[Stamp, int, int], crossed: bool = False) -> Array:
    """Return the picture of a page of print with stamps, each with its middle in pixels."""
    image = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 38)
    for n in range(20):
        pen.text((200, 700 + 60 * n), SENTENCE, font=font, fill="black")
    for stamp, x, y in stamps:
        if crossed:
            pen.text((x - 400, y - 25), SENTENCE, font=font, fill="black")
        mark = drawn(stamp, size=16)
        image.paste(mark, (x - mark.width // 2, y - mark.height // 2), mark)
    return np.asarray(image, dtype=np.uint8)


def at(found: tuple[Place, ...], x: float, y: float) -> list[Place]:
    """Return the places with their middle within two millimetres of a pixel."""
    return [place for place in found if abs(place.x - x / MM) < 2 and abs(place.y - y / MM) < 2]


@pytest.mark.parametrize("crossed", [False, True])
@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("ink", ["red", "black"])
@pytest.mark.parametrize("turn", [0, 2, -3, 5, -8, 12, -20])
def test_a_frame_is_found_with_its_lean(turn: int, ink: str, lines: int, crossed: bool) -> None:
    stamp = Stamp("TỐI MẬT", ink, lines, turn, "top")
    (place,) = at(frames(page((stamp, 700, 400), crossed=crossed), DPI), 700, 400)
    assert abs(place.turn + turn) <= 2  # Pillow turns the other way
    assert 27 < place.long < 40
    assert 9 < place.short < 16


@pytest.mark.parametrize("turn", [0, 12])
def test_the_frame_of_one_stamp_across_another_is_found(turn: int) -> None:
    one, other = Stamp("TỐI MẬT", "black", 1, turn, "top"), Stamp("HỎA TỐC", "red", 1, 2, "top")
    found = frames(page((other, 640, 360), (one, 700, 400)), DPI)
    assert at(found, 640, 360)
    assert at(found, 700, 400)


def test_frames_of_many_leans_are_found_on_one_page_up_to_its_edges() -> None:
    turns = {(200, 120): 0, (1440, 130): 3, (210, 480): -13, (800, 480): 21, (1430, 500): -7}
    found = frames(page(*((Stamp("TỐI MẬT", "black", 1, turn, "top"), *where) for where, turn in turns.items())), DPI)
    for where, turn in turns.items():
        (place,) = at(found, *where)
        assert abs(place.turn + turn) <= 2


def test_print_without_stamps_has_no_frames_and_no_red() -> None:
    found = places(page(), DPI)
    assert {place.kind for place in found} <= {"word"}


@pytest.mark.parametrize("turn", [0, 5, -20])
def test_red_ink_is_one_place_that_leans_as_it_does(turn: int) -> None:
    (place,) = at(places(page((Stamp("TUYỆT MẬT", "red", 0, turn, "top"), 700, 400), crossed=True), DPI), 700, 400)
    assert place.kind == "red"
    assert abs(place.turn + turn) < 4


@pytest.mark.parametrize("turn", [0, 5, -20])
def test_a_black_word_set_apart_is_a_place(turn: int) -> None:
    (place,) = at(places(page((Stamp("MẬT", "black", 0, turn, "top"), 700, 400)), DPI), 700, 400)
    assert place.kind == "word"
    assert abs(place.turn + turn) < 8


def test_red_stamps_that_touch_are_a_heap_and_their_words() -> None:
    above, below = Stamp("SỞ Y TẾ ĐẾN", "red", 1, 0, "top"), Stamp("TỐI MẬT", "red", 0, 0, "top")
    found = places(page((above, 700, 300), (above, 700, 390), (above, 700, 480), (below, 700, 545)), DPI)
    assert "heap" in {place.kind for place in found}


def test_a_place_is_cut_out_level() -> None:
    picture = page((Stamp("TỐI MẬT", "black", 1, 12, "top"), 700, 400))
    (place,) = at(frames(picture, DPI), 700, 400)
    cut = place.cut(picture, DPI, 5.0, margin=1.0)
    assert cut.shape[:2] == pytest.approx(((place.short + 2) * 5, (place.long + 2) * 5), abs=1)
    rows = (cut[..., 0] < 128).mean(axis=1)
    lines = np.flatnonzero(rows > 0.35)  # the frame's long sides lie level, one at the top and one at the bottom
    assert lines.min() < 12
    assert lines.max() > cut.shape[0] - 13


@pytest.mark.parametrize(("rows", "found"), [(2, 14), (12, 0)])
def test_many_frames_are_the_cells_of_a_table(rows: int, found: int) -> None:
    table = np.full((2339, 1654), 255, np.uint8)
    for top in range(100, 100 + 90 * rows, 90):
        for left in range(100, 1500, 200):
            table[top : top + 60, left : left + 160] = 0
            table[top + 3 : top + 57, left + 3 : left + 157] = 255
    assert len(frames(table, DPI)) == found


def test_a_picture_full_of_lines_costs_little() -> None:
    hatched = np.full((2339, 1654), 255, np.uint8)
    hatched[::4, 100:1500] = 0
    assert frames(hatched, DPI) == ()
