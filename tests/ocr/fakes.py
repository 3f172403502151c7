"""Recognisers that read nothing but say what they are told, and remember what they were shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ocr import Array, Glyphs, Lines, Mode


def line(
    text: str, x: float = 100, y: float = 100, *, confidence: float = 0.95, height: float = 36
) -> tuple[Glyphs, ...]:
    """Return a line of words as a recogniser gives it: each letter 18 pixels wide."""
    words = []
    for word in text.split():
        words.append(Glyphs(word, x, y, x + 18 * len(word), y + height, confidence))
        x += 18 * (len(word) + 1)
    return tuple(words)


@dataclass
class Says:
    """Gives the same lines for every picture."""

    lines: Lines = (line("Căn cứ quy chế làm việc"),)
    shown: list[tuple[tuple[int, ...], int, Mode]] = field(default_factory=list)
    version: str = "fake"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Return the lines."""
        self.shown.append((image.shape, dpi, mode))
        return self.lines
