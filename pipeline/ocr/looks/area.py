"""A part of a page that is looked at again: cut out, enlarged, read, and its words put back in their places."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.ocr import Array, Glyphs, Lines, Mode, Recognizer, seals
from pipeline.ocr.geometry import Matrix
from pipeline.ocr.seals import Ring

POINTS = 72


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels of the cleaned page, right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def empty(self) -> bool:
        """Whether it is too small to hold a line."""
        return self.right - self.left < 20 or self.bottom - self.top < 8

    def of(self, picture: Array) -> Array:
        """Cut the area out of a picture."""
        return np.ascontiguousarray(picture[self.top : self.bottom, self.left : self.right])

    def holds(self, word: Glyphs) -> bool:
        """Tell whether a word lies in the area from its left edge to its bottom."""
        return self.left <= word.x0 < self.right and word.top >= self.top and word.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Sight:
    """A page to look at again: its cleaned grey picture, and the pixels that it was made of.

    `matrix` leads from pixels of the cleaned picture to those of `pixels`, which are grey or RGB.
    `rings` are seals' that the cleaned picture still had.
    """

    grey: Array
    dpi: int
    pixels: Array
    matrix: Matrix
    rings: tuple[Ring, ...] = ()

    def without_rings(self) -> Sight:
        """Return the page with the rings of its seals found and taken away."""
        rings = seals.rings(self.grey, self.dpi)
        return replace(self, grey=seals.without_rings(self.grey, rings), rings=rings)

    def area(self, left: float, top: float, right: float, bottom: float) -> Area:
        """Return a rectangle as far as it lies on the page."""
        height, width = self.grey.shape
        return Area(max(0, round(left)), max(0, round(top)), min(width, round(right)), min(height, round(bottom)))

    def points(self, points: float) -> float:
        """Return a length in points of paper as pixels."""
        return points * self.dpi / POINTS

    def original(self, area: Area) -> Array:
        """Return an area as it looked before it was cleaned, grey or RGB."""
        shift = np.array([[1.0, 0, area.left], [0, 1.0, area.top], [0, 0, 1.0]])
        size = (area.right - area.left, area.bottom - area.top)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        place = (self.matrix @ shift)[:2]
        return np.asarray(
            cv2.warpAffine(self.pixels, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
        )


def read(picture: Array, area: Area, dpi: int, recognizer: Recognizer, mode: Mode, larger: float = 1.0) -> Lines:
    """Return the lines in the picture of an area, enlarged before it is read, with boxes on the page."""
    if area.empty:
        return ()
    if larger != 1.0:
        picture = np.asarray(cv2.resize(picture, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC), np.uint8)
    lines = recognizer.read(np.ascontiguousarray(picture), round(dpi * larger), mode)
    return tuple(tuple(_placed(word, area, larger) for word in line) for line in lines)


def _placed(word: Glyphs, area: Area, larger: float) -> Glyphs:
    return replace(
        word,
        x0=word.x0 / larger + area.left,
        x1=word.x1 / larger + area.left,
        top=word.top / larger + area.top,
        bottom=word.bottom / larger + area.top,
    )
