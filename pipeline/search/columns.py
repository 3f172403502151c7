"""The catalogue's filing columns as arrays, so that a hundred thousand hits are counted in a blink.

Everything is read from the live tables: a tag or correction counts from the moment it is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.search.days import issue_days
from pipeline.text.unicode import fold, same_tones

Mask: TypeAlias = "npt.NDArray[np.bool_]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

FACETS = ("type_name", "agency", "year", "movement", "tag", "review_state")


@dataclass(frozen=True, slots=True)
class Facet:
    """A count: so many of the hits have this value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of names as numbers: `rows[i]` has the name `names[codes[i]]`; a row may stand more than once."""

    rows: Ints
    codes: Ints
    names: tuple[str, ...]

    def counts(self, hits: Mask, limit: int) -> tuple[Facet, ...]:
        """Return the most frequent names among the hits."""
        found = np.bincount(self.codes[hits[self.rows]], minlength=len(self.names))
        order = sorted(np.flatnonzero(found), key=lambda code: (-found[code], self.names[code]))[:limit]
        return tuple(Facet(self.names[code], int(found[code])) for code in order)

    def having(self, size: int, wanted: Iterable[str], *, prefix: bool = False) -> Mask:
        """Return the rows that have one of the names, compared without case and diacritics."""
        keys = [fold(name) for name in wanted]
        codes = [
            code for code, name in enumerate(self.names)
            if any(fold(name).startswith(key) if prefix else fold(name) == key for key in keys)
        ]  # fmt: skip
        mask = np.zeros(size, dtype=bool)
        mask[self.rows[np.isin(self.codes, codes)]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Columns:
    """The filing columns of every indexed dispatch; arrays are indexed by its row in the search index."""

    size: int
    present: Mask
    first_day: Ints
    last_day: Ints
    facets: dict[str, Coded] = field(default_factory=dict)

    def issued(self, start: str, end: str) -> Mask:
        """Return the dispatches surely issued between two days: a month without a day lies whole inside, or not."""
        mask: Mask = (self.first_day >= number_of(start)) & (self.last_day <= number_of(end)) & (self.last_day > 0)
        return mask


def number_of(day: str) -> int:
    """Return an ISO day as a number that sorts: 2020-06-26 as 20200626."""
    return int(day.replace("-", ""))


def load(connection: sqlite3.Connection) -> Columns:
    """Read the filing columns."""
    rows = connection.execute(
        "SELECT s.id, d.issued_on, d.type_name, d.agency, d.review_state"
        # In this order of joining the index `dispatches_filing` alone is read.
        " FROM dispatches d CROSS JOIN search_rows s ON s.dispatch_id = d.dispatch_id"
    ).fetchall()
    ids, issued, types, agencies, states = zip(*rows, strict=True) if rows else ((),) * 5
    size = max(ids, default=0) + 1
    present = np.zeros(size, dtype=bool)
    present[list(ids)] = True
    first, last = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    days = {day: issue_days(day) for day in set(issued) if day}
    numbers = {day: (number_of(a), number_of(b)) for day, (a, b) in days.items() if a <= b}
    if rows:
        first[list(ids)], last[list(ids)] = np.array([numbers.get(day, (0, 0)) for day in issued]).T
    facets = {
        "type_name": _coded(ids, types),
        "agency": _coded(ids, agencies),
        "year": _coded(ids, [day[:4] if day else None for day in issued]),
        "movement": _named(connection, "SELECT s.id, movement_id, name FROM search_rows s JOIN movements"),
        "tag": _named(connection, "SELECT s.id, tag, tag FROM search_rows s JOIN tags"),
        "review_state": _coded(ids, states),
    }
    return Columns(size, present, first, last, facets)


def _named(connection: sqlite3.Connection, sql: str) -> Coded:
    """Return a column from rows of a dispatch, a key and a name."""
    rows = connection.execute(f"{sql} USING (dispatch_id)").fetchall()
    ids, keys, names = zip(*rows, strict=True) if rows else ((), (), ())
    return _coded(ids, keys, names)


def _coded(ids: Sequence[int], keys: Sequence[str | None], names: Sequence[str | None] = ()) -> Coded:
    """Number the names: one for each key, spelt as most rows spell it; a row and key count once."""
    spelt: dict[tuple[str | None, str | None], int] = {}
    raw = np.array([spelt.setdefault(pair, len(spelt)) for pair in zip(keys, names or keys, strict=True)], dtype=int)
    frequent = np.bincount(raw, minlength=len(spelt))
    shown: dict[str, tuple[int, str]] = {}
    code_of: dict[str, int] = {}
    codes = np.full(len(spelt), -1)
    for (key, name), number in spelt.items():
        if key and name:
            folded = same_tones(key).casefold()
            codes[number] = code_of.setdefault(folded, len(code_of))
            shown[folded] = min(shown.get(folded, (0, name)), (-int(frequent[number]), name))
    found = codes[raw]
    both = np.array(ids, dtype=np.int64)[found >= 0] * max(1, len(code_of)) + found[found >= 0]
    rows, column = np.divmod(np.unique(both), max(1, len(code_of)))
    return Coded(rows, column, tuple(shown[key][1] for key in code_of))
