"""Pages drawn with characters: where a word stands in the drawing is where it stands on the page."""

from __future__ import annotations

import re

from pipeline.document import Box, Document, Line, Page, Word

WIDTH, HEIGHT, COLUMN, ROW = 595.0, 842.0, 5.5, 16.0


def page(drawing: str, *, number: int = 1, confidence: float | None = None, top: float = 40.0) -> Page:
    """Return the page of a drawing; every drawn row is one line, as recognisers give it."""
    rows = drawing.strip("\n").split("\n")
    lines = tuple(
        Line(tuple(_word(match, number, top + i * ROW, confidence) for match in re.finditer(r"\S+", row)))
        for i, row in enumerate(rows)
        if row.strip()
    )
    return Page(number, WIDTH, HEIGHT, lines, "ocr" if confidence else "text_layer")


def _word(match: re.Match[str], number: int, top: float, confidence: float | None) -> Word:
    box = Box(number, match.start() * COLUMN, top, match.end() * COLUMN - 1, top + 12)
    return Word(match.group(), box, confidence)


def flowing(text: str) -> Page:
    """Return a page as Word and text files give it: no places, one line a paragraph."""
    lines = tuple(Line(tuple(Word(word) for word in row.split())) for row in text.strip().split("\n") if row.strip())
    return Page(1, None, None, lines, "word")


def document(*pages: Page) -> Document:
    """Put pages together."""
    return Document.build(id="0" * 16, source="drawn.pdf", pages=pages)


def texts(drawn: Page) -> list[str]:
    """Return the texts of a page's lines."""
    return [line.text for line in drawn.lines]
