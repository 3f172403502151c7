"""What the pages show, read from the catalogue: plain values for the templates and for the API."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pipeline import store
from pipeline.annotations import FIELD_NAMES
from pipeline.batch.ledger import STATES
from pipeline.people import corrections
from pipeline.people.tags import tags_of
from pipeline.store import readings
from pipeline.store.rows import Row, best_score
from pipeline.web.reasons import Reason, reasons_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "recipients": ("block", "name", "purpose", "archive"),
    "movements": ("name", "kind", "launched", "launched_by", "period_start", "period_end"),
    "dates": ("text", "start", "end", "role"),
    "references": ("type_name", "number", "notation", "issued_on", "issuer", "relation"),
    "directives": ("label", "text", "assignees", "deadline"),
}
"""The columns of each claim table that the review page shows and edits."""

BOXED = ("page", "x0", "top", "x1", "bottom")


CHOICES: Mapping[str, tuple[str, ...]] = {
    "block": ("addressee", "recipient"),
    "kind": ("movement", "campaign", "programme"),
    "role": ("issued", "cited", "deadline", "period", "event"),
    "relation": ("basis", "carries_out", "amends", "replaces", "replies_to", "mentions"),
    "archive": ("", "1"),
    "launched": ("", "1"),
}
"""The columns of claim tables that hold one of few values."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field on the review page: its value, how sure it is, what the machine had read, where it stands, why to look.

    `span` is where it stands in the text, for documents without page pictures.
    """

    name: str
    value: str | None
    confidence: float | None
    author: str | None
    machine: str | None
    box: tuple[float, ...] | None
    span: tuple[int, int] | None
    reason: str | None

    @property
    def id(self) -> str:
        """The field's name on the page."""
        return f"field-{self.name}"

    @property
    def by_person(self) -> bool:
        """Whether a person set the value."""
        return bool(self.author and self.author.startswith("human:"))


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a claim table on the review page, with the key by which it is corrected."""

    id: str
    key: str
    cells: tuple[tuple[str, str], ...]
    confidence: float | None
    by_person: bool
    box: tuple[float, ...] | None
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, and the names of the fields and rows that it belongs to."""

    text: str
    owners: tuple[str, ...]

    @property
    def of_field(self) -> bool:
        """Whether a field stands here."""
        return any(owner.startswith("field-") for owner in self.owners)


@dataclass(frozen=True, slots=True)
class RecordView:
    """All that the review page shows of one dispatch."""

    dispatch: Row
    fields: tuple[FieldView, ...]
    tables: dict[str, tuple[RowView, ...]]
    problems: tuple[Row, ...]
    tags: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The text cut where fields and rows begin and end."""
        return segments(
            str(self.dispatch["text"] or ""), (*self.fields, *(r for rows in self.tables.values() for r in rows))
        )


def record(connection: sqlite3.Connection, dispatch_id: str) -> RecordView | None:
    """Return a dispatch for the review page, what needs a person first; None if it is not in the tables."""
    found = list(store.read(connection, "dispatches", "dispatch_id = ?", (dispatch_id,)))
    if not found:
        return None
    evidence = list(store.read(connection, "fields", "dispatch_id = ?", (dispatch_id,)))
    reasons = reasons_of(
        *(str(found[0][column] or "") for column in ("review_reason", "review_message_vi", "review_message"))
    )
    about = {reason.about: reason.kind for reason in reasons}
    fields = [_field(name, found[0].get(name), evidence, about.get(name)) for name in FIELD_NAMES]
    keys = corrections.keys(connection, dispatch_id)
    return RecordView(
        dispatch=found[0],
        fields=tuple(sorted(fields, key=_urgency)),
        tables={table: _rows(connection, dispatch_id, table, keys[table]) for table in COLUMNS},
        problems=tuple(store.read(connection, "problems", "dispatch_id = ?", (dispatch_id,))),
        tags=tags_of(connection, [dispatch_id])[dispatch_id],
        reasons=reasons,
    )


def _field(name: str, value: object, evidence: Sequence[Row], reason: str | None) -> FieldView:
    mine = [row for row in evidence if row["name"] == name]
    machine = [row for row in mine if not str(row["author"]).startswith("human:")]
    best = max(machine, key=best_score, default=None)
    human = [row for row in mine if row not in machine]
    shown = human[-1] if human else best
    return FieldView(
        name=name,
        value=None if value is None else str(value),
        confidence=None if shown is None else float(str(shown["confidence"])),
        author=None if shown is None else str(shown["author"]),
        machine=None if best is None else str(best["value"]),
        box=_box(best) if best else None,
        span=_span(best) if best else None,
        reason=reason,
    )


def _urgency(field: FieldView) -> tuple[bool, bool, bool, float]:
    """Order fields: those with a reason first, a person's last, empty ones before those, the least sure first."""
    return (field.reason is None, field.by_person, field.value is None, field.confidence or 0.0)


def _box(row: Row) -> tuple[float, ...] | None:
    values = [row[edge] for edge in BOXED]
    return None if None in values else tuple(float(str(value)) for value in values)


