"""What else in the document speaks for a reading of the notation: the printed type, the agency's name."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from pipeline.text.match import Entry
from pipeline.text.notation import Codes, segments
from pipeline.text.unicode import flat


def agree_on_type(notation: str, entry: Entry | None, codes: Codes) -> bool | None:
    """Tell whether the notation's type code fits the printed type; None where either is missing."""
    parts = segments(notation)
    if entry is None or not parts:
        return None
    found = {other.id for other in codes.types_of(notation)}
    return entry.id in found or parts[0] in _codes_of(entry) or parts[0].startswith(tuple(_codes_of(entry)))


def mend_type(notation: str, entry: Entry | None, codes: Codes) -> str:
    """Return a notation whose misread type code is replaced by the printed type's, one letter away."""
    parts = segments(notation)
    if entry is None or entry.id == "CV" or not parts or agree_on_type(notation, entry, codes):
        return notation
    far = 0 if codes.is_type(parts[0]) else 1  # HĐ may be HD misread, but KH is no misread CT
    near = [code for code in _codes_of(entry) if Levenshtein.distance(flat(code), flat(parts[0])) <= far]
    return notation.replace(parts[0], near[0], 1) if near else notation


def mend_agency(notation: str, agency: str | None) -> str:
    """Return a notation whose D and Đ follow the agency's name: TB-ĐHXYZ of a Trường Đại học."""
    if not agency:
        return notation
    return re.sub(r"[^-/&.,+]+", lambda code: _spelt(code[0], agency), notation)


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
    """Return the code spelt by the initials of words of the name, in their order; None if it is not made of them."""
    initials = [word[0].upper() for word in re.findall(r"\w+", agency)]
    spelt = []
    at = 0
    for letter in code:
        while at < len(initials) and flat(initials[at]) != flat(letter):
            at += 1
        if at == len(initials):
            return None
        spelt.append(initials[at] if flat(letter) == "d" else letter)
        at += 1
    return "".join(spelt) if len(code) >= 2 else None
