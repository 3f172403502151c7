"""Which dates and periods a dispatch speaks of, and what each is to it: issued, cited, deadline, period, event.

The grammar (`text/dates.py`) finds them; the words before and after give the role. Each date stands
once for each role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Literal

from pipeline.annotations import DateMention, Field, Reference
from pipeline.document import Document, Span, View
from pipeline.text.dates import Found, find_dates, from_iso
from pipeline.text.passages import footnotes, texts
from pipeline.text.unicode import flat

Role = Literal["issued", "cited", "deadline", "period", "event"]

_CONFIDENCE: dict[Role, float] = {"cited": 0.98, "deadline": 0.95, "period": 0.93, "event": 0.8}
"""How often such a date is right in the labelled dispatches; that of the date line is the head's."""


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


def roles(text: str, cited: frozenset[str], issued: str) -> Iterator[tuple[Found, Role]]:
    """Yield the dates of a passage with their roles; a deadline is the one day that is due.

    Args:
        text: One passage, in NFC, on one line.
        cited: The ISO days on which the documents referred to were issued.
        issued: The ISO day of issue of the dispatch, or nothing.
    """
    plain = flat(text)
    last: tuple[Found, Role] | None = None
    for found in _joined(plain, _with_year(text, issued)):
        if _SIGNED_AT.match(plain, found.end) or (found.assumed and _RECURS.match(plain, found.end)):
            continue
        before, after = plain[max(0, found.start - 90) : found.start], plain[found.end : found.end + 60]
        role = role_of(found, before, after, cited=found.iso in cited)
        if last and last[0].precision == found.precision and _AND.fullmatch(plain[last[0].end : found.start]):
            role = last[1]  # trước ngày 15/6/2017 và 15/12/2017
        if role == "deadline" and found.last.isoformat() < issued:
            role = "event"
        if found.assumed and role not in {"deadline", "period"}:
            continue
        last = found, role
        yield (replace(found, first=found.last, precision="day") if role == "deadline" else found), role


def _with_year(text: str, issued: str) -> tuple[Found, ...]:
    """Find the dates of a passage; one year in it, if not past, is also that of its days without a year."""
    found = find_dates(text)
    years = {day.year for one in found for day in (one.first, one.last)}
    if len(years) == 1 and str(max(years)) >= issued[:4]:
        return find_dates(text, year=max(years))
    return found


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


# ---- roles, by the words around ----

_HOUR = r"(?:\d{1,2}\s?(?:h|gio|g|:)\s?\d{0,2}\s?(?:phut)?|sang|chieu|toi|cuoi|ngay lam viec)"
_LEAD = rf"[\s:,(]*(?:{_HOUR}[\s,]*)*(?:thu\s\w+,?\s)?$"
_DUE = re.compile(
    r"(?:\btruoc|\b(?:cham|muon) nhat(?:\s(?:la|vao|den))?|\bhan (?:chot|cuoi|cuoi cung|nop|gui|dang ky)(?:\sla)?|"
    r"\bthoi han(?:\s\w+){0,6}|\bkhong qua|\btoi het|(?<!tinh )(?<!keo dai )\bden(?:\shet)?)" + _LEAD
)
_AFTER = re.compile(r"(?:(?<!thu )\bsau|\bqua)\s$")
_TOO_LATE = re.compile(r"^[^.;]{0,40}\b(?:khong|chua|coi nhu|xem nhu)\b")  # sau ngày … đơn vị nào không nộp
_COUNTED = re.compile(
    r"\b(?:tinh|luy ke|giai ngan|tu dau|so lieu|ket qua|ty dong)\b[^;.]{0,30}\bden\s$|"  # facts up to a day
    rf"\btu\s{_HOUR}[^;.]{{0,12}}\bden\s{_HOUR}[\s,]*$"  # from hour to hour of a day
)
_DUE_YEAR = re.compile(
    r"(?:(?<!tinh )\bden(?:\shet|\scuoi)?|\btruoc|\bcham nhat(?:\strong)?|\bmuon nhat(?:\strong)?)\s*$"
)
_IN_FORCE = re.compile(r"(?:\bhieu luc|\bke tu|\bap dung tu|\btinh den|\bthi hanh tu)[^;.]{0,30}$")
_CITED = re.compile(
    r"(?:(?<![\w/\-])[§a-z]?\d{1,6}[a-z]?(?:\s?[/\-]\s?|\s?(?=[a-z]{2,5}/))(?:\w{1,14}\s?[/\-&.]\s?){0,6}\d*[a-z]\w{0,12}[”\"]?|"
    r"\b(?:quyet dinh|cong van|van ban|to trinh|thong bao|bien ban|giay moi|ke hoach|bao cao|don))"
    r"[\s,]*(?:\(?\s?(?:ky|ban hanh|duoc ky|da ky))?\s*$"
)
_SIGNED_AT = re.compile(r",?\s\d{1,2}:\d{2}:\d{2}")
"""A digital signature's time follows its date."""

_RECURS = re.compile(r"\s*(?:cua\s)?(?:cac|moi|hang|cung|nam)\b")
"""Nothing that happens once: `ngày 20 tháng 9 của năm báo cáo`, `ngày 17/10 các năm`."""

_SINCE = re.compile(r"\b(?:tu|ke tu)\s(?:dau\s|cuoi\s|giua\s|ngay\s)?$")
_UNTIL = re.compile(r"[^.;]{0,100}\bden(?:\shet)?\s(?:ngay\s)?")
_AND = re.compile(r"\s*(?:,|va|hoac)\s*")
_OPEN = re.compile(
    r"^\W*(?:\d{1,3}\W+)?tu\s(?:ngay\s)?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?\s(?!.*\bden\s(?:ngay\s)?\d)"
)
_CLOSES = re.compile(r"\W*(?:\d{1,3}\W+)?den\s(?:het\s)?(?:ngay\s)?\d{1,2}\s?[/.-]\s?\d")
_SHORT = timedelta(days=3)


def role_of(found: Found, before: str, after: str, *, cited: bool = False) -> Role:
    """Return what a date is to the dispatch.

    Args:
        found: The date.
        before: The words before it, flat.
        after: The words after it, flat.
        cited: Whether a document that the dispatch refers to was issued then.
    """
    if _CITED.search(before) and found.precision in {"day", "month"}:
        return "cited"
    match found.precision:
        case "day":
            if _IN_FORCE.search(before):
                return "event"
            late = _AFTER.search(before) and _TOO_LATE.search(after)
            if late or (_DUE.search(before) and not _COUNTED.search(before)):
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
