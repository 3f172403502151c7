"""Checked records as gold: what people corrected is the measure of tomorrow's extractors."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipeline import store
from pipeline.evaluate import FIELDS
from pipeline.store.rows import Row

_KEEP = {
    "movements": ("name", "kind", "launched"),
    "dates": ("text", "start", "end", "role"),
    "references": ("text", "type_name", "number", "notation", "issued_on", "issuer"),
    "directives": ("label", "text", "assignees", "deadline"),
}


def write_gold(connection: sqlite3.Connection, folder: Path) -> int:
    """Write every checked record as a gold file into a folder and return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for dispatch in store.read(connection, "dispatches", "review_state = 'checked'"):
        text = json.dumps(gold_of(connection, dispatch), ensure_ascii=False, indent=2) + "\n"
        (folder / f"{dispatch['dispatch_id']}.json").write_text(text, encoding="utf-8")
        written += 1
    return written


def gold_of(connection: sqlite3.Connection, dispatch: Row) -> dict[str, object]:
    """Return one record in the shape of a gold file (`docs/evaluation.md`)."""
    key = (dispatch["dispatch_id"],)

    def rows(table: str) -> Iterator[Row]:
        return store.read(connection, table, "dispatch_id = ?", key)

    recipients = list(rows("recipients"))
    return {
        "file": Path(str(dispatch["source_path"])).name,
        "origin": dispatch["origin"],
        "pages": dispatch["page_count"],
        "dispatch": {name: dispatch[name] for name in FIELDS},
        "addressees": [row["name"] for row in recipients if row["block"] == "addressee"],
        "recipients": [
            {name: row[name] for name in ("name", "purpose", "archive")}
            for row in recipients
            if row["block"] == "recipient"
        ],
        **{table: [{name: row[name] for name in names} for row in rows(table)] for table, names in _KEEP.items()},
        "notes": None,
    }
