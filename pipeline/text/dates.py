"""A closed grammar of Vietnamese dates and periods: what stands there, and nothing else.

It never asks the clock and never invents a part that is missing: a day without a year is found only
when the caller gives the year that the context makes plain. Matching is done without case and
diacritics, and the readings that OCR commonly makes of a digit (`l` for 1, `O` for 0, `ó` for 6) are
taken for that digit where the grammar wants one.

    >>> [(found.iso, found.precision) for found in find_dates("từ ngày 01/5 đến ngày 15/5/2021")]
    [('2021-05-01/2021-05-15', 'span')]
    >>> read_date("Lai Châu, ngày     tháng 6 năm 2020").iso
    '2020-06'
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from pipeline.text.unicode import flat

Precision = Literal["day", "month", "quarter", "year", "span"]


@dataclass(frozen=True, slots=True)
class Found:
    """A date or period at `text[start:end]`: the first and the last day that enclose it.

    `assumed` tells that the year is the caller's, not the text's.
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    assumed: bool = False

    @property
    def iso(self) -> str:
        """The date as written in ISO 8601: `2020-06-26`, `2020-06`, `2020`, or `first/last`."""
        match self.precision:
            case "day":
                return self.first.isoformat()
            case "month":
                return self.first.isoformat()[:7]
            case "year":
                return self.first.isoformat()[:4]
            case _:
                return f"{self.first.isoformat()}/{self.last.isoformat()}"


def find_dates(text: str, *, year: int | None = None) -> tuple[Found, ...]:
    """Return every date and period of a text, in order.

    Args:
        text: Text in NFC.
        year: The year of days and months that are written without one; None leaves these out.
    """
    return _found(_Source(text, flat(text), year), _RULES if year is None else (*_RULES, *_YEARLESS))


def find_parts_of_year(text: str, year: int) -> tuple[Found, ...]:
    """Return the parts of a year that are written without one, in order: `trong 6 tháng đầu năm`."""
    return _found(_Source(text, flat(text), year), (_BARE_PART,))


def _found(source: _Source, rules: Sequence[tuple[re.Pattern[str], Builder]]) -> tuple[Found, ...]:
    taken: list[Found] = []
    for pattern, build in rules:
        for match in pattern.finditer(source.flat):
            if not any(match.start() < found.end and found.start < match.end() for found in taken):
                taken.extend(build(source, match))
    return tuple(sorted((found for found in taken if _plausible(source, found)), key=lambda found: found.start))


def read_date(text: str) -> Found | None:
    """Return the first date or period of a text, or None."""
    return next(iter(find_dates(text)), None)


def from_iso(text: str) -> tuple[date, date, Precision]:
    """Return the first and last day of an ISO day, month or year.

    >>> from_iso("2020-06")[1].isoformat()
    '2020-06-30'
    """
    parts = [int(part) for part in text.split("-")]
    match parts:
        case [year, month, day]:
            return date(year, month, day), date(year, month, day), "day"
        case [year, month]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
        case _:
            return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"


# ---- the alphabet: all patterns are matched against flat text ----

