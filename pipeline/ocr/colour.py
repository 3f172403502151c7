"""Colours of a scan: the red stamp and the blue pen taken apart from black print, pure array functions.

Black print under a red seal survives in the red channel, where the seal is as light as paper.
Only what hides print is taken away: seals (round, some four centimetres wide) and pen strokes
taller than any letter. Red or blue text, such as an arrival stamp's, is there to be read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from pipeline.ocr import Array, masks

_COLOURFUL: Final = 28  # levels between channels from which a pixel is a colour and not a tinted grey
_DARKEST: Final = 60  # print so dark that its tint means nothing
_SEAL_MM: Final = (18.0, 60.0)
_PEN_MM: Final = 9.0  # a stroke that spans more than this is no letter
_MM: Final = 25.4
_SPECK: Final = 20  # pixels, at a quarter of the resolution


def is_coloured(rgb: Array) -> bool:
    """Tell whether a picture holds coloured ink at all; a look at every fourth pixel."""
    red, green, blue = _channels(np.ascontiguousarray(rgb[::4, ::4]))
    spread = cv2.subtract(cv2.max(red, cv2.max(green, blue)), cv2.min(red, cv2.min(green, blue)))
    _, coloured = cv2.threshold(spread, _COLOURFUL, 255, cv2.THRESH_BINARY)
    return cv2.countNonZero(coloured) > 0.0002 * coloured.size


def luminance(rgb: Array) -> Array:
    """Return the grey picture of an RGB one."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def red_ink(rgb: Array) -> Array:
    """Return the mask (0 or 255) of red ink: stamps, seals, red print."""
    red, green, blue = _channels(rgb)
    return _mask(cv2.subtract(red, cv2.max(green, blue)), red)


def blue_ink(rgb: Array) -> Array:
    """Return the mask (0 or 255) of blue ink: ball pens, blue stamps, links."""
    red, green, blue = _channels(rgb)
    return _mask(cv2.min(cv2.subtract(blue, red), cv2.subtract(cv2.convertScaleAbs(blue, beta=16), green)), blue)


def _channels(rgb: Array) -> tuple[cv2.typing.MatLike, ...]:
    return tuple(cv2.extractChannel(rgb, i) for i in range(3))


def _mask(excess: cv2.typing.MatLike, brightest: cv2.typing.MatLike) -> Array:
    _, coloured = cv2.threshold(excess, _COLOURFUL, 255, cv2.THRESH_BINARY)
    _, bright = cv2.threshold(brightest, _DARKEST, 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.bitwise_and(coloured, bright), dtype=np.uint8)


def print_only(rgb: Array, dpi: int) -> Array:
    """Return the grey picture with seals and pen strokes made paper, and the print beneath them kept."""
    grey = luminance(rgb)
    if not is_coloured(rgb):
        return grey
    seals = _blobs(red_ink(rgb), dpi, _is_seal, join_mm=1.5)
    pen = _blobs(blue_ink(rgb), dpi, _is_stroke, join_mm=0.4)
    for mask, channel in ((seals, 0), (pen, 2)):
        if mask.any():
            grey = np.where(_grown(mask) > 0, cv2.max(grey, cv2.extractChannel(rgb, channel)), grey).astype(np.uint8)
    return grey


def _grown(mask: Array) -> Array:
    """Return a mask widened by two pixels, over the pale rim that JPEG leaves around ink."""
    return np.asarray(cv2.dilate(mask, np.ones((5, 5), np.uint8)), dtype=np.uint8)


def _blobs(mask: Array, dpi: int, keep: Callable[[Array, float, float], bool], join_mm: float) -> Array:
    """Return the part of a mask that lies in blobs that pass a test; gaps up to `join_mm` do not part a blob.

    Blobs are looked for at a quarter of the resolution.
    """
    small = masks.mask(cv2.resize(mask, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) > 40)
    reach = max(1, round(join_mm / _MM * dpi / 4))
    joined = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    size = _MM * 4 / dpi
    kept = np.zeros(len(stats), dtype=np.uint8)
    for label, (x, y, width, height, area) in enumerate(stats):
        place = (slice(y, y + height), slice(x, x + width))
        own = np.where(labels[place] == label, small[place], 0).astype(np.uint8)
        if label and area > _SPECK and keep(own, width * size, height * size):
            kept[label] = 255
    if not kept.any():
        return np.zeros_like(mask)
    where = cv2.resize(kept[labels], (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.bitwise_and(mask, where), dtype=np.uint8)


def _is_seal(part: Array, width: float, height: float) -> bool:
    """Tell a round seal from a framed stamp: its size, its shape, and empty corners."""
    small, large = _SEAL_MM
    if not (small <= width <= large and small <= height <= large and 0.6 <= width / height <= 1.6):
        return False
    h, w = max(1, part.shape[0] // 10), max(1, part.shape[1] // 10)
    corners = np.concatenate([part[:h, :w], part[:h, -w:], part[-h:, :w], part[-h:, -w:]])
    return bool(np.count_nonzero(corners) < 0.04 * corners.size)


def _is_stroke(part: Array, width: float, height: float) -> bool:
    """Tell a signature's stroke from a letter or digit, by its height."""
    return height > _PEN_MM
