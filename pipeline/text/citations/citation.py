"""One mention of a document, and what is said of it right behind its number or name: day, issuer, title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.citations.issuers import issuer_after
from pipeline.text.dates import find_dates
from pipeline.text.unicode import flat


@dataclass(frozen=True, slots=True)
class Details:
    """What follows a mention; `end` is where the issuer or the day ends, whichever is last."""

    end: int
    issued_on: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention at `text[start:end]`, from the document's type to its number or the end of its name."""

    start: int
    end: int
    type_name: str
    number: str | None
    notation: str | None
    details: Details

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the mention and `text[start:end]` share a character."""
        return self.start < end and start < self.end


_DAY_LEAD = re.compile(
    r"[\s,.;:'’`\-*]*(?:\(\s*)?(?:(?:duoc\s)?(?:ky|ban hanh|thong qua)\s(?:vao\s)?)?"
    r"(?:(?:hoi|luc)\s\d{1,2}\s?(?:gio|h|g)\s?(?:\d{1,2}\s?(?:phut)?)?,?\s+)?"
)
_TITLE = re.compile(
    r"[\s,]*(?P<title>(?:(?:[Vv]ề|[Vv]/v|[Qq]uy định|[Hh]ướng dẫn|[Bb]an hành|[Pp]hê duyệt)\b[^;]{3,300}|"
    r"[“\"][^”\"]{3,300}[”\"]))"
)
_SPECKS = re.compile(r"\s(?:[^\w\s&(),“”\-–—]|[ˆˇ˜]){1,2}(?=\s)|(?<=\s)['’`‘](?=\w)|^[^\w“]+")


def read_details(text: str, start: int, limit: int) -> Details:
    """Read day and issuer, in either order, and the title from `start` on, no further than `limit`."""
    issued_on, issuer, at = None, None, start
    for _ in range(2):
        if issued_on is None and (day := _day_after(text, at, limit)):
            issued_on, at = day
        elif issuer is None and (span := issuer_after(text[:limit], at)):
            issuer, at = clean(text[slice(*span)]), span[1]
    if issued_on is None and (day := _day_after(text, at, limit)):
        issued_on, at = day
    found = _TITLE.match(text, at, limit)
    return Details(at, issued_on, issuer, (found["title"].strip(" ,.-–") or None) if found else None)


def day_before(text: str) -> str | None:
    """Return the ISO day with which a text ends: `Ngày 05/01/2026, ` of `Ngày 05/01/2026, Sở Nội vụ có …`."""
    tail = text[-40:]
    found = find_dates(tail)
    ends = bool(found) and found[-1].precision == "day" and re.fullmatch(r"\s*,?\s*", tail[found[-1].end :])
    return found[-1].iso if ends else None


def clean(name: str) -> str:
    """Return a name without the specks that OCR reads between its words."""
    return _SPECKS.sub("", name).strip(" –—")


def _day_after(text: str, start: int, limit: int) -> tuple[str, int] | None:
    """Return the ISO day, month or year that stands right at `start`, and where it ends."""
    lead = _DAY_LEAD.match(flat(text[start : start + 40]))
    begin = start + (lead.end() if lead else 0)
    for found in find_dates(text[begin : min(limit, begin + 60)])[:1]:
        if found.start == 0 and found.precision in {"day", "month", "year"}:
            return found.iso, begin + found.end
    return None
