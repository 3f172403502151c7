"""Document numbers and notations: the grammar of `Số: 123/QĐ-UBND`, in running text and in a noisy head.

A number is the part before the first stroke; the notation, the rest, is built from codes: perhaps a
year, a code of the type (`QĐ`, `TTr`), codes of the agency and the unit (`UBND`, `VP`). The State
writes `123/QĐ-UBND` and `12/2020/TT-BNV`, the Party `34-CT/TW`; a công văn has no type code.

    >>> [(n.number, n.notation) for n in find("theo Chỉ thị 34-CT/TW và Thông tư số 12/2020/TT-BNV ngày 01/11")]
    [('34', 'CT/TW'), ('12', '2020/TT-BNV')]
    >>> head("Số: 4# /KH - LĐLĐ").notation
    'KH-LĐLĐ'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.text.match import Entry, Gazetteer
from pipeline.text.unicode import fold

_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("⁄∕", "/") | {"Ð": "Đ", "ð": "đ", "Ƣ": "Ư", "¡": "1"}
)
_UPPER = "A-ZĐƯÔƠÂĂÊ"
_PART = rf"[{_UPPER}][A-ZĐƯÔƠÂĂÊa-zđư0-9]{{0,19}}"
_CODE = rf"{_PART}(?:[&.,+]{_PART})*"
_CODES = rf"{_CODE}(?:\s?[-/]\s?{_CODE})*(?!\w)"
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"\d{1,6}[a-eđ]?"
_SAYS_NUMBER = r"(?i:\bs[ốôồổỗóòo])\s?[:.]?\s?"
_BLANK = r"[.…_\s]{0,40}"

_STATE = re.compile(rf"(?<![\w/.,-])(?P<number>{_NUMBER})\s?/\s?(?P<notation>(?:{_YEAR}\s?/\s?)?{_CODES})")
_PARTY = re.compile(rf"(?<![\w/.,-])(?P<number>{_NUMBER})\s?-\s?(?P<notation>{_CODE}\s?/\s?{_CODES})")
_LOOSE = re.compile(
    rf"{_SAYS_NUMBER}(?P<number>{_NUMBER})(?:\s?-\s?(?P<notation>{_CODES})|\s(?P<spaced>{_CODE}/{_CODES}))"
)
_UNFILLED = re.compile(rf"{_SAYS_NUMBER}{_BLANK}(?P<number>)/\s?(?P<notation>(?:{_YEAR}\s?/\s?)?{_CODES})")
_ANNOUNCED = re.compile(rf"(?:{_SAYS_NUMBER}|{_CODES}\s?(?:,|;|và)\s?(?i:{_SAYS_NUMBER})?)$")

_HEAD_TAIL = re.compile(
    rf"(?P<notation>(?:{_YEAR}\s?/\s?)?{_CODE}(?:\s?[-/.]\s?{_CODE})*)[\W_]*(?:\s\S{{1,2}}[\W_]*)?$"
)
_HEAD_LABEL = re.compile(
    r"^\W*(?:S\s?[ốôồổỗóòoõöĐ6éẻ]?|[S5]ố)\s?[:.;]\s?|^\W*(?:s[ốôồổỗ]|S[ốôồổỗóòo])\s?", re.IGNORECASE
)
_TAIL_START = re.compile(rf"(?<![{_UPPER}a-zđư])(?=[{_UPPER}])|(?<=/)(?={_YEAR}\s?/)|(?<=/\s)(?={_YEAR}\s?/)")
_CLOSED = re.compile(r"\s*([-/])\s*")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number and a notation, with their places in the text that was searched (half-open)."""

    number: str | None
    notation: str | None
    start: int
    end: int
    number_at: tuple[int, int] | None = None
    notation_at: tuple[int, int] | None = None


def find(text: str, codes: Codes | None = None) -> Iterator[DocumentNumber]:
    """Yield the document numbers in running text, in order; a blank before the stroke gives number None.

    With `codes` the notations are mended (`QD-UBND` becomes `QĐ-UBND`): give them for OCR's text only.
    """
    plain = text.translate(_ALIKE)
    taken = 0
    matches = (match for pattern in (_STATE, _PARTY, _LOOSE, _UNFILLED) for match in pattern.finditer(plain))
    for match in sorted(matches, key=lambda m: (m.end("number"), m.start())):
        begin, end = match.span("notation") if match["notation"] else match.span("spaced")
        if begin < taken or not _plausible(match, plain, plain[begin:end], codes):
            continue
        taken = end
        yield DocumentNumber(
            number=match["number"] or None,
            notation=_value(plain[begin:end], codes),
            start=match.start("number") if match["number"] else begin - 1,
            end=end,
            number_at=match.span("number") if match["number"] else None,
            notation_at=(begin, end),
        )


def head(text: str, codes: Codes | None = None) -> DocumentNumber:
    """Read the line `Số: …` of a dispatch's own head, where handwriting may leave noise for the number.

    The notation is read from the end of the line; the number is None unless it is plain digits.
    """
    plain = text.translate(_ALIKE).rstrip()
    label = _HEAD_LABEL.match(plain)
    begin = label.end() if label else 0
    tail = _tail(plain, begin, codes)
    middle = tail.start("notation") if tail else len(plain)
    value = _value(tail["notation"], codes) if tail else None
    if value and codes and plain[middle - 1 : middle] not in "-/ " and not codes.is_known(segments(value)[0]):
        value, middle = (value[1:], middle + 1) if codes.is_type(segments(value[1:])[0]) else (value, middle)
    number = re.fullmatch(rf"[\s.…_]*(?P<number>{_NUMBER})[\s.…_]*[-/]?\s?", plain[begin:middle])
    at = (begin + number.start("number"), begin + number.end("number")) if number else None
    return DocumentNumber(
        number=number["number"] if number else None,
        notation=value,
        start=begin,
        end=tail.end("notation") if tail else len(plain),
        number_at=at,
        notation_at=(middle, tail.end("notation")) if tail else None,
    )


