"""Puts a page's words into reading order: head and foot columns one after the other, body rows whole.

Recognisers merge side-by-side columns into one line or split one row into two. `arrange` takes the
lines as a hint only: rows are put together from word boxes, and only where the layout of Vietnamese
dispatches has two columns (the head with agency | motto, the foot with Nơi nhận | signature) are
rows split again. Everything else, tables included, is read row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from pipeline.document import Box, Line, Page, Word
from pipeline.text.unicode import fold

MOTTOES = (
    ("cong hoa xa hoi chu nghia viet nam", 78),
    ("doc lap - tu do - hanh phuc", 78),
    ("dang cong san viet nam", 88),
)
PLACE_DATE = re.compile(r"\bn[gq]ay.{0,9}t\w?ang.{0,9}n[ao]m\b")
NUMBER = re.compile(r"^\W{0,2}s[o6]\s?[:;.]?\s?\S*.*[/-]")
RECIPIENTS = re.compile(r"^\W{0,2}(n[oa0]i nh[ao]n|moi nhan|noi gui)\b")
ADDRESSEES = re.compile(r"^\W{0,2}k[ii]nh (gui|goi|giri)")
AUTHORITY = re.compile(r"^\W{0,2}(t\s?[./]?\s?m|k\s?[./]?\s?t|t\s?[./]?\s?l|tuq|t/m|q)\s?[./]\s?[a-z]")
PAGE_NUMBER = re.compile(r"^\W{0,3}(trang\s+)?\d{1,3}(\s?/\s?\d{1,3})?\W{0,3}$")
DIGITAL = re.compile(
    r"^\W{0,2}(ky boi|nguoi ky|k[yi] bo\w|duoc ky boi|thoi gian ky|ngay ky|e-?mail|co quan|to chuc|"
    r"digitally signed)\s*:"
)


@dataclass(frozen=True, slots=True)
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

    @property
    def x0(self) -> float:
        """The left end."""
        return min(box.x0 for box in self.boxes)

    @property
    def x1(self) -> float:
        """The right end."""
        return max(box.x1 for box in self.boxes)

    @property
    def middle(self) -> float:
        """The height on the page of most words."""
        return median(box.middle for box in self.boxes)

    @property
    def height(self) -> float:
        """The height of most words."""
        return median(box.height for box in self.boxes)

    @property
    def folded(self) -> str:
        """The text without diacritics and case."""
        return fold(" ".join(word.text for word in self.words))


@dataclass(frozen=True, slots=True)
class Band:
    """Rows `first` up to `last` (exclusive) that stand in two columns with a gutter between them."""

    first: int
    last: int
    gutter: float


def arrange(page: Page) -> Page:
    """Return the page with its lines in reading order; a page without boxes comes back unchanged."""
    words = [word for line in page.lines for word in line.words]
    if not words or page.width is None or page.height is None or any(word.box is None for word in words):
        return page
    lines = [row for line in page.lines if (row := Row.of(line.words)).words]
    lines = without_specks(lines, page.width)
    first, rest, last = apart(lines, page.height)
    stamps, rest = digital(rest)
    rows = rows_of(rest)
    ordered = in_columns(rows, page.width, page.height)
    # On the first page a signature's box goes to the top, where it cannot stand in the middle of a paragraph.
    whole = (*stamps, *first, *ordered, *last) if page.number == 1 else (*first, *ordered, *last, *stamps)
    return replace(page, lines=tuple(Line(row.words) for row in whole))


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
            kept.append(Row.of(words))
    return kept


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
    first = [row for row in lines if row.middle < height * 0.1 and PAGE_NUMBER.match(row.folded)]
    last = [row for row in lines if row.middle > height * 0.9 and PAGE_NUMBER.match(row.folded)]
    rest = [row for row in lines if row not in first and row not in last]
    return first, rest, last


def digital(lines: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Take the lines of a digital signature's box apart from the rest."""
    stamps: list[Row] = []
    rest: list[Row] = []
    for row in lines:
        pieces = pieces_of(row)
        signed = [any(DIGITAL.match(piece.folded) for piece in pieces[i : i + 1]) for i in range(len(pieces))]
        stamps.extend(piece for piece, yes in zip(pieces, signed, strict=True) if yes)
        left = [word for piece, yes in zip(pieces, signed, strict=True) if not yes for word in piece.words]
        if left:
            rest.append(Row.of(left))
    if len(stamps) < 2:
        return [], list(lines)
    return sorted(stamps, key=lambda row: row.middle), rest


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


def in_columns(rows: Sequence[Row], width: float, height: float) -> list[Row]:
    """Return rows in reading order, those of the head's and the foot's bands split into columns."""
    ordered: list[Row] = []
    at = 0
    for band in bands(rows, width, height):
        ordered.extend(rows[at : band.first])
        left, right = columns(rows[band.first : band.last], band.gutter, width)
        ordered.extend((*left, *right))
        at = band.last
    ordered.extend(rows[at:])
    return ordered


def bands(rows: Sequence[Row], width: float, height: float) -> list[Band]:
    """Find the bands of two columns, from the top."""
    found: list[Band] = []
    at = 0
    while at < len(rows):
        band = head(rows, at, width, height) or foot(rows, at, width) or None
        if band is None:
            at += 1
            continue
        first = max(band.first, found[-1].last if found else 0)
        found.append(Band(first, band.last, band.gutter))
        at = band.last
    return found


