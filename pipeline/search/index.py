"""The search index inside the catalogue: folded text in FTS5, one row for each dispatch.

Two tables, both plain FTS5 that any SQLite program can open: `search_folded` holds every text
without case and diacritics (`fold`, with đ as d) in weighted columns; `search_exact` holds, for
each place, the distinct accented words as written, so that the exact form can come first.
A trigger in plain SQL drops the rows of a deleted dispatch, so that nothing withdrawn is ever found.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from pipeline.errors import CatalogueError
from pipeline.search.keys import key_of
from pipeline.text.unicode import fold, nfc, same_tones

VERSION = 1
"""Raised when folding or columns change: an older index is then built anew."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the folded index, and its weight when results are ordered."""

    name: str
    weight: float


COLUMNS = (
    Column("key", 20),  # 13xpdtdldld
    Column("number", 2),
    Column("notation", 4),
    Column("type", 3),
    Column("agency", 4),
    Column("signer", 4),
    Column("recipients", 1),
    Column("movements", 8),
    Column("references", 2),
    Column("subject", 10),
    Column("directives", 4),
    Column("body", 1),
)
SUBJECT = ("key", "subject")
TITLE = ("key", "type", "agency", "signer", "movements", "subject")
HEAD = (*TITLE, "directives")
"""What a hit must lie in to come before every hit in the body alone."""

