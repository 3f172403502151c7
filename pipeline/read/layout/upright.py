"""Turns a page upright whose text runs down, up or upside down: a sheet that lay sideways on the scanner's glass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pipeline.document import Box, Line, Page, Word, turned

Turn = Literal[0, 90, 180, 270]
_TURNS: tuple[Turn, ...] = (0, 90, 180, 270)

_LINES = 3  # with at least two words; fewer tell nothing
_SHARE = 0.8  # of those lines that must run the same way


def upright(page: Page) -> Page:
    """Return the page with its words where they stand once it is turned upright; `turn` says by how much.

    The recogniser gives words in reading order with their places on the page as filed, so the way
    from word to word shows how the page lies.
    """
    if page.width is None or page.height is None or page.turn:
        return page
    turn = _turn(page.lines)
    if turn == 0:
        return page
    width, height = (page.width, page.height) if turn == 180 else (page.height, page.width)
    lines = tuple(Line(tuple(_moved(word, page, turn) for word in line.words)) for line in page.lines)
    return replace(page, width=width, height=height, lines=lines, turn=turn)


def _moved(word: Word, page: Page, turn: Turn) -> Word:
    if word.box is None or page.width is None or page.height is None:
        return word
    return replace(word, box=turned(word.box, turn, width=page.width, height=page.height))


def _turn(lines: Sequence[Line]) -> Turn:
    """Return by how many degrees clockwise the page must be turned for its lines to run from left to right."""
    turns = [turn for line in lines if (turn := _line_turn(line)) is not None]
    if len(turns) < _LINES:
        return 0
    best = max(_TURNS, key=turns.count)
    return best if turns.count(best) > _SHARE * len(turns) else 0


def _line_turn(line: Line) -> Turn | None:
    boxes = [word.box for word in line.words if word.box]
    if len(boxes) < 2:
        return None
    right = _middle(boxes[-1]) - _middle(boxes[0])
    down = boxes[-1].middle - boxes[0].middle
    if abs(right) >= abs(down):
        return 0 if right > 0 else 180
    standing = any(box.height > box.width for box in boxes)  # a word on its side is taller than wide
    return (270 if down > 0 else 90) if standing else 0


def _middle(box: Box) -> float:
    return (box.x0 + box.x1) / 2
