"""The grammar of citations: a number with its notation is the anchor, or else a name.

The type stands before the number, or is the one of the list that the number belongs to; day, issuer
and title follow it. Laws, and a few other kinds, are also known by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.text import notation
from pipeline.text.citations.citation import Citation, clean, day_before, read_details
from pipeline.text.citations.issuers import issuer_before
from pipeline.text.citations.named import Named, Names
from pipeline.text.citations.sharing import share
from pipeline.text.notation import Codes, DocumentNumber
from pipeline.text.unicode import flat

_SAYS_NUMBER = r"(?:\bs[o6]\b[\s:.,'’`*]*)"
_UP_TO_NUMBER = re.compile(rf"(?:\s[a-z]+(?:\s[a-z]+){{0,2}}?)?[\s:.,'’*]*{_SAYS_NUMBER}*")
_OWNER = re.compile(rf"\s(?:cua|do)\s(?P<issuer>[^:;]{{2,90}}):\s*{_SAYS_NUMBER}?")
_LISTED = re.compile(rf"[\s,;&]*(?:va\s|va\sso\s)?{_SAYS_NUMBER}?\s*$")
_NEW_SENTENCE = re.compile(r"\.\s(?![a-z])|:\s")
_BEHIND_NAME = re.compile(rf"[\s,]*(?:\(sua doi[^)]*\)\s)?{_SAYS_NUMBER}")
_BEFORE_NUMBER = 140  # characters in which type and list are looked for

_OF_ONE_CODE = re.compile(r"(?<![\w/.,-])(?P<number>\d{1,5}[a-zđ]?)\s?[/-]\s?(?P<notation>[A-ZĐ]{2,8}[a-z]?)(?![\w/-])")
_CUT_OFF = re.compile(r"(?<=QH)\s\d{1,2}(?!\d)|\s[A-ZĐ][A-ZĐa-z]{0,3}(?=,?\s(?:ngày|của)\b)")
_MISREAD_QH = re.compile(r"QH[Il|](?=\d)")
_BARE = re.compile(
    r"(?<!\w)(?P<type>Kết luận|Nghị quyết|Chỉ thị|Nghị định|Quyết định|Quy định|Thông tư|Đề án|Công văn)\s(?:số\s)?"
    r"(?P<number>\d{1,4})(?=[;.)”\"]|,?\s(?:và|của|ngày|về)\b|,\s[A-ZĐ])(?!,\s\d)"
)
_MORE_TYPES = ("Văn bản", "Thông báo kết luận", "Quyết nghị", "Công hàm", "Giấy chứng nhận")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a mention begins, its type, and the issuer that the head of its list gives."""

    start: int
    type_name: str
    issuer: str | None = None


@dataclass(frozen=True)
class Grammar:
    """What citations are built from: types, the codes of notations, and the names of laws."""

    codes: Codes
    names: Names

    def find(self, text: str, *, mend: bool = False) -> Iterator[Citation]:
        """Yield the documents that a passage refers to, in order.

        Args:
            text: One passage, in NFC, on one line.
            mend: Whether to mend OCR's slips in notations.
        """
        named = tuple(self.names.find(text))
        found = share(text, self._numbered(text, named, mend=mend), self.codes)
        found += _bare(text, found)
        found += [_by_name(text, one) for one in named if not any(f.overlaps(one.start, one.end) for f in found)]
        last: Citation | None = None
        for one in sorted(found, key=lambda one: one.start):
            if one.number or last is None or not _nested(text, last, one):
                yield one
            last = one

    def _numbered(self, text: str, named: tuple[Named, ...], *, mend: bool) -> list[Citation]:
        """Return the citations with a notation; a number that nothing calls a document is passed over."""
        numbers = self._numbers(text, mend=mend)
        limits = [*(number.start for number in numbers[1:]), len(text)]
        cited: list[Citation] = []
        for number, limit in zip(numbers, limits, strict=False):
            head = _behind_name(text, number, named) or self._head(text, number, cited)
            if head:
                cited.append(_cite(text, head, number, limit, mend=mend))
        return cited

    def _numbers(self, text: str, *, mend: bool) -> list[DocumentNumber]:
        """Return the numbers of a passage, those of one code (`Chỉ thị 614/TTg`) only right behind a type."""
        found = [number for number in notation.find(text, self.codes if mend else None) if number.number]
        for match in _OF_ONE_CODE.finditer(text):
            behind = self._type_at_end.search(flat(text[max(0, match.start() - 40) : match.start()]))
            if behind and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(DocumentNumber(match["number"], match["notation"], *match.span()))
        return sorted(found, key=lambda one: one.start)

    def _head(self, text: str, number: DocumentNumber, before: Sequence[Citation]) -> _Head | None:
        """Return the head of a mention: its own type, the type of its list, or the one its notation tells."""
        last = before[-1] if before else None
        left = max(last.end if last else 0, number.start - _BEFORE_NUMBER)
        plain = flat(text[left : number.start])
        for match in list(self._type.finditer(plain))[-1:]:
            start, name = left + match.start(), self._names[match["type"].replace(" ", "")]
            owner = _OWNER.fullmatch(plain, match.end())
            if owner:
                return _Head(start, name, text[left + owner.start("issuer") : left + owner.end("issuer")].strip())
            if _UP_TO_NUMBER.fullmatch(plain, match.end()):
                return _Head(start, name)
        says = re.search(rf"{_SAYS_NUMBER}$", plain)
        begin = left + (says.start() if says else len(plain))
        types = self.codes.types_of(number.notation or "")
        told = types[0].name if says and types and types[0].id != "CV" else None
        if last and (says or _LISTED.fullmatch(plain)) and not _new_sentence(text, last, number):
            listed = (one for one in reversed(before) if not _new_sentence(text, one, number))
            alike = next((one for one in listed if one.type_name in self._types(number.notation)), None)
            if alike or told is None or last.type_name not in self._types(last.notation):
                return _Head(begin, (alike or last).type_name, (alike or last).details.issuer)
        return _Head(begin, told) if told else None

    def _types(self, notation: str | None) -> frozenset[str]:
        """Return the names of the types that a notation can stand for.

        They tell a list from what its documents cite: `Công văn số 1/BTC-ĐT về Nghị định số …; số 2/BTC-ĐT`.
        """
        return frozenset(entry.name for entry in self.codes.types_of(notation or ""))

    @cached_property
    def _names(self) -> dict[str, str]:
        """The spelling of each type by its flat form without spaces."""
        names = (name for entry in self.codes.types.entries for name in (entry.name, *entry.aliases))
        return {flat(name).replace(" ", ""): name for name in (*names, *_MORE_TYPES)}

    @cached_property
    def _type(self) -> re.Pattern[str]:
        spelled = (r"\s?".join(map(re.escape, flat(name).split())) for name in self._names.values())
        return re.compile(rf"(?<!\w)(?P<type>{'|'.join(sorted(spelled, key=len, reverse=True))})(?!\w)")

    @cached_property
    def _type_at_end(self) -> re.Pattern[str]:
        return re.compile(rf"{self._type.pattern}\s$")


