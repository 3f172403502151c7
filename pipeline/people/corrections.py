"""What a person corrected: kept apart from what the machine said, and laid over it again after every run.

The machine's rows of a corrected dispatch are kept as they were. What the tables show is computed
from those and from the corrections that stand, so an undo and a better extractor both just compute it anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline import store
from pipeline.annotations import FIELD_NAMES, KINDS
from pipeline.people import Author, ChangeError, new_id, record
from pipeline.search import index_dispatch
from pipeline.store.rows import Row, Value
from pipeline.store.schema import TABLES, columns_of

Action = Literal["set", "add", "strike", "check"]
EDITABLE = ("recipients", "movements", "dates", "references", "directives")
"""The claim tables whose rows a person may change, add or strike out."""

_ROWS_OF = ("dispatches", *KINDS)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person said of a dispatch.

    `row_key` names a row of a claim table by its words (`text#1` is the first row with that text), so
    that it is found again after another run; empty for the dispatch's own fields. `before` and
    `value` are JSON.
    """

    change_id: str
    dispatch_id: str
    table_name: str
    row_key: str
    column_name: str
    action: Action
    before: str
    value: str
    actor: str


def set_field(connection: sqlite3.Connection, dispatch_id: str, name: str, value: str | None, by: Author) -> str:
    """Correct one field of a dispatch and return the change's id; None says that the page does not hold it."""
    if name not in FIELD_NAMES:
        names = ", ".join(FIELD_NAMES)
        raise ChangeError(f"no field {name!r}; fields: {names}", f"không có trường {name!r}; các trường: {names}")
    return _write(connection, dispatch_id, "dispatches", "", name, "set", value, by)


def set_cell(
    connection: sqlite3.Connection, dispatch_id: str, table: str, key: str, column: str, value: Value, by: Author
) -> str:
    """Correct one column of one row of a claim table, found by its key, and return the change's id."""
    _known_row(connection, dispatch_id, table, key)
    return _write(connection, dispatch_id, table, key, column, "set", _typed(table, column, value), by)


def add_row(
    connection: sqlite3.Connection, dispatch_id: str, table: str, values: Mapping[str, Value], by: Author
) -> str:
    """Add a row that the machine missed to a claim table and return the change's id."""
    _editable(table)
    typed = {column: _typed(table, column, value) for column, value in values.items()}
    return _write(connection, dispatch_id, table, "", "", "add", typed, by)


def strike_row(connection: sqlite3.Connection, dispatch_id: str, table: str, key: str, by: Author) -> str:
    """Strike out a row of a claim table and return the change's id."""
    _known_row(connection, dispatch_id, table, key)
    return _write(connection, dispatch_id, table, key, "", "strike", None, by)


def check(connection: sqlite3.Connection, dispatch_id: str, by: Author) -> str:
    """Mark a dispatch as checked by a person and return the change's id."""
    return _write(connection, dispatch_id, "dispatches", "", "review_state", "check", "checked", by)


def undo(connection: sqlite3.Connection, change_id: str, by: Author) -> str:
    """Take a correction back and return the undo's id; the tables show again what stood without it."""
    row = connection.execute("SELECT dispatch_id FROM corrections WHERE change_id = ?", (change_id,)).fetchone()
    undone = connection.execute("SELECT 1 FROM changes WHERE undoes = ?", (change_id,)).fetchone()
    if row is None or undone:
        raise ChangeError(f"no correction {change_id} that stands", f"không có bản sửa {change_id} nào còn hiệu lực")
    with store.transaction(connection):
        undo_id = record(connection, by, "undo", rows=1, undoes=change_id)
        lay_over(connection, row[0])
    return undo_id


def standing(connection: sqlite3.Connection, dispatch_id: str) -> list[Correction]:
    """Return the corrections of a dispatch that were not undone, the oldest first."""
    sql = """SELECT c.*, h.actor FROM corrections c JOIN changes h USING (change_id) WHERE c.dispatch_id = ?
             AND c.change_id NOT IN (SELECT undoes FROM changes WHERE undoes IS NOT NULL) ORDER BY c.rowid"""
    return [Correction(**dict(row)) for row in connection.execute(sql, (dispatch_id,))]


