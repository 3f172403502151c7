"""What the pages show, read from the catalogue: plain values for the templates and for the API."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.annotations import FIELD_NAMES
from pipeline.batch.lock import running
from pipeline.batch.status import read_status
from pipeline.people import corrections
from pipeline.people.tags import tags_of
from pipeline.store import readings
from pipeline.store.rows import Row

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "recipients": ("block", "name", "purpose", "archive"),
    "movements": ("name", "kind", "launched", "launched_by", "period_start", "period_end"),
    "dates": ("text", "start", "end", "role"),
    "references": ("type_name", "number", "notation", "issued_on", "issuer", "relation"),
    "directives": ("label", "text", "assignees", "deadline"),
}
"""The columns of each claim table that the review page shows and edits."""

BOXED = ("page", "x0", "top", "x1", "bottom")


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field on the review page: its value, how sure it is, what the machine had read, where it stands."""

    name: str
    value: str | None
    confidence: float | None
    author: str | None
    machine: str | None
    box: tuple[float, ...] | None

    @property
    def by_person(self) -> bool:
        """Whether a person set the value."""
        return bool(self.author and self.author.startswith("human:"))


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a claim table on the review page, with the key by which it is corrected."""

    key: str
    cells: tuple[tuple[str, str], ...]
    confidence: float | None
    by_person: bool
    box: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """All that the review page shows of one dispatch."""

    dispatch: Row
    fields: tuple[FieldView, ...]
    tables: dict[str, tuple[RowView, ...]]
    problems: tuple[Row, ...]
    tags: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


def record(connection: sqlite3.Connection, dispatch_id: str) -> RecordView | None:
    """Return a dispatch for the review page, the least sure fields first; None if it is not in the tables."""
    found = list(store.read(connection, "dispatches", "dispatch_id = ?", (dispatch_id,)))
    if not found:
        return None
    evidence = list(store.read(connection, "fields", "dispatch_id = ?", (dispatch_id,)))
    fields = [_field(name, found[0].get(name), evidence) for name in FIELD_NAMES]
    return RecordView(
        dispatch=found[0],
        fields=tuple(sorted(fields, key=_urgency)),
        tables={table: _rows(connection, dispatch_id, table) for table in COLUMNS},
        problems=tuple(store.read(connection, "problems", "dispatch_id = ?", (dispatch_id,))),
        tags=tags_of(connection, [dispatch_id])[dispatch_id],
        reasons=_reasons(found[0]["review_reason"]),
    )


def _field(name: str, value: object, evidence: Sequence[Row]) -> FieldView:
    mine = [row for row in evidence if row["name"] == name]
    machine = [row for row in mine if not str(row["author"]).startswith("human:")]
    best = max(machine, key=lambda row: float(str(row["confidence"])), default=None)
    human = [row for row in mine if row not in machine]
    shown = human[-1] if human else best
    return FieldView(
        name=name,
        value=None if value is None else str(value),
        confidence=None if shown is None else float(str(shown["confidence"])),
        author=None if shown is None else str(shown["author"]),
        machine=None if best is None else str(best["value"]),
        box=_box(best) if best else None,
    )


def _urgency(field: FieldView) -> tuple[bool, bool, float]:
    """Order fields: a person's last, empty ones before those, the least sure first."""
    return (field.by_person, field.value is None, field.confidence or 0.0)


def _box(row: Row) -> tuple[float, ...] | None:
    values = [row[edge] for edge in BOXED]
    return None if None in values else tuple(float(str(value)) for value in values)


def _rows(connection: sqlite3.Connection, dispatch_id: str, table: str) -> tuple[RowView, ...]:
    rows = list(store.read(connection, table, "dispatch_id = ?", (dispatch_id,)))
    keys = corrections.keys(connection, dispatch_id, table)
    return tuple(
        RowView(
            key=key,
            cells=tuple((column, _cell(row[column])) for column in COLUMNS[table]),
            confidence=None if row["confidence"] is None else float(str(row["confidence"])),
            by_person=str(row["author"]).startswith("human:"),
            box=_box(row),
        )
        for key, row in zip(keys, rows, strict=True)
    )


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "có" if value else ""
    return "" if value is None else str(value)


def _reasons(text: object) -> tuple[tuple[str, str], ...]:
    """Return why a record needs review, as (kind, name): ("missing", "number")."""
    parts = [part.partition(":") for part in str(text or "").split("; ") if part]
    return tuple((kind, name) for kind, _, name in parts)


