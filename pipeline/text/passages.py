"""Shortcuts over zones and paragraphs that most extractors begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.annotations import Paragraph, Zone, ZoneKind
from pipeline.document import Document, Span, View

_A_SENTENCE = 40  # characters; page numbers and running heads are shorter


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the main body with its text on one line, page furniture left out.

    `view.text` is what rules match, `view.span(start, end)` the way back to the document.
    """

    paragraph: Paragraph
    view: View


def zone(doc: Document, *kinds: ZoneKind) -> tuple[Zone, ...]:
    """Return the zones of the given kinds, in reading order."""
    return tuple(z for z in doc.of(Zone) if z.kind in kinds)


def furniture(doc: Document) -> tuple[Span, ...]:
    """Return the spans of page numbers, running heads, stamps and signature boxes."""
    found = zone(doc, ZoneKind.FURNITURE, ZoneKind.ARRIVAL, ZoneKind.DIGITAL)
    return tuple(z.span for z in found if z.span)


def passages(doc: Document) -> tuple[Passage, ...]:
    """Return the paragraphs of the main body with their texts."""
    skip = furniture(doc)
    return tuple(Passage(p, doc.view(p.span, skip)) for p in doc.of(Paragraph) if p.span)


def texts(doc: Document) -> Iterator[View]:
    """Yield what a dispatch itself says, each text on one line: its title, its subject, its paragraphs."""
    skip = furniture(doc)
    for found in zone(doc, ZoneKind.TITLE, ZoneKind.SUBJECT):
        if found.span:
            yield doc.view(found.span, skip)
    for passage in passages(doc):
        yield passage.view


def footnotes(doc: Document) -> Iterator[View]:
    """Yield the footnotes, each on one line: furniture long enough to say something."""
    for found in zone(doc, ZoneKind.FURNITURE):
        if found.span and found.span.end - found.span.start >= _A_SENTENCE:
            yield doc.view(found.span)
