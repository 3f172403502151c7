"""The tables: one for each kind of claim, derived from the annotation classes, and the few of the catalogue itself.

The same columns make the SQLite tables, the Parquet files and every export.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields
from typing import Literal

from pipeline.annotations import KINDS
from pipeline.document import Annotation

ColumnType = Literal["text", "integer", "real", "boolean", "list"]

APPLICATION_ID = 0x434F4E47  # "CONG", so that `file` and we ourselves know a catalogue from another database
USER_VERSION = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name and the type of its values (`list` is a list of text)."""

    name: str
    type: ColumnType = "text"

    @property
    def sql(self) -> str:
        """The column's definition in SQLite; booleans are 0 and 1, lists are JSON."""
        kind = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER", "list": "TEXT"}[self.type]
        return f'"{self.name}" {kind}'


def _columns(*names: str, type: ColumnType = "text") -> tuple[Column, ...]:
    return tuple(Column(name, type) for name in names)


PROVENANCE = (
    Column("dispatch_id"),
    Column("ordinal", "integer"),
    Column("text"),
    *_columns("char_start", "char_end", "page", type="integer"),
    *_columns("x0", "top", "x1", "bottom", "confidence", "ocr_confidence", "score", type="real"),
    Column("author"),
)
"""The provenance columns: where a value stands, how sure it is, and who says so."""

DISPATCHES = (
    *_columns("dispatch_id", "source_path", "sha256", "media_type", "origin"),
    Column("page_count", "integer"),
    *_columns("language", "parent_agency", "agency", "agency_id", "number", "notation", "type_code", "type_name"),
    *_columns("subject", "place", "issued_on", "urgency", "secrecy", "signing_authority", "signer_position"),
    *_columns("signer_name", "arrival_number", "arrived_on", "text"),
    *_columns("ocr_confidence", "confidence", type="real"),
    *_columns(
        "review_state", "review_reason", "review_message", "review_message_vi", "pipeline_version", "ingested_at"
    ),
)
SOURCES = (
    *_columns("source_path", "sha256"),
    Column("size", "integer"),
    *_columns("state", "problem_code", "dispatch_id"),
    Column("seconds", "real"),
    Column("attempts", "integer"),
    Column("mtime_ns", "integer"),
    Column("seen_at"),
    Column("ctime_ns", "integer"),
    *_columns("recipe", "inbox"),
    Column("gone", "boolean"),
)
PROBLEMS = _columns("dispatch_id", "source_path", "stage", "code", "message", "message_vi")
TAGS = _columns("dispatch_id", "tag", "change_id")
CORRECTIONS = (
    *_columns("change_id", "dispatch_id", "table_name", "row_key", "column_name", "action", "before", "value"),
)
CHANGES = (
    *_columns("change_id", "at", "actor", "kind", "query"),
    Column("rows", "integer"),
    *_columns("undoes", "reason"),
)


def _type_of(hint: object) -> ColumnType:
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        (hint,) = (a for a in arguments if a is not type(None))
    if typing.get_origin(hint) is tuple:
        return "list"
    if hint is bool:
        return "boolean"
    if hint is int:
        return "integer"
    return "real" if hint is float else "text"


def columns_of(kind: type[Annotation]) -> tuple[Column, ...]:
    """Return the columns of an annotation class besides provenance, one for each field."""
    own = {f.name for f in fields(kind)} - {f.name for f in fields(Annotation)}
    hints = typing.get_type_hints(kind)
    return tuple(Column(f.name, _type_of(hints[f.name])) for f in fields(kind) if f.name in own)


def _claims(name: str, kind: type[Annotation]) -> tuple[Column, ...]:
    own = columns_of(kind)
    # The catalogue alone knows whether a document referred to is in it.
    return PROVENANCE + own + (_columns("target_dispatch_id") if name == "references" else ())


TABLES: dict[str, tuple[Column, ...]] = {
    "dispatches": DISPATCHES,
    **{name: _claims(name, kind) for name, kind in KINDS.items()},
    "sources": SOURCES,
    "problems": PROBLEMS,
    "tags": TAGS,
    "changes": CHANGES,
    "corrections": CORRECTIONS,
}
"""Every table by name, with its columns in order."""

