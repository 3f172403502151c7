"""The id of the issuing agency."""

import pytest

from pipeline.annotations import Field
from pipeline.document import Document, Line, Page, Word
from pipeline.extract import agency
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.organizations import Organizations

DIRECTORY = Organizations(
    Gazetteer(
        (
            Entry("ubnd", "Ủy ban nhân dân", ("UBND",), more={"level": "province+district+commune"}),
            Entry("so-y-te", "Sở Y tế", more={"level": "province"}),
            Entry("bo-y-te", "Bộ Y tế", more={"level": "central"}),
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
        pytest.param({}, [], id="no-agency"),
    ],
)
def test_agency_id(fields: dict[str, str], ids: list[str]) -> None:
    assert [field.value for field in agency.extract(dispatch(**fields), DIRECTORY)] == ids
