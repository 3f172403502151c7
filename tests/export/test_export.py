"""Exports hold what the tables hold, in every format, and nothing that a spreadsheet would run."""

import csv
import json
import sqlite3
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from pipeline import store
from pipeline.cli import main
from pipeline.errors import CatalogueError
from pipeline.export import FORMATS, Format, export, guard, unguard, xlsx
from pipeline.search import Searcher
from pipeline.store.labels import COLUMN_LABELS, TABLE_LABELS
from pipeline.store.schema import TABLES
from tests.catalogues import DISPATCHES, build, id_of

RISKY = ["=1+1", "+84 218", "- 12 tổ", "@here", "\tx", "'quoted", "＝1"]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@given(st.text())
def test_the_guard_can_be_taken_off(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guard(text) == "'" + text


def test_plain_text_is_left_alone() -> None:
    assert [guard(text) for text in ("", "01/2025", "a=b", "5 - 6")] == ["", "01/2025", "a=b", "5 - 6"]


@pytest.mark.parametrize("format", FORMATS)
def test_every_table_with_every_row(reading: sqlite3.Connection, tmp_path: Path, format: Format) -> None:
    written = {one.table: one for one in export(reading, tmp_path, format=format)}
    assert list(written) == list(TABLES)
    for table, one in written.items():
        assert one.rows == len(list(store.read(reading, table)))
        assert one.path.is_file()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_csv_says_what_the_table_says(reading: sqlite3.Connection, tmp_path: Path) -> None:
    list(export(reading, tmp_path, format="csv"))
    rows = {row["dispatch_id"]: row for row in read_csv(tmp_path / "dispatches.csv")}
    for row in DISPATCHES:
        shown = rows[str(row["dispatch_id"])]
        for name in ("subject", "number", "notation", "issued_on", "text"):
            assert unguard(shown[name]) == (row[name] or "")
    assert rows[id_of("plan")]["number"] == "045"
    assert rows[id_of("telegram")]["subject"] == "'=phòng, chống mưa lũ"
    first = next(row for row in read_csv(tmp_path / "directives.csv") if row["assignees"] == "Các đơn vị")
    assert (first["deadline"], first["label"]) == ("2020-12-15", "")
    assert {row["launched"] for row in read_csv(tmp_path / "movements.csv")} == {"true", "false"}


def test_a_byte_order_mark_only_on_request(reading: sqlite3.Connection, tmp_path: Path) -> None:
    for bom in (False, True):
        list(export(reading, tmp_path, format="csv", tables=["tags"], bom=bom))
        assert (tmp_path / "tags.csv").read_bytes().startswith(b"\xef\xbb\xbf") is bom


def test_json_lines_keep_types(reading: sqlite3.Connection, tmp_path: Path) -> None:
    list(export(reading, tmp_path, format="jsonl"))
    lines = (tmp_path / "directives.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(store.read(reading, "directives"))


def test_parquet_is_the_same_as_tables(reading: sqlite3.Connection, filled: Path, tmp_path: Path) -> None:
    list(export(reading, tmp_path, format="parquet"))
    for table in TABLES:
        ours, theirs = (pd.read_parquet(folder / f"{table}.parquet") for folder in (tmp_path, filled / "tables"))
        pd.testing.assert_frame_equal(ours, theirs)


def test_the_workbook_is_typed_titled_and_frozen(reading: sqlite3.Connection, tmp_path: Path) -> None:
    list(export(reading, tmp_path, format="xlsx", headings="vi"))
    book = openpyxl.load_workbook(tmp_path / "congvan.xlsx")
    assert book.sheetnames == [TABLE_LABELS[table].vi for table in TABLES]
    sheet = book["Văn bản"]
    assert sheet.freeze_panes == "A2"
    heads = [cell.value for cell in sheet[1]]
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(heads))}{len(DISPATCHES) + 1}"
    cells = {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    launch, telegram, rules = (cells[id_of(slug)] for slug in ("launch", "telegram", "rules"))
    assert launch["Ngày ban hành"].value == datetime(2020, 3, 26)  # noqa: DTZ001 (a day has no zone)
    assert launch["Số trang"].value == 2
    assert rules["Ngày ban hành"].value == "2019-11"
    assert (telegram["Số"].value, telegram["Số"].number_format) == ("02", "@")
    assert (telegram["Trích yếu"].value, telegram["Trích yếu"].data_type) == ("=phòng, chống mưa lũ", "s")
    assert sheet.column_dimensions[get_column_letter(heads.index("Trích yếu") + 1)].width == 60
    movements = dict(zip((cell.value for cell in book["Phong trào"][1]), book["Phong trào"][2], strict=True))
    assert movements[COLUMN_LABELS["launched"].vi].data_type == "b"


def test_a_sheet_that_is_full_goes_on_in_another(
    reading: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 6)
    list(export(reading, tmp_path, format="xlsx", tables=["dispatches"]))
    book = openpyxl.load_workbook(tmp_path / "congvan.xlsx")
    assert book.sheetnames == ["dispatches", "dispatches (2)", "dispatches (3)"]
    assert [sheet.max_row for sheet in book] == [6, 6, 3]


def test_what_no_cell_can_hold() -> None:
    assert xlsx.sheet_text("a\fb\x00c") == "a\nbc"
    cut = xlsx.sheet_text("x" * 40_000)
    assert (len(cut), cut[-6:]) == (xlsx.CELL_LENGTH, "…[cắt]")


def test_a_part_of_the_catalogue(reading: sqlite3.Connection, tmp_path: Path) -> None:
    ids = Searcher(reading).matching("xưởng KHÔNG loai:BC")
    written = {one.table: one.rows for one in export(reading, tmp_path, format="csv", ids=ids)}
    assert written["dispatches"] == 2
    assert {row["dispatch_id"] for row in read_csv(tmp_path / "directives.csv")} == {id_of("launch"), id_of("plan")}
    assert "changes" not in written


def test_what_is_restricted_is_in_no_export(tmp_path: Path) -> None:
    connection = store.connect(build(tmp_path))
    secret: dict[str, store.Value] = {"source_path": "mật.pdf", "dispatch_id": "5ec7e7"}
    store.insert(connection, "sources", [secret | {"state": "restricted", "sha256": "5ec7e7", "gone": False}])
    store.insert(connection, "problems", [secret | {"stage": "marks", "code": "secret", "message": "TỐI MẬT"}])
    store.insert(connection, "tags", [{"dispatch_id": "5ec7e7", "tag": "mật", "change_id": "c"}])
    for kind in FORMATS:
        list(export(connection, tmp_path / kind, format=kind))
    connection.close()
    for path in (tmp_path / "csv").iterdir():
        assert "5ec7e7" not in path.read_text(encoding="utf-8")
    sources = pd.read_parquet(tmp_path / "parquet/sources.parquet")
    assert len(sources) == len(DISPATCHES)


def test_an_unknown_table_is_named(reading: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="tagz"):
        list(export(reading, tmp_path, format="csv", tables=["tagz"]))


def test_an_export_that_fails_leaves_the_file_before(
    reading: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tags.csv").write_text("before")
    monkeypatch.setattr("pipeline.export.plain.guard", lambda text: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(export(reading, tmp_path, format="csv", tables=["tags"]))
    assert [path.name for path in tmp_path.iterdir()] == ["tags.csv"]
    assert (tmp_path / "tags.csv").read_text() == "before"


def test_every_table_and_column_has_a_label() -> None:
    assert set(TABLE_LABELS) == set(TABLES)
    assert set(COLUMN_LABELS) == {column.name for columns in TABLES.values() for column in columns}
    titles = [label.vi for label in TABLE_LABELS.values()]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)


def test_the_command(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["export", "--out", str(filled), "--format", "csv", "--to", str(tmp_path), "--query", "loai:QĐ"]
    assert main([*words, "--tables", "dispatches,tags", "--lang", "vi", "--headings", "lang"]) == 0
    assert capsys.readouterr().out.split()[::2] == ["3", "2"]
    assert "Trích yếu" in (tmp_path / "dispatches.csv").read_text(encoding="utf-8").splitlines()[0]
