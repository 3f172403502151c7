"""The judge of secrecy: MẬT, TỐI MẬT or TUYỆT MẬT at a place where a stamp may stand; any doubt counts.

Red ink and black are looked at apart, so that what one colour is stamped across does not hide it. The letters of MẬT
are looked for by their shapes; what is like them is read. Where it cannot be read, the shapes decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import cv2
import numpy as np

from pipeline.ocr import Array, Lines, Mode, Recognizer, colour
from pipeline.ocr.stamps.letters import CAPITAL, Floats, Likeness, Spelling, likeness
from pipeline.ocr.stamps.places import Place, places
from pipeline.text.secrecy import Level, likely_level

_CAPITALS_MM: Final = (2.6, 3.2, 3.9, 4.8)  # heights of a stamp's capitals
_PART: Final = {
    "frame": (0.2, 0.62),
    "red": (0.2, 0.95),
    "heap": (0.02, 0.95),
    "word": (0.45, 0.85),
}  # of the place's short side
_POSSIBLE: Final = {"frame": 0.6, "red": 0.55, "heap": 0.55, "word": 0.76}  # likeness to MẬT from which a place is read
_CENTRED: Final = 0.74  # … from which MẬT counts that cannot be read, if it stands alone in its frame, …
_PLAIN: Final = 0.8  # … or anywhere
_SURE: Final = 0.86  # … from which MẬT alone needs no reading
_PREFIX: Final = 0.68  # … to what may stand before it
_PREFIXES: Final[tuple[tuple[Spelling, Level | None], ...]] = (
    ("TUYET", "TUYỆT MẬT"),
    ("TOI", "TỐI MẬT"),
    ("BI", None),
    ("BAO", None),
)
_CLEARLY: Final = 0.1  # by which another word before it must be more like than these levels
_ROOM: Final = 1.9  # heights of a capital on either side of a word that is alone in its frame
_OFF: Final = 0.8  # … by which it may stand off the middle
_BEFORE: Final = 0.7  # … before a word that is alone without a frame
_LEADS: Final = 2.4  # … before the first word of a stamp, wide types reckoned with
_APART: Final = 1.6  # … between two words of a stamp, at most
_FOLLOWS: Final = 1.0  # … by which there is more room behind a word than before it, or to the next, if another follows
_TOUCHING: Final = 0.15  # … behind it in which ink is its own
_COLUMN: Final = 0.2  # share of a capital's height that ink takes in a column with a letter
_LEGIBLE: Final = 0.75  # mean confidence of a reading that says what stands there
_MARGIN_MM: Final = 0.6
_READ_MARGIN_MM: Final = 1.0
_RULE_MM: Final = 7.5  # a straight stroke longer than this belongs to a frame
_FULL: Final = 1.5  # by which ink is made darker, so that thin strokes count in full
_CONTRAST: Final = 40.0  # levels between ink and paper, at least
_RED: Final = 28  # levels by which red exceeds the other channels
_SOME: Final = 0.01  # share of a place that is red where there is red ink in it
_MODES: Final[tuple[Mode, ...]] = ("block", "line", "page")
_WHITE: Final = 255


@dataclass(frozen=True, slots=True)
class _Found:
    """MẬT as it may stand at a place: where it is most like it, and the ink there; all in pixels of that picture.

    `margin` is the ground around the place; `framed` tells that its edges are a frame's.
    """

    like: Likeness
    ink: Floats
    margin: float
    framed: bool

    @property
    def value(self) -> float:
        """How like MẬT it is."""
        return self.like.value

    @property
    def before(self) -> float:
        """The room before the word, in capitals."""
        return (self.like.left - self.margin) / CAPITAL

    @property
    def behind(self) -> float:
        """The room behind the word, in capitals: to the edge of the frame, else to the next ink."""
        edge = self.ink.shape[1] - self.margin
        if not self.framed:
            top, start = round(self.like.middle - CAPITAL / 2), round(self.like.right + _TOUCHING * CAPITAL)
            inked = np.flatnonzero(self.ink[max(0, top) : top + CAPITAL, start:].mean(axis=0) > _COLUMN)
            edge = start + int(inked[0]) if len(inked) else np.inf
        return float(edge - self.like.right) / CAPITAL

    @property
    def alone(self) -> bool:
        """Whether no other word stands beside it at its place."""
        if self.framed:
            return max(self.before, self.behind) < _ROOM and abs(self.before - self.behind) < _OFF
        return self.before < _BEFORE and not self.followed

    @property
    def followed(self) -> bool:
        """Whether another word stands behind it."""
        return self.behind > max(self.before + _FOLLOWS, _ROOM) if self.framed else self.behind < _FOLLOWS


def secrecy(pixels: Array, dpi: int, recognizer: Recognizer) -> Level | None:
    """Return the level of secrecy stamped on the head of a page, grey or RGB. Raises what the recogniser does."""
    for place in places(pixels, dpi):
        if level := _judged(place, pixels, dpi, recognizer):
            return level
    return None


def _judged(place: Place, pixels: Array, dpi: int, recognizer: Recognizer) -> Level | None:
    """Return the level of secrecy that stands at a place."""
    low, high = _PART[place.kind]
    sizes = [size for size in _CAPITALS_MM if low <= size / place.short <= high]
    if not sizes:
        return None
    for number, layer in enumerate(_layers(place.cut(pixels, dpi, CAPITAL / sizes[0], _MARGIN_MM))):
        ink = _inked(layer)
        looks = (_looked(ink, size / sizes[0], place) for size in sizes)
        finds = sorted(filter(None, looks), key=lambda found: -found.value)
        if not finds:
            continue
        if finds[0].value >= _SURE and finds[0].alone:
            return "MẬT"
        level, legible = _read(place, number, finds[0], pixels, dpi, recognizer)
        if level or (not legible and (level := next(filter(None, map(_by_shape, finds)), None))):
            return level
    return None


def _read(
    place: Place, layer: int, found: _Found, pixels: Array, dpi: int, recognizer: Recognizer
) -> tuple[Level | None, bool]:
    """Return the level that a place reads as, and whether what may be MẬT reads surely as something else."""
    grey = next(islice(_layers(place.cut(pixels, dpi, dpi / 25.4, _READ_MARGIN_MM)), layer, None), None)
    if grey is None:
        return None, False
    bare = _without_strokes(grey, dpi)
    legible = False
    for mode in _MODES if found.value >= _CENTRED else _MODES[:1]:
        lines = recognizer.read(bare, dpi, mode)
        for line in lines:
            if level := likely_level(" ".join(word.text for word in line)):
                return level, False
        legible = legible or _legible(lines, found, bare.shape)
    return None, legible


def _layers(crop: Array) -> Iterator[Array]:
    """Yield a place's black ink by itself and, if there is any, its red ink, stretched until it is as dark as black."""
    if crop.ndim == 2:
        yield crop
        return
    yield colour.without_red(crop)
    excess = colour.red_excess(crop)
    inked = excess[excess > _RED]
    if inked.size > _SOME * excess.size:
        full = float(np.percentile(inked, 75))
        yield np.asarray(255 - cv2.convertScaleAbs(excess, alpha=_WHITE / full), dtype=np.uint8)


