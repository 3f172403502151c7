"""What people did, out of a catalogue and into another: JSON Lines for git, a spreadsheet for tags."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from pipeline import store
from pipeline.people import ChangeError
from pipeline.people.corrections import lay_over
from pipeline.people.tags import tags_of
from pipeline.store.rows import Row

_PARTS = ("tag_events", "corrections")
SHEET = ("dispatch_id", "number", "notation", "issued_on", "agency", "subject", "tags")
"""The columns of the spreadsheet in which tags are edited; only the last is read back."""


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield every change as one line of JSON with all that belongs to it, the oldest first."""
    for change in connection.execute("SELECT * FROM changes ORDER BY rowid").fetchall():
        parts = {
            part: [
                {key: row[key] for key in row.keys() if key != "change_id"}  # noqa: SIM118 - a Row iterates over values
                for row in connection.execute(
                    f"SELECT * FROM {part} WHERE change_id = ? ORDER BY rowid", (change["change_id"],)
                )
            ]
            for part in _PARTS
        }
        yield json.dumps(dict(change) | parts, ensure_ascii=False)


def load(connection: sqlite3.Connection, lines: Iterable[str]) -> int:
    """Take changes over that are not in the catalogue yet, in their order; return how many.

    What belongs to dispatches that are not in the catalogue waits for them.
    """
    with store.transaction(connection):
        known = {row[0] for row in connection.execute("SELECT change_id FROM changes")}
        fresh = [change for change in _parse(lines) if change["change_id"] not in known]
        touched: set[str] = set()
        for change in fresh:
            parts: dict[str, list[Row]] = {part: change.pop(part) for part in _PARTS}
            store.insert(connection, "changes", [change])
            for part, rows in parts.items():
                store.insert(connection, part, [row | {"change_id": change["change_id"]} for row in rows])
                touched.update(str(row["dispatch_id"]) for row in rows if part == "corrections")
        _replay_tags(connection)
        for dispatch_id in sorted(touched):
            lay_over(connection, dispatch_id)
    return len(fresh)


def _parse(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for n, line in enumerate(lines, 1):
        try:
            change = json.loads(line)
            complete = all(key in change for key in ("change_id", "at", "actor", "kind", *_PARTS))
        except (json.JSONDecodeError, TypeError):
            complete = False
        if not complete:
            raise ChangeError(
                f"line {n} is not a change: {line[:80]!r}", f"dòng {n} không phải một thay đổi: {line[:80]!r}"
            )
        yield change


def _replay_tags(connection: sqlite3.Connection) -> None:
    """Make `tags` what follows from all events: a tag is on where its last event put it on."""
    connection.execute("DELETE FROM tags")
    connection.execute(
        """INSERT INTO tags SELECT dispatch_id, tag, holder FROM tag_events e WHERE added = 1 AND rowid =
           (SELECT max(rowid) FROM tag_events l WHERE l.dispatch_id = e.dispatch_id AND l.tag = e.tag)"""
    )


def write_sheet(connection: sqlite3.Connection, ids: Sequence[str], path: Path) -> int:
    """Write records with their tags into an XLSX or CSV file, to be edited; return the number of records."""
    held = tags_of(connection, ids)
    rows = []
    for dispatch_id in ids:
        row = connection.execute(
            "SELECT dispatch_id, number, notation, issued_on, agency, subject FROM dispatches WHERE dispatch_id = ?",
            (dispatch_id,),
        ).fetchone()
        if row is not None:
            rows.append([*row, "; ".join(held[dispatch_id])])
    if path.suffix.lower() == ".xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("tags")
        sheet.freeze_panes = "A2"
        for cells in (SHEET, *rows):
            sheet.append([_plain(cell) for cell in cells])
        book.save(path)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([_plain(cell) for cell in cells] for cells in (SHEET, *rows))
    return len(rows)


def read_sheet(path: Path) -> dict[str, list[str]]:
    """Return the tags that an edited spreadsheet wants for each record; raises ChangeError without the two columns."""
    if path.suffix.lower() == ".xlsx":
        sheet = load_workbook(path, read_only=True).worksheets[0]
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    header = rows[0] if rows else []
    if "dispatch_id" not in header or "tags" not in header:
        raise ChangeError(
            f"{path.name} needs the columns dispatch_id and tags, found {header}",
            f"{path.name} phải có cột dispatch_id và tags, thấy {header}",
        )
    key, tags = header.index("dispatch_id"), header.index("tags")
    return {
        row[key].lstrip("'"): [tag.strip() for tag in row[tags].lstrip("'").split(";") if tag.strip()]
        for row in rows[1:]
        if len(row) > max(key, tags) and row[key]
    }


def _plain(cell: object) -> str:
    """Return a cell as text that no spreadsheet runs as a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
