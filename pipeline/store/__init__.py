"""The catalogue `dispatches.sqlite`: open it, write a dispatch, read tables back.

Machine rows of a dispatch are replaced whole by a later run. What people did (`changes`, `tags`,
corrections) is append-only and never touched here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.document import Problem
from pipeline.errors import CatalogueError, CongvanError, cannot_write
from pipeline.store.rows import Row, Rows, Value
from pipeline.store.schema import APPLICATION_ID, JOURNALS, TABLES, USER_VERSION, create_statements

FILE = "dispatches.sqlite"

VISIBLE = dict.fromkeys(("tags", "corrections"), "dispatch_id IN (SELECT dispatch_id FROM dispatches)")
"""What narrows the tables of what people did wherever they are shown: a dispatch that is withdrawn keeps its rows here,
and their words, such as a subject set right, are as secret as itself."""

_RAISE = "INSERT INTO ledger VALUES ('generation', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"


def connect(out: Path, *, readonly: bool = False, across_threads: bool = False) -> sqlite3.Connection:
    """Open the catalogue of an output folder, making it where there is none; raises CatalogueError.

    WAL with synchronous=FULL: a finished transaction survives a pulled plug. `across_threads` is for
    a caller that sees to it that one thread at a time uses the connection.
    """
    path = out / FILE
    if readonly and not path.is_file():
        raise _none_yet(path)
    try:
        connection = _open(path, readonly=readonly, across_threads=across_threads)
    except (sqlite3.Error, OSError) as error:
        raise damaged(path, error) from error
    try:
        if not readonly:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA secure_delete=ON")  # what is deleted, such as a secret, is overwritten
        connection.execute("PRAGMA foreign_keys=ON")
        _prepare(connection, path, readonly=readonly)
    except (sqlite3.Error, CatalogueError) as error:
        connection.rollback()  # or it would hold its lock for as long as somebody holds the error
        connection.close()
        raise error if isinstance(error, CatalogueError) else damaged(path, error) from error
    connection.row_factory = sqlite3.Row
    return connection


def _open(path: Path, *, readonly: bool, across_threads: bool) -> sqlite3.Connection:
    if not readonly:
        path.parent.mkdir(parents=True, exist_ok=True)
    address = f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, check_same_thread=not across_threads)


def damaged(path: Path, error: Exception) -> CongvanError:
    """Return the error for a catalogue that SQLite cannot open or read; of another kind where only writing fails."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL):
        return cannot_write(path.parent, str(error))
    return CatalogueError(
        f"cannot read the catalogue {path} ({error}): run `congvan verify`; if damaged, `congvan restore` a backup",
        f"không đọc được danh mục {path} ({error}): hãy chạy `congvan verify`; nếu hỏng, `congvan restore` bản sao lưu",
    )


def _prepare(connection: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if mark not in (0, APPLICATION_ID) or version > USER_VERSION:
        raise CatalogueError(
            f"{path} is not a catalogue of this version (mark {mark:#x}, version {version})",
            f"{path} không phải danh mục của phiên bản này (dấu {mark:#x}, phiên bản {version})",
        )
    if readonly and mark == 0:
        raise _none_yet(path)
    if readonly and version < USER_VERSION:
        raise CatalogueError(
            f"{path} was made by an earlier version: run `congvan ingest` once, which renews it",
            f"{path} do phiên bản trước tạo ra: hãy chạy `congvan ingest` một lần để làm mới",
        )
    if not readonly:
        connection.execute("BEGIN IMMEDIATE")  # whoever reads sees all tables or no catalogue
        for statement in create_statements():
            connection.execute(statement)
        _grow(connection)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={USER_VERSION}")
        connection.execute("COMMIT")


def _grow(connection: sqlite3.Connection) -> None:
    """Add the columns that the tables of an older catalogue lack; the next ingest fills them."""
    for name, columns in (TABLES | JOURNALS).items():
        have = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
        for column in columns:
            if column.name not in have:
                connection.execute(f'ALTER TABLE "{name}" ADD COLUMN {column.sql}')


def _none_yet(path: Path) -> CatalogueError:
    return CatalogueError(
        f"no catalogue at {path}: run `congvan ingest` first", f"chưa có {path}: hãy chạy `congvan ingest` trước"
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Run a block as one transaction: all of it or nothing.

    One that changed something raises the catalogue's generation, which makes the Parquet files stale.
    """
    connection.execute("BEGIN IMMEDIATE")
    before = connection.total_changes
    try:
        yield connection
        if connection.total_changes > before:
            connection.execute(_RAISE)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


def generation(connection: sqlite3.Connection, name: str = "generation") -> int:
    """Return how many transactions have changed the catalogue, or what is remembered under another name."""
    row = connection.execute("SELECT value FROM ledger WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def remember(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Remember a generation under a name, such as the one that the Parquet files show."""
    connection.execute("INSERT OR REPLACE INTO ledger VALUES (?, ?)", (name, value))


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row], *, replace: bool = False) -> None:
    """Insert rows; lists become JSON, booleans 0 and 1."""
    columns = (TABLES | JOURNALS)[table]
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    verb = "INSERT OR REPLACE" if replace else "INSERT"
    connection.executemany(
        f'{verb} INTO "{table}" ({names}) VALUES ({marks})',
        ([_to_sql(row.get(column.name)) for column in columns] for row in rows),
    )


def save(connection: sqlite3.Connection, rows: Rows, problems: Iterable[Problem]) -> None:
    """Write a dispatch's machine rows in place of the earlier ones; call it inside a transaction."""
    dispatch_id = rows.dispatch["dispatch_id"]
    delete(connection, str(dispatch_id))
    insert(connection, "dispatches", [rows.dispatch])
    for table, claims in rows.claims.items():
        insert(connection, table, claims)
    source = rows.dispatch["source_path"]
    insert(
        connection,
        "problems",
        (
            {"dispatch_id": dispatch_id, "source_path": source, "stage": p.stage, "code": p.code, "message": p.message}
            for p in problems
        ),
    )


def delete(connection: sqlite3.Connection, dispatch_id: str) -> bool:
    """Remove a dispatch's machine rows, and tell whether there were any; what people did with it stays."""
    connection.execute("DELETE FROM problems WHERE dispatch_id = ?", (dispatch_id,))
    return connection.execute("DELETE FROM dispatches WHERE dispatch_id = ?", (dispatch_id,)).rowcount > 0


def read(
    connection: sqlite3.Connection, table: str, where: str = "", parameters: Iterable[Value] = ()
) -> Iterator[Row]:
    """Yield a table's rows with lists and booleans as such, in a stable order; `where` is trusted SQL."""
    columns = (TABLES | JOURNALS)[table]
    names = ", ".join(f'"{column.name}"' for column in columns)
    clause = f" WHERE {where}" if where else ""
    order = ", ".join(str(i) for i in range(1, min(len(columns), 3) + 1))
    for values in connection.execute(f'SELECT {names} FROM "{table}"{clause} ORDER BY {order}', tuple(parameters)):
        yield {column.name: _from_sql(value, column.type) for column, value in zip(columns, values, strict=True)}


def visible(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Yield a table's rows as others may see them, in a stable order."""
    return read(connection, table, VISIBLE.get(table, ""))


def _to_sql(value: Value) -> str | int | float | None:
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _from_sql(value: str | int | float | None, kind: str) -> Value:
    if value is None:
        return None
    if kind == "list":
        return [str(item) for item in json.loads(str(value))]
    return bool(value) if kind == "boolean" else value
