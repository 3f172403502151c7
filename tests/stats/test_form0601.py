"""Form 0601.N: each movement once, in the right line, and what could not be told on a line of its own."""

import sqlite3
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline import store
from pipeline.stats.classify import duration_of, method_of, scope_of
from pipeline.stats.form0601 import launches, lines, write
from tests.catalogues import GREEN, dispatch

TODAY = date(2021, 1, 5)

SCOPES = {
    "a province": ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "province"),
    "a province's party": ("TỈNH ỦY CAO BẰNG", "province"),
    "a central city": ("LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ ĐÀ NẴNG", "province"),
    "a ministry": ("BỘ TÀI CHÍNH", "province"),
    "a ministry with xã hội": ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "province"),
    "a department of a province": ("SỞ TÀI CHÍNH TỈNH CAO BẰNG", "unit"),
    "a district": ("ỦY BAN NHÂN DÂN HUYỆN HÀ QUẢNG", "unit"),
    "a district of a province": ("ĐẢNG BỘ TỈNH CAO BẰNG HUYỆN ỦY HÀ QUẢNG", "unit"),
    "a city of a province": ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CAO BẰNG", "unit"),
    "a commune": ("Ủy ban nhân dân xã Hồng Sỹ", "unit"),
    "a company": ("CÔNG TY CỔ PHẦN GIẤY BẮC NAM", "unit"),
    "a cluster": ("CỤM THI ĐUA SỐ 3", "cluster"),
    "a bloc": ("KHỐI THI ĐUA CÁC CƠ QUAN TỈNH", "cluster"),
    "the Government": ("THỦ TƯỚNG CHÍNH PHỦ", "nation"),
    "a national union": ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "nation"),
    "nobody": (None, None),
    "who knows": ("BAN TỔ CHỨC", None),
}


@pytest.mark.parametrize(("body", "scope"), SCOPES.values(), ids=SCOPES.keys())
def test_scope(body: str | None, scope: str | None) -> None:
    assert scope_of(body) == scope


def test_a_name_may_say_that_it_is_nationwide() -> None:
    assert scope_of("BỘ Y TẾ", "Cả nước chung tay") == "nation"


@pytest.mark.parametrize(
    ("start", "end", "duration"),
    [
        ("2020-01-01", "2020-12-31", "1"),
        ("2019-09-05", "2020-09-04", "1"),
        ("2020-01-01", "2020-12-30", "under_1"),
        ("2020-05-01", "2020-06-30", "under_1"),
        ("2020-01-01", "2021-06-30", "1_to_3"),
        ("2020-01-01", "2022-12-31", "3_to_5"),
        ("2020-01-01", "2024-12-30", "3_to_5"),
        ("2020-01-01", "2024-12-31", "5_up"),
        ("2020-01-01", "2029-12-31", "5_up"),
        ("2020-01-01", None, None),
        (None, None, None),
        ("2021-01-01", "2020-01-01", None),
        ("2020", "2021-01-01", None),
    ],
)
def test_duration(start: str | None, end: str | None, duration: str | None) -> None:
    assert duration_of(start, end) == duration


@pytest.mark.parametrize(
    ("words", "method"),
    [
        ("phong trào thi đua theo chuyên đề cải cách hành chính", "theme"),
        ("đợt thi đua chào mừng đại hội", "theme"),
        ("thi đua thường xuyên năm 2021", "regular"),
        ("thi đua năm học 2020-2021", "regular"),
        ("đợt thi đua thường xuyên", None),
        ("thi đua yêu nước", None),
    ],
)
def test_method(words: str, method: str | None) -> None:
    assert method_of(words) == method


def test_each_part_adds_up(reading: sqlite3.Connection) -> None:
    rows = lines(launches(reading, 2020), 0)
    counts = {code: count for code, _, count, _ in rows}
    assert counts["A"] == 1
    for letter in "BCD":
        assert sum(count or 0 for code, count in counts.items() if code.startswith(f"{letter}.")) == counts["A"]
    assert counts["B.2"] == counts["C.5"] == counts["D.3"] == 1


def test_a_year_in_which_nothing_was_launched(reading: sqlite3.Connection) -> None:
    assert launches(reading, 2019) == []
    assert len(launches(reading, None)) == 1


def test_a_movement_launched_twice_counts_once(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    rows = [dispatch("one", issued_on="2020-02-02"), dispatch("two", issued_on="2020-03-03")]
    store.insert(connection, "dispatches", rows)
    claim: store.Row = {"name": GREEN, "movement_id": "x", "kind": "movement", "launched": True, "ordinal": 1}
    store.insert(connection, "movements", [claim | {"dispatch_id": row["dispatch_id"]} for row in rows])
    campaign = claim | {"kind": "campaign", "movement_id": "y", "ordinal": 2, "dispatch_id": rows[0]["dispatch_id"]}
    store.insert(connection, "movements", [campaign])
    assert [launch.issued_on for launch in launches(connection, 2020)] == ["2020-02-02"]
    connection.close()


def test_the_workbook(reading: sqlite3.Connection, tmp_path: Path) -> None:
    assert write(reading, tmp_path / "f.xlsx", year=2020, today=TODAY, lang="vi") == 1
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["0601.N", "Căn cứ"]
    cells = {row[0].value: row for row in book["0601.N"].iter_rows(min_row=8)}
    assert (cells["A"][1].value, cells["A"][3].value) == ("Tổng số phong trào thi đua", 1)
    assert (cells["B.5"][1].value, cells["B.5"][3].value) == ("Chưa xác định được", 0)
    assert book["0601.N"]["A4"].value == "Năm 2020"
    evidence = [cell.value for cell in book["Căn cứ"][2]]
    assert evidence[:3] == [GREEN, "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA BÌNH", "27/PĐTD-LĐLĐ"]
    assert evidence[6:] == ["Bộ, ban, ngành, tỉnh", "Từ 5 năm trở lên", "Chưa xác định được"]
