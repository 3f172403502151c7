"""One purpose for several names: a brace's, whose sign OCR reads as `}` `)` `1` `|`, or that only its place shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Box, Document, Span, union
from pipeline.extract.recipients.purposes import on_brace

_FAR = 1.2  # line heights between a name and a bracket that stands apart from it
_CLOSE = 0.35  # line heights by which a brace's purpose may miss the middle of its lines
_LEFT = 0.65  # of the page's width: a purpose beyond it is the signature's


@dataclass(frozen=True, slots=True)
class Mark:
    """A purpose that stands beside several lines: beside which entry, where on the page, whether a sign shows it."""

    purpose: str
    beside: int
    box: Box | None
    braced: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What a brace needs to know of an entry: where it stands, and whether it may take a purpose."""

    box: Box | None
    open: bool


def distant(doc: Document, span: Span) -> Box | None:
    """Return the box of a bracket at a line's end that a wide gap parts from the name before it, or None."""
    words = doc.words(span)
    bracket = next((i for i, word in enumerate(words) if word.text.startswith(("(", "[", "{"))), None)
    if not bracket:
        return None
    before, first = words[bracket - 1].box, words[bracket].box
    if before is None or first is None or first.x0 - before.x1 < _FAR * before.height:
        return None
    return union(word.box for word in words[bracket:])


def strays(doc: Document, zone: Span, places: Sequence[Place], *, ocr: bool) -> Iterator[Mark]:
    """Yield the purposes that stand beside the list but were read outside it, in the signature's column."""
    block = doc.box(zone)
    for span, line, page in doc.lines():
        box = line.box
        if block is None or box is None or page.number != block.page or page.width is None or zone.overlaps(span):
            continue
        if not (block.top < box.middle < block.bottom and block.x0 < box.x0 < _LEFT * page.width):
            continue
        purpose = on_brace(line.text, ocr=ocr)
        near = [i for i, place in enumerate(places) if place.open and place.box and place.box.top < box.middle]
        if purpose and near:
            end = span.start + purpose.end
            yield Mark(purpose.words, near[-1], doc.box(Span(span.start + purpose.start, end)), braced=True)


def covered(mark: Mark, places: Sequence[Place]) -> range:
    """Return which entries a brace covers: those whose lines lie evenly above and below its purpose.

    Without places on a page a brace's sign covers the entries from there upward.
    """
    if not places[mark.beside].open:
        return range(0)
    if mark.box is None:
        first = mark.beside
        while mark.braced and first > 0 and places[first - 1].open:
            first -= 1
        return range(first, mark.beside + 1)
    runs = [
        range(first, last + 1)
        for first in range(mark.beside + 1)
        for last in range(mark.beside, len(places))
        if all(place.open for place in places[first : last + 1]) and _evenly(mark.box, places[first], places[last])
    ]
    return max(runs, key=len, default=range(mark.beside, mark.beside + 1))


def _evenly(purpose: Box, first: Place, last: Place) -> bool:
    if first.box is None or last.box is None or not first.box.page == last.box.page == purpose.page:
        return False
    return abs((first.box.top + last.box.bottom) / 2 - purpose.middle) <= _CLOSE * purpose.height
