"""Where the number and the day of a dispatch stand: gaps in two printed lines of its head.

A pen breaks the words around it, so no word is relied on: `Số` or the notation's codes show the
number's line, any two of `ngày`, `tháng` and the year the day's. A number's line of which only the
codes were read must stand about level with the day's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.ocr import Glyphs, Lines
from pipeline.text.unicode import fold

_HEAD: Final = 0.45  # share of the page's height in which a dispatch has its number and date
_NUMBER_SIDE: Final = 0.5  # share of the width in which the number's line begins
_DATE_SIDE: Final = 0.33
_LEVEL: Final = 3.0  # heights of a word by which the number's line may lie off the day's
_NUMBER_REACH: Final = 5  # words from `Số` to the notation's codes
_DATE_REACH: Final = 9
_DATE_SHORT: Final = 5

_SAYS_NUMBER: Final = re.compile(r"^[^\w]{0,2}s[oa06](?![a-y])")
_CODES: Final = re.compile(
    r"[A-ZĐÐ][A-ZĐÐƯÔƠa-z]{0,5}[-/.,&⁄–—]{1,2}[A-ZĐÐ][A-ZĐÐƯÔƠ]|[/⁄][A-ZĐÐƯÔƠ]{2,}|^-[A-ZĐÐƯÔƠ]{2,}"
)
_SEPARATOR: Final = re.compile(r"[/⁄](?=[A-ZĐÐ\d]|$)|-(?=[A-ZĐÐ])")
_SMALL: Final = re.compile(r"[a-zà-ỹđ]{3}")
YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of a line in which digits may be written: the line's index, and the words from `first` to `last`.

    `head` tells that the first word is the print before the digits: `Số` or `ngày`.
    """

    line: int
    first: int
    last: int
    head: bool = True


def number_gap(lines: Lines, height: float, width: float) -> Gap | None:
    """Return the words from `Số` to the word that holds the notation's codes; either may be lost to a pen."""
    found = [
        gap
        for at, line in enumerate(lines)
        if line and line[0].bottom <= _HEAD * height
        for gap in (_from_number(at, line, width), _from_codes(at, line, width))
        if gap
    ]
    whole = next((gap for gap in found if gap.head), None)
    if whole:
        return whole
    date = date_gap(lines, height, width)
    return next((gap for gap in found if date and _level(lines, gap, date)), None)


def _from_number(at: int, line: tuple[Glyphs, ...], width: float) -> Gap | None:
    """Return the gap that begins with `Số` and ends with a separator."""
    for first, word in enumerate(line[:3]):
        if word.x0 > _NUMBER_SIDE * width or not _SAYS_NUMBER.match(fold(word.text)):
            continue
        for last in range(first, min(first + _NUMBER_REACH, len(line))):
            separator = _SEPARATOR.search(line[last].text)
            if separator and (last > first or separator.start() > 1):
                return Gap(at, first, _with_codes(line, first, last))
    return None


def _with_codes(line: tuple[Glyphs, ...], first: int, last: int) -> int:
    """Return the word that holds the codes, where a stroke of the pen before them was read as a separator."""
    reach = range(last, min(first + _NUMBER_REACH, len(line)))
    return next((i for i in reach if _are_codes(line[i].text)), last)


def _from_codes(at: int, line: tuple[Glyphs, ...], width: float) -> Gap | None:
    """Return the gap that ends with codes, in the left half of the page."""
    for last, word in enumerate(line[:_NUMBER_REACH]):
        if word.x0 < _NUMBER_SIDE * width and _are_codes(word.text):
            return Gap(at, 0, last, head=False)
    return None


def _are_codes(text: str) -> bool:
    return bool(_CODES.search(text)) and not _SMALL.search(text)


def _level(lines: Lines, gap: Gap, date: Gap) -> bool:
    """Tell whether two gaps stand on one level, as number and day do."""
    if gap.line == date.line:
        return gap.last < date.first
    one, other = lines[gap.line][gap.last], lines[date.line][date.last]
    return abs(one.top + one.bottom - other.top - other.bottom) / 2 < _LEVEL * (other.bottom - other.top)


def date_gap(lines: Lines, height: float, width: float) -> Gap | None:
    """Return the words from `ngày` to the year in the head's right half; one of `ngày` and `tháng` may be lost."""
    for at, line in enumerate(lines):
        if not line or line[0].bottom > _HEAD * height:
            continue
        folded = [fold(word.text) for word in line]
        for last in range(len(line) - 1, max(-1, len(line) - 3), -1):
            if not YEAR.search(folded[last]) or line[last].x0 < _DATE_SIDE * width:
                continue
            reach = range(max(0, last - _DATE_REACH), last + 1)
            day = next((i for i in reach if folded[i].startswith("ngay") and line[i].x0 > _DATE_SIDE * width), None)
            months = [i for i in reach if "thang" in folded[i] and line[i].x0 > _DATE_SIDE * width]
            month = next((i for i in months if day is None or i >= day), None)
            if day is not None:
                return Gap(at, day, last) if month is not None or _short(line, day, last) else None
            if month is not None:
                return Gap(at, month, last, head=False)
    return None


def _short(line: tuple[Glyphs, ...], first: int, last: int) -> bool:
    """Tell whether too little stands between `ngày` and the year for a sentence, and no day in figures."""
    between = "".join(word.text for word in line[first : last + 1])
    return last - first <= _DATE_SHORT and not re.search(r"\d\s?[/.-]\s?\d", between) and "nam" in fold(between)
