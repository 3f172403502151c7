"""Finds the parts of a dispatch: contiguous runs of whole lines, by what they say and where they stand.

The words come first and the place on the page second, so that Word and text files, which have no
places, are read by the same rules. The main dispatch is labelled from its head down; whatever
follows its signature is an appendix or another dispatch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Document, Span
from pipeline.extract.zones import evidence
from pipeline.extract.zones.foot import label_foot
from pipeline.extract.zones.furniture import label_furniture
from pipeline.extract.zones.head import label_head
from pipeline.extract.zones.lines import Printed, printed
from pipeline.text import wording

CONFIDENCE = {
    ZoneKind.MOTTO: 0.98,
    ZoneKind.NUMBER: 0.97,
    ZoneKind.PLACE_DATE: 0.97,
    ZoneKind.TITLE: 0.95,
    ZoneKind.RECIPIENTS: 0.96,
    ZoneKind.ADDRESSEES: 0.95,
    ZoneKind.BODY: 0.95,
}
"""How often a zone of that kind is right; 0.9 where nothing else stands here."""


def extract(doc: Document) -> Iterator[Zone]:
    """Yield the zones in reading order."""
    lines = printed(doc)
    for kind, first, last in runs(label(lines)):
        span = Span(lines[first].span.start, lines[last].span.end)
        yield Zone(span=span, confidence=CONFIDENCE.get(kind, 0.9), by="rule:zones", kind=kind)


def label(lines: Sequence[Printed]) -> list[ZoneKind]:
    """Return the zone of every line."""
    if not lines:
        return []
    kinds: list[ZoneKind | None] = [None] * len(lines)
    label_furniture(lines, kinds)
    start = label_head(lines, 0, kinds)
    heads = later_heads(lines, start)
    stop = tail(lines, start, heads)
    end = label_foot(lines, start, stop, kinds)
    for i in range(start, end):
        kinds[i] = kinds[i] or ZoneKind.BODY
    _label_rest(lines, end, [head for head in heads if head >= end], kinds)
    return [kind or ZoneKind.FURNITURE for kind in kinds]


def later_heads(lines: Sequence[Printed], start: int) -> list[int]:
    """Return where later pages begin with a head of their own."""
    found = []
    for i in range(start, len(lines)):
        if not evidence.motto_kind(lines[i]):
            continue
        first = i
        while first > start and lines[first - 1].page == lines[i].page and i - first < 9 and _heads(lines[first - 1]):
            first -= 1
        found.append(first)
    return found


def _heads(line: Printed) -> bool:
    """Tell whether a line may stand above a motto in a head: none of the foot of what ends there."""
    if line.dashed or evidence.recipients(line) or evidence.filing(line) or evidence.person(line):
        return False
    if evidence.authority(line) or evidence.position(line) or evidence.closed(line):
        return False
    return line.upper or evidence.number(line) or evidence.about(line) or len(line.text) < 45


def tail(lines: Sequence[Printed], start: int, heads: Sequence[int]) -> int:
    """Return the last line before which the main dispatch must have ended."""
    appendices = (
        i
        for i in range(start + 1, len(lines))
        if evidence.appendix(lines[i]) and wording.capitals(lines[i].text) and lines[i].page != lines[i - 1].page
    )
    return min((*heads[:1], next(appendices, len(lines)), len(lines)))


def _label_rest(lines: Sequence[Printed], end: int, heads: Sequence[int], kinds: list[ZoneKind | None]) -> None:
    """Label what follows the main dispatch."""
    kind = ZoneKind.APPENDIX
    for i in range(end, len(lines)):
        if i in heads:
            kind = ZoneKind.APPENDIX if _belongs(lines, i) else ZoneKind.OTHER_DISPATCH
        if kinds[i] is None:
            kinds[i] = kind


def _belongs(lines: Sequence[Printed], head: int) -> bool:
    """Tell whether a later head is that of an attachment: it has no number, or says what it came with."""
    near = lines[head : head + 16]
    return any(evidence.attached(line) for line in near) or not any(evidence.number(line) for line in near)


def runs(kinds: Sequence[ZoneKind]) -> Iterator[tuple[ZoneKind, int, int]]:
    """Yield each run of lines of one kind: kind, first and last line."""
    first = 0
    for i, kind in enumerate(kinds):
        if i + 1 == len(kinds) or kinds[i + 1] is not kind:
            yield kind, first, i
            first = i + 1
