"""Who speaks in a dispatch, from where and when: what resolving the names in it needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annotations import Field
from pipeline.document import Document
from pipeline.text.organizations import Organizations, Seat

_DAY = len("2020-01-01")


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
    return Speaker(directory.seat(lines, place=values.get("place"), day=day), day)
