"""Exports of the tables: CSV, XLSX, Parquet and JSON Lines, whole or for some dispatches, in flat memory.

A file appears whole or not at all. What is restricted is in no export.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import CatalogueError
from pipeline.export import plain, stream, xlsx
from pipeline.export.guard import guard, unguard
from pipeline.store.labels import COLUMN_LABELS, TABLE_LABELS, Lang
from pipeline.store.schema import TABLES

__all__ = ["FORMATS", "Format", "Written", "export", "guard", "unguard"]

Format = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "parquet", "jsonl")


@dataclass(frozen=True, slots=True)
class Written:
    """A table that was exported: where to, and how many rows."""

    table: str
    path: Path
    rows: int


def export(
    connection: sqlite3.Connection,
    folder: Path,
    *,
    format: Format,
    ids: Sequence[str] | None = None,
    tables: Sequence[str] | None = None,
    headings: Lang | None = None,
    bom: bool = False,
) -> Iterator[Written]:
    """Write tables into a folder (XLSX: the workbook `congvan.xlsx` in it), yielding each when it is there.

    `ids` narrows to some dispatches, `tables` to some tables. `headings` is the language of the first
    row in CSV and XLSX, None for the names of columns. `bom` is for Excel, which else misreads CSV.
    """
    _known(tables)
    folder.mkdir(parents=True, exist_ok=True)
    names = stream.tables_of(tables, some=ids is not None)
    if format == "xlsx":
        yield from _workbook(connection, folder / "congvan.xlsx", names, ids, headings)
        return
    for table in names:
        path = folder / f"{table}.{format}"
        rows = stream.rows(connection, table, ids)
        with _atomic(path) as part:
            if format == "csv":
                count = plain.write_csv(part, rows, headings=_headings(table, headings), bom=bom)
            elif format == "jsonl":
                count = plain.write_jsonl(part, rows)
            else:
                count = plain.write_parquet(part, rows, table=table)
        yield Written(table, path, count)


def _workbook(
    connection: sqlite3.Connection, path: Path, tables: Sequence[str], ids: Sequence[str] | None, lang: Lang | None
) -> list[Written]:
    book = xlsx.new_book()
    written = []
    for table in tables:
        title = TABLE_LABELS[table].title(lang) if lang else table
        rows = stream.rows(connection, table, ids)
        count = xlsx.write_sheet(book, title, TABLES[table], _headings(table, lang), rows)
        written.append(Written(table, path, count))
    with _atomic(path) as part:
        xlsx.save(book, part)
    return written


def _headings(table: str, lang: Lang | None) -> list[str]:
    return [COLUMN_LABELS[column.name].title(lang) if lang else column.name for column in TABLES[table]]


def _known(tables: Sequence[str] | None) -> None:
    for table in tables or ():
        if table not in TABLES:
            names = ", ".join(TABLES)
            raise CatalogueError(f"no table {table!r}; tables: {names}", f"không có bảng {table!r}; các bảng: {names}")


@contextmanager
def _atomic(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `path` once it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
