"""Who speaks in a dispatch, from where and when: what resolving the names in it needs to know."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.annotations import Field
from pipeline.document import Document
from pipeline.text.names import slug
from pipeline.text.organizations import DISTRICTS_ENDED, Level, Organizations, Seat

_DAY = len("2020-01-01")
_BODY = r"(?:UBND|HĐND|(?:Ủy|Uỷ) ban nhân dân|Hội đồng nhân dân)"
_NAME = r"(?P<name>[A-ZĐÀ-Ỹ]\w*(?:\s[A-ZĐÀ-Ỹ]\w*){0,3})"
_OF_PROVINCE = re.compile(rf"\b(?:{_BODY}\s+(?:tỉnh|thành phố)|Tỉnh (?:ủy|uỷ))\s+{_NAME}")
_OF_DISTRICT = re.compile(rf"\b(?:{_BODY}\s+huyện|Huyện (?:ủy|uỷ))\s+{_NAME}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """The seat of the issuing agency, and the day of the dispatch where it is known to the day."""

    seat: Seat
    day: str | None

    def resolve(self, name: str, directory: Organizations) -> str | None:
        """Return the id of the body that a name means in this dispatch."""
        return directory.resolve(name, province=self.seat.province, district=self.seat.district, day=self.day)


def best_fields(doc: Document) -> dict[str, Field]:
    """Return the surest claim for each field of the dispatch; empty where none was read."""
    best: dict[str, Field] = {}
    for field in doc.of(Field):
        if field.name not in best or field.confidence > best[field.name].confidence:
            best[field.name] = field
    return best


def speaker(doc: Document, directory: Organizations) -> Speaker:
    """Return who speaks, as far as the fields read so far tell."""
    values = {name: field.value for name, field in best_fields(doc).items()}
    issued = values.get("issued_on")
    day = issued if issued and len(issued) == _DAY else None
    lines = (values.get("agency"), values.get("parent_agency"))
    seat = directory.seat(lines, place=values.get("place"), day=day)
    return Speaker(_completed(seat, doc, directory.lowest(lines), directory, day), day)


def _completed(seat: Seat, doc: Document, level: Level | None, directory: Organizations, day: str | None) -> Seat:
    """Return the seat of a body below the province with what its text tells: the one province that it writes of."""
    if level not in {"district", "commune"}:
        return seat
    if seat.province is None:
        named = {match["name"] for match in _OF_PROVINCE.finditer(doc.text)}
        found = {known for name in named if (known := directory.known_province_id(name, day=day))}
        seat = replace(seat, province=next(iter(found))) if len(found) == 1 else seat
    if seat.district is None and level == "commune" and (day is None or day < DISTRICTS_ENDED):
        districts = {slug(f"huyện {match['name']}") for match in _OF_DISTRICT.finditer(doc.text)}
        seat = replace(seat, district=next(iter(districts))) if len(districts) == 1 else seat
    return seat
