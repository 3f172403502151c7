"""The printed lines of a zone, one by one, for the extractors of head and foot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Box, Document, Line, Page, PageSource, Span

_BARE_ENDS = re.compile(r"^(?:[^\w(“\"«'‘]+|[^\w(“\"«'‘]*_+\W*)+|[^\w)”\"»'’.%]+$")


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a zone: its place in the document's text, its words, its box (None without pages).

    `left` is where it begins as a share of the page's width, `confidence` OCR's mean over its words.
    """

    span: Span
    text: str
    box: Box | None = None
    left: float | None = None
    confidence: float | None = None
    source: PageSource = "text"

    @property
    def layer(self) -> bool:
        """Whether it comes from a PDF's text, beside which pictures may hold what was filled in later."""
        return self.source == "text_layer"

    @property
    def ocr(self) -> bool:
        """Whether OCR read it."""
        return self.confidence is not None

    def part(self, start: int, end: int) -> Span:
        """Return the document span of `text[start:end]`."""
        return Span(self.span.start + start, self.span.start + end)


def strips(doc: Document, *kinds: ZoneKind) -> tuple[Strip, ...]:
    """Return the lines of all zones of these kinds, in reading order."""
    return within(doc, (zone.span for zone in doc.of(Zone) if zone.kind in kinds and zone.span))


def within(doc: Document, spans: Iterable[Span]) -> tuple[Strip, ...]:
    """Return the lines that lie inside any of the spans."""
    wanted = list(spans)
    return tuple(
        _strip(span, line, page) for span, line, page in doc.lines() if any(outer.contains(span) for outer in wanted)
    )


def _strip(span: Span, line: Line, page: Page) -> Strip:
    box = line.box
    read = [word.confidence for word in line.words if word.confidence is not None]
    return Strip(
        span=span,
        text=line.text,
        box=box,
        left=box.x0 / page.width if box and page.width else None,
        confidence=sum(read) / len(read) if read else None,
        source=page.source,
    )


def over(lines: Iterable[Strip]) -> Span:
    """Return the span from the first line's start to the last line's end."""
    ends = [line.span for line in lines]
    return Span(min(span.start for span in ends), max(span.end for span in ends))


def bare(text: str) -> str:
    """Return a line without the specks, rules and ornaments that OCR reads at its ends.

    >>> bare("¡_ TỈNH PHÚ XYZ - _..")
    'TỈNH PHÚ XYZ'
    """
    words = text.split()
    while words and not any(map(_solid, words[-1])):
        words.pop()
    while words and not any(map(_solid, words[0])):
        words.pop(0)
    return _BARE_ENDS.sub("", " ".join(words)).strip(" _")


def _solid(char: str) -> bool:
    """Tell letters and digits from marks that Unicode calls letters, such as a lone circumflex."""
    return char.isalnum() and unicodedata.category(char) != "Lm"
