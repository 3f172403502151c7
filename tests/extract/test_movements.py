"""Named movements: tables of sentences with the names that stand in them."""

import pytest
from spacy.language import Language

from pipeline import models
from pipeline.annotations import DateMention, Field, Movement, Paragraph, Zone, ZoneKind
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.extract import movements
from pipeline.extract.movements.mentions import mentions
from pipeline.extract.movements.registry import Registry, bare
from pipeline.text.match import Entry, Gazetteer

GAZETTEER = Gazetteer(
    (
        Entry("dan-van-kheo", "Dân vận khéo", more={"kind": "movement"}),
        Entry("song-xanh", "Giữ dòng sông xanh", ("Sông xanh quê hương",), more={"kind": "campaign"}),
    )
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return models.load().nlp


SENTENCES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("quoted", "hưởng ứng phong trào “Mỗi nhà một vườn rau”.", [("movement", "Mỗi nhà một vườn rau")]),
    ("guillemets", "cuộc vận động «Nói lời hay, làm việc đẹp» năm nay", [("campaign", "Nói lời hay, làm việc đẹp")]),
    ("straight", 'đợt thi đua "40 ngày nước rút" tại mỏ', [("movement", "40 ngày nước rút")]),
    ("apostrophes", "phong trào 'Ruộng sạch, kênh thông'; rồi", [("movement", "Ruộng sạch, kênh thông")]),
    ("speck-inside", "phong trào “Ruộng sạch, kênh. thông”", [("movement", "Ruộng sạch, kênh thông")]),
    ("name-holds-its-kind", "phong trào thi đua vì an ninh Tổ quốc của xã", [("movement", "vì an ninh Tổ quốc")]),
    ("in-brackets", "phong trào thi đua (“Ruộng sạch, kênh thông”)", [("movement", "Ruộng sạch, kênh thông")]),
    ("closing-quote-first", "phong trào ”Ruộng sạch, kênh thông” của xã", [("movement", "Ruộng sạch, kênh thông")]),
    ("on-a-theme", "thi đua chuyên đề “Ruộng sạch, kênh thông”", [("movement", "Ruộng sạch, kênh thông")]),
    ("up-to-its-year", "phong trào Toàn dân giữ sạch bờ đê năm 2031", [("movement", "Toàn dân giữ sạch bờ đê")]),
    ("two-apostrophes", "phong trào ''Ruộng sạch, kênh thông''", [("movement", "Ruộng sạch, kênh thông")]),
    ("dash-in-capitals", "phong trào Khỏe tay - Vững chân; rồi", [("movement", "Khỏe tay - Vững chân")]),
    ("anniversary", "phong trào thi đua chào mừng “Ngày hội non sông”", []),
    ("markdown", "phong trào thi đua “*Ruộng sạch, kênh thông*”", [("movement", "Ruộng sạch, kênh thông")]),
    (
        "list-after-one-kind-word",
        "Các phong trào “Cầu nối bờ vui”, “Thắp sáng đường quê” và “Tiếng trống trường”; kết quả tốt.",
        [("movement", "Cầu nối bờ vui"), ("movement", "Thắp sáng đường quê"), ("movement", "Tiếng trống trường")],
    ),
    (
        "list-with-semicolons-and-dots",
        "phong trào “Cầu nối bờ vui”; “Thắp sáng đường quê”... Trong năm",
        [("movement", "Cầu nối bờ vui"), ("movement", "Thắp sáng đường quê")],
    ),
    (
        "kind-changes",
        "phong trào “Cầu nối bờ vui” và cuộc vận động “Chợ không túi nhựa”",
        [("movement", "Cầu nối bờ vui"), ("campaign", "Chợ không túi nhựa")],
    ),
    ("kind-word-inside", "thi đua “A bờ c”; “Phong trào sông sạch, bến đẹp”", [("movement", "sông sạch, bến đẹp")]),
    (
        "described-with-slogan",
        "cuộc vận động xây dựng người thủy thủ “Can trường, kỷ luật”; kết quả",
        [("campaign", "xây dựng người thủy thủ “Can trường, kỷ luật”")],
    ),
    (
        "words-between",
        "phong trào thi đua trong công nhân, viên chức với chủ đề “Ca ba không ngủ gật”",
        [("movement", "Ca ba không ngủ gật")],
    ),
    (
        "list-with-owners",
        "các phong trào “Cầu nối bờ vui” của Hội Cựu chiến binh, “Thắp sáng đường quê” của Tỉnh đoàn và “Tổ ấm”",
        [("movement", "Cầu nối bờ vui"), ("movement", "Thắp sáng đường quê"), ("movement", "Tổ ấm")],
    ),
    ("launching", "Công ty phát động thi đua “40 ngày nước rút”", [("movement", "40 ngày nước rút")]),
    ("other-kind-between", "gắn phong trào với các chương trình «Áo ấm bản cao»", [("programme", "Áo ấm bản cao")]),
    ("colon", "các phong trào thi đua của Hội: “Cầu nối bờ vui”", [("movement", "Cầu nối bờ vui")]),
    ("programme", "tiếp tục Chương trình “Áo ấm bản cao”", [("programme", "Áo ấm bản cao")]),
    (
        "unquoted-in-capitals",
        "phong trào Toàn dân trồng tre giữ đê; năm qua",
        [("movement", "Toàn dân trồng tre giữ đê")],
    ),
    (
        "unquoted-before-another",
        "phong trào Toàn dân đào mương, nạo vét kênh và cuộc vận động “Chợ không túi nhựa”",
        [("movement", "Toàn dân đào mương, nạo vét kênh"), ("campaign", "Chợ không túi nhựa")],
    ),
    ("unquoted-known", "phong trào dân vận khéo ở cơ sở", [("movement", "dân vận khéo")]),
    ("ocr-hooks", "phong trảo thí đua “Ruộng sạch, kênh thông”", [("movement", "Ruộng sạch, kênh thông")]),
    ("quote-never-closed", "phong trào “Bếp lửa vùng biên; nghiệm thu xong", [("movement", "Bếp lửa vùng biên")]),
    ("generic", "các phong trào thi đua yêu nước được phát động sâu rộng trong toàn tỉnh", []),
    ("generic-capital", "đăng ký thực hiện Phong trào thi đua; gắn với Cuộc vận động năm nay", []),
    ("award", "bình xét danh hiệu thi đua “Chiến sĩ thi đua cơ sở”, phong trào “Chiến sĩ thi đua”", []),
    ("title-in-quotes", "phong trào thi đua, danh hiệu “Cửa hàng văn minh”", []),
    ("good-example", "phong trào biểu dương gương “Người tốt, việc tốt”", []),
    ("document-title", "phong trào theo Chỉ thị “Tiếp tục đổi mới công tác khen thưởng”", []),
    ("fund", "Quỹ “Nghĩa tình đồng đội” và mô hình “Cổng rào xanh”", []),
    ("section-of-a-body", "Ban Phong trào “Tỉnh Đoàn” là thường trực", []),
    ("body", "phong trào Công đoàn cơ sở vững mạnh và phong trào CNVCLĐ tỉnh", []),
    ("short-name", "phong trào “Cổng rào xanh” (gọi tắt là phong trào “Cổng xanh”)", [("movement", "Cổng rào xanh")]),
    ("next-sentence", "nâng cao chất lượng phong trào. Tổ chức hội thi “Bàn tay khéo”", []),
]


