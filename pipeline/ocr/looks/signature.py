"""A second look at the signature: seal, rubber stamps and ink lie there, and a page's layout gets lost in them.

The block beside `Nơi nhận`, and every other one with a seal, is cut out and read on its own: as one
block, and where that does not tell position and name, by a strip that slides down it. Of what these
readings agree on, only the lines that say something are taken, and only where the first reading had
nothing as good at that height.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise, product
from statistics import median
from typing import Final

import numpy as np

from pipeline.ocr import Array, Glyphs, Lines, Recognizer, colour
from pipeline.ocr.looks.area import Area, Sight, read
from pipeline.ocr.looks.telling import Piece, plain, telling
from pipeline.ocr.looks.vote import voted
from pipeline.ocr.seals import Ring
from pipeline.text import wording
from pipeline.text.unicode import fold

_LEFT: Final = 0.43  # share of the page's width where the signature's column begins beside Nơi nhận
_RIGHT: Final = 0.62  # … and beyond which it never does
_RUN_IN: Final = 2  # rows of the list that run into the signature; more are text
_ABOVE: Final = 40  # points of paper above the height of Nơi nhận
_BELOW: Final = 200  # … and below
_LIST: Final = 100  # points from Nơi nhận, where it was not read, to the filing line
_BEFORE_SEAL: Final = 35  # points of paper to the left of a seal that belong to the signature
_BEHIND_SEAL: Final = 150  # … to its right
_OVER_SEAL: Final = 55  # … above it and below
_MARGIN: Final = 4  # points of paper around a line
_STRIP: Final = 17.0  # points: the height of a line with its marks
_STEP: Final = 4.0
_LEAST_INK: Final = 150  # pixels in a strip that are worth reading
_EDGE: Final = 2.0  # points at a strip's top and bottom that belong to other lines
_LARGER: Final = 1.5
_SIZES: Final = (1.0, 1.5, 2.0)
_CUTS: Final = ((7.0, 10.0), (10.0, 7.0), (12.0, 12.0))  # points above and below a line's middle; slanted ones last
_SURE: Final = 0.85  # mean confidence of a position and a name that need no second look
_NOISE: Final = 0.5  # confidence below which what stands inside a ring is the seal's
_BLACK: Final = 0.45  # of the way from print to paper: what is lighter is a stamp, a pen, or a shadow


def reread(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with its signatures as a second look reads them, where that tells more."""
    for area in _areas(sight, lines):
        lines = _look(sight, area, lines, recognizer)
    return lines


def closes(lines: Lines) -> bool:
    """Tell whether a dispatch ends on a page: Nơi nhận, Lưu or an authority stands there."""
    wordings = (wording.RECIPIENTS, wording.FILING)
    return any(_signs(line) or any(_place(line, words) is not None for words in wordings) for line in lines)


def _signs(line: Sequence[Glyphs]) -> bool:
    text = " ".join(word.text for word in line)
    return wording.capitals(text) and bool(wording.AUTHORITY.match(fold(text)))


def _place(line: Sequence[Glyphs], pattern: re.Pattern[str]) -> Glyphs | None:
    """Return the word of a line at which a wording begins."""
    for i, word in enumerate(line):
        if pattern.match(fold(" ".join(other.text for other in line[i : i + 3]))):
            return word
    return None


def _areas(sight: Sight, lines: Lines) -> Iterator[Area]:
    """Yield where signatures stand: beside Nơi nhận, and around the seals elsewhere."""
    width = sight.grey.shape[1]
    beside = None
    at = _recipients(sight, lines, width)
    if at is not None:
        left = _right_of_list(lines, at, sight)
        beside = sight.area(left, at - sight.points(_ABOVE), width, at + sight.points(_BELOW))
        yield beside
    alone = [
        ring
        for ring in sight.rings
        if beside is None or not (ring.x > beside.left and beside.top < ring.y < beside.bottom)
    ]
    for ring in alone:
        left = ring.x - ring.radius - sight.points(_BEFORE_SEAL)
        right = ring.x + ring.radius + sight.points(_BEHIND_SEAL)
        level = [other for other in alone if other.x > ring.x and abs(other.y - ring.y) < ring.radius]
        right = min([right, *(other.x - other.radius for other in level)])
        over = ring.radius + sight.points(_OVER_SEAL)
        yield sight.area(left, ring.y - over, right, min(ring.y + over, _list_below(lines, ring, left)))


