"""The second look at the head's lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as with_

import numpy as np
import pytest

from pipeline.ocr import Array, Glyphs, Lines, Mode
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.looks.head import reread
from tests.ocr.fakes import line

PAPER = np.full((2339, 1654), 255, np.uint8)
SIGHT = Sight(PAPER, 200, PAPER, np.eye(3))
DATE = line("Sơn Hạ, ngày 4 tháng 6 năm 2019", x=900, y=300, confidence=0.97)


@dataclass
class Reads:
    """Gives what it is told to for each reading in turn, at the scale of the picture."""

    texts: list[str]
    confidence: float = 0.95
    sizes: list[int] = field(default_factory=list)
    version: str = "reads"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Return the next text, its words where `first` has them."""
        scale = dpi / 200
        self.sizes.append(dpi)
        words = line(self.texts[len(self.sizes) - 1], x=7, y=7, confidence=self.confidence)
        return (tuple(with_(w, x0=w.x0 * scale, x1=w.x1 * scale) for w in words),)


def subject(confidence: float = 0.8, y: float = 420) -> tuple[Glyphs, ...]:
    return line("Về việc tổ chức lớp họe hè", x=500, y=y, confidence=confidence)


def second(lines: Lines) -> str:
    return " ".join(word.text for word in lines[1])


def test_a_word_gives_way_to_what_both_readings_agree_on() -> None:
    lines = reread(SIGHT, (DATE, subject()), Reads(["Về việc tổ chức lớp học hè"] * 2))
    assert second(lines) == "Về việc tổ chức lớp học hè"
    assert [word.raw for word in lines[1] if word.raw] == ["họe"]


@pytest.mark.parametrize(
    ("texts", "confidence"),
    [
        pytest.param(["Về việc tổ chức lớp học hè", "Về việc tổ chức lớp họp hè"], 0.95, id="they differ"),
        pytest.param(["Về việc tổ chức lớp học hè"] * 2, 0.6, id="they are unsure"),
        pytest.param(["Về việc tổ chức lớp hxc hè"] * 2, 0.95, id="no syllable"),
        pytest.param(["", ""], 0.95, id="they read nothing"),
    ],
)
def test_a_word_stays_otherwise(texts: list[str], confidence: float) -> None:
    first = (DATE, subject())
    assert reread(SIGHT, first, Reads(texts, confidence)) == first


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((DATE, subject(0.97)), id="no doubt"),
        pytest.param((DATE, subject(y=1500)), id="far below"),
        pytest.param((subject(),), id="no date line"),
        pytest.param((DATE, line("Số: 12/QĐ-SNV", x=300, confidence=0.7)), id="the number"),
        pytest.param((line("ngày 4 tháng 6 năm 2019", x=900, y=300, confidence=0.6),), id="the date"),
    ],
)
def test_no_second_look(lines: Lines) -> None:
    recognizer = Reads([])
    assert reread(SIGHT, lines, recognizer) == lines
    assert recognizer.sizes == []


def test_columns_are_read_apart() -> None:
    row = (*line("SỞ VÃN HÓA", x=200, confidence=0.8), *line("Độc lập", x=900, confidence=0.97))
    recognizer = Reads(["SỞ VĂN HÓA"] * 2)
    lines = reread(SIGHT, (tuple(row), DATE), recognizer)
    assert " ".join(word.text for word in lines[0]) == "SỞ VĂN HÓA Độc lập"


@pytest.mark.parametrize(
    ("texts", "confidence", "stays"),
    [
        pytest.param(["", ""], 0.95, False, id="nothing there"),
        pytest.param(["xx", "~"], 0.3, False, id="no more than at first"),
        pytest.param(["ĐẾN", ""], 0.9, True, id="a word there"),
    ],
)
def test_what_stands_apart_and_was_hardly_read_must_be_read_again(
    texts: list[str], confidence: float, *, stays: bool
) -> None:
    row = (*line("SỞ VĂN HÓA", x=200, confidence=0.97), *line("HH", x=460, confidence=0.1))
    lines = reread(SIGHT, (row, DATE), Reads(texts, confidence))
    assert [word.text for word in lines[0]] == ["SỞ", "VĂN", "HÓA", *["HH"] * stays]


def test_a_line_of_noise_goes_whole() -> None:
    assert reread(SIGHT, (line("HH xz", x=200, confidence=0.1), DATE), Reads(["", ""])) == (DATE,)
