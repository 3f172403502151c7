"""Word files: what a person sees is read, in the order in which a person reads it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotations import Field
from pipeline.errors import CongvanError, HostileXmlError, LimitError, UnreadableSourceError
from pipeline.ocr.tesseract import Tesseract
from pipeline.read.word import page, read
from pipeline.read.word.numbering import number
from pipeline.settings import Settings
from tests.faults.hostile import thread
from tests.read.docx_maker import DECLARATIONS, docx, font, level, numbered, p, r, table


def lines(data: bytes) -> list[str]:
    return [line.text for line in page(data).lines]


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Một  hai\u00a0ba"), ["Một hai ba"]),
        (p("Trên<w:br/>".join(["", ""])) + p(r("A"), "<w:r><w:br/></w:r>", r("B")), ["Trên", "A", "B"]),
        (p("để", f"<w:ins>{r(' lại')}</w:ins>", "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"), ["để lại"]),
        (p("thấy", r(" ẩn", "<w:vanish/>"), r(" rõ", '<w:vanish w:val="0"/>')), ["thấy rõ"]),
        (p(r("Kế hoạch", "<w:caps/>")), ["KẾ HOẠCH"]),
        (p("12", "<w:r><w:noBreakHyphen/></w:r>", "KH"), ["12-KH"]),
        (p("Trang ", "<w:r><w:instrText>P</w:instrText></w:r>", f"<w:fldSimple>{r('5')}</w:fldSimple>"), ["Trang 5"]),
        (p("trước", BOX.format(p("trong khung"))) + p("sau"), ["trước", "trong khung", "sau"]),
        ("<w:sdt><w:sdtContent>" + p("nội dung") + "</w:sdtContent></w:sdt>", ["nội dung"]),
        (p("<w:hyperlink>" + r("liên kết") + "</w:hyperlink>"), ["liên kết"]),
        (p("a", "<w:r><w:sym w:font='Symbol' w:char='F02D'/></w:r>", "b"), ["a-b"]),
        (p("a", "<w:r><w:sym w:char='D800'/><w:sym w:char='-5'/><w:sym w:char='0'/></w:r>", "b"), ["ab"]),
        (p("mềm", r("\u00ad"), "-------"), ["mềm-------"]),
        (p("-------"), []),
    ],
    ids=[
        "blanks", "breaks", "revisions", "hidden", "caps", "hyphen", "fields", "text box once", "control",
        "link", "symbol", "no symbol", "soft hyphen", "rule",
    ],
)  # fmt: skip
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert lines(docx(body)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["1", "Sở A"], ["2", "Sở B"]], ["1", "Sở A", "2", "Sở B"]),
        (
            [["SỞ MUỐI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1/KH", "Hải Vân, ngày 2 tháng 3 năm 2021"]],
            ["SỞ MUỐI", "Số: 1/KH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hải Vân, ngày 2 tháng 3 năm 2021"],
        ),
        ([["Nơi nhận:", "GIÁM ĐỐC"], ["- Lưu: VT.", "Bùi Sen"]], ["Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "Bùi Sen"]),
        ([[table(["trong", "cùng"]) + p("")], ["ngoài"]], ["trong", "cùng", "ngoài"]),
    ],
    ids=["data by rows", "head by columns", "foot by columns", "nested"],
)  # fmt: skip
def test_tables(rows: list[list[str]], expected: list[str]) -> None:
    assert lines(docx(table(*rows))) == expected


def test_merged_cells_stand_once() -> None:
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    goes_on = "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table([down + p("gộp"), "x"], [goes_on + p(""), "y"])
    assert lines(docx(body)) == ["gộp", "x", "y"]


def test_a_head_typed_with_tabs_comes_out_by_columns() -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = p("SỞ MUỐI", tab, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Số: 1/KH", tab, "Độc lập - Tự do - Hạnh phúc")
    assert lines(docx(body))[:2] == ["SỞ MUỐI", "Số: 1/KH"]


def test_labels_of_lists_are_drawn() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "Điều %1.") + level(1, "%1.%2.") + level(2, "%3)", "lowerLetter")
        + '</w:abstractNum><w:abstractNum w:abstractNumId="1">' + level(0, "\uf02d", "bullet") + "</w:abstractNum>"
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )  # fmt: skip
    depths = [(7, 0), (7, 1), (7, 2), (7, 2), (7, 1), (7, 2), (8, 0), (7, 0), (7, 1), (9, 0), (9, 0), (3, 0)]
    body = "".join(p("x", properties=numbered(i, d)) for i, d in depths) + p("", properties=numbered(7))
    assert lines(docx(body, parts={"numbering.xml": numbering})) == [
        "Điều 1. x", "1.1. x", "a) x", "b) x", "1.2. x", "a) x", "- x", "Điều 2. x",
        "2.1. x", "Điều 5. x", "Điều 6. x", "x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("depth", "start", "shape"), [("9" * 5000, "1", "%1."), ("0", "9" * 4000, "%1."), ("0", "1", "%1" * 100_000)]
)
def test_labels_of_absurd_lists_stay_short(depth: str, start: str, shape: str) -> None:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>'
    own = f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:lvlText w:val="{shape}"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{own}</w:abstractNum>'
    numbering += '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    found = lines(docx(p("việc", properties=place) * 3, parts={"numbering.xml": numbering}))
    assert [line.endswith("việc") and len(line) < 500 for line in found] == [True] * 3


def test_lists_may_come_from_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:basedOn w:val="Base"/></w:style>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "%1.", "upperRoman")}</w:abstractNum>' + (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = '<w:pStyle w:val="Item"/>'
    body = p("x", properties=item) + p("y", properties=item + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(docx(body, parts={"styles.xml": styles, "numbering.xml": numbering})) == ["I. x", "y"]


@pytest.mark.parametrize(
    ("count", "format", "expected"),
    [(4, "lowerRoman", "iv"), (1949, "upperRoman", "MCMXLIX"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03")],
)  # fmt: skip
def test_numbers(count: int, format: str, expected: str) -> None:
    assert number(count, format) == expected


def test_old_fonts_by_run_and_by_style() -> None:
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>{font(".VnTime")}</w:rPr></w:style>'
    capitals = font(".VnTimeH")
    hyphen = f"<w:r><w:rPr>{capitals}</w:rPr><w:softHyphen/></w:r>"
    body = p("QuyÕt ®Þnh ", r("bé tr", capitals), hyphen, r("ëng", capitals), r(" Số 5", font("Arial")))
    assert lines(docx(body, parts={"styles.xml": styles})) == ["Quyết định BỘ TRƯỞNG Số 5"]


def test_old_encodings_under_a_new_font_are_told_by_their_letters() -> None:
    body = p("Sè: 5/Q§") + p("C¨n cø LuËt Tæ chøc ChÝnh phñ") + p("XÐt ®Ò nghÞ cña V¨n phßng") + p("Người ký: Lê Sen")
    assert lines(docx(body)) == [
        "Số: 5/QĐ",
        "Căn cứ Luật Tổ chức Chính phủ",
        "Xét đề nghị của Văn phòng",
        "Người ký: Lê Sen",
    ]


def test_headers_footers_and_notes() -> None:
    places = '<w:headerReference w:type="default" r:id="header1.xml"/><w:footerReference r:id="footer1.xml"/>'
    section = f"<w:sectPr>{places}</w:sectPr>"
    data = docx(
        p("Thân bài", '<w:r><w:footnoteReference w:id="4"/></w:r>') + section,
        parts={
            "header1.xml": p("MẬT") + p("- 1 -"),
            "footer1.xml": p("Trang 2/3") + p("Công báo"),
            "footnotes.xml": f'<w:footnote w:id="4">{p("Theo số liệu năm trước.")}</w:footnote>',
        },
    )
    assert lines(data) == ["MẬT", "Thân bài", "1 Theo số liệu năm trước.", "Công báo"]


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><w:styles xmlns:w="w">&b;</w:styles>'
    with pytest.raises(UnreadableSourceError, match="entities"):
        page(docx(p("x"), raw={"word/styles.xml": bomb}))


def test_entities_of_a_part_whose_name_is_not_that_of_xml_are_refused() -> None:
    words = f'<!DOCTYPE w [<!ENTITY x "ha">]><w:hdr {DECLARATIONS}><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:hdr>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1.dat"/></w:sectPr>'
    with pytest.raises(HostileXmlError):
        page(docx(p("Thân") + section, raw={"word/header1.dat": words.encode()}))


def test_a_part_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(LimitError, match="limits"):
        page(docx(p("x"), raw={"word/styles.xml": b" " * 65_000_000}))


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(LimitError, match="deeply"):
        page(docx("<w:ins>" * 20_000 + p("x") + "</w:ins>" * 20_000))


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"", docx("<w:p>")[:-40], docx("</w:p>")], ids=["stub", "empty", "cut", "not XML"]
)
def test_broken_files_say_so(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        page(data)


WHOLE = docx(table(["một", "hai"]) + p("ba", properties=numbered(1)), parts={"styles.xml": "", "numbering.xml": ""})


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_bytes_raise_nothing_but_our_own_errors(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WHOLE)
    for at, byte in changes:
        damaged[at] = byte
    with suppress(CongvanError):
        page(bytes(damaged))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20), max_size=5))
def test_words_come_through(texts: list[str]) -> None:
    escaped = [t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for t in texts]
    read = page(docx("".join(p(r(t)) for t in escaped)))
    assert all(word.text and not word.text.isspace() for line in read.lines for word in line.words)


WATERMARK = "<w:r><w:pict><v:shape><v:textpath string='TỐI MẬT'/></v:shape></w:pict></w:r>"


@pytest.mark.parametrize(
    ("body", "parts", "level"),
    [
        (p("Kế hoạch", BOX.format(p("MẬT"))), {}, "MẬT"),
        (p("Kế hoạch"), {"header1.xml": p(WATERMARK)}, "TỐI MẬT"),
        (p("Kế hoạch"), {"footer2.xml": p(r("TUYỆT "), r("MẬT"))}, "TUYỆT MẬT"),
        (p("Kế hoạch"), {"header1.xml": p("Bảo vệ bí mật nhà nước")}, None),
        (p("Kế hoạch", BOX.format(p("HỎA TỐC"))), {"comments.xml": p("MẬT")}, None),
        (p("MẬT"), {}, None),
    ],
    ids=["text box", "watermark", "footer", "words of a header", "other stamp", "a line of text is the stages' matter"],
)
def test_a_secrecy_stamp_beside_the_text_is_claimed(body: str, parts: dict[str, str], level: str | None) -> None:
    reading = read(docx(body, parts=parts), media_type="x", settings=Settings(), recognizer=Tesseract())
    assert [claim.value for claim in reading.annotations if isinstance(claim, Field)] == ([level] if level else [])


@pytest.mark.parametrize(("width", "height"), [(1, 100_000), (100_000, 1)])
def test_a_picture_that_is_no_sheet_is_passed_over(width: int, height: int) -> None:
    extent = f'<wp:extent cx="{10 * 914_400}" cy="914400"/>'
    picture = p(f'<w:r><w:drawing>{extent}<a:blip r:embed="mark.png"/></w:drawing></w:r>')
    data = docx(p("Thân") + picture, raw={"word/mark.png": thread(width, height)})
    reading = read(data, media_type="x", settings=Settings(), recognizer=Tesseract())
    assert [line.text for line in reading.pages[0].lines] == ["Thân"]
    assert not reading.annotations