@pytest.mark.parametrize(("text", "found"), [case[1:] for case in SENTENCES], ids=[case[0] for case in SENTENCES])
def test_mentions(nlp: Language, text: str, found: list[tuple[str, str]]) -> None:
    known = [m for m in mentions(text, nlp) if m.name != "A bờ c"]
    assert [(m.kind, m.name) for m in known] == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("phong trào “Cầu nối bờ vui” do Hội Nông dân tỉnh phát động năm 2016", id="behind"),
        pytest.param("các phong trào do Hội Nông dân tỉnh phát động: “Cầu nối bờ vui”", id="between"),
    ],
)
def test_who_launched_it_elsewhere(nlp: Language, text: str) -> None:
    assert [(m.name, m.launched_by) for m in mentions(text, nlp)] == [("Cầu nối bờ vui", "Hội Nông dân tỉnh")]


def test_who_launched_one_movement_did_not_launch_the_next(nlp: Language) -> None:
    text = "phong trào “Cầu nối bờ vui” do Bộ Y tế phát động và phong trào “Tổ ấm mới” của Tập đoàn"
    assert [(m.launched_by, m.launch) for m in mentions(text, nlp)] == [("Bộ Y tế", None), (None, None)]


def dispatch(heading: str, *paragraphs: str) -> Document:
    lines = tuple(Line(tuple(Word(word) for word in line.split())) for line in (heading, *paragraphs))
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, lines),))
    spans = [span for span, _, _ in doc.lines()]
    return doc.annotate(
        [
            Zone(span=spans[0], confidence=1, by="test", kind=ZoneKind.SUBJECT),
            Field(span=None, confidence=1, by="test", name="agency", value="HỘI NÔNG DÂN HUYỆN ĐÁ MÀI"),
            *(Paragraph(span=span, confidence=1, by="test", label=None, level=0) for span in spans[1:]),
        ]
    )


