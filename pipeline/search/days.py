"""Days as people type them in a query: `2020-06`, `26/6/2020`, `2020-01..2020-06`, `..2020`.

>>> days_of("2020-01..2/2020")
('2020-01-01', '2020-02-29')
>>> days_of("..15/6/2020"), days_of("31/6/2020")
(('0001-01-01', '2020-06-15'), None)
"""

from __future__ import annotations

import calendar
import re
from datetime import date

FIRST, LAST = "0001-01-01", "9999-12-31"
_FORMS = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-])(?P<year>\d{4})"),
)


def days_of(text: str) -> tuple[str, str] | None:
    """Return the first and last ISO day of a day, month, year or range; None where it is none."""
    left, dots, right = text.partition("..")
    if not dots:
        return _enclosing(left)
    start = _enclosing(left) if left else (FIRST, FIRST)
    end = _enclosing(right) if right else (LAST, LAST)
    if not (left or right) or start is None or end is None or start[0] > end[1]:
        return None
    return start[0], end[1]


def _enclosing(text: str) -> tuple[str, str] | None:
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None or not 1 <= int(found["year"]) <= 9999:
        return None
    year, month, day = (int(found[part]) if found[part] else None for part in ("year", "month", "day"))
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    last = date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    return first.isoformat(), last.isoformat()


def issue_days(issued_on: str) -> tuple[str, str]:
    """Return the first and last day that a date of issue may be; a whole month or year where the rest is blank."""
    return _enclosing(issued_on) or (LAST, FIRST)