def _list_below(lines: Lines, ring: Ring, left: float) -> float:
    """Return where a list begins below a seal, in its column."""
    rows = [line[0] for line in lines if line[0].top > ring.y and line[0].x0 < ring.x and line[-1].x1 > left]
    listed = [row.top for row in rows if row.text[:1] in {"-", "~", "–"} or fold(row.text) == "noi"]
    return min(listed, default=float("inf")) - 2


def _right_of_list(lines: Lines, at: float, sight: Sight) -> float:
    """Return where the signature's column begins, to the right of every row of the list that begins at a height."""
    width = int(sight.grey.shape[1])
    rows = [line for line in lines if line[0].x0 < 0.3 * width and at <= line[0].top < at + sight.points(_BELOW)]
    ends = [_run_end(row) for row in rows]
    listed = [end for end in ends if end < _RIGHT * width]
    if len(ends) - len(listed) <= _RUN_IN:
        ends = listed
    return max(_LEFT * width, max(ends, default=0.0) + sight.points(_MARGIN))


def _run_end(line: Sequence[Glyphs]) -> float:
    """Return where a line's first run of words ends, at a gap wider than its letters are high."""
    height = median(word.bottom - word.top for word in line)
    for one, other in pairwise(line):
        if other.x0 - one.x1 > 1.2 * max(height, 1):
            return one.x1
    return line[-1].x1


def _recipients(sight: Sight, lines: Lines, width: int) -> float | None:
    """Return the height of `Nơi nhận` in the left column; where it was not read, about that of its list."""
    for pattern, above in ((wording.RECIPIENTS, 0), (wording.FILING, _LIST)):
        for line in lines:
            word = _place(line, pattern)
            if word is not None and word.x0 < 0.35 * width:
                return word.top - sight.points(above)
    return None


