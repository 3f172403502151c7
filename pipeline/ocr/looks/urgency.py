"""The judge of urgency: HỎA TỐC or KHẨN in a frame in the head, and MẬT where it is plain; only what is sure counts.

Layout engines lose what a leaning frame holds; it is turned level, cut off, and what it holds is read as one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from pipeline.ocr import Glyphs, Lines, Recognizer
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.stamps.places import Place, frames
from pipeline.text.unicode import fold
from pipeline.text.wording import SECRECY, URGENCY

_BORDER: Final = 0.16  # of a frame's height, that its lines take at each side
_LETTERS: Final = 48  # pixels of height at which its letters are read
_HIGHEST_MM: Final = 18.0
_ALIKE: Final = 80  # least likeness of 100 to a known stamp


def reread(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with each framed stamp of urgency or secrecy as one line of its own."""
    for frame in frames(sight.grey, sight.dpi):
        if frame.short > _HIGHEST_MM:
            continue
        border = _BORDER * frame.short
        level = frame.cut(sight.grey, sight.dpi, _LETTERS / (frame.short - 2 * border), -border)
        read = recognizer.read(level, round(sight.dpi * 1.5), "line")
        words = [word for line in read for word in line]
        stamp = known_stamp(" ".join(word.text for word in words))
        if stamp:
            kept = (tuple(word for word in line if not _within(word, frame, sight)) for line in lines)
            sure = float(np.mean([word.confidence for word in words]))
            lines = (*(line for line in kept if line), tuple(_words(stamp, frame, sight, sure)))
    return lines


def known_stamp(text: str) -> str | None:
    """Return the stamp that a reading is, if it is like one."""
    read = _plain(text)
    best = max((*URGENCY, *SECRECY), key=lambda stamp: fuzz.ratio(read, _plain(stamp)))
    return best if fuzz.ratio(read, _plain(best)) >= _ALIKE else None


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text)).replace("0", "o")


def _within(word: Glyphs, frame: Place, sight: Sight) -> bool:
    """Tell whether a word's middle lies in a frame."""
    millimetre = sight.dpi / 25.4
    return frame.encloses((word.x0 + word.x1) / 2 / millimetre, (word.top + word.bottom) / 2 / millimetre)


def _words(stamp: str, frame: Place, sight: Sight, confidence: float) -> Iterator[Glyphs]:
    """Yield a stamp's words side by side in their frame."""
    millimetre = sight.dpi / 25.4
    x, y, width, half = (side * millimetre for side in (frame.x, frame.y, 0.84 * frame.long, 0.3 * frame.short))
    parts = stamp.split()
    step = width / len(parts)
    for n, part in enumerate(parts):
        x0 = x - width / 2 + n * step
        yield Glyphs(part, x0, y - half, x0 + 0.9 * step, y + half, confidence)
