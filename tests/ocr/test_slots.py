import numpy as np
import pytest

from pipeline.ocr import Lines, handwriting, slots
from pipeline.ocr.handwriting import Sign
from pipeline.ocr.slots import Gap, Ground
from tests.ocr.fakes import line

HEIGHT, WIDTH = 2339, 1654
GROUND = Ground(np.full((HEIGHT, WIDTH), 255, np.uint8), np.eye(3), 200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Số: 4 /KH-UBND", Gap(0, 0, 2), id="three words"),
        pytest.param("Số:{4.2 /KH-UBND", Gap(0, 0, 1), id="number glued to Số"),
        pytest.param("Số:4/KH-UBND", Gap(0, 0, 0), id="all in one"),
        pytest.param("° Só: Ø# /CT-UBND", Gap(0, 1, 3), id="a speck before, Số misread"),
        pytest.param("Số 19-CT/HU", Gap(0, 0, 1), id="Party style"),
        pytest.param("Số lượng học sinh/lớp", None, id="another word that begins so"),
        pytest.param("Sở Y tế", None, id="an office"),
        pytest.param("Nơi nhận: Lưu", None, id="no number"),
    ],
)
def test_the_gap_of_the_number_is_found_from_the_print_around_it(text: str, expected: Gap | None) -> None:
    assert slots.number_gap((line(text, 150, 300),), HEIGHT) == expected


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        pytest.param("Thanh Hòa, ngày 7 tháng 6 năm 2017", 700, Gap(0, 2, 7), id="whole"),
        pytest.param("Thanh Hòa, ngàyao thángØ† năm 2017", 700, Gap(0, 2, 5), id="glued"),
        pytest.param("Luật ngày 24 tháng 11 năm 2014", 150, None, id="in the left half"),
        pytest.param("ngày 24 tháng 11 năm 2014 của Chính phủ về", 700, None, id="inside a sentence"),
        pytest.param("ngày 24/11/2014", 900, None, id="in figures"),
    ],
)
def test_the_gap_of_the_day_is_found_in_the_right_half(text: str, x: float, expected: Gap | None) -> None:
    assert slots.date_gap((line(text, x, 300),), HEIGHT, WIDTH) == expected


def test_gaps_stand_in_the_head_of_a_page() -> None:
    low = (line("Số: 4 /KH-UBND", 150, 2000), line("Thanh Hòa, ngày 7 tháng 6 năm 2017", 700, 2000))
    assert slots.number_gap(low, HEIGHT) is None
    assert slots.date_gap(low, HEIGHT, WIDTH) is None


def filled(monkeypatch: pytest.MonkeyPatch, text: str, x: float, said: str, *, sure: float, ocr: float) -> Lines:
    """Fill a line while the network says `said`, each sign with the same confidence."""
    signs = tuple(Sign(char, sure, 40.0 + 18 * i) for i, char in enumerate(said))
    monkeypatch.setattr(handwriting, "read_line", lambda *_: signs)
    return slots.fill((line(text, x, 300, confidence=ocr),), GROUND, HEIGHT, WIDTH)


@pytest.mark.parametrize(
    ("text", "said", "sure", "ocr", "expected"),
    [
        pytest.param("Số:#3 /KH-UBND", "x183/x-x", 0.95, 0.4, "Số: 183 /KH-UBND", id="sure"),
        pytest.param("Số:#3 /KH-UBND", "x183/x-x", 0.50, 0.4, "Số:#3 /KH-UBND", id="unsure: nothing is changed"),
        pytest.param(
            "Số: 01 /KH-UBND", "x07/x-x", 0.90, 0.95, "Số: 01 /KH-UBND", id="print read with confidence stays"
        ),
        pytest.param("Số: 01 /KH-UBND", "x07/x-x", 0.99, 0.95, "Số: 07 /KH-UBND", id="certain against print"),
        pytest.param("Số: 01 /KH-UBND", "x01/x-x", 0.60, 0.95, "Số: 01 /KH-UBND", id="both agree"),
        pytest.param("Số: /KH-UBND", "x/x-x", 0.99, 0.95, "Số: /KH-UBND", id="left blank"),
        pytest.param("Số 4-CT/HU", "x14-x/x", 0.99, 0.5, "Số 14 -CT/HU", id="Party style"),
        pytest.param("Số:1/QĐ-UBND", "x17/x-x", 0.99, 0.5, "Số: 17 /QĐ-UBND", id="all in one word"),
    ],
)
def test_a_number_is_changed_only_where_the_network_is_sure(
    monkeypatch: pytest.MonkeyPatch, text: str, said: str, sure: float, ocr: float, expected: str
) -> None:
    (words,) = filled(monkeypatch, text, 150, said, sure=sure, ocr=ocr)
    assert " ".join(word.text for word in words) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("x26x6x2017", "Hòa, ngày 26 tháng 6 năm 2017", id="day and month"),
        pytest.param("x36x6x2017", "Hòa, ngàyao tháng6 năm 2017", id="no such day"),
        pytest.param("x2x13x2017", "Hòa, ngàyao tháng6 năm 2017", id="no such month"),
        pytest.param("xx2017", "Hòa, ngàyao tháng6 năm 2017", id="left blank"),
    ],
)
def test_a_date_is_changed_only_into_a_date(monkeypatch: pytest.MonkeyPatch, said: str, expected: str) -> None:
    (words,) = filled(monkeypatch, "Hòa, ngàyao tháng6 năm 2017", 700, said, sure=0.97, ocr=0.5)
    assert " ".join(word.text for word in words) == expected


def test_what_is_filled_in_has_its_place_and_the_earlier_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    (words,) = filled(monkeypatch, "Số:#3 /KH-UBND", 150, "x183/x-x", sure=0.95, ocr=0.4)
    head, number, notation = words
    assert (number.raw, number.confidence) == ("#3", 0.95)
    assert head.x0 < head.x1 <= number.x0 < number.x1
    assert notation.x1 > number.x1
