"""Seals without colour: found by their round rings in grey and black-and-white scans, and the rings taken away.

A layout engine takes a ring, and the print that it touches, for a picture and reads none of it. The
ring's line is thin where nothing crosses it; only that is painted over, so that print stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr import Array
from pipeline.ocr.masks import mask

_LOOK_DPI: Final = 72
_MM: Final = 25.4
_RADIUS_MM: Final = (13.0, 24.0)
_APART_MM: Final = 12.0
_EDGE: Final = 120.0  # of Hough's transform: the contrast of an edge
_VOTES: Final = 30.0  # … and how many of them make a circle worth checking
_CANDIDATES: Final = 8
_ROUND: Final = 0.72  # share of a circle that must be inked; lines of text reach 0.65
_INK: Final = 0.83  # of the paper's brightness
_INNER: Final = 0.4  # of the outer radius, from which there may be rings
_ARC: Final = 14  # an arc as long as this part of the circle is a ring's
_WHITE: Final = 255


@dataclass(frozen=True, slots=True)
class Ring:
    """The outer ring of a seal: centre and radius in pixels."""

    x: float
    y: float
    radius: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return bool(np.hypot(x - self.x, y - self.y) < self.radius)


def rings(grey: Array, dpi: int) -> tuple[Ring, ...]:
    """Return the seals' rings in a grey picture, the plainest first."""
    factor = _LOOK_DPI / dpi
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    least, most = (round(radius / _MM * _LOOK_DPI) for radius in _RADIUS_MM)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(small, (3, 3), 0), cv2.HOUGH_GRADIENT, 1, _APART_MM / _MM * _LOOK_DPI,
        param1=_EDGE, param2=_VOTES, minRadius=least, maxRadius=most,
    )  # fmt: skip
    if circles is None:
        return ()
    ink = _ink(np.asarray(small, dtype=np.uint8)) > 0
    found = [tuple(map(float, circle)) for circle in circles[0][:_CANDIDATES]]
    return tuple(Ring(x / factor, y / factor, r / factor) for x, y, r in found if _inked(ink, x, y, r) >= _ROUND)


def _ink(grey: Array) -> Array:
    """Return the mask (0 or 255) of what is darker than paper."""
    return mask(grey < _INK * np.percentile(grey[::3, ::3], 60))


def _inked(ink: NDArray[np.bool_], x: float, y: float, radius: float) -> float:
    """Return which share of a circle is inked, at the best of three radii; lines may be a pixel off."""
    angles = np.linspace(0, 2 * np.pi, round(2 * np.pi * radius), endpoint=False)
    across = np.clip(np.round(x + np.outer(radius + np.arange(-2, 3), np.cos(angles))), 0, ink.shape[1] - 1)
    down = np.clip(np.round(y + np.outer(radius + np.arange(-2, 3), np.sin(angles))), 0, ink.shape[0] - 1)
    hit = ink[down.astype(int), across.astype(int)]
    return float(max(hit[i : i + 3].any(axis=0).mean() for i in range(3)))


def without_rings(grey: Array, found: tuple[Ring, ...]) -> Array:
    """Return a picture whose seals have lost the thin lines of their rings."""
    if not found:
        return grey
    ink = _ink(grey)
    height, width = grey.shape
    cleaned = grey.copy()
    for ring in found:
        around, out = round(2 * np.pi * ring.radius), round(1.12 * ring.radius)
        centre = (ring.x, ring.y)
        unrolled = cv2.warpPolar(ink, (out, around), centre, out, cv2.INTER_NEAREST)
        line = _thin_arcs(np.asarray(unrolled, dtype=np.uint8), round(_INNER * ring.radius))
        flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP | cv2.WARP_FILL_OUTLIERS
        mask = cv2.dilate(cv2.warpPolar(line, (width, height), centre, out, flags), np.ones((3, 3), np.uint8))
        cleaned[mask > 0] = _WHITE
    return cleaned


def _thin_arcs(unrolled: Array, inner: int) -> Array:
    """Return the ink of an unrolled seal (a row for each angle) that is its rings': long, no thicker than usual."""
    around = unrolled.shape[0]
    looped = np.vstack([unrolled, unrolled[: around // 8]])
    looped[:, :inner] = 0
    wide = cv2.dilate(looped, np.ones((3, 3), np.uint8))
    arcs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((around // _ARC, 1), np.uint8))
    long = np.maximum(arcs[:around], np.pad(arcs[around:], ((0, around - (len(arcs) - around)), (0, 0))))
    candidates = (long > 0) & (unrolled > 0)
    if not candidates.any():
        return np.zeros_like(unrolled)
    thickness = _runs(unrolled > 0)
    usual = max(4.0, 1.6 * float(np.median(thickness[candidates])))
    return mask(candidates & (thickness <= usual))


def _runs(ink: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each inked pixel how long the run of ink in its row is."""
    steps = np.arange(1, ink.shape[1] + 1, dtype=np.int32)
    before = np.maximum.accumulate(np.where(ink, 0, steps), axis=1)
    after = np.minimum.accumulate(np.where(ink, ink.shape[1] + 1, steps)[:, ::-1], axis=1)[:, ::-1]
    return np.where(ink, after - before - 1, 0).astype(np.int32)
