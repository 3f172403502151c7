"""A catalogue with scans, read from kept readings, and the pages over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from reportlab.pdfgen.canvas import Canvas

from pipeline import search, store
from pipeline.annotations import Directive, Field, Movement, Recipient
from pipeline.document import Annotation, Box, Document, Line, Page, Span, Word
from pipeline.read.reading import Reading
from pipeline.store import readings
from pipeline.store.rows import rows_of
from pipeline.web.app import create_app

from .browsing import chromium, serving

HOSTILE = "<script>alert(1)</script>"
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def draw(path: Path, number: str) -> Document:
    """Draw a one-page PDF and return what a reader would give for it."""
    lines = [
        ("ỦY BAN NHÂN DÂN XÃ LŨNG PHÌN", 60), (f"Số: {number}/KH-UBND", 90), ("về phong trào thi đua giữ rừng", 150),
        ("Giao Ban Công an xã báo cáo trước ngày 01/02/2026", 220), (f"Nơi nhận: {HOSTILE}", 500),
    ]  # fmt: skip
    canvas = Canvas(str(path), pagesize=(595, 842))
    read = []
    for text, top in lines:
        words, x = [], 70.0
        for word in text.split():
            canvas.drawString(x, 842 - top - 10, word.encode("ascii", "replace").decode())
            words.append(Word(word, Box(1, x, top, x + 7 * len(word), top + 12), 0.9))
            x += 7 * len(word) + 5
        read.append(Line(tuple(words)))
    canvas.save()
    return Document.build(
        id=path.stem, source=path.name, pages=(Page(1, 595.0, 842.0, tuple(read), "ocr"),),
        media_type="application/pdf", origin="scan",
    )  # fmt: skip


def annotated(doc: Document, number: str) -> Document:
    """Claim what an extractor would."""

    def span(words: str) -> Span:
        start = doc.text.index(words)
        return Span(start, start + len(words))

    by = {"by": "rule:test"}
    fields = (("number", number, number, 0.6), ("notation", "KH-UBND", "KH-UBND", 0.97))
    fields += (
        ("subject", "phong trào thi đua", "phong trào thi đua giữ rừng", 0.9),
        ("agency", "ỦY BAN", "ỦY BAN X", 0.95),
    )
    found: list[Annotation] = [
        Field(span=span(words), confidence=sure, name=name, value=value, **by) for name, words, value, sure in fields
    ]
    found += [
        Recipient(
            span=span(HOSTILE), confidence=0.8, block="recipient", name=HOSTILE, purpose=None, archive=False,
            organization_id=None, **by,
        ),
        Movement(
            span=span("giữ rừng"), confidence=0.8, name="giữ rừng", kind="movement", movement_id="giu-rung",
            launched=True, launched_by="UBND xã", period_start=None, period_end=None, mentions=1, **by,
        ),
        Directive(
            span=span("Giao Ban Công an"), confidence=0.8, label="1", parent=None, action="giao",
            assignees=("Ban Công an xã",), deadline="2026-02-01", movement_id=None, **by,
        ),
    ]  # fmt: skip
    return doc.annotate(found)


def ingest(out: Path, inbox: Path, doc: Document, number: str, version: str = "1") -> None:
    """Write a dispatch as a run of some version would, with its kept reading and its line in the ledger."""
    from pipeline.people.corrections import lay_over

    readings.save(out / readings.FOLDER, doc.id, "key", Reading(doc.media_type, doc.pages, doc.origin))
    rows = rows_of(
        annotated(doc, number), sha256=doc.id * 4, pipeline_version=version, ingested_at="2026-03-01T00:00:00"
    )
    connection = store.connect(out)
    with store.transaction(connection):
        store.save(connection, rows, [])
        lay_over(connection, doc.id, fresh=True)
        search.index_dispatch(connection, doc.id)
        connection.execute("DELETE FROM sources WHERE dispatch_id = ?", (doc.id,))
        source = {"source_path": doc.source, "sha256": doc.id * 4, "state": "done", "dispatch_id": doc.id}
        store.insert(connection, "sources", [source | {"inbox": str(inbox), "gone": 0, "size": 1, "attempts": 1}])
    connection.close()


def column(out: Path, sql: str) -> list[object]:
    """Return the first column of what a query finds in the catalogue."""
    connection = store.connect(out, readonly=True)
    try:
        return [row[0] for row in connection.execute(sql)]
    finally:
        connection.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path, inbox: Path) -> Path:
    """An output folder with three dispatches and a file in quarantine."""
    folder = tmp_path / "out"
    for n in range(1, 4):
        dispatch_id = f"{n:016x}"
        number = str(10 + n)
        ingest(folder, inbox, draw(inbox / f"{dispatch_id}.pdf", number), number)
    connection = store.connect(folder)
    with store.transaction(connection):
        bad = {
            "source_path": f"{HOSTILE}.pdf",
            "sha256": "e" * 64,
            "state": "quarantined",
            "problem_code": "unreadable",
        }
        store.insert(connection, "sources", [bad | {"inbox": str(inbox), "gone": 0, "size": 1, "attempts": 3}])
        search.rebuild(connection)
    connection.close()
    return folder


@pytest.fixture
def client(out: Path) -> Iterator[TestClient]:
    """A client of the pages on this machine alone, with its session and token."""
    with TestClient(create_app(out, actor="Lan", now=lambda: NOW), base_url="http://localhost") as client:
        client.get("/records")
        yield client


@pytest.fixture
def address(out: Path) -> Iterator[str]:
    """The address of the pages, served for real on a free port."""
    with serving(out, now=lambda: NOW) as address:
        yield address
