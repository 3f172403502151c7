"""Reading order: two columns at head and foot, whole rows elsewhere, nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Line, Page, Word
from pipeline.read.layout import arrange
from pipeline.read.layout.upright import upright
from tests.drawing import flowing, page, texts

HEAD = """
         UBND TỈNH AN MỸ                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
           SỞ XÂY DỰNG                        Độc lập - Tự do - Hạnh phúc

        Số: 215/SXD-VP                     An Mỹ, ngày 04 tháng 3 năm 2024
     V/v rà soát nhà ở công vụ

                       Kính gửi: Ủy ban nhân dân các huyện

               Thực hiện ý kiến của Ủy ban nhân dân tỉnh tại cuộc họp đầu năm, Sở Xây
          dựng đề nghị các huyện rà soát toàn bộ nhà ở công vụ và báo cáo về Sở trước
          ngày 20 tháng 3 năm 2024.
"""

FOOT = """
               Yêu cầu các đơn vị nghiêm túc thực hiện và báo cáo kết quả về Sở đúng hạn
          theo quy định./.

          Nơi nhận:                                      KT. GIÁM ĐỐC
          - Như trên;                                    PHÓ GIÁM ĐỐC
          - Giám đốc Sở (b/c);
          - Lưu: VT, QLN.
                                                         Trần Văn Mẫu
"""

TABLE = """
                                   PHỤ LỤC
          TT     Đơn vị                        Số lượng            Ghi chú
          1      Huyện Đông                    12                  Đủ
          2      Huyện Tây                     15                  Thiếu
"""


def test_the_head_is_read_column_by_column() -> None:
    assert texts(arrange(page(HEAD)))[:8] == [
        "UBND TỈNH AN MỸ",
        "SỞ XÂY DỰNG",
        "Số: 215/SXD-VP",
        "V/v rà soát nhà ở công vụ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Mỹ, ngày 04 tháng 3 năm 2024",
        "Kính gửi: Ủy ban nhân dân các huyện",
    ]


def test_the_foot_is_read_column_by_column() -> None:
    assert texts(arrange(page(FOOT)))[2:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Giám đốc Sở (b/c);",
        "- Lưu: VT, QLN.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Văn Mẫu",
    ]


def test_a_table_is_read_row_by_row() -> None:
    assert texts(arrange(page(TABLE)))[2] == "1 Huyện Đông 12 Đủ"


def test_a_row_that_was_split_is_whole_again() -> None:
    drawn = page(HEAD)
    body = drawn.lines[-2]
    halves = (Line(body.words[8:]), Line(body.words[:8]))
    torn = Page(1, drawn.width, drawn.height, (*halves, *drawn.lines[:-2], drawn.lines[-1]), drawn.source)
    assert texts(arrange(torn)) == texts(arrange(drawn))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("2", 0, id="number at the top first"),
        pytest.param("- 3 -", 0, id="number with dashes"),
    ],
)
def test_page_numbers_stand_alone(text: str, line: int) -> None:
    drawn = page(f"                                   {text}\n{FOOT}", top=20)
    assert texts(arrange(drawn))[line] == text


def test_the_lines_of_a_signature_box_leave_the_head_whole() -> None:
    stamped = page(
        HEAD.replace("phúc\n", "phúc  \n" + " " * 70 + "Người ký: Sở Xây dựng\n" + " " * 70 + "Email: so@mau.vn\n")
    )
    lines = texts(arrange(stamped))
    assert lines[:2] == ["Người ký: Sở Xây dựng", "Email: so@mau.vn"]
    assert lines[2:5] == ["UBND TỈNH AN MỸ", "SỞ XÂY DỰNG", "Số: 215/SXD-VP"]


@pytest.mark.parametrize(
    ("word", "confidence", "kept"),
    [
        pytest.param("|", 0.3, False, id="stroke"),
        pytest.param("ˆ", 0.5, False, id="accent"),
        pytest.param("7", 0.3, True, id="digit"),
        pytest.param("|", None, True, id="not from OCR"),
    ],
)
def test_specks_alone_on_a_line_are_dropped(word: str, confidence: float | None, kept: bool) -> None:
    drawn = page(FOOT, confidence=0.9)
    speck = Line((Word(word, Box(1, 20, 300, 24, 304), confidence),))
    arranged = arrange(Page(1, drawn.width, drawn.height, (*drawn.lines, speck), "ocr"))
    assert (word in texts(arranged)) is kept


def test_a_page_without_places_is_left_alone() -> None:
    plain = flowing("Số: 5/QĐ-TTR\nĐiều 1. Thành lập Tổ giúp việc.")
    assert arrange(plain) == plain


words = st.builds(
    lambda text, x, y: Word(text, Box(1, x, y, x + 6.0 * len(text), y + 12), 0.9),
    st.text(alphabet="abcdđêNV12:", min_size=2, max_size=8),
    st.floats(30, 500),
    st.floats(30, 780),
)


@given(st.lists(st.lists(words, min_size=1, max_size=6), max_size=12))
def test_no_word_is_lost_or_doubled(lines: list[list[Word]]) -> None:
    drawn = upright(Page(1, 595.0, 842.0, tuple(Line(tuple(line)) for line in lines), "ocr"))
    before = Counter(word for line in drawn.lines for word in line.words)
    after = Counter(word for line in arrange(drawn).lines for word in line.words)
    assert not after - before
    assert all(len(word.text) <= 3 or sum(map(str.isalpha, word.text)) == 0 for word in before - after)


def test_a_stamp_beside_the_title_is_read_before_it() -> None:
    stamped = HEAD.replace(
        "                       Kính gửi: Ủy ban",
        "   ĐẾN Số 123                                       QUYẾT ĐỊNH\n\n                       Kính gửi: Ủy ban",
    )
    lines = texts(arrange(page(stamped)))
    assert lines[7:9] == ["ĐẾN Số 123", "QUYẾT ĐỊNH"]


def test_two_signatures_are_read_one_after_the_other() -> None:
    drawn = page("""
               Hai bên thống nhất thực hiện các nội dung nêu trên trong năm học này./.

             TM. BAN CHẤP HÀNH                           TM. BAN GIÁM ĐỐC
                  BÍ THƯ                                     GIÁM ĐỐC

               Lê Thị Mẫu                                  Trần Văn Thử
          Nơi nhận:
          - Như trên;
          - Lưu: VT.
