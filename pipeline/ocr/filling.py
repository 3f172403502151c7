"""Reads the number and the day that are written by hand into their gaps, and puts them back as words of their own.

The network for handwriting reads each gap in several frames, higher and lower, smaller and larger, as
written and leant over; what most of them say counts. The recogniser's own reading is the second witness
and stays as `raw`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import cv2
import numpy as np

from pipeline.ocr import Array, Glyphs, Lines, handwriting
from pipeline.ocr.beam import Reading
from pipeline.ocr.geometry import Matrix
from pipeline.ocr.slots import YEAR, Gap, date_gap, number_gap
from pipeline.text.unicode import fold

_POINTS: Final = 72
_BEFORE: Final = 5.0  # points of paper kept to the left of a line
_NUMBER_WIDTH: Final = 170.0  # points from `Số` to well behind the slash
_DATE_WIDTH: Final = 190.0  # points from `ngày` to behind the year
_NUMBER_ROOM: Final = 75.0  # points that `Số` and the number take before the codes
_DAY_ROOM: Final = 60.0  # points that `ngày` and the day take before `tháng`
_MIDDLE: Final = 0.55  # where the middle of `Số` or `ngày`, marks and all, lies in the network's line
_SLACK: Final = 10.0  # points by which the network's slash and the recogniser's may lie apart
_HALF_DIGIT: Final = 3.5  # points
_OVER: Final = 12  # columns of the network's line by which a word may end behind its box: leant over, cut short
_WORD_HEIGHT: Final = 11.5  # points from a word's top to its bottom, marks and all, in the print of most dispatches
_SMALLEST: Final = 0.8  # of that
_LARGEST: Final = 1.6
_PLAIN: Final = 0.9  # confidence in a word that is print
_ENOUGH_WORDS: Final = 20
_TOP_PART: Final = 0.45
_MARGIN: Final = 8  # pixels kept around a line that is cut out
_RISES: Final = (0.0, -5.0, 5.0)  # rows of the network's line by which the frames differ in height
_LOOKS: Final = ((0.87, 0.0, 1.0), (0.93, 0.15, 1.1), (1.0, 0.0, 1.1))  # size of the print, lean, how far it is spread

_READABLE: Final = 0.3  # share of its readings that must hold a value for a frame to count
_FRAMES: Final = 2  # frames that must count for the gap to be read at all
_SURE: Final = 0.4  # share of the frames' readings that a number must have to be believed
_RIVAL: Final = 0.25  # … and the most that the next likely number may have of it
_MOST: Final = 0.7  # … from which it is believed whatever else is likely
_HEARD: Final = 0.25  # … where the recogniser read the same
_CERTAIN: Final = 0.99  # … against digits that the recogniser read with confidence
_TRUSTED: Final = 0.85
_ALONE: Final = 0.8  # the most that the recogniser is believed of a single digit
_DOUBTED: Final = 0.3  # the recogniser's confidence in digits that the network reads otherwise

_NUMBER: Final = re.compile(r"^x?(?!0+[/-])(\d{1,5})([/-])(?=x|(?:19|20)\d\d/|$)")
_DATE: Final = re.compile(r"(?:^|x)(\d{1,2})x(\d{1,2})x(?=$|(?:19|20)\d\d)")
_PRINTED: Final = re.compile(r"^[^\w]?[Ss5]\D{1,2}?\s?[:.;]?|\s")
_TYPED_DATE: Final = re.compile(r"ngay\W*(?P<day>\S*?)\s?thang\s?(?P<month>\S*)")
_ONES: Final = str.maketrans("iloO|", "11001")  # what the recogniser makes of digits in italics
_SIGN: Final = re.compile(r"[/⁄](?=[A-ZĐÐ\d]|$)|(?<![A-ZĐÐƯÔƠ]{2})-(?=[A-ZĐÐ])")  # a dash between codes parts nothing
_CODE: Final = re.compile(r"(?<![A-ZĐÐ/⁄-])(?=[A-ZĐÐ][\wĐÐ]*[-/.,&])")
_NOISE: Final = re.compile(r"^([/⁄-])(?!(?:19|20)\d\d\s?/)[^A-ZĐÐƯÔƠ]+")


@dataclass(frozen=True, slots=True)
class Ground:
    """The original grey picture, and the matrix from the pixels of the words' boxes to its own."""

    grey: Array
    matrix: Matrix
    dpi: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a gap can say: the value's parts, its share (0 to 1), and in the boxes' pixels where its signs stand."""

    parts: tuple[str, ...]
    share: float
    spans: tuple[tuple[float, float], ...]
    end: float


def fill(lines: Lines, ground: Ground, height: float, width: float) -> Lines:
    """Return lines with the number and the day as the network for handwriting reads them, where it is sure."""
    ground = _to_size(ground, lines, height)
    number = number_gap(lines, height, width)
    if number:
        lines = _replaced(lines, number, _number(lines[number.line], number, ground))
    date = date_gap(lines, height, width)
    if date:
        lines = _replaced(lines, date, _date(lines[date.line], date, ground))
    return lines


def _to_size(ground: Ground, lines: Lines, height: float) -> Ground:
    """Return the ground at the resolution at which its print has the usual size, whatever sheet the file states."""
    heights = [
        word.bottom - word.top
        for line in lines
        for word in line
        if word.confidence >= _PLAIN and len(word.text) > 2 and word.bottom <= _TOP_PART * height
    ]
    if len(heights) < _ENOUGH_WORDS:
        return ground
    ratio = float(np.median(heights)) / ground.dpi * _POINTS / _WORD_HEIGHT
    return replace(ground, dpi=round(ground.dpi * min(max(ratio, _SMALLEST), _LARGEST)))


def _replaced(lines: Lines, gap: Gap, words: tuple[Glyphs, ...] | None) -> Lines:
    """Return lines with the words of a gap exchanged, if there is anything to exchange them for."""
    if words is None:
        return lines
    line = lines[gap.line]
    return (*lines[: gap.line], (*line[: gap.first], *words, *line[gap.last + 1 :]), *lines[gap.line + 1 :])


def _number(line: tuple[Glyphs, ...], gap: Gap, ground: Ground) -> tuple[Glyphs, ...] | None:
    """Return the words `Số:`, the number, and the notation's first word; None where the network sees no number."""
    words = line[gap.first : gap.last + 1]
    room = 0.0 if gap.head else _NUMBER_ROOM
    end = math.inf  # a stroke of the pen may pass for the codes, and the number go on behind it
    written = _seen(words[0] if gap.head else words[-1], room, _NUMBER_WIDTH, end, number_in, ground)
    if not written:
        return None
    before, tail = _parted(words, written[0].end, _SLACK / _POINTS * ground.dpi)
    old = _PRINTED.sub("", before)
    settled = _agreed([(found.parts[0], found) for found in written], old, _sure_of(old, words))
    if settled is None:
        return None
    text, found, sure = settled
    start, end = found.spans[0]
    top, bottom = words[0].top, words[0].bottom
    number = Glyphs(text, start, top, end, bottom, sure, old)
    said = "Số:" if ":" in before or gap.first == gap.last or not gap.head else "Số"
    left = words[0].x0 if gap.head else min(words[0].x0, start - 2)
    head = Glyphs(said, left, top, max(left + 1, min(words[0].x1, start - 1)), bottom, words[0].confidence)
    sign = found.parts[1]
    codes = tail if tail[:1] in {"/", "⁄", "-"} else sign + tail
    last = words[-1]
    return head, number, replace(last, text=codes, x0=max(min(found.end, last.x1 - 1), end), raw=last.text)


