"""The log of changes as a page shows it: who did what to which records, and what may be undone.

Of a dispatch that the tables do not hold, since it bears a secrecy stamp or its file is gone, nothing is told.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

PER_PAGE = 100
_SHOWN = 6  # parts of a change that the log spells out


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a change did: to which record (by its number) and column, what stood there, what stands now."""

    dispatch_id: str | None
    number: str
    table: str
    column: str
    action: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A change in the log, with the first of its parts."""

    change_id: str
    at: str
    actor: str
    kind: str
    rows: int
    query: str | None
    reason: str | None
    undoes: str | None
    undone: bool
    may_undo: bool
    parts: tuple[Part, ...]
    more: int


def journal(
    connection: sqlite3.Connection, *, actor: str = "", kind: str = "", dispatch_id: str = "", page: int = 1
) -> tuple[list[Logged], int]:
    """Return a page of the log, the newest first, and how many changes there are in all."""
    where = """(:actor = '' OR actor = :actor) AND (:kind = '' OR kind = :kind) AND (:id = '' OR
               change_id IN (SELECT change_id FROM corrections WHERE dispatch_id = :id UNION
                             SELECT change_id FROM tag_events WHERE dispatch_id = :id))"""
    terms = {"actor": actor, "kind": kind, "id": dispatch_id, "limit": PER_PAGE, "offset": (page - 1) * PER_PAGE}
    (total,) = connection.execute(f"SELECT count(*) FROM changes WHERE {where}", terms).fetchone()
    sql = f"SELECT * FROM changes WHERE {where} ORDER BY rowid DESC LIMIT :limit OFFSET :offset"
    undone = {
        row[0]
        for row in connection.execute(
            """SELECT undoes FROM changes WHERE undoes IS NOT NULL
               AND change_id NOT IN (SELECT undoes FROM changes WHERE undoes IS NOT NULL)"""
        )
    }
    return [_logged(connection, row, undone, dispatch_id) for row in connection.execute(sql, terms)], int(total)


def actors(connection: sqlite3.Connection) -> list[str]:
    """Return everybody who ever changed something, by name."""
    return [str(row[0]) for row in connection.execute("SELECT DISTINCT actor FROM changes ORDER BY actor")]


def _logged(connection: sqlite3.Connection, change: sqlite3.Row, undone: set[str], dispatch_id: str) -> Logged:
    corrected = _corrections(connection, change["change_id"], dispatch_id)
    of_tags = _tags(connection, change["change_id"], dispatch_id)
    parts = (*corrected, *of_tags)
    done = change["change_id"] in undone
    return Logged(
        **{key: change[key] for key in ("change_id", "at", "actor", "kind", "rows", "query", "reason", "undoes")},
        undone=done,
        may_undo=not done and bool(corrected or of_tags),
        parts=parts[:_SHOWN],
        more=max(len(parts) - _SHOWN, 0),
    )


def _corrections(connection: sqlite3.Connection, change_id: str, dispatch_id: str) -> list[Part]:
    sql = """SELECT * FROM corrections WHERE change_id = ? AND (? = '' OR dispatch_id = ?)
             AND dispatch_id IN (SELECT dispatch_id FROM dispatches) ORDER BY rowid LIMIT ?"""
    return [
        Part(
            row["dispatch_id"],
            _number(connection, row["dispatch_id"]),
            row["table_name"],
            row["column_name"],
            row["action"],
            _told(json.loads(row["before"]), row["column_name"]),
            _told(json.loads(row["value"]), row["column_name"]),
        )
        for row in connection.execute(sql, (change_id, dispatch_id, dispatch_id, _SHOWN * 10))
    ]


def _tags(connection: sqlite3.Connection, change_id: str, dispatch_id: str) -> list[Part]:
    """Return what a change did to tags, of one record or of all: a part for each tag put on or taken off.

    A change may hold a hundred thousand events, so each tag is looked up in the index, and none are counted.
    """
    one = "AND dispatch_id = :id" if dispatch_id else ""
    sql = f"""SELECT dispatch_id FROM tag_events WHERE change_id = :change AND tag = :tag AND added = :added {one}
              AND dispatch_id IN (SELECT dispatch_id FROM dispatches) LIMIT 2"""
    parts: list[Part] = []
    for tag in islice(_tags_of(connection, change_id), _SHOWN * 2):
        for added in (0, 1):
            terms = {"change": change_id, "tag": tag, "added": added, "id": dispatch_id}
            held = [row[0] for row in connection.execute(sql, terms)]
            if held:
                alone = held[0] if len(held) == 1 else None
                name = _number(connection, alone) if alone else ""
                parts.append(Part(alone, name, "tags", "", ("strike", "add")[added], *((tag, ""), ("", tag))[added]))
    return parts


def _tags_of(connection: sqlite3.Connection, change_id: str) -> Iterator[str]:
    """Yield each tag that a change touched, in order, a look into the index for each."""
    tag = ""
    sql = "SELECT min(tag) FROM tag_events WHERE change_id = ? AND tag > ?"
    while (found := connection.execute(sql, (change_id, tag)).fetchone()[0]) is not None:
        tag = str(found)
        yield tag


def _number(connection: sqlite3.Connection, dispatch_id: str) -> str:
    """Return a dispatch's whole number, or the beginning of its id where it has none."""
    sql = "SELECT number, notation FROM dispatches WHERE dispatch_id = ?"
    number, notation = connection.execute(sql, (dispatch_id,)).fetchone() or (None, None)
    return f"{number or '…'}/{notation or '…'}" if number or notation else dispatch_id[:8]


def _told(value: Any, column: str) -> str:
    """Return a value of a correction as text; of a whole row its column, or its words."""
    if isinstance(value, dict):
        words = (
            value.get(column) if column else next((value[k] for k in ("name", "text", "number") if value.get(k)), None)
        )
        return _told(words, "")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
