"""Which lines are secrecy stamps, and which only sound like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.secrecy import LEVELS, level, likely_level


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("  [TUYỆT  MẬT] ", "TUYỆT MẬT"),
        ("TUYỆTMẬT", "TUYỆT MẬT"),
        ("ĐỘ MẬT: MẬT", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Mức độ mật: ...... TUYỆT MẬT", "TUYỆT MẬT"),
        ("TÀI LIỆU MẬT", "MẬT"),
        ("MẬT - Bản số: 03", "MẬT"),
        ("MAT", "MẬT"),
        ("MẶT", "MẬT"),
        ("| MẤT |", "MẬT"),
        ("I MẬT I", "MẬT"),
        ("TỔI MẶT", "TỐI MẬT"),
        ("T0I MẬT", "TỐI MẬT"),
        ("TUYẾT MẤT", "TUYỆT MẬT"),
        ("Số: 12/BC-ĐA MẬT", "MẬT"),
        ("Số: 12/BC-ĐA [TỐI MẬT]", "TỐI MẬT"),
        ("MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
        ("TỐI MẬT Suối Lam, ngày 5 tháng 2 năm 2021", "TỐI MẬT"),
        ("Độc lập - Tự do - Hạnh phúc MẬT", "MẬT"),
    ],
)
def test_a_stamp_alone_beside_the_head_or_as_an_answer(line: str, expected: str) -> None:
    assert level(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "MẶT TRẬN TỔ QUỐC VIỆT NAM",
        "MẬT TRẬN",
        "ỦY BAN MẶT TRẬN",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Về công tác bảo vệ bí mật nhà nước",
        "mật",
        "Mật",
        "Bí mật",
        "BÍ MẬT",
        "NƯỚC MẬT ONG",
        "MẬT KHẨU",
        "MẶT SAU",
        "Độ mật: Không",
        "Độ mật: .....",
        "Độ mật",
        "Danh mục tài liệu mật",
        "Số: 12/BC-BÍ MẬT",
        "Số: 12/KH-UBND về bảo vệ bí mật",
        "HỎA TỐC",
        "KHẨN",
        "TRÊN MẶT",
        "I. MẶT ĐƯỢC",
    ],
)
def test_what_only_sounds_like_a_stamp(line: str) -> None:
    assert level(line) is None


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("MẬT", "MẬT"),
        ("|MẶT]", "MẬT"),
        ("TUYẺT MAI", "TUYỆT MẬT"),
        ("BA T JYỆT MẬT", "TUYỆT MẬT"),
        ("T0I MẬT", "TỐI MẬT"),
        ("ĐẾN MẬT", "MẬT"),
        ("MÁẶT", "MẬT"),
        ("BÍ MẬT", None),
        ("BAO MẬT", None),
        ("ĐÃ GIẢI MẬT", None),
        ("MẶT SAU", None),
        ("HỎA TỐC", None),
        ("THƯỢNG KHẨN", None),
        ("DỰ THẢO", None),
        ("Số: 15 Ngày: 3/2", None),
        ("", None),
    ],
)
def test_the_inside_of_a_stamp(reading: str, expected: str | None) -> None:
    assert likely_level(reading) == expected


@given(st.text(max_size=80))
def test_any_line_has_a_level_or_none(line: str) -> None:
    assert level(line) in (None, *LEVELS.values())
    assert likely_level(line) in (None, *LEVELS.values())
