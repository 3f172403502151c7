"""The two columns of a dispatch's head and foot: where they stand, and their rows one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.document import Box
from pipeline.read.layout.rows import Row, pieces_of, rows_of
from pipeline.text import wording
from pipeline.text.labels import read_label


@dataclass(frozen=True, slots=True)
class Band:
    """Rows `first` up to `last` (exclusive) that stand in columns with gutters between them, from the left."""

    first: int
    last: int
    gutters: tuple[float, ...]


def in_columns(rows: Sequence[Row], width: float, height: float) -> list[Row]:
    """Return rows in reading order, those of the head's and the foot's bands split into columns."""
    ordered: list[Row] = []
    at = 0
    for band in bands(rows, width, height):
        ordered.extend(rows[at : band.first])
        for column in columns(rows[band.first : band.last], band.gutters, width):
            ordered.extend(column)
        at = band.last
        if any(right_start(row, width) for row in rows[band.first : band.last]):
            stray, at, titles = beside_titles(rows, at, width)
            ordered.extend((*stray, *titles))
    ordered.extend(rows[at:])
    return ordered


def beside_titles(rows: Sequence[Row], at: int, width: float) -> tuple[list[Row], int, list[Row]]:
    """Take stamps apart from the centred rows below a head: type, subject, Kính gửi.

    Returns the stamps' pieces, the first row of the body and the rows before it without the stamps.
    """
    stray: list[Row] = []
    titles: list[Row] = []
    wide = [row for row in rows[at:] if row.x1 - row.x0 > 0.62 * width] or list(rows[at:]) or list(rows)
    margin, end = sorted(row.x0 for row in wide)[len(wide) // 4], median(row.x1 for row in wide)
    axis = 0.52 * width
    last = min(at + 12, len(rows))
    for i in range(at, last):
        row = rows[i]
        pieces = _cut(row, margin, axis)
        even = abs((row.x0 - margin) - (end - row.x1)) < 0.025 * width and row.x0 > margin + 5
        whole = len(pieces) == 1 and row.x1 - row.x0 > 0.62 * width and not even
        label = read_label(pieces[0].text)
        if whole or (label is not None and label.ordinal):
            return stray, i, titles
        middle = [p for p in pieces if _centred(p, axis, 0.07 * width) or wording.ADDRESSEES.match(p.folded)]
        beside = [p for p in pieces if p not in middle and (p.x1 < 0.36 * width or p.x0 > 0.72 * width)]
        if len(middle) == 1 and wording.capitals(middle[0].text):
            axis = (middle[0].x0 + middle[0].x1) / 2
        if beside and len(middle) + len(beside) == len(pieces):
            stray.extend(beside)
            titles.extend(middle)
        else:
            titles.append(row)
    return stray, last, titles


def _cut(row: Row, margin: float, axis: float) -> list[Row]:
    """Split a row of the title at wide gaps, or where a stamp from beyond the margin runs into it."""
    pieces = pieces_of(row)
    if row.x0 > margin - 1.5 * row.height:
        return pieces
    gaps = [i for i, (a, b) in enumerate(pairwise(row.boxes), start=1) if b.x0 - a.x1 > 0.35 * row.height]
    halves = [[Row(row.words[:i], row.boxes[:i]), Row(row.words[i:], row.boxes[i:])] for i in gaps]
    fits = [half for half in halves if half[0].x1 < axis and _centred(half[1], axis, 2 * row.height)]
    return min(fits, key=lambda half: abs(half[1].x0 + half[1].x1 - 2 * axis), default=pieces)


def _centred(piece: Row, axis: float, reach: float) -> bool:
    """Tell whether a piece stands around the axis of the page, as titles and subjects do."""
    return abs((piece.x0 + piece.x1) / 2 - axis) < reach


def bands(rows: Sequence[Row], width: float, height: float) -> list[Band]:
    """Find the bands of two columns, from the top."""
    found: list[Band] = []
    at = 0
    while at < len(rows):
        band = head(rows, at, width, height) or signatures(rows, at, width) or foot(rows, at, width)
        if band is None:
            at += 1
            continue
        first = max(band.first, found[-1].last if found else 0)
        found.append(Band(first, band.last, band.gutters))
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
    while end < len(rows) and _left_of(rows[end], gutter) and not wording.ADDRESSEES.match(rows[end].folded):
        if rows[end].middle - rows[end - 1].middle > 5 * rows[end].height:
            break
        end += 1
    if not any(split(row, gutter, width)[0] for row in rows[first:end]):
        return None
    return Band(first, end, (gutter,))


def _heads(row: Row, below: Row, gutter: float, width: float) -> bool:
    close = below.middle - row.middle < 2.5 * max(row.height, below.height)
    left, right = split(row, gutter, width)
    return close and (not left or not right or right[0].x0 - left[-1].x1 > row.height)


def right_start(row: Row, width: float) -> float | None:
    """Return where the motto, or place and date, begin in a row, if they stand in the right column."""
    text = row.folded
    offset = wording.motto_at(row.text)
    if offset is not None:
        start: int | None = _word_at(row, offset)
    elif (date := wording.PLACE_DATE.search(text)) and len(text) - date.end() <= 12:
        start = _before_gap(row, _word_at(row, date.start()))
    elif wording.NUMBER.match(text) and len(text) < 90:
        start = _before_gap(row, len(row.words) - 1)
    else:
        start = None
    if start is None:
        return None
    x0 = row.boxes[start].x0
    return x0 if 0.33 * width < x0 < 0.66 * width and row.x1 > 0.6 * width else None


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
    """Return the band of a dispatch's foot if row `at` is its first: Nơi nhận, or an authority beside a list."""
    row = rows[at]
    listed = row.x0 < 0.45 * width and wording.RECIPIENTS.match(row.folded)
    beside = not listed and _beside_list(rows, at, width)
    if not listed and not beside and not _list_alone(rows, at, width):
        return None
    gutter = _signed_from(rows[at : at + 4], width) if beside else corridor(rows[at:], width)
    first = at
    while first > 0 and rows[first - 1].x0 > gutter - 10 and row.middle - rows[first - 1].middle < 60:
        first -= 1
    end = at + 1
    while end < len(rows) and not _full(rows[end], (gutter,), width):
        end += 1
    return Band(first, end, (gutter,))