_D = r"[0-9oil|!\]§]"
_N = rf"{_D}{{1,2}}"
_M = rf"(?:[01oil|!\]]\s?{_D}|{_D})"
_Y = rf"[12il|!\]][089o]{_D}{{2}}(?![0-9])"
_WIDE_Y = rf"[12il|!\]]\s?[089o]\s?{_D}\s?{_D}(?![0-9])"
_JUNK = r"[\s.,:;\]'’`_~…]*"
_SLASH = r"\s?[/.\-]\s?"
_NGAY = rf"(?:(?:nga\s?[yv]\s+)?nga\s?[yv]{_JUNK})"  # ngày ngày: a misprint
_THANG = rf"(?:{_JUNK}than[gq]{_JUNK})"
_NAM = rf"(?:{_JUNK}na(?:m|n|rn){_JUNK})"
_TO_MONTH = rf"(?:{_SLASH}|{_THANG})"
_TO_YEAR = rf"(?:{_SLASH}|{_NAM})"
_START = r"(?<![\w/.,\-])"
_STOP = r"(?![\w]|\s?/\s?[\da-z])"
_TIME = r"(?:\d{1,2}\s?(?:h|g|gio|:)\s?(?:\d{1,2})?\s?(?:phut|p|')?[\s,]*(?:(?:sang|trua|chieu|toi)\s)?)?"
_NOTE = r"(?:\s?\([^()]{0,24}\))?"  # (thứ Hai)
_TO = rf"{_NOTE}[\s,.]*(?:[-=~]|(?:cho\s)?(?:den|toi)(?:\s?het|\s?cuoi|\s?truoc)?)\s*{_TIME}"
_AND = r"\s*(?:,|;|&|va|,\s*va)\s*"
_ROMAN = r"(?:[i1l|]{1,3}|[i1l|]v|[1-4])"
_MONTH_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi mot": 11, "muoi hai": 12, "muoi": 10,
}  # fmt: skip
_DIGITS = {"ó": "6", "Ó": "6", "o": "0", "i": "1", "l": "1", "|": "1", "!": "1", "]": "1", "§": "8"}
"""What OCR reads for a digit; a letter that is not here goes by its flat form."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A text, its flat form, and the year of what has none."""

    text: str
    flat: str
    year: int | None

    def number(self, match: re.Match[str], group: str) -> int | None:
        """Return the number in a group, digits repaired; None where the group took no part."""
        if group not in match.re.groupindex or match.start(group) < 0:
            return None
        word = self.flat[match.start(group) : match.end(group)]
        if word in _MONTH_WORDS:
            return _MONTH_WORDS[word]
        read = re.sub(r"\s", "", self.text[match.start(group) : match.end(group)])
        digits = "".join(char if char.isdigit() else _DIGITS.get(char) or _DIGITS[flat(char)] for char in read)
        sure = 2 * sum(char.isdigit() for char in read) >= len(read) or re.fullmatch(r"[il§1]+", flat(read)) is not None
        return int(digits) if sure and digits.isascii() else None


def _plausible(source: _Source, found: Found) -> bool:
    """Tell dates from what looks like them: letters read as digits, `Việt Nam 2020`, lunar and recurring days."""
    stretch = source.text[found.start : found.end]
    before = source.flat[max(0, found.start - 12) : found.start]
    after = source.flat[found.end : found.end + 20]
    if stretch.startswith(("Nam", "NAM")) and re.search(r"\w\s*$", before):
        return False
    named = re.match(r"nga\s?[yv]", source.flat[found.start : found.end])
    if found.precision == "day" and not named and re.search(r"\bnga\s?[yv]\W{0,6}$", before):
        return False  # a part of the day could not be read: `ngày ? 6 tháng 6`
    if re.search(r"(?:\bm[ou]ng|\bram|\bkhoa(?: hoc)?|thang (?:gieng|chap))\s*$", before):
        return False
    return not re.match(r"\s*\(?\s*(?:am lich|hang (?:nam|thang|quy|tuan))", after)


# ---- builders: from a match to what was found ----