def _parted(words: tuple[Glyphs, ...], end: float, slack: float) -> tuple[str, str]:
    """Return what was read before and behind the place where the number ends, give or take `slack` pixels.

    Behind it stands the first separator, else the first code; strokes of the pen between it and the codes go.
    """
    text = "".join(word.text for word in words)
    places = [word.x0 + (word.x1 - word.x0) * i / len(word.text) for word in words for i in range(len(word.text))]
    found = [[match.start() for match in pattern.finditer(text) if match.start() > 0] for pattern in (_SIGN, _CODE)]
    near = [start for starts in found for start in starts if -slack < places[start] - end < 2 * slack]
    at = next(iter((*near[:1], *found[0][-1:], *found[1][-1:])), len(text))
    return text[:at], _NOISE.sub(r"\1", text[at:])


def _date(line: tuple[Glyphs, ...], gap: Gap, ground: Ground) -> tuple[Glyphs, ...] | None:
    """Return the words of a whole date, printed and written; None where the network is unsure."""
    words = line[gap.first : gap.last + 1]
    written = _seen(words[0], 0.0 if gap.head else _DAY_ROOM, _DATE_WIDTH, words[-1].x1, date_in, ground)
    printed = YEAR.search(words[-1].text)
    if not written or printed is None:
        return None
    was = _TYPED_DATE.search(fold(" ".join(word.text for word in words)))
    parts = []
    for at, name in enumerate(("day", "month")):
        old = was.group(name).translate(_ONES) if was else ""
        old_sure = _sure_of(old, words)
        settled = _agreed([(found.parts[at], found) for found in written], old, old_sure)
        if settled is None and not (old.isdigit() and old_sure >= _TRUSTED):
            return None
        text, found, sure = settled or (old, written[0], old_sure)
        start, end = found.spans[at]
        parts.append(Glyphs(text, start, words[0].top, end, words[0].bottom, sure, old))
    day, month = parts
    sure = min(day.confidence, month.confidence)  # the print around the digits is then known, however it was read
    first, year = (replace(word, confidence=max(word.confidence, sure)) for word in (words[0], words[-1]))
    left = min(first.x0, day.x0 - 2) if gap.head else day.x0 - 2
    return (
        replace(first, text="ngày", x0=left, x1=max(left + 1, min(first.x1, day.x0 - 1))),
        day,
        replace(first, text="tháng", x0=day.x1 + 1, x1=max(day.x1 + 2, month.x0 - 1)),
        month,
        replace(first, text="năm", x0=month.x1 + 1, x1=max(month.x1 + 2, year.x0 - 1)),
        replace(year, text=printed.group() + year.text[printed.end() :]),
    )