def _beside_list(rows: Sequence[Row], at: int, width: float) -> bool:
    """Tell whether an authority stands at the right and a list that ends with Lưu below it at the left."""
    last = pieces_of(rows[at])[-1]
    if last.x0 < 0.45 * width or not wording.AUTHORITY.match(last.folded) or not wording.capitals(last.text):
        return False
    left = [row for row in rows[at + 1 : at + 30] if row.x0 < 0.35 * width]
    return any(wording.FILING.match(row.folded) for row in left)


def _signed_from(rows: Sequence[Row], width: float) -> float:
    """Return where a signature's lines in capitals begin at the left."""
    right = [piece for row in rows for piece in pieces_of(row) if piece.x0 > 0.42 * width]
    return min(piece.x0 for piece in right if wording.capitals(piece.text)) - 5


def _list_alone(rows: Sequence[Row], at: int, width: float) -> bool:
    """Tell whether a list that ends with Lưu: VT begins at a row, its heading unread."""
    first = rows[at]
    if first.x0 > 0.35 * width or first.folded[:1] not in "-~+*" or len(pieces_of(first)[0].text) > 60:
        return False
    below = rows[at : at + 30]
    end = next((i for i, row in enumerate(below) if wording.FILING.match(row.folded)), None)
    if end is None or end < 2 or any(wording.RECIPIENTS.match(row.folded) for row in below[:end]):
        return False
    listed = [row for row in below[: end + 1] if abs(row.x0 - first.x0) < 0.03 * width]
    return len(listed) > 0.7 * end and all(pieces_of(row)[0].x1 < 0.62 * width for row in listed)


