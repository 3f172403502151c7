"""What a made dispatch says: the same columns as the tables of the catalogue, known because it was made.

`gold` writes the shape that `congvan evaluate` reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

Form = Literal["state", "party", "union", "youth"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Date:
    """A date or period as written, with the ISO days that enclose it."""

    text: str
    start: str
    end: str
    role: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A document referred to; `text` is the mention up to its number."""

    text: str
    type_name: str
    number: str | None
    notation: str | None
    issued_on: str | None
    issuer: str | None
    relation: str = "basis"


@dataclass(frozen=True, slots=True)
class Movement:
    """A named movement, campaign or programme."""

    name: str
    kind: str
    launched: bool = False

    @property
    def optional(self) -> bool:
        """Programmes are always optional."""
        return self.kind == "programme"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One name under Nơi nhận."""

    name: str
    purpose: str | None = None
    archive: bool = False


@dataclass(frozen=True, slots=True)
class Directive:
    """One task, with the path of its labels."""

    label: str | None
    text: str
    assignees: tuple[str, ...] = ()
    deadline: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and everything that they claim."""

    text: str
    dates: tuple[Date, ...] = ()
    references: tuple[Reference, ...] = ()
    movements: tuple[Movement, ...] = ()
    assignees: tuple[str, ...] = ()
    deadline: str | None = None


def join(*parts: Piece | str) -> Piece:
    """Return pieces and bare words as one piece; the earliest deadline holds."""
    pieces = [Piece(part) if isinstance(part, str) else part for part in parts]
    return Piece(
        "".join(piece.text for piece in pieces),
        tuple(date for piece in pieces for date in piece.dates),
        tuple(reference for piece in pieces for reference in piece.references),
        tuple(movement for piece in pieces for movement in piece.movements),
        tuple(name for piece in pieces for name in piece.assignees),
        min((piece.deadline for piece in pieces if piece.deadline), default=None),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of the body: its printed label, its words, and how it is set."""

    piece: Piece
    label: str = ""
    style: Literal["plain", "section", "heading", "item", "article", "ground", "order"] = "plain"


@dataclass(frozen=True, slots=True)
class Arrival:
    """The arrival stamp of whoever received it."""

    number: str
    day: str  # ISO


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A made dispatch: what is printed, and what is true of it."""

    slug: str
    form: Form
    parent_agency: str | None
    agency_lines: tuple[str, ...]
    number: str
    notation: str
    place: str
    issued_on: str
    type_name: str
    title: str | None  # the printed type, None for a công văn
    subject_prefix: str
    subject: str
    addressees: tuple[str, ...]
    body: tuple[Item, ...]
    directives: tuple[Directive, ...]
    recipients: tuple[Recipient, ...]
    brace: tuple[int, int] | None  # rows of the recipients that one brace covers
    authorities: tuple[str, ...]
    position: str
    signer: str
    urgency: str | None = None
    arrival: Arrival | None = None
    handwritten: bool = False
    appendix: tuple[tuple[str, ...], ...] = ()
    subject_pieces: Piece = field(default=Piece(""))

    @property
    def agency(self) -> str:
        """The issuing agency on one line."""
        return " ".join(self.agency_lines)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything that claims something, in reading order."""
        return (self.subject_pieces, *(item.piece for item in self.body))

    @property
    def dates(self) -> tuple[Date, ...]:
        """Each date or period once, by start, end and role; the issue date first."""
        issued = Date(written_day(self.issued_on), self.issued_on, self.issued_on, "issued")
        found = (issued, *(date for piece in self.pieces for date in piece.dates))
        return tuple({(date.start, date.end, date.role): date for date in reversed(found)}.values())[::-1]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Each document referred to once."""
        return _once(reference for piece in self.pieces for reference in piece.references)

    @property
    def movements(self) -> tuple[Movement, ...]:
        """Each movement once; the launched claim outranks a mere mention."""
        found = [movement for piece in self.pieces for movement in piece.movements]
        launched = {movement.name for movement in found if movement.launched}
        return _once(m for m in found if m.launched or m.name not in launched)

    @property
    def fields(self) -> dict[str, str | None]:
        """The columns of `dispatches` that the page itself says."""
        return {
            "parent_agency": self.parent_agency,
            "agency": self.agency,
            "number": self.number,
            "notation": self.notation,
            "place": self.place,
            "issued_on": self.issued_on,
            "type_name": self.type_name,
            "subject": self.subject,
            "urgency": self.urgency,
            "secrecy": None,
            "signing_authority": "; ".join(self.authorities) or None,
            "signer_position": self.position,
            "signer_name": self.signer,
        }

    def gold(self, *, file: str, origin: str, pages: int) -> dict[str, Any]:
        """Return the gold annotation of the dispatch as JSON values."""
        return {
            "file": file,
            "origin": origin,
            "pages": pages,
            "dispatch": self.fields,
            "addressees": list(self.addressees),
            "recipients": [{"name": r.name, "purpose": r.purpose, "archive": r.archive} for r in self.recipients],
            "movements": [
                {"name": m.name, "kind": m.kind, "launched": m.launched, "optional": m.optional} for m in self.movements
            ],
            "dates": [{"text": d.text, "start": d.start, "end": d.end, "role": d.role} for d in self.dates],
            "references": [
                {
                    "text": r.text,
                    "type_name": r.type_name,
                    "number": r.number,
                    "notation": r.notation,
                    "issued_on": r.issued_on,
                    "issuer": r.issuer,
                }
                for r in self.references
            ],
            "directives": [
                {
                    "label": d.label,
                    "text": d.text,
                    "assignees": list(d.assignees),
                    "deadline": d.deadline,
                    "optional": d.optional,
                }
                for d in self.directives
            ],
            "notes": "made by benchmarks.samples",
        }


def written_day(iso: str) -> str:
    """Return an ISO day as the head of a dispatch writes it: a zero before days, and before months 1 and 2."""
    year, month, day = iso.split("-")
    return f"ngày {day} tháng {month if int(month) < 3 else int(month)} năm {year}"


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
