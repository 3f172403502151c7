"""The second look at the signature: what it takes, what it leaves, when it is not made."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from pipeline.ocr import Array, Glyphs, Lines, Mode
from pipeline.ocr.foot import reread, telling

DPI = 72
PAGE = np.full((842, 595), 255, np.uint8)


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
    lines = reread(PAGE, DPI, (FOOT, row("?? xÉ", 340, 682, 0.2)), Replayed(seen))
    assert texts(lines) == ["Nơi nhận:", "PHÓ GIÁM ĐỐC", "Lê Thị Sáu"]
    position = lines[1][0]
    assert (position.x0, position.top) == (LEFT + 40, 560 + 40)


def test_a_better_first_reading_stays() -> None:
    first = (FOOT, row("KT. CHỦ TỊCH", 340, 600, 0.95))
    assert reread(PAGE, DPI, first, Replayed((row("KT. CHỦ TỊC", 80, 40, 0.6),))) == first


def test_a_longer_reading_replaces_a_shorter_one() -> None:
    first = (FOOT, row("CHỦ TỊCH", 370, 600))
    assert texts(reread(PAGE, DPI, first, Replayed((row("PHÓ CHỦ TỊCH", 80, 40),)))) == ["Nơi nhận:", "PHÓ CHỦ TỊCH"]


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
    assert reread(PAGE, DPI, lines, recognizer) == lines
    assert recognizer.modes == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TM. ỦY BAN NHÂN DÂN", "authority"),
        ("ZZPHÓ.CHỦ TỊCH |", "position"),
        ("3Trần Văn Tám", "person"),
        ("SỞ Y TẾ", None),
        ("Cá. tuệ", None),
        ("và các đơn vị", None),
    ],
)
def test_telling(text: str, kind: str | None) -> None:
    piece = telling(row(text, 0, 0))
    assert (piece.kind if piece else None) == kind


def test_what_is_hardly_readable_tells_nothing() -> None:
    assert telling(row("Trần Văn Tám", 0, 0, 0.2)) is None
