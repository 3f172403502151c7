"""Two columns typed with tabs and blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.columns import arrange, is_rule


def texts(*lines: str) -> list[str]:
    return [line.text for line in arrange(lines) if line.text]


def test_a_head_typed_with_tabs() -> None:
    assert texts(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ HƯƠNG LĨNH\tĐộc lập - Tự do - Hạnh phúc",
        "-------\t---------------",
        "Số: 07/UBND-VX\tHương Lĩnh, ngày 02 tháng 3 năm 2022",
        "V/v treo cờ dịp lễ",
        "Kính gửi: Các thôn",
    ) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ HƯƠNG LĨNH",
        "Số: 07/UBND-VX",
        "V/v treo cờ dịp lễ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hương Lĩnh, ngày 02 tháng 3 năm 2022",
        "Kính gửi: Các thôn",
    ]


def test_a_left_column_that_is_longer_than_the_right() -> None:
    assert texts(
        "ĐẢNG BỘ TỈNH HÀ NAM THƯỢNG\t\tĐẢNG CỘNG SẢN VIỆT NAM",
        "HUYỆN ỦY BÃI SEN\t\tBãi Sen, ngày 02 tháng 3 năm 2022",
        "*",
        "Số 7-KH/HU",
        "KẾ HOẠCH",
    ) == [
        "ĐẢNG BỘ TỈNH HÀ NAM THƯỢNG",
        "HUYỆN ỦY BÃI SEN",
        "*",
        "Số 7-KH/HU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Bãi Sen, ngày 02 tháng 3 năm 2022",
        "KẾ HOẠCH",
    ]


def test_a_date_that_stands_alone_on_the_right() -> None:
    assert texts(
        "    SỞ MUỐI              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 9/QĐ-SM              Độc lập - Tự do - Hạnh phúc",
        "",
        " " * 40 + "Hải Vân, ngày 5 tháng 6 năm 2003",
        "QUYẾT ĐỊNH",
    ) == [
        "SỞ MUỐI",
        "Số: 9/QĐ-SM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hải Vân, ngày 5 tháng 6 năm 2003",
        "QUYẾT ĐỊNH",
    ]


def test_a_foot_with_lines_that_go_on() -> None:
    assert texts(
        "Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành./.",
        " " * 45 + "TM. BAN CHẤP HÀNH",
        "Nơi nhận:                              KT. CHỦ TỊCH",
        "- Như Điều 2;                          PHÓ CHỦ TỊCH",
        "- Các phòng, ban, đơn vị",
        "trực thuộc;                            Bùi Thị Sen",
        "- Lưu: VT.",
        "",
        "PHỤ LỤC",
    ) == [
        "Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành./.",
        "Nơi nhận:",
        "- Như Điều 2;",
        "- Các phòng, ban, đơn vị trực thuộc;",
        "- Lưu: VT.",
        "TM. BAN CHẤP HÀNH",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Bùi Thị Sen",
        "PHỤ LỤC",
    ]


def test_an_indented_line_goes_on_with_the_filing_line() -> None:
    lines = ["Nơi nhận:\t\tCHỦ TỊCH", "- Lưu: VP (HC),", "     TH (2b).", "Phụ biểu"]
    assert texts(*lines) == ["Nơi nhận:", "- Lưu: VP (HC), TH (2b).", "CHỦ TỊCH", "Phụ biểu"]


@pytest.mark.parametrize(
    "lines",
    [
        ["CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["1.\tXây dựng kế hoạch", "2.\tBáo cáo kết quả"],
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. BAN CHẤP HÀNH", "CHỦ TỊCH"],
    ],
    ids=["one column", "labels before a tab", "a foot in one column"],
)
def test_one_column_stays(lines: list[str]) -> None:
    assert texts(*lines) == [" ".join(line.split()) for line in lines]


@pytest.mark.parametrize("text", ["-----", "***", "---o0o---", "===&===", "_ _ _ _", "-0-"])
def test_rules(text: str) -> None:
    assert is_rule(text)


@pytest.mark.parametrize("text", ["", "-", "*", "./.", "......", "- a", "10", "- 1 -"])
def test_no_rules(text: str) -> None:
    assert not is_rule(text)


line = st.text(st.sampled_from("ab \t-Nơi nhận:CỘNG HÒA XÃ HỘI CHỦ NGHĨA"), max_size=40)


@given(st.lists(line, max_size=12))
def test_no_word_is_lost_or_made(lines: list[str]) -> None:
    before = sorted(w for text in lines for w in text.split() if w.strip("-"))
    after = sorted(w for placed in arrange(lines) for w in placed.text.split() if w.strip("-"))
    assert after == before


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Số          -CV/BTCHU\t\tBãi Sen, ngày      tháng 4 năm 2023", "Số -CV/BTCHU"),
        ("Số:        /TTr-BNV\t\tHà Nội, ngày      tháng      năm 2024", "Số: /TTr-BNV"),
    ],
    ids=["the Party's", "the State's"],
)
def test_blanks_left_for_a_number_or_a_day_are_no_gutter(row: str, expected: str) -> None:
    found = texts("BAN TỔ CHỨC\t\tĐẢNG CỘNG SẢN VIỆT NAM", row, "Kính gửi: Các chi bộ")
    assert found[:2] == ["BAN TỔ CHỨC", expected]
    assert found[3].startswith(("Bãi Sen, ngày tháng 4", "Hà Nội, ngày tháng năm"))


def test_two_signatures_typed_side_by_side() -> None:
    assert texts(
        "Cuộc họp kết thúc vào 16 giờ cùng ngày./.",
        "THƯ KÝ                                  CHỦ TRÌ",
        "",
        "Lê Văn Sáu                              Trần Văn Bảy",
        "Nơi nhận:",
        "- Lưu: VT.",
    ) == [
        "Cuộc họp kết thúc vào 16 giờ cùng ngày./.", "THƯ KÝ", "Lê Văn Sáu", "CHỦ TRÌ", "Trần Văn Bảy", "Nơi nhận:",
        "- Lưu: VT.",
    ]  # fmt: skip


def test_a_copys_note_has_a_head_and_a_foot_of_its_own() -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    found = texts(
        f"SỞ Y TẾ\t\t{motto}",
        "Số: 7/SYT-VP\t\tAn Mỹ, ngày 02 tháng 3 năm 2022",
        "Kính gửi: Các trạm",
        "Sở Y tế đề nghị các trạm kiểm tra kho.",
        "Nơi nhận:\t\tGIÁM ĐỐC",
        "- Lưu: VT.\t\tLê Văn Sáu",
        f"TRẠM BÃI SEN\t\t{motto}",
        "SAO Y BẢN CHÍNH",
    )
    assert found[2:9] == [
        motto, "An Mỹ, ngày 02 tháng 3 năm 2022", "Kính gửi: Các trạm", "Sở Y tế đề nghị các trạm kiểm tra kho.",
        "Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC",
    ]  # fmt: skip
