"""The foot: authority, position and name, with seals, handwriting and two signers."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline import models
from pipeline.annotations import Field, Zone, ZoneKind
from pipeline.document import Box, Document, Line, Page, Span, Word
from pipeline.extract import signature
from pipeline.models import Models
from pipeline.text.strips import Strip


@cache
def knowledge() -> Models:
    return models.load()


def read(foot: str, head: str = "SỞ XÂY DỰNG", confidence: float | None = None) -> dict[str, str]:
    lines = tuple(
        Line(tuple(Word(word, None, confidence) for word in line.split())) for line in f"{head}\n{foot}".splitlines()
    )
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, lines),))
    cut = doc.text.index(foot.split()[0], len(head))
    top = Zone(span=Span(0, len(head)), confidence=1, by="t", kind=ZoneKind.AGENCY)
    end = Zone(span=Span(cut, len(doc.text)), confidence=1, by="t", kind=ZoneKind.SIGNATURE)
    found: list[Field] = list(signature.extract(doc.annotate((top, end)), knowledge()))
    return {one.name: one.value for one in found}


@pytest.mark.parametrize(
    ("foot", "authority", "position", "name"),
    [
        pytest.param("GIÁM ĐỐC\nTrần Văn Tám", None, "GIÁM ĐỐC", "Trần Văn Tám", id="in own name"),
        pytest.param(
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Sáu",
            "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Lê Thị Sáu",
            id="two authorities",
        ),
        pytest.param("T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Sáu", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Sáu", id="Party"),
        pytest.param(
            "KT/ BỘ TRƯỞNG\nThứ trưởng\n(Đã ký)\nLê Sáu", "KT/ BỘ TRƯỞNG", "Thứ trưởng", "Lê Sáu", id="stroke, signed"
        ),
        pytest.param(
            "GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Sáu", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Sáu", id="KT. written by hand"
        ),
        pytest.param("{ CHỦ TỊCH |\n“ThS. LêVăn Sáu.", None, "CHỦ TỊCH", "Lê Văn Sáu", id="specks, degree, joined"),
        pytest.param("PHÓ TRƯỞNG BAN\nTHƯỜNG TRỰC\nLê Sáu", None, "PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Lê Sáu", id="in two"),
        pytest.param("TM, BAN THƯỜNG VỤ\nCHỦ TỊCH", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", None, id="comma for the dot"),
        pytest.param("KT. CHỦ TỊCH\nCHỦ TỊCH\nLê Sáu", "KT. CHỦ TỊCH", "CHỦ TỊCH", "Lê Sáu", id="print is believed"),
        pytest.param("KHOA CƠ KHÍ\nPGS.TS. Lê Sáu", None, None, "Lê Sáu", id="a unit's label is no position"),
        pytest.param("THƯ KÝ\nLê Sáu\nCHỦ TỌA\nTrần Bảy", None, "CHỦ TỌA", "Trần Bảy", id="the chair signs minutes"),
        pytest.param("THƯ KÝ\nLê Sáu", None, "THƯ KÝ", "Lê Sáu", id="a secretary alone signs"),
        pytest.param("TRƯỞNG BAN\nGIÁM ĐỐC SỞ Y TẾ\nLê Sáu", None, "TRƯỞNG BAN", "Lê Sáu", id="what else one is"),
        pytest.param(
            "ĐẠI DIỆN BÊN A\nGIÁM ĐỐC\nLê Văn Sáu\nĐẠI DIỆN BÊN B\nCHỦ TỊCH\nTrần Văn Bảy",
            None,
            "GIÁM ĐỐC; CHỦ TỊCH",
            "Lê Văn Sáu; Trần Văn Bảy",
            id="parties of a contract",
        ),
    ],
)
def test_signature(foot: str, authority: str | None, position: str | None, name: str | None) -> None:
    found = read(foot)
    assert found.get("signing_authority") == authority
    assert found.get("signer_position") == position
    assert found.get("signer_name") == name


def test_two_signers_stand_in_the_order_of_the_head() -> None:
    foot = "TM. HỘI NÔNG DÂN TỈNH\nPHÓ CHỦ TỊCH\nLê Văn Sáu\nTM. MẶT TRẬN TỔ QUỐC TỈNH\nCHỦ TỊCH\nTrần Thị Bảy"
    found = read(foot, "MẶT TRẬN TỔ QUỐC TỈNH VĨNH AN\nHỘI NÔNG DÂN TỈNH VĨNH AN")
    assert found["signing_authority"] == "TM. MẶT TRẬN TỔ QUỐC TỈNH; TM. HỘI NÔNG DÂN TỈNH"
    assert found["signer_position"] == "CHỦ TỊCH; PHÓ CHỦ TỊCH"
    assert found["signer_name"] == "Trần Thị Bảy; Lê Văn Sáu"


def test_a_body_in_capitals_below_a_name_begins_the_next_signature() -> None:
    foot = "SỞ XÂY DỰNG\nLê Văn Sáu\nLIÊN ĐOÀN LAO ĐỘNG TỈNH\nCHỦ TỊCH\nTrần Thị Bảy"
    found = read(foot, "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nSỞ XÂY DỰNG", confidence=0.9)
    assert (found["signer_position"], found["signer_name"]) == ("CHỦ TỊCH", "Trần Thị Bảy; Lê Văn Sáu")


@pytest.mark.parametrize(
    ("foot", "authority", "position"),
    [
        pytest.param(
            "KT. CHỦ TỊCH\nCHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", id="who signs for the head is not the head"
        ),
        pytest.param("KT. CHU TICH\nPHÉ CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", id="misread"),
        pytest.param("GIÁM ĐỐC\nGIÁM ĐỐC", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", id="a stamp over the printed line"),
        pytest.param("TM. ỦY BAN NHÂN DÂN~zš\nCHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", id="the seal's edge"),
        pytest.param("TM. BẠN HƯỜNG VỤ TỈNH ĐOÀN\nBÍ THƯ", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "BÍ THƯ", id="a known body"),
        pytest.param("TM. BAN THƯỜNG VỤ\nXÃ DU ng\nBÍ THƯ", "TM. BAN THƯỜNG VỤ", "BÍ THƯ", id="the seal's ring below"),
        pytest.param("L^I,GIÁM ĐÓC\nsPHÓ GIÁM ĐỐC hs.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", id="KT. by hand"),
    ],
)
def test_what_seals_do_to_a_scan(foot: str, authority: str, position: str) -> None:
    found = read(foot, confidence=0.9)
    assert (found["signing_authority"], found["signer_position"]) == (authority, position)


@pytest.mark.parametrize(
    ("lines", "position"),
    [
        pytest.param([("TM. BAN", 100), ("CHỦ TỊCH", 120), ("Lê Thị Sáu", 100)], "PHÓ CHỦ TỊCH", id="two witnesses"),
        pytest.param([("CHỦ TỊCH", 120), ("Lê Thị Sáu", 100)], "CHỦ TỊCH", id="a stamped name"),
        pytest.param([("CHỦ TỊCH", 130), ("Lê Thị Sáu", 100)], "PHÓ CHỦ TỊCH", id="a name far to the left"),
        pytest.param([("TM. BAN", 120), ("CHỦ TỊCH", 120), ("Lê Thị Sáu", 100)], "CHỦ TỊCH", id="below its body"),
    ],
)
def test_a_deputy_is_seen_by_what_is_missing_on_the_left(lines: list[tuple[str, float]], position: str) -> None:
    strips = [
        Strip(Span(0, 1), text, Box(1, middle - 40, 20 * n, middle + 40, 20 * n + 10), confidence=0.9)
        for n, (text, middle) in enumerate(lines)
    ]
    (signer,) = signature.read_signers(strips, knowledge())
    assert signer.position == position


@pytest.mark.parametrize(
    ("read_as", "name"),
    [
        ("hạm Văn Sáu", "Phạm Văn Sáu"),
        ("Šé Phần Thị Bảy", "Phan Thị Bảy"),
        ("1ê Văn Sáu", "Lê Văn Sáu"),
        ("Zuyễn Thi Bảy", "Nguyễn Thị Bảy"),
        ("Nguyễu Văn Sáu", "Nguyễn Văn Sáu"),
        ("Ét GIÁM Đề", None),
        ("GIÁ ĐÓC", None),
    ],
)
def test_names_under_seals(read_as: str, name: str | None) -> None:
    assert read(f"GIÁM ĐỐC\n{read_as}", confidence=0.9).get("signer_name") == name


def test_print_is_kept_as_it_stands() -> None:
    assert read("GIÁM ĐỐC\nHạ Thi Bảy")["signer_name"] == "Hạ Thi Bảy"


@pytest.mark.parametrize(
    ("foot", "authority", "position"),
    [
        pytest.param("GIÁM ĐỐC\nPHÓ GIÁM\nLê Sáu", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", id="cut by a seal"),
        pytest.param("PHÓ GIÁM ĐỐC\nGIÁM ĐỐC\nLê Sáu", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", id="a stamp above the print"),
        pytest.param("PHÓ HIỆU TRƯỞNG\nLê Sáu", "KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", id="KT. under a stamp"),
        pytest.param("THỨ TRƯỞNG\nLê Sáu", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", id="a deputy minister"),
        pytest.param("THỦ TRƯỞNG\nLê Sáu", None, "THỦ TRƯỞNG", id="a unit's head is no deputy minister"),
        pytest.param("PHÓ CHỦ TỊCH\nLê Sáu", None, "PHÓ CHỦ TỊCH", id="a committee may stand above"),
        pytest.param("PHÓ BÍ THƯ\nLê Sáu", None, "PHÓ BÍ THƯ", id="the Party's do"),
        pytest.param("PHó GIÁM ĐỐC\nLê Sáu", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", id="capitals"),
    ],
)
def test_what_stamps_hide_of_a_deputy_on_scans(foot: str, authority: str | None, position: str) -> None:
    found = read(foot, confidence=0.9)
    assert (found.get("signing_authority"), found.get("signer_position")) == (authority, position)


def test_print_without_kt_stays_without() -> None:
    assert "signing_authority" not in read("PHÓ GIÁM ĐỐC\nLê Sáu")


def test_three_signers_stand_in_the_order_of_the_head() -> None:
    foot = "\n".join(f"GIÁM ĐỐC\n{body}\n{name}" for body, name in (
        ("BẢO HIỂM XÃ HỘI TỈNH", "Lê Văn Sáu"), ("SỞ XÂY DỰNG", "Trần Văn Bảy"), ("SỞ Y TẾ", "Ngô Văn Tám"),
    ))  # fmt: skip
    found = read(foot, "SỞ Y TẾ - SỞ XÂY DỰNG\n- BẢO HIỂM XÃ HỘI TỈNH")
    assert found["signer_position"] == "GIÁM ĐỐC; GIÁM ĐỐC; GIÁM ĐỐC"
    assert found["signer_name"] == "Ngô Văn Tám; Trần Văn Bảy; Lê Văn Sáu"
