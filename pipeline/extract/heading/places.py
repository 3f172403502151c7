"""Names of places in the head, spelt as the gazetteer, the agency or the document itself spells them.

For readings by OCR only: a name in print stays as it is printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from pipeline.models import Models
from pipeline.text.match import Gazetteer
from pipeline.text.unicode import flat, same_tones

_LEVEL = re.compile(
    r"^(?:tinh|thanh pho|tp\.?|huyen|thi xa|quan|xa|phuong|thi tran)\s+(?=\S)",
)
_PROVINCE = re.compile(r"\b(?:tinh|thanh pho|tp\.?)\s+(?P<name>\S+(?:\s*-?\s*\S+){0,4})$")
_UNIT_WORDS = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "phuong": "phường", "quan": "quận", "so": "sở"}
_NEAR = 84


def settle_place(place: str, models: Models, agency: str, text: str) -> tuple[str, bool]:
    """Return a place as it is rightly spelt, and whether a province, its capital or the agency's name bears it out.

    A reading that differs from a known name in tones, bars or one letter (Qnảng Ngãi) takes the known
    spelling; one that differs only in where the tone is written (Hoà Bình) stays as printed.
    """
    before = _LEVEL.match(flat(place))
    prefix = place[: before.end()] if before else ""
    town = place[len(prefix) :]
    known = _near(town, models)
    if known:
        return prefix + known, True
    at = re.search(rf"(?:^|\b){re.escape(flat(town))}$", flat(agency))
    spelt = spelt_elsewhere(town, text)
    if spelt == town and at and same_tones(agency[at.start() :]).casefold() != same_tones(town).casefold():
        tail = agency[at.start() :]
        spelt = tail.title() if tail.isupper() else tail
    return prefix + spelt, at is not None


def settle_body(name: str, models: Models, text: str) -> str:
    """Return the name of a body with its unit words and its place rightly spelt: TĨNH ÁN GIANG is TỈNH AN GIANG."""
    words = name.split()
    for i, word in enumerate(words[:-1]):
        unit = _UNIT_WORDS.get(flat(word))
        if unit and same_tones(word).casefold() != unit and _is_unit(words, i):
            words[i] = unit.upper() if word.isupper() else unit.capitalize() if word[0].isupper() else unit
    name = " ".join(words)
    found = _PROVINCE.search(flat(name))
    known = _near(name[found.start("name") :], models) if found else None
    if found and known:
        return name[: found.start("name")] + (known.upper() if name.isupper() else known)
    tail = " ".join(words[-2:])
    return name[: len(name) - len(tail)] + spelt_elsewhere(tail, text)


def spelt_elsewhere(name: str, text: str) -> str:
    """Return a name as most of its mentions in the text spell it: `Đóng Khe` once, `Đồng Khê` five times.

    A spelling needs two mentions more than the reading has; case is kept.
    """
    found = Counter(
        same_tones(text[match.start() : match.end()]).casefold()
        for match in re.finditer(rf"(?<!\w){re.escape(flat(name))}(?!\w)", flat(text))
    )
    best, count = max(found.items(), key=lambda item: item[1], default=(name, 0))
    if count < found[same_tones(name).casefold()] + 2:
        return name
    return best.upper() if name.isupper() else best.title()


def _is_unit(words: list[str], i: int) -> bool:
    """Tell unit words from syllables of names: Hà Tĩnh, and số after anything."""
    return i == 0 or (flat(words[i]) != "so" and flat(words[i - 1]) != "ha")


def _near(town: str, models: Models) -> str | None:
    """Return the province or capital that a name means, spelt as read where only the place of a tone differs."""
    known = {flat(name): name for name in _towns(models.provinces)}
    hit = process.extractOne(flat(town), known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if hit is None or (hit[1] < 100 and all(same_tones(word.casefold()) in models.lexicon for word in town.split())):
        return None  # Sơn Lâm is no misread Sơn La: each of its syllables is one
    name = known[hit[0]]
    return town if same_tones(name).casefold() == same_tones(town).casefold() else name


def _towns(provinces: Gazetteer) -> Iterator[str]:
    for entry in provinces.entries:
        yield entry.name
        yield from (name for name in entry.more.get("capital", "").split("|") if name)
