"""Rows of words on a page, put together from their boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from pipeline.document import Box, Word
from pipeline.text.unicode import fold


@dataclass(frozen=True)
class Row:
    """Words of one height on the page, from left to right."""

    words: tuple[Word, ...]
    boxes: tuple[Box, ...]

    @staticmethod
    def of(words: Iterable[Word]) -> Row:
        """Put words that have boxes into a row, in the order given."""
        pairs = [(word, word.box) for word in words if word.box]
        return Row(tuple(word for word, _ in pairs), tuple(box for _, box in pairs))

    def join(self, other: Row) -> Row:
        """Return both rows as one, sorted from left to right."""
        pairs = sorted(zip(self.words + other.words, self.boxes + other.boxes, strict=True), key=lambda p: p[1].x0)
        return Row(tuple(word for word, _ in pairs), tuple(box for _, box in pairs))

    @cached_property
    def x0(self) -> float:
        """The left end."""
        return min(box.x0 for box in self.boxes)

    @cached_property
    def x1(self) -> float:
        """The right end."""
        return max(box.x1 for box in self.boxes)

    @cached_property
    def middle(self) -> float:
        """The height on the page of most words."""
        return median(box.middle for box in self.boxes)

    @cached_property
    def height(self) -> float:
        """The height of most words."""
        return median(box.height for box in self.boxes)

    @cached_property
    def text(self) -> str:
        """The words joined with single spaces."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def folded(self) -> str:
        """The text without diacritics and case."""
        return fold(self.text)


def pieces_of(row: Row) -> list[Row]:
    """Split a row wherever a gap is wider than its letters are high."""
    pieces: list[list[Word]] = [[row.words[0]]]
    for before, word, box in zip(row.boxes, row.words[1:], row.boxes[1:], strict=False):
        if box.x0 - before.x1 > 1.2 * row.height:
            pieces.append([])
        pieces[-1].append(word)
    return [Row.of(piece) for piece in pieces]


def rows_of(lines: Sequence[Row]) -> list[Row]:
    """Join lines that stand at one height side by side, and sort rows from the top."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda row: row.middle):
        for i in range(len(rows) - 1, max(len(rows) - 5, -1), -1):
            if _beside(rows[i], line):
                rows[i] = rows[i].join(line)
                break
        else:
            rows.append(line)
    return sorted(rows, key=lambda row: row.middle)


def _beside(one: Row, other: Row) -> bool:
    near = abs(one.middle - other.middle) < 0.45 * min(one.height, other.height)
    return near and not any(a.x0 < b.x1 - 2 and b.x0 < a.x1 - 2 for a in one.boxes for b in other.boxes)