JOURNALS: dict[str, tuple[Column, ...]] = {
    # Every tag put on or taken off; `holder` is the change that `tags` names for it then, or named until then.
    "tag_events": (*_columns("change_id", "dispatch_id", "tag"), Column("added", "boolean"), Column("holder")),
    # What the machine had said of a dispatch that a person corrected, a row as JSON.
    "machine_rows": (*_columns("dispatch_id", "table_name"), Column("ordinal", "integer"), Column("row")),
}
"""Tables that only the catalogue itself needs; they are in no export."""

OWN = {name: columns_of(kind) for name, kind in KINDS.items()}
"""The columns of each claim table besides provenance; read from the types once, since that is slow."""

CLAIM_TABLES = tuple(KINDS)
"""The tables whose rows carry provenance."""

PRIMARY_KEYS = {
    "dispatches": ("dispatch_id",),
    **dict.fromkeys(KINDS, ("dispatch_id", "ordinal")),
    "tags": ("dispatch_id", "tag"),
    "changes": ("change_id",),
}

_INDEXES = (
    'CREATE INDEX IF NOT EXISTS dispatches_issued ON dispatches("issued_on")',
    # What waits for review in its order, and the columns that every search counts: the text of a dispatch stands
    # before some of them in its row, and walking over that takes most of a search's time.
    """CREATE INDEX IF NOT EXISTS dispatches_waiting ON dispatches(coalesce("confidence", -1.0), "dispatch_id")
       WHERE "review_state" = 'needs_review'""",
    """CREATE INDEX IF NOT EXISTS dispatches_filing
       ON dispatches("dispatch_id", "issued_on", "type_name", "agency", "review_state")""",
    'CREATE INDEX IF NOT EXISTS fields_name ON fields("name", "value")',
    'CREATE INDEX IF NOT EXISTS references_key ON "references"("number", "notation")',
    'CREATE INDEX IF NOT EXISTS references_target ON "references"("target_dispatch_id")',
    'CREATE INDEX IF NOT EXISTS movements_id ON movements("movement_id")',
    'CREATE INDEX IF NOT EXISTS directives_deadline ON directives("deadline")',
    # One path of one inbox holds one content; rows of files that are gone stay beside it.
    'CREATE UNIQUE INDEX IF NOT EXISTS sources_path ON sources("inbox", "source_path") WHERE "gone" = 0',
    'CREATE INDEX IF NOT EXISTS sources_sha256 ON sources("sha256")',
    'CREATE INDEX IF NOT EXISTS problems_dispatch ON problems("dispatch_id")',
    'CREATE INDEX IF NOT EXISTS tags_tag ON tags("tag")',
    'CREATE INDEX IF NOT EXISTS tag_events_record ON tag_events("dispatch_id", "tag")',
    'CREATE INDEX IF NOT EXISTS tag_events_told ON tag_events("change_id", "tag", "added", "dispatch_id")',
    'CREATE INDEX IF NOT EXISTS corrections_change ON corrections("change_id")',
    'CREATE INDEX IF NOT EXISTS corrections_dispatch ON corrections("dispatch_id")',
    'CREATE INDEX IF NOT EXISTS machine_rows_dispatch ON machine_rows("dispatch_id")',
)


_LEDGER = 'CREATE TABLE IF NOT EXISTS "ledger" (name TEXT PRIMARY KEY, value INTEGER NOT NULL)'
"""Counts the transactions that changed something, and remembers which of them the Parquet files show."""


def create_statements() -> tuple[str, ...]:
    """Return the SQL that makes every table and index where they are not there yet."""
    tables = []
    for name, columns in (TABLES | JOURNALS).items():
        parts = [column.sql for column in columns]
        if key := PRIMARY_KEYS.get(name):
            parts.append(f"PRIMARY KEY ({', '.join(key)})")
        if name in CLAIM_TABLES:
            parts.append("FOREIGN KEY (dispatch_id) REFERENCES dispatches(dispatch_id) ON DELETE CASCADE")
        tables.append(f'CREATE TABLE IF NOT EXISTS "{name}" ({", ".join(parts)})')
    return (*tables, _LEDGER, *_INDEXES)
