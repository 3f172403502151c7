"""Labels of numbered items: Chương, Điều, I., 1., 1.1., a), dashes; what stands before an item's own text.

>>> read_label("Điều 3. Chánh Văn phòng chịu trách nhiệm")
Label(style='article', printed='Điều 3', ordinal=3, length=8)
>>> read_label("a) Tuyên truyền")
Label(style='letter', printed='a', ordinal=1, length=3)
>>> read_label("Tuyên truyền") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.text.unicode import fold

Style = Literal[
    "part", "chapter", "section", "capital", "roman", "article", "number", "second", "third", "letter", "dash", "plus"
]

RANK: dict[Style, int] = {
    "part": 0, "chapter": 1, "section": 2, "capital": 3, "roman": 4, "article": 5,
    "number": 6, "second": 7, "third": 8, "letter": 9, "dash": 10, "plus": 11,
}  # fmt: skip
"""How deep a style usually stands; a style that is already open keeps its own place."""

ALPHABET = "abcdđeghiklmnopqrstuvxy"

_ARTICLE = re.compile(r"^(dieu|đieu)\s+(\d{1,3}[a-z]?)\s*[.:,]?(?=\s|$)\s*")
_PART = re.compile(r"^(phan)\s+(thu\s+\w+|[ivx]+|\d{1,2})\s*[.:]?(?=\s|$)\s*")
_CHAPTER = re.compile(r"^(chuong)\s+([ivxl]+|\d{1,2})\s*[.:]?(?=\s|$)\s*")
_SECTION = re.compile(r"^(muc)\s+([ivx]+|\d{1,2})\s*[.:](?=\s|$)\s*")
_ROMAN = re.compile(r"^([IVXHLl1T|]{1,5})\s?[.,/)-]{1,2}\s*(?=\S)")
_NUMBER = re.compile(
    r"^(\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?[.)/:](?=\D)[-/]?|(?<=\d\.\d)(?=\s)|(?<=\d\.\d\d)(?=\s))\s*(?=\S)"
)
_LETTER = re.compile(r"^([a-zđ])\s?(?:[./](?!\w\.)|\))\s*(?=\S)")
_CAPITAL = re.compile(r"^([A-HĐ])\s?[./)]\s*(?=[A-ZÀ-ỸĐ]{2})")
_DASH = re.compile(r"^(?:[_.|~] ?)?([-–—~•*·¬_■▪➢«\uf000-\uf0ff])(?: ?[-_])?\s*(?=[^\W_]|[“\"(])")
_PLUS = re.compile(r"^(\+)\s*(?=\S)")
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its style, how it is printed, its place in its series, and how many characters it takes."""

    style: Style
    printed: str
    ordinal: int
    length: int


def read_label(text: str) -> Label | None:
    """Return the label with which a text begins, None if it begins with none."""
    folded = fold(text)
    return (
        _titled(text, folded, _ARTICLE, "article")
        or _titled(text, folded, _CHAPTER, "chapter")
        or _titled(text, folded, _PART, "part")
        or _titled(text, folded, _SECTION, "section")
        or _roman(text)
        or _number(text)
        or _letter(text)
        or _capital(text)
        or _bullet(text)
    )


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral, with what OCR makes of one (HI for III, 1I for II); None if it is none."""
    repaired = text.replace("H", "II").replace("l", "I").replace("1", "I").replace("|", "I").replace("T", "I")
    total = 0
    for char, after in zip(repaired, [*repaired[1:], ""], strict=True):
        value = _ROMANS.get(char, 0)
        total += -value if _ROMANS.get(after, 0) > value else value
    return total if total and to_roman(total) == repaired else None


def to_roman(value: int) -> str:
    """Write a number below 90 in Roman numerals."""
    text = ""
    for size, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= size:
            text += sign
            value -= size
    return text


def _titled(text: str, folded: str, pattern: re.Pattern[str], style: Style) -> Label | None:
    match = pattern.match(folded)
    if not match or not text[:1].isupper():
        return None
    words = {"article": "Điều", "chapter": "Chương", "part": "Phần", "section": "Mục"}
    number = text[match.start(2) : match.end(2)]
    ordinal = int(re.sub(r"\D", "", number)) if number[:1].isdigit() else roman(number.upper()) or 0
    return Label(style, f"{words[style]} {number}", ordinal, match.end())


def _roman(text: str) -> Label | None:
    match = _ROMAN.match(text)
    if not match or not re.search("[IVXHT|l]", match[1]) or match[1] in {"l", "|", "T", "L", "H"}:
        return None
    if match[1].isdigit():
        return None
    value = roman(match[1])
    return Label("roman", to_roman(value), value, match.end()) if value else None


def _number(text: str) -> Label | None:
    match = _NUMBER.match(text)
    if not match:
        return None
    parts = match[1].split(".")
    styles: tuple[Style, ...] = ("number", "second", "third", "third")
    return Label(styles[len(parts) - 1], match[1], int(parts[-1]), match.end())


def _letter(text: str) -> Label | None:
    match = _LETTER.match(text)
    return Label("letter", match[1], ALPHABET.find(match[1]) + 1, match.end()) if match else None


def _capital(text: str) -> Label | None:
    match = _CAPITAL.match(text)
    return Label("capital", match[1], ALPHABET.find(match[1].lower()) + 1, match.end()) if match else None


def _bullet(text: str) -> Label | None:
    match = _DASH.match(text)
    if match:
        return Label("dash", "-", 0, match.end())
    match = _PLUS.match(text)
    return Label("plus", "+", 0, match.end()) if match else None