def _span(row: Row) -> tuple[int, int] | None:
    start, end = row["char_start"], row["char_end"]
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def segments(text: str, owners: Iterable[FieldView | RowView]) -> tuple[Segment, ...]:
    """Cut a text at every edge of a span, so that each piece belongs to the same owners from end to end."""
    spans = [(*owner.span, owner.id) for owner in owners if owner.span]
    edges = sorted({0, len(text), *(min(edge, len(text)) for start, end, _ in spans for edge in (start, end))})
    return tuple(
        Segment(text[start:end], tuple(name for first, last, name in spans if first <= start and end <= last))
        for start, end in pairwise(edges)
    )


def _rows(connection: sqlite3.Connection, dispatch_id: str, table: str, keys: Sequence[str]) -> tuple[RowView, ...]:
    rows = store.read(connection, table, "dispatch_id = ?", (dispatch_id,))
    return tuple(
        RowView(
            id=f"row-{table}-{row['ordinal']}",
            key=key,
            cells=tuple((column, cell(row[column])) for column in COLUMNS[table]),
            confidence=None if row["confidence"] is None else float(str(row["confidence"])),
            by_person=str(row["author"]).startswith("human:"),
            box=_box(row),
            span=_span(row),
        )
        for key, row in zip(keys, rows, strict=True)
    )


def cell(value: object) -> str:
    """Return a value of a table as text: lists with semicolons, truth as 1 or nothing."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def next_to_review(
    connection: sqlite3.Connection, after: str | None = None, among: Container[str] | None = None
) -> str | None:
    """Return the next record that waits for review, the least sure first: after a given one, or the first of all.

    `among` narrows to some records.
    """
    place = (-2.0, "")
    if after:
        row = connection.execute("SELECT confidence FROM dispatches WHERE dispatch_id = ?", (after,)).fetchone()
        place = (-1.0 if row is None or row[0] is None else row[0], after)
    for test in (">", "<"):
        found = connection.execute(
            f"""SELECT dispatch_id FROM dispatches WHERE review_state = 'needs_review'
                AND (coalesce(confidence, -1.0), dispatch_id) {test} (?, ?)
                ORDER BY coalesce(confidence, -1.0), dispatch_id""",
            place,
        )
        for (dispatch_id,) in found:
            if among is None or dispatch_id in among:
                return str(dispatch_id)
    return None


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many records wait for review."""
    sql = "SELECT count(*) FROM dispatches WHERE review_state = 'needs_review'"
    return int(connection.execute(sql).fetchone()[0])


def source(connection: sqlite3.Connection, dispatch_id: str) -> Path | None:
    """Return where a dispatch's file lies, if the tables hold the dispatch and the file is there as it was read.

    Another file under the same name is not handed out: nobody knows yet whether it is secret.
    """
    row = connection.execute(
        """SELECT s.inbox, s.source_path, s.size, s.mtime_ns FROM sources s JOIN dispatches d USING (dispatch_id)
           WHERE s.dispatch_id = ? AND s.state IN ('done', 'duplicate') AND s.gone = 0
           ORDER BY s.state = 'duplicate'""",
        (dispatch_id,),
    ).fetchone()
    if row is None or row["inbox"] is None:
        return None
    inbox = Path(row["inbox"]).resolve()
    path = (inbox / row["source_path"]).resolve() if inbox.is_dir() else inbox
    inside = path == inbox or path.is_relative_to(inbox)
    return path if inside and path.is_file() and _as_read(path, row) else None


def _as_read(path: Path, row: sqlite3.Row) -> bool:
    stat = path.stat()
    return row["mtime_ns"] is None or (row["size"], row["mtime_ns"]) == (stat.st_size, stat.st_mtime_ns)


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
    folder = out / readings.FOLDER
    try:
        stamp = readings.path_of(folder, dispatch_id).stat().st_mtime_ns
    except OSError:
        return ()
    return _sizes(folder, dispatch_id, stamp)


@lru_cache(maxsize=256)
def _sizes(folder: Path, dispatch_id: str, stamp: int) -> tuple[PageSize, ...]:
    """Return what `page_sizes` does, kept for as long as the reading is as it was: opening one takes a while."""
    reading = readings.load(folder, dispatch_id)
    pages = reading.pages if reading else ()
    return tuple(
        PageSize(page.number, page.width, page.height, page.turn) for page in pages if page.width and page.height
    )


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many files are in each state, and all of them as `found`."""
    by_state = dict(map(tuple, connection.execute("SELECT state, count(*) FROM sources GROUP BY state")))
    known = {str(state): int(by_state.get(state, 0)) for state in STATES}
    return {"found": sum(by_state.values()), **known}


def retry(connection: sqlite3.Connection, source_path: str) -> int:
    """Have the next ingest try a quarantined or failed file again; return how many ledger rows that touched."""
    with store.transaction(connection):
        cursor = connection.execute(
            """UPDATE sources SET attempts = 0, recipe = NULL, state = 'failed'
               WHERE source_path = ? AND state IN ('quarantined', 'failed')""",
            (source_path,),
        )
    return cursor.rowcount
