"""Documents that a text refers to: type, number, notation, date, issuer and title, from the words themselves.

A number with its notation is the anchor: the type stands before it, or is the one of the list that it
belongs to; date, issuer and title follow it. Laws, and a few other kinds, are also known by name.

    >>> from pipeline import models
    >>> known = models.load()
    >>> grammar = Grammar(known.codes, Names(known.laws))
    >>> cited = next(grammar.find("Căn cứ Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị;"))
    >>> cited.type_name, cited.number, cited.notation, cited.issued_on, cited.issuer
    ('Chỉ thị', '34', 'CT/TW', '2014-04-07', 'Bộ Chính trị')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.text import notation
from pipeline.text.dates import find_dates
from pipeline.text.issuers import issuer_after, issuer_before
from pipeline.text.named import Named, Names
from pipeline.text.notation import Codes, DocumentNumber
from pipeline.text.unicode import flat


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document: `text[start:end]` goes from its type to its number or the end of its name.

    `reach` is where the last of its details ends.
    """

    start: int
    end: int
    reach: int
    type_name: str | None = None
    number: str | None = None
    notation: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    title: str | None = None


def details(text: str, start: int, limit: int | None = None) -> tuple[str | None, str | None, str | None, int]:
    """Read date, issuer and title from `start`; returns them and where the last one ends."""
    limit = len(text) if limit is None else limit
    issued_on, issuer, title, at = None, None, None, start
    for _ in range(3):
        if issued_on is None and (date := date_after(text, at, limit)):
            issued_on, at = date
            continue
        span = None if issuer else issuer_after(text[:limit], at)
        if span is None:
            break
        issuer, at = clean(text[slice(*span)]), span[1]
    found = _TITLE.match(text, at, limit)
    if found:
        title = found["title"].strip(" ,.-–") or None
    return issued_on, issuer, title, at


def date_after(text: str, start: int, limit: int) -> tuple[str, int] | None:
    """Return the ISO date that stands right at `start`, and where it ends."""
    lead = _DATE_LEAD.match(flat(text[start : start + 40]))
    begin = start + (lead.end() if lead else 0)
    for found in find_dates(text[begin : min(limit, begin + 60)])[:1]:
        if found.start == 0 and found.precision in {"day", "month", "year"}:
            return found.iso, begin + found.end
    return None


