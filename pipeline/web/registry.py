"""The registries that the pages show: movements with their dispatches over time, and directives by deadline."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.search.query import day_bound
from pipeline.text.unicode import fold

Due = Literal["with_deadline", "overdue", "soon", "due", "all"]
DUE: tuple[Due, ...] = ("with_deadline", "overdue", "soon", "due", "all")
SOON = 30
"""Days ahead within which a deadline counts as soon."""

PER_PAGE = 100

_TESTS: dict[Due, str] = {
    "with_deadline": "r.deadline IS NOT NULL",
    "overdue": "r.deadline < :today",
    "soon": "r.deadline BETWEEN :today AND :soon",
    "due": "r.deadline >= :today",
    "all": "1",
}
DIRECTIVE_COLUMNS = (
    "deadline", "overdue", "assignees", "label", "text", "number", "notation", "issued_on", "agency", "movement",
    "dispatch_id",
)  # fmt: skip
MOVEMENT_COLUMNS = (
    "name", "kind", "launched_by", "period_start", "period_end", "count", "first", "last", "movement_id",
)  # fmt: skip


_Words = Annotated[str, Field(max_length=200)]
_Day = Annotated[str, Field(max_length=20)]


class TaskQuery(BaseModel):
    """What narrows tasks, for the page and for the API: their deadline, and words of assignee, agency and task.

    `start` and `end` bound the deadline: days, months or years, as people write them.
    """

    model_config = ConfigDict(frozen=True)

    due: Due = "with_deadline"
    assignee: _Words = ""
    agency: _Words = ""
    words: _Words = ""
    start: _Day = ""
    end: _Day = ""


def directives(connection: sqlite3.Connection, asked: TaskQuery, today: date) -> Iterator[dict[str, Any]]:
    """Yield directives by deadline, those without one last; words are compared without case and diacritics.

    Raises QueryError for a bound that is no day.
    """
    soon = date.fromordinal(today.toordinal() + SOON).isoformat()
    sql = f"""
        SELECT r.deadline, r.deadline < :today AS overdue, r.assignees, r.label, r.text,
               d.number, d.notation, d.issued_on, d.agency, r.dispatch_id, d.parent_agency,
               (SELECT m.name FROM movements m WHERE m.movement_id = r.movement_id
                AND m.dispatch_id = r.dispatch_id) AS movement
        FROM directives r JOIN dispatches d USING (dispatch_id)
        WHERE {_TESTS[asked.due]} AND (:start = '' OR r.deadline >= :start) AND (:end = '' OR r.deadline <= :end)
        ORDER BY r.deadline IS NULL, r.deadline, r.dispatch_id, r.ordinal"""
    start, end = day_bound(asked.start.strip(), last=False), day_bound(asked.end.strip(), last=True)
    terms = {"today": today.isoformat(), "soon": soon, "start": start or "", "end": end or ""}
    tests: list[Callable[[sqlite3.Row], bool]] = [
        _holds(words, *columns)
        for words, columns in (
            (asked.assignee, ("assignees",)),
            (asked.agency, ("agency", "parent_agency")),
            (asked.words, ("text", "label")),
        )
        if words.strip()
    ]
    for row in connection.execute(sql, terms):
        if all(test(row) for test in tests):
            yield {column: row[column] for column in DIRECTIVE_COLUMNS} | {
                "overdue": bool(row["overdue"]),
                "assignees": json.loads(row["assignees"] or "[]"),
            }


def _holds(words: str, *columns: str) -> Callable[[sqlite3.Row], bool]:
    needle = fold(words.strip())
    return lambda row: any(needle in fold(_plain(row[column])) for column in columns)


def _plain(value: str | None) -> str:
    return "; ".join(json.loads(value)) if value and value.startswith('["') else value or ""


def due_counts(connection: sqlite3.Connection, today: date) -> dict[Due, int]:
    """Return how many directives there are of each kind of deadline."""
    soon = date.fromordinal(today.toordinal() + SOON).isoformat()
    parts = ", ".join(f"coalesce(sum({test}), 0)" for test in _TESTS.values())
    terms = {"today": today.isoformat(), "soon": soon}
    counts = connection.execute(f"SELECT {parts} FROM directives r", terms).fetchone()
    return {name: int(count) for name, count in zip(_TESTS, counts, strict=True)}


def movements(connection: sqlite3.Connection, words: str = "") -> list[dict[str, Any]]:
    """Return the registry of movements, those of most dispatches first: kind, launch, and dispatches by year."""
    found: dict[str, dict[str, Any]] = {}
    years: dict[str, Counter[str]] = {}
    sql = """SELECT coalesce(m.movement_id, m.name) AS id, m.name, m.kind, m.launched, m.launched_by, m.period_start,
                    m.period_end, d.issued_on FROM movements m JOIN dispatches d USING (dispatch_id)
             ORDER BY d.issued_on, d.dispatch_id"""
    for row in connection.execute(sql):
        entry = found.setdefault(
            row["id"],
            {"movement_id": row["id"], "name": row["name"], "kind": row["kind"], "launched_by": None,
             "period_start": None, "period_end": None, "count": 0, "first": row["issued_on"], "last": None},
        )  # fmt: skip
        if row["launched"]:
            entry |= {key: row[key] for key in ("name", "launched_by", "period_start", "period_end")}
        entry["count"] += 1
        entry["first"] = entry["first"] or row["issued_on"]
        entry["last"] = row["issued_on"] or entry["last"]
        if row["issued_on"]:
            years.setdefault(row["id"], Counter())[row["issued_on"][:4]] += 1
    needle = fold(words.strip())
    kept = (entry for entry in found.values() if needle in fold(str(entry["name"])))
    ordered = sorted(kept, key=lambda entry: (-entry["count"], str(entry["name"])))
    return [entry | {"years": sorted(years.get(entry["movement_id"], Counter()).items())} for entry in ordered]


def movement_dispatches(connection: sqlite3.Connection, movement_id: str) -> list[dict[str, Any]]:
    """Return the dispatches that name a movement, the earliest first."""
    sql = """SELECT d.dispatch_id, d.issued_on, d.number, d.notation, d.agency, d.type_name, d.subject, m.launched
             FROM movements m JOIN dispatches d USING (dispatch_id)
             WHERE m.movement_id = ? OR (m.movement_id IS NULL AND m.name = ?) ORDER BY d.issued_on, d.dispatch_id"""
    return [dict(row) for row in connection.execute(sql, (movement_id, movement_id))]
