"""Which body a name means: ministries by era, and the bodies that every province, district and commune has.

A central body has one id (`bo-tai-chinh`). A local body's id is put together from the kind of body
and its place: `ubnd.lai-chau`, `phong-y-te.lai-chau.huyen-sin-ho`. A name that could mean several
bodies, or a group of them (`các sở, ban, ngành`), has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz, process

from pipeline.text.match import Entry, Gazetteer
from pipeline.text.names import alike, compact, key_words, slug
from pipeline.text.unicode import fold, nfc

Level = Literal["province", "district", "commune"]

DISTRICTS_ENDED = "2025-07-01"  # from this day communes stand directly under their province
_NEAR = 93.0
_HEAD = 3  # letters at the beginning that must agree: a Sở is no Bộ, however long the rest
_NEAR_FROM = 10  # letters; shorter names differ by a letter from names of other bodies

_LEVELS: Mapping[str, Level] = {
    "tỉnh": "province",
    "thành phố": "district",
    "tp": "district",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "tx": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_LEVEL_WORDS = {fold(word): word for word in _LEVELS}
_LEVEL = re.compile(r"\b(tinh|thanh pho|tp|huyen|quan|thi xa|tx|xa|phuong|thi tran|dac khu)\b\.?")
_COMMITTEE = re.compile(r"\b(huyen|quan|thi|thanh) (?:uy|doan)(?=\s+\w)")
_COMMITTEE_OF = {"huyen": "huyện", "quan": "quận", "thi": "thị xã", "thanh": "thành phố"}
"""Huyện ủy Đá Mài: the level stands inside the body's name, the place behind it."""
_SHORT = {
    "TW": "Trung ương", "TƯ": "Trung ương", "TU": "Tỉnh ủy", "HU": "Huyện ủy", "VN": "Việt Nam", "VP": "Văn phòng",
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "ĐBQH": "đại biểu Quốc hội", "BCH": "Ban Chấp hành",
    "MTTQ": "Mặt trận Tổ quốc", "MTTQVN": "Mặt trận Tổ quốc Việt Nam", "UBKT": "Ủy ban Kiểm tra",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "TĐKT": "Thi đua khen thưởng",
    "LĐLĐ": "Liên đoàn Lao động", "LHPN": "Liên hiệp Phụ nữ", "CCB": "Cựu chiến binh", "BHXH": "Bảo hiểm xã hội",
    "TAND": "Tòa án nhân dân", "VKSND": "Viện kiểm sát nhân dân", "THADS": "Thi hành án dân sự",
    "PTNT": "Phát triển nông thôn",
}  # fmt: skip
"""Abbreviations that stand for the same words in every name; those of one body alone are its aliases."""

