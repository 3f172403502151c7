"""Cleaning a grey scan before it is read: uneven light, black borders, specks; pure array functions."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.ocr import Array
from pipeline.ocr.masks import mask, mask_of

_WHITE: Final = 255
_BLANK_SHARE: Final = 0.0006  # of a page's area; a page number alone is less than half of it

_GRAINY: Final = 0.6  # levels; office scanners stay below 0.5
_COARSE: Final = 1.2  # … from which letters gain by softening
_SOFTENED: Final = 0.7  # pixels
_SPECK: Final = 6  # pixels across at 200 dpi, as wide as the dot below a vowel
_LONELY: Final = 19  # … and the window around it in which there is nothing larger
_ROUGHNESS: Final = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def flatten(grey: Array) -> Array:
    """Return a picture on white paper, whatever shadow or tint lay over it; bright even paper is left as it is."""
    small = cv2.resize(grey, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 11)
    if np.percentile(ground, 5) > 225:
        return grey
    height, width = grey.shape
    paper = cv2.resize(np.maximum(ground, 40), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=_WHITE), dtype=np.uint8)


def without_borders(grey: Array) -> Array:
    """Return a picture whose black edges, left by a scanner's lid or a copier, are white.

    A border is a dark region that touches the edge of the picture and is thick; a rule or a frame
    that runs off the page is thin.
    """
    factor = 1 / 8
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark = cv2.morphologyEx(mask(small < 110), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    if not dark.any():
        return grey
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = dark.shape
    x, y, w, h = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]
    edge = (x <= 1) | (y <= 1) | (x + w >= width - 1) | (y + h >= height - 1)
    long = (w > 0.08 * width) | (h > 0.06 * height)
    border = edge & long & (np.arange(len(stats)) > 0)
    if not border.any():
        return grey
    where = cv2.dilate(mask_of(labels, border), np.ones((3, 3), np.uint8))
    where = cv2.resize(where, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(where > 0, _WHITE, grey).astype(np.uint8)


def without_specks(grey: Array, dpi: int) -> Array:
    """Return a 1-bit scan without the dots that thresholding leaves; any other picture is left as it is.

    A dot is far smaller than the smallest mark that means something, the dot below a vowel.
    """
    if not _is_bilevel(grey):
        return grey
    _, ink = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    limit = max(2, round(4 * (dpi / 200) ** 2))
    small = stats[:, cv2.CC_STAT_AREA] <= limit
    small[0] = False
    if np.count_nonzero(small) < 0.25 * max(count, 400):
        return grey
    return np.where(small[labels], _WHITE, grey).astype(np.uint8)


def without_grain(grey: Array, dpi: int) -> Array:
    """Return a grainy scan without the specks that stand alone on its paper, a coarse one softened; others as they are.

    Dots of letters and full stops stand near larger ink, specks mostly do not.
    """
    coarseness = grain(grey)
    if coarseness < _GRAINY:
        return grey
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), _SOFTENED), dtype=np.uint8)
    paper = float(np.percentile(soft[::4, ::4], 60))
    ink = mask(soft < 0.8 * paper)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = _SPECK * dpi / 200
    small = (stats[:, cv2.CC_STAT_WIDTH] <= size) & (stats[:, cv2.CC_STAT_HEIGHT] <= size)
    small[0] = False
    reach = round(_LONELY * dpi / 200)
    dots = mask_of(labels, small)
    near = cv2.dilate(cv2.subtract(ink, dots), np.ones((reach, reach), np.uint8))
    lonely = small.copy()
    lonely[labels[cv2.bitwise_and(dots, near) > 0]] = False
    specks = mask_of(labels, lonely)
    picture = grey if coarseness < _COARSE else soft
    return np.where(cv2.dilate(specks, np.ones((3, 3), np.uint8)) > 0, round(paper), picture).astype(np.uint8)


def grain(grey: Array) -> float:
    """Return how much neighbouring pixels of the paper differ: the deviation of noise in levels, after Immerkær."""
    third = grey.shape[0] // 3
    middle = np.ascontiguousarray(grey[third : 2 * third])
    paper = cv2.erode(middle, np.ones((5, 5), np.uint8)) > 0.8 * np.percentile(middle[::4, ::4], 60)
    rough = np.abs(cv2.filter2D(middle, cv2.CV_16S, _ROUGHNESS))[paper]
    return float(rough.mean() * np.sqrt(np.pi / 2) / 6) if rough.size else 0.0


def _is_bilevel(grey: Array) -> bool:
    """Tell whether a picture is black and white, but for the rims that drawing it at another size leaves."""
    some = grey[::7, ::5]
    return bool(np.count_nonzero((some > 40) & (some < 215)) < 0.25 * np.count_nonzero(some < 215))


def is_blank(ink: Array) -> bool:
    """Tell whether a thumbnail (255 where ink is) shows an empty page, a margin's worth of its edge left out."""
    height, width = ink.shape
    inner = ink[height // 20 : -height // 20, width // 20 : -width // 20]
    return bool(np.count_nonzero(inner) < _BLANK_SHARE * inner.size)
