"""From the picture of a page to its lines of words with boxes on that page: the steps of OCR, top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.document import Box, Line, Page, Word
from pipeline.ocr import Array, Glyphs, Lines, Recognizer, clean, colour, filling, geometry, looks, slots
from pipeline.ocr.geometry import Matrix, Turn
from pipeline.ocr.looks import codes
from pipeline.ocr.looks.area import Sight

_STRIP: Final = 0.2  # share of a page's height that is read to tell which way is up
_DOUBTFUL: Final = 0.6  # mean confidence below which a page may have been read upside down
_ENOUGH_WORDS: Final = 8
_NARROWEST: Final = 0.25  # inches: a sheet that could hold a line of print
_LONGEST: Final = 20  # times as long as it is wide


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is displayed: grey or RGB pixels, and its size in points."""

    pixels: Array
    dpi: int
    width: float
    height: float

    @property
    def is_sheet(self) -> bool:
        """Whether it has the size and shape of something on which words may stand."""
        height, width = self.pixels.shape[:2]
        return is_shaped_as_a_sheet(width, height) and min(width, height) >= _NARROWEST * self.dpi


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cleaned grey picture, ready to be read; `back` leads from its pixels to points of the page."""

    grey: Array
    dpi: int
    back: Matrix


def is_shaped_as_a_sheet(width: float, height: float) -> bool:
    """Tell whether two sides are those of a sheet, and not of a thread that would be miles long at its resolution."""
    return max(width, height) <= _LONGEST * min(width, height)


def recognise(picture: Picture, number: int, recognizer: Recognizer) -> tuple[Page, ...]:
    """Return the page of a picture, without lines where it is blank; two where two pages lie on one sheet.

    Raises OcrError or MissingToolError.
    """
    if not picture.is_sheet:
        return (Page(number, picture.width, picture.height, (), "ocr"),)
    return tuple(
        Page(number, picture.width, picture.height, tuple(_on_page(lines, prepared.back, number)), "ocr")
        for prepared, lines in _readings(picture, recognizer)
    )


def _sight(picture: Picture, page: Prepared) -> Sight:
    """Return a cleaned page together with the picture that it was made of."""
    height, width = picture.pixels.shape[:2]
    to_pixels = np.diag([width / picture.width, height / picture.height, 1.0])
    return Sight(page.grey, page.dpi, picture.pixels, to_pixels @ page.back)


def _with_handwriting(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with the number and the day, often written by hand, and the codes beside read again."""
    height, width = sight.grey.shape
    if not slots.number_gap(lines, height, width) and not slots.date_gap(lines, height, width):
        return lines
    grey = colour.luminance(sight.pixels) if sight.pixels.ndim == 3 else sight.pixels
    lines = filling.fill(lines, filling.Ground(grey, sight.matrix, sight.dpi), height, width)
    return codes.reread(sight, lines, recognizer)


def _readings(picture: Picture, recognizer: Recognizer) -> Iterator[tuple[Prepared, Lines]]:
    """Yield each cleaned page of a picture with what was read on it."""
    upright = prepare(picture)
    ink = geometry.thumbnail(upright.grey, upright.dpi)
    if clean.is_blank(ink):
        yield upright, ()
        return
    if geometry.lines_lie_sideways(ink):
        upright = turned(upright, _best_turn(upright, (90, 270), recognizer))
    for page in map(levelled, split(upright)):
        lines = recognizer.read(page.grey, page.dpi)
        if confidence(lines) < _DOUBTFUL and sum(map(len, lines)) >= _ENOUGH_WORDS:
            degrees = _best_turn(page, (0, 90, 180, 270), recognizer)
            if degrees:
                page = levelled(turned(page, degrees))
                lines = recognizer.read(page.grey, page.dpi)
        sight = _sight(picture, page)
        lines = looks.again(sight, lines, recognizer)
        yield page, _with_handwriting(sight, lines, recognizer)


def prepare(picture: Picture) -> Prepared:
    """Return the print of a picture on white paper: coloured ink, borders and uneven light taken away."""
    coloured = picture.pixels.ndim == 3
    grey = colour.print_only(picture.pixels, picture.dpi) if coloured else picture.pixels
    grey = clean.flatten(clean.without_borders(grey))
    grey = clean.without_grain(clean.without_specks(grey, picture.dpi), picture.dpi)
    to_points = np.diag([picture.width / grey.shape[1], picture.height / grey.shape[0], 1.0])
    return Prepared(grey, picture.dpi, to_points)


def turned(page: Prepared, degrees: Turn) -> Prepared:
    """Return a prepared page turned clockwise."""
    grey, back = geometry.turn(page.grey, degrees)
    return Prepared(grey, page.dpi, page.back @ back)


def levelled(page: Prepared) -> Prepared:
    """Return a prepared page whose lines lie level."""
    grey, back = geometry.straighten(page.grey, geometry.skew(geometry.thumbnail(page.grey, page.dpi)))
    return Prepared(grey, page.dpi, page.back @ back)


def split(page: Prepared) -> tuple[Prepared, ...]:
    """Return the two pages of a sheet that holds two, else the page itself."""
    ink = geometry.thumbnail(page.grey, page.dpi)
    column = geometry.gutter(ink)
    if column is None:
        return (page,)
    at = round(column * page.grey.shape[1] / ink.shape[1])
    shift = np.array([[1.0, 0, at], [0, 1.0, 0], [0, 0, 1.0]])
    left = Prepared(np.ascontiguousarray(page.grey[:, :at]), page.dpi, page.back)
    right = Prepared(np.ascontiguousarray(page.grey[:, at:]), page.dpi, page.back @ shift)
    return left, right


def confidence(lines: Lines) -> float:
    """Return the mean confidence of a reading, each word weighing as much as it is long; 0 without words."""
    words = [word for line in lines for word in line]
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0


def _best_turn(page: Prepared, turns: tuple[Turn, ...], recognizer: Recognizer) -> Turn:
    """Return the turn after which a strip of the page reads best."""

    def legible(degrees: Turn) -> float:
        strip = _fullest_strip(turned(page, degrees).grey)
        words = [word for line in recognizer.read(strip, page.dpi, "block") for word in line]
        return sum(len(word.text) * word.confidence for word in words if word.confidence > _DOUBTFUL)

    return max(turns, key=legible)


def _fullest_strip(grey: Array) -> Array:
    """Return the horizontal strip of a picture that holds most ink."""
    height = grey.shape[0]
    strip = max(1, int(height * _STRIP))
    dark = np.cumsum(cv2.reduce(255 - grey, 1, cv2.REDUCE_AVG, dtype=cv2.CV_64F).ravel())
    start = int(np.argmax(dark[strip:] - dark[:-strip])) if height > strip else 0
    return np.ascontiguousarray(grey[start : start + strip])


def _on_page(lines: Lines, back: Matrix, number: int) -> Iterator[Line]:
    """Yield lines with their boxes in points of the page."""
    for line in lines:
        yield Line(tuple(Word(g.text, box_on_page(g, back, number), g.confidence, g.raw) for g in line))


def box_on_page(glyphs: Glyphs, back: Matrix, number: int) -> Box:
    """Return the smallest upright box on the page around a word's box in the cleaned picture."""
    corners = [(x, y, 1.0) for x in (glyphs.x0, glyphs.x1) for y in (glyphs.top, glyphs.bottom)]
    points = np.array(corners) @ back[:2].T
    (x0, top), (x1, bottom) = points.min(axis=0), points.max(axis=0)
    return Box(number, float(x0), float(top), float(x1), float(bottom))
