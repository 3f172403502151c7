"""Lays gold files and tables side by side, one pair for a dispatch."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.errors import CatalogueError
from pipeline.evaluate.compare import ENTITIES, Record

CLEAR_SCAN = 0.93
"""A scan whose words OCR is surer of than this on average counts as a clear one."""

TABLES = ("dispatches", "fields", *dict.fromkeys(entity.table for entity in ENTITIES.values()))
_PRINT, _WORD = frozenset({"born_digital"}), frozenset({"word", "legacy", "text"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold file, the row of `dispatches` (None where the dispatch is absent), and its rows of the claim tables."""

    gold: Record
    row: Record | None
    claims: Mapping[str, tuple[Record, ...]]

    @property
    def file(self) -> str:
        """The name of the file that was read."""
        return str(self.gold["file"])

    @property
    def source(self) -> str:
        """The kind of source: print, word, scan-clear, scan-poor; scan-N where gold says how damaged it was made."""
        origin = self.gold.get("origin") or (self.row or {}).get("origin")
        if origin in _PRINT:
            return "print"
        if origin in _WORD:
            return "word"
        if self.gold.get("damage") is not None:
            return f"scan-{self.gold['damage']}"
        sure = (self.row or {}).get("ocr_confidence")
        return "scan-clear" if sure is not None and sure >= CLEAR_SCAN else "scan-poor"

    def wanted(self, name: str) -> list[Record]:
        """Return what gold has of a kind of claim."""
        entries = self.gold.get(name) or []
        return [{"name": entry} for entry in entries] if name == "addressees" else list(entries)

    def found(self, name: str) -> list[Record]:
        """Return what the tables have of a kind of claim."""
        kind = ENTITIES[name]
        return [row for row in self.claims.get(kind.table, ()) if kind.block in (None, row.get("block"))]


def read_pairs(gold: Path, tables: Path) -> tuple[Pair, ...]:
    """Read a folder of gold files and the Parquet files that belong to them; raises CatalogueError for none."""
    documents = [json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))]
    if not documents:
        raise CatalogueError(f"no gold files (*.json) in {gold}", f"không có tệp mẫu (*.json) trong {gold}")
    frames = {name: _table(tables, name) for name in TABLES}
    rows = {Path(str(row["source_path"])).name: row for row in frames.pop("dispatches")}
    claims = {name: _by_dispatch(found) for name, found in frames.items()}

    def pair(document: Record) -> Pair:
        row = rows.get(Path(document["file"]).name)
        own = {name: tuple(found[row["dispatch_id"]]) for name, found in claims.items()} if row else {}
        return Pair(document, row, own)

    return tuple(map(pair, documents))


def _by_dispatch(rows: Iterable[dict[str, Any]]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["dispatch_id"]].append(row)
    return found


def _table(tables: Path, name: str) -> list[dict[str, Any]]:
    path = tables / f"{name}.parquet"
    if not path.is_file():
        raise CatalogueError(f"no table at {path}: ingest first", f"chưa có {path}: hãy chạy `congvan ingest` trước")
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
