"""The finder of places where a stamp may stand on a page: frames that may lean, red ink, words set apart.

All is looked for on a small picture, whose ink is dark in any colour; a place is then cut out of the page itself.
A frame is two parallel strokes as long as a stamp is wide and a stroke across them: print that runs through it
adds ink and takes none away, so its strokes are found by turning the picture and keeping the level runs. Only those
parts of it are turned where runs of that lean lie one below another; most turns have none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Final, Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr import Array, colour
from pipeline.ocr.masks import mask, mask_of

HEAD: Final = 0.6
"""Share of the page, from the top, in which stamps are set."""

Kind = Literal["frame", "red", "heap", "word"]
"""What a place is: a frame, red ink, red stamps that run together, or a word set apart."""

Plainness: TypeAlias = tuple[bool, float, float]  # all sides are there; how much of them is inked; how level they lie
Step: TypeAlias = tuple[int, int]  # right, down
Rect: TypeAlias = tuple[int, int, int, int]  # left, top, width, height

_DPI: Final = 100  # of the small picture
_MM: Final = _DPI / 25.4
_INK: Final = 0.8  # of the paper's brightness
_SPECK: Final = 4  # pixels; the dot below a vowel has ten
_TURNS: Final = range(-26, 27, 2)  # degrees; half a step takes a stroke of 45 mm two pixels off its line
_RUN_MM: Final = 8.0
_STEPS: Final = 5  # that make a run, each but the last twice as long as the one before
_COARSE: Final = 4  # pixels, to which it is known where runs are
_ASIDE_MM: Final = 3.0  # along a frame, between the runs of its upper and its lower line, at most
_MARGIN_MM: Final = 9.0  # around the middles of runs, in which their ends and a frame's sides lie
_RUNS: Final = 24  # places where runs of a turn begin, at least, if there is a frame
_CLIMB: Final = np.ones((3, 1), np.uint8)  # a stroke may climb by a pixel
_THICK_MM: Final = 2.2  # runs that are thicker together are no line …
_TOUCHING_MM: Final = 8.0  # … but may be several
_LINES: Final = 300  # more level lines are a picture's
_HIGH_MM: Final = (4.5, 19.0)
_WIDE_MM: Final = (9.0, 80.0)
_SLENDER: Final = (1.4, 9.0)  # width over height of a frame
_BESIDE: Final = 0.7  # share of the shorter of two lines beside which the other runs
_SIDE: Final = 0.8  # share of a frame's side that is inked
_SAME: Final = 0.25  # of their size, by which the middles and heights of one frame found twice may differ
_RED: Final = 20  # levels by which red exceeds the other channels in the small picture
_RED_JOIN_MM: Final = (3.0, 3.0)  # gaps between a stamp's letters and words
_APART_MM: Final = (0.8, 0.8)  # gaps between its letters that are narrower than that to another stamp
_WORD_JOIN_MM: Final = (2.2, 0.8)
_LONG_MM: Final = 6.0  # long side of red ink and of words, at least
_RED_MM: Final = (3.0, 20.0, 80.0)
_WORD_MM: Final = (3.0, 9.0, 50.0)  # least and most of its short side, most of its long one
_SHAPE: Final = 1.25  # long side by short side, at least
_LEAN: Final = 35  # degrees
_RUN_TOGETHER_MM: Final = (12.0, 130.0)  # either side of stamps that touch, such as an arrival stamp and this one
_HIGHER: Final = 2.6  # times the height of what a frame holds, at most …
_LARGER: Final = 1.2  # … whose own sides are at most so many times as long as its
_MOST: Final = 40  # frames or red places; more are a table


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle that may lean: its middle and sides in millimetres of paper, and its turn in degrees clockwise."""

    kind: Kind
    x: float
    y: float
    long: float
    short: float
    turn: float

    def encloses(self, x: float, y: float) -> bool:
        """Tell whether a point, in millimetres, lies in it."""
        turn = math.radians(self.turn)
        x, y = x - self.x, y - self.y
        along, across = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
        return abs(along) < self.long / 2 and abs(across) < self.short / 2

    def holds(self, other: Place) -> bool:
        """Tell whether another place, no larger and not much lower, has its middle in it."""
        smaller = other.long < _LARGER * self.long and other.short < _LARGER * self.short
        return smaller and self.short < _HIGHER * other.short and self.encloses(other.x, other.y)

    def cut(self, picture: Array, dpi: int, scale: float, margin: float = 0.0) -> Array:
        """Return what it holds, level, at `scale` pixels a millimetre; `margin` in millimetres, less than 0 cuts in."""
        millimetre = dpi / 25.4
        size = tuple(max(1, round((side + 2 * margin) * scale)) for side in (self.long, self.short))
        x, y = self.x * millimetre, self.y * millimetre
        place = cv2.getRotationMatrix2D((x, y), self.turn, scale / millimetre)
        place[:, 2] += np.array([size[0] / 2 - x, size[1] / 2 - y])
        how = cv2.INTER_AREA if scale < millimetre else cv2.INTER_CUBIC
        white = (255.0, 255.0, 255.0)
        return np.asarray(cv2.warpAffine(picture, place, size, flags=how, borderValue=white), dtype=np.uint8)


