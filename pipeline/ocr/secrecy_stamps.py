"""Secrecy stamps that reading a page as a whole may miss: turned, in a frame, in red over print.

Red ink is looked at by itself, so that what is printed under it is not there; and whatever stands in a small frame
is cut out, set upright, freed of its frame and read. Only the level of secrecy is wanted, no other word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.ocr import Array, Mode, Recognizer, clean, colour
from pipeline.text.secrecy import Level, likely_level

_MM: Final = 25.4
_HEAD: Final = 0.6  # share of the page, from the top, in which such stamps are set
_LONG_MM: Final = (9.0, 80.0)
_SHORT_MM: Final = (3.0, 32.0)
_SHAPE: Final = 1.25  # long side by short side, at least
_JOIN_MM: Final = 3.0  # gaps between the letters of a stamp, and between its words
_RULE_MM: Final = 7.5  # a straight stroke longer than this belongs to a frame
_RUN_TOGETHER_MM: Final = (12.0, 130.0)  # either side of stamps that touch, such as an arrival stamp and this one
_MODES: Final[tuple[Mode, ...]] = ("block", "line", "page")
_FRAMES: Final = 12  # more of them are the cells of a table
_WHITE: Final = 255


@dataclass(frozen=True, slots=True)
class _Place:
    """A rectangle that may lie aslant: its middle, long and short side in pixels, and degrees of turn."""

    x: float
    y: float
    long: float
    short: float
    turn: float


def secrecy(pixels: Array, dpi: int, recognizer: Recognizer) -> Level | None:
    """Return the level of secrecy stamped on the head of a page, grey or RGB. Raises what the recogniser does."""
    head = pixels[: round(pixels.shape[0] * _HEAD)]
    for crop in _candidates(head, dpi):
        for mode in _MODES:
            for line in recognizer.read(crop, dpi, mode):
                if level := likely_level(" ".join(word.text for word in line)):
                    return level
    return None


def _candidates(head: Array, dpi: int) -> Iterator[Array]:
    """Yield small upright pictures of what may be a stamp."""
    if head.ndim == 3 and colour.is_coloured(head):
        red = colour.red_ink(head)
        paper = np.asarray(255 - _redness(head), dtype=np.uint8)
        for place in _blobs(red, dpi):
            yield _upright(paper, place, dpi)
    grey = clean.flatten(colour.luminance(head) if head.ndim == 3 else head)
    frames = list(_frames(grey, dpi))
    if len(frames) <= _FRAMES:
        for place in frames:
            yield _upright(grey, place, dpi)


def _redness(rgb: Array) -> Array:
    """Return how red each pixel is, stretched so that a faded stamp is as dark as a fresh one."""
    red, green, blue = (cv2.extractChannel(rgb, i) for i in range(3))
    excess = cv2.subtract(red, cv2.max(green, blue))
    full = max(float(np.percentile(excess[excess > 28], 75)) if (excess > 28).any() else 0.0, 1.0)
    return np.asarray(cv2.convertScaleAbs(excess, alpha=_WHITE / full), dtype=np.uint8)


def _blobs(ink: Array, dpi: int) -> Iterator[_Place]:
    """Yield the rectangles around ink that lies close together."""
    reach = max(1, round(_JOIN_MM / _MM * dpi))
    joined = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        own = np.zeros((height, width), np.uint8)
        cv2.drawContours(own, [contour], -1, _WHITE, cv2.FILLED, offset=(-x, -y))
        points = cv2.findNonZero(cv2.bitwise_and(own, ink[y : y + height, x : x + width]))
        if points is None:
            continue
        place = _place(cv2.minAreaRect(points), x, y)
        if _fits(place, dpi):
            yield place
        elif all(_RUN_TOGETHER_MM[0] <= side / dpi * _MM <= _RUN_TOGETHER_MM[1] for side in (width, height)):
            yield _Place(x + width / 2, y + height / 2, width, height, 0.0)


def _frames(grey: Array, dpi: int) -> Iterator[_Place]:
    """Yield the insides of frames: white regions of a stamp's size and shape that ink encloses."""
    _, ink = cv2.threshold(grey, 0, _WHITE, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    contours, hierarchy = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if hierarchy is None:
        return
    for contour, (_, _, _, parent) in zip(contours, hierarchy[0], strict=True):
        if parent < 0 or len(contour) < 4:
            continue
        place = _place(cv2.minAreaRect(contour))
        area = place.long * place.short
        if _fits(place, dpi) and cv2.contourArea(cv2.convexHull(contour)) > 0.85 * area:
            yield place


def _place(rect: cv2.typing.RotatedRect, x: int = 0, y: int = 0) -> _Place:
    """Return a rectangle with its long side lying; `x` and `y` are where its picture was cut out."""
    (middle_x, middle_y), (width, height), turn = rect
    if width < height:
        width, height, turn = height, width, turn - 90
    turn = (turn + 90) % 180 - 90
    return _Place(middle_x + x, middle_y + y, width, height, turn)


def _fits(place: _Place, dpi: int) -> bool:
    long, short = place.long / dpi * _MM, place.short / dpi * _MM
    return (
        _LONG_MM[0] <= long <= _LONG_MM[1]
        and _SHORT_MM[0] <= short <= _SHORT_MM[1]
        and long >= _SHAPE * short
        and abs(place.turn) <= 60
    )


def _upright(grey: Array, place: _Place, dpi: int) -> Array:
    """Return the picture inside a rectangle, level and without the strokes of its frame."""
    gap = round(1.0 / _MM * dpi)
    width, height = math.ceil(place.long) + 2 * gap, math.ceil(place.short) + 2 * gap
    turn = cv2.getRotationMatrix2D((place.x, place.y), place.turn, 1.0)
    turn[:, 2] += np.array([width / 2 - place.x, height / 2 - place.y])
    level = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE)
    _, ink = cv2.threshold(level, 0, _WHITE, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    length = round(_RULE_MM / _MM * dpi)
    lying = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    standing = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    frame = cv2.dilate(cv2.bitwise_or(lying, standing), np.ones((5, 5), np.uint8))
    level = np.where(frame > 0, _WHITE, level).astype(np.uint8)
    return np.asarray(cv2.copyMakeBorder(level, gap, gap, gap, gap, cv2.BORDER_CONSTANT, value=_WHITE), dtype=np.uint8)
