"""The arrival stamp: ĐẾN, Số …, Ngày …; filled in by hand more often than not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotations import Field, ZoneKind
from pipeline.document import Document
from pipeline.text.dates import find_dates
from pipeline.text.strips import over, strips
from pipeline.text.unicode import flat

BY = "rule:arrival"

_NUMBER = re.compile(r"\bso\b(?:\s?den)?[\s:.…]*(?P<number>\d{1,6})\b(?!\s?[/.\-]\s?\d)")
_DAY = re.compile(r"\bngay\b[\s:.…]*(?P<day>.{6,40})")


def extract(doc: Document) -> Iterator[Field]:
    """Yield the number and the day under which a dispatch was received, where they can be read."""
    lines = strips(doc, ZoneKind.ARRIVAL)
    if not lines:
        return
    view = doc.view(over(lines))
    number = _NUMBER.search(flat(view.text))
    if number:
        yield Field(
            span=view.span(*number.span("number")),
            confidence=0.85,
            by=BY,
            name="arrival_number",
            value=number["number"],
        )
    label = _DAY.search(flat(view.text))
    begin = label.start() if label else 0
    found = next((f for f in find_dates(view.text[begin:]) if f.precision == "day"), None)
    if found:
        span = view.span(begin + found.start, begin + found.end)
        yield Field(span=span, confidence=0.85, by=BY, name="arrived_on", value=found.iso)