def machine_rows(connection: sqlite3.Connection, dispatch_id: str) -> dict[str, list[Row]]:
    """Return what the machine said of a dispatch, by table: the kept rows, or the tables' own where none were kept."""
    kept: dict[str, list[Row]] = {table: [] for table in _ROWS_OF}
    sql = "SELECT table_name, row FROM machine_rows WHERE dispatch_id = ? ORDER BY ordinal"
    for table, row in connection.execute(sql, (dispatch_id,)):
        kept[table].append(json.loads(row))
    if kept["dispatches"]:
        return kept
    return {table: list(store.read(connection, table, "dispatch_id = ?", (dispatch_id,))) for table in _ROWS_OF}


def lay_over(connection: sqlite3.Connection, dispatch_id: str, *, fresh: bool = False) -> bool:
    """Make the tables show a dispatch's machine rows with the standing corrections on top.

    `fresh` says that the tables hold a new run's rows, which then become the kept machine rows.
    Returns whether the dispatch has corrections. Call it inside a transaction.
    """
    corrections = standing(connection, dispatch_id)
    if fresh:
        connection.execute("DELETE FROM machine_rows WHERE dispatch_id = ?", (dispatch_id,))
        if not corrections:
            return False
    machine = machine_rows(connection, dispatch_id)
    if not machine["dispatches"]:
        return False
    if fresh or not connection.execute("SELECT 1 FROM machine_rows WHERE dispatch_id = ?", (dispatch_id,)).fetchone():
        _keep(connection, dispatch_id, machine)
    shown = corrected(machine, corrections)
    connection.execute("DELETE FROM dispatches WHERE dispatch_id = ?", (dispatch_id,))
    for table, rows in shown.items():
        store.insert(connection, table, rows)
    index_dispatch(connection, dispatch_id)
    return bool(corrections)


def corrected(machine: Mapping[str, Sequence[Row]], corrections: Iterable[Correction]) -> dict[str, list[Row]]:
    """Return the rows that follow from the machine's rows and the corrections, in order; a pure function."""
    keyed = _keyed(machine, corrections)
    return {
        table: list(rows.values()) if table == "dispatches" else _numbered(rows.values())
        for table, rows in keyed.items()
    }


def keys(connection: sqlite3.Connection, dispatch_id: str, table: str) -> tuple[str, ...]:
    """Return the keys of a table's rows of a dispatch, in the order of their ordinals."""
    return tuple(_keyed(machine_rows(connection, dispatch_id), standing(connection, dispatch_id))[table])


def _keyed(machine: Mapping[str, Sequence[Row]], corrections: Iterable[Correction]) -> dict[str, dict[str, Row]]:
    keyed = {table: dict(zip(row_keys(rows), map(dict, rows), strict=True)) for table, rows in machine.items()}
    (dispatch,) = keyed["dispatches"].values()
    for c in corrections:
        value = json.loads(c.value)
        dispatch |= {"review_state": "checked", "review_reason": None}
        if c.action == "check":
            continue
        if c.table_name == "dispatches":
            dispatch[c.column_name] = value
            keyed["fields"][f"{c.change_id}#1"] = _evidence(keyed["fields"].values(), c, value)
        elif c.action == "add":
            keyed[c.table_name][f"{c.change_id}#1"] = _new_row(c, value)
        elif c.action == "strike":
            keyed[c.table_name].pop(c.row_key, None)
        else:
            # A row that the new run no longer finds was set by a person, so it comes back as theirs.
            row = keyed[c.table_name].setdefault(c.row_key, _new_row(c, json.loads(c.before)))
            row |= {c.column_name: value, "author": f"human:{c.actor}", "confidence": 1.0}
    return keyed


def _numbered(rows: Iterable[Row]) -> list[Row]:
    return [row | {"ordinal": n} for n, row in enumerate(rows, 1)]


def row_keys(rows: Iterable[Row]) -> Iterator[str]:
    """Yield for each machine row the key by which a correction finds it again: its words, and which of such it is."""
    seen: Counter[str] = Counter()
    for row in rows:
        text = str(row.get("text"))
        seen[text] += 1
        yield f"{text}#{seen[text]}"


