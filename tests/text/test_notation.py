"""Document numbers and notations: the forms of State and Party, noise in the head, mending by known codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.match import Entry, Gazetteer
from pipeline.text.notation import Codes, find, head, segments, year


def _types() -> Gazetteer:
    rows = [("QĐ", "Quyết định"), ("TB", "Thông báo"), ("TTr", "Tờ trình"), ("NĐ", "Nghị định"), ("CV", "Công văn")]
    rows += [("CT", "Chỉ thị"), ("HD", "Hướng dẫn"), ("TT", "Thông tư"), ("CĐ", "Công điện")]
    return Gazetteer(tuple(Entry(code, name, more={"codes": code}) for code, name in rows))


CODES = Codes(_types(), Gazetteer(tuple(Entry(code, code) for code in ("UBND", "HĐND", "LĐLĐ", "BGDĐT", "TW", "KHCN"))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("theo Quyết định 71/QĐ-UBND ngày 2/3", [("71", "QĐ-UBND")], id="plain"),
        pytest.param("Thông tư số 08/2021/TT-BXYZ.", [("08", "2021/TT-BXYZ")], id="with its year"),
        pytest.param("Chỉ thị 34-CT/TW, số 15-NQ/HU", [("34", "CT/TW"), ("15", "NQ/HU")], id="Party"),
        pytest.param("số 15 NQ/TW", [("15", "NQ/TW")], id="Party with a gap for the dash"),
        pytest.param("Luật số 58/2014/QH13", [("58", "2014/QH13")], id="law"),
        pytest.param("số 30c/NQ-CP", [("30c", "NQ-CP")], id="letter after the number"),
        pytest.param("số 287/STC- HCSN ngày", [("287", "STC-HCSN")], id="broken over lines"),
        pytest.param("số 9/CTPH-SVH,TT,DL ngày", [("9", "CTPH-SVH,TT,DL")], id="commas inside"),
        pytest.param("số … /QĐ-SYT ngày …", [(None, "QĐ-SYT")], id="blank number"),
        pytest.param("số 87/BTV-GĐ và 88/BTV", [("87", "BTV-GĐ"), ("88", "BTV")], id="two in a row"),
        pytest.param("Kế hoạch số 12/KH-UBND - Hội đồng", [("12", "KH-UBND")], id="a word after a dash"),
        pytest.param("lớp 1/A; ngày 24/3/2017; giai đoạn 2016-2020; số 5 Hà Nội", [], id="nothing"),
        pytest.param("km 12/Hà Nam, 5/Nguyễn", [], id="words are no codes"),
    ],
)
def test_find(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(n.number, n.notation) for n in find(text)] == expected


def test_places_lie_on_the_number_and_the_notation() -> None:
    text = "theo Kế hoạch số 12 /KH - UBND ngày"
    (found,) = find(text)
    assert found.number_at
    assert found.notation_at
    assert text[slice(*found.number_at)] == "12"
    assert text[slice(*found.notation_at)] == "KH - UBND"
    assert text[found.start : found.end] == "12 /KH - UBND"


@pytest.mark.parametrize(
    ("line", "number", "notation"),
    [
        pytest.param("Số: 418/UBND-KGVX", "418", "UBND-KGVX", id="công văn"),
        pytest.param("Số 19-CT/HU", "19", "CT/HU", id="Party"),
        pytest.param("Số: 09/2009/CT-UBND", "09", "2009/CT-UBND", id="year"),
        pytest.param("Số:     /KH-UBND", None, "KH-UBND", id="blank"),
        pytest.param("Só:2-†5 /SYT-NVY", None, "SYT-NVY", id="handwriting read as noise"),
        pytest.param("Số:#3 /TB-LDLD", None, "TB-LĐLĐ", id="a digit lost: no guess; bars mended"),
        pytest.param("số: 7 /QÐ-UBND —_", "7", "QĐ-UBND", id="noise behind, Icelandic eth"),
        pytest.param("'.. Số: 06/TB-THCS", "06", "TB-THCS", id="noise in front"),
        pytest.param("Số: 4#ÐTB-ĐHXYZ", None, "TB-ĐHXYZ", id="noise glued to the type's code"),
        pytest.param("Số: 12", "12", None, id="no notation"),
    ],
)
def test_head(line: str, number: str | None, notation: str | None) -> None:
    found = head(line, CODES)
    assert (found.number, found.notation) == (number, notation)


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("QD-UBND", "QĐ-UBND"),
        ("QĐÐ-UBND", "QĐ-UBND"),
        ("QĐĐĐ-UBND", "QĐ-UBND"),
        ("KH-LĐLPĐ", "KH-LĐLĐ"),
        ("ND-CP", "NĐ-CP"),
        ("2012/TT-BGDDT", "2012/TT-BGDĐT"),
        ("TTR-LĐLD", "TTr-LĐLĐ"),
        ("UBND-CD", "UBND-CD"),
        ("QĐ-SVH,TT,DL", "QĐ-SVH,TT,DL"),
        ("BTV-TG", "BTV-TG"),
    ],
)
def test_mend(read: str, mended: str) -> None:
    assert CODES.mend(read) == mended


@pytest.mark.parametrize(
    ("notation", "type_id"),
    [("QĐ-UBND", "QĐ"), ("2020/NĐ-CP", "NĐ"), ("CT/TW", "CT"), ("UBND-KGVX", "CV"), ("QD", "QĐ")],
)
def test_types_of(notation: str, type_id: str) -> None:
    assert [entry.id for entry in CODES.types_of(notation)] == [type_id]


def test_parts_of_a_notation() -> None:
    assert segments("2020/TT-BNV") == ("TT", "BNV")
    assert year("2020/TT-BNV") == 2020
    assert year("TT-BNV") is None


code = st.text("ABCDĐGHKLMNPQSTUVXY", min_size=2, max_size=8)


@given(st.integers(1, 99999), code, code)
def test_whatever_is_written_is_found_again(number: int, first: str, second: str) -> None:
    for text, notation in (
        (f"{number}/{first}-{second}", f"{first}-{second}"),
        (f"{number}-{first}/{second}", f"{first}/{second}"),
    ):
        (found,) = find(f"theo văn bản số {text} ngày 1/2/2003")
        assert (found.number, found.notation) == (str(number), notation)
        line = head(f"Số: {text}")
        assert (line.number, line.notation) == (str(number), notation)


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    head(text, CODES)
    for found in find(text, CODES):
        assert 0 <= found.start < found.end <= len(text)


@given(st.lists(code, min_size=1, max_size=4).map("-".join))
def test_mending_is_settled_after_once(notation: str) -> None:
    assert CODES.mend(CODES.mend(notation)) == CODES.mend(notation)
