"""CSV, JSON Lines and Parquet: one file for each table, written a row or a batch at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.guard import guard
from pipeline.store.parquet import BATCH, arrow_schema
from pipeline.store.rows import Row, Value

LIST_MARK = "; "


def write_csv(path: Path, rows: Iterable[Row], *, headings: Iterable[str], bom: bool) -> int:
    """Write a table as CSV (RFC 4180, UTF-8); return the number of rows.

    Empty is unknown; lists are joined with a semicolon; formulas are guarded.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for row in rows:
            writer.writerow([_cell(value) for value in row.values()])
            count += 1
    return count


def _cell(value: Value) -> str | int | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return guard(LIST_MARK.join(value))
    return guard(value) if isinstance(value, str) else value


def write_jsonl(path: Path, rows: Iterable[Row]) -> int:
    """Write a table as JSON Lines; return the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_parquet(path: Path, rows: Iterator[Row], *, table: str) -> int:
    """Write a table as Parquet; return the number of rows."""
    count = 0
    schema = arrow_schema(table)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count