def _agreed(written: list[tuple[str, Written]], old: str, old_sure: float) -> tuple[str, Written, float] | None:
    """Return the value that two readings make, where it stands, and how sure it is.

    None where nothing can be said; digits that the network contradicts without being sure itself
    come back with a confidence that no claim is built on.
    """
    shares: dict[str, float] = defaultdict(float)
    first: dict[str, Written] = {}
    for text, found in written:
        shares[text] += found.share
        first.setdefault(text, found)
    best = max(shares, key=lambda text: shares[text])
    if shares.get(old, 0.0) >= (_HEARD if old.isdigit() else _SURE):
        return old, first[old], max(shares[old], old_sure, _SURE)
    if old.isdigit() and old_sure >= _TRUSTED and shares[best] < _CERTAIN:
        return None
    second = max((share for text, share in shares.items() if text != best), default=0.0)
    if shares[best] >= _MOST or (shares[best] >= _SURE and second <= _RIVAL * shares[best]):
        return best, first[best], shares[best]
    return (old, first[best], min(old_sure, _DOUBTED)) if old.isdigit() else None


def _sure_of(digits: str, words: Sequence[Glyphs]) -> float:
    """Return how sure the recogniser is of digits: of the word that holds them, else of the least sure word.

    A single digit is never sure: it takes many a stroke for one.
    """
    holds = re.compile(rf"(?<!\d){re.escape(digits)}(?!\d)")
    least = min(word.confidence for word in words)
    sure = next((word.confidence for word in words if digits and holds.search(word.text)), least)
    return min(sure, _ALONE) if len(digits) < 2 else sure


def _seen(
    word: Glyphs, room: float, width: float, end: float, parse: Callable[[str], Parsed | None], ground: Ground
) -> list[Written]:
    """Return what a gap can say, the likeliest first: the mean over the frames in which anything can be read.

    What stands behind `end`, in the boxes' pixels, is not looked at: the gap's last word ends there.
    """
    shares: dict[tuple[str, ...], float] = defaultdict(float)
    best: dict[tuple[str, ...], Written] = {}
    count = 0
    for frame, readings in _read(_frames(word, room, width, ground), end, ground):
        found = list(_parsed(readings, parse, frame))
        if sum(written.share for written in found) < _READABLE:
            continue
        count += 1
        for written in found:
            shares[written.parts] += written.share
            if written.parts not in best or written.share > best[written.parts].share:
                best[written.parts] = written
    if count < _FRAMES:
        return []
    merged = [replace(written, share=shares[parts] / count) for parts, written in best.items()]
    return sorted(merged, key=lambda written: -written.share)


@dataclass(frozen=True, slots=True)
class Frame:
    """A place of the network's line: the matrix from its pixels to the boxes', and how many columns it has."""

    matrix: Matrix
    columns: int

    def across(self, column: float) -> float:
        """Return where a column stands, in the boxes' pixels."""
        return float(self._start + self.matrix[0, 0] * column)

    def until(self, x: float) -> int:
        """Return how many columns have a say in what the network reads up to a place, in the boxes' pixels."""
        column = (x - self._start) / float(self.matrix[0, 0]) + _OVER + handwriting.CONTEXT
        return math.ceil(min(max(column, 2 * handwriting.CONTEXT), self.columns))

    @property
    def _start(self) -> float:
        """Where the line begins, in its middle."""
        return float(self.matrix[0, 2] + self.matrix[0, 1] * handwriting.HEIGHT * _MIDDLE)