""")
    assert texts(arrange(drawn))[1:7] == [
        "TM. BAN CHẤP HÀNH",
        "BÍ THƯ",
        "Lê Thị Mẫu",
        "TM. BAN GIÁM ĐỐC",
        "GIÁM ĐỐC",
        "Trần Văn Thử",
    ]


def test_two_signatures_are_known_by_their_names_where_a_seal_hid_a_position() -> None:
    drawn = page("""
               Hai bên thống nhất thực hiện các nội dung nêu trên trong năm học này./.

          ĐOÀN THANH NIÊN HUYỆN                        SỞ XÂY DỰNG AN MỸ
                                                           GIÁM ĐỐC

               Lê Thị Mẫu                                  Trần Văn Thử
          - Như trên;
          - Giám đốc Sở (b/c);
          - Lưu: VT.
""")
    assert texts(arrange(drawn))[1:] == [
        "ĐOÀN THANH NIÊN HUYỆN",
        "Lê Thị Mẫu",
        "SỞ XÂY DỰNG AN MỸ",
        "GIÁM ĐỐC",
        "Trần Văn Thử",
        "- Như trên;",
        "- Giám đốc Sở (b/c);",
        "- Lưu: VT.",
    ]


@pytest.mark.parametrize(("confidence", "first"), [(0.9, "HỎA TỐC"), (None, "UBND TỈNH AN MỸ")])
def test_a_stamp_that_ocr_read_stands_apart_from_the_row_beside_it(confidence: float | None, first: str) -> None:
    drawn = page(HEAD)
    row = next(line for line in drawn.lines if "Kính" in line.text)
    box = row.words[0].box
    assert box is not None
    words = [Word(text, replace(box, x0=x, x1=x + 30), confidence) for text, x in (("HỎA", 20.0), ("TỐC", 55.0))]
    lines = texts(arrange(replace(drawn, lines=(*drawn.lines, Line(tuple(words))))))
    assert lines[0] == first
    assert ("Kính gửi: Ủy ban nhân dân các huyện" in lines) == (confidence is not None)


def test_a_list_of_recipients_is_known_without_its_heading() -> None:
    blurred = FOOT.replace("Nơi nhận:", "Ncl ahŸa”")
    assert texts(arrange(page(blurred)))[-6:] == [
        "- Như trên;",
        "- Giám đốc Sở (b/c);",
        "- Lưu: VT, QLN.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Văn Mẫu",
    ]


def test_quoc_hieu_in_a_sentence_begins_no_head() -> None:
    drawn = page("""
               Nhân kỷ niệm ngày thành lập của cơ quan,  Đảng Cộng sản Việt Nam và các
          đoàn thể trong cơ quan tổ chức các hoạt động thiết thực chào mừng ngày lễ.
""")
    assert texts(arrange(drawn))[0].endswith("Đảng Cộng sản Việt Nam và các")


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        pytest.param(
            """
               Cuộc họp kết thúc vào hồi 16 giờ 30 phút cùng ngày, biên bản đã được thông qua.
               THƯ KÝ                                         CHỦ TRÌ

             Lê Văn Sáu                                    Trần Văn Bảy
          Nơi nhận:
          - Lưu: VT.
            """,
            ["THƯ KÝ", "Lê Văn Sáu", "CHỦ TRÌ", "Trần Văn Bảy"],
            id="short positions",
        ),
        pytest.param(
            """
               Trong quá trình thực hiện có vướng mắc, đề nghị các đơn vị phản ánh để được hướng dẫn.
            GIÁM ĐỐC                 GIÁM ĐỐC                GIÁM ĐỐC
         BẢO HIỂM XÃ HỘI           SỞ TÀI CHÍNH               SỞ Y TẾ

           Ngô Văn Tám             Lê Văn Sáu               Trần Văn Bảy
          Nơi nhận:
          - Lưu: VT.
            """,
            [
                "GIÁM ĐỐC", "BẢO HIỂM XÃ HỘI", "Ngô Văn Tám", "GIÁM ĐỐC", "SỞ TÀI CHÍNH", "Lê Văn Sáu", "GIÁM ĐỐC",
                "SỞ Y TẾ", "Trần Văn Bảy",
            ],
            id="three signers",
        ),
        pytest.param(
            """
               Trong quá trình thực hiện có vướng mắc, đề nghị các đơn vị phản ánh để được hướng dẫn.
            SỞ NỘI VỤ                              BAN TỔ CHỨC TỈNH ỦY
          KT. GIÁM ĐỐC                               K/T TRƯỞNG BAN

           Ngô Văn Tám                                 Lê Văn Sáu
          Nơi nhận:
          - Lưu: VT.
            """,
            ["SỞ NỘI VỤ", "KT. GIÁM ĐỐC", "Ngô Văn Tám", "BAN TỔ CHỨC TỈNH ỦY", "K/T TRƯỞNG BAN", "Lê Văn Sáu"],
            id="names of bodies above are no names of persons",
        ),
    ],
)  # fmt: skip
def test_signatures_side_by_side(foot: str, expected: list[str]) -> None:
    assert texts(arrange(page(foot)))[1 : 1 + len(expected)] == expected
