"""Parts of the head: places spelt rightly, bodies apart, titles, subjects, date lines, witnesses."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline import models
from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.extract.heading import witnesses
from pipeline.extract.heading.agency import letterhead
from pipeline.extract.heading.dateline import read_date_line
from pipeline.extract.heading.places import settle_body, settle_place
from pipeline.extract.heading.title import read_title, subject, without_issuer
from pipeline.models import Models
from pipeline.text.strips import Strip


@cache
def knowledge() -> Models:
    return models.load()


@pytest.mark.parametrize(
    ("read", "agency", "text", "place", "known"),
    [
        pytest.param("Qnảng Ngãi", "", "", "Quảng Ngãi", True, id="a province, a letter off"),
        pytest.param("Hoà Bình", "", "", "Hoà Bình", True, id="the other place of the tone"),
        pytest.param("Sơn Lâm", "", "", "Sơn Lâm", False, id="no misread Sơn La"),
        pytest.param("Phú Khe", "HUYỆN ỦY PHÚ KHÊ", "", "Phú Khê", True, id="as the agency spells it"),
        pytest.param("Đóng Mai", "", "Đồng Mai, Đồng Mai và Đồng Mai", "Đồng Mai", False, id="as the text spells it"),
    ],
)
def test_places(read: str, agency: str, text: str, place: str, known: bool) -> None:
    assert settle_place(read, knowledge(), agency, text) == (place, known)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("LIÊN ĐOÀN LAO ĐỘNG TĨNH ÁN GIANG", "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN GIANG"),
        ("UBND TỈNH HÀ TĨNH", "UBND TỈNH HÀ TĨNH"),
        ("SƠ XÂY DỰNG", "SỞ XÂY DỰNG"),
    ],
)
def test_bodies(read: str, meant: str) -> None:
    assert settle_body(read, knowledge(), "") == meant


@pytest.mark.parametrize(
    ("lines", "type_name", "parents", "issuers"),
    [
        pytest.param(["ỦY BAN NHÂN DÂN", "TỈNH VĨNH AN"], "", [], ["ỦY BAN NHÂN DÂN TỈNH VĨNH AN"], id="on two lines"),
        pytest.param(
            ["SỞ Y TẾ VĨNH AN", "TRƯỜNG CAO ĐẲNG", "Y TẾ"], "", ["SỞ Y TẾ VĨNH AN"], ["TRƯỜNG CAO ĐẲNG Y TẾ"], id="open"
        ),
        pytest.param(["BỘ NỘI VỤ - BỘ TÀI CHÍNH"], "", [], ["BỘ NỘI VỤ", "BỘ TÀI CHÍNH"], id="two ministries"),
        pytest.param(
            ["HỘI A TỈNH VĨNH AN - BẢO HIỂM XÃ HỘI", "TỈNH VĨNH AN"],
            "Chương trình phối hợp",
            [],
            ["HỘI A TỈNH VĨNH AN", "BẢO HIỂM XÃ HỘI TỈNH VĨNH AN"],
            id="together in a line",
        ),
        pytest.param(["Ký bởi: tỉnh", "| 'SỞ Y TẾ - _.."], "", [], ["SỞ Y TẾ"], id="a signature box and specks"),
        pytest.param(["VĂN PHÒNG X", "CV ĐẾN", "SỞ Y TẾ"], "", [], ["SỞ Y TẾ"], id="an arrival stamp above"),
        pytest.param(["HỘI A -", "SỞ Y TẾ"], "Kế hoạch liên tịch", [], ["HỘI A", "SỞ Y TẾ"], id="together"),
    ],
)
def test_letterheads(lines: list[str], type_name: str, parents: list[str], issuers: list[str]) -> None:
    found = letterhead([Strip(Span(i, i + 1), text) for i, text in enumerate(lines)], type_name=type_name)
    assert [body.name for body in found.parents] == parents
    assert [body.name for body in found.issuers] == issuers


@pytest.mark.parametrize(
    ("title", "name", "rest"),
    [
        ("KẾ HOẠCH", "Kế hoạch", ""),
        ("l QUYÉT ĐỊNH", "Quyết định", ""),
        ("CHƯƠNG TRÌNH PHỐI HỢP", "Chương trình phối hợp", ""),
        ("KẾ HOẠCH LÀM ĐƯỜNG", "Kế hoạch", "LÀM ĐƯỜNG"),
    ],
)
def test_titles(title: str, name: str, rest: str) -> None:
    found = read_title(title, knowledge().types)
    assert found is not None
    assert (found.printed, found.rest) == (name, rest)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["V/v làm đường", "năm 2019"], "làm đường năm 2019"),
        (["(Về việc làm đường)"], "làm đường"),
        (["V/w làm đường ./."], "làm đường"),
        (['làm đường "liên xã'], "làm đường liên xã"),
        (['làm đường "liên xã"'], 'làm đường "liên xã"'),
        (["làm cầu ~- cống"], "làm cầu - cống"),
        (["ĐẾN Số: 5 | Về việc làm đường"], "làm đường"),
    ],
)
def test_subjects(parts: list[str], text: str) -> None:
    assert subject(parts) == text


def test_the_issuer_behind_the_type_is_no_subject() -> None:
    assert without_issuer("CỦA BỘ TRƯỞNG BỘ Y TẾ") == ""
    assert without_issuer("LÀM ĐƯỜNG") == "LÀM ĐƯỜNG"


@pytest.mark.parametrize(
    ("line", "handwritten", "place", "day"),
    [
        ("Vĩnh An, ngày 5 tháng 3 năm 2020", True, "Vĩnh An", "2020-03-05"),
        ("Vĩnh An, ngày … tháng 3 năm 2020", False, "Vĩnh An", "2020-03"),
        ("Vĩnh An, ngày ?# tháng 3 năm 2020", True, "Vĩnh An", None),
        (".....Á.. Vĩnh An, ngày 5 tháng 3 năm 2020", True, "Vĩnh An", "2020-03-05"),
        ("— Vĩnh An", False, "Vĩnh An", None),
    ],
)
def test_date_lines(line: str, handwritten: bool, place: str, day: str | None) -> None:
    found = read_date_line(line, handwritten=handwritten)
    assert (found.place, found.issued_on) == (place, day)


@pytest.mark.parametrize(
    ("notation", "type_id", "meant"),
    [
        ("EX/BC-SYT", "BC", "BC-SYT"),
        ("JZGM-SYT", "GM", "GM-SYT"),
        ("HĐ-SYT", "HD", "HD-SYT"),
        ("SYT-VP", "TTr", "SYT-VP"),
    ],
)
def test_the_printed_type_mends_its_code(notation: str, type_id: str, meant: str) -> None:
    assert witnesses.mend_type(notation, knowledge().types.get(type_id), knowledge().codes) == meant


def test_codes_fit_the_initials_of_the_agency() -> None:
    assert witnesses.fits_agency("TB-ĐHKT", "TRƯỜNG ĐẠI HỌC KỸ THUẬT")
    assert not witnesses.fits_agency("TB-LĐLĐ", "TRƯỜNG ĐẠI HỌC KỸ THUẬT")
    assert witnesses.mend_agency("TB-DHKT", "TRƯỜNG ĐẠI HỌC KỸ THUẬT", knowledge().codes) == "TB-ĐHKT"


def strip(text: str, confidence: float | None = None) -> Strip:
    return Strip(Span(0, len(text)), text, confidence=confidence)


@pytest.mark.parametrize(
    ("lines", "type_name", "parents", "issuers"),
    [
        pytest.param(
            ["UBND TỈNH VĨNH AN", "SỞ XÂY DỰNG - SỞ NỘI VỤ"],
            "Hướng dẫn liên sở",
            ["UBND TỈNH VĨNH AN"],
            ["SỞ XÂY DỰNG", "SỞ NỘI VỤ"],
            id="two below one",
        ),
        pytest.param(
            ["SỞ Y TẾ - SỞ XÂY DỰNG", "- BẢO HIỂM XÃ HỘI TỈNH VĨNH AN"],
            "Hướng dẫn liên ngành",
            [],
            ["SỞ Y TẾ", "SỞ XÂY DỰNG", "BẢO HIỂM XÃ HỘI TỈNH VĨNH AN"],
            id="three, the last led by a dash",
        ),
        pytest.param(
            ["BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN BÍ THƯ"],
            "Chỉ thị",
            ["BAN CHẤP HÀNH TRUNG ƯƠNG"],
            ["BAN BÍ THƯ"],
            id="the Secretariat issues alone",
        ),
        pytest.param(
            ["TRƯỜNG THCS BÃI SEN", "TỔ CHUYÊN MÔN 4, 5"],
            "Biên bản",
            ["TRƯỜNG THCS BÃI SEN"],
            ["TỔ CHUYÊN MÔN 4, 5"],
            id="a group of a school",
        ),
        pytest.param(
            ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH", "TRƯỜNG KHÊ"],
            "Kế hoạch",
            ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"],
            ["LIÊN ĐOÀN LAO ĐỘNG TỈNH TRƯỜNG KHÊ"],
            id="a place that begins like a school",
        ),
        pytest.param(["UBND TỈNH VĨNH AN"], "Hướng dẫn liên sở", [], ["UBND TỈNH VĨNH AN"], id="one is one"),
        pytest.param([], "Hướng dẫn liên sở", [], [], id="none"),
    ],
)
def test_bodies_that_issue_together(lines: list[str], type_name: str, parents: list[str], issuers: list[str]) -> None:
    found = letterhead([strip(line) for line in lines], type_name=type_name)
    assert [body.name for body in found.parents] == parents
    assert [body.name for body in found.issuers] == issuers


@pytest.mark.parametrize(
    ("read", "confidence", "name"),
    [
        ("BẠN TỔ CHỨC HỘI XUÂN", 0.8, "BAN TỔ CHỨC HỘI XUÂN"),
        ("SỔ XÂY DỰNG", 0.8, "SỞ XÂY DỰNG"),
        ("UỶ BAN NHÂN DÂN", 0.8, "UỶ BAN NHÂN DÂN"),
        ("BẠN TỔ CHỨC HỘI XUÂN", None, "BẠN TỔ CHỨC HỘI XUÂN"),
    ],
    ids=["ban", "so", "the tone's other place stays", "print is believed"],
)
def test_the_first_words_of_bodies_are_spelt_as_they_must_be(read: str, confidence: float | None, name: str) -> None:
    assert letterhead([strip(read, confidence)]).issuers[0].name == name


@pytest.mark.parametrize(
    ("before", "notation", "type_id", "meant"),
    [
        ("Số: 47 -", "TB", "GM", "GM-TB"),
        ("Số: 47 -", "GM-TB", "GM", "GM-TB"),
        ("Số: 47/", "TB-ABC", "GM", "TB-ABC"),
        ("Số: 47 -", "KH/HU", "GM", "KH/HU"),
        ("Số: 47 -", "ABC", None, "ABC"),
    ],
    ids=["lost", "there", "a stroke", "the Party's", "no type"],
)
def test_the_printed_type_stands_for_a_code_that_was_lost(
    before: str, notation: str, type_id: str | None, meant: str
) -> None:
    entry = knowledge().types.get(type_id) if type_id else None
    assert witnesses.add_type(notation, before, entry) == meant


@pytest.mark.parametrize(
    ("issued", "body", "meant"),
    [
        ("2013-02-10", "Thực hiện Quyết định số 4/QĐ-ABC ngày 11/5/2016, báo cáo trước ngày 30/4/2018.", "2018-02-10"),
        ("2017-02-10", "Thực hiện Quyết định số 4/QĐ-ABC ngày 11/5/2016, báo cáo trước ngày 30/4/2018.", None),
        ("2013-02-10", "Thực hiện Quyết định số 4/QĐ-ABC ngày 11/5/2016 và kế hoạch năm 2016, năm 2018.", "2018-02-10"),
        ("2013-02-10", "Thực hiện Quyết định số 4/QĐ-ABC ngày 11/5/2016.", None),
    ],
    ids=["told by a deadline", "possible as it is", "2016 would lie before what is cited", "no year fits"],
)
def test_a_year_that_what_is_cited_makes_impossible(issued: str, body: str, meant: str | None) -> None:
    line = Line(tuple(Word(word, None, 0.9) for word in body.split()))
    doc = Document.build(id="0" * 16, source="a.pdf", pages=(Page(1, None, None, (line,)),))
    zone = Zone(span=Span(0, len(doc.text)), confidence=1, by="t", kind=ZoneKind.BODY)
    assert witnesses.likely_year(issued, doc.annotate((zone,))) == meant
