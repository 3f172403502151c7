"""A report, whole: what the tables hold against what gold says."""

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline import store
from pipeline.annotations import DateMention, Field, Recipient
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.errors import CatalogueError
from pipeline.evaluate import evaluate, to_json, to_text
from pipeline.evaluate.page import html
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
    assert found["fields"]["all"]["exact"] == {"share": 0.75, "right": 3, "of": 4, "interval": [0.75, 0.75]}
    assert found["fields"]["all"]["close"]["right"] == 4
    recipients = report.scores.entities["recipients"]
    assert (recipients.precision.right, recipients.precision.of) == (1, 2)
    assert (recipients.recall.right, recipients.recall.of) == (1, 2)
    assert found["entities"]["recipients"]["agree"]["purpose"]["right"] == 0
    assert found["entities"]["dates"]["agree"]["role"]["share"] == 0.0
    assert found["calibration"]["fields"]["sure"] | {"said": 0} == {
        "from": 0.95, "to": 1.0, "said": 0, "share": 0.75, "right": 3, "of": 4,
    }  # fmt: skip
    assert report.scores.whole.right == 0
    assert any("Sở Y tế" in line and "extra" in line for line in report.errors)


def test_a_wrong_field_that_asks_for_review_is_caught(folders: tuple[Path, Path]) -> None:
    scores = evaluate(*folders).scores
    assert (scores.caught.right, scores.caught.of) == (1, 1)
    assert scores.trusted.of == 0


def test_an_absent_dispatch_scores_nothing(folders: tuple[Path, Path]) -> None:
    gold, tables = folders
    (gold / "khac.json").write_text(json.dumps(GOLD | {"file": "khac.txt"}), "utf-8")
    report = evaluate(gold, tables)
    assert report.absent == ("khac.txt",)
    number = report.scores.fields["number"].exact
    assert (number.right, number.of) == (1, 2)
    dates = report.scores.entities["dates"].recall
    assert (dates.right, dates.of) == (1, 2)
    assert number.low == 0.0
    assert number.high == 1.0


@pytest.mark.parametrize(
    ("more", "source"),
    [
        ({"origin": "born_digital"}, "print"),
        ({"origin": "legacy"}, "word"),
        ({}, "word"),  # gold says nothing, the tables say text
        ({"origin": "scan", "damage": 3}, "scan-3"),
        ({"origin": "photo"}, "scan-poor"),  # nothing tells that it was read well
    ],
    ids=lambda value: str(value),
)
def test_kinds_of_sources(folders: tuple[Path, Path], more: dict[str, object], source: str) -> None:
    gold, tables = folders
    (gold / "mau.json").write_text(json.dumps(GOLD | more), "utf-8")
    assert list(evaluate(gold, tables).sources) == [source]


@pytest.mark.parametrize(
    ("lang", "heads"),
    [("vi", ("trường", "Nơi nhận", "Mốc thời gian")), ("en", ("field", "Recipients", "Dates"))],
)
def test_the_tables_speak_both_languages(folders: tuple[Path, Path], lang: str, heads: tuple[str, ...]) -> None:
    shown = to_text(evaluate(*folders), lang)  # type: ignore[arg-type]
    assert all(head in shown for head in heads)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_stands_alone(folders: tuple[Path, Path], lang: str) -> None:
    page = html(evaluate(*folders), lang=lang, today=date(2026, 1, 5))  # type: ignore[arg-type]
    assert f'<html lang="{lang}">' in page
    assert page.count("<svg") == 6
    fetched = re.findall(r"""(?:src|href)=["'](?!#)([^"']*)""", page)
    assert fetched == []
    for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(svg)


def test_no_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no gold"):
        evaluate(tmp_path, tmp_path)
