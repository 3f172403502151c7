"""Plain text and Markdown."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableSourceError
from pipeline.read.plain import decode, paragraphs, read, unmark
from pipeline.settings import Settings
from pipeline.text.legacy import from_unicode

SENTENCE = "Căn cứ đề nghị của Trưởng phòng Tổ chức về việc phân công nhiệm vụ"


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        SENTENCE.encode("utf-8-sig"),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-32"),
        unicodedata.normalize("NFD", SENTENCE).encode(),
        from_unicode(SENTENCE, "tcvn3").encode("latin-1"),
        from_unicode(SENTENCE, "vni").encode("latin-1"),
        from_unicode(SENTENCE, "tcvn3").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-32", "nfd", "tcvn3 bytes", "vni bytes", "tcvn3 as utf-8"],
)
def test_encodings(data: bytes) -> None:
    assert decode(data) == SENTENCE


def test_windows_1258() -> None:
    assert decode("Ban tô\u0309 chư\u0301c".encode("cp1258")) == "Ban tổ chức"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableSourceError):
        decode(b"\x00\x01\x02 abc")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## KẾ HOẠCH ##", "KẾ HOẠCH"),
        ("**TM. BAN CHẤP HÀNH  \nCHỦ TỊCH**", "TM. BAN CHẤP HÀNH  \nCHỦ TỊCH"),
        ("*Nơi nhận:*", "Nơi nhận:"),
        ("* Như trên;\n+ Ban A", "- Như trên;\n- Ban A"),
        ("1\\. Giao phòng A", "1. Giao phòng A"),
        ("[Quyết định](https://vi.du/1) số 5", "Quyết định số 5"),
        ("điểm [1](a) giữ nguyên", "điểm [1](a) giữ nguyên"),
        ("| A | B |\n|---|---|\n| c | d |", "A\tB\n\nc\td"),
        ("dòng một<br>dòng hai", "dòng một\ndòng hai"),
        ("2 * 3 * 4, a_b_c", "2 * 3 * 4, a_b_c"),
        ("> trích dẫn", "trích dẫn"),
        ("\\*sao\\*", "*sao*"),
    ],
)
def test_marks_of_markdown_are_taken_off(text: str, expected: str) -> None:
    assert unmark(text) == expected


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "Thực hiện chương trình công tác năm nay, Ban Chấp hành yêu\n"
        "cầu các tổ, đội sản xuất khẩn trương rà soát việc giữ gìn\n"
        "vệ sinh nơi làm việc và báo cáo kết quả về Văn phòng trước\n"
        "ngày 05 tháng 4 năm 2022, cụ thể như sau:\n"
        "1. Đội trưởng Đội Một kiểm tra toàn bộ kho bãi, lối đi và\n"
        "hệ thống chiếu sáng trong phạm vi được giao.\n"
        "2. Văn phòng tổng hợp."
    )
    assert paragraphs(text) == [
        "Thực hiện chương trình công tác năm nay, Ban Chấp hành yêu cầu các tổ, đội sản xuất khẩn trương rà soát việc "
        "giữ gìn vệ sinh nơi làm việc và báo cáo kết quả về Văn phòng trước ngày 05 tháng 4 năm 2022, cụ thể như sau:",
        "1. Đội trưởng Đội Một kiểm tra toàn bộ kho bãi, lối đi và hệ thống chiếu sáng trong phạm vi được giao.",
        "2. Văn phòng tổng hợp.",
    ]


def test_short_lines_are_not_joined() -> None:
    lines = ["QUYẾT ĐỊNH", "Về việc khen thưởng", "Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert paragraphs("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1. Các đơn vị tiếp tục thực hiện nghiêm túc tinh thần của\n\nthông báo đã gửi.", 1),
        ("1. Các đơn vị tiếp tục thực hiện nghiêm túc thông báo này.\n\nb) tự kiểm tra", 2),
        ("Các đơn vị tiếp tục thực hiện nghiêm túc thông báo này gồm\n\n- tổ một", 2),
        ("V/v nghỉ lễ\n\nkính gửi", 2),
    ],
    ids=["sentence over a page's end", "item", "dash", "short line"],
)
def test_sentences_over_an_empty_line(text: str, count: int) -> None:
    assert len(paragraphs(text)) == count


def test_form_feeds_are_pages() -> None:
    reading = read("Trang một\fTrang hai".encode(), media_type="text/plain", settings=Settings(), recognizer=None)  # type: ignore[arg-type]
    assert [[line.text for line in page.lines] for page in reading.pages] == [["Trang một"], ["Trang hai"]]
    assert reading.origin == "text"


@pytest.mark.parametrize("piece", ["**a ", "_a", "[a", "<b ", "\t", "| ", "> ", "!["])
def test_hostile_marks_cost_no_more_than_honest_ones(piece: str) -> None:
    start = time.monotonic()
    unmark("**x** " + piece * 20_000)
    assert time.monotonic() - start < 20


@given(st.text(st.sampled_from("aă bđ\n\t*_#|-.[]()\\`<>:;1"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(line == " ".join(line.split()) and line for line in paragraphs(unmark(text)))


@pytest.mark.parametrize(
    ("left", "plain"),
    [
        ("Đơn vị\x07Số lượng\x07\x07\n", "Đơn vị\tSố lượng\t\t\n"),
        ("Số: 12/QĐ\x1eUBND", "Số: 12/QĐ-UBND"),
        ("bảo\x1f quản\x02 hồ\x85sơ", "bảo quản hồ\nsơ"),
        ("trang một\ftrang hai", "trang một\ftrang hai"),
    ],
    ids=["ends of cells", "a hard hyphen", "unseen marks", "pages stay"],
)
def test_control_characters_that_word_leaves(left: str, plain: str) -> None:
    assert decode(f"{left}{SENTENCE}".encode()) == f"{plain}{SENTENCE}"


@pytest.mark.parametrize("data", [b"abc\x01\x02\x03 abc", SENTENCE.encode() + b"\0"], ids=["a fourth", "a zero"])
def test_many_control_characters_are_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        decode(data)
