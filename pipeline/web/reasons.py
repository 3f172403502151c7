"""Why a record needs a person: the catalogue's `review_reason` read into parts, here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its kind (`missing`, `unsure`, `problem`, …) and what it is about, such as a field's name."""

    kind: str
    about: str


def reasons_of(text: str | None) -> tuple[Reason, ...]:
    """Return the reasons of a record, in the order in which they were found.

    >>> reasons_of("missing:number; unsure:signer_name")
    (Reason(kind='missing', about='number'), Reason(kind='unsure', about='signer_name'))
    """
    parts = [part.strip().partition(":") for part in (text or "").split(";") if part.strip()]
    return tuple(Reason(kind.strip(), about.strip()) for kind, _, about in parts)