_DATE_LEAD = re.compile(r"[\s,.;:'’`\-*]*(?:\(\s*)?(?:(?:duoc\s)?(?:ky|ban hanh|thong qua)\s(?:vao\s)?)?")
_TITLE = re.compile(
    r"[\s,]*(?P<title>(?:(?:[Vv]ề|[Vv]/v|[Qq]uy định|[Hh]ướng dẫn|[Bb]an hành|[Pp]hê duyệt)\b[^;]{3,300}|"
    r"[“\"][^”\"]{3,300}[”\"]))"
)
_SAYS_NUMBER = r"(?:\bs[o6]\b[\s:.,'’`*]*)"
_MORE = r"(?:\s[a-z]+(?:\s[a-z]+){0,2}?)?"
_LISTED = re.compile(rf"[\s,;&]*(?:va\s|va\sso\s)?{_SAYS_NUMBER}?\s*$")
_JOINED = re.compile(r"\s*(?:,|và|;|,\s*và)\s*(?:các\s)?")
_CUT_OFF = re.compile(r"(?<=QH)\s\d{1,2}(?!\d)|\s[A-ZĐ][A-ZĐa-z]{0,3}(?=,?\s(?:ngày|của)\b)")
_OF_ONE_CODE = re.compile(r"(?<![\w/.,-])(?P<number>\d{1,5}[a-zđ]?)\s?[/-]\s?(?P<notation>[A-ZĐ]{2,8}[a-z]?)(?![\w/-])")
_MISREAD_QH = re.compile(r"QH[Il|](?=\d)")
_EXTRA_TYPES = ("Văn bản", "Thông báo kết luận", "Quyết nghị", "Công hàm", "Giấy chứng nhận")


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
        numbers = self._numbers(text, mend=mend)
        named = tuple(self.names.find(text))
        found: list[Citation] = []
        for at, number in enumerate(numbers):
            limit = numbers[at + 1].start if at + 1 < len(numbers) else len(text)
            one = self._numbered(text, number, found[-1] if found else None, limit, named, mend=mend)
            if one:
                found.append(one)
        found = sorted((*_shared(text, found), *_bare(text, found)), key=lambda one: one.start)
        unnumbered = [
            _by_name(text, one) for one in named if not any(f.start < one.end and one.start < f.end for f in found)
        ]
        everything = sorted((*found, *unnumbered), key=lambda one: one.start)
        for at, one in enumerate(everything):
            if one.number or not _nested(text, everything[at - 1] if at else None, one):
                yield one

    def _numbers(self, text: str, *, mend: bool) -> list[DocumentNumber]:
        """Return the numbers of a passage, those of one code (`Chỉ thị 614/TTg`) only right behind a type."""
        found = [number for number in notation.find(text, self.codes if mend else None) if number.number]
        for match in _OF_ONE_CODE.finditer(text):
            behind = flat(text[max(0, match.start() - 40) : match.start()])
            if self._type_ends.search(behind) and not any(
                one.start < match.end() and match.start() < one.end for one in found
            ):
                found.append(DocumentNumber(match["number"], match["notation"], *match.span()))
        return sorted(found, key=lambda one: one.start)

    def _numbered(
        self,
        text: str,
        number: DocumentNumber,
        last: Citation | None,
        limit: int,
        named: tuple[Named, ...],
        *,
        mend: bool,
    ) -> Citation | None:
        """Put together the citation whose number was found, or None if nothing says that it is one."""
        head = _law_head(text, number, named) or self._head(text, number, last)
        if head is None:
            return None
        start, type_name, issuer_of_list = head
        more = _CUT_OFF.match(text, number.end)
        end = more.end() if more else number.end
        begin = end + (1 if text[end : end + 1] in '”"' else 0)
        issued_on, issuer, title, reach = details(text, begin, limit)
        if issuer is None:
            issuer = issuer_of_list
        if issuer is None and (before := issuer_before(text, start)):
            issuer = clean(text[slice(*before)])
            issued_on = issued_on or _date_before(text[: before[0]])
        return Citation(
            start=start,
            end=end,
            reach=reach,
            type_name=type_name,
            number=number.number,
            notation=_MISREAD_QH.sub("QH", number.notation or "") + _tail(more[0] if more else "", mend=mend) or None,
            issued_on=issued_on,
            issuer=issuer,
            title=title,
        )

    def _head(self, text: str, number: DocumentNumber, last: Citation | None) -> tuple[int, str, str | None] | None:
        """Return where a mention begins, its type, and the issuer that the head of a list gives."""
        left = max(last.end if last else 0, number.start - 140)
        plain = flat(text[left : number.start])
        for match in list(self._type.finditer(plain))[-1:]:
            rest = plain[match.end() :]
            owner = re.fullmatch(rf"\s(?:cua|do)\s(?P<issuer>[^:;]{{2,90}}):\s*{_SAYS_NUMBER}?", rest)
            if owner:
                issuer = text[left + match.end() + owner.start("issuer") : left + match.end() + owner.end("issuer")]
                return left + match.start("type"), self.type_of(match["type"]), issuer.strip()
            if re.fullmatch(rf"{_MORE}[\s:.,'’*]*{_SAYS_NUMBER}*", rest):
                return left + match.start("type"), self.type_of(match["type"]), None
        says = re.search(rf"{_SAYS_NUMBER}$", plain)
        begin = left + (says.start() if says else len(plain))
        listed = last and last.type_name and not re.search(r"[.:]\s", text[last.reach : number.start])
        if last and listed and (says or _LISTED.fullmatch(plain)):
            return begin, last.type_name or "", last.issuer
        types = self.codes.types_of(number.notation or "")
        return (begin, types[0].name, None) if says and types and types[0].id != "CV" else None

    def type_of(self, words: str) -> str:
        """Return the spelling of a type's name from its flat form."""
        return self._names[words.replace(" ", "")]

    @cached_property
    def _names(self) -> dict[str, str]:
        names = (name for entry in self.codes.types.entries for name in (entry.name, *entry.aliases))
        return {flat(name).replace(" ", ""): name for name in (*names, *_EXTRA_TYPES)}

    @cached_property
    def _type_ends(self) -> re.Pattern[str]:
        return re.compile(rf"{self._type.pattern}\s$")

    @cached_property
    def _type(self) -> re.Pattern[str]:
        spelled = (r"\s?".join(map(re.escape, flat(name).split())) for name in self._names.values())
        return re.compile(rf"(?<!\w)(?P<type>{'|'.join(sorted(spelled, key=len, reverse=True))})(?!\w)")


