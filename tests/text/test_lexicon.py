"""The lexicon: readings of a syllable, the cost of a slip, chances of pairs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.text.lexicon import Lexicon, read_lexicon, slip

SMALL = Lexicon({"tỉnh": 9, "tính": 9, "đổi": 4, "sửa": 4, "hoạch": 2}, {"sửa đổi": 4})


def test_readings_share_the_letters() -> None:
    assert dict(SMALL.readings("TĨNH")).keys() == {"tĩnh", "tỉnh", "tính"}
    assert SMALL.readings("tỉnh")[0] == ("tỉnh", 0.0)


def test_an_unknown_syllable_may_be_a_letter_off() -> None:
    assert "hoạch" in dict(SMALL.readings("hoạeh"))


@pytest.mark.parametrize(
    ("read", "likely", "unlikely"),
    [("ké", "kế", "kệ"), ("doi", "đoi", "đối"), ("sô", "số", "so"), ("đẻ", "để", "đề")],
)
def test_small_slips_cost_less(read: str, likely: str, unlikely: str) -> None:
    assert 0 < slip(read, likely) < slip(read, unlikely)


def test_a_pair_seen_is_likelier_than_one_unseen() -> None:
    assert SMALL.chance("đổi", "sửa") > SMALL.chance("hoạch", "sửa")
    assert SMALL.chance("tỉnh", None) > SMALL.chance("hoạch", None)


def test_read_lexicon(tmp_path: Path) -> None:
    file = tmp_path / "l.gz"
    file.write_bytes(gzip.compress("sửa\t4\nsửa đổi\t3\n".encode()))
    lexicon = read_lexicon(file)
    assert (lexicon.single, lexicon.pairs) == ({"sửa": 4}, {"sửa đổi": 3})
    assert "sửa" in lexicon
    assert "đổi" not in lexicon


def test_what_a_document_said_is_likely_in_it() -> None:
    said = Lexicon({"hoạch": 2}, {"sửa hoạch": 2})
    assert SMALL.chance("hoạch", "sửa", said) > SMALL.chance("hoạch", "sửa")
    assert SMALL.chance("tỉnh", None, said) == SMALL.chance("tỉnh", None)


def test_letters_that_look_alike_make_one_syllable_of_another_dearly() -> None:
    readings = dict(Lexicon({"bổ": 9, "bễ": 1, "lâm": 2, "tâm": 5}, {}).readings("bễ"))
    assert readings["bổ"] > slip("bê", "bế")
    assert "tâm" not in readings
    assert "tâm" in dict(Lexicon({"lâm": 2, "tâm": 5}, {}).readings("lâm"))


def test_standing_counts_the_neighbours_first() -> None:
    assert SMALL.standing("đổi", "sửa", None) == (4, 4)
    assert SMALL.standing("tỉnh", "sửa", None) == (0, 9)
