"""Paper: pages to write on from the top, and a record of every line that was written, with its zone and box."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH: Final = float(A4[0])
HEIGHT: Final = float(A4[1])
LEFT: Final = 85.0
RIGHT: Final = WIDTH - 54.0
TOP: Final = 56.0
BOTTOM: Final = HEIGHT - 60.0
SIZE: Final = 13.5

_FONT_FOLDER: Final = Path("/usr/share/fonts/truetype/freefont")
_FACES: Final = {
    "Serif": "FreeSerif.ttf",
    "Serif-Bold": "FreeSerifBold.ttf",
    "Serif-Italic": "FreeSerifItalic.ttf",
    "Serif-BoldItalic": "FreeSerifBoldItalic.ttf",
}

Zone = Literal["head", "body", "foot", "furniture", "appendix"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as written: its words, its zone, and its box in points from the top left of its page."""

    page: int
    zone: Zone
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the font it is set in."""

    text: str
    font: str = "Serif"


@lru_cache(maxsize=1)
def fonts() -> None:
    """Make the fonts known; a Times-like family with all Vietnamese letters."""
    for name, file in _FACES.items():
        path = _FONT_FOLDER / file
        if not path.is_file():
            raise FileNotFoundError(f"no {path}: sudo apt-get install fonts-freefont-ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


def width(text: str, font: str, size: float) -> float:
    """Return the width of text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(words: list[Word], room: float, size: float, indent: float = 0.0) -> list[list[Word]]:
    """Break words into lines that fit; the first is indented."""
    lines: list[list[Word]] = [[]]
    used = indent
    for word in words:
        needed = width(word.text, word.font, size) + (width(" ", word.font, size) if lines[-1] else 0.0)
        if lines[-1] and used + needed > room:
            lines.append([])
            used = 0.0
            needed = width(word.text, word.font, size)
        lines[-1].append(word)
        used += needed
    return lines


class Sheet:
    """A PDF in the making; `y` is the distance of the next line's base from the top."""

    def __init__(self) -> None:
        """Begin with an empty first page."""
        fonts()
        self.out = io.BytesIO()
        self.canvas: Any = Canvas(self.out, pagesize=A4, invariant=1)
        self.page = 1
        self.y = TOP
        self.drawn: list[Drawn] = []

    def new_page(self) -> None:
        """Begin the next page, with its number at the top."""
        self.canvas.showPage()
        self.page += 1
        self.y = TOP
        self.line([Word(str(self.page))], "furniture", WIDTH / 2 - 4, top=34.0, size=SIZE - 1)

    def room(self, height: float) -> bool:
        """Tell whether so much height is left on the page."""
        return self.y + height <= BOTTOM

    def line(
        self, words: list[Word], zone: Zone, x: float, *, top: float, size: float = SIZE, stretch: float = 0.0
    ) -> float:
        """Write words from x on a line with that top; `stretch` widens each blank. Returns the end."""
        base = HEIGHT - top - size * 0.8
        at = x
        for n, word in enumerate(words):
            if n:
                at += width(" ", words[n - 1].font, size) + stretch
            self.canvas.setFont(word.font, size)
            self.canvas.drawString(at, base, word.text)
            at += width(word.text, word.font, size)
        text = " ".join(word.text for word in words)
        self.drawn.append(Drawn(self.page, zone, text, round(x, 1), round(top, 1), round(at, 1), round(top + size, 1)))
        return at

    def centred(
        self, text: str, zone: Zone, middle: float, room: float, *, top: float, font: str, size: float
    ) -> float:
        """Write text centred, on as many lines as it needs; returns the next line's top."""
        for words in wrap([Word(word, font) for word in text.split()], room, size):
            length = sum(width(word.text, font, size) for word in words) + width(" ", font, size) * (len(words) - 1)
            self.line(words, zone, middle - length / 2, top=top, size=size)
            top += size * 1.2
        return top

    def paragraph(self, words: list[Word], zone: Zone, *, indent: float = 34.0) -> None:
        """Write a justified paragraph, over the page's end where need be."""
        lines = wrap(words, RIGHT - LEFT, SIZE, indent)
        for n, line in enumerate(lines):
            if not self.room(SIZE * 1.3):
                self.new_page()
            start = LEFT + (indent if n == 0 else 0.0)
            gaps = len(line) - 1
            used = sum(width(word.text, word.font, SIZE) for word in line) + sum(
                width(" ", word.font, SIZE) for word in line[:-1]
            )
            stretch = (RIGHT - start - used) / gaps if gaps and n < len(lines) - 1 else 0.0
            self.line(line, zone, start, top=self.y, stretch=stretch)
            self.y += SIZE * 1.32
        self.y += 4.0

    def rule(self, middle: float, top: float, length: float) -> None:
        """Draw a short rule, as under an agency or a motto."""
        self.canvas.setLineWidth(0.7)
        self.canvas.line(middle - length / 2, HEIGHT - top, middle + length / 2, HEIGHT - top)

    def finish(self) -> bytes:
        """Return the PDF."""
        self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()
