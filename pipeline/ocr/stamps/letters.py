"""The words MẬT, TỐI, TUYỆT and BẢO, BÍ known by the strokes of their capitals, also where print runs across them.

A letter is there where ink lies along its strokes and paper beside them (a hit-or-miss transform in levels of grey);
print that crosses it adds ink, which counts half. The letters of a word are matched one by one, each within some
distance of the one before it, so that types of different widths will do. Marks over and under vowels do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Spelling = Literal["MAT", "TOI", "TUYET", "BAO", "BI"]

CAPITAL: Final = 12
"""Pixels of height of the capitals that are looked for."""

_ROUND: Final = tuple(
    (0.5 + 0.42 * float(np.cos(at)), 0.5 + 0.45 * float(np.sin(at))) for at in np.linspace(0, 2 * np.pi, 17)
)
_STROKES: Final[dict[str, tuple[float, tuple[tuple[tuple[float, float], ...], ...]]]] = {
    "A": (0.92, (((0.04, 1), (0.46, 0), (0.88, 1)), ((0.2, 0.66), (0.72, 0.66)))),
    "B": (
        0.85,
        (
            ((0.45, 0.07), (0.08, 0.07), (0.08, 0.95), (0.5, 0.95), (0.7, 0.88), (0.76, 0.73), (0.7, 0.57), (0.5, 0.5)),
            ((0.08, 0.5), (0.5, 0.5), (0.64, 0.42), (0.7, 0.28), (0.64, 0.14), (0.45, 0.07)),
        ),
    ),
    "E": (0.75, (((0.7, 0.07), (0.08, 0.07), (0.08, 0.95), (0.7, 0.95)), ((0.08, 0.5), (0.65, 0.5)))),
    "I": (0.3, (((0.15, 0), (0.15, 1)),)),
    "M": (1.0, (((0.08, 1), (0.08, 0), (0.5, 0.95), (0.92, 0), (0.92, 1)),)),
    "O": (1.0, (_ROUND,)),
    "T": (0.8, (((0.04, 0.07), (0.76, 0.07)), ((0.4, 0.07), (0.4, 1)))),
    "U": (0.85, (((0.08, 0), (0.08, 0.7), (0.2, 0.9), (0.42, 0.95), (0.65, 0.9), (0.77, 0.7), (0.77, 0)),)),
    "Y": (0.85, (((0.04, 0), (0.42, 0.55), (0.8, 0)), ((0.42, 0.55), (0.42, 1)))),
}
"""Each letter's width and its strokes, in heights of a capital from the top left."""

_WIDTHS: Final = (0.85, 1.05, 1.25)  # of a type's letters
_CORE: Final = 0.07  # of a capital's height: the middle of a stroke, which is ink in every type
_CLEAR: Final = 0.34  # … and the width beyond which no type's stroke reaches
_AROUND: Final = 0.22  # … and the ground to the left and right of a letter that belongs to it
_CROSSED: Final = 0.5  # what ink beside the strokes counts against ink on them
_GAP: Final = 0.12  # of a capital's height, between letters
_PLAY: Final = (0.16, 0.27)  # … up or down, and to the left or right, within which the next letter is looked for
_FINE: Final = 8  # times the resolution at which letters are drawn


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a word of capitals is: 1 is a perfect print of it, what says something else stays below 0.7.

    `left` and `right` are its edges, `middle` its height, in pixels of the picture in which it was looked for.
    """

    value: float
    left: float
    right: float
    middle: float


def likeness(ink: Floats, word: Spelling, least_value: float = 0.0) -> Likeness | None:
    """Return the place in a picture (ink 1, paper 0; capitals `CAPITAL` pixels high) that is most like a word.

    None where nothing is as like it as `least_value`; most pictures are told so by the word's first letter alone.
    """
    letters: dict[str, Floats] = {}
    for letter in dict.fromkeys(word):
        letters[letter] = _letter(ink, letter)
        best = float(letters[letter].max())
        if (1 + (best - 1) / len(word) + best) / 2 < least_value:
            return None
    total = least = letters[word[-1]]
    for letter, after in reversed(tuple(pairwise(word))):
        step = round((_STROKES[letter][0] / 2 + _GAP + _STROKES[after][0] / 2) * CAPITAL)
        total = letters[letter] + _next(total, step)
        least = np.minimum(letters[letter], _next(least, step))
    values = (total / len(word) + least) / 2
    y, x = np.unravel_index(int(np.argmax(values)), values.shape)
    first, *between, last = (_STROKES[letter][0] * CAPITAL for letter in word)
    reach = first / 2 + sum(between) + last / 2 + _GAP * CAPITAL * (len(word) - 1)
    found = Likeness(float(values[y, x]), float(x - first / 2), float(x + reach + last / 2), float(y))
    return found if found.value >= least_value else None


def _next(values: Floats, step: int) -> Floats:
    """Return at each pixel the best value about `step` pixels to the right of it."""
    best = cv2.dilate(values, np.ones(tuple(2 * round(play * CAPITAL) + 1 for play in _PLAY), np.uint8))
    moved = np.full_like(values, -1.0)
    moved[:, : max(0, values.shape[1] - step)] = best[:, step:]
    return moved


def _letter(ink: Floats, letter: str) -> Floats:
    """Return how like a letter the surroundings of each pixel are, in the width that fits best."""
    return np.asarray(np.maximum.reduce([_fit(ink, _mould(letter, width)) for width in _WIDTHS]), dtype=np.float32)


def _fit(ink: Floats, mould: Floats) -> Floats:
    """Return how well a mould fits about each pixel; on pictures as small as these, in half the time of a filter."""
    high, wide = mould.shape
    up, left = high // 2, wide // 2
    ground = cv2.copyMakeBorder(ink, up, high - 1 - up, left, wide - 1 - left, cv2.BORDER_CONSTANT, value=0.0)
    return np.asarray(cv2.matchTemplate(ground, mould, cv2.TM_CCORR), dtype=np.float32)


@cache
def _mould(letter: str, width: float) -> Floats:
    """Return the weights of a letter: 1 in all along its strokes, less than 0 where there must be paper."""
    wide, strokes = _STROKES[letter]
    size = (round((wide * width + 2 * _AROUND) * CAPITAL), round((1 + _AROUND) * CAPITAL))
    core, reach = (np.zeros((size[1] * _FINE, size[0] * _FINE), np.uint8) for _ in range(2))
    for stroke in strokes:
        points = np.array([(x * width + _AROUND, 0.07 + 0.86 * y + _AROUND / 2) for x, y in stroke])
        line = np.round(points * CAPITAL * _FINE).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(core, [line], False, 255, round(_CORE * CAPITAL * _FINE))
        cv2.polylines(reach, [line], False, 255, round(_CLEAR * CAPITAL * _FINE))
    clear = np.zeros_like(reach)
    edge = [round(share * CAPITAL * _FINE) for share in (_AROUND / 2, 1 + _AROUND / 2, wide * width + 1.5 * _AROUND)]
    clear[edge[0] : edge[1], edge[0] : edge[2]] = 255
    clear[reach > 0] = 0
    on, off = (cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) for mask in (core, clear))
    return np.asarray(on / on.sum() - _CROSSED * off / max(float(off.sum()), 1.0), dtype=np.float32)
