"""The line `place, ngày … tháng … năm …`, as noisy as handwriting leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.text.dates import find_dates
from pipeline.text.match import Gazetteer
from pipeline.text.strips import bare
from pipeline.text.unicode import flat, same_tones

_DAY_WORD = re.compile(r"\bng[àaáảãạ]?\s?y", re.IGNORECASE)
_GAP = re.compile(r"ng\w{0,2}y(?P<day>.{0,14}?)\bthang(?P<month>.{0,8}?)\bnam\s?(?P<year>.{0,8})")
_TOWN = re.compile(r"^(?:tinh|thanh pho|tp\.?|huyen|thi xa|xa|phuong|thi tran)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and day of issue with their ranges in the line; None for what is not there or cannot be read."""

    place: str | None
    place_at: tuple[int, int] | None
    issued_on: str | None
    date_at: tuple[int, int] | None


def read_date_line(text: str, *, handwritten: bool) -> DateLine:
    """Read place and day of issue.

    A day left blank gives a month or a year. On a scan (`handwritten`) a gap that is not clean is
    taken for handwriting that could not be read, and then there is no day of issue at all.
    """
    word = _DAY_WORD.search(text)
    begin = word.start() if word else len(text)
    found = next((f for f in find_dates(text[begin:]) if f.precision in {"day", "month", "year"}), None)
    place_end = len(text[:begin].rstrip(" ,;.:-_"))
    place = bare(text[:place_end])
    start = text.find(place) if place else -1
    issued_on = found.iso if found and _trusted(text[begin:], found.precision, handwritten) else None
    return DateLine(
        place=place or None,
        place_at=(start, start + len(place)) if place and start >= 0 else None,
        issued_on=issued_on,
        date_at=(begin + found.start, begin + found.end) if found and issued_on else None,
    )


def _trusted(text: str, precision: str, handwritten: bool) -> bool:
    """Tell a blank from what could not be read where the date has no day or no month."""
    if precision == "day":
        return True
    gap = _GAP.search(flat(text))
    blank = gap is not None and not re.search(r"\w", gap["day"] + (gap["month"] if precision == "year" else ""))
    return blank and not handwritten


def settle_place(place: str, provinces: Gazetteer, agency: str) -> tuple[str, bool]:
    """Return the place as provinces, capitals or the agency's name spell it, and whether one of them knows it.

    A reading that differs from a known name in tones, bars or one letter (Qnảng Ngãi) takes the known
    spelling; one that differs only in where the tone is written (Hoà Bình) stays as printed.
    """
    before = _TOWN.match(flat(place))
    prefix = place[: before.end()] if before else ""
    town = place[len(prefix) :]
    known = {flat(name): name for name in _towns(provinces)}
    tail = re.search(r"(?:^|\b)" + re.escape(flat(town)) + r"$", flat(agency))
    if tail and flat(town) not in known:
        spelt = agency[tail.start() :]
        known[flat(town)] = spelt.title() if spelt.isupper() else spelt
    hit = process.extractOne(flat(town), known.keys(), scorer=fuzz.ratio, score_cutoff=86)
    if hit is None:
        return place, False
    name = known[hit[0]]
    return (place if same_tones(name).casefold() == same_tones(town).casefold() else prefix + name), True


def _towns(provinces: Gazetteer) -> Iterator[str]:
    for entry in provinces.entries:
        yield from (entry.name, *entry.aliases)
        yield from (name for name in entry.more.get("capital", "").split("|") if name)
