"""The look at the codes behind a number written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from pipeline.ocr import Array, Glyphs, Lines, Mode
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.looks.codes import reread
from tests.ocr.fakes import line

PAPER = np.full((2339, 1654), 255, np.uint8)
SIGHT = Sight(PAPER, 200, PAPER, np.eye(3))


@dataclass
class Reads:
    """Gives the next text for each reading."""

    texts: Iterator[str]
    confidence: float = 0.9
    version: str = "reads"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Return a line of the next text."""
        return (line(next(self.texts), confidence=self.confidence),)


def numbered(codes: str, confidence: float = 0.3, raw: str | None = "s0z?/x", y: float = 300) -> tuple[Glyphs, ...]:
    *before, last = line(f"Số: 214 {codes}", x=300, y=y)
    return (*before, replace(last, confidence=confidence, raw=raw))


def test_codes_that_two_readings_agree_on_take_the_place_of_doubtful_ones() -> None:
    (found,) = reread(SIGHT, (numbered("-SXD"),), Reads(iter(["/KH-SXD", "‘/KH-SXD."])))
    assert [word.text for word in found] == ["Số:", "214", "/KH-SXD"]
    assert (found[-1].raw, found[-1].confidence) == ("s0z?/x", 0.9)


def test_small_letters_are_part_of_codes() -> None:
    (found,) = reread(SIGHT, (numbered("-TT"),), Reads(iter(["/KH-TTra", "/KH-TTra"])))
    assert found[-1].text == "/KH-TTra"


@pytest.mark.parametrize(
    ("texts", "confidence"),
    [
        pytest.param(["/KH-SXD", "/KN-SXD"], 0.9, id="they differ"),
        pytest.param(["/KH-SXD", "/KH-SXD"], 0.7, id="they are unsure"),
        pytest.param(["/KH", "/KH"], 0.9, id="no notation"),
    ],
)
def test_codes_stay_otherwise(texts: list[str], confidence: float) -> None:
    lines = (numbered("-SXD"),)
    assert reread(SIGHT, lines, Reads(iter(texts), confidence)) == lines


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(numbered("/KH-SXD", 0.9), id="read well"),
        pytest.param(numbered("/KH-SXD", raw=None), id="no number was found in it"),
        pytest.param(numbered("/2025/NĐ-CP"), id="with a year"),
        pytest.param(numbered("/KH-SXD", y=1500), id="no head"),
        pytest.param((), id="an empty line"),
    ],
)
def test_no_second_look(row: tuple[Glyphs, ...]) -> None:
    assert reread(SIGHT, (row,), Reads(iter([]))) == (row,)