def _new_sentence(text: str, one: Citation, number: DocumentNumber) -> bool:
    """Tell whether a sentence ends between a citation and a number; a speck before a small letter ends none."""
    return _NEW_SENTENCE.search(text, one.details.end, number.start) is not None


def _behind_name(text: str, number: DocumentNumber, named: Iterable[Named]) -> _Head | None:
    """A law's name stands between its type and its number: `Luật Cán bộ, công chức số 80/2025/QH15`."""
    for one in named:
        if one.end <= number.start and _BEHIND_NAME.fullmatch(flat(text[one.end : number.start])):
            return _Head(one.start, one.type_name)
    return None


def _cite(text: str, head: _Head, number: DocumentNumber, limit: int, *, mend: bool) -> Citation:
    """Put together the citation of a number."""
    more = _CUT_OFF.match(text, number.end)
    end = more.end() if more else number.end
    details = read_details(text, end + (text[end : end + 1] in {"”", '"'}), limit)
    if details.issuer is None and head.issuer:
        details = replace(details, issuer=head.issuer)
    elif details.issuer is None and (before := issuer_before(text, head.start)):
        day = details.issued_on or day_before(text[: before[0]])
        name = clean(text[slice(*before)])
        details = replace(details, issuer=name[:1].upper() + name[1:], issued_on=day)
    codes = _MISREAD_QH.sub("QH", number.notation or "") + _tail(more[0] if more else "", mend=mend)
    return Citation(head.start, end, head.type_name, number.number, codes or None, details)


def _tail(rest: str, *, mend: bool) -> str:
    """Return what a space has cut off from a notation: `QH 13`, or printed so, `LĐBC BTh`."""
    return rest.replace(" ", "") if mend or rest.strip().isdigit() else rest


def _bare(text: str, found: Iterable[Citation]) -> list[Citation]:
    """Return documents named by type and number alone: `Kết luận 21`, `Chỉ thị 05 của Bộ Chính trị`."""
    taken = [(one.start, one.details.end) for one in found]
    return [
        Citation(*match.span(), match["type"], match["number"], None, read_details(text, match.end(), len(text)))
        for match in _BARE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]


def _by_name(text: str, named: Named) -> Citation:
    """Put together the citation of a document without a number; the year belongs to a law's name."""
    year = re.compile(r"\snăm (?:19|20)\d\d(?!\d)").match(text, named.end)
    details = replace(read_details(text, named.end, len(text)), title=None)
    return Citation(named.start, year.end() if year else named.end, named.type_name, None, None, details)


def _nested(text: str, before: Citation, one: Citation) -> bool:
    """Tell whether a document is named only inside the title of the one before it."""
    between = re.sub(r"[“\"][^”\"]*[”\"]", "", text[before.details.end : one.start])
    return ";" not in between and "." not in between and not re.fullmatch(r"[\s,]*(?:và\s)?", between)
