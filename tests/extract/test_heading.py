"""The head, field by field, from lines that a clerk could have typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pytest

from pipeline import models
from pipeline.annotations import Field, Zone
from pipeline.document import Document, Line, Page, Word
from pipeline.extract import heading, zones
from pipeline.models import Models


@cache
def knowledge() -> Models:
    return models.load()


def read(
    text: str, confidence: float | None = None, raw: Mapping[str, str | None] = MappingProxyType({})
) -> dict[str, Field]:
    """Return the fields of a text whose lines are lines of a page, read by OCR where a confidence is given.

    `raw` holds OCR's own readings of words that were read again.
    """
    lines = tuple(
        Line(tuple(Word(word, None, confidence, raw.get(word)) for word in line.split())) for line in text.splitlines()
    )
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, lines),))
    doc = doc.annotate(zones.extract(doc))
    assert doc.of(Zone)
    return {found.name: found for found in heading.extract(doc, knowledge())}


LETTER = """UBND TỈNH VĨNH AN
SỞ XÂY DỰNG
Số: 218/SXD-QLN
V/v kiểm tra nhà ở
trước mùa mưa bão
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Vĩnh An, ngày 07 tháng 5 năm 2019
KHẨN
Kính gửi: Ủy ban nhân dân các huyện.
Căn cứ Luật Nhà ở, Sở Xây dựng đề nghị các đơn vị kiểm tra nhà ở trên địa bàn và báo cáo trước ngày 20/5/2019."""

PLAN = """ĐẢNG BỘ TỈNH VĨNH AN
HUYỆN ỦY PHÚ KHÊ
*
Số 12-KH/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Phú Khê, ngày 11 tháng 3 năm 2014
KẾ HOẠCH
thực hiện cuộc vận động xây dựng đường làng
Thực hiện Chỉ thị số 08-CT/TU, Ban Thường vụ Huyện ủy xây dựng kế hoạch như sau:"""


def values(text: str) -> dict[str, str]:
    return {name: found.value for name, found in read(text).items()}


def test_letter() -> None:
    assert values(LETTER) == {
        "parent_agency": "UBND TỈNH VĨNH AN",
        "agency": "SỞ XÂY DỰNG",
        "number": "218",
        "notation": "SXD-QLN",
        "type_name": "Công văn",
        "type_code": "CV",
        "subject": "kiểm tra nhà ở trước mùa mưa bão",
        "place": "Vĩnh An",
        "issued_on": "2019-05-07",
        "urgency": "KHẨN",
    }


def test_party_plan() -> None:
    found = values(PLAN)
    assert (found["parent_agency"], found["agency"]) == ("ĐẢNG BỘ TỈNH VĨNH AN", "HUYỆN ỦY PHÚ KHÊ")
    assert (found["number"], found["notation"]) == ("12", "KH/HU")
    assert (found["type_name"], found["type_code"]) == ("Kế hoạch", "KH")
    assert found["subject"] == "thực hiện cuộc vận động xây dựng đường làng"


def test_each_claim_quotes_its_evidence() -> None:
    lines = LETTER.splitlines()
    fields = read(LETTER)
    text = "\n".join(lines)
    number, notation, issued = (fields[name].span for name in ("number", "notation", "issued_on"))
    assert number is not None
    assert notation is not None
    assert issued is not None
    assert text[number.start : number.end] == "218"
    assert text[notation.start : notation.end] == "SXD-QLN"
    assert text[issued.start : issued.end] == "ngày 07 tháng 5 năm 2019"


def test_what_agrees_is_surer_than_what_does_not() -> None:
    agrees = read(PLAN)["notation"].confidence
    differs = read(PLAN.replace("12-KH/HU", "12-QĐ/HU"))["notation"].confidence
    assert differs < agrees


def test_blank_day_and_number_in_print_are_blank() -> None:
    found = values(LETTER.replace("Số: 218/", "Số:      /").replace("ngày 07 tháng", "ngày      tháng"))
    assert "number" not in found
    assert found["notation"] == "SXD-QLN"
    assert found["issued_on"] == "2019-05"


def test_a_day_that_ocr_could_not_read_is_no_blank() -> None:
    assert "issued_on" not in read(LETTER.replace("ngày 07 tháng", "ngày Ử† tháng"), 0.9)


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [("Số: 218/QĐ-SXD", "QĐ-SXD"), ("Số: 218/QD-SXD", "QĐ-SXD"), ("Số: 218 /QÐ - SXD", "QĐ-SXD")],
)
def test_ocr_codes_are_mended(printed: str, read_as: str) -> None:
    assert read(LETTER.replace("Số: 218/SXD-QLN", printed), 0.9)["notation"].value == read_as


@pytest.mark.parametrize(("confidence", "claimed"), [(0.95, 0.95), (0.8, 0.6), (0.5, None)])
def test_doubtful_digits(confidence: float, claimed: float | None) -> None:
    number = read(LETTER, confidence).get("number")
    assert (number.confidence if number else None) == claimed


@pytest.mark.parametrize(("raw", "claimed"), [(None, None), ("7I8", "218")])
def test_the_network_for_handwriting_is_believed_earlier_than_ocr(raw: str | None, claimed: str | None) -> None:
    text = LETTER.replace("Số: 218/SXD-QLN", "Số: 218 /SXD-QLN")
    number = read(text, 0.72, raw={"218": raw}).get("number")
    assert (number.value if number else None) == claimed


@pytest.mark.parametrize(
    ("confidence", "claimed"),
    [
        pytest.param(0.9, 0.95, id="read clearly"),
        pytest.param(0.45, 0.9, id="less clearly"),
        pytest.param(0.3, None, id="doubted by a second look"),
    ],
)
def test_digits_read_by_hand_have_a_reliability_of_their_own(confidence: float, claimed: float | None) -> None:
    text = LETTER.replace("Số: 218/SXD-QLN", "Số: 218 /SXD-QLN")
    found = read(text, confidence, raw={"218": "7I8", "07": "0†"})
    assert [found[name].confidence if name in found else None for name in ("number", "issued_on")] == [claimed] * 2


def test_an_attachment_bears_out_the_number() -> None:
    signed = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn Tám"
    decision = LETTER.replace("Số: 218/SXD-QLN", "Số: 218/QĐ-SXD")
    attached = "PHỤ LỤC\n(Kèm theo Quyết định số 218/QĐ-SXD ngày 07/5/2019 của Sở Xây dựng)"
    alone, borne_out = read(f"{decision}\n{signed}"), read(f"{decision}\n{signed}\n{attached}", 0.9)
    assert borne_out["number"].value == alone["number"].value == "218"
    assert borne_out["number"].confidence == borne_out["issued_on"].confidence == 0.98


def test_print_is_kept_as_it_stands() -> None:
    assert values(LETTER.replace("Số: 218/SXD-QLN", "Số: 218/QD-SXD"))["notation"] == "QD-SXD"


def test_joint_programme_names_both_bodies() -> None:
    text = PLAN.replace("ĐẢNG BỘ TỈNH VĨNH AN", "HỘI NÔNG DÂN TỈNH VĨNH AN").replace("HUYỆN ỦY PHÚ KHÊ", "SỞ XÂY DỰNG")
    found = values(text.replace("KẾ HOẠCH", "CHƯƠNG TRÌNH PHỐI HỢP"))
    assert found["agency"] == "HỘI NÔNG DÂN TỈNH VĨNH AN; SỞ XÂY DỰNG"
    assert "parent_agency" not in found


def test_a_lost_head_is_read_from_the_text() -> None:
    body = "Ban Thường vụ Hội Nông dân tỉnh Vĩnh An phát động phong trào làm đường trong toàn tỉnh như sau:"
    found = values(f"Số: 13/PĐ-HND\nVĩnh An, ngày 2 tháng 6 năm 2020\nPHÁT ĐỘNG\nPhong trào làm đường\n{body}")
    assert found["agency"] == "Hội Nông dân tỉnh Vĩnh An"
    assert found["type_name"] == "Phát động"
