"""The name of the type and the subject (trích yếu)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.heading.agency import begins
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.unicode import flat

_ABOUT = re.compile(r"^\W*(?:v\s?[/\\il|]\s?[vwuy]{0,2}|vv|[/\\]v|ve viec)(?!\w)\W*")
_OF_WHOM = re.compile(r"^cua\b")
_ISSUER_END = re.compile(r"\b(?:ve viec|v/v|ve)\b")
_LONGEST_NAME = 7
_BEGINS_ABOUT = re.compile(r"(?:^|\s)\(?(?:V[ềêẻ] việc|V/v)\s")


@dataclass(frozen=True, slots=True)
class Title:
    """The type as printed and its entry (None where no list knows it), and what follows it on its lines."""

    printed: str
    entry: Entry | None
    rest: str
    sure: bool


def read_title(text: str, types: Gazetteer) -> Title | None:
    """Read the lines of the title, `KẾ HOẠCH` or `KẾ HOẠCH TRIỂN KHAI THỰC TẬP`; None if there is none."""
    words = text.split()
    while words and sum(char.isalpha() for char in words[0]) < 2:
        words.pop(0)
    for at_least in (1.0, 0.86):
        for count in range(min(len(words), _LONGEST_NAME), 0, -1):
            printed = " ".join(words[:count]).strip(" :.,-_*'|")
            entry = types.find(printed) if at_least == 1.0 else _near(types, printed, at_least)
            if entry:
                return Title(_as_printed(printed, entry), entry, " ".join(words[count:]), at_least == 1.0)
    if words and len(words) <= _LONGEST_NAME and text.upper() == text and not begins(" ".join(words)):
        return Title(" ".join(words).capitalize(), None, "", False)
    return None


def _near(types: Gazetteer, printed: str, at_least: float) -> Entry | None:
    return types.near(printed, at_least=at_least) if len(printed) >= 7 else None


def _as_printed(printed: str, entry: Entry) -> str:
    """Return the name or alias that stands there, rightly spelt, in sentence case."""
    wanted = flat(printed)
    names = (entry.name, *entry.aliases)
    return next((name for name in names if flat(name) == wanted), entry.name)


def without_issuer(rest: str) -> str:
    """Drop the issuer after the type: `CỦA BỘ TRƯỞNG BỘ …`, up to a `về việc` if one follows."""
    if not _OF_WHOM.match(flat(rest)):
        return rest
    about = _ISSUER_END.search(flat(rest))
    return rest[about.start() :] if about else ""


def subject(parts: Sequence[str]) -> str:
    """Join the lines of the subject, without `V/v` or `Về việc`, ornaments and brackets around the whole."""
    text = _from_about(" ".join(" ".join(parts).split()))
    text = _without_specks(text)
    text = re.sub(r"(?:\s[-_–—.*=~]+)+$|[_=~]{2,}$|\s?\./\.?$", "", text).strip()
    if text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")") == 1:
        text = text[1:-1].strip()
    about = _ABOUT.match(flat(text))
    return (text[about.end() :] if about else text).lstrip("'`|_-.,:; ")


def _without_specks(text: str) -> str:
    """Return a subject without the strokes that OCR reads beside a dash, and without a quote that nothing closes."""
    text = re.sub(r"(?<=\s)[~^`|_]+(?=[-–]\s)", "", text)
    return text.replace('"', "") if text.count('"') == 1 and not re.search(r"[“”]", text) else text


def _from_about(text: str) -> str:
    """Drop what stands before a capital `Về việc`: a stamp's words, the rest of the issuer's name."""
    begin = _BEGINS_ABOUT.search(text, 1)
    return text[begin.start() :].lstrip() if begin else text


def without_enacting(text: str, issuers: Sequence[str]) -> str:
    """Drop the issuer's name in capitals that begins the recitals, where it runs on after the subject."""
    for name in issuers:
        if name.isupper() and text.endswith(f" {name}") and len(text) > 3 * len(name):
            return text.removesuffix(name).rstrip()
    return text
