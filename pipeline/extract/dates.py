"""Which dates and periods a dispatch speaks of, and what each is to it: issued, cited, deadline, period, event.

The grammar (`text/dates.py`) finds them; the words before and after give the role. Each date stands
once for each role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Literal

from pipeline.annotations import DateMention, Field, Reference
from pipeline.document import Document, Span
from pipeline.text.dates import Found, find_dates, from_iso
from pipeline.text.passages import texts
from pipeline.text.unicode import flat

Role = Literal["issued", "cited", "deadline", "period", "event"]

_CONFIDENCE: dict[Role, float] = {"issued": 0.97, "cited": 0.97, "deadline": 0.9, "period": 0.88, "event": 0.75}


def extract(doc: Document) -> Iterator[DateMention]:
    """Yield the date of issue, then the dates of title, subject and main body in reading order."""
    seen: set[tuple[str, str, str]] = set()
    for mention in (*_issued(doc), *_mentioned(doc)):
        key = (mention.start, mention.end, mention.role)
        if key not in seen:
            seen.add(key)
            yield mention


def _issued(doc: Document) -> Iterator[DateMention]:
    """The date line, as the stage that reads the head found it."""
    for field in doc.of(Field):
        if field.name == "issued_on" and field.span:
            first, last, precision = from_iso(field.value)
            yield _mention(field.span, Found(0, 1, first, last, precision), "issued")
            return


def _mentioned(doc: Document) -> Iterator[DateMention]:
    references = doc.of(Reference)
    cited = frozenset(reference.issued_on for reference in references if reference.issued_on)
    named = tuple(reference.span for reference in references if reference.span)
    for view in texts(doc):
        plain = flat(view.text)
        last: tuple[Found, Role] | None = None
        for found in _joined(plain, find_dates(view.text)):
            span = view.span(found.start, found.end)
            if found.precision == "year" and any(name.overlaps(span) for name in named):
                continue  # a year in the name of a law: Luật … năm 2015
            role = role_of(found, plain[max(0, found.start - 90) : found.start], cited=found.iso in cited)
            if last and last[0].precision == found.precision and _AND.fullmatch(plain[last[0].end : found.start]):
                role = last[1]  # trước ngày 15/6/2017 và 15/12/2017
            last = found, role
            yield _mention(span, _day_due(found) if role == "deadline" else found, role)


def _joined(plain: str, found: tuple[Found, ...]) -> Iterator[Found]:
    """Bring together the two ends of a span that other words, a table's next column, have come between."""
    skip = False
    for one, other in zip_longest(found, found[1:]):
        if skip:
            skip = False
            continue
        skip = (
            other is not None
            and one.precision == other.precision == "day"
            and one.first < other.first
            and _SINCE.search(plain[: one.start]) is not None
            and _UNTIL.fullmatch(plain[one.end : other.start]) is not None
        )
        yield replace(one, end=other.end, last=other.last, precision="span") if skip else one


def _mention(span: Span, found: Found, role: Role) -> DateMention:
    return DateMention(
        span=span,
        confidence=_CONFIDENCE[role],
        by="rule:dates",
        start=found.first.isoformat(),
        end=found.last.isoformat(),
        precision=found.precision,
        role=role,
    )


def _day_due(found: Found) -> Found:
    """A deadline is one day: the last one of a month or a year."""
    return replace(found, first=found.last, precision="day")


# ---- roles, by the words around ----

_HOUR = r"(?:\d{1,2}\s?(?:h|gio|g|:)\s?\d{0,2}\s?(?:phut)?|sang|chieu|toi|cuoi|ngay lam viec)"
_LEAD = rf"[\s:,(]*(?:{_HOUR}[\s,]*)*(?:thu\s\w+,?\s)?$"
_DUE = re.compile(
    r"(?:\btruoc|\b(?:cham|muon) nhat(?:\s(?:la|vao|den))?|\bhan (?:chot|cuoi|cuoi cung|nop|gui|dang ky)(?:\sla)?|"
    r"\bthoi han(?:\s\w+){0,6}|\bkhong qua|\btoi het|\bsau|(?<!tinh )(?<!keo dai )\bden(?:\shet)?)" + _LEAD
)
_DUE_YEAR = re.compile(r"(?:\bden(?:\shet|\scuoi)?|\btruoc|\bcham nhat(?:\strong)?|\bmuon nhat(?:\strong)?)\s*$")
_IN_FORCE = re.compile(r"(?:\bhieu luc|\bke tu|\bap dung tu|\btinh den|\bthi hanh tu)[^;.]{0,30}$")
_CITED = re.compile(
    r"(?:(?<![\w/\-])\d{1,6}[a-z]?\s?[/\-]\s?(?:\w{1,14}\s?[/\-&.]\s?){0,6}\d*[a-z]\w{0,12}[”\"]?|"
    r"\b(?:quyet dinh|cong van|van ban|to trinh|thong bao|bien ban|giay moi|ke hoach|bao cao|don))"
    r"[\s,]*(?:\(?\s?(?:ky|ban hanh|duoc ky|da ky))?\s*$"
)
_SINCE = re.compile(r"\b(?:tu|ke tu)\s(?:dau\s|cuoi\s|giua\s|ngay\s)?$")
_UNTIL = re.compile(r"[^.;]{0,100}\bden(?:\shet)?\s(?:ngay\s)?")
_AND = re.compile(r"\s*(?:,|va|hoac)\s*")
_SHORT = timedelta(days=3)


def role_of(found: Found, before: str, *, cited: bool = False) -> Role:
    """Return what a date is to the dispatch.

    Args:
        found: The date.
        before: The words before it, flat.
        cited: Whether a document that the dispatch refers to was issued then.
    """
    if _CITED.search(before) and found.precision in {"day", "month"}:
        return "cited"
    match found.precision:
        case "day":
            if _IN_FORCE.search(before):
                return "event"
            if _DUE.search(before):
                return "deadline"
            return "cited" if cited else "event"
        case "year":
            if _DUE_YEAR.search(before):
                return "deadline"
            return "event" if before.endswith("vao ") else "period"
        case "month" | "quarter":
            if _DUE_YEAR.search(before):
                return "deadline"
            return "event" if _SINCE.search(before) else "period"
        case _:
            short = found.last - found.first < _SHORT
            return "event" if short and not _SINCE.search(before) else "period"