def _inked(layer: Array) -> Floats:
    """Return a layer with ink 1 and paper 0, thin strokes counting in full."""
    dark, paper = np.percentile(layer[::2, ::2], (4, 80))
    ink = (float(paper) - layer.astype(np.float32)) * (_FULL / max(float(paper - dark), _CONTRAST))
    return np.asarray(np.clip(ink, 0, 1), dtype=np.float32)


def _looked(ink: Floats, smaller: float, place: Place) -> _Found | None:
    """Return where MẬT may stand in ink whose capitals are `smaller` times as high as in the picture looked at."""
    if smaller > 1:
        small = cv2.resize(ink, None, fx=1 / smaller, fy=1 / smaller, interpolation=cv2.INTER_AREA)
        ink = np.asarray(small, dtype=np.float32)
    like = likeness(ink, "MAT", _POSSIBLE[place.kind])
    if like is None:
        return None
    margin = _MARGIN_MM * ink.shape[0] / (place.short + 2 * _MARGIN_MM)
    return _Found(like, ink, margin, place.kind == "frame")


def _by_shape(found: _Found) -> Level | None:
    """Return the level that the shapes tell: by MẬT and the word before it, or by MẬT alone if it is plain."""
    if found.followed:
        return None
    if found.alone:
        return "MẬT" if found.value >= (_CENTRED if found.framed else _PLAIN) else None
    before = np.ascontiguousarray(found.ink[:, : max(1, round(found.like.left))])
    likes = ((name, likeness(before, word, _PREFIX)) for word, name in _PREFIXES)
    fitting = {name: like.value - (0 if name else _CLEARLY) for name, like in likes if like and _fits(like, found)}
    if fitting and found.value >= _CENTRED:
        return max(fitting, key=lambda name: fitting[name])
    return "MẬT" if found.value >= _SURE else None


def _fits(like: Likeness, found: _Found) -> bool:
    """Tell whether a word fills the room before MẬT."""
    return like.left - found.margin < _LEADS * CAPITAL and found.like.left - like.right < _APART * CAPITAL


def _legible(lines: Lines, found: _Found, shape: tuple[int, ...]) -> bool:
    """Tell whether a reading of a picture of a shape is sure of the words where MẬT may stand."""
    height, width = found.ink.shape
    left, right, middle = found.like.left / width, found.like.right / width, found.like.middle / height
    words = [
        word
        for line in lines
        for word in line
        if word.x0 < right * shape[1] and word.x1 > left * shape[1] and word.top < middle * shape[0] < word.bottom
    ]
    letters = sum(len(word.text) for word in words if word.text.isalpha())
    return letters > 2 and sum(len(word.text) * word.confidence for word in words) >= _LEGIBLE * letters


def _without_strokes(grey: Array, dpi: int) -> Array:
    """Return a level picture without the strokes of its frame, on some more paper."""
    _, ink = cv2.threshold(grey, 0, _WHITE, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    length = round(_RULE_MM / 25.4 * dpi)
    lying = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    standing = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    frame = cv2.dilate(cv2.bitwise_or(lying, standing), np.ones((5, 5), np.uint8))
    gap = round(_READ_MARGIN_MM / 25.4 * dpi)
    bare = np.where(frame > 0, _WHITE, grey).astype(np.uint8)
    return np.asarray(cv2.copyMakeBorder(bare, gap, gap, gap, gap, cv2.BORDER_CONSTANT, value=_WHITE), dtype=np.uint8)
