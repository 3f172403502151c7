"""What each date of a passage is to a dispatch, by the words around it: cited, deadline, period, event.

>>> [(found.iso, role) for found, role in roles("gửi báo cáo trước ngày 15/6/2018")]
[('2018-06-15', 'deadline')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Literal

from pipeline.text.dates import Found, find_dates, find_parts_of_year
from pipeline.text.unicode import flat

Role = Literal["issued", "cited", "deadline", "period", "event"]

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
    r"(?:\bhoan thanh(?:\s\w+){0,4}\strong|"
    r"(?<!tinh )\bden(?:\shet|\scuoi)?|\btruoc|\bcham nhat(?:\strong)?|\bmuon nhat(?:\strong)?)\s*$"
)
_IN_FORCE = re.compile(r"(?:\bhieu luc|\bke tu|\bap dung tu|\btinh den|\bthi hanh tu)[^;.]{0,30}$")
_CITED = re.compile(
    r"(?:(?<![\w/\-])[§a-z]?\d{1,6}[a-z]?(?:\s?[/\-]\s?|\s?(?=[a-z]{2,5}/))(?:\w{1,14}\s?[/\-&.]\s?){0,6}\d*[a-z]\w{0,12}[”\"]?|"
    r"\b(?:quyet dinh|cong van|van ban|to trinh|thong bao|bien ban|giay moi|ke hoach|bao cao|don))"
    r"[\s,]*(?:\(?\s?(?:ky|ban hanh|duoc ky|da ky))?\s*$"
)
_CITED_BY = re.compile(
    r"\b(?:cong van|van ban|to trinh|giay moi|bien ban|don|thu)(?:\s\w+){0,4}\scua\s"
    r"(?:(?!\b(?:gui|nop|truoc|den|tu|vao|trong|tai|duoc|da)\b)[^.;,:()]){3,80}\s$"
)
"""A letter without a number, by whom it is: `Đơn đề nghị của Hội … ngày 05/3/2024`."""

_SIGNED_AT = re.compile(r",?\s\d{1,2}:\d{2}:\d{2}")
"""A digital signature's time follows its date."""

_RECURS = re.compile(r"\s*(?:cua\s)?(?:cac|moi|hang|cung|nam)\b")
"""Nothing that happens once: `ngày 20 tháng 9 của năm báo cáo`, `ngày 17/10 các năm`."""

_EVERY = re.compile(r"\b(?:hang|moi|dinh ky)\s(?:nam|thang|quy|tuan)\b[^.;]{0,30}$")
"""The same said before: `Hằng năm, trước ngày 15/12`."""

_AMENDED = re.compile(r"\bsua doi,?\s(?:bo sung\s)?(?:cac\s|vao\s|nam\s)*(?:(?:nam\s)?\d{4}(?:,|\sva)\s)*$")
"""The years of a law's amendments: `(sửa đổi, bổ sung năm 2005, 2013)`."""

_SINCE = re.compile(r"\b(?:tu|ke tu)\s(?:dau\s|cuoi\s|giua\s|ngay\s)?$")
_UNTIL = re.compile(r"[^.;]{0,100}\bden(?:\shet)?\s(?:ngay\s)?")
_AND = re.compile(r"\s*(?:,|va|hoac)\s*")
_SHORT = timedelta(days=3)


def roles(text: str, cited: frozenset[str] = frozenset(), issued: str = "") -> Iterator[tuple[Found, Role]]:
    """Yield the dates of a passage with their roles; a deadline is the one day that is due.

    Args:
        text: One passage, in NFC, on one line.
        cited: The ISO days on which the documents referred to were issued.
        issued: The ISO day of issue of the dispatch, or nothing.
    """
    plain = flat(text)
    last: tuple[Found, Role] | None = None
    for found in _joined(plain, _with_year(text, issued)):
        before, after = plain[max(0, found.start - 90) : found.start], plain[found.end : found.end + 60]
        recurs = found.assumed and (_RECURS.match(plain, found.end) or _EVERY.search(before))
        amended = found.precision == "year" and _AMENDED.search(before)
        if recurs or amended or _SIGNED_AT.match(plain, found.end):
            continue
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
    """Find the dates of a passage; one year in it, if not past, is also that of its days without a year.

    `6 tháng đầu năm` without more is of the year of issue.
    """
    found = find_dates(text)
    years = {day.year for one in found for day in (one.first, one.last)}
    if len(years) == 1 and str(max(years)) >= issued[:4]:
        found = find_dates(text, year=max(years))
    parts = find_parts_of_year(text, int(issued[:4])) if issued else ()
    return tuple(sorted((*found, *parts), key=lambda one: one.start))


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
    if _CITED_BY.search(before) and found.precision == "day":
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
