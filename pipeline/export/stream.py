"""The rows that an export holds, one after another, without what is restricted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from pipeline import store
from pipeline.store.rows import Row
from pipeline.store.schema import TABLES

_ABOUT_DISPATCHES = tuple(
    table for table, columns in TABLES.items() if any(column.name == "dispatch_id" for column in columns)
)

# A restricted dispatch has no rows of its own; what the ledger says of it stays out too.
_OPEN = {
    "sources": "state <> 'restricted'",
    "problems": "coalesce(dispatch_id, '') NOT IN (SELECT dispatch_id FROM sources WHERE state = 'restricted'"
    " AND dispatch_id IS NOT NULL)"
    " AND coalesce(source_path, '') NOT IN (SELECT source_path FROM sources WHERE state = 'restricted')",
    **store.VISIBLE,
}


def tables_of(wanted: Sequence[str] | None, *, some: bool) -> tuple[str, ...]:
    """Return the tables of an export, in their order; of a part of the catalogue only those about dispatches."""
    possible = _ABOUT_DISPATCHES if some else tuple(TABLES)
    return tuple(table for table in possible if wanted is None or table in wanted)


def rows(connection: sqlite3.Connection, table: str, ids: Sequence[str] | None) -> Iterator[Row]:
    """Yield a table's rows, of all dispatches or of those with the ids."""
    clauses = [_OPEN[table]] if table in _OPEN else []
    if ids is not None:
        clauses.append("dispatch_id IN (SELECT value FROM json_each(?))")
    parameters = () if ids is None else (json.dumps(list(ids)),)
    return store.read(connection, table, " AND ".join(clauses), parameters)
