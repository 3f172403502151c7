"""A second look at framed stamps in the head, HỎA TỐC or MẬT: layout engines lose what a leaning frame holds.

A frame is told by its size and by ink on all its sides; it is turned level, cut off, and what it
holds is read as one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from pipeline.ocr import Array, Glyphs, Lines, Recognizer
from pipeline.ocr.looks.area import Sight
from pipeline.text.unicode import fold
from pipeline.text.wording import SECRECY, URGENCY

_HEAD: Final = 0.5  # share of the page's height in which stamps are looked for
_LOOK_DPI: Final = 100
_MM: Final = 25.4
_WIDE_MM: Final = (11.0, 60.0)
_HIGH_MM: Final = (5.0, 18.0)
_SLENDER: Final = (1.5, 8.0)  # width over height
_FRAMED: Final = 0.65  # share of a frame's sides that is inked
_BORDER: Final = 0.16  # of its height, that a frame's lines take at each side
_LETTERS: Final = 48  # pixels of height at which its letters are read
_ALIKE: Final = 80  # least likeness of 100 to a known stamp


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that may lean: its middle and sides in pixels, and the degrees by which it is turned clockwise."""

    x: float
    y: float
    width: float
    height: float
    degrees: float

    def level(self, grey: Array) -> Array:
        """Return what it holds, turned level, large enough to be read, without its lines."""
        border = _BORDER * self.height
        scale = _LETTERS / (self.height - 2 * border)
        size = (round((self.width - 2 * border) * scale), _LETTERS)
        place = cv2.getRotationMatrix2D((self.x, self.y), self.degrees, scale)
        place = place + np.array([[0, 0, size[0] / 2 - self.x], [0, 0, size[1] / 2 - self.y]])
        return np.asarray(cv2.warpAffine(grey, place, size, flags=cv2.INTER_CUBIC, borderValue=255), dtype=np.uint8)

    def holds(self, word: Glyphs) -> bool:
        """Tell whether a word's middle lies in the frame."""
        x, y = (word.x0 + word.x1) / 2 - self.x, (word.top + word.bottom) / 2 - self.y
        return abs(x) < self.width / 2 and abs(y) < self.height / 2


def reread(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with each framed stamp of urgency or secrecy as one line of its own."""
    for frame in frames(sight.grey, sight.dpi):
        read = recognizer.read(frame.level(sight.grey), round(sight.dpi * 1.5), "line")
        words = [word for line in read for word in line]
        stamp = known_stamp(" ".join(word.text for word in words))
        if stamp:
            kept = (tuple(word for word in line if not frame.holds(word)) for line in lines)
            sure = float(np.mean([word.confidence for word in words]))
            lines = (*(line for line in kept if line), tuple(_words(stamp, frame, sure)))
    return lines


def known_stamp(text: str) -> str | None:
    """Return the stamp that a reading is, if it is like one."""
    read = _plain(text)
    best = max((*URGENCY, *SECRECY), key=lambda stamp: fuzz.ratio(read, _plain(stamp)))
    return best if fuzz.ratio(read, _plain(best)) >= _ALIKE else None


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text)).replace("0", "o")


def _words(stamp: str, frame: Frame, confidence: float) -> Iterator[Glyphs]:
    """Yield a stamp's words side by side in their frame."""
    parts = stamp.split()
    step = 0.84 * frame.width / len(parts)
    left, half = frame.x - 0.42 * frame.width, 0.3 * frame.height
    for n, part in enumerate(parts):
        x0 = left + n * step
        yield Glyphs(part, x0, frame.y - half, x0 + 0.9 * step, frame.y + half, confidence)


def frames(grey: Array, dpi: int) -> Iterator[Frame]:
    """Yield the frames in the upper half of a page that are as large as a stamp's."""
    factor = _LOOK_DPI / dpi
    head = grey[: round(_HEAD * grey.shape[0])]
    small = cv2.resize(head, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = np.where(small < 0.8 * np.percentile(small[::3, ::3], 60), 255, 0).astype(np.uint8)
    ink = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        (x, y), (width, height), degrees = cv2.minAreaRect(contour)
        if width < height:
            width, height, degrees = height, width, degrees - 90
        if degrees < -90:
            degrees += 180
        millimetre = _LOOK_DPI / _MM
        fits = _WIDE_MM[0] <= width / millimetre <= _WIDE_MM[1] and _HIGH_MM[0] <= height / millimetre <= _HIGH_MM[1]
        if fits and _SLENDER[0] <= width / height <= _SLENDER[1] and abs(degrees) < 30:
            frame = Frame(x, y, width, height, degrees)
            if _framed(ink, frame):
                yield Frame(x / factor, y / factor, width / factor, height / factor, degrees)


def _framed(ink: Array, frame: Frame) -> bool:
    """Tell whether there is ink on both long sides of a rectangle and on a short one: stamps are worn and cut off."""
    corners = cv2.boxPoints(((frame.x, frame.y), (frame.width - 2, frame.height - 2), frame.degrees))
    wide = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    sides = sorted(zip(corners, np.roll(corners, -1, axis=0), strict=True), key=lambda side: _length(*side))
    *short, one, other = (_inked(wide, *side) >= _FRAMED for side in sides)
    return one and other and any(short)


def _length(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.hypot(*(other - one)))


def _inked(ink: Array, one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return which share of a line between two points is inked."""
    steps = np.linspace(one, other, max(2, round(_length(one, other))))
    x = np.clip(np.round(steps[:, 0]).astype(int), 0, ink.shape[1] - 1)
    y = np.clip(np.round(steps[:, 1]).astype(int), 0, ink.shape[0] - 1)
    return np.count_nonzero(ink[y, x]) / len(steps)
