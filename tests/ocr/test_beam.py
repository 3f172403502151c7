from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.beam import Reading, readings

ALPHABET = "12x"  # class 0 is paper


def scores(*columns: dict[str, float]) -> np.ndarray:
    """Scores of columns; what a column does not name is paper."""
    rows = []
    for column in columns:
        row = [column.get(sign, 0.0) for sign in ALPHABET]
        rows.append([1 - sum(row), *row])
    return np.array(rows, dtype=np.float32)


def certain(text: str) -> np.ndarray:
    """Scores that are sure of one sign a column; a dot is paper."""
    return scores(*({} if sign == "." else {sign: 1.0} for sign in text))


@pytest.mark.parametrize(
    ("columns", "signs", "begins"),
    [
        pytest.param("x.1.2", "x12", (0, 2, 4), id="one column each"),
        pytest.param("xx111.22", "x12", (0, 2, 6), id="a sign over several columns"),
        pytest.param("1.1", "11", (0, 2), id="paper parts two equal signs"),
        pytest.param("xx.x", "x", (0,), id="letters on both sides of paper are one run"),
        pytest.param("...", "", (), id="paper"),
        pytest.param("xxx...11..11xx..xx2", "x11x2", (0, 6, 10, 12, 18), id="runs of every kind"),
    ],
)
def test_columns_become_signs(columns: str, signs: str, begins: tuple[int, ...]) -> None:
    assert readings(certain(columns), ALPHABET) == (Reading(signs, 1.0, begins),)


def test_a_reading_has_the_share_of_all_ways_to_it() -> None:
    found = readings(scores({"1": 0.6, "2": 0.4}, {"1": 0.6, "2": 0.4}), ALPHABET)
    shares = {reading.signs: round(reading.share, 3) for reading in found}
    assert shares == {"1": 0.36, "12": 0.24, "21": 0.24, "2": 0.16}
    assert found[0].signs == "1"


def test_unsure_columns_together_can_outweigh_the_best_path() -> None:
    """The best path is paper alone (0.36), yet the sign has three ways, 0.64 together."""
    (best, _) = readings(scores({"1": 0.4}, {"1": 0.4}), ALPHABET)
    assert (best.signs, round(best.share, 2)) == ("1", 0.64)


def test_a_column_that_says_the_same_again_changes_nothing() -> None:
    unsure = {"1": 0.6, "2": 0.4}
    once = readings(scores({"x": 1.0}, {}, unsure, {}, {"1": 1.0}), ALPHABET)
    again = readings(scores({"x": 1.0}, {"x": 1.0}, {}, {}, {}, unsure, {}, {"1": 1.0}, {"1": 1.0}), ALPHABET)
    assert [(r.signs, round(r.share, 6)) for r in again] == [(r.signs, round(r.share, 6)) for r in once]
    assert len(once) == 2


def test_what_is_out_of_all_proportion_is_not_kept() -> None:
    doubts = [{"1": 0.985, "2": 0.015}, {}] * 4
    shares = [reading.share for reading in readings(scores(*doubts), ALPHABET)]
    assert shares[0] == pytest.approx(0.985**4, abs=1e-3)
    assert min(shares) >= 1e-4 * shares[0]


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=1, max_size=12))
def test_shares_are_shares_and_the_best_comes_first(rows: list[list[float]]) -> None:
    array = np.array(rows)
    found = readings((array / array.sum(axis=1, keepdims=True)).astype(np.float32), ALPHABET)
    shares = [reading.share for reading in found]
    assert sum(shares) == pytest.approx(1)
    assert all(one >= other - 1e-9 for one, other in pairwise(shares))
    assert all(len(reading.columns) == len(reading.signs) for reading in found)
    assert all(list(reading.columns) == sorted(reading.columns) for reading in found)
