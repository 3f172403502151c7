"""What else in the document speaks for a reading of the notation: the printed type, the agency's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Document
from pipeline.models import Models
from pipeline.text.dates import find_dates
from pipeline.text.match import Entry
from pipeline.text.notation import Codes, find, segments
from pipeline.text.unicode import flat, same_tones

_JOINERS = frozenset({"va", "cua", "cac", "thuoc"})


def agree_on_type(notation: str, entry: Entry | None, codes: Codes) -> bool | None:
    """Tell whether the notation's type code fits the printed type; None where either is missing."""
    parts = segments(notation)
    if entry is None or not parts:
        return None
    found = {other.id for other in codes.types_of(notation)}
    return entry.id in found or parts[0] in _codes_of(entry) or parts[0].startswith(tuple(_codes_of(entry)))


def mend_type(notation: str, entry: Entry | None, codes: Codes) -> str:
    """Return a notation whose type code is misread, or has noise in front, with the printed type's code."""
    parts = segments(notation)
    if entry is None or entry.id == "CV" or not parts or agree_on_type(notation, entry, codes):
        return notation
    if len(parts) > 1 and parts[1] in _codes_of(entry) and not codes.is_known(parts[0]):
        return notation.split(parts[0], 1)[1].lstrip("-/")  # EX/BC-SYT: the end of a number read as letters
    ended = next((code for code in _codes_of(entry) if parts[0].endswith(code)), None)
    if ended:
        return notation.replace(parts[0], ended, 1)
    far = 0 if codes.is_type(parts[0]) else 1  # HĐ may be HD misread, but KH is no misread CT
    near = [code for code in _codes_of(entry) if Levenshtein.distance(flat(code), flat(parts[0])) <= far]
    return notation.replace(parts[0], near[0], 1) if near else notation


def add_type(notation: str, before: str, entry: Entry | None) -> str:
    """Return a notation with the printed type's code before a dash that lost it: `Số: 47 -ABC` of a Giấy mời.

    `before` is what stands before the notation on its line; the State parts number and notation by a stroke.
    """
    lost = before.rstrip().endswith(("-", "–")) and "/" not in before + notation
    known = _codes_of(entry) if entry and entry.id != "CV" else []
    return f"{known[0]}-{notation}" if lost and known and segments(notation)[0] not in known else notation


def mend_agency(notation: str, agency: str | None, codes: Codes) -> str:
    """Return a notation whose D and Đ follow the agency's name: TB-ĐHXYZ of a Trường Đại học."""
    if not agency:
        return notation
    return re.sub(r"[^-/&.,+]+", lambda code: code[0] if codes.is_known(code[0]) else _spelt(code[0], agency), notation)


def fits_agency(notation: str, agency: str | None) -> bool | None:
    """Tell whether some code of the notation is made of the agency's initials; None where one is missing."""
    if not agency:
        return None
    return any(_initials(code, agency) for code in segments(notation))


def _codes_of(entry: Entry) -> list[str]:
    return [code for code in entry.more.get("codes", "").split("|") if code]


def _spelt(code: str, agency: str) -> str:
    return _initials(code, agency) or code


def _initials(code: str, agency: str) -> str | None:
    """Return the code as the initials of words that follow each other in the name; None if it is not made of them."""
    words = [word for word in re.findall(r"\w+", agency) if flat(word) not in _JOINERS]
    initials = "".join(word[0].upper() for word in words)
    at = flat(initials).find(flat(code)) if len(code) >= 3 else -1
    if at < 0:
        return None
    return "".join(ours if flat(ours) == "d" else theirs for ours, theirs in zip(initials[at:], code, strict=False))


def all_known(text: str, models: Models) -> bool:
    """Tell whether every word is a Vietnamese syllable, a code or an abbreviation in capitals."""
    small = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isupper() or text.isupper()]
    return all(
        same_tones(word.casefold()) in models.lexicon
        or models.codes.is_known(word)
        or (word.isupper() and len(word) > 3)
        for word in small
    )


def likely_year(issued_on: str, doc: Document) -> str | None:
    """Return the day of issue in the year that the text speaks of, where one misread digit makes it impossible.

    A dispatch cites nothing of later days than its own: 2018 read as 2013 is told by what it cites of 2016.
    """
    latest = max((day for text in _texts(doc, ZoneKind.BODY) for day in _cited(text)), default="")
    years = {date.iso[:4] for text in _texts(doc, ZoneKind.BODY) for date in find_dates(text) if date.iso}
    others = {f"{year}{issued_on[4:]}" for year in years if _one_digit_off(year, issued_on[:4])}
    fits = sorted(day for day in others if day >= latest)
    return fits[0] if len(fits) == 1 and len(issued_on) == len("2018-02-10") and issued_on < latest else None


def _one_digit_off(year: str, read: str) -> bool:
    return sum(ours != theirs for ours, theirs in zip(year, read, strict=True)) == 1


def impossible(issued_on: str, doc: Document) -> bool:
    """Tell whether a day of issue lies after the digital signature's, or before that of a paper that is cited."""
    signed = [day.iso for zone in _texts(doc, ZoneKind.DIGITAL) for day in find_dates(zone) if day.precision == "day"]
    if signed and issued_on > max(signed):
        return True
    return any(issued_on < day for text in _texts(doc, ZoneKind.BODY) for day in _cited(text))


def _cited(text: str) -> Iterator[str]:
    """Yield the days that stand right behind a document's number."""
    for found in find(text):
        behind = find_dates(text[found.end : found.end + 40])
        if behind and behind[0].precision == "day" and behind[0].start <= 8:
            yield behind[0].iso


def _texts(doc: Document, kind: ZoneKind) -> Iterator[str]:
    for zone in doc.of(Zone):
        if zone.kind is kind and zone.span:
            yield doc.view(zone.span).text
