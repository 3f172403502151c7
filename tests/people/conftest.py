"""A small catalogue that people can change."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import store
from pipeline.annotations import Field, Recipient
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.people import Author
from pipeline.store.rows import rows_of

IDS = tuple(f"{n:016x}" for n in range(1, 6))
LAN = Author("Lan", "2026-03-02T08:00:00")
MINH = Author("Minh", "2026-03-02T09:00:00", "đọc lại bản giấy")


def ingest(
    connection: sqlite3.Connection, dispatch_id: str, *, number: str = "13", names: tuple[str, ...] = ("Sở A", "Sở B")
) -> None:
    """Write a dispatch's machine rows as a run would."""
    words = ("Số:", number, *(word for name in names for word in name.split()))
    doc = Document.build(
        id=dispatch_id, source=f"{dispatch_id}.txt", pages=(Page(1, None, None, (Line(tuple(map(Word, words))),)),)
    )
    claim = {"confidence": 0.7, "by": "rule:test"}
    start = doc.text.index(names[0]) if names else 0
    found: list[Field | Recipient] = [Field(**claim, span=Span(4, 4 + len(number)), name="number", value=number)]
    for name in names:
        span = Span(start, start + len(name))
        found.append(
            Recipient(
                **claim, span=span, block="recipient", name=name, purpose=None, archive=False, organization_id=None
            )
        )
        start += len(name) + 1
    rows = rows_of(doc.annotate(found), sha256="0" * 64, pipeline_version="1", ingested_at="2026-03-01T00:00:00")
    with store.transaction(connection):
        store.save(connection, rows, [])


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = store.connect(tmp_path)
    for dispatch_id in IDS:
        ingest(connection, dispatch_id)
    yield connection
    connection.close()