def signatures(rows: Sequence[Row], at: int, width: float) -> Band | None:
    """Return the band of two or three signatures side by side if row `at` is its first."""
    if _names(rows, at, width):
        return Band(at, at + 1, _between(rows[at : at + 1], width))
    if at + 1 >= len(rows) or not _signs(rows[at], width):
        return None
    authority = any(wording.AUTHORITY.match(piece.folded) for piece in pieces_of(rows[at]))
    named = any(_names_beside(row, width) for row in rows[at + 1 : at + 15])
    if not authority and not named and not _signs(rows[at + 1], width):
        return None
    end = at + 1
    gutters = _between(rows[at : at + 3], width)
    while end < len(rows) and not wording.RECIPIENTS.match(rows[end].folded) and not _full(rows[end], gutters, width):
        if rows[end].middle - rows[at].middle > 160 or _list_alone(rows, end, width):
            break
        end += 1
    return Band(at, end, gutters)


def _between(rows: Sequence[Row], width: float) -> tuple[float, ...]:
    """Return the gutters between signatures side by side: one in the middle, or the first row's two gaps."""
    first = pieces_of(rows[0])
    if len(first) == 3:
        return tuple((one.x1 + other.x0) / 2 for one, other in pairwise(first))
    return (corridor(rows, width),)


def _names(rows: Sequence[Row], at: int, width: float) -> bool:
    """Tell whether two names of persons stand in a row above Nơi nhận or at a page's end."""
    below = rows[at + 1 : at + 6]
    return _names_beside(rows[at], width) and (not below or any(wording.RECIPIENTS.match(row.folded) for row in below))


def _names_beside(row: Row, width: float) -> bool:
    """Tell whether a row is two or three names of persons, one for each signature."""
    pieces = pieces_of(row)
    return _beside(pieces, width) and all(
        2 <= len(piece.words) <= 5
        and not wording.capitals(piece.text)
        and all(word.text[:1].isupper() and word.text.isalpha() for word in piece.words)
        for piece in pieces
    )


def _beside(pieces: Sequence[Row], width: float) -> bool:
    """Tell whether pieces stand on both sides of the page, a third one in its middle."""
    if not 2 <= len(pieces) <= 3:
        return False
    return pieces[0].x1 < 0.5 * width < pieces[-1].x0 and (len(pieces) == 2 or pieces[0].x1 < 0.42 * width)


def _signs(row: Row, width: float) -> bool:
    """Tell whether two or three phrases in capitals stand in a row: CHỦ TRÌ, KT. GIÁM ĐỐC, the names of bodies."""
    pieces = pieces_of(row)
    two = len(pieces) == 2 and pieces[0].x1 < 0.6 * width < pieces[1].x1 and pieces[1].x0 > 0.42 * width
    return (two or (len(pieces) == 3 and _beside(pieces, width))) and all(
        len(piece.words) > 1
        and len(piece.text) > 5
        and wording.capitals(piece.text)
        and not any(char.isdigit() for char in piece.text)
        for piece in pieces
    )


def _full(row: Row, gutters: Sequence[float], width: float) -> bool:
    whole = not all(split(row, gutters[0], width))
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


def columns(rows: Sequence[Row], gutters: Sequence[float], width: float) -> Iterator[list[Row]]:
    """Yield the columns into which gutters split the rows of a band, from the left."""
    rest = list(rows)
    for gutter in gutters:
        left: list[Row] = []
        right: list[Row] = []
        for row in rest:
            one, other = split(row, gutter, width)
            if one:
                left.append(Row(tuple(row.words[: len(one)]), tuple(one)))
            if other:
                right.append(Row(tuple(row.words[len(one) :]), tuple(other)))
        yield rows_of(left)
        rest = right
    yield rows_of(rest)


def split(row: Row, gutter: float, width: float) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Split a row's boxes at the gap nearest to the gutter; a row without such a gap stays whole on its side."""
    reach = 0.1 * width
    boxes = row.boxes
    if row.x0 > gutter - 0.01 * width:
        return (), boxes
    gaps = [
        (min(b.x0, gutter + reach) - max(a.x1, gutter - reach), i)
        for i, (a, b) in enumerate(pairwise(boxes), start=1)
        if a.x1 < gutter + reach and b.x0 > gutter - reach
    ]
    start = right_start(row, width)
    sure = [i for _, i in gaps if boxes[i].x0 == start]
    wide = [(gap, i) for gap, i in gaps if gap > 1.3 * row.height]
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
