"""Form 0601.N: each movement once, in the right line, and what could not be told on a line of its own."""

import sqlite3
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from pipeline import store
from pipeline.stats.classify import duration_of, level_of, method_of, scope_of
from pipeline.stats.form0601 import Launch, launches, lines, write
from tests.catalogues import GREEN, dispatch

TODAY = date(2021, 1, 5)

BODIES = {
    "a province": ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "ministry", "ministry"),
    "a province's party": ("TỈNH ỦY CAO BẰNG", "ministry", "ministry"),
    "a central city": ("LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ ĐÀ NẴNG", "ministry", "ministry"),
    "a province's council": ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH CAO BẰNG", "ministry", "ministry"),
    "a ministry": ("BỘ TÀI CHÍNH", "ministry", "ministry"),
    "a ministry with xã hội": ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "ministry", "ministry"),
    "the Government's office": ("VĂN PHÒNG CHÍNH PHỦ", "ministry", "ministry"),
    "a national union": ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "ministry", "ministry"),
    "a central committee": ("BAN TUYÊN GIÁO TRUNG ƯƠNG", "ministry", "ministry"),
    "a department of a province": ("SỞ TÀI CHÍNH TỈNH CAO BẰNG", "unit", "unit"),
    "a district": ("ỦY BAN NHÂN DÂN HUYỆN HÀ QUẢNG", "unit", "unit"),
    "a district of a province": ("ĐẢNG BỘ TỈNH CAO BẰNG HUYỆN ỦY HÀ QUẢNG", "unit", "unit"),
    "a city of a province": ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CAO BẰNG", "unit", "unit"),
    "a commune": ("Ủy ban nhân dân xã Hồng Sỹ", "unit", "unit"),
    "a company": ("CÔNG TY CỔ PHẦN GIẤY BẮC NAM", "unit", "unit"),
    "a national company": ("TỔNG CÔNG TY GIẤY VIỆT NAM", "unit", "unit"),
    "a cluster": ("CỤM THI ĐUA SỐ 3", "unit", "cluster"),
    "a bloc": ("KHỐI THI ĐUA CÁC CƠ QUAN TỈNH", "unit", "cluster"),
    "the Prime Minister": ("THỦ TƯỚNG CHÍNH PHỦ", "central", "nation"),
    "the Central Council": ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TRUNG ƯƠNG", "central", "nation"),
    "nobody": (None, None, None),
    "who knows": ("BAN TỔ CHỨC", None, None),
}


@pytest.mark.parametrize(("body", "level", "scope"), BODIES.values(), ids=BODIES.keys())
def test_level_and_scope(body: str | None, level: str | None, scope: str | None) -> None:
    assert (level_of(body), scope_of(body)) == (level, scope)


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


def _launch(level: str | None, scope: str | None, duration: str | None, method: str | None) -> Launch:
    return Launch("x", None, None, None, None, None, level, scope, duration, method)


def test_the_lines_are_those_of_the_form() -> None:
    made = lines([_launch("ministry", "nation", "1_to_3", None), _launch(None, None, "1", "regular")], 0)
    by_code = {line.code: line.counts for line in made if line.code}
    assert list(by_code) == [f"{number:02}" for number in range(1, 13)]
    assert by_code["01"] == (2, 0, 1, 0, 1)
    assert by_code["02"] == by_code["08"] == (1, 0, 1, 0, 0)
    assert by_code["07"] == by_code["12"] == (1, 0, 0, 0, 1)
    unknown = [line.counts for line in made if line.counts and not line.code]
    assert unknown == [(1, 0, 0, 0, 1), (0, 0, 0, 0, 0), (1, 0, 1, 0, 0)]


@pytest.mark.parametrize("year", [2019, 2020, None])
def test_everything_adds_up(reading: sqlite3.Connection, year: int | None) -> None:
    made = lines(launches(reading, year), 1)
    for line in made:
        assert not line.counts or line.counts[0] == sum(line.counts[1:])
    total, parts = made[0].counts, [n for n, line in enumerate(made) if not line.counts]
    for first, end in pairwise((*parts, len(made))):
        columns = zip(*(line.counts for line in made[first + 1 : end]), strict=True)
        assert tuple(map(sum, columns)) == total


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
    form = book["0601.N"]
    assert [form[place].value for place in ("A1", "A5", "A6", "E7")] == [
        "Biểu số: 0601.N/BNV-TĐKT", "SỐ PHONG TRÀO THI ĐUA", "Năm 2020", "Đơn vị tính: Phong trào",
    ]  # fmt: skip
    assert [cell.value for cell in form[10]] == ["A", "B", "1", "2", "3", "4", None]
    rows = {cell.value: [other.value for other in form[cell.row]] for cell in form["B"][10:] if cell.value}
    assert rows["01"] == ["Tổng số", "01", 1, 0, 1, 0, 0]
    assert rows["03"] == ["- Bộ, ban, ngành, đoàn thể, địa phương", "03", 1, 0, 1, 0, 0]
    evidence = book["Căn cứ"][2]
    assert [cell.value for cell in evidence[:3]] == [GREEN, "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA BÌNH", "27/PĐTD-LĐLĐ"]
    assert (str(evidence[3].value), evidence[3].number_format) == ("2020-03-26 00:00:00", "dd/mm/yyyy")
    assert [cell.value for cell in evidence[8:]] == ["Từ 5 năm trở lên", "Chưa xác định được"]


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    row = dispatch("one", issued_on="2020-02-02")
    store.insert(connection, "dispatches", [row])
    claim: store.Row = {"dispatch_id": row["dispatch_id"], "ordinal": 1, "name": "=1+1", "kind": "movement"}
    store.insert(connection, "movements", [claim | {"movement_id": "x", "launched": True}])
    write(connection, tmp_path / "f.xlsx", year=None, today=TODAY, lang="en")
    connection.close()
    cell = openpyxl.load_workbook(tmp_path / "f.xlsx")["Evidence"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