def segments(notation: str) -> tuple[str, ...]:
    """Return the codes of a notation without its year: `2020/TT-BNV` gives `TT`, `BNV`."""
    return tuple(code for code in re.split(r"[-/]", notation) if code and not re.fullmatch(_YEAR, code))


def year(notation: str) -> int | None:
    """Return the year that a notation itself holds."""
    found = re.match(rf"({_YEAR})/", notation)
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Codes:
    """What notations are built from: codes of document types, and of agencies and units."""

    types: Gazetteer
    agencies: Gazetteer

    def mend(self, notation: str) -> str:
        """Return a notation with OCR's slips in known codes mended; what is not known stays."""
        plain = notation.translate(_ALIKE)
        first = len(plain) - len(re.sub(rf"^{_YEAR}/", "", plain))

        def mend(part: re.Match[str]) -> str:
            short = len(part[0]) <= 2  # DL may be Du lịch and CD many things, but QD in front is QĐ
            return part[0] if short and part.start() != first else self._mend(part[0])

        return re.sub(r"[^-/&.,+]+", mend, plain)

    def is_type(self, code: str) -> bool:
        """Tell whether a code names a document type."""
        return code in self._by_type_code

    def is_known(self, code: str) -> bool:
        """Tell whether a code names a document type, an agency or a unit."""
        return code in self._known

    def types_of(self, notation: str) -> tuple[Entry, ...]:
        """Return the types that a notation can stand for; Công văn where it has no type code."""
        parts = segments(notation)
        if not parts:
            return ()
        found = self._by_type_code.get(parts[0]) or self._by_type_code.get(self._mend(parts[0]))
        letter = self.types.get("CV")
        return tuple(found or ([letter] if letter else []))

    def _mend(self, code: str) -> str:
        if code in self._known or re.fullmatch(_YEAR, code):
            return code
        key = _skeleton(code)
        keys = (key, re.sub(r"d{2,}", "d", key), re.sub(r"pd+", "d", key))  # QĐĐ, QPĐ: the bar read as a letter
        for found in map(self._by_skeleton.get, keys):
            if found and len(found) == 1:
                return next(iter(found))
        return code

    @cached_property
    def _by_type_code(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = {}
        for entry in self.types.entries:
            for code in entry.more.get("codes", "").split("|"):
                if code:
                    index.setdefault(code, []).append(entry)
        return index

    @cached_property
    def _known(self) -> frozenset[str]:
        agencies = (part for entry in self.agencies.entries for part in re.split(r"[&.,]", entry.id))
        return frozenset(self._by_type_code) | frozenset(agencies)

    @cached_property
    def _by_skeleton(self) -> dict[str, set[str]]:
        index: dict[str, set[str]] = {}
        for code in self._known:
            index.setdefault(_skeleton(code), set()).add(code)
        return index


def _plausible(match: re.Match[str], text: str, notation: str, codes: Codes | None) -> bool:
    parts = segments(_CLOSED.sub(r"\1", notation))
    if not parts or not all(_is_code(part, last=i == len(parts) - 1) for i, part in enumerate(parts)):
        return False
    announced = _ANNOUNCED.search(text, max(0, match.start("number") - 60), match.start("number"))
    if announced or len(parts) > 1 or re.match(_YEAR, notation):
        return True
    return codes.is_type(codes.mend(parts[0])) if codes else parts[0] in _BARE_TYPES


_BARE_TYPES = frozenset({"QĐ", "KH", "NQ", "CT", "TB", "BC", "TTr", "HD", "CTr", "CV", "NĐ", "TT", "KL", "GM", "QC"})


def _is_code(part: str, *, last: bool) -> bool:
    """Tell codes from words: mostly capitals, never three small letters in a row, one letter only before others."""
    capitals = sum(char.isupper() or char.isdigit() for char in part)
    mostly = capitals * 2 > len(part) or (capitals > 1 and capitals * 2 == len(part))
    return mostly and not re.search(r"[a-zđư]{3}", part) and (len(part) > 1 or not last)


def _tail(plain: str, begin: int, codes: Codes | None) -> re.Match[str] | None:
    """Return the longest run of codes that ends the line; with `codes`, noise in front is left out."""
    found: list[re.Match[str]] = []
    for match in _tails(plain, begin):
        parts = segments(_CLOSED.sub(r"\1", match["notation"]))
        if parts and all(_is_code(part, last=i == len(parts) - 1) for i, part in enumerate(parts)):
            if codes is None or codes.is_known(parts[0]) or not (len(parts[0]) == 1 or re.search(r"\d", parts[0])):
                return match  # E5/QĐ-SYT: the end of a number that was read as letters is no code
            found.append(match)
    return found[0] if found else None


def _tails(plain: str, begin: int) -> Iterator[re.Match[str]]:
    for start in _TAIL_START.finditer(plain):
        if start.start() < begin:
            continue
        match = _HEAD_TAIL.match(plain, start.start())
        if match:
            yield match


def _value(notation: str, codes: Codes | None) -> str:
    closed = _CLOSED.sub(r"\1", " ".join(notation.split()))
    return codes.mend(closed) if codes else closed


def _skeleton(code: str) -> str:
    """Fold what OCR confuses: bars and marks, case, O and 0, I and l and 1."""
    return fold(code).translate(str.maketrans("0l1|!", "oiiii"))
