"""Labels of numbered items: Chương, Điều, I., 1., 1.1., a), dashes; what stands before an item's own text.

>>> read_label("Điều 3. Chánh Văn phòng chịu trách nhiệm")
Label(style='article', printed='Điều 3', ordinal=3, length=8, weak=False)
>>> read_label("a) Tuyên truyền").printed
'a'
>>> read_label("Tuyên truyền") is None
True

OCR reads III as HI, 2. as 2, and đ) as d): such labels are `weak` until their place in the series
confirms them (`Series.settle`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.text.unicode import flat

Style = Literal[
    "part", "chapter", "section", "capital", "roman", "article", "number", "second", "third", "letter", "dash", "plus"
]

RANK: dict[Style, int] = {
    "part": 0, "chapter": 1, "section": 2, "capital": 3, "roman": 4, "article": 5,
    "number": 6, "second": 7, "third": 8, "letter": 9, "dash": 10, "plus": 11,
}  # fmt: skip
"""How deep a style usually stands; a style that is already open keeps its own place."""

ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""The letters that number items, in their order."""

_JUNK = re.compile(
    r"^(?:[._|'`^ˆ:,]{1,5}\s*_?|[A-Z]_)(?=\d{1,2}[.)])|"
    r"^(?:[^\w\"“‘«(\[+\-–—~•*➢➤■▪\uf000-\uf0ff]|ˆ){1,4}(?=[\w\-–+])"
)
_ARTICLE = re.compile(r"^(dieu|dicu)\s*(\d{1,3}[a-z]?|[li])\s*[.:,]?(?=\s|$)\s*")
_PART = re.compile(r"^(phan)\s+(thu\s+\w+|[ivx]+|\d{1,2})\s*[.:]?(?=\s|$)\s*")
_CHAPTER = re.compile(r"^(chuong)\s+([ivxl]+|\d{1,2})\s*[.:]?(?=\s|$)\s*")
_SECTION = re.compile(r"^(muc)\s+([ivx]+|\d{1,2})\s*[.:](?=\s|$)\s*")
_ROMAN = re.compile(r"^([IVXHLl1T|]{1,5})(?:\s?[.,/:)-]{1,2}\s*(?=[A-ZĐÀ-Ỹ“\"])|\s+(?=[A-ZĐÀ-Ỹ]{2}))")
_NUMBER = re.compile(
    r"^(\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?[.)/:](?=\D)[-/]?|(?<=\d\.\d)(?:\s?[-–])?(?=\s)"
    r"|(?<=\d\.\d\d)(?:\s?[-–])?(?=\s))\s*(?=\S)"
)
_COMMA = re.compile(r"^(\d{1,2})\s?[,;-]\s*(?=[A-ZĐÀ-Ỹ])")
_LETTER = re.compile(r"^([a-zđ])\s?(?:[./](?!\w\.)|\))\s*(?=\S)")
_CAPITAL = re.compile(r"^([A-HĐ])\s?[./)]\s*(?=[A-ZÀ-ỸĐ]{2})")
_DASH = re.compile(r"^(?!__)[_.|]?\s?([-–—~•*·¬_■▪➢➤\uf000-\uf0ff])(?: ?[-_])?\s*(?=[^\W_]|[“\"(«])")
_PLUS = re.compile(r"^(\+)\s*(?=\S)")
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50}
_LOOKALIKES = str.maketrans({"H": "II", "l": "I", "1": "I", "|": "I", "T": "I"})
_MISREAD = {"c": "eo", "đ": "d", "e": "c", "g": "q", "h": "b", "b": "h", "i": "l"}


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its style, how it is printed, its place in its series, and how many characters it takes.

    A weak one may be no label at all, or another one misread.
    """

    style: Style
    printed: str
    ordinal: int
    length: int
    weak: bool = False


@dataclass(slots=True)
class Series:
    """The labels that are open at some point of a text: each style with the last ordinal, from the outside in."""

    open: list[tuple[Style, int]] = field(default_factory=list)

    def last(self, style: Style) -> int:
        """Return the last ordinal of an open style, 0 where it is not open."""
        return next((ordinal for open_style, ordinal in self.open if open_style == style), 0)

    def settle(self, label: Label | None) -> Label | None:
        """Return the label that a reading stands for at this point, None where it is none."""
        if label is None:
            return None
        if label.style == "roman":
            return self._settle_roman(label)
        if label.style == "letter":
            return self._settle_letter(label)
        if label.weak:
            return replace(label, weak=False) if label.ordinal == self.last(label.style) + 1 else None
        return label

    def enter(self, label: Label | None) -> int:
        """Open a label and return how deep it stands; 0 for none."""
        if label is None:
            return 0
        styles = [style for style, _ in self.open]
        if label.style in styles:
            del self.open[styles.index(label.style) :]
        else:
            while self.open and RANK[self.open[-1][0]] >= RANK[label.style]:
                self.open.pop()
        self.open.append((label.style, label.ordinal))
        return len(self.open)

    def _settle_roman(self, label: Label) -> Label | None:
        last = self.last("roman")
        if not label.weak and label.ordinal > last:
            return label
        near = Levenshtein.distance(label.printed, to_roman(last + 1)) <= 1
        if near:
            return replace(label, printed=to_roman(last + 1), ordinal=last + 1, weak=False)
        return None if label.weak else label

    def _settle_letter(self, label: Label) -> Label:
        last = self.last("letter")
        wanted = ALPHABET[last] if last < len(ALPHABET) else ""
        if label.printed == "l" and last != ALPHABET.index("k") + 1:
            return Label("number", "1", 1, label.length)
        out_of_place = label.ordinal <= last or label.ordinal > last + 2
        if last and out_of_place and label.printed in _MISREAD.get(wanted, ""):
            return replace(label, printed=wanted, ordinal=last + 1)
        return label


def read_label(text: str) -> Label | None:
    """Return the label with which a text begins, None if it begins with none."""
    junk = _JUNK.match(text)
    skip = junk.end() if junk else 0
    label = _read(text[skip:])
    return replace(label, length=label.length + skip) if label and skip else label


def _read(text: str) -> Label | None:
    folded = flat(text)
    return (
        _titled(text, folded, _ARTICLE, "article")
        or _titled(text, folded, _CHAPTER, "chapter")
        or _titled(text, folded, _PART, "part")
        or _titled(text, folded, _SECTION, "section")
        or _number(text)
        or _roman(text)
        or _letter(text)
        or _capital(text)
        or _bullet(text)
    )


def roman(text: str) -> int | None:
    """Return the value of a Roman numeral, with what OCR makes of one (HI for III, 1I for II); None if it is none."""
    repaired = text.translate(_LOOKALIKES)
    total = 0
    for char, after in zip(repaired, [*repaired[1:], ""], strict=False):
        value = _ROMANS.get(char, 0)
        total += -value if _ROMANS.get(after, 0) > value else value
    return total if total > 0 and to_roman(total) == repaired else None


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
    if style == "article" and number in {"l", "I", "i"}:
        number = "1"
    ordinal = int(re.sub(r"\D", "", number)) if number[:1].isdigit() else roman(number.upper()) or 0
    return Label(style, f"{words[style]} {number}", ordinal, match.end())


def _roman(text: str) -> Label | None:
    match = _ROMAN.match(text)
    if not match:
        return None
    value = roman(match[1])
    sure = value is not None and not set(match[1]) - set("IVX")
    dotted = match[0].rstrip()[-1:] in ".,/:)-"
    heading = re.match(r"[A-ZĐÀ-Ỹ]{2}", text[match.end() :]) is not None
    if (not heading and (not dotted or set(match[1]) <= set("l1|"))) or set(match[1]) <= set("TL"):
        return None
    if sure and value is not None and dotted:
        return Label("roman", to_roman(value), value, match.end())
    return Label("roman", match[1].translate(_LOOKALIKES), value or 0, match.end(), weak=True)


def _number(text: str) -> Label | None:
    match = _NUMBER.match(text)
    if match:
        parts = match[1].split(".")
        styles: tuple[Style, ...] = ("number", "second", "third", "third")
        return Label(styles[len(parts) - 1], match[1], int(parts[-1]), match.end())
    comma = _COMMA.match(text)
    return Label("number", comma[1], int(comma[1]), comma.end(), weak=True) if comma else None


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
