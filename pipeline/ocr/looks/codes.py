"""A look at the notation's codes behind a number that was written by hand: without the pen they read by themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.ocr import Glyphs, Lines, Recognizer
from pipeline.ocr.looks.area import Sight, read

_HEAD: Final = 0.45  # share of the page's height in which a dispatch has its number
_DOUBTFUL: Final = 0.8
_SURE: Final = 0.8  # of both readings
_SIZES: Final = (1.0, 1.5)
_MARGIN: Final = 1.5  # points of paper around the codes
_CODES: Final = re.compile(r"[A-ZĐ][^\W\d_]*(?:[-/.,&][A-ZĐ][^\W\d_]*)+")


def reread(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with doubtful codes behind a number as two readings of them agree."""
    lowest = _HEAD * sight.grey.shape[0]
    return tuple(
        tuple(
            _again(word, sight, recognizer) if n and _follows(line[n - 1], word) else word
            for n, word in enumerate(line)
        )
        if line and line[0].bottom < lowest
        else line
        for line in lines
    )


def _follows(number: Glyphs, word: Glyphs) -> bool:
    """Tell whether a word is doubtful codes right behind a number that was found in their print."""
    year = any(map(str.isdigit, word.text))  # is part of the notation, and print that reads well
    doubtful = word.raw is not None and word.confidence < _DOUBTFUL and not year
    return doubtful and number.text.isdigit() and word.text[:1] in {"/", "⁄", "-"}


def _again(word: Glyphs, sight: Sight, recognizer: Recognizer) -> Glyphs:
    margin = sight.points(_MARGIN)
    area = sight.area(word.x0 - margin, word.top - margin, word.x1 + 2 * margin, word.bottom + margin)
    if area.empty:
        return word
    seen: set[str] = set()
    sure = 1.0
    for size in _SIZES:
        words = [one for line in read(area.of(sight.grey), area, sight.dpi, recognizer, "line", size) for one in line]
        found = _CODES.search("".join(one.text for one in words))
        seen.add(found.group() if found else "")
        sure = min([sure, *(one.confidence for one in words if any(map(str.isalpha, one.text)))])
    codes = seen.pop() if len(seen) == 1 else ""
    return replace(word, text=f"/{codes}", confidence=sure) if codes and sure >= _SURE else word