def next_to_review(connection: sqlite3.Connection, after: str | None = None) -> str | None:
    """Return the next record that waits for review, the least sure first; after a given one, or the first of all."""
    order = "SELECT dispatch_id FROM dispatches WHERE review_state = 'needs_review'"
    if after:
        row = connection.execute("SELECT confidence FROM dispatches WHERE dispatch_id = ?", (after,)).fetchone()
        place = (-1.0 if row is None or row[0] is None else row[0], after)
        later = connection.execute(
            f"{order} AND (coalesce(confidence, -1.0), dispatch_id) > (?, ?)"
            " ORDER BY coalesce(confidence, -1.0), dispatch_id LIMIT 1",
            place,
        ).fetchone()
        if later:
            return str(later[0])
    row = connection.execute(f"{order} ORDER BY coalesce(confidence, -1.0), dispatch_id LIMIT 1").fetchone()
    return str(row[0]) if row and row[0] != after else None


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many records wait for review."""
    sql = "SELECT count(*) FROM dispatches WHERE review_state = 'needs_review'"
    return int(connection.execute(sql).fetchone()[0])


def source(connection: sqlite3.Connection, dispatch_id: str) -> Path | None:
    """Return where a dispatch's file lies, for a dispatch that the tables hold and whose file is still there."""
    row = connection.execute(
        """SELECT s.inbox, s.source_path FROM sources s JOIN dispatches d USING (dispatch_id)
           WHERE s.dispatch_id = ? AND s.state IN ('done', 'duplicate') AND s.gone = 0
           ORDER BY s.state = 'duplicate'""",
        (dispatch_id,),
    ).fetchone()
    if row is None or row["inbox"] is None:
        return None
    inbox = Path(row["inbox"]).resolve()
    path = (inbox / row["source_path"]).resolve() if inbox.is_dir() else inbox
    inside = path == inbox or path.is_relative_to(inbox)
    return path if inside and path.is_file() else None


_LAUNCH = ("name", "launched_by", "period_start", "period_end")


def movements(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the registry of movements, each with its dispatches over time, the most mentioned first."""
    found: dict[str, dict[str, Any]] = {}
    sql = """SELECT m.movement_id, m.name, m.kind, m.launched, m.launched_by, m.period_start, m.period_end,
                    d.dispatch_id, d.issued_on, d.number, d.notation, d.agency
             FROM movements m JOIN dispatches d USING (dispatch_id) ORDER BY d.issued_on, d.dispatch_id"""
    for row in connection.execute(sql):
        entry = found.setdefault(
            row["movement_id"] or row["name"],
            {key: row[key] for key in ("movement_id", "name", "kind")}
            | dict.fromkeys(_LAUNCH[1:])
            | {"dispatches": []},
        )
        if row["launched"]:
            entry |= {key: row[key] for key in _LAUNCH}
        entry["dispatches"].append(
            {key: row[key] for key in ("dispatch_id", "issued_on", "number", "notation", "agency", "launched")}
        )
    return sorted(found.values(), key=lambda entry: (-len(entry["dispatches"]), str(entry["name"])))


def directives(
    connection: sqlite3.Connection, *, today: str, due: str = "with_deadline", assignee: str = "", limit: int = 500
) -> list[dict[str, Any]]:
    """Return directives by deadline; `due` is `with_deadline`, `overdue`, `due` or `all`, `today` an ISO day."""
    tests = {
        "with_deadline": "r.deadline IS NOT NULL",
        "overdue": "r.deadline < :today",
        "due": "r.deadline >= :today",
        "all": "1",
    }
    sql = f"""
        SELECT r.dispatch_id, r.label, r.text, r.assignees, r.deadline, r.deadline < :today AS overdue,
               d.number, d.notation, d.issued_on, d.agency
        FROM directives r JOIN dispatches d USING (dispatch_id)
        WHERE {tests.get(due, tests["with_deadline"])}
          AND (:assignee = '' OR instr(lower(r.assignees), lower(:assignee)))
        ORDER BY r.deadline IS NULL, r.deadline, r.dispatch_id, r.ordinal LIMIT :limit"""
    rows = connection.execute(sql, {"today": today, "assignee": assignee, "limit": limit})
    return [dict(row) | {"assignees": "; ".join(_list(row["assignees"]))} for row in rows]


def _list(value: str | None) -> list[str]:
    return [str(item) for item in json.loads(value)] if value else []


def exists(connection: sqlite3.Connection, dispatch_id: str) -> bool:
    """Tell whether the tables hold a dispatch; a restricted one is not there for anybody."""
    return connection.execute("SELECT 1 FROM dispatches WHERE dispatch_id = ?", (dispatch_id,)).fetchone() is not None


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page that boxes refer to, in points, and by how many degrees clockwise it was turned."""

    number: int
    width: float
    height: float
    turn: int = 0


def page_sizes(out: Path, dispatch_id: str) -> tuple[PageSize, ...]:
    """Return the sizes of a dispatch's pages; none for Word and text files."""
    reading = readings.load(out / readings.FOLDER, dispatch_id)
    pages = reading.pages if reading else ()
    return tuple(
        PageSize(page.number, page.width, page.height, page.turn) for page in pages if page.width and page.height
    )


def progress(out: Path) -> dict[str, Any]:
    """Return the ledger's counts and whether an ingest is running."""
    status = read_status(out)
    return {"running": running(out), "counts": {"found": status.found, **status.counts}}


def retry(connection: sqlite3.Connection, source_path: str) -> int:
    """Have the next ingest try a quarantined or failed file again; return how many ledger rows that touched."""
    with store.transaction(connection):
        cursor = connection.execute(
            """UPDATE sources SET attempts = 0, recipe = NULL, state = 'failed'
               WHERE source_path = ? AND state IN ('quarantined', 'failed')""",
            (source_path,),
        )
    return cursor.rowcount
