"""The id of the issuing agency."""

import pytest

from pipeline.annotations import Field, Zone, ZoneKind
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.extract import agency
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.organizations import Organizations

DIRECTORY = Organizations(
    Gazetteer(
        (
            Entry("ubnd", "Ủy ban nhân dân", ("UBND",), more={"level": "province+district+commune"}),
            Entry("so-y-te", "Sở Y tế", more={"level": "province"}),
            Entry("bo-y-te", "Bộ Y tế", more={"level": "central"}),
            Entry("hoi-lhpn", "Hội Liên hiệp Phụ nữ", more={"level": "province+district"}),
            Entry("ban-to-chuc-tinh-uy", "Ban Tổ chức Tỉnh ủy", more={"level": "province"}),
            Entry("doan-thanh-nien", "Đoàn TNCS Hồ Chí Minh", more={"level": "province"}),
        )
    ),
    Gazetteer((Entry("bac-kan", "Bắc Kạn"),)),
)


def dispatch(**fields: str) -> Document:
    doc = Document.build(id="0" * 16, source="a", pages=(Page(1, None, None, (Line((Word("x"),)),)),))
    return doc.annotate(Field(span=None, confidence=0.9, by="test", name=n, value=v) for n, v in fields.items())


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        pytest.param({"agency": "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN"}, ["ubnd.bac-kan"], id="province"),
        pytest.param({"agency": "BỘ Y TẾ"}, ["bo-y-te"], id="ministry"),
        pytest.param({"agency": "SỞ Y TẾ", "parent_agency": "UBND TỈNH BẮC KẠN"}, ["so-y-te.bac-kan"], id="body-above"),
        pytest.param({"agency": "SỞ Y TẾ", "place": "Bắc Kạn"}, ["so-y-te.bac-kan"], id="place"),
        pytest.param({"agency": "SỞ Y TẾ"}, [], id="which-province"),
        pytest.param({"agency": "CÔNG TY MÂY TRE"}, [], id="not-in-the-directory"),
        pytest.param({"agency": "BỘ Y TẾ; SỞ Y TẾ"}, ["bo-y-te"], id="together"),
        pytest.param(
            {"agency": "UBND XÃ NÀ SEN", "parent_agency": "HUYỆN ĐÁ MÀI", "place": "Bắc Kạn", "issued_on": "2020-05"},
            ["ubnd.bac-kan.huyen-da-mai.xa-na-sen"],
            id="commune",
        ),
        pytest.param(
            {"agency": "UBND XÃ NÀ SEN", "place": "Bắc Kạn", "issued_on": "2026-05-01"},
            ["ubnd.bac-kan.xa-na-sen"],
            id="commune-after-districts",
        ),
        pytest.param(
            {"agency": "BAN CHẤP HÀNH TỈNH BẮC KẠN", "parent_agency": "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM"},
            ["hoi-lhpn.bac-kan"],
            id="a-unions-committee",
        ),
        pytest.param({"agency": "BAN CHẤP HÀNH TỈNH BẮC KẠN"}, [], id="which-union"),
        pytest.param(
            {"agency": "BAN TỔ CHỨC", "parent_agency": "TỈNH ỦY BẮC KẠN"},
            ["ban-to-chuc-tinh-uy.bac-kan"],
            id="a-party-office",
        ),
        pytest.param(
            {"agency": "HỘI LIÊN HIỆP PHỤ NỮ; SỞ Y TẾ TỈNH BẮC KẠN"}, ["hoi-lhpn.bac-kan"], id="the-place-said-last"
        ),
        pytest.param({}, [], id="no-agency"),
    ],
)
def test_agency_id(fields: dict[str, str], ids: list[str]) -> None:
    assert [field.value for field in agency.extract(dispatch(**fields), DIRECTORY)] == ids


def test_the_youth_union_stands_where_the_motto_does() -> None:
    doc = Document.build(
        id="0" * 16, source="a", pages=(Page(1, None, None, (Line((Word("ĐOÀN TNCS HỒ CHÍ MINH"),)),)),)
    )
    motto = Zone(span=Span(0, len(doc.text)), confidence=1, by="test", kind=ZoneKind.MOTTO)
    committee = Field(span=None, confidence=0.9, by="test", name="agency", value="BAN CHẤP HÀNH TỈNH BẮC KẠN")
    found = agency.extract(doc.annotate([motto, committee]), DIRECTORY)
    assert [field.value for field in found] == ["doan-thanh-nien.bac-kan"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("Căn cứ Quyết định của UBND tỉnh Bắc Kạn", ["ubnd.bac-kan.huyen-da-mai"], id="one-province"),
        pytest.param("theo UBND tỉnh Bắc Kạn và UBND tỉnh Trà Vinh", [], id="two-provinces"),
        pytest.param("theo UBND tỉnh Sông Đào", [], id="no-province"),
    ],
)
def test_a_body_below_the_province_is_placed_by_the_province_it_writes_of(text: str, ids: list[str]) -> None:
    provinces = Gazetteer((Entry("bac-kan", "Bắc Kạn"), Entry("tra-vinh", "Trà Vinh")))
    doc = Document.build(id="0" * 16, source="a", pages=(Page(1, None, None, (Line((Word(text),)),)),))
    doc = doc.annotate([Field(span=None, confidence=0.9, by="test", name="agency", value="UBND HUYỆN ĐÁ MÀI")])
    found = agency.extract(doc, Organizations(DIRECTORY.gazetteer, provinces))
    assert [field.value for field in found] == ids
