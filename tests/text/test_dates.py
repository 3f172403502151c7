"""The grammar of dates: what it takes, what it leaves, and that it reads back whatever is written."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates import find_dates, read_date

DAYS = {
    "slashes": ("ngày 09/3/2017", "2017-03-09"),
    "dots": ("ngày 9.3.2017", "2017-03-09"),
    "hyphens": ("ngày 09-3-2017", "2017-03-09"),
    "spaced slashes": ("ngày 09 / 3 / 2017", "2017-03-09"),
    "bare": ("(09/3/2017)", "2017-03-09"),
    "in words": ("ngày 09 tháng 3 năm 2017", "2017-03-09"),
    "comma before the year": ("ngày 09 tháng 3, năm 2017", "2017-03-09"),
    "slash and word": ("ngày 09/3 năm 2017", "2017-03-09"),
    "without ngày": ("09 tháng 3 năm 2017", "2017-03-09"),
    "capitals": ("NGÀY 09 THÁNG 3 NĂM 2017", "2017-03-09"),
    "after an hour": ("lúc 14 giờ 30 phút ngày 09/3/2017", "2017-03-09"),
    "leap day": ("ngày 29/02/2016", "2016-02-29"),
}

NOISE = {
    "no spaces": ("ngày09tháng3năm2017", "2017-03-09"),
    "some spaces": ("ngày 09 tháng3 năm 2017", "2017-03-09"),
    "m read as rn": ("ngày 09 tháng 3 nărn 2017", "2017-03-09"),
    "0 read as O": ("ngày O9 tháng 3 năm 2O17", "2017-03-09"),
    "1 read as l": ("ngày l9 tháng 1l năm 20l7", "2017-11-19"),
    "1 read as a bracket": ("ngày 3]/12/2017", "2017-12-31"),
    "11 read as II": ("ngày 19 tháng II năm 2017", "2017-11-19"),
    "split month read as I Ỉ": ("ngày 19 tháng I Ỉ năm 2017", "2017-11-19"),
    "18 read as l§": ("ngày l§ tháng 4 năm 2017", "2017-04-18"),
    "split day": ("ngày 2 4 tháng 4 năm 2017", "2017-04-24"),
    "split month": ("ngày 19/1 1/2017", "2017-11-19"),
    "split year": ("ngày 19/4/20 1 7", "2017-04-19"),
    "lost stroke": ("ngày 19/042017", "2017-04-19"),
    "space after a dot": ("ngày 19. 4.2017", "2017-04-19"),
    "6 read as ó": ("ngày 1ó tháng 3 năm 2017", "2017-03-16"),
    "y read as v": ("ngàv 09/3/2017", "2017-03-09"),
    "a broken word": ("Ngà y 09/3/2017", "2017-03-09"),
    "lost diacritics": ("ngay 09 thang 3 nam 2017", "2017-03-09"),
    "wrong diacritics": ("ngảy 09 thảng 3 nắm 2017", "2017-03-09"),
    "specks": ("ngày 09. tháng 3 . năm 2017", "2017-03-09"),
}

PERIODS = {
    "month": ("tháng 4/2018", "2018-04"),
    "month in words": ("tháng 4 năm 2018", "2018-04"),
    "month with a dot": ("tháng 4.2018", "2018-04"),
    "month's name": ("tháng tư năm 2018", "2018-04"),
    "month called five": ("tháng năm năm 2018", "2018-05"),
    "twelfth month's name": ("tháng mười hai năm 2018", "2018-12"),
    "day left blank": ("ngày     tháng 4 năm 2018", "2018-04"),
    "day dotted": ("ngày … tháng 4 năm 2018", "2018-04"),
    "day left blank before a slash": ("ngày   /4/2018", "2018-04"),
    "day and month left blank": ("ngày     tháng     năm 2018", "2018"),
    "quarter": ("quý II/2018", "2018-04-01/2018-06-30"),
    "quarter in words": ("quý IV năm 2018", "2018-10-01/2018-12-31"),
    "quarter in digits": ("quý 3/2018", "2018-07-01/2018-09-30"),
    "quarter misread": ("quý lII năm 2018", "2018-07-01/2018-09-30"),
    "quarters": ("quý I và quý II năm 2018", "2018-01-01/2018-06-30"),
    "year": ("năm 2018", "2018"),
    "budget year": ("năm ngân sách 2018", "2018"),
    "first months": ("6 tháng đầu năm 2018", "2018-01-01/2018-06-30"),
    "first months, counted in words": ("chín tháng đầu năm 2018", "2018-01-01/2018-09-30"),
    "last months": ("6 tháng cuối năm 2018", "2018-07-01/2018-12-31"),
    "stage": ("giai đoạn 2018-2023", "2018-01-01/2023-12-31"),
    "stage with a dash": ("giai đoạn 2018 – 2023", "2018-01-01/2023-12-31"),
    "term with its number": ("nhiệm kỳ VII (2018 - 2023)", "2018-01-01/2023-12-31"),
    "school year": ("năm học 2018/2019", "2018-01-01/2019-12-31"),
    "from year to year": ("từ năm 2018 đến hết năm 2023", "2018-01-01/2023-12-31"),
    "from day to day": ("từ ngày 03/4/2018 đến ngày 19/6/2018", "2018-04-03/2018-06-19"),
    "first year from the second": ("từ ngày 03/4 đến ngày 19/6/2018", "2018-04-03/2018-06-19"),
    "first month from the second": ("từ ngày 03 đến hết ngày 19/6/2018", "2018-06-03/2018-06-19"),
    "dash read as an equals sign": ("năm học 2018 = 2019", "2018-01-01/2019-12-31"),
    "a stop before đến": ("từ ngày 03.4.đến ngày 19.6.2018", "2018-04-03/2018-06-19"),
    "days in words": ("từ ngày 03 tháng 4 đến ngày 19 tháng 6 năm 2018", "2018-04-03/2018-06-19"),
    "across new year": ("từ ngày 20/12 đến ngày 10/01/2018", "2017-12-20/2018-01-10"),
    "with hours": ("từ 7h30 ngày 03/4/2018 đến 17 giờ 00 ngày 05/4/2018", "2018-04-03/2018-04-05"),
    "with a weekday": ("từ ngày 03/4/2018 (thứ Ba) đến ngày 05/4/2018", "2018-04-03/2018-04-05"),
    "two days and a dash": ("03 - 04/4/2018", "2018-04-03/2018-04-04"),
    "short ends": ("03/4-19/6/2018", "2018-04-03/2018-06-19"),
    "neighbouring days": ("ngày 3, 4 và 5/4/2018", "2018-04-03/2018-04-05"),
    "neighbouring months": ("tháng 3 và tháng 4/2018", "2018-03-01/2018-04-30"),
    "from month to month": ("từ tháng 10/2018 đến tháng 02/2019", "2018-10-01/2019-02-28"),
}

SEVERAL = {
    "days apart": ("ngày 3, 5, 9/4/2018", ["2018-04-03", "2018-04-05", "2018-04-09"]),
    "days of two months": ("ngày 3/4 và ngày 9/5/2018", ["2018-04-03", "2018-05-09"]),
    "years": ("các năm 2016, 2017 và 2019", ["2016", "2017", "2019"]),
    "anniversary": ("(12/8/1950 - 12/8/2020)", ["1950-08-12", "2020-08-12"]),
    "stages": (
        "từ năm 2018 đến năm 2020, từ năm 2021 đến năm 2023",
        ["2018-01-01/2020-12-31", "2021-01-01/2023-12-31"],
    ),
    "kept in order": ("năm 2019; ngày 03/4/2018; quý I/2020", ["2019", "2018-04-03", "2020-01-01/2020-03-31"]),
}

NONE = {
    "number of a decree": "Nghị định số 57/2019/NĐ-CP",
    "number of a circular": "Thông tư 112/2019/TT-BTC",
    "country": "Việt Nam 2030",
    "class": "sinh viên khóa 2018-2022",
    "every year": "ngày 20/11 hằng năm",
    "every month": "ngày 25/3/2018 hàng tháng",
    "lunar": "mồng 5 tháng giêng năm 2018",
    "lunar, said after": "ngày 10/3/2018 (âm lịch)",
    "half a day": "ngày? 6 tháng 4 năm 2018",
    "no such day": "ngày 31/4/2018",
    "no such month": "ngày 12/13/2018",
    "telephone": "0203.842.2019",
    "day without a year": "ngày 27/7",
    "letters": "ngày il/lo/2018",
    "years the wrong way round": "2023 - 2018",
    "seconds": "12:05:2018",
}


@pytest.mark.parametrize(("text", "iso"), [*DAYS.values(), *NOISE.values()], ids=[*DAYS, *NOISE])
def test_a_day(text: str, iso: str) -> None:
    (found,) = find_dates(f"Họp {text}, tại hội trường")
    assert (found.iso, found.precision, found.assumed) == (iso, "day", False)


@pytest.mark.parametrize(("text", "iso"), PERIODS.values(), ids=PERIODS)
def test_a_period(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(f"Kết quả {text}.")] == [iso]


@pytest.mark.parametrize(("text", "isos"), SEVERAL.values(), ids=SEVERAL)
def test_several(text: str, isos: list[str]) -> None:
    assert [found.iso for found in find_dates(text)] == isos


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_date(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("trước ngày 15/3", "2018-03-15"),
        ("ngày 5 tháng 4", "2018-04-05"),
        ("từ ngày 01/3 đến ngày 15/3", "2018-03-01/2018-03-15"),
    ],
)
def test_the_caller_gives_the_year(text: str, iso: str) -> None:
    assert [(found.iso, found.assumed) for found in find_dates(text, year=2018)] == [(iso, True)]


def test_a_printed_year_is_never_overruled() -> None:
    assert [(found.iso, found.assumed) for found in find_dates("ngày 15/3/2017", year=2018)] == [("2017-03-15", False)]


def test_read_date_takes_the_first() -> None:
    found = read_date("Vĩnh Sơn, ngày 04 tháng 5 năm 2018, sửa ngày 06/5/2018")
    assert found is not None
    assert found.iso == "2018-05-04"
    assert read_date("Vĩnh Sơn") is None


WRITTEN = (
    "ngày {0:%d/%m/%Y}",
    "ngày {0.day}/{0.month}/{0.year}",
    "ngày {0.day}.{0.month}.{0.year}",
    "{0:%d-%m-%Y}",
    "ngày {0:%d} tháng {0.month} năm {0.year}",
    "NGÀY {0:%d}THÁNG {0:%m}NĂM {0.year}",
)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(WRITTEN))
def test_what_is_written_is_read_back(day: date, form: str) -> None:
    written = form.format(day)
    (found,) = find_dates(f"Đã nhận {written}; xin trả lời.")
    assert (found.first, found.last, found.precision) == (day, day, "day")
    assert f"Đã nhận {written}; xin trả lời."[found.start : found.end] == written


@given(st.lists(st.dates(date(1900, 1, 1), date(2099, 12, 31)), min_size=2, max_size=2, unique=True))
def test_spans_are_read_back(days: list[date]) -> None:
    first, last = sorted(days)
    if (first.month, first.day) == (last.month, last.day):
        return
    (found,) = find_dates(f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")
    assert (found.first, found.last, found.precision) == (first, last, "span")


@given(st.text(alphabet="ngàythágăm 0123456789/.-lOóIVqu,;()", max_size=60))
def test_findings_are_ordered_disjoint_and_true_days(text: str) -> None:
    found = find_dates(text, year=2018)
    assert all(0 <= one.start < one.end <= len(text) and one.first <= one.last for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