def read(doc: Document, nlp: Language) -> list[Movement]:
    return list(movements.extract(doc, nlp, GAZETTEER))


@pytest.mark.parametrize(
    ("heading", "body", "launched"),
    [
        pytest.param(
            "PHÁT ĐỘNG phong trào thi đua “Đê vững, đồng xanh”",
            "Thực hiện phong trào “Cầu nối bờ vui”.",
            ["Đê vững, đồng xanh"],
            id="quoted-subject",
        ),
        pytest.param(
            "PHÁT ĐỘNG PHONG TRÀO THI ĐUA CHÀO MỪNG MÙA NƯỚC NỔI NĂM 2031",
            "Thực hiện phong trào “Cầu nối bờ vui”.",
            ["THI ĐUA CHÀO MỪNG MÙA NƯỚC NỔI NĂM 2031"],
            id="subject-without-quotes",
        ),
        pytest.param(
            "về việc lãnh đạo phong trào thi đua “Đê vững, đồng xanh”",
            "Ban Thường vụ phát động phong trào thi đua “Đê vững, đồng xanh” và yêu cầu các xã thực hiện.",
            ["Đê vững, đồng xanh"],
            id="launched-in-the-text",
        ),
        pytest.param(
            "THƯ",
            "Hội phát động đợt thi đua “Gặt nhanh, cày sớm” với các nội dung sau:",
            ["Gặt nhanh, cày sớm"],
            id="tasks-follow",
        ),
        pytest.param(
            "V/v hưởng ứng phong trào thi đua “Đê vững, đồng xanh”",
            "Phong trào “Đê vững, đồng xanh” do Tỉnh đoàn phát động.",
            [],
            id="launched-by-others",
        ),
        pytest.param(
            "V/v triển khai phong trào thi đua “Đê vững, đồng xanh”",
            "Thủ tướng Chính phủ phát động phong trào thi đua “Đê vững, đồng xanh”. Đề nghị như sau: một.",
            [],
            id="another-body-launches",
        ),
        pytest.param(
            "KẾ HOẠCH năm 2031",
            "Năm 2030 Hội đã phát động phong trào thi đua “Đê vững, đồng xanh” với kết quả sau: tốt.",
            [],
            id="launched-before",
        ),
        pytest.param(
            "GIẤY MỜI dự Lễ phát động phong trào thi đua chào mừng mùa nước nổi", "Kính mời.", [], id="ceremony"
        ),
        pytest.param(
            "KẾ HOẠCH phát động và tổ chức phong trào thi đua “Đê vững, đồng xanh”",
            "Nội dung.",
            ["Đê vững, đồng xanh"],
            id="launch-and-organise",
        ),
        pytest.param(
            "TỜ TRÌNH về việc phát động phong trào thi đua “Đê vững, đồng xanh”", "Kính trình.", [], id="proposed"
        ),
        pytest.param(
            "KẾ HOẠCH hưởng ứng phong trào “Đê vững, đồng xanh”",
            "Hội A ban hành Kế hoạch số 10/KH-HA ngày 03/3/2031 về phát động phong trào “Đê vững, đồng xanh”.",
            [],
            id="launched-by-another-document",
        ),
        pytest.param("PHÁT ĐỘNG phong trào thi đua yêu nước", "Nội dung.", [], id="nothing-names-it"),
    ],
)
def test_launched(nlp: Language, heading: str, body: str, launched: list[str]) -> None:
    found = read(dispatch(heading, body), nlp)
    assert [m.name for m in found if m.launched] == launched
    assert {m.launched_by for m in found if m.launched} <= {"HỘI NÔNG DÂN HUYỆN ĐÁ MÀI"}


def test_each_movement_stands_once_with_its_mentions(nlp: Language) -> None:
    doc = dispatch(
        "KẾ HOẠCH thực hiện phong trào “Giữ dòng sông xanh”",
        "Phong trào “GIỮ DÒNG SÔNG XANH” và cuộc vận động “Sông xanh quê hương”; phong trào “Giữ dòng sống xanh”.",
    )
    (found,) = read(doc, nlp)
    assert (found.name, found.movement_id, found.mentions, found.kind) == (
        "Giữ dòng sông xanh",
        "song-xanh",
        4,
        "movement",
    )
    assert found.span
    assert doc.quote(found.span) == "Giữ dòng sông xanh"


