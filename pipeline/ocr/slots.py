"""The number and the day of a dispatch: gaps in a printed line that are filled in by hand.

The gaps are found from the print around them (`Số: … /`, `ngày … tháng … năm`), read again by the
network for handwriting, and put back as words of their own, with the recogniser's reading as `raw`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from pipeline.ocr import Array, Glyphs, Lines, handwriting
from pipeline.ocr.geometry import Matrix
from pipeline.ocr.handwriting import Sign
from pipeline.text.unicode import fold

_HEAD: Final = 0.45  # share of the page's height in which a dispatch has its number and date
_POINTS: Final = 72
_BEFORE: Final = 5.0  # points of paper kept to the left of a line
_NUMBER_WIDTH: Final = 170.0  # points from `Số` to well behind the slash
_DATE_WIDTH: Final = 190.0  # points from `ngày` to behind the year
_MIDDLE: Final = 0.55  # where the middle of `Số` or `ngày`, marks and all, lies in the network's line
_HALF_DIGIT: Final = 3.5  # points
_SURE: Final = 0.7  # of every digit, for a number to be believed
_CERTAIN: Final = 0.97  # … against digits that the recogniser read with confidence
_TRUSTED: Final = 0.85

_NUMBER: Final = re.compile(r"^x*(\d{1,5})([/-])")
_DATE: Final = re.compile(r"^x*(\d{1,2})x+(\d{1,2})x")
_NUMBER_HEAD: Final = re.compile(r"^[^\w]?s[oa06](?![a-z])")
_PRINTED: Final = re.compile(r"^[^\w]?[Ss5]\D{1,2}?\s?[:.;]?|\s")
_TYPED_DATE: Final = re.compile(r"ngay\s?(?P<day>\S*)\s?thang\s?(?P<month>\S*)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of a line in which digits may be written: the line's index, and the words from `first` to `last`."""

    line: int
    first: int
    last: int


def number_gap(lines: Lines, height: float) -> Gap | None:
    """Return the words from `Số` to the word that holds the slash or dash of the notation."""
    for at, line in enumerate(lines):
        for first, word in enumerate(line[:3]):
            if word.bottom > _HEAD * height or not _NUMBER_HEAD.match(fold(word.text)):
                continue
            for last in range(first, min(first + 5, len(line))):
                if _separator(line[last].text, last > first) is not None:
                    return Gap(at, first, last)
    return None


def date_gap(lines: Lines, height: float, width: float) -> Gap | None:
    """Return the words from `ngày` to the year in the head's right half."""
    for at, line in enumerate(lines):
        folded = [fold(word.text) for word in line]
        for first, text in enumerate(folded):
            if line[first].bottom > _HEAD * height or line[first].x0 < 0.33 * width or not text.startswith("ngay"):
                continue
            month = next((i for i in range(first, min(first + 5, len(line))) if "thang" in folded[i]), None)
            if month is None:
                continue
            last = next((i for i in range(month, len(line)) if _YEAR.search(folded[i])), None)
            if last is not None and last - first <= 8 and last >= len(line) - 2:
                return Gap(at, first, last)
    return None


def _separator(text: str, inside: bool) -> int | None:
    """Return where the notation begins in a word: at a slash, or at a dash before a capital."""
    found = re.search(r"[/⁄](?=[A-ZĐ\d]|$)|-(?=[A-ZĐ])", text)
    return found.start() if found and (inside or found.start() > 1) else None


@dataclass(frozen=True, slots=True)
class Ground:
    """The original grey picture, and the matrix from the pixels of the words' boxes to its own."""

    grey: Array
    matrix: Matrix
    dpi: int


def fill(lines: Lines, ground: Ground, height: float, width: float) -> Lines:
    """Return lines with the number and the day as the network for handwriting reads them, where it is sure."""
    number = number_gap(lines, height)
    if number:
        lines = _replaced(lines, number, _number(lines[number.line], number, ground))
    date = date_gap(lines, height, width)
    if date:
        lines = _replaced(lines, date, _date(lines[date.line], date, ground))
    return lines


def _replaced(lines: Lines, gap: Gap, words: tuple[Glyphs, ...] | None) -> Lines:
    """Return lines with the words of a gap exchanged, if there is anything to exchange them for."""
    if words is None:
        return lines
    line = lines[gap.line]
    return (*lines[: gap.line], (*line[: gap.first], *words, *line[gap.last + 1 :]), *lines[gap.line + 1 :])


