"""Why a record needs review: which field, why, in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import store
from pipeline.annotations import FIELD_NAMES, Field, Zone, ZoneKind
from pipeline.calibration import BANDS, Calibration, Cell
from pipeline.document import Document, Line, Page, Problem, Span, Word
from pipeline.errors import CatalogueError
from pipeline.store.reasons import DECISIVE
from pipeline.store.rows import Row, rows_of

VALUES = {
    "agency": "SỞ NỘI VỤ", "number": "27", "notation": "KH-SNV", "issued_on": "2021-03-09", "type_name": "Kế hoạch",
    "subject": "trồng cây", "signer_name": "Lò Văn Mẫu",
}  # fmt: skip


def document(*lines: str, ocr: float | None = None, origin: str = "scan") -> Document:
    page = Page(1, None, None, tuple(Line(tuple(Word(w, None, ocr) for w in line.split())) for line in lines))
    return Document.build(id="0" * 16, source="mau.pdf", pages=(page,), origin=origin)  # type: ignore[arg-type]


def claim(name: str, value: str, confidence: float = 0.96, span: Span | None = None, by: str = "rule:test") -> Field:
    return Field(span=span, confidence=confidence, by=by, name=name, value=value)


def full(but: Iterable[str] = ()) -> list[Field]:
    return [claim(name, value) for name, value in VALUES.items() if name not in but]


def row_of(doc: Document, calibration: Calibration | None = None) -> Row:
    more = {"calibration": calibration} if calibration else {}
    return rows_of(doc, sha256="0" * 64, pipeline_version="0", ingested_at="", **more).dispatch


def codes(doc: Document) -> object:
    return row_of(doc)["review_reason"]


def test_a_whole_record_needs_no_review() -> None:
    row = row_of(document("SỞ NỘI VỤ").annotate(full()))
    assert row["review_state"] == "machine"
    assert (row["review_reason"], row["review_message"], row["review_message_vi"]) == (None, None, None)


@pytest.mark.parametrize(
    ("ocr", "zone", "code", "vi"),
    [
        (0.9, None, "missing:number", "thiếu Số: không thấy dòng này"),
        (None, ZoneKind.NUMBER, "blank:number", "Số để trống"),
        (0.4, ZoneKind.NUMBER, "unread:number", "viết tay"),
    ],
)
def test_a_number_that_is_not_there(ocr: float | None, zone: ZoneKind | None, code: str, vi: str) -> None:
    doc = document("Số: /KH-SNV", ocr=ocr).annotate(full(but=["number"]))
    if zone:
        doc = doc.annotate([Zone(span=Span(0, 10), confidence=0.9, by="rule:zones", kind=zone)])
    row = row_of(doc)
    assert row["review_reason"] == code
    assert vi in str(row["review_message_vi"])


@pytest.mark.parametrize(("ocr", "reason"), [(0.7, "unread:issued_on"), (None, None)])
def test_a_day_of_which_the_month_alone_is_read(ocr: float | None, reason: str | None) -> None:
    """Where print leaves the day blank, the month is all that there is to know."""
    doc = document("ngày tháng 3 năm 2021", ocr=ocr)
    assert codes(doc.annotate([*full(but=["issued_on"]), claim("issued_on", "2021-03", span=Span(0, 8))])) == reason


def test_an_unsure_value_is_quoted_with_its_confidence() -> None:
    row = row_of(document("x").annotate([*full(but=["subject"]), claim("subject", "trông cây", 0.62)]))
    assert row["review_reason"] == "unsure:subject"
    assert row["review_message"] == "Subject is unsure: “trông cây” (confidence 62%)"
    assert row["review_message_vi"] == "Trích yếu chưa chắc: “trông cây” (độ tin cậy 62%)"


def test_what_calibration_makes_of_a_score_decides() -> None:
    weak = Calibration({("fields", "*", "*", "print"): tuple(Cell(1, 2, 0.5) for _ in BANDS)})
    row = row_of(document("x").annotate(full()), weak)
    assert row["review_state"] == "needs_review"
    assert row["confidence"] == 0.5
    assert str(row["review_reason"]).split("; ") == [f"unsure:{name}" for name in FIELD_NAMES if name in VALUES]


def test_the_score_of_the_author_stays_beside_the_confidence() -> None:
    weak = Calibration({("fields", "*", "*", "print"): tuple(Cell(1, 2, 0.5) for _ in BANDS)})
    doc = document("x").annotate(full())
    rows = rows_of(doc, sha256="", pipeline_version="", ingested_at="", calibration=weak).claims["fields"]
    assert {(row["score"], row["confidence"], row["ocr_confidence"]) for row in rows} == {(0.96, 0.5, None)}


@pytest.mark.parametrize(
    ("other", "reason"),
    [("28", "disagree:number"), ("027", None), ("27.", None)],
)
def test_witnesses_that_disagree(other: str, reason: str | None) -> None:
    assert codes(document("x").annotate([*full(), claim("number", other, 0.85)])) == reason


def test_a_person_ends_the_matter() -> None:
    assert codes(document("x").annotate([*full(), claim("number", "28", 1.0, by="human:an")])) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("MÂT", "doubtful:secrecy"),
        ("[ TOI MẬT ]", "doubtful:secrecy"),
        ("mặt", None),
        ("MẶT TRẬN TỔ QUỐC", None),
        ("BÍ MẬT NHÀ NƯỚC", None),
    ],
)
def test_what_may_be_a_secrecy_stamp(line: str, reason: str | None) -> None:
    assert codes(document("SỞ NỘI VỤ", line).annotate(full())) == reason


def test_problems_are_reasons() -> None:
    doc = document("x").annotate(full()).trouble(Problem("dates", "stage-failed", "ValueError"))
    assert codes(doc) == "problem:stage-failed"


@settings(deadline=None)
@given(st.sets(st.sampled_from(DECISIVE)), st.floats(0, 1))
def test_whoever_is_asked_is_told_why(absent: set[str], confidence: float) -> None:
    doc = document("x").annotate([*full(but=[*absent, "subject"]), claim("subject", "y", confidence)])
    row = row_of(doc)
    asked = row["review_state"] == "needs_review"
    assert asked == bool(absent - {"subject"} or confidence < 0.8)
    for column in ("review_reason", "review_message", "review_message_vi"):
        assert len(str(row[column]).split("; ")) == len(absent - {"subject"}) + (confidence < 0.8) if asked else True
        assert (row[column] is not None) == asked


def test_a_catalogue_of_an_earlier_version_gains_the_columns(tmp_path: Path) -> None:
    with closing(store.connect(tmp_path)) as connection:
        for table, column in (("dispatches", "review_message"), ("fields", "score")):
            connection.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
        connection.execute("PRAGMA user_version=1")
    with pytest.raises(CatalogueError, match="earlier version"):
        store.connect(tmp_path, readonly=True)
    store.connect(tmp_path).close()
    with closing(store.connect(tmp_path, readonly=True)) as connection:
        assert list(store.read(connection, "dispatches")) == []
        assert list(store.read(connection, "fields")) == []


def test_columns_are_added_once(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(store.connect(tmp_path)) as connection:
            names = [row[1] for row in connection.execute("PRAGMA table_info(fields)")]
    assert isinstance(connection, sqlite3.Connection)
    assert names.count("score") == 1
