"""Specks that were read as signs."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.ocr import Glyphs
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.looks.specks import reread
from tests.ocr.fakes import Says

PAPER = np.full((400, 600), 255, np.uint8)
SIGHT = Sight(PAPER, 200, PAPER, np.eye(3))


def sign(text: str, x: float, width: float, height: float) -> Glyphs:
    return Glyphs(text, x, 100, x + width, 100 + height, 0.9)


@pytest.mark.parametrize(
    ("text", "width", "height", "stays"),
    [
        ("-", 4, 4, False),
        (".", 3, 2, False),
        (":", 2, 2, False),
        ("-", 10, 3, True),
        ("–", 18, 4, True),
        ("1", 4, 5, True),
        ("……", 60, 4, True),
    ],
)
def test_a_sign_alone_must_have_a_signs_size(text: str, width: float, height: float, *, stays: bool) -> None:
    line = (sign("số", 10, 40, 30), sign(text, 70, width, height), sign("lượng", 140, 80, 30))
    (kept,) = reread(SIGHT, (line,), Says())
    assert [word.text for word in kept] == ["số", *[text] * stays, "lượng"]


def test_what_begins_a_line_may_be_a_bullet() -> None:
    line = (sign("-", 10, 4, 4), sign("số", 40, 40, 30))
    assert reread(SIGHT, (line,), Says()) == (line,)