def _read(
    looks: Iterable[tuple[Frame, ...]], end: float, ground: Ground
) -> Iterator[tuple[Frame, tuple[Reading, ...]]]:
    """Yield each frame with what the network reads in it; the frames of a look are read together."""
    for frames in looks:
        lines = [_line(frame, ground) for frame in frames]
        yield from zip(frames, handwriting.read_lines(lines, frames[0].until(end)), strict=True)


def _frames(word: Glyphs, room: float, width: float, ground: Ground) -> Iterator[tuple[Frame, ...]]:
    """Yield for each look the frames in which `width` points of a line are read, from `room` points before a word."""
    left = word.x0 - (_BEFORE + room) / _POINTS * ground.dpi
    for size, lean, spread in _LOOKS:
        scale = ground.dpi / handwriting.DPI / size
        columns = round((width + _BEFORE) / _POINTS * ground.dpi / scale * spread)
        middle = (word.top + word.bottom) / 2
        shift = left - lean * scale * handwriting.HEIGHT * _MIDDLE
        tops = (middle - (handwriting.HEIGHT * _MIDDLE + rise) * scale for rise in _RISES)
        places = (np.array([[scale / spread, lean * scale, shift], [0, scale, top], [0, 0, 1.0]]) for top in tops)
        yield tuple(Frame(place, columns) for place in places)


def _line(frame: Frame, ground: Ground) -> Array:
    """Return what a frame shows of the original picture."""
    grey, place = _around(ground.grey, ground.matrix @ frame.matrix, frame.columns)
    fine = float(np.hypot(place[0, 1], place[1, 1]))
    softened = cv2.GaussianBlur(grey, (0, 0), max(0.35 * fine, 0.1))  # fine detail must not turn into specks
    line = cv2.warpAffine(
        softened,
        place[:2],
        (frame.columns, handwriting.HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(line, dtype=np.uint8)


def _around(grey: Array, place: Matrix, columns: int) -> tuple[Array, Matrix]:
    """Return the part of a picture that a line lies on, and the line's place in it."""
    corners = place @ np.array(
        [[0, columns, 0, columns], [0, 0, handwriting.HEIGHT, handwriting.HEIGHT], [1, 1, 1, 1.0]]
    )
    low = np.maximum(corners[:2].min(axis=1).astype(int) - _MARGIN, 0)
    low = np.minimum(low, np.array(grey.shape[::-1]) - 1)
    high = np.maximum(corners[:2].max(axis=1).astype(int) + _MARGIN, low + 1)
    moved = np.array([[1.0, 0, -low[0]], [0, 1.0, -low[1]], [0, 0, 1.0]])
    return grey[low[1] : high[1], low[0] : high[0]], moved @ place


Parsed: TypeAlias = tuple[tuple[str, ...], tuple[tuple[int, int], ...], int]
"""A value's parts, for each the first and the last of its signs, and the sign behind it all."""


def _parsed(found: Iterable[Reading], parse: Callable[[str], Parsed | None], frame: Frame) -> Iterator[Written]:
    """Yield each value that the readings of a frame hold, with all their shares together."""
    shares: dict[tuple[str, ...], float] = defaultdict(float)
    first: dict[tuple[str, ...], tuple[Reading, Parsed]] = {}
    for reading in found:
        parsed = parse(reading.signs)
        if parsed:
            shares[parsed[0]] += reading.share
            first.setdefault(parsed[0], (reading, parsed))
    for parts, (reading, (_, spans, end)) in first.items():
        half = _HALF_DIGIT / _POINTS * handwriting.DPI * frame.matrix[1, 1]
        xs = [frame.across(column) for column in reading.columns]
        places = tuple((xs[start] - half, xs[last] + half) for start, last in spans)
        yield Written(parts, shares[parts], places, xs[end] if end < len(xs) else places[-1][1])


def number_in(signs: str) -> Parsed | None:
    """Find the number and the sign behind it; no dispatch has the number 0."""
    match = _NUMBER.match(signs)
    if match is None:
        return None
    return (match.group(1), match.group(2)), ((match.start(1), match.end(1) - 1),), match.end(1)


def date_in(signs: str) -> Parsed | None:
    """Find a day and a month that a calendar has."""
    for match in _DATE.finditer(signs):
        day, month = match.groups()
        if 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            spans = tuple((match.start(at), match.end(at) - 1) for at in (1, 2))
            return (day, month), spans, match.end(2)
    return None
