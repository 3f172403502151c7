"""The catalogue: what goes in comes out, again and again, and what people did stays."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline import store
from pipeline.annotations import DateMention, Directive, Field
from pipeline.document import Document, Line, Page, Problem, Span, Word
from pipeline.errors import CatalogueError
from pipeline.store.parquet import write_tables
from pipeline.store.rows import rows_of


def document() -> Document:
    lines = (Line((Word("Số:"), Word("13"))), Line((Word("ngày"), Word("02/3/2021"))))
    doc = Document.build(id="ab" * 8, source="a/b.txt", pages=(Page(1, None, None, lines),))
    return doc.annotate(
        (
            Field(span=Span(4, 6), confidence=0.9, by="rule:heading", name="number", value="13"),
            Field(span=Span(4, 6), confidence=0.4, by="rule:heading", name="number", value="18"),
            DateMention(
                span=Span(7, 21), confidence=0.9, by="rule:dates",
                start="2021-03-02", end="2021-03-02", precision="day", role="event",
            ),
            Directive(
                span=Span(7, 21), confidence=0.7, by="rule:directives", label="1", parent=None,
                action=None, assignees=("Sở A", "Ban B"), deadline=None, movement_id=None,
            ),
        )
    )  # fmt: skip


def write(out: Path, *, tag: bool = False) -> None:
    rows = rows_of(document(), sha256="ab" * 32, pipeline_version="0", ingested_at="2021-01-01T00:00:00")
    connection = store.connect(out)
    with store.transaction(connection):
        store.save(connection, rows, [Problem("dates", "stage-failed", "why")])
        if tag:
            store.insert(connection, "tags", [{"dispatch_id": "ab" * 8, "tag": "t", "change_id": "c"}])
    write_tables(connection, out / "tables")
    connection.close()


def test_tables_hold_what_the_document_says(tmp_path: Path) -> None:
    write(tmp_path)
    row = pd.read_parquet(tmp_path / "tables/dispatches.parquet").iloc[0]
    assert (row["number"], row["review_state"], row["page_count"]) == ("13", "needs_review", None) or pd.isna(
        row["page_count"]
    )
    assert "missing:agency" in row["review_reason"]
    dates = pd.read_parquet(tmp_path / "tables/dates.parquet")
    assert dates.loc[0, ["text", "char_start", "char_end", "start"]].tolist() == ["ngày 02/3/2021", 7, 21, "2021-03-02"]
    assert list(pd.read_parquet(tmp_path / "tables/directives.parquet").loc[0, "assignees"]) == ["Sở A", "Ban B"]


def test_saving_twice_is_saving_once_and_tags_stay(tmp_path: Path) -> None:
    write(tmp_path, tag=True)
    write(tmp_path)
    connection = store.connect(tmp_path, readonly=True)
    counts = {t: len(list(store.read(connection, t))) for t in ("dispatches", "fields", "problems", "tags")}
    connection.close()
    assert counts == {"dispatches": 1, "fields": 2, "problems": 1, "tags": 1}


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)

    def write_and_fail() -> None:
        with store.transaction(connection):
            store.insert(connection, "tags", [{"dispatch_id": "a", "tag": "t", "change_id": "c"}])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert list(store.read(connection, "tags")) == []
    connection.close()


def test_a_missing_catalogue_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="congvan ingest"):
        store.connect(tmp_path, readonly=True)


def test_an_older_catalogue_gains_the_columns_that_it_lacks(tmp_path: Path) -> None:
    older = store.connect(tmp_path)
    older.execute('ALTER TABLE "references" DROP COLUMN issuer_id')
    older.close()
    columns = [row["name"] for row in store.connect(tmp_path).execute('PRAGMA table_info("references")')]
    assert columns.count("issuer_id") == 1


def test_another_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_bytes(b"not a database, but long enough to look like a file" * 20)
    with pytest.raises(CatalogueError):
        store.connect(tmp_path)
