"""The line `place, ngày … tháng … năm …`, as noisy as handwriting leaves it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annotations import ZoneKind
from pipeline.document import PAGE_BREAK, Document, Span
from pipeline.text.dates import find_dates
from pipeline.text.strips import Strip, bare, strips, within
from pipeline.text.unicode import flat

_DAY_WORD = re.compile(r"\bng[àaáảãạ]?\s?y", re.IGNORECASE)
_WHOLE = re.compile(r"^\W*[a-z][a-z .\-]{1,30},?\s?ng\w{0,2}y.{0,14}\bthang.{0,8}\bnam\s?[12]\d{3}\W*$")
_HEAD_LINES = 30
_BEFORE_PLACE = re.compile(r"^\W*\w{0,2}[.·]{2,}\s*(?=\w)")
"""Dots left of a form to be filled in, and a stroke among them."""
_GAP = re.compile(r"ng\w{0,2}y(?P<day>.{0,14}?)\bthang(?P<month>.{0,8}?)\bnam\s?(?P<year>.{0,8})")


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and day of issue with their ranges in the line; None for what is not there or cannot be read."""

    place: str | None
    place_at: tuple[int, int] | None
    issued_on: str | None
    date_at: tuple[int, int] | None


def read_date_line(text: str, *, handwritten: bool) -> DateLine:
    """Read place and day of issue.

    A day left blank gives a month or a year. On a scan (`handwritten`) a gap that is not clean is
    taken for handwriting that could not be read, and then there is no day of issue at all.
    """
    word = _DAY_WORD.search(text)
    begin = word.start() if word else len(text)
    found = next((f for f in find_dates(text[begin:]) if f.precision in {"day", "month", "year"}), None)
    place_end = len(text[:begin].rstrip(" ,;.:-_"))
    place = bare(_BEFORE_PLACE.sub("", text[:place_end]))
    start = text.find(place) if place else -1
    issued_on = found.iso if found and _trusted(text[begin:], found.precision, handwritten) else None
    return DateLine(
        place=place or None,
        place_at=(start, start + len(place)) if place and start >= 0 else None,
        issued_on=issued_on,
        date_at=(begin + found.start, begin + found.end) if found and issued_on else None,
    )


def _trusted(text: str, precision: str, handwritten: bool) -> bool:
    """Tell a blank from what could not be read where the date has no day or no month."""
    if precision == "day":
        return True
    gap = _GAP.search(flat(text))
    blank = gap is not None and not re.search(r"\w", gap["day"] + (gap["month"] if precision == "year" else ""))
    return blank and not handwritten


def date_line(doc: Document) -> Strip | None:
    """Return the line of place and day: its zone's first line, else the first such line of page one."""
    zoned = strips(doc, ZoneKind.PLACE_DATE)
    if zoned:
        return zoned[0]
    first = within(doc, [Span(0, len(doc.text.split(PAGE_BREAK)[0]))] if doc.text else [])
    return next((line for line in first[:_HEAD_LINES] if _WHOLE.match(flat(line.text))), None)