def places(pixels: Array, dpi: int) -> tuple[Place, ...]:
    """Return the places in the head of a page, grey or RGB, where a stamp may stand; frames first, then red ink."""
    small = _small(pixels, dpi)
    ink = _ink(small)
    found = _few(_frames(ink))
    if small.ndim == 3 and colour.is_coloured(small):
        red = mask(colour.red_excess(small) > _RED)
        found += _new(_few(_blobs(red, "red", _RED_JOIN_MM)), found)
        if any(place.kind == "heap" for place in found):
            found += _new(_few(_blobs(red, "red", _APART_MM)), found)
        ink = _ink(colour.without_red(small))
    return found + _new(_blobs(_without_specks(ink), "word", _WORD_JOIN_MM), found)


def _new(places: Iterable[Place], known: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that do not stand within known ones of about their height."""
    return tuple(place for place in places if not any(other.holds(place) for other in known))


def frames(pixels: Array, dpi: int) -> tuple[Place, ...]:
    """Return the frames in the head of a page, grey or RGB, the plainest first; none where they are a table's cells."""
    return _few(_frames(_ink(_small(pixels, dpi))))


def _few(found: Iterator[Place]) -> tuple[Place, ...]:
    """Return places of one kind, or none where there are so many that they are something else."""
    kept = tuple(found)
    return kept if len(kept) <= _MOST else ()


def _small(pixels: Array, dpi: int) -> Array:
    head = pixels[: round(HEAD * pixels.shape[0])]
    factor = _DPI / dpi
    return np.asarray(cv2.resize(head, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _ink(small: cv2.typing.MatLike) -> Array:
    """Return the mask (0 or 255) of ink of any colour, whatever shadow lies over it."""
    darkest = small if small.ndim == 2 else reduce(cv2.min, cv2.split(small))
    coarse = cv2.resize(darkest, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(coarse, np.ones((5, 5), np.uint8)), 11)
    paper = cv2.resize(np.maximum(paper, 40), (darkest.shape[1], darkest.shape[0]), interpolation=cv2.INTER_LINEAR)
    _, ink = cv2.threshold(cv2.divide(darkest, paper, scale=255), round(255 * _INK), 255, cv2.THRESH_BINARY_INV)
    return np.asarray(ink, dtype=np.uint8)


def _without_specks(ink: Array) -> Array:
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    kept = np.bincount(labels.ravel()) > _SPECK
    kept[0] = False
    return mask_of(labels, kept)


def _frames(ink: Array) -> Iterator[Place]:
    """Yield frames of a stamp's size and shape, the plainest first, each once."""
    high = np.asarray(cv2.dilate(ink, _CLIMB), dtype=np.uint8)
    areas = ((area, turn) for turn, runs in _runs(high) for area in _areas(runs, turn))
    found = sorted((seen for area, turn in areas for seen in _leaning(ink, area, turn)), key=_plainness, reverse=True)
    kept: list[Place] = []
    for (whole, *_), place in found:
        if not any(_same(place, other) or (other.holds(place) and not whole) for other in kept):
            kept.append(place)
    yield from kept


def _plainness(seen: tuple[Plainness, Place]) -> Plainness:
    return seen[0]


def _runs(high: Array) -> Iterator[tuple[int, Array]]:
    """Yield each turn and the mask of the middles of runs that lean by it, which the next turn overwrites.

    Where a run begins at both ends of a step there is one longer by that step; turns that begin alike share the work.
    """
    levels = np.empty((_STEPS, *high.shape), np.uint8)
    done: tuple[Step, ...] = ()
    for turn in _TURNS:
        steps = _steps(turn)
        shared = next((n for n, (step, last) in enumerate(zip(steps, done, strict=False)) if step != last), 0)
        for level in range(shared, _STEPS):
            cv2.erode(levels[level - 1] if level else high, _ends(steps[level]), dst=levels[level], borderValue=0)
        done = steps
        yield turn, levels[-1]


@cache
def _steps(turn: int) -> tuple[Step, ...]:
    """Return the steps, in pixels to the right and down, whose sums are the points of a run that leans by a turn."""
    along = round(_RUN_MM * _MM * math.cos(math.radians(turn)))
    doubled = [2**level for level in range(_STEPS - 1)]
    return tuple((step, round(step * math.tan(math.radians(turn)))) for step in (*doubled, along - sum(doubled)))


@cache
def _ends(step: Step) -> Array:
    """Return the mask of the two ends of a step."""
    along, down = step
    ends = np.zeros((abs(down) + 1, along + 1), np.uint8)
    ends[max(0, -down), 0] = ends[max(0, down), -1] = 1
    return ends


def _areas(runs: Array, turn: int) -> Iterator[Rect]:
    """Yield the parts of a picture where runs lean by `turn` degrees, one as far below another as a frame's sides.

    `runs` is the mask of their middles.
    """
    if cv2.countNonZero(runs) <= _RUNS:
        return
    sine, cosine = abs(math.sin(math.radians(turn))), math.cos(math.radians(turn))
    lowest = (_HIGH_MM[0] * cosine - _ASIDE_MM * sine) * _MM - _COARSE
    start, first, width, height = cv2.boundingRect(runs)
    if height < lowest:
        return
    rows, columns = (-(-side // _COARSE) for side in (height, width))
    near = np.zeros((rows * _COARSE, columns * _COARSE), np.uint8)
    near[:height, :width] = runs[first : first + height, start : start + width]
    coarse = mask(cv2.resize(near, (columns, rows), interpolation=cv2.INTER_AREA) > 0)
    apart = (_ASIDE_MM + _HIGH_MM[1] * sine) * _MM, _HIGH_MM[1] * _MM + 2 * _COARSE
    margin = round(_MARGIN_MM * _MM)
    for x, y, wide, tall in _groups(coarse, *(round(reach / _COARSE) for reach in apart)):
        if tall * _COARSE >= lowest:
            left, top = start + x * _COARSE - margin, first + y * _COARSE - margin
            yield left, top, wide * _COARSE + 2 * margin, tall * _COARSE + 2 * margin


def _groups(ink: Array, across: int, down: int) -> Iterator[Rect]:
    """Yield the rectangles around ink with no wider gaps, in pixels, across and down."""
    beside, below = across // 2, down // 2
    room = cv2.copyMakeBorder(ink, below, below, beside, beside, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.dilate(room, np.ones((2 * below + 1, 2 * beside + 1), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for x, y, width, height in map(cv2.boundingRect, outlines):
        yield x, y, width - 2 * beside, height - 2 * below


def _same(one: Place, other: Place) -> bool:
    near = math.hypot(one.x - other.x, one.y - other.y) < _SAME * max(one.long, other.long)
    return near and abs(one.short - other.short) < _SAME * max(one.short, other.short)


def _turned(width: int, height: int, turn: int) -> NDArray[np.float64]:
    """Return the matrix that turns a picture about its middle and moves it to where all of it is seen."""
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0), dtype=np.float64)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (math.ceil(height * sine + width * cosine), math.ceil(height * cosine + width * sine))
    matrix[:, 2] += np.array([(size[0] - width) / 2, (size[1] - height) / 2])
    return matrix


def _leaning(ink: Array, area: Rect, turn: int) -> Iterator[tuple[Plainness, Place]]:
    """Yield the frames in a part of a picture that lean by `turn` degrees."""
    start, first, across, down = area
    matrix = _turned(ink.shape[1], ink.shape[0], turn)
    corners = matrix @ np.array([[start + x, first + y, 1] for x in (0, across) for y in (0, down)]).T
    low, far = np.floor(corners.min(axis=1)), np.ceil(corners.max(axis=1))
    matrix[:, 2] -= low  # by whole pixels: a part looks as it does in the whole
    size = (int(far[0] - low[0]), int(far[1] - low[1]))
    level = np.asarray(cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_NEAREST), dtype=np.uint8)
    high = np.asarray(cv2.dilate(level, _CLIMB), dtype=np.uint8)
    runs = np.asarray(cv2.morphologyEx(high, cv2.MORPH_OPEN, np.ones((1, round(_RUN_MM * _MM)), np.uint8)), np.uint8)
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    lines = sorted((line for outline in outlines for line in _lines(outline, runs)), key=lambda line: line[1])
    if not 2 <= len(lines) <= _LINES:
        return
    wide = np.asarray(cv2.dilate(level, np.ones((1, 3), np.uint8)), dtype=np.uint8)
    back = cv2.invertAffineTransform(matrix)
    for n, upper in enumerate(lines):
        for lower in lines[n + 1 :]:
            if lower[1] - upper[1] > _HIGH_MM[1] * _MM:
                break
            if sides := _between(upper, lower, high, wide):
                whole, inked, left, right, top, bottom = sides
                x, y = (back @ np.array([(left + right) / 2, (top + bottom) / 2, 1])).tolist()
                place = Place("frame", x / _MM, y / _MM, (right - left) / _MM, (bottom - top) / _MM, float(turn))
                exact = sum(_level(level, edge, left, right) for edge in (top, bottom))
                yield (whole, round(inked, 1), exact), place


def _lines(outline: cv2.typing.MatLike, runs: Array) -> Iterator[Rect]:
    """Yield the line in a group of level runs; of lines that touch, such as two stamps', every second row."""
    x, y, width, height = cv2.boundingRect(outline)
    if not (0 < x < runs.shape[1] - width and 0 < y < runs.shape[0] - height):
        return  # it goes on outside the part looked at
    if height <= _THICK_MM * _MM:
        yield x, y, width, height
    elif height <= _TOUCHING_MM * _MM:
        for row in range(y, y + height, 2):
            (inked,) = np.nonzero(runs[row, x : x + width])
            yield x + int(inked[0]), row, int(inked[-1] - inked[0]) + 1, 1


def _between(upper: Rect, lower: Rect, high: Array, wide: Array) -> tuple[bool, float, int, int, float, float] | None:
    """Return whether a frame has all its sides, how much of them is inked, and its edges; None where there is none."""
    top, bottom = upper[1] + upper[3] / 2, lower[1] + lower[3] / 2
    if not _HIGH_MM[0] <= (bottom - top) / _MM <= _HIGH_MM[1]:
        return None
    beside = min(upper[0] + upper[2], lower[0] + lower[2]) - max(upper[0], lower[0])
    if beside < _BESIDE * min(upper[2], lower[2]):
        return None
    start, end = max(0, min(upper[0], lower[0]) - 3), max(upper[0] + upper[2], lower[0] + lower[2]) + 4
    across = _share(wide[round(top) + 2 : round(bottom) - 1, start:end])
    sides = np.flatnonzero(across > _SIDE)
    if not len(sides):
        return None
    left, right = start + int(sides[0]), start + int(sides[-1])
    whole = right - left >= _WIDE_MM[0] * _MM
    if not whole:  # one short side is worn or cut off: the frame ends where its lines do
        first, last = max(upper[0], lower[0]), min(upper[0] + upper[2], lower[0] + lower[2])
        left, right = (left, last) if left - first < last - right else (first, right)
    if not (
        _WIDE_MM[0] <= (right - left) / _MM <= _WIDE_MM[1]
        and _SLENDER[0] <= (right - left) / (bottom - top) <= _SLENDER[1]
    ):
        return None
    along = [_inked(high, edge, left, right) for edge in (top, bottom)]
    if min(along) < _SIDE:
        return None
    return whole, sum(along) + float(across[sides[0]] + across[sides[-1]]), left, right, top, bottom


def _share(ink: Array) -> NDArray[np.float32]:
    """Return which share of each column of a mask is inked."""
    return np.asarray(cv2.reduce(ink, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel() / 255, dtype=np.float32)


def _inked(ink: Array, y: float, left: int, right: int) -> float:
    """Return which share of a level line is inked, on it or a pixel beside it."""
    return float(ink[max(0, round(y) - 1) : round(y) + 2, left : right + 1].max(axis=0).mean()) / 255


def _level(ink: Array, y: float, left: int, right: int) -> float:
    """Return how level a stroke lies: the largest share of one row of it that is inked."""
    return float(ink[max(0, round(y) - 1) : round(y) + 2, left : right + 1].mean(axis=1).max()) / 255


def _blobs(ink: Array, kind: Kind, join_mm: tuple[float, float]) -> Iterator[Place]:
    """Yield the rectangles around ink with no wider gaps across and down; a word leans as its ink does as a whole."""
    across, down = (round(join * _MM) | 1 for join in join_mm)
    joined = cv2.dilate(ink, np.ones((down, across), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least, most, longest = _RED_MM if kind == "red" else _WORD_MM
    for label, (x, y, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        sides = [(width - across + 1) / _MM, (height - down + 1) / _MM]
        if max(sides) < _LONG_MM or min(sides) < least or (kind == "word" and max(sides) > longest):
            continue
        part = (slice(y, y + height), slice(x, x + width))
        own = np.asarray(cv2.bitwise_and(ink[part], mask(labels[part] == label)), dtype=np.uint8)
        place = _around(own, kind, x, y)
        slender = place.long >= _SHAPE * place.short and abs(place.turn) <= _LEAN
        if slender and _LONG_MM <= place.long <= longest and least <= place.short <= most:
            yield place
        elif kind == "red" and all(_RUN_TOGETHER_MM[0] <= side <= _RUN_TOGETHER_MM[1] for side in sides):
            yield Place("heap", (x + width / 2) / _MM, (y + height / 2) / _MM, sides[0], sides[1], 0.0)


def _around(ink: Array, kind: Kind, x: int, y: int) -> Place:
    """Return the rectangle around a mask's ink, along the ink's main axis; `x` and `y` are where it was cut out."""
    moments = cv2.moments(ink, binaryImage=True)
    turn = 0.5 * math.atan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"])
    points = cv2.findNonZero(ink).reshape(-1, 2).astype(np.float32)
    axes = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]], np.float32)
    turned = points @ axes
    low, high = turned.min(axis=0), turned.max(axis=0) + 1
    middle_x, middle_y = (axes @ ((low + high) / 2)).tolist()
    long, short = ((high - low) / _MM).tolist()
    return Place(kind, (middle_x + x) / _MM, (middle_y + y) / _MM, long, short, math.degrees(turn))
