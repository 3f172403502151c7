"""Sums over dispatches, their intervals, and what confidences are worth."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluate.compare import ENTITIES
from pipeline.evaluate.marks import Counts, Marks
from pipeline.evaluate.reliability import reliability
from pipeline.evaluate.scores import add_up


def marks(*, right: int, wrong: int, review: bool = False, tp: int = 0, fp: int = 0, fn: int = 0) -> Marks:
    """Return the marks of a dispatch whose only fields are `place`, right or wrong, and whose only claims are dates."""
    fields = {"place": (True, True)} if right else {"place": (False, False)} if wrong else {}
    none = {name: Counts(agree=dict.fromkeys(kind.details, 0)) for name, kind in ENTITIES.items()}
    counts = none | {"dates": Counts(tp=tp, fp=fp, fn=fn, strict=tp, agree={"role": tp})}
    return Marks("x.txt", "word", False, review, fields, counts, (), ())


def test_scores_are_sums_over_all_dispatches_together() -> None:
    scores = add_up([marks(right=1, wrong=0, tp=3, fp=1), marks(right=0, wrong=1, tp=1, fn=3), marks(right=0, wrong=0)])
    place, dates = scores.fields["place"].exact, scores.entities["dates"]
    assert (place.right, place.of) == (1, 2)
    assert (dates.precision.value, dates.recall.value) == (4 / 5, 4 / 7)
    assert dates.f1 == 2 * 4 / (2 * 4 + 1 + 3)
    assert (scores.whole.right, scores.whole.of) == (2, 3)


def test_review_is_asked_for_where_something_is_wrong() -> None:
    scores = add_up([marks(right=1, wrong=0), marks(right=0, wrong=1), marks(right=0, wrong=1, review=True)])
    assert (scores.trusted.right, scores.trusted.of) == (1, 2)
    assert (scores.caught.right, scores.caught.of) == (1, 2)


def test_intervals_narrow_as_dispatches_come_and_hold_the_share() -> None:
    few, many = (add_up([marks(right=n % 4 > 0, wrong=n % 4 == 0) for n in range(size)]) for size in (8, 800))
    for scores in (few, many):
        exact = scores.all_fields.exact
        assert exact.low <= exact.value == 0.75 <= exact.high
    assert few.all_fields.exact.high - few.all_fields.exact.low > 0.3
    assert many.all_fields.exact.high - many.all_fields.exact.low < 0.08


def test_the_same_dispatches_have_the_same_intervals() -> None:
    given_marks = [marks(right=n % 3 > 0, wrong=n % 3 == 0) for n in range(20)]
    assert add_up(given_marks) == add_up(given_marks)


def test_what_is_as_right_as_it_says_has_no_error() -> None:
    found = reliability([(0.75, True)] * 3 + [(0.75, False)] + [(1.0, True)] * 4)
    assert found.error == 0.0
    assert [(one.low, one.right, one.of) for one in found.bins] == [(0.7, 3, 4), (0.95, 4, 4)]


def test_boasting_is_an_error() -> None:
    found = reliability([(0.96, True), (0.96, False)])
    assert abs(found.error - 0.46) < 1e-9
    assert (found.sure.right, found.sure.of) == (1, 2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_every_value_is_in_one_band(values: list[tuple[float, bool]]) -> None:
    found = reliability(values)
    assert found.of == len(values)
    assert 0.0 <= found.error <= 1.0
