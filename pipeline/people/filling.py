"""One field of many records at once: a preview with before and after, then one change that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.people import Author, ChangeError, corrections

MOST = 1_000
"""Records that one change may fill: each is indexed anew, which takes about four milliseconds."""

SHOWN = 200
"""How many records a preview spells out; the count is always whole."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A field of one record before and after."""

    dispatch_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A change of one field: its id (None for a preview), how many records it changes, and the first of them."""

    change_id: str | None
    rows: int
    changes: tuple[ValueChange, ...]


def preview(connection: sqlite3.Connection, ids: Iterable[str], name: str, value: str | None) -> Filled:
    """Return what giving a field a value would change on these records, changing nothing; raises ChangeError."""
    changes = _changes(connection, ids, name, value)
    return Filled(None, len(changes), changes[:SHOWN])


def apply(
    connection: sqlite3.Connection,
    ids: Iterable[str],
    name: str,
    value: str | None,
    by: Author,
    *,
    query: str | None = None,
) -> Filled:
    """Give a field of these records a value, as one change; nothing is logged where nothing changes."""
    changes = _changes(connection, ids, name, value)
    if not changes:
        return Filled(None, 0, ())
    chosen = [change.dispatch_id for change in changes]
    change_id = corrections.fill(connection, chosen, name, changes[0].after, by, query=query)
    return Filled(change_id, len(changes), changes[:SHOWN])


def _changes(
    connection: sqlite3.Connection, ids: Iterable[str], name: str, value: str | None
) -> tuple[ValueChange, ...]:
    after = corrections.field_value(name, value)
    found: list[ValueChange] = []
    for dispatch_id in sorted(set(ids)):
        row = connection.execute(
            f'SELECT "{name}" FROM dispatches WHERE dispatch_id = ? AND "{name}" IS NOT ?', (dispatch_id, after)
        ).fetchone()
        if row:
            found.append(ValueChange(dispatch_id, row[0], after))
        if len(found) > MOST:
            raise ChangeError(
                f"more than {MOST} records would change: narrow the query",
                f"hơn {MOST} văn bản sẽ thay đổi: hãy thu hẹp câu tìm",
            )
    return tuple(found)
