"""Text that stands over a scanned page, such as a number typed in later: exact, so it wins over OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.document import Box, Line, Page, Word

_SAME_PLACE: Final = 0.5  # share of the smaller box that two boxes share when they hold the same word


def overlay(page: Page, typed: Sequence[Line]) -> Page:
    """Return a page read by OCR with the words of its visible text layer in place of OCR's reading of them."""
    new = [word for line in typed for word in line.words if word.box]
    if not new:
        return page
    kept = [[word for word in line.words if not any(_same_place(word, other) for other in new)] for line in page.lines]
    loose: list[Line] = []
    for line in typed:
        home = max(kept, key=lambda row: _nearness(row, line), default=None)
        if home is not None and _nearness(home, line) > 0:
            home.extend(line.words)
            home.sort(key=lambda word: word.box.x0 if word.box else 0.0)
        else:
            loose.append(line)
    return replace(page, lines=(*(Line(tuple(row)) for row in kept if row), *loose))


def _same_place(one: Word, other: Word) -> bool:
    if one.box is None or other.box is None:
        return False
    smaller = min(one.box.width * one.box.height, other.box.width * other.box.height)
    return _shared(one.box, other.box) > _SAME_PLACE * smaller


def _shared(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0.0) * max(height, 0.0)


def _nearness(row: Sequence[Word], line: Line) -> float:
    """Return how well a typed line fits into a row: above 0 where it stands level with it and close to a word."""
    box = line.box
    boxes = [word.box for word in row if word.box]
    if box is None or not boxes:
        return 0.0
    gap = min(max(box.x0 - other.x1, other.x0 - box.x1, 0.0) for other in boxes)
    nearest = min(boxes, key=lambda other: max(box.x0 - other.x1, other.x0 - box.x1, 0.0))
    apart = abs(nearest.middle - box.middle) / max(min(nearest.height, box.height), 0.1)
    return 1 - apart if apart < 0.6 and gap < 3 * box.height else 0.0
