"""A look at lines that were passed over: print that no word covers, because a seal, a frame or a speck touches it.

Letters are told from strokes and rules by their size. Where they stand in a row beyond all words,
that row is read by itself, and taken if it reads surely and as Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from pipeline.ocr import Array, Glyphs, Lines, Recognizer
from pipeline.ocr.looks.area import Area, Sight, read
from pipeline.ocr.masks import mask, mask_of
from pipeline.text.syllables import is_syllable

_LOOK_DPI: Final = 100
_MM: Final = 25.4
_LETTER_MM: Final = (1.0, 7.0)  # height; letters that touch are wide
_WIDEST_MM: Final = 20.0
_BLANK_MM: Final = 2.6  # the widest blank inside a line
_LINE_MM: Final = (1.6, 7.0)  # height of a line
_LEAST_MM: Final = 9.0  # width of a line worth reading
_AROUND_MM: Final = 0.7  # around a word that covers its letters
_MOST: Final = 12  # lines of a page; more are a picture's
_LARGER: Final = 1.5
_SURE: Final = 0.8  # mean confidence of a line that is taken
_LEAST: Final = 8  # letters of a line that is taken
_READ: Final = 0.5  # of a word
_SPELT: Final = 0.7  # share of its letters in words that can be Vietnamese


def reread(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines and those that were passed over."""
    if not lines:
        return lines
    areas = lost(sight, lines)
    found = [line for area in areas[:_MOST] for line in read(
        area.of(sight.grey), area, sight.dpi, recognizer, "line", _LARGER
    )]  # fmt: skip
    return (*lines, *(kept for line in found if (kept := _credible(line))))


def lost(sight: Sight, lines: Lines) -> list[Area]:
    """Return the rows of letters that no word covers, the longest first."""
    factor, millimetre = _LOOK_DPI / sight.dpi, _LOOK_DPI / _MM
    letters = _letters(sight.grey, factor, millimetre)
    around = _AROUND_MM * millimetre
    for word in (word for line in lines for word in line):
        x0, x1 = round(word.x0 * factor - around), round(word.x1 * factor + around)
        letters[max(0, round(word.top * factor - around)) : round(word.bottom * factor + around), max(0, x0) : x1] = 0
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((3, round(_BLANK_MM * millimetre)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    rows = [
        (width, sight.area(*((edge / factor) for edge in (x - 4, y - 3, x + width + 4, y + height + 3))))
        for x, y, width, height, _ in stats[1:].tolist()
        if width >= _LEAST_MM * millimetre and _LINE_MM[0] <= height / millimetre <= _LINE_MM[1]
    ]
    return [area for _, area in sorted(rows, key=lambda row: -row[0])]


def _letters(grey: Array, factor: float, millimetre: float) -> Array:
    """Return the mask (0 or 255), at the resolution of the look, of ink in pieces as large as letters."""
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = mask(small < 0.75 * np.percentile(small[::3, ::3], 60))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = stats[:, cv2.CC_STAT_HEIGHT] / millimetre, stats[:, cv2.CC_STAT_WIDTH] / millimetre
    fits = (height >= _LETTER_MM[0]) & (height <= _LETTER_MM[1]) & (width <= _WIDEST_MM)
    fits[0] = False
    return mask_of(labels, fits)


def _credible(line: Sequence[Glyphs]) -> tuple[Glyphs, ...]:
    """Return the words of a line that were read, if together they read surely and as Vietnamese; else nothing."""
    words = tuple(word for word in line if word.confidence >= _READ)
    letters = sum(len(word.text) for word in words)
    if len(words) < 2 or letters < _LEAST:
        return ()
    sure = sum(len(word.text) * word.confidence for word in words) / letters
    spelt = sum(len(word.text) for word in words if _plausible(word.text))
    return words if sure >= _SURE and spelt >= _SPELT * letters else ()


def _plausible(text: str) -> bool:
    """Tell whether a word is a syllable of two letters or more, or an abbreviation in capitals."""
    bare = text.strip('.,;:-()“”"')
    return len(bare) > 1 and (is_syllable(bare) or (bare.isalpha() and bare.isupper()))