def _number(line: tuple[Glyphs, ...], gap: Gap, ground: Ground) -> tuple[Glyphs, ...] | None:
    """Return the words `Số:`, the number, and the notation's first word; None where the network is unsure."""
    words = line[gap.first : gap.last + 1]
    seen = _seen(words[0], _NUMBER_WIDTH, ground)
    match = _NUMBER.match(_said(seen))
    at = _separator(words[-1].text, len(words) > 1)
    if match is None or at is None:
        return None
    signs = seen[match.start(1) : match.end(1)]
    before = "".join(word.text for word in words)[: -len(words[-1].text) + at or None]
    old = _PRINTED.sub("", before)
    old_sure = min(word.confidence for word in words)
    sure = _agreed(match.group(1), signs, old, old_sure)
    if sure is None:
        return None
    head = "Số:" if ":" in before or len(words) == 1 else "Số"
    number = _placed(match.group(1), signs, words[0], ground, sure, old)
    slash = _x(seen[match.end(1)], words[0], ground)
    notation = words[-1]
    return (
        replace(words[0], text=head, x1=min(words[0].x1, number.x0 - 1)),
        number,
        replace(notation, text=notation.text[at:], x0=max(notation.x0, min(slash - 2, notation.x1 - 1))),
    )


def _date(line: tuple[Glyphs, ...], gap: Gap, ground: Ground) -> tuple[Glyphs, ...] | None:
    """Return the words of a whole date, printed and written; None where the network is unsure."""
    words = line[gap.first : gap.last + 1]
    seen = _seen(words[0], _DATE_WIDTH, ground)
    match = _DATE.match(_said(seen))
    if match is None or not (1 <= int(match.group(1)) <= 31 and 1 <= int(match.group(2)) <= 12):
        return None
    printed = _YEAR.search(words[-1].text)
    text = " ".join(word.text for word in words)
    was = _TYPED_DATE.search(fold(text))
    parts = []
    for group, name in ((1, "day"), (2, "month")):
        signs = seen[match.start(group) : match.end(group)]
        old = was.group(name) if was else ""
        sure = _agreed(match.group(group), signs, old, min(word.confidence for word in words))
        if sure is None:
            return None
        parts.append(_placed(match.group(group), signs, words[0], ground, sure, old))
    day, month = parts
    year = words[-1]
    return (
        replace(words[0], text="ngày", x1=min(words[0].x1, day.x0 - 1)),
        day,
        replace(words[0], text="tháng", x0=day.x1 + 1, x1=month.x0 - 1),
        month,
        replace(words[0], text="năm", x0=month.x1 + 1, x1=max(month.x1 + 2, year.x0 - 1)),
        replace(year, text=printed.group() + year.text[printed.end() :] if printed else year.text),
    )


def _said(signs: Sequence[Sign]) -> str:
    return "".join(sign.char for sign in signs)


def _agreed(new: str, signs: Sequence[Sign], old: str, old_sure: float) -> float | None:
    """Return how sure two readings make a number; None where the recogniser's own reading is to stay."""
    sure = min(sign.confidence for sign in signs)
    if new == old:
        return max(sure, old_sure)
    if old.isdigit() and old_sure >= _TRUSTED and sure < _CERTAIN:
        return None
    return sure if sure >= _SURE else None


def _seen(word: Glyphs, width: float, ground: Ground) -> tuple[Sign, ...]:
    """Return what the network sees on the line that begins with a word."""
    scale, left, top = _frame(word, ground)
    place = ground.matrix @ np.array([[scale, 0, left], [0, scale, top], [0, 0, 1.0]])
    columns = round((width + _BEFORE) / _POINTS * handwriting.DPI)
    line = cv2.warpAffine(
        _softened(ground.grey, scale),
        place[:2],
        (columns, handwriting.HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return handwriting.read_line(np.asarray(line, dtype=np.uint8))


def _softened(grey: Array, scale: float) -> Array:
    """Return a picture ready for being drawn smaller by `scale`: fine detail must not turn into specks."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.35 * scale), dtype=np.uint8)


def _frame(word: Glyphs, ground: Ground) -> tuple[float, float, float]:
    """Return the scale from the network's line to the boxes' pixels, and the line's left and top in them."""
    scale = ground.dpi / handwriting.DPI
    top = (word.top + word.bottom) / 2 - handwriting.HEIGHT * _MIDDLE * scale
    return scale, word.x0 - _BEFORE / _POINTS * ground.dpi, top


def _x(sign: Sign, word: Glyphs, ground: Ground) -> float:
    """Return where a sign stands, in the boxes' pixels."""
    scale, left, _ = _frame(word, ground)
    return left + sign.x * scale


def _placed(text: str, signs: Sequence[Sign], word: Glyphs, ground: Ground, confidence: float, raw: str) -> Glyphs:
    """Return a number as a word between its first and last digit, as high as the word before it."""
    half = _HALF_DIGIT / _POINTS * ground.dpi
    x0, x1 = _x(signs[0], word, ground) - half, _x(signs[-1], word, ground) + half
    return Glyphs(text, x0, word.top, x1, word.bottom, confidence, raw)