_TOKENS = "tokenize = 'unicode61 remove_diacritics 0'"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS search_state (version INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS search_rows (id INTEGER PRIMARY KEY, dispatch_id TEXT NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_folded USING fts5("
    + ", ".join(f'"{column.name}"' for column in COLUMNS)
    + f", {_TOKENS}, prefix = '2 3')",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS search_exact USING fts5(subject, head, body, {_TOKENS}, "
    "detail = column, columnsize = 0)",
    "CREATE TRIGGER IF NOT EXISTS search_withdraw AFTER DELETE ON dispatches BEGIN "
    "DELETE FROM search_folded WHERE rowid = (SELECT id FROM search_rows WHERE dispatch_id = old.dispatch_id); "
    "DELETE FROM search_exact WHERE rowid = (SELECT id FROM search_rows WHERE dispatch_id = old.dispatch_id); "
    "DELETE FROM search_rows WHERE dispatch_id = old.dispatch_id; END",
    # What the facets are counted from, read without touching the long texts.
    "CREATE INDEX IF NOT EXISTS search_facets ON dispatches(dispatch_id, issued_on, type_name, agency, review_state)",
    "CREATE INDEX IF NOT EXISTS search_movements ON movements(dispatch_id, movement_id, name)",
)
_OBJECTS = ("TRIGGER search_withdraw", "TABLE search_folded", "TABLE search_exact", "TABLE search_rows",
            "TABLE search_state", "INDEX search_facets", "INDEX search_movements")  # fmt: skip


def index_dispatch(connection: sqlite3.Connection, dispatch_id: str) -> None:
    """Bring the index up to date with a dispatch's rows; call it in the transaction that changed them."""
    if _version(connection) != VERSION:
        rebuild(connection)
        return
    remove(connection, dispatch_id)
    _add(connection, dispatch_id)


def remove(connection: sqlite3.Connection, dispatch_id: str) -> None:
    """Take a dispatch out of the index."""
    row = connection.execute("SELECT id FROM search_rows WHERE dispatch_id = ?", (dispatch_id,)).fetchone()
    if row is not None:
        for statement in ("search_folded WHERE rowid", "search_exact WHERE rowid", "search_rows WHERE id"):
            connection.execute(f"DELETE FROM {statement} = ?", (row[0],))


def rebuild(connection: sqlite3.Connection) -> int:
    """Build the whole index anew from the tables; return the number of dispatches. Call it in a transaction."""
    for thing in _OBJECTS:
        kind, name = thing.split()
        connection.execute(f"DROP {kind} IF EXISTS {name}")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute("INSERT INTO search_state VALUES (?)", (VERSION,))
    ids = [row[0] for row in connection.execute("SELECT dispatch_id FROM dispatches ORDER BY dispatch_id")]
    for dispatch_id in ids:
        _add(connection, dispatch_id)
    purge(connection)
    return len(ids)


def purge(connection: sqlite3.Connection) -> None:
    """Write the index together: it is read faster, and no word of a dispatch that was removed stays in its file.

    FTS5 marks what is removed and keeps its words until then. Call it in a transaction.
    """
    if _version(connection) == VERSION:
        for table in ("search_folded", "search_exact"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def require(connection: sqlite3.Connection) -> None:
    """Raise CatalogueError where the catalogue has no index of this version."""
    if _version(connection) != VERSION:
        raise CatalogueError(
            "the catalogue has no search index of this version: run `congvan ingest` or `congvan search --rebuild`",
            "danh mục chưa có chỉ mục tìm kiếm: hãy chạy `congvan ingest` hoặc `congvan search --rebuild`",
        )


def _version(connection: sqlite3.Connection) -> int | None:
    try:
        row = connection.execute("SELECT version FROM search_state").fetchone()
    except sqlite3.OperationalError:
        return None
    return int(row[0]) if row else None


def _add(connection: sqlite3.Connection, dispatch_id: str) -> None:
    texts = _texts(connection, dispatch_id)
    if texts is None:
        return
    cursor = connection.execute("INSERT INTO search_rows (dispatch_id) VALUES (?)", (dispatch_id,))
    names = ", ".join(f'"{column.name}"' for column in COLUMNS)
    marks = ", ".join("?" for _ in COLUMNS)
    connection.execute(
        f"INSERT INTO search_folded (rowid, {names}) VALUES (?, {marks})",
        (cursor.lastrowid, *(folded(texts[column.name]) for column in COLUMNS)),
    )
    head = " ".join(texts[name] for name in HEAD)
    connection.execute(
        "INSERT INTO search_exact (rowid, subject, head, body) VALUES (?, ?, ?, ?)",
        (cursor.lastrowid, *(" ".join(accented_words(text)) for text in (texts["subject"], head, texts["body"]))),
    )


def folded(text: str) -> str:
    """Return text folded word by word, since the words of dispatches are ever the same ones."""
    return " ".join(map(_folded_word, nfc(text).split()))


def accented_words(text: str) -> list[str]:
    """Return the distinct words that carry a diacritic, in lower case with tones in one place.

    >>> accented_words("Quyết định số 5, hoà bình, quyết")
    ['quyết', 'định', 'số', 'hòa', 'bình']
    """
    return list(dict.fromkeys(chain.from_iterable(map(_accented, dict.fromkeys(nfc(text).split())))))


@lru_cache(maxsize=1 << 16)
def _folded_word(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=1 << 16)
def _accented(piece: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"\w+", same_tones(piece).casefold()) if not word.isascii())


def _texts(connection: sqlite3.Connection, dispatch_id: str) -> dict[str, str] | None:
    """Return what each column of the index is made from, as it stands in the tables."""
    row = connection.execute(
        "SELECT number, notation, type_name, type_code, agency, parent_agency, signer_name, signer_position,"
        " subject, text FROM dispatches WHERE dispatch_id = ?",
        (dispatch_id,),
    ).fetchone()
    if row is None:
        return None
    number, notation, type_name, type_code, agency, parent, signer, position, subject, text = row

    def column(sql: str) -> Iterable[tuple[str | None, ...]]:
        return connection.execute(f"{sql} WHERE dispatch_id = ? ORDER BY ordinal", (dispatch_id,)).fetchall()

    references = column('SELECT type_name, number, notation, title FROM "references"')
    return {
        "key": key_of(number, notation) or "",
        "number": _lines((number, (number or "").lstrip("0"))),
        "notation": notation or "",
        "type": _lines((type_name, type_code)),
        "agency": _lines((agency, parent)),
        "signer": _lines((signer, position)),
        "recipients": _lines(name for (name,) in column("SELECT name FROM recipients")),
        "movements": _lines(name for (name,) in column("SELECT name FROM movements")),
        "references": _lines(
            piece for type_, no, sign, title in references for piece in (type_, no, sign, key_of(no, sign), title)
        ),
        "subject": subject or "",
        "directives": _lines(words for (words,) in column("SELECT text FROM directives")),
        "body": text or "",
    }


def _lines(pieces: Iterable[str | None]) -> str:
    return "\n".join(piece for piece in pieces if piece)
