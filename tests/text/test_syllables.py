"""Spelling of Vietnamese syllables."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.syllables import is_syllable, telling_words

SYLLABLES = "nghiêng giếng gì quốc quýt khuỷu QUYẾT ĐỊNH thưởng oằn yêu uỷ ủy hoà hòa xoong ngoéo a ở ưỡn trườn nghĩa"
OTHERS = "quyÕt ®Þnh tràp bảc kword straße nhaân ñoäc ẽẽ wifi ơờ bcd ăe"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", OTHERS.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_telling_words_leave_abbreviations_out() -> None:
    assert telling_words("Nghị định 30/2020/NĐ-CP, CĐKT và ®Þnh") == (3, 1)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    good, bad = telling_words(text)
    assert good + bad <= len(unicodedata.normalize("NFC", text))
