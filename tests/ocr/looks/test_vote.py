"""Votes among readings of one line."""

from __future__ import annotations

from dataclasses import replace

from pipeline.ocr import Glyphs
from pipeline.ocr.looks.telling import Piece, Telling
from pipeline.ocr.looks.vote import voted


def piece(kind: Telling, text: str, top: float = 0, confidence: float = 0.8) -> Piece:
    """Return a reading whose words stand fifty pixels apart; a dot stands for a word that was not read."""
    words = [
        Glyphs(word, 50 * n, top, 50 * n + 40, top + 12, confidence)
        for n, word in enumerate(text.split())
        if word != "."
    ]
    return Piece(kind, tuple(words))


def test_each_word_of_a_name_is_the_one_most_readings_agree_on() -> None:
    readings = [
        piece("person", "Trân Văn Tám"),
        piece("person", "Trần Vàn Tám"),
        piece("person", "Trần Văn Tđm"),
    ]
    assert [one.text for one in voted(readings)] == ["Trần Văn Tám"]


def test_a_word_that_one_reading_of_many_has_is_left_out() -> None:
    readings = [piece("person", ". Lê Sáu"), piece("person", ". Lê Sáu"), piece("person", "Sa Lê Sáu", confidence=0.5)]
    assert [one.text for one in voted(readings)] == ["Lê Sáu"]


def test_a_position_is_the_reading_most_like_a_known_one() -> None:
    readings = [piece("position", "XPHÓ CHÙ TỊCHH", confidence=0.9), piece("position", "PHÓ CHỦ TỊCH", confidence=0.6)]
    assert [one.text for one in voted(readings)] == ["PHÓ CHỦ TỊCH"]


def test_lines_and_kinds_are_kept_apart_from_the_top() -> None:
    readings = [piece("person", "Lê Thị Sáu", 60), piece("position", "PHÓ GIÁM ĐỐC", 10), piece("position", "GIÁM ĐỐC")]
    assert [one.text for one in voted(readings)] == ["GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Sáu"]


def test_nothing_read_is_nothing() -> None:
    assert voted([]) == []


def test_the_echo_of_a_position_is_left_out() -> None:
    readings = [piece("position", "PHÓ GIÁM ĐỐC", 10), piece("position", "GIÁM ĐỐC", 16, confidence=0.6)]
    assert [one.text for one in voted(readings)] == ["PHÓ GIÁM ĐỐC"]


def test_a_scrap_of_a_position_beside_it_is_left_out() -> None:
    readings = [piece("position", "HIỆU TRƯỞNG"), piece("position", "T TRUONG", 6)]
    assert [one.text for one in voted(readings)] == ["HIỆU TRƯỞNG"]


def test_a_position_that_two_lines_run_into_counts_less() -> None:
    tall = piece("position", "GIÁM ĐỐC")
    tall = replace(tall, words=tuple(replace(word, bottom=word.top + 60) for word in tall.words))
    level = piece("position", "GIÁM ĐỐC", 22)
    assert voted([tall, level]) == [level]


def test_a_name_has_no_hole_where_few_readings_have_its_middle() -> None:
    readings = [piece("person", "Lê . Sáu", confidence=0.9) for _ in range(4)]
    assert [one.text for one in voted([*readings, piece("person", "Lê Thị Sáu", confidence=0.5)])] == ["Lê Thị Sáu"]


def test_an_end_that_two_readings_have_surely_stays() -> None:
    readings = [piece("person", "Trần Văn", confidence=0.9) for _ in range(7)]
    whole = [piece("person", "Trần Văn Tám", confidence=0.9)] * 2
    assert [one.text for one in voted([*readings, *whole])] == ["Trần Văn Tám"]


def test_what_is_left_of_a_word_stands_in_its_place() -> None:
    broken = Piece("person", (Glyphs("an", 15, 0, 40, 12, 0.9), *piece("person", ". Thị Bảy").words))
    whole = piece("person", "Phan Thị Bảy")
    assert [one.text for one in voted([broken, whole, whole])] == ["Phan Thị Bảy"]


def test_words_whose_boxes_lie_over_each_other_are_both_kept() -> None:
    first, _, last = piece("person", "Lê Thị Sáu").words
    odd = Piece("person", (first, Glyphs("Thị", first.x0, 0, first.x0, 12, 0.8), last))
    assert [one.text for one in voted([odd, odd])] == ["Lê Thị Sáu"]
