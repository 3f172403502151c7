"""Names under Kính gửi and Nơi nhận: tables of blocks as readers give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotations import Field, Recipient, Zone, ZoneKind
from pipeline.document import Box, Document, Line, Page, Span, Word
from pipeline.extract import recipients
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.organizations import Organizations

DIRECTORY = Organizations(
    Gazetteer((Entry("ubnd", "Ủy ban nhân dân", ("UBND",), more={"level": "province+district+commune"}),)),
    Gazetteer((Entry("bac-kan", "Bắc Kạn"),)),
)

Names = list[str | tuple[str, str | None]]


def block(text: str, kind: ZoneKind = ZoneKind.RECIPIENTS) -> Document:
    lines = tuple(Line(tuple(Word(word) for word in line.split())) for line in text.splitlines())
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, lines),))
    return doc.annotate([Zone(span=Span(0, len(doc.text)), confidence=1, by="test", kind=kind)])


def printed(*lines: tuple[str, float, float]) -> Document:
    """A scanned block: each line with the x of its beginning and its top; words are 5 points a letter wide."""
    made = []
    for text, x, top in lines:
        words, at = [], x
        for word in text.split(" "):
            if word:
                words.append(Word(word, Box(1, at, top, at + 5 * len(word), top + 10), 0.9))
            at += 5 * len(word) + 4
        made.append(Line(tuple(words)))
    doc = Document.build(id="0" * 16, source="a.pdf", pages=(Page(1, 595.0, 842.0, tuple(made), "ocr"),), origin="scan")
    return doc.annotate([Zone(span=Span(0, len(doc.text)), confidence=1, by="test", kind=ZoneKind.RECIPIENTS)])


def read(doc: Document) -> list[Recipient]:
    return list(recipients.extract(doc, DIRECTORY))


def pairs(found: list[Recipient]) -> Names:
    return [("Lưu", r.name) if r.archive else (r.name, r.purpose) if r.purpose else r.name for r in found]


CASES: list[tuple[str, str, Names]] = [
    (
        "plain",
        "Nơi nhận:\n- Như trên;\n- Sở Nội vụ;\n- Lưu: VT, TH.",
        ["Như trên", "Sở Nội vụ", ("Lưu", "VT, TH")],
    ),
    (
        "filing-line-misread",
        "Nơi nhận:\n- Như trên;\n- Sở Nội vụ;\n- Lực: VT, TH.",
        ["Như trên", "Sở Nội vụ", ("Lưu", "VT, TH")],
    ),
    (
        "filing-line-misread-and-run-on",
        "Nơi nhận:\n- Như trên;\n- Sở Nội vụ/ ` 7 tt Lưn:. VT, TH.",
        ["Như trên", "Sở Nội vụ", ("Lưu", "VT, TH")],
    ),
    (
        "no-filing-line",
        "Nơi nhận:\n- Như trên;\n- Sở Lục nghiệp: phòng VT.",
        ["Như trên", "Sở Lục nghiệp: phòng VT"],
    ),
    (
        "as-addressed",
        "Nơi nhận:\n- Như kính gửi;\n- Sở Nội vụ;\n- Lưu: VT.",
        ["Như kính gửi", "Sở Nội vụ", ("Lưu", "VT")],
    ),
    (
        "short-purpose-without-brackets",
        "- Ban Quản lý kho để BC;\n- Sở Nội vụ;",
        [("Ban Quản lý kho", "BC"), "Sở Nội vụ"],
    ),
    (
        "brace-before-other-words",
        "- Sở Nội vụ;\n- Các phòng }qua mạng kho\n- Lưu: VT.",
        [("Sở Nội vụ", "qua mạng kho"), ("Các phòng", "qua mạng kho"), ("Lưu", "VT")],
    ),
    ("heading-misread", "mc) nhận: Như trên;\n- Sở Nội vụ;", ["Như trên", "Sở Nội vụ"]),
    (
        "dashes-misread",
        "Nơi nhận:\n~ Như trên;\n* Cục Thuế;\n. Chi cục Thú y;\n_ Báo Đồi;\n-ˆ Kho bạc;\n-_ Thanh tra;\n~- Lưu: VT.",
        ["Như trên", "Cục Thuế", "Chi cục Thú y", "Báo Đồi", "Kho bạc", "Thanh tra", ("Lưu", "VT")],
    ),
    (
        "dashes-lost",
        "Nơi nhận:\nNhư Điều 5;\nSở Công Thương;\nLưu VT.",
        ["Như Điều 5", "Sở Công Thương", ("Lưu", "VT")],
    ),
    (
        "wrapped",
        "Nơi nhận:\n- Các hợp tác xã, tổ hợp tác và\nlàng nghề trong huyện;\n- Lưu: VT.",
        ["Các hợp tác xã, tổ hợp tác và làng nghề trong huyện", ("Lưu", "VT")],
    ),
    (
        "purposes",
        "Nơi nhận:\n- Huyện ủy (b/c);\n- Đài huyện (để đưa tin);\n- Công an xã (để phối hợp);\n- Tổ 4 (p/h) .",
        [("Huyện ủy", "b/c"), ("Đài huyện", "đưa tin"), ("Công an xã", "phối hợp"), ("Tổ 4", "p/h")],
    ),
    (
        "short-purpose-with-a-stroke",
        "Nơi nhận:\n- Huyện ủy (b/c);\n- Đoàn xã (th/h);",
        [("Huyện ủy", "b/c"), ("Đoàn xã", "th/h")],
    ),
    (
        "purpose-on-next-line",
        "Nơi nhận:\n- Đồng chí Phó Bí thư phụ trách\n(báo cáo);\n- Lưu: VT.",
        [("Đồng chí Phó Bí thư phụ trách", "báo cáo"), ("Lưu", "VT")],
    ),
    (
        "purpose-broken-over-lines",
        "Nơi nhận:\n- Ban Tổ chức, Ban Nội chính (để báo\ncáo),\n- Các chi bộ (để thực hiện),\n- Lưu Văn phòng.",
        [("Ban Tổ chức, Ban Nội chính", "báo cáo"), ("Các chi bộ", "thực hiện"), ("Lưu", "Văn phòng")],
    ),
    (
        "purpose-without-brackets",
        "Nơi nhận:\n- Ban Quản lý chợ để biết;\n- Lưu: VT.",
        [("Ban Quản lý chợ", "biết"), ("Lưu", "VT")],
    ),
    (
        "brackets-that-are-no-purpose",
        "Nơi nhận:\n- Bộ Xây dựng (Vụ Pháp chế);\n- PCT huyện (đ/c Tám);\n- Tổ 2 (email);\n- Lưu: VT, KT (Hoa12b).",
        ["Bộ Xây dựng (Vụ Pháp chế)", "PCT huyện (đ/c Tám)", "Tổ 2 (email)", ("Lưu", "VT, KT (Hoa12b)")],
    ),
    (
        "two-on-a-line",
        "Nơi nhận:\n- TT Huyện ủy; TT HĐND huyện;\n- Lưu: VT; TCKH.",
        ["TT Huyện ủy", "TT HĐND huyện", ("Lưu", "VT; TCKH")],
    ),
    (
        "semicolon-inside-brackets",
        "Nơi nhận:\n- VPUB (CVP; các PCVP);\n- Lưu: VT.",
        ["VPUB (CVP; các PCVP)", ("Lưu", "VT")],
    ),
    (
        "brace-in-text",
        "*Nơi nhận:*\n- Huyện ủy;\n- Hội cấp trên;\n- Đ/c Bùi Văn Cội, Trưởng ban\n"
        "Tuyên truyền; } ( B/c )\n- Đài huyện;\n- Lưu VT.",
        [
            ("Huyện ủy", "B/c"),
            ("Hội cấp trên", "B/c"),
            ("Đ/c Bùi Văn Cội, Trưởng ban Tuyên truyền", "B/c"),
            "Đài huyện",
            ("Lưu", "VT"),
        ],
    ),
    (
        "signature-slips-in",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT.CHỦ TỊCH\n- Sở Y tế; PHÓ CHỦ TỊCH\nGIÁM ĐỐC\n"
        "- Kho bạc; (Đã ký)\n- Lưu: VT.\nNguyễn Thị Mơ",
        ["Như trên", "Sở Y tế", "Kho bạc", ("Lưu", "VT")],
    ),
    (
        "specks-behind-luu",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, TH (8 bản).Z¿",
        ["Như trên", ("Lưu", "VT, TH (8 bản)")],
    ),
    (
        "luu-over-two-lines",
        "Nơi nhận:\n- Công báo;\n- Lưu: VP (TK, 3b)\nVKHCN (TK, 2b)\n(05.6.2031)",
        ["Công báo", ("Lưu", "VP (TK, 3b) VKHCN (TK, 2b)")],
    ),
    ("luu-inside-a-line", "- Website; x Lưu: VT, hoa; 2b.", ["Website", ("Lưu", "VT, hoa; 2b")]),
    ("luu-misread", "Nơi nhận:\n- Như trên;\n- Lưư: VT, hoa.", ["Như trên", ("Lưu", "VT, hoa")]),
    (
        "specks-behind-a-bracket",
        "Nơi nhậm:\n- Như trên;\n- Lưu: VT, P.chế (6B).Z",
        ["Như trên", ("Lưu", "VT, P.chế (6B)")],
    ),
    (
        "level-words-without-marks",
        "Nơi nhận:\n- Sở Nội vụ tinh ;\n- UBND huyện, thành phó;\n- Trung tâm tinh bột;\n- Lưu: VT.",
        ["Sở Nội vụ tỉnh", "UBND huyện, thành phố", "Trung tâm tinh bột", ("Lưu", "VT")],
    ),
    ("header-of-old", "Nơi gửi :\n- Tổng cục Than;\n- Lưu VP.", ["Tổng cục Than", ("Lưu", "VP")]),
    ("header-misread", "Mới nhận:\n- Như trên;\n- Lưu VT,TCCB.", ["Như trên", ("Lưu", "VT,TCCB")]),
    ("all-on-one-line", "Nơi nhận: - Như trên; - Sở Y tế; - Lưu: VT.", ["Như trên", "Sở Y tế", ("Lưu", "VT")]),
    ("nothing", "Nơi nhận:", []),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_recipients(text: str, names: Names) -> None:
    found = read(block(text))
    assert pairs(found) == names
    assert {r.block for r in found} <= {"recipient"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Kính gửi: Hội đồng nhân dân huyện.", ["Hội đồng nhân dân huyện"], id="inline"),
        pytest.param(
            "Kính gửi:\n- Các thôn, bản;\n- Ban Quản lý chợ.", ["Các thôn, bản", "Ban Quản lý chợ"], id="list"
        ),
        pytest.param(
            "Kính gửi: - UBND các xã;\n- Trường Tiểu học Đồi Mây; Trường Mầm non\nĐồi Mây.",
            ["UBND các xã", "Trường Tiểu học Đồi Mây", "Trường Mầm non Đồi Mây"],
            id="inline-bullet-and-semicolon",
        ),
        pytest.param(
            "Kính gửi:\n: - Các cửa hàng trong\nhuyện;\n- Hợp tác xã Muối.\n(sau đây gọi chung là đơn vị)",
            ["Các cửa hàng trong huyện", "Hợp tác xã Muối"],
            id="aside-and-specks",
        ),
        pytest.param("Kính gửi:\n- Các trạm bơm.\nau đây gọi chung là trạm)", ["Các trạm bơm"], id="aside-misread"),
        pytest.param("Kính gửi: . l „\n- Các trạm bơm.", ["Các trạm bơm"], id="specks-beside-the-header"),
        pytest.param("Kính gửi:\n1. Sở Y tế;\n2. Sở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"], id="numbered"),
        pytest.param("Kính gửi: Sở Y tế\nĐồng kính gửi: Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], id="also-to"),
        pytest.param(
            "Kính gửi:\n- Các Sở: Tài chính, Xây dựng,\nY tế;\n- Kho bạc.",
            ["Các Sở: Tài chính, Xây dựng, Y tế", "Kho bạc"],
            id="one-name-for-several",
        ),
    ],
)
def test_addressees(text: str, names: list[str]) -> None:
    found = read(block(text, ZoneKind.ADDRESSEES))
    assert [r.name for r in found] == names
    assert {r.block for r in found} == {"addressee"}
    assert not any(r.archive for r in found)


def test_a_brace_seen_only_by_its_place_covers_the_lines_around_its_middle() -> None:
    found = read(
        printed(
            ("Nơi nhận:", 80, 100),
            ("- Như trên;", 80, 113),
            ("- Huyện ủy;", 80, 126),
            ("- Hội cấp trên; (để b/c)", 80, 139),
            ("- Đài huyện;", 80, 152),
            ("- Các xã (t/h);", 80, 165),
            ("- Lưu: VT.", 80, 178),
        )
    )
    assert pairs(found) == [
        "Như trên",
        ("Huyện ủy", "b/c"),
        ("Hội cấp trên", "b/c"),
        ("Đài huyện", "b/c"),
        ("Các xã", "t/h"),
        ("Lưu", "VT"),
    ]


def test_a_brace_between_two_lines_covers_both() -> None:
    found = read(
        printed(
            ("Nơi nhận:", 80, 100),
            ("- Huyện ủy;", 80, 113),
            ("(để báo cáo)", 190, 119.5),
            ("- Hội cấp trên;", 80, 126),
            ("- Đài huyện;", 80, 139),
        )
    )
    assert pairs(found) == [("Huyện ủy", "báo cáo"), ("Hội cấp trên", "báo cáo"), "Đài huyện"]


def test_a_purpose_read_outside_the_list_is_still_the_braces() -> None:
    doc = printed(
        ("Nơi nhận:", 80, 100),
        ("- Huyện ủy;", 80, 113),
        ("- Hội cấp trên;", 80, 126),
        ("- Đài huyện (t/h);", 80, 139),
        ("- Lưu: VT.", 80, 152),
        ("} (b/c)", 230, 119.5),
        ("(báo cáo)", 480, 119.5),
    )
    block = next(z for z in doc.of(Zone))
    inner = Zone(span=Span(0, doc.text.index("} (b/c)") - 1), confidence=1, by="test", kind=block.kind)
    doc = Document.build(id=doc.id, source=doc.source, pages=doc.pages, origin="scan", annotations=(inner,))
    assert pairs(read(doc)) == [("Huyện ủy", "b/c"), ("Hội cấp trên", "b/c"), ("Đài huyện", "t/h"), ("Lưu", "VT")]


def test_strokes_read_as_letters_are_no_names() -> None:
    doc = printed(("' ru rì", 70, 100), ("- Sở Y tế;", 80, 113), ("- Lưu: VT.", 80, 126))
    assert pairs(read(doc)) == ["Sở Y tế", ("Lưu", "VT")]


def test_words_that_ocr_joined_are_parted() -> None:
    doc = printed(
        ("- HộiCCB,HLHPN huyện;", 80, 100), ("- CtyTNHHtỉnh; TTra Sở;", 80, 113), ("- Lưu: VT,TCCB.", 80, 126)
    )
    assert pairs(read(doc)) == ["Hội CCB, HLHPN huyện", "Cty TNHH tỉnh", "TTra Sở", ("Lưu", "VT,TCCB")]


@pytest.mark.parametrize(("scanned", "whole"), [("(báocáo)", "báo cáo"), ("(đếb/c)", "b/c"), ("(để  b/c)", "b/c")])
def test_purposes_that_ocr_joined_are_parted(scanned: str, whole: str) -> None:
    assert pairs(read(printed((f"- Các xã {scanned};", 80, 100), ("- Lưu: VT.", 80, 113))))[0] == ("Các xã", whole)


def test_words_across_a_column_gap_are_not_the_lists() -> None:
    doc = printed(("Nơi nhận:", 80, 100), ("- Sở Y tế; " + " " * 30 + "XYZ ABC", 80, 113), ("- Lưu: VT.", 80, 126))
    assert pairs(read(doc)) == ["Sở Y tế", ("Lưu", "VT")]


@pytest.mark.parametrize(
    ("scanned", "whole"),
    [("(th)", "t/h"), ("(b/©)", "b/c"), ("(đế b/e)", "b/c"), ("(bc)", "b/c"), ("(để  b/c)", "b/c")],
)
def test_short_purposes_are_made_whole_where_ocr_broke_them(scanned: str, whole: str) -> None:
    assert pairs(read(printed((f"- Các xã {scanned};", 80, 100), ("- Lưu: VT.", 80, 113))))[0] == ("Các xã", whole)


def test_text_that_no_ocr_read_stays_as_printed() -> None:
    found = pairs(read(block("- Các xã (th);\n- VPUB (TH);\n- Tổ 3 (để BC);\n- Lưu: VT.")))
    assert found == [("Các xã", "th"), "VPUB (TH)", ("Tổ 3", "BC"), ("Lưu", "VT")]


def test_bodies_are_resolved_as_seen_from_the_agency() -> None:
    doc = block("Nơi nhận:\n- UBND tỉnh;\n- UBND các huyện;\n- Lưu: VT.")
    field = Field(span=None, confidence=1, by="test", name="agency", value="SỞ Y TẾ TỈNH BẮC KẠN")
    assert [r.organization_id for r in read(doc.annotate([field]))] == ["ubnd.bac-kan", None, None]
    assert [r.organization_id for r in read(doc)] == [None, None, None]


def test_spans_quote_the_names() -> None:
    doc = block("Nơi nhận:\n- Sở Y tế (b/c); Sở Nội vụ;\n- Lưu: VT.")
    assert [doc.quote(r.span) for r in read(doc) if r.span] == ["Sở Y tế (b/c)", "Sở Nội vụ", "Lưu: VT."]


@given(st.text(alphabet="-~; \n().,}:LưuNơi nhậSởYtếđểbáocQ13", max_size=80))
def test_any_block_gives_clean_names(text: str) -> None:
    doc = block("Nơi nhận:\n" + text)
    for found in read(doc):
        assert found.archive or found.name == found.name.strip(" ;")
        assert found.name or found.archive
        assert found.purpose != ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("- Lưu: VT, TH, X6. (9", "VT, TH, X6"),
        ("- Lưu: VT.2@-", "VT"),
        ("- Lưu: VT, TH (2).", "VT, TH (2)"),
        ("- Lưu: VT, R&D.", "VT, R&D"),
    ],
    ids=["a bracket opened by a pen", "a drafter's stroke", "copies", "a sign of a name"],
)
def test_what_a_pen_left_behind_the_filing_line(line: str, name: str) -> None:
    assert pairs(read(printed(("- Sở Y tế;", 80, 100), (line, 80, 113)))) == ["Sở Y tế", ("Lưu", name)]
