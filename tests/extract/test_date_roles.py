"""What each date is to a dispatch, by the words around it."""

from __future__ import annotations

import pytest

from pipeline.annotations import Field, Paragraph, Reference, Zone, ZoneKind
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.extract import dates
from pipeline.text import date_roles

ROLES = {
    "meeting": ("Họp lúc 14 giờ ngày 12/4/2018 tại hội trường", [("2018-04-12", "event")]),
    "two days of a meeting": ("tập huấn 12 - 13/4/2018 tại huyện", [("2018-04-12/2018-04-13", "event")]),
    "anniversary": ("(12/8/1950 - 12/8/2018)", [("1950-08-12", "event"), ("2018-08-12", "event")]),
    "in force": ("có hiệu lực thi hành kể từ ngày 01/7/2018", [("2018-07-01", "event")]),
    "since a month": ("bắt đầu từ tháng 5/2018", [("2018-05", "event")]),
    "facts up to a day": ("Tính đến ngày 30/11/2017, toàn huyện", [("2017-11-30", "event")]),
    "from hour to hour": ("từ 14h00 đến 15h30 ngày 12/4/2018", [("2018-04-12", "event")]),
    "before": ("gửi báo cáo trước ngày 15/6/2018", [("2018-06-15", "deadline")]),
    "before an hour": ("gửi về Phòng trước 16 giờ ngày 15/6/2018", [("2018-06-15", "deadline")]),
    "at the latest": ("chậm nhất là ngày 15 tháng 6 năm 2018", [("2018-06-15", "deadline")]),
    "to the end of": ("nhận hồ sơ đến hết ngày 15/6/2018", [("2018-06-15", "deadline")]),
    "last day": ("Hạn cuối: 15/6/2018", [("2018-06-15", "deadline")]),
    "too late": ("sau ngày 15/6/2018 đơn vị nào không nộp", [("2018-06-15", "deadline")]),
    "after a day": ("sau ngày 15/6/2018 các xã họp", [("2018-06-15", "event")]),
    "Friday": ("khai giảng thứ sáu ngày 15/6/2018", [("2018-06-15", "event")]),
    "counted up to a year": ("tính đến hết năm 2018 còn 3 xã", [("2018", "period")]),
    "two deadlines": ("(trước ngày 15/6/2018 và 15/12/2018)", [("2018-06-15", "deadline"), ("2018-12-15", "deadline")]),
    "to a year": ("phấn đấu đến năm 2025 có 12 xã", [("2025-12-31", "deadline")]),
    "before the end of a month": ("hoàn thành trước tháng 10/2018", [("2018-10-31", "deadline")]),
    "to be finished in a month": ("hoàn thành việc sửa kho trong tháng 9/2018", [("2018-09-30", "deadline")]),
    "to be finished in a quarter": ("hoàn thành trong quý II/2018", [("2018-06-30", "deadline")]),
    "every year, said before": ("Năm 2018 họp; hằng năm, trước ngày 15/12, báo cáo", [("2018", "period")]),
    "years of amendments": ("Luật Thư viện (sửa đổi, bổ sung năm 2005, 2013) và năm 2018", [("2018", "period")]),
    "a word printed twice": ("theo Công văn số 815/SCT-TM ngày ngày 03/4/2018", [("2018-04-03", "cited")]),
    "a deadline that is past": ("gia hạn đến ngày 15/6/2016", [("2016-06-15", "event")]),
    "stage": ("giai đoạn 2018-2023", [("2018-01-01/2023-12-31", "period")]),
    "from day to day": ("từ ngày 03/4 đến ngày 19/6/2018", [("2018-04-03/2018-06-19", "period")]),
    "plan year": ("nhiệm vụ năm 2018", [("2018", "period")]),
    "in a month": ("trong tháng 5/2018", [("2018-05", "period")]),
    "in a quarter": ("quý III/2018", [("2018-07-01/2018-09-30", "period")]),
    "in a year to come": ("mở cửa vào năm 2019", [("2019", "event")]),
    "the passage's year": (
        "Năm 2018 báo cáo trước ngày 30/6 và trước ngày 30/11",
        [("2018", "period"), ("2018-06-30", "deadline"), ("2018-11-30", "deadline")],
    ),
    "a span in the passage's year": (
        "Năm 2018 thi đua từ ngày 01/5 đến ngày 19/5",
        [("2018", "period"), ("2018-05-01/2018-05-19", "period")],
    ),
    "no year at all": ("báo cáo trước ngày 30/6", []),
    "a part of the year of issue": ("trong 6 tháng đầu năm, các xã họp", [("2018-01-01/2018-06-30", "period")]),
    "a part of every year": ("báo cáo 6 tháng đầu năm và cả năm", []),
    "a part of last year": ("trong 6 tháng đầu năm trước", []),
    "a letter by whom it is": ("theo Đơn đề nghị của Hội Làm vườn ngày 14/5/2018", [("2018-05-14", "cited")]),
    "a letter to be sent": ("Văn bản của các xã gửi về Sở trước ngày 14/5/2018", [("2018-05-14", "deadline")]),
    "how long and when": ("Thời gian: Một ngày, ngày 12/4/2018", [("2018-04-12", "event")]),
    "two years": ("năm 2018 và năm 2019 báo cáo trước ngày 30/6", [("2018", "period"), ("2019", "period")]),
    "a past year": ("năm 2015 báo cáo trước ngày 30/6", [("2015", "period")]),
    "a day of every year": ("năm 2018, trước ngày 30/6 các năm", [("2018", "period")]),
    "a holiday": ("năm 2018, chào mừng ngày 26/3", [("2018", "period")]),
    "letter": ("theo Công văn số 815/SCT-TM ngày 03/4/2018", [("2018-04-03", "cited")]),
    "letter, signed": ("Kế hoạch số 83/KH-SCT, ký ngày 14/5/2018", [("2018-05-14", "cited")]),
    "paper without a number": ("theo Biên bản ngày 14/5/2018", [("2018-05-14", "cited")]),
    "day of a cited document": ("Luật Thư viện ngày 21/11/2019", [("2019-11-21", "cited")]),
    "signature's stamp": ("Thời gian ký: 27.04.2018 11:09:29 +07:00", []),
    "columns of a table": (
        "Từ 01/6/2018 Các xã nộp đề cương đến 16/6/2018 bằng thư",
        [("2018-06-01/2018-06-16", "period")],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), ROLES.values(), ids=ROLES)