def _law_head(text: str, number: DocumentNumber, named: tuple[Named, ...]) -> tuple[int, str, str | None] | None:
    """A law's name may stand between its type and its number: `Luật Cán bộ, công chức số 80/2025/QH15`."""
    for one in named:
        if one.end <= number.start and re.fullmatch(
            rf"[\s,]*(?:\(sua doi[^)]*\)\s)?{_SAYS_NUMBER}", flat(text[one.end : number.start])
        ):
            return one.start, one.type_name, None
    return None


_BARE = re.compile(
    r"(?<!\w)(?P<type>Kết luận|Nghị quyết|Chỉ thị|Nghị định|Quyết định|Quy định|Thông tư|Đề án|Công văn)\s(?:số\s)?"
    r"(?P<number>\d{1,4})(?=[;.)”\"]|,?\s(?:và|của|ngày|về)\b|,\s[A-ZĐ])(?!,\s\d)"
)


def _bare(text: str, found: list[Citation]) -> Iterator[Citation]:
    """Yield documents named by type and number alone: `Kết luận 21`, `Chỉ thị 05 của Bộ Chính trị`."""
    for match in _BARE.finditer(text):
        if not any(one.start < match.end() and match.start() < one.reach for one in found):
            issued_on, issuer, title, reach = details(text, match.end())
            yield Citation(
                match.start(), match.end(), reach, match["type"], match["number"], None, issued_on, issuer, title
            )


def _by_name(text: str, named: Named) -> Citation:
    """Put together the citation of a document without a number."""
    issued_on, issuer, _, reach = details(text, named.end)
    year = re.match(r"\snăm (?:19|20)\d\d(?!\d)", text[named.end :])
    end = named.end + (year.end() if year else 0)
    return Citation(named.start, end, reach, named.type_name, issued_on=issued_on, issuer=issuer)


def _nested(text: str, before: Citation | None, one: Citation) -> bool:
    """Tell whether a document is named only inside the title of the one before it."""
    if before is None:
        return False
    between = re.sub(r"[“\"][^”\"]*[”\"]", "", text[before.reach : one.start])
    return ";" not in between and "." not in between and not re.fullmatch(r"[\s,]*(?:và\s)?", between)


def _shared(text: str, found: list[Citation]) -> list[Citation]:
    """Give what stands once for several: `A và B ngày … của …`, `X tại A và B`, `các kế hoạch của X: A; B`."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        one, following = result[i], result[i + 1]
        if one.issuer or not _JOINED.fullmatch(text[one.reach : following.start]):
            continue
        if one.issued_on is None:
            result[i] = replace(one, issued_on=following.issued_on, issuer=following.issuer)
        elif one.type_name == following.type_name:
            result[i] = replace(one, issuer=following.issuer)
    for i in range(1, len(result)):
        before, one = result[i - 1], result[i]
        between = text[before.reach : one.start]
        led = issuer_before(text, before.start) is not None
        if led and one.issuer is None and before.issuer and not re.search(r"[;.]", between) and between.endswith("và "):
            result[i] = replace(one, issuer=before.issuer)
    return result


def _tail(rest: str, *, mend: bool) -> str:
    """Return what a space has cut off from a notation: `QH 13`, or printed so, `LĐBC BTh`."""
    return rest.replace(" ", "") if mend or rest.strip().isdigit() else rest


def clean(name: str) -> str:
    """Return a name without the specks that OCR reads between its words."""
    return re.sub(r"\s(?:[^\w\s&(),“”\-–]|[ˆˇ˜]){1,2}(?=\s)|(?<=\s)['’`‘](?=\w)|^[^\w“]+", "", name).strip()


def _date_before(text: str) -> str | None:
    """Return the date of `Ngày 05/01/2026, Sở Nội vụ có Công văn số …`."""
    found = find_dates(text[-40:])
    if found and found[-1].precision == "day" and re.fullmatch(r"\s*,?\s*", text[-40:][found[-1].end :]):
        return found[-1].iso
    return None
