"""Saved searches: a query and what narrows it under a name, kept in the catalogue beside the tags."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.errors import CatalogueError
from pipeline.search.query import parse

_TABLE = (
    "CREATE TABLE IF NOT EXISTS saved_searches "
    "(name TEXT PRIMARY KEY, query TEXT NOT NULL, actor TEXT NOT NULL, saved_at TEXT NOT NULL, facets TEXT)"
)
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that somebody keeps, and the values of facets (by name) that narrow it."""

    name: str
    query: str
    actor: str
    saved_at: str
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def save(
    connection: sqlite3.Connection,
    name: str,
    query: str,
    *,
    actor: str,
    now: datetime,
    facets: Mapping[str, tuple[str, ...]] | None = None,
) -> SavedSearch:
    """Keep a query under a name, in place of an earlier one of that name; raises QueryError if it has a mistake."""
    parse(query)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise CatalogueError(
            f"a saved search needs a name of at most {LONGEST_NAME} characters",
            f"cần đặt tên cho tìm kiếm đã lưu, không quá {LONGEST_NAME} ký tự",
        )
    saved = SavedSearch(name.strip(), query, actor, now.isoformat(timespec="seconds"), dict(facets or {}))
    connection.execute(_TABLE)
    if not _narrowed(connection):
        connection.execute("ALTER TABLE saved_searches ADD COLUMN facets TEXT")
    connection.execute(
        "INSERT OR REPLACE INTO saved_searches VALUES (?, ?, ?, ?, ?)",
        (saved.name, query, actor, saved.saved_at, json.dumps(saved.facets, ensure_ascii=False)),
    )
    return saved


def listed(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """Return the saved searches by name."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'saved_searches'").fetchone():
        return ()
    facets = "facets" if _narrowed(connection) else "NULL"
    rows = connection.execute(f"SELECT name, query, actor, saved_at, {facets} FROM saved_searches ORDER BY name")
    return tuple(
        SavedSearch(name, query, actor, saved_at, _facets(kept)) for name, query, actor, saved_at, kept in rows
    )


def _narrowed(connection: sqlite3.Connection) -> bool:
    """Tell whether the table has the column of facets, which tables of earlier versions lack."""
    return any(row[1] == "facets" for row in connection.execute("PRAGMA table_info(saved_searches)"))


def _facets(text: str | None) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in json.loads(text).items()} if text else {}


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
