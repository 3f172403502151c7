"""Saved searches: a query under a name, kept in the catalogue beside the tags."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import CatalogueError
from pipeline.search.query import parse

_TABLE = (
    "CREATE TABLE IF NOT EXISTS saved_searches "
    "(name TEXT PRIMARY KEY, query TEXT NOT NULL, actor TEXT NOT NULL, saved_at TEXT NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that somebody keeps."""

    name: str
    query: str
    actor: str
    saved_at: str


def save(connection: sqlite3.Connection, name: str, query: str, *, actor: str, now: datetime) -> SavedSearch:
    """Keep a query under a name, in place of an earlier one of that name; raises QueryError if it has a mistake."""
    parse(query)
    if not name.strip():
        raise CatalogueError("a saved search needs a name", "cần đặt tên cho tìm kiếm đã lưu")
    saved = SavedSearch(name.strip(), query, actor, now.isoformat(timespec="seconds"))
    connection.execute(_TABLE)
    connection.execute(
        "INSERT OR REPLACE INTO saved_searches VALUES (?, ?, ?, ?)", (saved.name, query, actor, saved.saved_at)
    )
    return saved


def listed(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """Return the saved searches by name."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'saved_searches'").fetchone():
        return ()
    rows = connection.execute("SELECT name, query, actor, saved_at FROM saved_searches ORDER BY name")
    return tuple(SavedSearch(*row) for row in rows)


def get(connection: sqlite3.Connection, name: str) -> SavedSearch:
    """Return the saved search of that name; raises CatalogueError."""
    for saved in listed(connection):
        if saved.name == name:
            return saved
    names = ", ".join(saved.name for saved in listed(connection)) or "-"
    raise CatalogueError(f"no saved search {name!r}; there are: {names}", f"không có tìm kiếm đã lưu {name!r}: {names}")


def delete(connection: sqlite3.Connection, name: str) -> None:
    """Forget a saved search; raises CatalogueError if there is none of that name."""
    get(connection, name)
    connection.execute("DELETE FROM saved_searches WHERE name = ?", (name,))