def _look(sight: Sight, area: Area, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return lines with the signature in an area as it reads best."""
    first = [piece for line in lines if (piece := telling([word for word in line if area.holds(word)]))]
    if area.empty or _enough(first):
        return lines
    pieces = list(first)
    for seen in _readings(sight, area, recognizer):
        pieces += [piece for line in seen if (piece := telling(line)) and not _in_a_ring(piece, sight.rings)]
        if _enough(voted(pieces)):
            break
    doubtful = [piece for piece in voted(pieces) if not _sure(piece)]
    pieces += [again for piece in doubtful for again in _varied(piece, sight, area, recognizer)]
    for piece in voted(pieces):
        lines = _with(lines, piece, area)
    return _without_seals(lines, area, sight.rings)


def _readings(sight: Sight, area: Area, recognizer: Recognizer) -> Iterator[Lines]:
    """Yield the lines of an area as several looks have them: as a block, by strips, by strips of black print alone."""
    block = read(area.of(sight.grey), area, sight.dpi, recognizer, "block")
    found = [piece for line in block if (piece := telling(line))]
    yield (*block, *chain.from_iterable(_line(piece, sight, area, recognizer) for piece in found))
    known = [piece for piece in found if _sure(piece)]
    yield _slid(area.of(sight.grey), area, known, sight, recognizer)
    yield _slid(_print_alone(sight.original(area)), area, known, sight, recognizer)


def _varied(piece: Piece, sight: Sight, area: Area, recognizer: Recognizer) -> Iterator[Piece]:
    """Yield what a piece's line reads like in several pictures and sizes."""
    middle = (piece.top + piece.bottom) / 2
    for above, below in _CUTS:
        line = sight.area(area.left, middle - sight.points(above), area.right, middle + sight.points(below))
        for picture, larger in product((line.of(sight.grey), _print_alone(sight.original(line))), _SIZES):
            for words in read(picture, line, sight.dpi, recognizer, "line", larger):
                again = telling(_level(words, line, sight))
                if again and again.kind == piece.kind:
                    yield again


def _level(words: Sequence[Glyphs], strip: Area, sight: Sight) -> tuple[Glyphs, ...]:
    """Return the words of a strip as high as the line that it was cut for: what runs into it is not theirs."""
    edge = sight.points(_EDGE)
    return tuple(replace(word, top=strip.top + edge, bottom=strip.bottom - edge) for word in words)


def _line(piece: Piece, sight: Sight, area: Area, recognizer: Recognizer) -> Lines:
    """Return a piece's line as it reads by itself and enlarged."""
    margin = sight.points(_MARGIN)
    line = sight.area(area.left, piece.top - margin, area.right, piece.bottom + margin)
    return read(line.of(sight.grey), line, sight.dpi, recognizer, "line", _LARGER)


def _slid(picture: Array, area: Area, known: Sequence[Piece], sight: Sight, recognizer: Recognizer) -> Lines:
    """Return what is read in a strip of one line's height that slides down an area, past blanks and what is known."""
    height, step = round(sight.points(_STRIP)), round(sight.points(_STEP))
    inked = np.count_nonzero(picture < 0.7 * np.percentile(picture, 60), axis=1)
    found: list[tuple[Glyphs, ...]] = []
    for top in range(0, area.bottom - area.top - height, step):
        middle = area.top + top + height / 2
        if any(piece.top < middle < piece.bottom for piece in known) or inked[top : top + height].sum() < _LEAST_INK:
            continue
        strip = Area(area.left, area.top + top, area.right, area.top + top + height)
        lines = read(picture[top : top + height], strip, sight.dpi, recognizer, "line", _LARGER)
        found += [_level(words, strip, sight) for words in lines]
    return tuple(found)


def _print_alone(pixels: Array) -> Array:
    """Return a grey picture of what is as dark as print: fainter stamps, pens and shadows made paper."""
    grey = colour.luminance(pixels) if pixels.ndim == 3 else pixels
    paper = float(np.percentile(grey, 60))
    ink = grey[grey < 0.8 * paper]
    if not ink.size:
        return grey
    black = float(np.percentile(ink, 15))
    return np.where(grey > black + _BLACK * (paper - black), 255, grey).astype(np.uint8)


def _enough(pieces: Sequence[Piece]) -> bool:
    """Tell whether position and name were read well, and for whom a deputy signs."""
    sure = [piece for piece in pieces if _sure(piece)]
    positions = [piece for piece in sure if piece.kind == "position"]
    named = any(piece.kind == "person" for piece in sure)
    deputy = len(positions) == 1 and positions[0].deputy
    return named and bool(positions) and not (deputy and all(piece.kind != "authority" for piece in pieces))


def _sure(piece: Piece) -> bool:
    """Tell whether a piece is read so well that no other look is needed: whole, in the height of one line."""
    if piece.confidence < _SURE:
        return False
    if piece.kind == "position":
        return not piece.tall and plain(piece)
    return piece.whole or piece.kind != "person"


def _in_a_ring(piece: Piece, rings: Sequence[Ring]) -> bool:
    """Tell whether a piece is part of a seal: all its words lie within a ring."""
    return any(all(_holds(ring, word) for word in piece.words) for ring in rings)


def _holds(ring: Ring, word: Glyphs) -> bool:
    middle = (word.top + word.bottom) / 2
    return ring.holds(word.x0, middle) and ring.holds(word.x1, middle)


def _without_seals(lines: Lines, area: Area, rings: Sequence[Ring]) -> Lines:
    """Return lines without what was hardly read inside the rings of an area's seals: the seals' own words."""

    def noise(word: Glyphs) -> bool:
        return word.confidence < _NOISE and area.holds(word) and any(_holds(ring, word) for ring in rings)

    kept = (tuple(word for word in line if not noise(word)) for line in lines)
    return tuple(line for line in kept if line)


def _with(lines: Lines, piece: Piece, area: Area) -> Lines:
    """Return lines with a piece in place of what the first reading had at its height, unless that told as much."""
    there = [
        word for line in lines for word in line
        if area.left <= word.x0 < area.right and _beside(word, piece.top, piece.bottom)
    ]  # fmt: skip
    known = telling(sorted(there, key=lambda word: word.x0))
    if known is None and sum(len(word.text) for word in there if word.confidence >= _SURE) > len(piece.text):
        return lines  # a sentence
    mends = known is not None and known.kind == piece.kind == "person" and piece.whole and not known.whole
    if known and not mends and (known.kind != piece.kind or known.weight >= piece.weight):
        return lines
    kept = tuple(tuple(word for word in line if word not in there) for line in lines)
    return (*(line for line in kept if line), piece.words)


def _beside(word: Glyphs, top: float, bottom: float) -> bool:
    """Tell whether a word stands at a height, more than half of it or of the other."""
    shared = min(word.bottom, bottom) - max(word.top, top)
    return shared > 0.5 * min(word.bottom - word.top, bottom - top)
