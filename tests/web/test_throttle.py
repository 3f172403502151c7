"""How often something may be tried: as a table, and as properties of any run of attempts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.web.throttle import Limit, Throttle

LIMIT = Limit(burst=3, every=10)


@pytest.mark.parametrize(
    ("times", "waits"),
    [
        pytest.param((0, 0, 0), (0, 0, 0), id="a burst"),
        pytest.param((0, 0, 0, 0), (0, 0, 0, 10), id="one too many"),
        pytest.param((0, 0, 0, 4, 9.5, 10), (0, 0, 0, 6, 0.5, 0), id="asking too soon costs nothing"),
        pytest.param((0, 0, 0, 10, 10), (0, 0, 0, 0, 10), id="one more for each wait"),
        pytest.param((0, 0, 0, 30, 30, 30, 30), (0, 0, 0, 0, 0, 0, 10), id="all is forgotten"),
        pytest.param((100, 100, 100, 50), (0, 0, 0, 10), id="a clock set back lets nobody in"),
    ],
)
def test_attempts_and_waits(times: tuple[float, ...], waits: tuple[float, ...]) -> None:
    throttle = Throttle(LIMIT)
    assert tuple(throttle.attempt("a", now) for now in times) == pytest.approx(waits)


def test_keys_are_apart_and_rightful_attempts_are_given_back() -> None:
    throttle = Throttle(LIMIT)
    for _ in range(3):
        assert throttle.attempt("a", 0) == 0
    assert throttle.attempt("b", 0) == 0
    throttle.give_back("a", 0)
    assert throttle.attempt("a", 0) == 0
    assert throttle.attempt("a", 0) == 10
    throttle.forget("a")
    assert throttle.attempt("a", 0) == 0


@given(st.lists(st.tuples(st.text(max_size=3), st.floats(0, 100)), max_size=60))
def test_memory_is_bounded(attempts: list[tuple[str, float]]) -> None:
    throttle = Throttle(LIMIT, most=5)
    for key, now in attempts:
        throttle.attempt(key, now)
    assert len(throttle) <= 5


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=80))
def test_no_more_get_through_than_the_limit_says(gaps: list[float]) -> None:
    throttle, now, through = Throttle(LIMIT), 0.0, 0
    for gap in gaps:
        now += gap
        wait = throttle.attempt("a", now)
        assert 0 <= wait <= LIMIT.every + 1e-6
        through += wait == 0
    assert through <= LIMIT.burst + now / LIMIT.every + 1e-6
