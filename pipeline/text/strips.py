"""The printed lines of a zone, one by one, for the extractors of head and foot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Box, Document, Span, union

_BARE_ENDS = re.compile(r"^(?:[^\w(“\"«'‘]+|[^\w(“\"«'‘]*_+\W*)+|[^\w)”\"»'’.%]+$")


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a zone: its place in the document's text, its words, its box (None without pages)."""

    span: Span
    text: str
    box: Box | None
    ocr: bool

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
        Strip(span, line.text, line.box, any(word.confidence is not None for word in line.words))
        for span, line, _ in doc.lines()
        if any(outer.contains(span) for outer in wanted)
    )


def over(lines: Iterable[Strip]) -> Span:
    """Return the span from the first line's start to the last line's end."""
    ends = [line.span for line in lines]
    return Span(min(span.start for span in ends), max(span.end for span in ends))


def around(lines: Iterable[Strip]) -> Box | None:
    """Return the box around all lines, None without pages."""
    return union(line.box for line in lines)


def bare(text: str) -> str:
    """Return a line without the specks, rules and ornaments that OCR reads at its ends.

    >>> bare("¡_ TỈNH PHÚ XYZ - _..")
    'TỈNH PHÚ XYZ'
    """
    words = text.split()
    while words and not any(char.isalnum() for char in words[-1]):
        words.pop()
    while words and not any(char.isalnum() for char in words[0]):
        words.pop(0)
    return _BARE_ENDS.sub("", " ".join(words)).strip(" _")
