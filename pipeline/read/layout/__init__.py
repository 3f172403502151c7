"""Puts a page's words into reading order: head and foot columns one after the other, body rows whole.

Recognisers merge side-by-side columns into one line or split one row into two. `arrange` takes the
lines as a hint only: rows are put together from word boxes, and only where the layout of Vietnamese
dispatches has two columns (the head with agency | motto, the foot with Nơi nhận | signature) are
rows split again. Everything else, tables included, is read row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.document import Line, Page, Word
from pipeline.read.layout.columns import in_columns
from pipeline.read.layout.rows import Row, pieces_of, rows_of
from pipeline.read.layout.upright import upright
from pipeline.text import wording

__all__ = ["arrange"]

_MARKS = frozenset((*wording.URGENCY, *wording.SECRECY))


def arrange(page: Page) -> Page:
    """Return the page upright, with its lines in reading order; a page without boxes comes back unchanged."""
    page = upright(page)
    words = [word for line in page.lines for word in line.words]
    if not words or page.width is None or page.height is None or any(word.box is None for word in words):
        return page
    lines = [row for line in page.lines if (row := Row.of(line.words)).words]
    lines = without_specks(lines, page.width)
    first, rest, last = apart(lines, page.height)
    stamps, rest = digital(rest)
    marks = [row for row in rest if _is_mark(row, page)]
    rest = [row for row in rest if row not in marks]
    rows = rows_of(rest)
    ordered = without_specks(in_columns(rows, page.width, page.height), page.width)
    # On the first page a signature's box goes to the top, where it cannot stand in the middle of a paragraph;
    # so does a stamp of urgency or secrecy, which is put wherever there is room.
    whole = (*stamps, *first, *marks, *ordered, *last) if page.number == 1 else (*first, *ordered, *last, *stamps)
    return replace(page, lines=tuple(Line(row.words) for row in whole))


def _is_mark(row: Row, page: Page) -> bool:
    """Tell whether a line that OCR read in the upper half of the first page is a stamp of urgency or secrecy alone."""
    read = all(word.confidence is not None for word in row.words)
    return page.number == 1 and read and row.middle < (page.height or 0) / 2 and row.text in _MARKS


def without_specks(lines: Sequence[Row], width: float) -> list[Row]:
    """Drop marks that were read as letters: signs alone on a line or beyond the text's margins."""
    if not lines:
        return []
    left = sorted(row.x0 for row in lines)[len(lines) // 10] - width * 0.02
    right = sorted(row.x1 for row in lines)[-1 - len(lines) // 5] + width * 0.01
    kept = []
    for row in lines:
        alone = sum(len(word.text) for word in row.words) <= 3
        words = [word for word in row.words if not _speck(word, left, right, alone)]
        if words:
            kept.append(_trimmed(Row.of(words)))
    return kept


def _trimmed(row: Row) -> Row:
    """Drop a doubtful sign that stands far off at either end of a row."""
    words, boxes = row.words, row.boxes
    if len(words) > 2 and _doubtful(words[0]) and boxes[1].x0 - boxes[0].x1 > 1.5 * row.height:
        words = words[1:]
    if len(words) > 2 and _doubtful(words[-1]) and boxes[-1].x0 - boxes[-2].x1 > 1.5 * row.height:
        words = words[:-1]
    return row if words is row.words else Row.of(words)


def _doubtful(word: Word) -> bool:
    """Tell whether OCR doubts a word of one letter or sign that is no digit."""
    short = len(word.text) <= 2 and sum(char.isalpha() for char in word.text) <= 1
    return (
        short
        and not any(char.isdigit() for char in word.text)
        and word.confidence is not None
        and word.confidence < 0.7
    )


def _speck(word: Word, left: float, right: float, alone: bool) -> bool:
    if word.confidence is None or word.box is None or any(char.isdigit() for char in word.text):
        return False
    outside = word.box.x1 < left or word.box.x0 > right
    letters = sum(char.isalpha() for char in word.text)
    if alone:
        return letters == 0 or (letters <= 2 and word.confidence < 0.6)
    return outside and letters == 0 and word.confidence < 0.8


def apart(lines: Sequence[Row], height: float) -> tuple[list[Row], list[Row], list[Row]]:
    """Take page numbers at the top and the bottom apart from the rest."""
    first = [row for row in lines if row.middle < height * 0.1 and wording.PAGE_NUMBER.match(row.folded)]
    last = [row for row in lines if row.middle > height * 0.9 and wording.PAGE_NUMBER.match(row.folded)]
    rest = [row for row in lines if row not in first and row not in last]
    return first, rest, last


def digital(lines: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Take the lines of digital signatures' boxes apart from the rest: who, when, and small print at them."""
    cut = [pieces_of(row) for row in lines]
    sure = [piece for pieces in cut for piece in pieces if wording.signed_digitally(piece.folded)]
    if len(sure) < 2 and not any(wording.STAMPED.search(piece.folded) for piece in sure):
        return [], list(lines)
    usual = median(row.height for row in lines)
    stamps: list[Row] = []
    rest: list[Row] = []
    for pieces in cut:
        words: list[Word] = []
        for piece in pieces:
            if piece in sure or any(_at(piece, stamp, usual) for stamp in sure):
                stamps.append(piece)
            else:
                words.extend(piece.words)
        if words:
            rest.append(Row.of(words))
    return sorted(stamps, key=lambda row: row.middle), rest


def _at(piece: Row, stamp: Row, usual: float) -> bool:
    """Tell whether a piece is small print that touches a line of a signature's box."""
    small = piece.height < 0.8 * usual and not wording.motto_at(piece.text)
    above = abs(piece.middle - stamp.middle) < 1.8 * max(stamp.height, piece.height)
    return small and above and piece.x0 < stamp.x1 and stamp.x0 < piece.x1