def test_several_kind_words_leave_the_kind_to_the_gazetteer(nlp: Language) -> None:
    doc = dispatch("KẾ HOẠCH", "Các phong trào, cuộc vận động “Dân vận khéo”, “Giữ dòng sông xanh”, “Tổ ấm mới”.")
    assert [m.kind for m in read(doc, nlp)] == ["movement", "campaign", "movement"]


def test_who_launched_it_before_the_name(nlp: Language) -> None:
    doc = dispatch("KẾ HOẠCH", "Bộ Y tế phát động phong trào thi đua “Tổ ấm mới”.")
    assert [(m.launched, m.launched_by) for m in read(doc, nlp)] == [(False, "Bộ Y tế")]


@pytest.mark.parametrize(
    ("heading", "text", "told"),
    [
        pytest.param("KẾ HOẠCH", "Thực hiện phong trào “Cầu nối bờ vui” giai đoạn 2031 - 2035.", True, id="behind"),
        pytest.param("KẾ HOẠCH", "Phong trào “Cầu nối bờ vui giai đoạn 2031 - 2035”.", True, id="inside"),
        pytest.param("KẾ HOẠCH", "Phong trào “Cầu nối bờ vui” góp phần vào giai đoạn 2031 - 2035.", False, id="apart"),
        pytest.param(
            "PHÁT ĐỘNG phong trào “Cầu nối bờ vui”", "Thời gian thực hiện: giai đoạn 2031 - 2035.", True, id="launched"
        ),
        pytest.param("KẾ HOẠCH phong trào “Cầu nối bờ vui”", "Thời gian: giai đoạn 2031 - 2035.", False, id="not-its"),
    ],
)
def test_period(nlp: Language, heading: str, text: str, told: bool) -> None:
    doc = dispatch(heading, text)
    at = doc.text.index("giai đoạn 2031")
    stage = DateMention(
        span=Span(at, at + 21),
        confidence=1,
        by="test",
        start="2031-01-01",
        end="2035-12-31",
        precision="span",
        role="period",
    )
    (found,) = read(doc.annotate([stage]), nlp)
    assert (found.period_start, found.period_end) == (("2031-01-01", "2035-12-31") if told else (None, None))
    (found,) = read(doc, nlp)
    assert found.period_start is None


def test_the_time_of_a_report_is_not_the_movements(nlp: Language) -> None:
    doc = dispatch("KẾ HOẠCH", "Đánh giá phong trào “Cầu nối bờ vui” 9 tháng đầu năm 2031.")
    at = doc.text.index("9 tháng")
    report = DateMention(
        span=Span(at, at + 22), confidence=1, by="test", start="2031-01-01", end="2031-09-30", precision="span",
        role="period",
    )  # fmt: skip
    (found,) = read(doc.annotate([report]), nlp)
    assert found.period_start is None


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Dân vận khéo", "dan-van-kheo"),
        ("phong trào thi đua Dân vận khéo", "dan-van-kheo"),
        ("DÂN VẬN KHÉO", "dan-van-kheo"),
        ("Giữ dòng sôngxanh", "song-xanh"),
        ("Giữ dòng sông xanb", "song-xanh"),
        ("Sông xanh quê hương", "song-xanh"),
        ("Đá Mài giữ dòng sông xanh", "da-mai-giu-dong-song-xanh"),
        ("Hoà sắc làng nghề", "hoa-sac-lang-nghe"),
        ("Hòa sắc làng nghề", "hoa-sac-lang-nghe"),
    ],
)
def test_one_id_for_every_spelling(name: str, id: str) -> None:
    assert Registry(GAZETTEER).id(name) == id


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Phong trào thi đua yêu nước Đồng sức đồng lòng", "Đồng sức đồng lòng"),
        ("Thi đua", "Thi đua"),
        ("phong trào thi đua yêu nước trong thợ mỏ", "thi đua yêu nước trong thợ mỏ"),
        ("đợt thi đua chào mừng mùa gặt", "thi đua chào mừng mùa gặt"),
        ("Nông dân thi đua làm thủy lợi", "Nông dân thi đua làm thủy lợi"),
    ],
)
def test_bare(name: str, rest: str) -> None:
    assert bare(name) == rest