def _evidence(fields: Iterable[Row], c: Correction, value: Value) -> Row:
    """Return a person's row for `fields`: at the place where the machine saw the field, if it did."""
    place = max(
        (f for f in fields if f["name"] == c.column_name), key=lambda f: float(str(f["confidence"])), default={}
    )
    return {
        **dict.fromkeys((column.name for column in TABLES["fields"]), None),
        **place,
        "dispatch_id": c.dispatch_id,
        "name": c.column_name,
        "value": value,
        "confidence": 1.0,
        "author": f"human:{c.actor}",
    }


def _new_row(c: Correction, values: Mapping[str, Value]) -> Row:
    return {
        **dict.fromkeys((column.name for column in TABLES[c.table_name]), None),
        **values,
        "dispatch_id": c.dispatch_id,
        "confidence": 1.0,
        "author": f"human:{c.actor}",
    }


def _keep(connection: sqlite3.Connection, dispatch_id: str, rows: Mapping[str, Sequence[Row]]) -> None:
    store.insert(
        connection,
        "machine_rows",
        (
            {"dispatch_id": dispatch_id, "table_name": table, "ordinal": n, "row": json.dumps(row, ensure_ascii=False)}
            for table in rows
            for n, row in enumerate(rows[table], 1)
        ),
    )


def _write(
    connection: sqlite3.Connection,
    dispatch_id: str,
    table: str,
    key: str,
    column: str,
    action: Action,
    value: object,
    by: Author,
) -> str:
    with store.transaction(connection):
        before = _before(connection, dispatch_id, table, key, column)
        change_id = new_id(by)
        record(connection, by, "check" if action == "check" else "correct", rows=1, change_id=change_id)
        row: Row = {
            "change_id": change_id,
            "dispatch_id": dispatch_id,
            "table_name": table,
            "row_key": key,
            "column_name": column,
            "action": action,
            "before": json.dumps(before, ensure_ascii=False),
            "value": json.dumps(value, ensure_ascii=False),
        }
        store.insert(connection, "corrections", [row])
        lay_over(connection, dispatch_id)
    return change_id


def _before(connection: sqlite3.Connection, dispatch_id: str, table: str, key: str, column: str) -> object:
    """Return what stood there: a field's value, or a whole row of a claim table."""
    rows = list(store.read(connection, "dispatches", "dispatch_id = ?", (dispatch_id,)))
    if not rows:
        raise ChangeError(f"no dispatch {dispatch_id} in the catalogue", f"không có văn bản {dispatch_id} trong kho")
    if table == "dispatches":
        return rows[0].get(column)
    return _keyed(machine_rows(connection, dispatch_id), standing(connection, dispatch_id))[table].get(key)


def _editable(table: str) -> None:
    if table not in EDITABLE:
        names = ", ".join(EDITABLE)
        raise ChangeError(
            f"no table {table!r} to edit; tables: {names}", f"bảng {table!r} không sửa được; các bảng: {names}"
        )


def _known_row(connection: sqlite3.Connection, dispatch_id: str, table: str, key: str) -> None:
    _editable(table)
    if not _before(connection, dispatch_id, table, key, ""):
        raise ChangeError(f"no row {key!r} in {table}", f"không có dòng {key!r} trong bảng {table}")


def _typed(table: str, column: str, value: Value) -> Value:
    """Return a value in its column's type; raises ChangeError for an unknown column or a value that does not fit."""
    _editable(table)
    types = {c.name: c.type for c in (*columns_of(KINDS[table]), *TABLES[table][2:3])}
    kind = types.get(column)
    if kind is None:
        names = ", ".join(types)
        raise ChangeError(f"no column {column!r} in {table}: {names}", f"bảng {table} không có cột {column!r}: {names}")
    if value is None or value == "":
        return [] if kind == "list" else None
    if kind == "list":
        return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value
    if kind == "boolean":
        return value in (True, 1, "1", "true", "on", "có")
    try:
        return int(str(value)) if kind == "integer" else str(value)
    except ValueError:
        raise ChangeError(f"{column} needs a number, found {value!r}", f"{column} phải là số: {value!r}") from None
