"""The look at lines that were passed over."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.ocr import Glyphs
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.looks.lost import lost, reread
from tests.ocr.fakes import Says, line
from tests.pictures import BODY, DPI, page, pixels

PAGE = pixels(page(BODY).convert("L"))
SIGHT = Sight(PAGE, DPI, PAGE, np.eye(3))


def covered(first: int, last: int) -> tuple[tuple[Glyphs, ...], ...]:
    """Return words over the page's rows of print that have those numbers; rows are told by the blanks between them."""
    inked = (PAGE < 128).any(axis=1)
    edges = np.flatnonzero(np.diff(inked.astype(int)))
    rows = [(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True) if stop - start > 12]
    return tuple((Glyphs("chữ", 230, float(a) - 4, 1600, float(b) + 4, 0.9),) for a, b in rows[first:last])


def test_rows_that_no_word_covers_are_found() -> None:
    assert lost(SIGHT, covered(0, 99)) == []
    (area,) = lost(SIGHT, (*covered(0, 3), *covered(4, 99)))
    (words,) = covered(3, 4)
    assert area.top < words[0].top + 8 < words[0].bottom - 8 < area.bottom
    assert area.right - area.left > 700


@pytest.mark.parametrize(
    ("text", "confidence", "taken"),
    [
        ("TRƯỜNG TRUNG HỌC THANH LÂM", 0.9, True),
        ("Nơi nhận:", 0.9, True),
        ("TRƯỜNG TRUNG HỌC THANH LÂM", 0.6, False),
        ("xZ ~vY qq/ ]Ntr", 0.9, False),
        ("ƯỞNG", 0.9, False),
    ],
)
def test_only_what_reads_surely_and_as_vietnamese_is_taken(text: str, confidence: float, taken: bool) -> None:
    first = (*covered(0, 3), *covered(4, 99))
    lines = reread(SIGHT, first, Says((line(text, confidence=confidence),)))
    assert lines[: len(first)] == first
    assert [" ".join(word.text for word in words) for words in lines[len(first) :]] == ([text] if taken else [])


def test_a_page_without_words_is_left_alone() -> None:
    recognizer = Says()
    assert reread(SIGHT, (), recognizer) == ()
    assert recognizer.shown == []