def test_role(text: str, wanted: list[tuple[str, str]]) -> None:
    found = date_roles.roles(text, cited=frozenset({"2019-11-21"}), issued="2018-01-01")
    assert [(one.iso, role) for one, role in found] == wanted


def dispatch(*lines: str) -> Document:
    """Number, date line, then a paragraph a line; the head's stage has read the date line."""
    made = tuple(Line(tuple(Word(word) for word in line.split())) for line in lines)
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, made),))
    first, *rest = [span for span, _, _ in doc.lines()]
    return doc.annotate(
        [
            Zone(span=first, confidence=1, by="test", kind=ZoneKind.PLACE_DATE),
            Field(span=first, confidence=0.9, by="test", name="issued_on", value="2018-04-12"),
            *(Paragraph(span=span, confidence=1, by="test", label=None, level=0) for span in rest),
        ]
    )


def rows(doc: Document) -> list[tuple[str, str, str, str]]:
    return [(one.start, one.end, one.precision, one.role) for one in dates.extract(doc)]


def test_the_date_line_comes_first_and_each_date_stands_once_a_role() -> None:
    doc = dispatch(
        "Vĩnh Sơn, ngày 12 tháng 4 năm 2018",
        "Báo cáo năm 2018 gửi trước ngày 15/12/2018.",
        "Trước ngày 15/12/2018 tổng kết năm 2018; ngày 15/12/2018 trao thưởng.",
    )
    assert rows(doc) == [
        ("2018-04-12", "2018-04-12", "day", "issued"),
        ("2018-01-01", "2018-12-31", "year", "period"),
        ("2018-12-15", "2018-12-15", "day", "deadline"),
        ("2018-12-15", "2018-12-15", "day", "event"),
    ]


def test_a_row_of_a_table_over_two_lines() -> None:
    doc = dispatch("Vĩnh Sơn, ngày 12 tháng 4 năm 2018", "Từ 01/6/2018 Các xã nộp đề cương", "2 đến 16/6/2018 bằng thư")
    assert rows(doc)[1:] == [("2018-06-01", "2018-06-16", "span", "period")]


def test_only_the_head_and_the_main_body_count() -> None:
    doc = dispatch("Vĩnh Sơn, ngày 12 tháng 4 năm 2018", "Gửi trước ngày 15/6/2018.", "Phụ lục năm 2031")
    *keep, appendix = doc.annotations
    assert isinstance(appendix, Paragraph)
    doc = Document.build(id=doc.id, source=doc.source, pages=doc.pages, annotations=tuple(keep))
    assert [start for start, *_ in rows(doc)] == ["2018-04-12", "2018-06-15"]


def test_a_year_in_the_name_of_a_law_is_left_out() -> None:
    doc = dispatch("Vĩnh Sơn, ngày 12 tháng 4 năm 2018", "Theo Luật Thư viện năm 2019 và kế hoạch năm 2020")
    at = doc.text.index("Luật")
    law = Reference(
        span=Span(at, at + len("Luật Thư viện năm 2019")),
        confidence=1,
        by="test",
        type_name="Luật",
        number=None,
        notation=None,
        issued_on="2019",
        issuer=None,
        title=None,
        relation="mentions",
    )
    assert [start for start, *_ in rows(doc.annotate([law]))] == ["2018-04-12", "2020-01-01"]


def test_a_month_of_issue() -> None:
    doc = dispatch("Vĩnh Sơn, ngày     tháng 4 năm 2018")
    (line, _field) = doc.annotations
    blank = Field(span=line.span, confidence=0.9, by="test", name="issued_on", value="2018-04")
    doc = Document.build(id=doc.id, source=doc.source, pages=doc.pages, annotations=(line, blank))
    assert rows(doc) == [("2018-04-01", "2018-04-30", "month", "issued")]


def test_without_a_date_line_nothing_is_issued() -> None:
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, (Line((Word("Kính"),)),)),))
    assert list(dates.extract(doc)) == []
