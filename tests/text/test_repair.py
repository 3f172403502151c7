"""Repair: slips that a small language model mends, and what it must leave alone."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import models
from pipeline.document import Box, Line, Page, Word
from pipeline.models import Models
from pipeline.text.lexicon import Lexicon
from pipeline.text.repair import Syllable, best_reading


@cache
def knowledge() -> Models:
    return models.load()


def mend(text: str, confidence: float | None = 0.9) -> str:
    lines = tuple(Line(tuple(Word(word, None, confidence) for word in line.split())) for line in text.splitlines())
    (page,) = knowledge().mend([Page(1, None, None, lines, "ocr")])
    return "\n".join(line.text for line in page.lines)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        pytest.param("TỐNG LIÊN ĐOÀN LAO ĐỘNG", "TỔNG LIÊN ĐOÀN LAO ĐỘNG", id="hook read as acute"),
        pytest.param("ÚY BAN NHÂN DÂN TĨNH", "ỦY BAN NHÂN DÂN TỈNH", id="hook read as tilde"),
        pytest.param("sửa đôi, bổ sung một sô điều", "sửa đổi, bổ sung một số điều", id="tones lost"),
        pytest.param(
            "nghiêm túc triền khai thực hiện", "nghiêm túc triển khai thực hiện", id="a word read for another"
        ),
        pytest.param("ban hành Kê hoạch", "ban hành Kế hoạch", id="case is kept"),
        pytest.param("mở lớp lập huấn", "mở lớp tập huấn", id="a letter that looks alike"),
        pytest.param("tại Thông tư sô 5", "tại Thông tư số 5", id="before a number"),
        pytest.param("ngày28 tháng 5 năm2020", "ngày 28 tháng 5 năm 2020", id="joined words"),
    ],
)
def test_slips_are_mended(read: str, meant: str) -> None:
    assert mend(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Uỷ ban nhân dân tỉnh Hoà Bình", id="the other place of the tone"),
        pytest.param("đồng chí Trần Văn Tổng trình bày", id="a person's name"),
        pytest.param("lớp THM tháng", id="initials"),
        pytest.param("Số: 13/QD-UBND", id="codes are the notation's matter"),
        pytest.param("Công ty TNHH Samsung Display", id="foreign words"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert mend(text) == text


def test_only_ocr_is_mended() -> None:
    assert mend("TỐNG LIÊN ĐOÀN LAO ĐỘNG", None) == "TỐNG LIÊN ĐOÀN LAO ĐỘNG"


def test_the_raw_reading_and_the_box_are_kept() -> None:
    words = (Word("ÚY", Box(1, 0, 0, 20, 10), 0.7), Word("ban", Box(1, 25, 0, 50, 10), 0.9), Word("nhân", None, 0.9))
    first = knowledge().mend([Page(1, 100, 100, (Line(words),), "ocr")])[0].lines[0].words[0]
    assert (first.text, first.raw, first.box) == ("ỦY", "ÚY", Box(1, 0, 0, 20, 10))


def test_a_word_set_apart_shares_its_box() -> None:
    page = Page(1, 100, 100, (Line((Word("ngày28", Box(1, 0, 0, 60, 10), 0.7),)),), "ocr")
    left, right = knowledge().mend([page])[0].lines[0].words
    assert (left.text, right.text, left.raw, right.raw) == ("ngày", "28", "ngày28", "ngày28")
    assert left.box == Box(1, 0, 0, 40, 10)
    assert right.box == Box(1, 40, 0, 60, 10)


@given(st.text(max_size=60))
def test_any_text_keeps_its_words_and_their_marks(text: str) -> None:
    before = text.split()
    page = Page(1, None, None, (Line(tuple(Word(word, None, 0.5) for word in before)),), "ocr")
    after = knowledge().mend([page])[0].lines[0].words
    assert len(after) >= len(before)
    strip = "".join(char for word in after for char in (word.raw or word.text) if not char.isalpha())
    assert len(after) > len(before) or strip == "".join(char for char in text if not (char.isalpha() or char.isspace()))


def pages(*texts: str) -> list[Page]:
    return [
        Page(number, None, None, (Line(tuple(Word(word, None, 0.95) for word in text.split())),), "ocr")
        for number, text in enumerate(texts, start=1)
    ]


def test_what_a_document_says_again_and_again_decides() -> None:
    once, *_ = knowledge().mend(pages("trạm Bãi Sên"))
    again, *_ = knowledge().mend(pages("trạm Bãi Sên", "trạm bãi sen; ở bãi sen; bãi sen; bãi sen; bãi sen; bãi sen"))
    assert once.lines[0].text == "trạm Bãi Sên"
    assert again.lines[0].text == "trạm Bãi Sen"


def test_what_is_misread_again_and_again_makes_nothing_wrong() -> None:
    first, *_ = knowledge().mend(pages("tỷ lệ trẻ em dưới năm tuổi", "dưới năm tuôi; năm tuôi; năm tuôi; năm tuôi"))
    assert first.lines[0].text == "tỷ lệ trẻ em dưới năm tuổi"


def test_pages_that_no_ocr_read_come_back_as_they_are() -> None:
    page = Page(1, None, None, (Line((Word("TỐNG LIÊN ĐOÀN"),)),))
    assert knowledge().mend([page]) == (page,)


COUNTS = st.integers(0, 40)
READINGS = st.dictionaries(st.sampled_from("abcd"), st.floats(0, 4), min_size=1)


@given(
    st.fixed_dictionaries(dict.fromkeys("abc", COUNTS)),
    st.dictionaries(st.sampled_from("abcd"), st.dictionaries(st.sampled_from("abcd"), COUNTS)),
    st.lists(READINGS, min_size=1, max_size=4),
)
def test_no_reading_of_a_run_is_more_probable_than_the_one_found(
    single: dict[str, int], after: dict[str, dict[str, int]], run: list[dict[str, float]]
) -> None:
    lexicon = Lexicon(single, after)

    def score(path: tuple[str, ...]) -> float:
        chances = sum(lexicon.chance(syllable, before) for before, syllable in pairwise(("", *path)))
        return chances - sum(costs[syllable] for costs, syllable in zip(run, path, strict=True))

    found = best_reading([Syllable(at, "", "", "", tuple(costs.items())) for at, costs in enumerate(run)], lexicon)
    assert score(tuple(found)) == pytest.approx(max(map(score, product(*run))), abs=1e-9)
