"""The catalogue's filing columns as arrays, so that a hundred thousand hits are counted in a blink.

Everything is read from the live tables: a tag or correction counts from the moment it is written.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
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
        " FROM search_rows s JOIN dispatches d ON d.dispatch_id = s.dispatch_id"
    ).fetchall()
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    size = int(ids.max()) + 1 if len(ids) else 1
    present = np.zeros(size, dtype=bool)
    present[ids] = True
    first, last = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    days = {issued: issue_days(issued) for issued in {row[1] for row in rows} if issued}
    numbers = {issued: (number_of(a), number_of(b)) for issued, (a, b) in days.items() if a <= b}
    for row in rows:
        first[row[0]], last[row[0]] = numbers.get(row[1], (0, 0))
    by_movement = "SELECT s.id, m.movement_id, m.name FROM search_rows s JOIN movements m USING (dispatch_id)"
    by_tag = "SELECT s.id, t.tag, t.tag FROM search_rows s JOIN tags t USING (dispatch_id)"
    return Columns(
        size,
        present,
        first,
        last,
        {
            "type_name": _coded((row[0], row[2], row[2]) for row in rows),
            "agency": _coded((row[0], row[3], row[3]) for row in rows),
            "year": _coded((row[0], row[1][:4], row[1][:4]) for row in rows if row[1]),
            "movement": _coded(set(map(tuple, connection.execute(by_movement)))),
            "tag": _coded(map(tuple, connection.execute(by_tag))),
            "review_state": _coded((row[0], row[4], row[4]) for row in rows),
        },
    )


def _coded(rows: Iterable[tuple[int, str | None, str | None]]) -> Coded:
    """Number the names: one for each key, spelt as most rows spell it; a row and key count once."""
    spellings: dict[str, Counter[str]] = {}
    keys: dict[str, str] = {}
    pairs: list[tuple[int, str]] = []
    for row, raw_key, name in rows:
        if not raw_key or not name:
            continue
        key = keys.get(raw_key) or keys.setdefault(raw_key, same_tones(raw_key).casefold())
        spellings.setdefault(key, Counter())[name] += 1
        pairs.append((row, key))
    order = {key: code for code, key in enumerate(spellings)}
    unique = sorted({(row, order[key]) for row, key in pairs})
    both = np.array(unique, dtype=np.int64).reshape(-1, 2)
    names = tuple(min(found.items(), key=lambda item: (-item[1], item[0]))[0] for found in spellings.values())
    return Coded(both[:, 0], both[:, 1], names)
