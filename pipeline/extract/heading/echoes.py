"""The dispatch's own number and day where its attachments repeat them: `(Kèm theo Quyết định số 24/QĐ-UBND ngày …)`.

The head's number is often written by hand, the attachment's in print; each is a witness for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Document, Span
from pipeline.text.dates import find_dates
from pipeline.text.notation import Codes, find
from pipeline.text.unicode import flat

_CAME_WITH = re.compile(r"\b(?:kem(?: theo)?|ban hanh theo|phu luc)\b[^.;]{0,60}$")
_DAY_FOLLOWS = 30
"""How many characters after the number its day may begin."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A number, and a day where one follows, said of this very dispatch."""

    number: str
    number_span: Span
    issued_on: str | None
    date_span: Span | None


def echoes(doc: Document, notation: str, codes: Codes) -> Iterator[Echo]:
    """Yield what attachments say of the dispatch with this notation that they came with."""
    for zone in doc.of(Zone):
        if zone.span is None or zone.kind is not ZoneKind.APPENDIX:
            continue
        view = doc.view(zone.span)
        for found in find(view.text, codes):
            if found.number is None or found.number_at is None or flat(found.notation or "") != flat(notation):
                continue
            if not _CAME_WITH.search(flat(view.text[max(0, found.start - 90) : found.start])):
                continue
            day = next((d for d in find_dates(view.text[found.end : found.end + 60]) if d.precision == "day"), None)
            near = day is not None and day.start <= _DAY_FOLLOWS
            yield Echo(
                number=found.number,
                number_span=view.span(*found.number_at),
                issued_on=day.iso if day and near else None,
                date_span=view.span(found.end + day.start, found.end + day.end) if day and near else None,
            )
