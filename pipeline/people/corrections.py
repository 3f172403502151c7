"""What a person corrected: kept apart from what the machine said, and laid over it again after every run.

The machine's rows of a corrected dispatch are kept as they were. What the tables show is computed
from those and from the corrections that stand, so an undo and a better extractor both just compute it anew.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal

from pipeline import store
from pipeline.annotations import FIELD_NAMES, KINDS
from pipeline.people import Author, ChangeError, ChangeKind, record
from pipeline.search import index_dispatch
from pipeline.store.rows import Row, Value, best_score
from pipeline.store.schema import TABLES, columns_of

Action = Literal["set", "add", "strike", "check", "fill"]
EDITABLE = ("recipients", "movements", "dates", "references", "directives")
"""The claim tables whose rows a person may change, add or strike out."""

DAYS = frozenset(("issued_on", "arrived_on", "start", "end", "deadline", "period_start", "period_end"))
"""The columns that hold days."""

WHY = ("review_reason", "review_message", "review_message_vi")
"""The columns that say why a person should look, reason by reason in the same order; empty once one has."""

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction that is to be made; several of them may make up one change."""

    dispatch_id: str
    table: str
    action: Action
    value: object = None
    key: str = ""
    column: str = ""


def set_field(connection: sqlite3.Connection, dispatch_id: str, name: str, value: str | None, by: Author) -> str:
    """Correct one field of a dispatch and return the change's id; None says that the page does not hold it."""
    entry = Entry(dispatch_id, "dispatches", "set", field_value(name, value), column=name)
    return _write(connection, [entry], by)


def set_cells(
    connection: sqlite3.Connection,
    dispatch_id: str,
    table: str,
    keys: Iterable[str],
    column: str,
    value: Value,
    by: Author,
) -> str:
    """Give one column of these rows of a claim table, found by their keys, a value, as one change; return its id."""
    typed = _typed(table, column, value)
    entries = [Entry(dispatch_id, table, "set", typed, key, column) for key in dict.fromkeys(keys)]
    return _write(connection, entries, by)


def add_row(
    connection: sqlite3.Connection, dispatch_id: str, table: str, values: Mapping[str, Value], by: Author
) -> str:
    """Add a row that the machine missed to a claim table and return the change's id."""
    _editable(table)
    typed = {column: _typed(table, column, value) for column, value in values.items()}
    return _write(connection, [Entry(dispatch_id, table, "add", typed)], by)


def strike_rows(connection: sqlite3.Connection, dispatch_id: str, table: str, keys: Iterable[str], by: Author) -> str:
    """Strike out rows of a claim table as one change and return its id."""
    _editable(table)
    return _write(connection, [Entry(dispatch_id, table, "strike", key=key) for key in dict.fromkeys(keys)], by)


def check(connection: sqlite3.Connection, dispatch_id: str, by: Author) -> str:
    """Mark a dispatch as checked by a person and return the change's id."""
    entry = Entry(dispatch_id, "dispatches", "check", "checked", column="review_state")
    return _write(connection, [entry], by, kind="check")


def fill(
    connection: sqlite3.Connection, ids: Iterable[str], name: str, value: str | None, by: Author, *, query: str | None
) -> str:
    """Give one field of many dispatches the same value, as one change, and return its id.

    Nobody has looked at each of them, so none becomes `checked`; the field is no reason for review any more.
    """
    typed = field_value(name, value)
    entries = [Entry(dispatch_id, "dispatches", "fill", typed, column=name) for dispatch_id in dict.fromkeys(ids)]
    return _write(connection, entries, by, query=query)


def undo(connection: sqlite3.Connection, change_id: str, by: Author) -> str:
    """Take a correction back and return the undo's id; the tables show again what stood without it."""
    sql = "SELECT DISTINCT dispatch_id FROM corrections WHERE change_id = ? ORDER BY 1"
    touched = [row[0] for row in connection.execute(sql, (change_id,))]
    undone = connection.execute("SELECT 1 FROM changes WHERE undoes = ?", (change_id,)).fetchone()
    if not touched or undone:
        raise ChangeError(f"no correction {change_id} that stands", f"không có bản sửa {change_id} nào còn hiệu lực")
    with store.transaction(connection):
        undo_id = record(connection, by, "undo", rows=len(touched), undoes=change_id)
        for dispatch_id in touched:
            lay_over(connection, dispatch_id)
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


def keys(connection: sqlite3.Connection, dispatch_id: str) -> dict[str, tuple[str, ...]]:
    """Return for each table the keys of its rows of a dispatch, in the order of their ordinals."""
    return {table: tuple(rows) for table, rows in _shown(connection, dispatch_id).items()}


def _shown(connection: sqlite3.Connection, dispatch_id: str) -> dict[str, dict[str, Row]]:
    """Return what the tables show of a dispatch, by key; raises ChangeError for one that is not there."""
    machine = machine_rows(connection, dispatch_id)
    if not machine["dispatches"]:
        raise ChangeError(f"no dispatch {dispatch_id} in the catalogue", f"không có văn bản {dispatch_id} trong kho")
    return _keyed(machine, standing(connection, dispatch_id))


