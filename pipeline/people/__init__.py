"""What people did to the records: an append-only log of changes, over tags and corrections.

Nothing here is ever removed. A tag or a correction that is no longer wanted is undone by a further
change; the tables show what follows from all changes that stand.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline import store
from pipeline.errors import CongvanError
from pipeline.store.rows import Row

ChangeKind = Literal["tag", "rename", "rule", "correct", "check", "undo", "release"]


class ChangeError(CongvanError):
    """A change that cannot be made: a bad tag, an unknown record, an undo that would lose later work."""

    code = "change-refused"


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, when (ISO time), and why."""

    name: str
    at: str
    reason: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ChangeError("a change needs an author: --actor NAME", "thay đổi phải có người thực hiện: --actor TÊN")


def author(name: str, now: datetime, reason: str | None = None) -> Author:
    """Return an author as of a moment, to the second."""
    return Author(name, now.isoformat(timespec="seconds"), reason)


def new_id(by: Author, token: str | None = None) -> str:
    """Return an identifier for a change: its time, so that names sort, and six random hex digits."""
    stamp = "".join(char for char in by.at[:19] if char.isdigit())
    return f"{stamp}-{token or secrets.token_hex(3)}"


def record(
    connection: sqlite3.Connection,
    by: Author,
    kind: ChangeKind,
    *,
    rows: int,
    query: str | None = None,
    undoes: str | None = None,
    change_id: str | None = None,
) -> str:
    """Write a change into the log and return its id; call it inside the change's transaction."""
    change_id = change_id or new_id(by)
    row: Row = {
        "change_id": change_id,
        "at": by.at,
        "actor": by.name,
        "kind": kind,
        "query": query,
        "rows": rows,
        "undoes": undoes,
        "reason": by.reason,
    }
    store.insert(connection, "changes", [row])
    return change_id


def log(connection: sqlite3.Connection, *, limit: int | None = None) -> list[Row]:
    """Return the changes, the newest first, each with `undone_by` where a later change undid it."""
    sql = """SELECT c.*, (SELECT u.change_id FROM changes u WHERE u.undoes = c.change_id
                          AND u.change_id NOT IN (SELECT undoes FROM changes WHERE undoes IS NOT NULL)) AS undone_by
             FROM changes c ORDER BY c.rowid DESC LIMIT ?"""
    return [dict(row) for row in connection.execute(sql, (-1 if limit is None else limit,))]
