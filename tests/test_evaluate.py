"""Scores: what counts as right, near, missed and extra."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import store
from pipeline.annotations import DateMention, Field, Recipient
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.errors import CatalogueError
from pipeline.evaluate import align, evaluate, normal, to_json, to_text
from pipeline.store.parquet import write_tables
from pipeline.store.rows import rows_of

GOLD = {
    "file": "mau.txt",
    "dispatch": {"number": "27", "notation": "KH-UBND", "subject": "trồng cây mùa xuân", "issued_on": "2021-03"},
    "recipients": [
        {"name": "Sở Nội vụ", "purpose": "b/c", "archive": False},
        {"name": "VT", "purpose": None, "archive": True},
        {"name": "Báo tỉnh", "purpose": None, "archive": False, "optional": True},
    ],
    "dates": [{"text": "năm 2021", "start": "2021-01-01", "end": "2021-12-31", "role": "period"}],
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    doc = Document.build(id="0" * 16, source="in/mau.txt", pages=(Page(1, None, None, (Line((Word("abcdef"),)),)),))
    span = Span(0, 3)
    claim = {"span": span, "confidence": 0.96, "by": "rule:test"}
    recipient = {**claim, "block": "recipient", "organization_id": None, "purpose": None}
    doc = doc.annotate(
        (
            Field(**claim, name="number", value="27"),
            Field(**claim, name="notation", value="KH - UBND"),
            Field(**claim, name="subject", value="trồng cây mùa xuâm"),
            Field(**claim, name="issued_on", value="2021-03-09"),
            Recipient(**recipient, name="Sở Nội vụ", archive=False),
            Recipient(**recipient, name="Sở Y tế", archive=False),
            DateMention(**claim, start="2021-01-01", end="2021-12-31", precision="year", role="event"),
        )
    )
    connection = store.connect(tmp_path)
    with store.transaction(connection):
        store.save(connection, rows_of(doc, sha256="0" * 64, pipeline_version="0", ingested_at=""), [])
    write_tables(connection, tmp_path / "tables")
    connection.close()
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "mau.json").write_text(json.dumps(GOLD), "utf-8")
    return gold, tmp_path / "tables"


def test_scores(folders: tuple[Path, Path]) -> None:
    report = evaluate(*folders)
    found = to_json(report)
    assert found["fields"]["all"] == {"exact": 0.75, "close": 1.0, "support": 4}
    recipients = report.entities["recipients"]
    assert (recipients.tp, recipients.fp, recipients.fn) == (1, 1, 1)
    assert recipients.agree == {"purpose": (0, 1)}
    assert found["entities"]["dates"]["agree"] == {"role": 0.0}
    assert report.calibration[(0.95, 1.01)] == (3, 4)
    assert report.whole == 0
    assert any("Sở Y tế" in line and "extra" in line for line in report.errors)
    assert "recipients" in to_text(report)


def test_an_absent_dispatch_scores_nothing(folders: tuple[Path, Path]) -> None:
    gold, tables = folders
    (gold / "khac.json").write_text(json.dumps(GOLD | {"file": "khac.txt"}), "utf-8")
    report = evaluate(gold, tables)
    assert report.absent == ("khac.txt",)
    assert report.fields["number"].support == 2
    assert report.fields["number"].exact == 1


def test_no_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no gold"):
        evaluate(tmp_path, tmp_path)


@given(st.text())
def test_normal_form_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_alignment_is_one_to_one(left: list[int], right: list[int]) -> None:
    pairs = align(
        [{"v": v} for v in left], [{"v": v} for v in right], lambda a, b: 1.0 - abs(a["v"] - b["v"]) / 10, 0.9
    )
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(abs(left[i] - right[j]) <= 1 for i, j in pairs)