Builder = Callable[[_Source, "re.Match[str]"], Iterator[Found]]


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the day if there is such a day."""
    if year is None or month is None or day is None or not (1800 <= year <= 2099 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _month(year: int | None, month: int | None) -> tuple[date, date] | None:
    """Return the first and the last day of a month."""
    first = _day(year, month, 1)
    return (first, first.replace(day=monthrange(first.year, first.month)[1])) if first else None


def _one_day(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    year = source.number(match, "y")
    day = _day(year or source.year, source.number(match, "m"), source.number(match, "d"))
    if day:
        yield Found(*match.span(), day, day, "day", year is None)


def _days(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    """A span of days whose first end may lack the month or the year that the second has."""
    d1, m1, y1, d2, m2, y2 = (source.number(match, name) for name in ("d1", "m1", "y1", "d2", "m2", "y2"))
    year = y2 or source.year
    last = _day(year, m2, d2)
    first = _day(y1 or year, m1 or m2, d1)
    if first and last and y1 is None and first > last:  # từ 20/12 đến 10/01/2021
        first = _day(last.year - 1, m1 or m2, d1)
    dash = "den" not in source.flat[match.start() : match.end()]
    if y1 and first and last and last.year - first.year >= 10 and dash:
        # an anniversary, (12/8/1950 - 12/8/2020): the two days, not the years between
        yield Found(match.start(), match.end("y1"), first, first, "day")
        yield Found(match.start("d2"), match.end(), last, last, "day")
    elif first and last and first < last:
        yield Found(*match.span(), first, last, "span", y2 is None)


def _day_list(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    """Several days before one month or year: one span if they follow each other, else a day each."""
    year, last_month = source.number(match, "y"), source.number(match, "m")
    found: list[Found] = []
    for item in _LIST_ITEM.finditer(source.flat, match.start(), match.end("m")):
        month = source.number(item, "m") or last_month
        day = _day(year, month, source.number(item, "d"))
        if day is None:
            return
        found.append(Found(*item.span(), day, day, "day"))
    if all(b.first - a.first == timedelta(1) for a, b in pairwise(found)):
        yield Found(*match.span(), found[0].first, found[-1].last, "span")
        return
    yield from found[:-1]
    yield Found(found[-1].start, match.end(), found[-1].first, found[-1].last, "day")


def _one_month(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    year = source.number(match, "y")
    month = _month(year or source.year, source.number(match, "m"))
    if month:
        yield Found(*match.span(), *month, "month", year is None)


def _months(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    """A span of months whose first end may lack the year."""
    year = source.number(match, "y2")
    first = _month(source.number(match, "y1") or year, source.number(match, "m1"))
    last = _month(year, source.number(match, "m2"))
    if first and last and first[0] < last[0]:
        yield Found(*match.span(), first[0], last[1], "span")


def _part_of_year(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    """6 tháng đầu năm, 9 tháng đầu năm, 6 tháng cuối năm."""
    own, count = source.number(match, "y"), source.number(match, "n")
    year = own or source.year
    if year is None or count is None or not 1 <= count <= 11:
        return
    ends = (1, count) if match["which"] == "dau" else (13 - count, 12)
    days = date(year, ends[0], 1), date(year, ends[1], monthrange(year, ends[1])[1])
    yield Found(*match.span(), *days, "span", own is None)


def _quarter_number(word: str) -> int:
    word = re.sub(r"[l|]", "i", word)
    if word.endswith("v"):
        return 4
    return int(word) if word in {"1", "2", "3", "4"} else len(word)


def _quarters(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    year = source.number(match, "y")
    last = _quarter_number(match["q2"])
    first = _quarter_number(match["q1"]) if match["q1"] else last
    if year is None or first > last:
        return
    end = 3 * last
    days = date(year, 3 * first - 2, 1), date(year, end, monthrange(year, end)[1])
    yield Found(*match.span(), *days, "quarter" if first == last else "span")


def _years(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    """A span of years: a stage, a term, a school year."""
    first, last = source.number(match, "y1"), source.number(match, "y2")
    if first and last and 0 < last - first <= 60:
        yield Found(*match.span(), date(first, 1, 1), date(last, 12, 31), "span")


def _year_list(source: _Source, match: re.Match[str]) -> Iterator[Found]:
    """One year or several after one `năm`."""
    for n, item in enumerate(_YEAR_ITEM.finditer(source.flat, match.start(), match.end())):
        year = source.number(item, "y")
        if year and 1800 <= year <= 2099:
            start = item.start() if n else match.start()
            yield Found(start, item.end(), date(year, 1, 1), date(year, 12, 31), "year")


# ---- the grammar ----


def _rule(pattern: str, build: Builder) -> tuple[re.Pattern[str], Builder]:
    return re.compile(pattern), build


_LIST_ITEM = re.compile(rf"(?:{_NGAY})?(?<![0-9/.\-])(?P<d>{_N})(?:{_TO_MONTH}(?P<m>{_M}))?(?![0-9])")
_YEAR_ITEM = re.compile(rf"(?P<y>{_Y})")
_BEGIN = rf"(?:\b{_NGAY}|{_START})"
_PARTIAL = rf"(?P<d1>{_N})(?:{_TO_MONTH}(?P<m1>{_M})(?:{_TO_YEAR}(?P<y1>{_WIDE_Y}))?)?"
_SPAN_WORD = r"(?:\b(?:giai\s?doan|nhiem\s?ky|thoi\s?ky|nam\s?hoc|nam\s?ngan\s?sach|nam)\b[^\d\n.;,]{0,14}?\(?\s*)"

_PART_OF_YEAR = rf"{_START}(?P<n>{_N}|{'|'.join(_MONTH_WORDS)})\s*thang\s*(?P<which>dau|cuoi)\s*(?:cua\s)?nam"
_BARE_PART = _rule(
    rf"(?<=\btrong\s){_PART_OF_YEAR}\b(?!\s*(?:{_D}|hoc\b|truoc\b|ngoai\b|sau\b|toi\b|ke hoach\b|va\b))", _part_of_year
)
"""Only what `trong` makes a part of this year: `báo cáo 6 tháng đầu năm` may be every year's."""

