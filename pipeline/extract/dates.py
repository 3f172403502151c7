"""Which dates and periods a dispatch speaks of, and what each is to it: issued, cited, deadline, period, event.

The grammar (`text/dates.py`) finds them; the words before and after give the role (`text/date_roles.py`).
Each date stands once for each role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.annotations import DateMention, Field, Reference
from pipeline.document import Document, Span, View
from pipeline.text.date_roles import Role, roles
from pipeline.text.dates import Found, from_iso
from pipeline.text.passages import footnotes, texts
from pipeline.text.unicode import flat

_CONFIDENCE: dict[Role, float] = {"cited": 0.98, "deadline": 0.95, "period": 0.93, "event": 0.8}
"""How often such a date is right in the labelled dispatches; that of the date line is the head's."""

_OPEN = re.compile(
    r"^\W*(?:\d{1,3}\W+)?tu\s(?:ngay\s)?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?\s(?!.*\bden\s(?:ngay\s)?\d)"
)
_CLOSES = re.compile(r"\W*(?:\d{1,3}\W+)?den\s(?:het\s)?(?:ngay\s)?\d{1,2}\s?[/.-]\s?\d")


def extract(doc: Document) -> Iterator[DateMention]:
    """Yield the date of issue, then the dates of title, subject and main body in reading order."""
    seen: set[tuple[str, str, str]] = set()
    for mention in (*_issued(doc), *_mentioned(doc)):
        key = (mention.start, mention.end, mention.role)
        if key not in seen:
            seen.add(key)
            yield mention


def _issue(doc: Document) -> Field | None:
    """The date line, as the stage that reads the head found it."""
    return next((field for field in doc.of(Field) if field.name == "issued_on" and field.span), None)


def _issued(doc: Document) -> Iterator[DateMention]:
    field = _issue(doc)
    if field and field.span:
        yield _mention(field.span, Found(0, 1, *from_iso(field.value)), "issued", field.confidence)


def _mentioned(doc: Document) -> Iterator[DateMention]:
    field = _issue(doc)
    references = doc.of(Reference)
    cited = frozenset(reference.issued_on for reference in references if reference.issued_on)
    named = tuple(reference.span for reference in references if reference.span)
    issued = field.value if field else ""
    for view in _rows(texts(doc)):
        for found, role in roles(view.text, cited, issued):
            span = view.span(found.start, found.end)
            if found.precision != "year" or not any(name.overlaps(span) for name in named):
                yield _mention(span, found, role)  # a year inside the name of a law is left out
    for view in footnotes(doc):
        for found, role in roles(view.text, cited, issued):
            if role == "cited":
                yield _mention(view.span(found.start, found.end), found, role)


def _rows(views: Iterable[View]) -> Iterator[View]:
    """Bring together the lines of a table's row that a span goes over: `Từ 01/6/2023 …` / `đến 16/6/2023 …`."""
    before: View | None = None
    for view in views:
        if before and _OPEN.search(flat(before.text)) and _CLOSES.match(flat(view.text)):
            gap = before.offsets[-1:]
            before = View(f"{before.text} {view.text}", before.offsets + gap + view.offsets)
            continue
        if before:
            yield before
        before = view
    if before:
        yield before


def _mention(span: Span, found: Found, role: Role, confidence: float | None = None) -> DateMention:
    return DateMention(
        span=span,
        confidence=confidence or _CONFIDENCE[role],
        by="rule:dates",
        start=found.first.isoformat(),
        end=found.last.isoformat(),
        precision=found.precision,
        role=role,
    )