def _keyed(machine: Mapping[str, Sequence[Row]], corrections: Iterable[Correction]) -> dict[str, dict[str, Row]]:
    keyed = {table: dict(zip(row_keys(rows), map(dict, rows), strict=True)) for table, rows in machine.items()}
    (dispatch,) = keyed["dispatches"].values()
    made: Counter[tuple[str, str]] = Counter()
    for c in corrections:
        value = json.loads(c.value)
        made[c.change_id, c.table_name] += 1
        new = f"{c.change_id}#{made[c.change_id, c.table_name]}"
        dispatch |= _reviewed(dispatch, c)
        if c.action == "check":
            continue
        if c.table_name == "dispatches":
            dispatch[c.column_name] = value
            keyed["fields"][new] = _evidence(keyed["fields"].values(), c, value)
        elif c.action == "add":
            keyed[c.table_name][new] = _new_row(c, value)
        elif c.action == "strike":
            keyed[c.table_name].pop(c.row_key, None)
        else:
            # A row that the new run no longer finds was set by a person, so it comes back as theirs.
            row = keyed[c.table_name].setdefault(c.row_key, _new_row(c, json.loads(c.before)))
            row |= {c.column_name: value, "author": f"human:{c.actor}", "confidence": 1.0, "score": None}
    return keyed


def _reviewed(dispatch: Row, c: Correction) -> Row:
    """Return a dispatch's state of review after a correction: only who looks at a record has checked it."""
    if c.action != "fill":
        return {"review_state": "checked", **dict.fromkeys(WHY)}
    said = [str(dispatch[column]).split("; ") if dispatch.get(column) else [] for column in WHY]
    left = [one for one in zip_longest(*said) if not str(one[0]).endswith(f":{c.column_name}")]
    waits = dispatch["review_state"] == "needs_review"
    state = "machine" if waits and not left else dispatch["review_state"]
    told = zip(*left, strict=True) if left else ([],) * len(WHY)
    return {
        "review_state": state,
        **{column: "; ".join(filter(None, one)) or None for column, one in zip(WHY, told, strict=True)},
    }


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
    place = max((f for f in fields if f["name"] == c.column_name), key=best_score, default={})
    return {
        **dict.fromkeys((column.name for column in TABLES["fields"]), None),
        **place,
        "dispatch_id": c.dispatch_id,
        "name": c.column_name,
        "value": value,
        "confidence": 1.0,
        "score": None,
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
    entries: Sequence[Entry],
    by: Author,
    *,
    kind: ChangeKind = "correct",
    query: str | None = None,
) -> str:
    """Write entries as one change, in one transaction, and bring the tables in line."""
    if not entries:
        raise ChangeError("nothing is chosen", "chưa chọn gì")
    touched: dict[str, list[Entry]] = {}
    for entry in entries:
        touched.setdefault(entry.dispatch_id, []).append(entry)
    with store.transaction(connection):
        change_id = record(connection, by, kind, rows=len(touched), query=query)
        for dispatch_id, mine in touched.items():
            shown = _shown(connection, dispatch_id)
            store.insert(connection, "corrections", [_row(change_id, entry, _before(shown, entry)) for entry in mine])
            lay_over(connection, dispatch_id)
    return change_id


def _row(change_id: str, entry: Entry, before: object) -> Row:
    return {
        "change_id": change_id,
        "dispatch_id": entry.dispatch_id,
        "table_name": entry.table,
        "row_key": entry.key,
        "column_name": entry.column,
        "action": entry.action,
        "before": json.dumps(before, ensure_ascii=False),
        "value": json.dumps(entry.value, ensure_ascii=False),
    }


def _before(shown: Mapping[str, Mapping[str, Row]], entry: Entry) -> object:
    """Return what stood there: a field's value, or a whole row of a claim table; raises ChangeError for no such row."""
    if entry.table == "dispatches":
        (dispatch,) = shown["dispatches"].values()
        return dispatch.get(entry.column)
    row = shown[entry.table].get(entry.key)
    if row is None and entry.action != "add":
        raise ChangeError(f"no row {entry.key!r} in {entry.table}", f"không có dòng {entry.key!r} trong {entry.table}")
    return row


def field_value(name: str, value: str | None) -> str | None:
    """Return a field's value as it is kept; raises ChangeError for an unknown field or a value that does not fit."""
    if name not in FIELD_NAMES:
        names = ", ".join(FIELD_NAMES)
        raise ChangeError(f"no field {name!r}; fields: {names}", f"không có trường {name!r}; các trường: {names}")
    text = (value or "").strip()
    return (day(name, text) if name in DAYS else text) if text else None


def day(column: str, text: str) -> str:
    """Return a day as ISO writes it, also from 26/6/2020; `issued_on` may lack the day or the month (6/2020).

    Raises ChangeError for anything else.
    """
    written = re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", text)
    iso = "-".join(part.zfill(2) for part in reversed(written.groups()) if part) if written else text
    partly = column == "issued_on" and re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", iso)
    try:
        return iso if partly else date.fromisoformat(iso).isoformat()
    except ValueError:
        raise ChangeError(
            f"{column}: not a day: {text!r}; write 2020-06-26 or 26/6/2020",
            f"{column}: không phải ngày: {text!r}; hãy viết 2020-06-26 hoặc 26/6/2020",
        ) from None


def _editable(table: str) -> None:
    if table not in EDITABLE:
        names = ", ".join(EDITABLE)
        raise ChangeError(
            f"no table {table!r} to edit; tables: {names}", f"bảng {table!r} không sửa được; các bảng: {names}"
        )


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
    if column in DAYS:
        return day(column, str(value).strip())
    try:
        return int(str(value)) if kind == "integer" else str(value)
    except ValueError:
        raise ChangeError(f"{column} needs a number, found {value!r}", f"{column} phải là số: {value!r}") from None