_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    _rule(
        rf"(?:\b{_NGAY}|\btu\s|{_START}(?!{_N}\s(?:den|toi))){_PARTIAL}{_TO}{_NGAY}?(?P<d2>{_N}){_TO_MONTH}(?P<m2>{_M}){_TO_YEAR}(?P<y2>{_WIDE_Y}){_STOP}",
        _days,
    ),
    _rule(
        rf"\b{_NGAY}{_N}(?:{_TO_MONTH}{_M})?(?:{_AND}{_NGAY}?{_N}(?:{_TO_MONTH}{_M})?)*?"
        rf"{_AND}{_NGAY}?{_N}{_TO_MONTH}(?P<m>{_M}){_TO_YEAR}(?P<y>{_WIDE_Y}){_STOP}",
        _day_list,
    ),
    _rule(rf"\b{_NGAY}(?P<d>[0-3]\s{_D}){_THANG}(?P<m>{_M}){_TO_YEAR}(?P<y>{_WIDE_Y}){_STOP}", _one_day),
    _rule(rf"{_BEGIN}(?P<d>{_N}){_TO_MONTH}(?P<m>{_M}){_TO_YEAR}(?P<y>{_WIDE_Y}){_STOP}", _one_day),
    _rule(rf"\b{_NGAY}(?P<d>{_N})/(?P<m>[01]\d)(?P<y>{_Y}){_STOP}", _one_day),  # a lost stroke: 28/112018
    _rule(
        rf"\bthang\s*(?P<m1>{_M})(?:{_TO_YEAR}(?P<y1>{_WIDE_Y}))?(?:{_TO}|{_AND})(?:thang\s*)?(?P<m2>{_M}){_TO_YEAR}(?P<y2>{_WIDE_Y}){_STOP}",
        _months,
    ),
    _rule(rf"(?:\bthang{_JUNK}|\bngay[\s.…_]*/\s?)(?P<m>{_M}){_TO_YEAR}(?P<y>{_WIDE_Y}){_STOP}", _one_month),
    _rule(rf"\bthang\s(?P<m>{'|'.join(_MONTH_WORDS)}){_NAM}(?P<y>{_Y}){_STOP}", _one_month),
    _rule(rf"{_PART_OF_YEAR}\s*(?P<y>{_Y}){_STOP}", _part_of_year),
    _rule(
        rf"\bquy\s*(?:(?P<q1>{_ROMAN})(?:{_TO}|{_AND})(?:quy\s*)?)?(?P<q2>{_ROMAN})(?:\s?[/\-]\s?|{_NAM})(?P<y>{_Y}){_STOP}",
        _quarters,
    ),
    _rule(rf"{_SPAN_WORD}(?:tu\s)?(?:nam\s)?(?P<y1>{_Y})(?:\s?/\s?|{_TO})(?:nam\s*)?(?P<y2>{_Y})\)?{_STOP}", _years),
    _rule(rf"{_START}(?P<y1>{_Y}){_TO}(?:nam\s*)?(?P<y2>{_Y}){_STOP}", _years),
    _rule(
        rf"\bna(?:m|rn){_JUNK}(?:(?:hoc|ngan sach|tai chinh|ke hoach)\s)?(?P<y>{_Y})(?:{_AND}(?:nam\s)?{_Y})*{_STOP}",
        _year_list,
    ),
)
"""Tried in this order: the first to take a stretch of text keeps it."""

_YEARLESS: tuple[tuple[re.Pattern[str], Builder], ...] = (
    _rule(rf"\b{_NGAY}{_PARTIAL}{_TO}{_NGAY}?(?P<d2>{_N}){_TO_MONTH}(?P<m2>{_M}){_STOP}", _days),
    _rule(rf"\b{_NGAY}(?P<d>{_N}){_TO_MONTH}(?P<m>{_M}){_STOP}", _one_day),
)
"""Tried after the others, when the caller knows the year."""
