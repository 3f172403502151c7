import pytest

from pipeline.ocr import slots
from pipeline.ocr.slots import Gap
from tests.ocr.fakes import line

HEIGHT, WIDTH = 2339, 1654
DATE = "Thanh Hòa, ngày 7 tháng 6 năm 2017"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Số: 4 /KH-UBND", Gap(0, 0, 2), id="three words"),
        pytest.param("Số:{4.2 /KH-UBND", Gap(0, 0, 1), id="number glued to Số"),
        pytest.param("Số:4/KH-UBND", Gap(0, 0, 0), id="all in one"),
        pytest.param("° Só: Ø# /CT-UBND", Gap(0, 1, 3), id="a speck before, Số misread"),
        pytest.param("Số: 3162 /62 /QĐ-UBND", Gap(0, 0, 3), id="a stroke of the pen read as a separator"),
        pytest.param("Sóz?/KH-UBND", Gap(0, 0, 0), id="a digit read as a letter"),
        pytest.param("Số 19-CT/HU", Gap(0, 0, 1), id="Party style"),
        pytest.param("Số lượng học sinh/lớp", None, id="another word that begins so"),
        pytest.param("Sở Y tế", None, id="an office"),
        pytest.param("Nơi nhận: Lưu", None, id="no number"),
    ],
)
def test_the_gap_of_the_number_is_found_from_the_print_around_it(text: str, expected: Gap | None) -> None:
    assert slots.number_gap((line(text, 150, 300),), HEIGHT, WIDTH) == expected


@pytest.mark.parametrize(
    ("text", "y", "expected"),
    [
        pytest.param("#4/KH-UBND", 300, Gap(1, 0, 0, head=False), id="only the codes, level with the day"),
        pytest.param("§ 14 /KH-UBND", 330, Gap(1, 0, 2, head=False), id="a little lower"),
        pytest.param("#4/KH-UBND", 700, None, id="far below"),
        pytest.param("tại #4/KH-UBND", 300, Gap(1, 0, 1, head=False), id="behind a word"),
        pytest.param("Lưu: VT, KT", 300, None, id="no codes"),
        pytest.param("tổ chức sơ/tổng kết", 300, None, id="a slash between words"),
    ],
)
def test_the_number_is_found_by_its_codes_alone_where_they_stand_level_with_the_day(
    text: str, y: float, expected: Gap | None
) -> None:
    assert slots.number_gap((line(DATE, 700, 300), line(text, 150, y)), HEIGHT, WIDTH) == expected
    assert slots.number_gap((line(text, 150, y),), HEIGHT, WIDTH) is None


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        pytest.param("Thanh Hòa, ngày 7 tháng 6 năm 2017", 700, Gap(0, 2, 7), id="whole"),
        pytest.param("Thanh Hòa, ngàyao thángØ† năm 2017", 700, Gap(0, 2, 5), id="glued"),
        pytest.param("Mường Thăng, ngày 7 tháng 6 năm 2017", 700, Gap(0, 2, 7), id="a place that sounds like a month"),
        pytest.param("Thanh Hòa, #4 tháng 6 năm 2017", 700, Gap(0, 3, 6, head=False), id="the word before is lost"),
        pytest.param("Thanh Hòa, ngày 7tfáng 6 năm 2017", 700, Gap(0, 2, 6), id="the word between is lost"),
        pytest.param("ngày mùng bảy theo lịch cũ năm 2017", 700, None, id="a sentence"),
        pytest.param("Luật ngày 24 tháng 11 năm 2014", 150, None, id="in the left half"),
        pytest.param("ngày 24 tháng 11 năm 2014 của Chính phủ về", 700, None, id="inside a sentence"),
        pytest.param("ngày 24/11/2014", 900, None, id="in figures"),
    ],
)
def test_the_gap_of_the_day_is_found_in_the_right_half(text: str, x: float, expected: Gap | None) -> None:
    assert slots.date_gap((line(text, x, 300),), HEIGHT, WIDTH) == expected


def test_gaps_stand_in_the_head_of_a_page() -> None:
    low = (line("Số: 4 /KH-UBND", 150, 2000), line("Thanh Hòa, ngày 7 tháng 6 năm 2017", 700, 2000))
    assert slots.number_gap(low, HEIGHT, WIDTH) is None
    assert slots.date_gap(low, HEIGHT, WIDTH) is None
