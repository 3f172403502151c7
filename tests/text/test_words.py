"""Words and sentences: cut as underthesea cuts them, found again where they stand in the text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.words import Piece, sentences, tagged, words

_TEXT = st.text(alphabet=st.sampled_from("aăâbcdđêioôơuưyàảãáạ AĐÔ.,;:-/()“”0123456789\n"), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Họp tại TP. Huế. Gửi báo cáo.", ["Họp tại TP. Huế.", "Gửi báo cáo."], id="an abbreviation"),
        pytest.param("Chi 1.500.000 đồng. Nộp sau.", ["Chi 1.500.000 đồng.", "Nộp sau."], id="a number"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [piece.text for piece in sentences(text)] == expected


def test_words_keep_their_places_when_letters_are_written_anew() -> None:
    text = "Kho  hoà bình qui định"
    found = words(text)
    assert "hoà bình" in [piece.text for piece in found]
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


def test_a_capital_at_the_beginning_makes_no_name_of_a_verb() -> None:
    first = tagged("Lưu giữ hồ sơ kho lưu trữ")[0]
    assert (first.word, first.speech) == (Piece("Lưu giữ", 0, 7), "verb")


def test_nouns_and_names_are_told_from_verbs() -> None:
    found = {at.word.text: at.speech for at in tagged("cán bộ gửi hồ sơ về Hà Nội")}
    assert (found["cán bộ"], found["gửi"], found["Hà Nội"]) == ("noun", "verb", "name")


@settings(deadline=None, max_examples=60)
@given(_TEXT)
def test_pieces_are_parts_of_the_text_in_order(text: str) -> None:
    for pieces in (sentences(text), words(text), tuple(at.word for at in tagged(text))):
        assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
        assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())


def test_importing_loads_no_models() -> None:
    code = "import sys, pipeline.extract.directives; sys.exit('underthesea' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
