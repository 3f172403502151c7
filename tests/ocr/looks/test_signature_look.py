"""The second look at the signature: what it takes, what it leaves, when it is not made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import pytest

from pipeline.ocr import Array, Glyphs, Lines, Mode
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.looks.signature import reread
from pipeline.ocr.looks.telling import telling

DPI = 72
PAPER = np.full((842, 595), 255, np.uint8)
PAGE = Sight(PAPER, DPI, PAPER, np.eye(3))


def row(text: str, x: float, top: float, confidence: float = 0.9) -> tuple[Glyphs, ...]:
    words = []
    for word in text.split():
        words.append(Glyphs(word, x, top, x + 6 * len(word), top + 10, confidence))
        x += 6 * len(word) + 4
    return tuple(words)


@dataclass
class Replayed:
    """Gives lines placed in the block that it is asked to read; a single line reads as nothing."""

    block: Lines
    modes: list[Mode] = field(default_factory=list)
    version: str = "replayed"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        self.modes.append(mode)
        return self.block if mode == "block" else ()


LEFT = round(0.43 * 595)
FOOT = row("Nơi nhận:", 60, 600)


def texts(lines: Lines) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def test_what_the_seal_hid_is_added_where_it_stands() -> None:
    seen = (row("+PHÓ GIÁM ĐỐC", 40, 40), row("//- .7", 60, 80), row("/ Lê Thị Sáu :", 60, 120))
    lines = reread(PAGE, (FOOT, row("?? xÉ", 340, 682, 0.2)), Replayed(seen))
    assert texts(lines) == ["Nơi nhận:", "PHÓ GIÁM ĐỐC", "Lê Thị Sáu"]
    position = lines[1][0]
    assert (position.x0, position.top) == (LEFT + 40, 560 + 40)


def test_a_better_first_reading_stays() -> None:
    first = (FOOT, row("KT. CHỦ TỊCH", 340, 600, 0.95))
    assert reread(PAGE, first, Replayed((row("KT. CHỦ TỊC", 80, 40, 0.6),))) == first


def test_the_list_of_recipients_is_no_signature() -> None:
    first = (FOOT, row("- Các phòng ban chuyên môn Giám Sát Tổng Hợp;", 60, 640))
    seen = (row("Giám Sát Tổng Hợp;", 20, 80), row("CHỦ TỊCH", 150, 40))
    lines = reread(PAGE, first, Replayed(seen))
    assert texts(lines)[:2] == texts(first)


@pytest.mark.parametrize("middle", [430, 180])
def test_a_seal_marks_a_signature_away_from_the_list(middle: int) -> None:
    paper = PAPER.copy()
    cv2.circle(paper, (middle, 300), 52, 0, 2)
    seen = (row("GIÁM ĐỐC", 100, 10), row("Trần Văn Tám", 100, 100))
    sight = Sight(paper, DPI, paper, np.eye(3)).without_rings()
    lines = reread(sight, (row("TM. ỦY BAN", 60, 100),), Replayed(seen))
    assert texts(lines) == ["TM. ỦY BAN", "GIÁM ĐỐC", "Trần Văn Tám"]
    assert abs(lines[1][0].x0 - (middle - 52 - 35 + 100)) <= 2


@pytest.mark.parametrize(
    ("first", "looks"),
    [
        pytest.param((row("PHÓ CHỦ TỊCH", 340, 600), row("Lê Thị Sáu", 340, 680)), True, id="a deputy for nobody"),
        pytest.param(
            (row("KT. CHỦ TỊCH", 340, 580), row("PHÓ CHỦ TỊCH", 340, 600), row("Lê Thị Sáu", 340, 680)),
            False,
            id="a deputy for the head",
        ),
        pytest.param((row("CHỦ TỊ", 340, 600), row("Lê Thị Sáu", 340, 680)), True, id="a position cut short"),
        pytest.param((row("CHỦ TỊCH", 340, 600), row("Lê Thị Sáu", 340, 680)), False, id="a head"),
        pytest.param(
            (row("CHỦ TỊCH HỘI NÔNG DÂN XÃ", 340, 600), row("Lê Thị Sáu", 340, 680)), False, id="a head of a body"
        ),
    ],
)
def test_a_look_is_taken_until_the_signature_is_whole(first: Lines, *, looks: bool) -> None:
    recognizer = Replayed(())
    reread(PAGE, (FOOT, *first), recognizer)
    assert bool(recognizer.modes) is looks


def test_a_position_as_high_as_two_lines_is_looked_at() -> None:
    tall = tuple(replace(word, bottom=word.top + 40) for word in row("CHỦ TỊCH", 340, 600))
    recognizer = Replayed((row("CHỦ TỊCH", 80, 40), row("PHÓ CHỦ TỊCH", 80, 52)))
    lines = reread(PAGE, (FOOT, tall, row("Lê Thị Sáu", 340, 680)), recognizer)
    assert "PHÓ CHỦ TỊCH" in texts(lines)


def test_a_row_of_the_list_that_runs_into_the_signature_leaves_it_its_column() -> None:
    first = (FOOT, row("- Như trên; KT. CHỦ TỊCH Nguyễn Văn Tám Bảy Sáu Năm Bốn Ba Hai Một", 60, 615))
    recognizer = Replayed((row("PHÓ CHỦ TỊCH", 80, 60),))
    lines = reread(PAGE, first, recognizer)
    assert texts(lines)[-1] == "PHÓ CHỦ TỊCH"
    assert lines[-1][0].x0 == LEFT + 80


def test_among_rows_of_text_there_is_no_signature() -> None:
    text = tuple(row("và " * 33, 60, top) for top in (615, 635, 680))
    first = (FOOT, *text)
    assert reread(PAGE, first, Replayed((row("PHÓ CHỦ TỊCH", 80, 98),))) == first


def test_a_name_in_a_sentence_takes_no_place_of_what_was_read_surely() -> None:
    first = (FOOT, row("huyện Tân Lập tỉnh Sơn Hạ mới và các xã", 340, 575))
    assert reread(PAGE, first, Replayed((row("Tân Sơn Hạ", 80, 15),))) == first


def test_a_longer_reading_replaces_a_shorter_one() -> None:
    first = (FOOT, row("CHỦ TỊCH", 370, 600))
    assert texts(reread(PAGE, first, Replayed((row("PHÓ CHỦ TỊCH", 80, 40),)))) == ["Nơi nhận:", "PHÓ CHỦ TỊCH"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((row("Điều 1.", 60, 100),), id="no Nơi nhận"),
        pytest.param((FOOT, row("CHỦ TỊCH", 340, 600), row("Lê Thị Sáu", 340, 680)), id="read well at first"),
        pytest.param((), id="blank"),
    ],
)
def test_no_second_look(lines: Lines) -> None:
    recognizer = Replayed(())
    assert reread(PAGE, lines, recognizer) == lines
    assert recognizer.modes == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TM. ỦY BAN NHÂN DÂN", "authority"),
        ("ZZPHÓ.CHỦ TỊCH |", "position"),
        ("3Trần Văn Tám", "person"),
        ("SỞ Y TẾ", "body"),
        ("SỞ XqZ", None),
        ("T/M BAN XÂY DỰNG", "authority"),
        ("TÀI", None),
        ("TRƯỞNG", None),
        ("PHỐCHỦ TỊCH", "position"),
        ("và ngày mai ông Trần Văn Tám", None),
        ("Cá. tuệ", None),
        ("và các đơn vị", None),
    ],
)
def test_telling(text: str, kind: str | None) -> None:
    piece = telling(row(text, 0, 0))
    assert (piece.kind if piece else None) == kind


@pytest.mark.parametrize(("text", "position"), [("à PHÓ CHỦ TỊCH ˆ t", "PHÓ CHỦ TỊCH"), ("IÂU TRƯỞNG", "IÂU TRƯỞNG")])
def test_scraps_at_either_end_are_no_part_of_a_position(text: str, position: str) -> None:
    piece = telling(row(text, 0, 0))
    assert piece is not None
    assert piece.text == position


@pytest.mark.parametrize(
    ("text", "confidence", "name"),
    [("hạm Văn Tám", 0.5, "hạm Văn Tám"), ("tá Văn Tám", 0.5, "Văn Tám"), ("ê Văn Tám", 0.9, "ê Văn Tám")],
)
def test_what_a_seal_left_of_a_family_name_stays(text: str, confidence: float, name: str) -> None:
    first, *rest = row(text, 0, 0)
    piece = telling((replace(first, confidence=confidence), *rest))
    assert piece is not None
    assert piece.text == name


def test_what_is_hardly_readable_tells_nothing() -> None:
    assert telling(row("Trần Văn Tám", 0, 0, 0.2)) is None
