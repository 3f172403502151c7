"""The lexicon: readings of a syllable, the cost of a slip, chances of pairs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.text.lexicon import Lexicon, read_lexicon, slip

SMALL = Lexicon({"tỉnh": 9, "tính": 9, "đổi": 4, "sửa": 4, "hoạch": 2}, {"sửa": {"đổi": 4}})


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
    assert SMALL.chance("tỉnh", "") > SMALL.chance("hoạch", "")


@pytest.mark.parametrize("before", ["", "sửa", "lạ"])
@pytest.mark.parametrize("syllable", ["đổi", "hoạch", "lạ"])
def test_the_chance_of_a_pair_unseen_falls_into_two_shares(syllable: str, before: str) -> None:
    shares = SMALL.unseen(syllable) + SMALL.backoff(before)
    if syllable in SMALL.following(before):
        assert SMALL.chance(syllable, before) > shares
    else:
        assert SMALL.chance(syllable, before) == shares


def test_the_chances_of_all_syllables_make_no_more_than_a_whole() -> None:
    lexicon = Lexicon({"một": 7, "hai": 5}, {"một": {"hai": 3, "một": 4}})
    for before in ("", "một", "hai"):
        assert 0 < sum(10 ** lexicon.chance(syllable, before) for syllable in lexicon.single) <= 1


def test_read_lexicon(tmp_path: Path) -> None:
    file = tmp_path / "l.gz"
    file.write_bytes(gzip.compress("sửa\t4\nsửa đổi\t3\n".encode()))
    lexicon = read_lexicon(file)
    assert (lexicon.single, lexicon.after) == ({"sửa": 4}, {"sửa": {"đổi": 3}})
    assert "sửa" in lexicon
    assert "đổi" not in lexicon


def test_what_a_document_said_is_likely_in_it() -> None:
    heard = SMALL.hearing(Lexicon({"hoạch": 2, "lạ": 1}, {"sửa": {"hoạch": 2}, "lạ": {"hoạch": 1}}))
    assert heard.chance("hoạch", "sửa") > SMALL.chance("hoạch", "sửa")
    assert heard.chance("hoạch", "lạ") > SMALL.chance("hoạch", "lạ")
    assert heard.chance("tỉnh", "") == SMALL.chance("tỉnh", "")
    assert heard.following("sửa")["đổi"] == 4
    assert "lạ" not in SMALL


def test_letters_that_look_alike_make_one_syllable_of_another_dearly() -> None:
    readings = dict(Lexicon({"bổ": 9, "bễ": 1, "lâm": 2, "tâm": 5}, {}).readings("bễ"))
    assert readings["bổ"] > slip("bê", "bế")
    assert "tâm" not in readings
    assert "tâm" in dict(Lexicon({"lâm": 2, "tâm": 5}, {}).readings("lâm"))


def test_standing_counts_the_neighbours_first() -> None:
    assert SMALL.standing("đổi", "sửa", "") == (4, 4)
    assert SMALL.standing("tỉnh", "sửa", "") == (0, 9)