_WORD = re.compile(r"\w+")
_TAIL = re.compile(r"\s*\([^()]*\)\s*$|[\s.,;:/*\"“”]+$")
_SHORT_FORM = re.compile(r"\s*\([A-ZĐƯ&.]{2,10}\)(?=\s)")
"""The short form beside a name: `Hội Liên hiệp Phụ nữ (LHPN) tỉnh`."""
_OF_MINISTRY = re.compile(r"(?<=\w)\s*[-–,]?\s+(?:thuộc\s+)?Bộ\s+[A-ZĐ].*$")
"""Behind the name of a department: `Cục … - Bộ …`."""
_GROUP = re.compile(r"(?:cac|nhung|nhu|toan the|moi)\b|.*\b(?:cac|nhung)\s+(?:tinh|huyen|xa|quan|don vi|co quan|so)\b")
_OFFICE = re.compile(r"([A-ZĐ]{2,}\w*)\s*:")
"""An office by its initials before those of it who are meant: `VPUB: CVP, PCVP`."""
_LEADER = re.compile(
    r"(?:(?:ban thuong truc|ban thuong vu|btt|btv)\.?\s+|(?:d/c |dong chi |ban |cac )?(?:pho )?(?:chu tich|ct|pct"
    r"|lanh dao|giam doc|gd|pgd|bgd|thu truong|bi thu|bo truong|thu tuong|chanh an|vien truong|tong giam doc"
    r"|hieu truong)(?:,\s*(?=(?:cac )?p)|\s+(?:va\s+)?))+"
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the body that speaks has its seat: the id of its province, and its district (`huyen-sin-ho`)."""

    province: str | None = None
    district: str | None = None


@dataclass(frozen=True)
class Organizations:
    """The directory of bodies: a gazetteer with the columns `parent` and `level`, the provinces, the places in them.

    `places` (column `province`) holds the districts before July 2025 and the communes since.
    """

    gazetteer: Gazetteer
    provinces: Gazetteer
    places: Gazetteer = field(default_factory=lambda: Gazetteer(()))

    def resolve(
        self, name: str, *, province: str | None = None, district: str | None = None, day: str | None = None
    ) -> str | None:
        """Return the id of the body that `name` means in a document of that province and day, or None.

        `province` is a name or an id, `district` an id as in `Seat`. Where several bodies of
        different times bore one name, the one of that day is meant.
        """
        seat = Seat(self.province_id(province, day=day) if province else None, district)
        text = _clean(name)
        while text and not _GROUP.match(fold(text)):
            found = self._central(text, day) or self._local(text, seat, day)
            if found is None and text.startswith(("Cục ", "Vụ ", "Tổng cục ")):
                found = self._central(_OF_MINISTRY.sub("", text), day)
            if found:
                return found
            leader = _LEADER.match(fold(text))
            if not leader:
                office = _OFFICE.match(text)
                return self.resolve(office[1], province=province, district=district, day=day) if office else None
            text = text[leader.end() :]
        return None

    def seat(self, lines: Iterable[str | None], *, place: str | None = None, day: str | None = None) -> Seat:
        """Return the seat of the body named in `lines` (the agency first, then the bodies above it).

        `place` is the place of the date line; it tells the province where the lines do not.
        """
        named = [part for line in lines if line for part in _places(fold(line), line)]
        districts = [_local_part(word, name) for word, name in named if name and self._level(word, name) == "district"]
        provinces = [name for word, name in named if name and self._level(word, name) == "province"]
        if place:
            provinces.append(re.sub(r"^(?:tp\.?|thành phố|tỉnh)\s+", "", place, flags=re.IGNORECASE))
        known = [entry.id for name in provinces if (entry := self._known_province(name, day))]
        first = slug(provinces[0]) if provinces and (not place or len(provinces) > 1) else None
        province = known[0] if known else first or self._province_holding(named, day)
        return Seat(province, districts[0] if districts else None)

    def lowest(self, lines: Iterable[str | None]) -> Level | None:
        """Return the level of the lowest place that the lines name; None where they name none."""
        named = [part for line in lines if line for part in _places(fold(line), line)]
        levels = {self._level(word, name) for word, name in named if name}
        return next((level for level in ("commune", "district", "province") if level in levels), None)

    def _province_holding(self, named: Iterable[tuple[str, str]], day: str | None) -> str | None:
        """Return the province of the first district or commune that only one province has."""
        for word, name in named:
            level = self._level(word, name)
            if not name or level == "province" or (level == "commune" and (day is None or day < DISTRICTS_ENDED)):
                continue
            entry = self.places.find(f"{word} {name}", day=day)
            held = {entry.more["province"]} if entry else self._held_by.get(slug(name), frozenset())
            if len(held) == 1 and (entry or level == "district"):
                return next(iter(held))
        return None

    @cached_property
    def _held_by(self) -> Mapping[str, frozenset[str]]:
        """The provinces that have a district of some name, whatever its rank: many a town was a rural one once."""
        held: dict[str, frozenset[str]] = {}
        for row in self.places.entries:
            if row.more["level"] == "district":
                key = slug(_LEVEL.sub("", fold(row.name), count=1))
                held[key] = held.get(key, frozenset()) | {row.more["province"]}
        return held

    def province_id(self, name: str, *, day: str | None = None) -> str:
        """Return the id of a province from its name or id; one that the gazetteer lacks is known by its slug."""
        entry = self.provinces.get(name) or self._known_province(name, day)
        return entry.id if entry else slug(name)

    def known_province_id(self, name: str, *, day: str | None = None) -> str | None:
        """Return the id of a province that the gazetteer knows, None for any other name."""
        entry = self._known_province(name, day)
        return entry.id if entry else None

    def _known_province(self, name: str, day: str | None) -> Entry | None:
        """Return the province of that name; a letter may be misread, but Bắc Ka is not Bắc Kạn."""
        exact = self.provinces.find(name, day=day)
        if exact:
            return exact
        key = key_words(name)
        near = {row.id: row for form, row in self._province_forms if row.valid_on(day) and alike(key, form)}
        return next(iter(near.values())) if len(near) == 1 else None

    def parent(self, id: str) -> str | None:
        """Return the id of the body above: a district's committee stands under its province's, and so on."""
        kind, *place = id.split(".")
        row = self.gazetteer.get(kind)
        if row is None:
            return None
        if len(place) > 1 and "+" in row.more.get("level", ""):
            return ".".join([kind, *place[:-1]])
        above = self.gazetteer.get(row.more.get("parent", ""))
        if above is None:
            return None
        return above.id if above.more.get("level") == "central" else ".".join([above.id, *place])

    def _central(self, text: str, day: str | None) -> str | None:
        row = _one(_near(self._central_names, _key(text)), day)
        return row.id if row else None

    def _local(self, text: str, seat: Seat, day: str | None) -> str | None:
        for head, places in self._readings(text):
            rows = _near(self._local_names, _key(head))
            if not rows:
                continue
            for level, place in self._located(text, rows, places, seat, day):
                row = _one([row for row in rows if level in row.more["level"].split("+")], day)
                if row:
                    return f"{row.id}.{place}"
        return None

    def _readings(self, text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield the ways to split a name into a body and its places; a place is (level word, name)."""
        yield text, []
        folded = fold(text)
        for match in _LEVEL.finditer(folded):
            if match.start():
                yield text[: match.start()], _places(folded[match.start() :], text[match.start() :])
        for match in _COMMITTEE.finditer(folded):
            yield text[: match.end()], [(_COMMITTEE_OF[match.group(1)], text[match.end() :].strip())]
        pieces = text.split()
        for i in range(len(pieces) - 1, 0, -1):
            if slug(" ".join(pieces[i:])) in self._province_names:
                yield " ".join(pieces[:i]), [("tỉnh", " ".join(pieces[i:]))]

    def _located(
        self, text: str, rows: list[Entry], places: list[tuple[str, str]], seat: Seat, day: str | None
    ) -> Iterator[tuple[Level, str]]:
        """Yield the level and the place id that a body's places mean, seen from the seat of the speaker."""
        if not places:
            lead = _LEVEL.match(fold(text))  # Tỉnh đoàn, Huyện đoàn
            levels = {level for row in rows for level in row.more["level"].split("+")}
            if lead:
                levels &= {_LEVELS[_LEVEL_WORDS[lead.group(1)]]}
            if levels == {"province"} and seat.province:
                yield "province", seat.province
            elif levels == {"district"} and seat.province and seat.district:
                yield "district", f"{seat.province}.{seat.district}"
            return
        if not all(name[:1].isupper() or name[:1].isdigit() or (not name and len(places) == 1) for _, name in places):
            return  # huyện, thị xã; tỉnh và các đoàn thể: a group
        level, (word, name) = self._level(*places[0]), places[0]
        named = {self._level(*place): place for place in places}
        province = self._province(named.get("province"), seat, day)
        if province is None:
            return
        if level == "province":
            part = self._province_part(word, name, province)
        elif level == "district":
            part = self._district_part(word, name, province, seat)
        else:
            part = self._commune_part(word, name, province, named.get("district"), seat, day)
        if part:
            yield level, part

    def _province(self, place: tuple[str, str] | None, seat: Seat, day: str | None) -> str | None:
        return self.province_id(place[1], day=day) if place and place[1] else seat.province

    def _province_part(self, word: str, name: str, province: str) -> str | None:
        return province if name or word == "tỉnh" or province in self._cities else None

    def _district_part(self, word: str, name: str, province: str, seat: Seat) -> str | None:
        if name:
            return f"{province}.{_local_part(word, name)}"
        return f"{province}.{seat.district}" if seat.district and word != "thành phố" else None

    def _commune_part(
        self, word: str, name: str, province: str, named: tuple[str, str] | None, seat: Seat, day: str | None
    ) -> str | None:
        if not name:
            return None
        if day is not None and day >= DISTRICTS_ENDED:
            return f"{province}.{_local_part(word, name)}"
        district = _local_part(*named) if named else seat.district
        return f"{province}.{district}.{_local_part(word, name)}" if district else None

    def _level(self, word: str, name: str) -> Level:
        level = _LEVELS[word]
        return "province" if word in ("thành phố", "tp") and slug(name) in self._cities else level

    @cached_property
    def _province_forms(self) -> tuple[tuple[tuple[str, ...], Entry], ...]:
        return tuple((key_words(name), row) for row in self.provinces.entries for name in (row.name, *row.aliases))

    @cached_property
    def _province_names(self) -> frozenset[str]:
        return frozenset(slug(name) for row in self.provinces.entries for name in (row.name, *row.aliases))

    @cached_property
    def _cities(self) -> frozenset[str]:
        """The names and ids of the cities that are provinces."""
        rows = [row for row in self.provinces.entries if row.more.get("kind") == "thành phố"]
        return frozenset(slug(name) for row in rows for name in (row.id, row.name, *row.aliases))

    @cached_property
    def _central_names(self) -> dict[str, list[Entry]]:
        return _names(entry for entry in self.gazetteer.entries if entry.more.get("level") == "central")

    @cached_property
    def _local_names(self) -> dict[str, list[Entry]]:
        return _names(entry for entry in self.gazetteer.entries if entry.more.get("level") != "central")


def _clean(name: str) -> str:
    text, before = _SHORT_FORM.sub("", nfc(name)).strip(' -–*•"“”'), None
    while text != before:
        before, text = text, _TAIL.sub("", text)
    return text


def _places(folded: str, text: str) -> list[tuple[str, str]]:
    """Return the places in a phrase: `xã A, huyện B, tỉnh C` gives three, each level word with its name."""
    found = [match for match in _LEVEL.finditer(folded) if _as_printed(match, text)]
    places = []
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        name = re.split(r"[,;()]", text[match.end() : end])[0]
        word = _LEVEL_WORDS[match.group(1)]
        first, _, rest = fold(name).strip().partition(" ")
        if word == "xã" and first == "hoi":  # bảo hiểm xã hội
            continue
        if first in ("uy", "doan"):  # Tỉnh ủy, Huyện đoàn
            if not rest:
                continue
            name = " ".join(name.split()[1:])
        places.append((word, name.strip(" -–.")))
    return places


def _as_printed(match: re.Match[str], text: str) -> bool:
    """Tell quận (a district) from quân (troops, as in quân sự) and quan (as in cơ quan)."""
    return match.group(1) != "quan" or nfc(text[match.start() : match.start() + 4]).casefold() == "quận"


def _local_part(word: str, name: str) -> str:
    full = {"tp": "thành phố", "tx": "thị xã"}.get(word, word)
    return f"{slug(full)}-{slug(name)}"


def _key(name: str) -> str:
    """Return what is compared of a name: its letters, with the common abbreviations written out."""
    return compact(_WORD.sub(lambda word: _SHORT.get(word.group(), word.group()), nfc(name)))


def _names(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    names: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in {_key(name) for name in (entry.name, *entry.aliases)}:
            names.setdefault(key, []).append(entry)
    return names


def _near(names: Mapping[str, list[Entry]], key: str) -> list[Entry]:
    if key in names or len(key) < _NEAR_FROM:
        return names.get(key, [])
    alike = [name for name in names if name[:_HEAD] == key[:_HEAD]]
    hit = process.extractOne(key, alike, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return names[hit[0]] if hit else []


def _one(rows: list[Entry], day: str | None) -> Entry | None:
    """Return the only row, or the only one in force on that day."""
    if len(rows) > 1 and day is not None:
        rows = [row for row in rows if row.valid_on(day)]
    return rows[0] if len(rows) == 1 else None
