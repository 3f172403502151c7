"""The geometry of a scan: which way is up, how skewed it lies, and the way back to the page.

Every step that moves pixels gives a matrix with it; the product of the matrices leads from a pixel
of the cleaned picture to a point of the page as it is displayed.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr import Array
from pipeline.ocr.masks import mask

Matrix: TypeAlias = NDArray[np.float64]
"""A 3 by 3 affine matrix from pixels of a later picture to those of an earlier one."""

Turn = Literal[0, 90, 180, 270]
"""Degrees by which a picture must be turned clockwise to stand upright."""

_LOOK_DPI: Final = 50  # resolution at which lines of text are looked for: a line is some eight pixels high
_SKEW_LIMIT: Final = 6.0
_SKEW_IGNORED: Final = 1.0  # degrees; the recogniser follows a gentle slope better than it reads resampled letters


def scaled(factor: float) -> Matrix:
    """Return the matrix that undoes an enlargement by `factor`."""
    return np.diag([1 / factor, 1 / factor, 1.0])


def turn(image: Array, degrees: Turn) -> tuple[Array, Matrix]:
    """Return a picture turned clockwise, and the way back."""
    height, width = image.shape[:2]
    back = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        90: [[0, 1, 0], [-1, 0, height], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        270: [[0, -1, width], [1, 0, 0], [0, 0, 1]],
    }[degrees]
    return np.ascontiguousarray(np.rot90(image, -degrees // 90)), np.array(back, dtype=np.float64)


def thumbnail(grey: Array, dpi: int) -> Array:
    """Return a small picture (255 where ink is) for looking at lines as wholes; rules and frames left out."""
    factor = _LOOK_DPI / dpi
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    paper = np.percentile(small[::4, ::4], 75)
    ink = mask(small < paper * 0.8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longest = max(ink.shape) / 5
    large = (stats[:, cv2.CC_STAT_WIDTH] > longest) | (stats[:, cv2.CC_STAT_HEIGHT] > longest)
    return np.where(large[labels], 0, ink).astype(np.uint8)


def lines_lie_sideways(ink: Array) -> bool:
    """Tell whether the lines of text in a thumbnail run from top to bottom."""
    return _striped(ink.mean(axis=0)) > 1.3 * _striped(ink.mean(axis=1))


def _striped(profile: NDArray[np.float64]) -> float:
    """Return how strongly a profile goes up and down from one bin to the next but one, as lines of text do."""
    return float(np.square(profile[2:] - profile[:-2]).mean())


def skew(ink: Array) -> float:
    """Return the angle in degrees by which the lines of a thumbnail rise to the right; 0 where that is not clear."""
    best = _sharpest(ink, np.arange(-_SKEW_LIMIT, _SKEW_LIMIT + 0.1, 0.5))
    best = _sharpest(ink, best + np.arange(-0.4, 0.41, 0.1))
    plain, straightened = (_sharpness(ink, angle) for angle in (0.0, best))
    return best if abs(best) >= _SKEW_IGNORED and straightened > 1.02 * plain else 0.0


def _sharpest(ink: Array, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))


def _sharpness(ink: Array, angle: float) -> float:
    """Return how sharply lines stand apart from the white between them once turned by an angle."""
    height, width = ink.shape
    shear = np.array([[1, 0, 0], [np.tan(np.radians(angle)), 1, -np.tan(np.radians(angle)) * width / 2]])
    sheared = cv2.warpAffine(ink, shear, (width, height), flags=cv2.INTER_LINEAR)
    return _striped(sheared.mean(axis=1))


def straighten(image: Array, angle: float) -> tuple[Array, Matrix]:
    """Return a picture turned clockwise by a small angle about its centre, and the way back."""
    if angle == 0:
        return image, np.eye(3)
    height, width = image.shape[:2]
    forth = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    paper = tuple(float(v) for v in np.percentile(image[::8, ::8], 90, axis=(0, 1)).reshape(-1))
    turned = cv2.warpAffine(image, forth, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    back = np.vstack([cv2.invertAffineTransform(forth), [0.0, 0.0, 1.0]])
    return np.asarray(turned, dtype=np.uint8), back


def gutter(ink: Array) -> int | None:
    """Return the column at which a sheet with two pages side by side is parted; None for any other sheet.

    Two pages have a white band in the middle from top to bottom, as wide as two margins, text on
    both sides, and lines that do not stand level: a table's rows do, and a wide table has rules.
    """
    height, width = ink.shape
    if width < 1.2 * height:
        return None
    columns = np.count_nonzero(ink, axis=0)
    middle = range(int(width * 0.4), int(width * 0.6))
    band = _longest_blank(columns, middle)
    if band is None or band[1] - band[0] < 0.03 * width:
        return None
    at = (band[0] + band[1]) // 2
    left, right = (np.count_nonzero(side, axis=1) for side in (ink[:, :at], ink[:, at:]))
    if min(np.count_nonzero(left), np.count_nonzero(right)) < 0.25 * height:
        return None
    return at if _level(left > 0, right > 0) < 0.35 else None


def _longest_blank(columns: NDArray[np.int64], within: range) -> tuple[int, int] | None:
    """Return the longest run of columns with next to no ink inside a range."""
    best: tuple[int, int] | None = None
    start: int | None = None
    for x in [*within, within.stop]:
        blank = x < within.stop and columns[x] <= 1
        if blank and start is None:
            start = x
        if not blank and start is not None:
            if best is None or x - start > best[1] - best[0]:
                best = (start, x)
            start = None
    return best


def _level(left: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    """Return how well the lines of two halves agree in height: the correlation of their profiles."""
    if left.std() == 0 or right.std() == 0:
        return 0.0
    return float(np.corrcoef(left, right)[0, 1])
