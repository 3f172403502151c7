"""Why a record needs a person: the catalogue's `review_reason` read into parts, here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its kind (`missing`, `unsure`, `problem`, …), what it is about, such as a field's name, and words."""

    kind: str
    about: str
    vi: str = ""
    en: str = ""


def reasons_of(text: str | None, vi: str | None = None, en: str | None = None) -> tuple[Reason, ...]:
    """Return the reasons of a record, in the order in which they were found.

    >>> reasons_of("missing:number; unsure:signer_name")
    (Reason(kind='missing', about='number', vi='', en=''), Reason(kind='unsure', about='signer_name', vi='', en=''))
    """
    columns = ((column or "").split("; ") for column in (text, vi, en))
    found = [(code.partition(":"), *said) for code, *said in zip_longest(*columns, fillvalue="")]
    return tuple(
        Reason(kind, about, str(said_vi), str(said_en)) for (kind, _, about), said_vi, said_en in found if kind
    )
