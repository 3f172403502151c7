"""Specks that were read as signs: a dash or a full stop that stands alone in a line and is too small to be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.ocr import Glyphs, Lines, Recognizer
from pipeline.ocr.looks.area import Sight

_SIGNS: Final = frozenset("-–—_.,:;'`´‘’~ˆ°·|")
_SPECK: Final = 2.0  # points across; a printed dash is three points long and more


def reread(sight: Sight, lines: Lines, _: Recognizer) -> Lines:
    """Return a page's lines without the specks inside and behind them; what begins a line may be a bullet."""
    largest = sight.points(_SPECK)
    return tuple(_without(line, largest) for line in lines)


def _without(line: Sequence[Glyphs], largest: float) -> tuple[Glyphs, ...]:
    return tuple(word for n, word in enumerate(line) if not n or not _is_speck(word, largest))


def _is_speck(word: Glyphs, largest: float) -> bool:
    return max(word.x1 - word.x0, word.bottom - word.top) <= largest and set(word.text) <= _SIGNS