def head(rows: Sequence[Row], at: int, width: float, height: float) -> Band | None:
    """Return the band of a dispatch's head if row `at` is where its right column begins."""
    start = right_start(rows[at], width)
    if start is None:
        return None
    near = [i for i in range(at, len(rows)) if rows[i].middle - rows[at].middle < 0.2 * height]
    starts = {i: x for i in near if (x := right_start(rows[i], width)) is not None}
    last = max(starts)
    gutter = min(starts.values()) - 2
    first = at
    while first > 0 and _heads(rows[first - 1], rows[first], gutter, width):
        first -= 1
    end = last + 1
    while end < len(rows) and _left_of(rows[end], gutter) and not ADDRESSEES.match(rows[end].folded):
        if rows[end].middle - rows[end - 1].middle > 5 * rows[end].height:
            break
        end += 1
    if not any(split(row, gutter, width)[0] for row in rows[first:end]):
        return None
    return Band(first, end, gutter)


def _heads(row: Row, below: Row, gutter: float, width: float) -> bool:
    close = below.middle - row.middle < 2.5 * max(row.height, below.height)
    left, right = split(row, gutter, width)
    return close and (not left or not right or right[0].x0 - left[-1].x1 > row.height)


def right_start(row: Row, width: float) -> float | None:
    """Return where the motto, or place and date, begin in a row, if they stand in the right column."""
    text = row.folded
    offset = _motto(text)
    if offset is not None:
        start: int | None = _word_at(row, offset)
    elif (date := PLACE_DATE.search(text)) and len(text) - date.end() <= 12:
        start = _before_gap(row, _word_at(row, date.start()))
    elif NUMBER.match(text) and len(text) < 90:
        start = _before_gap(row, len(row.words) - 1)
    else:
        start = None
    if start is None:
        return None
    x0 = row.boxes[start].x0
    return x0 if 0.33 * width < x0 < 0.66 * width and row.x1 > 0.6 * width else None


def _motto(text: str) -> int | None:
    for motto, least in MOTTOES:
        hit = fuzz.partial_ratio_alignment(motto, text, score_cutoff=least)
        if hit is not None and len(text) >= len(motto) - 4:
            return hit.dest_start
    return None


def _word_at(row: Row, offset: int) -> int:
    """Return the index of the word that holds a character of the row's text."""
    at = 0
    for i, word in enumerate(row.words):
        at += len(word.text) + 1
        if offset < at - 1:
            return i
    return len(row.words) - 1


def _before_gap(row: Row, day: int) -> int | None:
    """Return the first word of the place whose date begins at word `day`: the one after the widest gap."""
    first = max(day - 8, 0)
    gaps = [(row.boxes[i].x0 - row.boxes[i - 1].x1, i) for i in range(first + 1, day + 1)]
    wide = [(gap, i) for gap, i in gaps if gap > row.height]
    if wide:
        return max(wide)[1]
    return 0 if first == 0 else None


def foot(rows: Sequence[Row], at: int, width: float) -> Band | None:
    """Return the band of a dispatch's foot if row `at` begins with Nơi nhận."""
    if rows[at].x0 > 0.45 * width or not RECIPIENTS.match(rows[at].folded):
        return None
    below = rows[at:]
    gutter = corridor(below, width)
    first = at
    while first > 0 and rows[first - 1].x0 > gutter - 10 and rows[at].middle - rows[first - 1].middle < 60:
        first -= 1
    end = at + 1
    while end < len(rows) and not _full(rows[end], gutter, width):
        end += 1
    return Band(first, end, gutter)


def _full(row: Row, gutter: float, width: float) -> bool:
    left, right = split(row, gutter, width)
    whole = not left or not right
    return whole and row.x0 < 0.3 * width and row.x1 > 0.8 * width


def corridor(rows: Sequence[Row], width: float) -> float:
    """Return the x that the fewest words cross, in the middle of the widest such corridor."""
    marks = range(int(0.34 * width), int(0.62 * width), 3)
    crossed = [sum(box.x0 < x < box.x1 for row in rows for box in row.boxes) for x in marks]
    least = min(crossed)
    best: tuple[int, int] = (0, 0)
    start = 0
    for i, count in enumerate((*crossed, least + 1)):
        if count > least:
            best = max(best, (i - start, start))
            start = i + 1
    return marks[best[1]] + 1.5 * best[0]


def columns(rows: Sequence[Row], gutter: float, width: float) -> tuple[list[Row], list[Row]]:
    """Split the rows of a band at its gutter."""
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        one, other = split(row, gutter, width)
        if one:
            left.append(Row(tuple(row.words[: len(one)]), tuple(one)))
        if other:
            right.append(Row(tuple(row.words[len(one) :]), tuple(other)))
    return _settled(left), _settled(right)


def _settled(rows: Sequence[Row]) -> list[Row]:
    return rows_of(rows)


def split(row: Row, gutter: float, width: float) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Split a row's boxes at the gap nearest to the gutter; a row without such a gap stays whole on its side."""
    reach = 0.1 * width
    boxes = row.boxes
    gaps = [
        (min(b.x0, gutter + reach) - max(a.x1, gutter - reach), i)
        for i, (a, b) in enumerate(pairwise(boxes), start=1)
        if a.x1 < gutter + reach and b.x0 > gutter - reach
    ]
    start = right_start(row, width)
    sure = [i for _, i in gaps if boxes[i].x0 == start]
    wide = [(gap, i) for gap, i in gaps if gap > 0.8 * row.height]
    if sure:
        return boxes[: sure[0]], boxes[sure[0] :]
    if wide:
        cut = max(wide)[1]
        return boxes[:cut], boxes[cut:]
    if (row.x0 + row.x1) / 2 < gutter or row.x0 < gutter - reach:
        return boxes, ()
    return (), boxes


def _left_of(row: Row, gutter: float) -> bool:
    return row.x1 < gutter + row.height and row.x0 < gutter * 0.8
