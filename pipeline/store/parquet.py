"""`tables/*.parquet`: the catalogue's tables for pandas, DuckDB and Spark, written anew and atomically."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store import generation, remember, visible
from pipeline.store.columns import column
from pipeline.store.rows import Row
from pipeline.store.schema import TABLES, ColumnType

BATCH = 1000  # rows that are held at once
LETTERS = 500_000  # ... or fewer, of texts as long as those of dispatches
_SHOWN = "parquet"
_TYPES: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.string()),
}


def arrow_schema(table: str) -> pa.Schema:
    """Return a table's Arrow schema; dates stay ISO text, since some are only a month or a year."""
    return pa.schema([(column.name, _TYPES[column.type]) for column in TABLES[table]])


def write_tables(connection: sqlite3.Connection, folder: Path) -> None:
    """Write every table as Parquet into `folder`; each file appears whole or not at all.

    All tables show the same moment of the catalogue, even while others write to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection.execute("BEGIN")
    try:
        shown = generation(connection)
        parts = [_write_part(connection, table, folder) for table in TABLES]
    finally:
        connection.execute("ROLLBACK")
    for table, part in zip(TABLES, parts, strict=True):
        part.replace(folder / f"{table}.parquet")
    sync(folder)
    remember(connection, _SHOWN, shown)


def stale(connection: sqlite3.Connection, folder: Path) -> bool:
    """Tell whether the Parquet files are missing or show an earlier moment of the catalogue."""
    missing = any(not (folder / f"{table}.parquet").is_file() for table in TABLES)
    return missing or generation(connection, _SHOWN) != generation(connection)


def _write_part(connection: sqlite3.Connection, table: str, folder: Path) -> Path:
    part = folder / f".{table}.parquet.part"
    with pq.ParquetWriter(part, arrow_schema(table), compression="zstd") as writer:
        for batch in _batches(visible(connection, table)):
            writer.write_table(_table(batch, table))
    sync(part)
    return part


def _table(rows: list[Row], table: str) -> pa.Table:
    arrays = [column([row[part.name] for row in rows], part.type) for part in TABLES[table]]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def sync(path: Path) -> None:
    """Force a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield rows in batches that take little memory however long their texts are."""
    batch: list[Row] = []
    letters = 0
    for row in rows:
        batch.append(row)
        letters += len(str(row.get("text") or ""))
        if len(batch) == BATCH or letters >= LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch
