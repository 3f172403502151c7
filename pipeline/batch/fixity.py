"""Fixity: whether files, catalogue, tables and models are still what they were; and copies of the catalogue."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count, zip_longest
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq

from pipeline import models, store
from pipeline.batch.job import TABLES
from pipeline.batch.lock import lock
from pipeline.batch.walk import fingerprint, walk
from pipeline.errors import CatalogueError, CongvanError, ModelsError, cannot_write
from pipeline.store import readings
from pipeline.store.parquet import stale, write_tables
from pipeline.store.schema import APPLICATION_ID
from pipeline.store.schema import TABLES as ALL_TABLES

Part = Literal["sources", "catalogue", "documents", "tables", "models"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was: the part it is in, what it concerns, a stable code, and why."""

    part: Part
    subject: str
    code: str
    detail: str


def verify(out: Path, *, models_folder: Path | None = None) -> Iterator[Finding]:
    """Check everything and yield what is wrong; raises CatalogueError where there is no catalogue.

    Files that had left their folder before the last ingest are not looked for.
    """
    try:
        models.verify(models_folder or models.folder())
    except ModelsError as error:
        yield Finding("models", "models", error.code, error.message)
    with closing(store.connect(out, readonly=True)) as connection:
        try:
            yield from _catalogue(connection)
            yield from _sources(connection)
            yield from _documents(connection, out / readings.FOLDER)
            yield from _tables(connection, out / TABLES)
        except sqlite3.DatabaseError as error:
            yield Finding("catalogue", store.FILE, "catalogue-damaged", str(error))


_ORPHANS = {
    "done-without-dispatch": """SELECT source_path FROM sources WHERE state = 'done'
        AND dispatch_id NOT IN (SELECT dispatch_id FROM dispatches)""",
    "dispatch-without-source": """SELECT source_path FROM dispatches
        WHERE dispatch_id NOT IN (SELECT dispatch_id FROM sources WHERE state IN ('done', 'failed'))""",
    "secret-in-tables": """SELECT source_path FROM sources WHERE state = 'restricted'
        AND dispatch_id IN (SELECT dispatch_id FROM dispatches)""",
    "duplicate-without-first": """SELECT source_path FROM sources s WHERE state = 'duplicate'
        AND NOT EXISTS (SELECT 1 FROM sources o WHERE o.sha256 = s.sha256 AND o.state != 'duplicate')""",
    "unknown-state": """SELECT source_path FROM sources
        WHERE state IS NULL OR state NOT IN ('done', 'duplicate', 'quarantined', 'failed', 'restricted')""",
    "link-to-nowhere": """SELECT dispatch_id FROM "references" WHERE target_dispatch_id IS NOT NULL
        AND target_dispatch_id NOT IN (SELECT dispatch_id FROM dispatches)""",
}


def _catalogue(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Finding("catalogue", store.FILE, "catalogue-damaged", line)
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield Finding("catalogue", row[0], "row-without-dispatch", f"row {row[1]}")
    for code, query in _ORPHANS.items():
        for (subject,) in connection.execute(query):
            yield Finding("catalogue", subject, code, "the ledger and the tables disagree")


def _sources(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Hash every file anew; they are found by walking, since a name may be spelt otherwise on the disk."""
    for (inbox,) in connection.execute("SELECT DISTINCT inbox FROM sources WHERE gone = 0").fetchall():
        try:
            paths = {found.source_path: found.path for found in walk(Path(inbox))}
        except CongvanError as error:
            yield Finding("sources", inbox, "missing", error.message)
            continue
        query = """SELECT source_path, sha256 FROM sources
                   WHERE inbox = ? AND gone = 0 AND sha256 IS NOT NULL ORDER BY source_path"""
        for source_path, sha256 in connection.execute(query, (inbox,)):
            if finding := _source(paths.get(source_path), source_path, sha256):
                yield finding


def _source(path: Path | None, source_path: str, sha256: str) -> Finding | None:
    if path is None:
        return Finding("sources", source_path, "missing", "the file is no longer in its folder")
    try:
        found, _ = fingerprint(path)
    except CongvanError as error:
        return Finding("sources", source_path, error.code, error.message)
    if found != sha256:
        return Finding("sources", source_path, "changed", f"SHA-256 was {sha256}, is {found}")
    return None


def _documents(connection: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    for dispatch_id, source_path in connection.execute("SELECT dispatch_id, source_path FROM dispatches ORDER BY 2"):
        if readings.load(folder, dispatch_id) is None:
            yield Finding("documents", source_path, "reading-lost", f"no whole reading of {dispatch_id}")


def _tables(connection: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    if stale(connection, folder):
        yield Finding("tables", TABLES, "tables-stale", "older than the catalogue: `congvan ingest` writes them anew")
        return
    for table in ALL_TABLES:
        try:
            file = pq.ParquetFile(folder / f"{table}.parquet")
            rows = (row for batch in file.iter_batches() for row in batch.to_pylist())
            if any(a != b for a, b in zip_longest(rows, store.visible(connection, table))):
                yield Finding("tables", table, "tables-differ", "the Parquet file differs from the catalogue")
        except (OSError, ValueError) as error:  # pyarrow's errors are ValueErrors
            yield Finding("tables", table, "tables-damaged", str(error))


def backup(out: Path, target: Path) -> Path:
    """Copy the catalogue, also while others write to it; the copy is checked, and appears whole or not at all.

    Raises CatalogueError, OutputError.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(store.connect(out, readonly=True)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy, pages=4096)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            _check(copy, part)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except (OSError, sqlite3.OperationalError) as error:
        raise cannot_write(target.parent, error if isinstance(error, OSError) else str(error)) from error
    except sqlite3.DatabaseError as error:
        raise store.damaged(out / store.FILE, error) from error
    finally:
        with suppress(OSError):  # on a disk that cannot be written there is nothing to remove
            part.unlink(missing_ok=True)
    return target


def restore(out: Path, source: Path, *, now: str) -> Path | None:
    """Put a backup in the place of the catalogue, and write the tables anew.

    Returns where the catalogue that was there has been kept. Raises CatalogueError, LockedError.
    """
    if not source.is_file():
        raise CatalogueError(f"no backup at {source}", f"không có bản sao lưu {source}")
    with lock(out, since=now), closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        _check(copy, source)
        kept = _set_aside(out, now)
        with closing(sqlite3.connect(out / store.FILE)) as catalogue:
            copy.backup(catalogue)  # one transaction: the old catalogue stays until the new one is whole
        with closing(store.connect(out)) as connection:
            write_tables(connection, out / TABLES)
    return kept


def _set_aside(out: Path, now: str) -> Path | None:
    if not (out / store.FILE).is_file():
        return None
    stamp = "".join(char for char in now[:19] if char.isdigit())
    names = (f"before-restore-{stamp}-{number}.sqlite" for number in count(1))
    target = next(path for path in (out / "backups" / name for name in names) if not path.exists())
    try:
        return backup(out, target)
    except CatalogueError:  # damaged beyond a copy that passes the check: kept as it is
        target.parent.mkdir(parents=True, exist_ok=True)
        for ending in ("", "-wal", "-shm"):
            if (file := out / f"{store.FILE}{ending}").exists():
                file.rename(f"{target}{ending}")
        return target


def _check(connection: sqlite3.Connection, path: Path) -> None:
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        mark, found = 0, str(error)
    if mark != APPLICATION_ID or found != "ok":
        raise CatalogueError(
            f"{path} is no whole catalogue ({found}): take another backup",
            f"{path} không phải danh mục nguyên vẹn ({found}): hãy dùng bản sao lưu khác",
        )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
