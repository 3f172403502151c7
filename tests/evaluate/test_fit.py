"""Calibration: fitted, kept, read back, and judged by dispatches that it has not seen."""

from itertools import pairwise
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import models
from pipeline.calibration import BANDS, FILE, Calibration, Cell, calibration_text, read_calibration, reading_of
from pipeline.errors import ModelsError
from pipeline.evaluate.fit import HIGHEST, LOWEST, cross_validated, fit, monotone
from pipeline.evaluate.marks import Judged, Marks

JUDGED = st.builds(
    Judged,
    kind=st.just("fields"),
    name=st.sampled_from(["number", "subject"]),
    author=st.sampled_from(["rule:a", "rule:b"]),
    reading=st.sampled_from(["print", "clear", "doubtful"]),
    score=st.floats(0, 1),
    confidence=st.just(0.5),
    right=st.booleans(),
)


def judged(right: bool, *, score: float = 0.94, name: str = "number", reading: str = "clear") -> Judged:
    return Judged("fields", name, "rule:a", reading, score, score, right)  # type: ignore[arg-type]


def said(calibration: Calibration, score: float, *, name: str = "number", reading: str = "clear") -> float:
    return calibration.confidence("fields", name, "rule:a", reading, score)  # type: ignore[arg-type]


def test_many_values_outweigh_what_their_author_says() -> None:
    humble = fit([judged(True, score=0.6)] * 200)
    boasting = fit([judged(n % 2 == 0, score=0.98) for n in range(200)])
    assert said(humble, 0.6) > 0.97
    assert 0.49 < said(boasting, 0.98) < 0.56


def test_few_values_change_little() -> None:
    assert abs(said(fit([judged(False, score=0.94)]), 0.94) - 0.94) < 0.25


def test_a_weak_field_is_told_from_a_strong_one() -> None:
    fitted = fit([judged(True, name="number")] * 30 + [judged(n % 2 == 0, name="subject") for n in range(30)])
    assert said(fitted, 0.94, name="number") > 0.93
    assert said(fitted, 0.94, name="subject") < 0.65


def test_an_unknown_field_has_the_confidence_of_its_kind() -> None:
    fitted = fit([judged(True, name="number")] * 10 + [judged(False, name="subject")] * 10)
    assert 0.4 < said(fitted, 0.94, name="place") < 0.7


def test_a_person_is_believed_and_an_unknown_kind_left_alone() -> None:
    fitted = fit([judged(False)] * 50)
    assert fitted.confidence("fields", "number", "human:an", "clear", 1.0) == 1.0
    assert fitted.confidence("signatures", "", "rule:pades", "print", 0.99) == 0.99


@pytest.mark.parametrize(
    ("worst", "mean", "reading"),
    [
        (None, None, "print"),
        (None, 0.5, "print"),  # typed text in a file that has bad scans too
        (1.0, 0.95, "clear"),
        (0.8, 0.88, "clear"),
        (0.79, 0.95, "doubtful"),
        (0.0, 0.95, "doubtful"),
        (1.0, 0.87, "poor"),
        (0.0, 0.5, "poor"),
    ],
)
def test_readings(worst: float | None, mean: float | None, reading: str) -> None:
    assert reading_of(worst, mean) == reading


@settings(deadline=None)
@given(st.lists(JUDGED, max_size=60))
def test_confidence_never_falls_as_the_score_rises_and_is_never_certain(values: list[Judged]) -> None:
    for row in fit(values).rows.values():
        confidences = [cell.confidence for cell in row]
        assert confidences == sorted(confidences)
        assert confidences[0] >= LOWEST
        assert confidences[-1] <= HIGHEST


@settings(deadline=None)
@given(st.lists(JUDGED, max_size=40))
def test_what_is_kept_is_what_is_read(values: list[Judged]) -> None:
    fitted = fit(values)
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text(calibration_text(fitted), "utf-8")
        assert read_calibration(path) == fitted


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 10)), max_size=12))
def test_monotone_rates_rise_and_keep_their_mean(rates: list[tuple[float, float]]) -> None:
    values, weights = [rate for rate, _ in rates], [weight for _, weight in rates]
    rising = monotone(values, weights)
    assert all(a <= b + 1e-12 for a, b in pairwise(rising))
    before = sum(v * w for v, w in zip(values, weights, strict=True))
    assert abs(before - sum(v * w for v, w in zip(rising, weights, strict=True))) < 1e-6


def test_what_judges_a_dispatch_was_fitted_without_it() -> None:
    """Each dispatch has a field of its own that is always wrong: only by having seen it could one know."""
    all_marks = [
        Marks(f"{n}.txt", "word", False, False, {}, {}, (judged(False, name=f"field-{n}"),) * 40, ()) for n in range(3)
    ]
    alone = all_marks[:1]
    (unseen,) = {one.confidence for one in cross_validated([alone])}
    assert unseen == 0.94  # nothing else was seen: the author's own score stands
    seen = said(fit(all_marks[0].judged), 0.94, name="field-0")
    assert seen < 0.15


@pytest.mark.parametrize(
    "text",
    ["", "kind\tname\n", "{head}fields\tnumber\trule:a\tclear\t3/2 0.9\n", "{head}fields\t*\t*\tclear\t1/2 1.000\n"],
    ids=["empty", "another head", "more right than there are", "certain"],
)
def test_a_damaged_table_is_told(tmp_path: Path, text: str) -> None:
    head = calibration_text(Calibration())
    path = tmp_path / FILE
    path.write_text(text.replace("{head}", head), "utf-8")
    with pytest.raises(ModelsError, match="not a calibration"):
        read_calibration(path)


def test_the_calibration_in_use_rises_and_is_never_certain() -> None:
    rows = models.load().calibration.rows
    assert {key[0] for key in rows} >= {"fields", "recipients", "movements", "dates", "references", "directives"}
    for row in rows.values():
        assert len(row) == len(BANDS)
        assert [c.confidence for c in row] == sorted(c.confidence for c in row)
        assert row[-1].confidence <= HIGHEST


def test_a_kept_calibration_is_the_next_one_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    copytree(models.folder(), folder)
    before = models.verify(folder)
    new = Calibration({("fields", "*", "*", "print"): (Cell(1, 2, 0.5),) * len(BANDS)})
    models.keep_calibration(new, folder)
    assert models.load(folder).calibration == new
    assert models.verify(folder) != before  # so that earlier results are redone


def test_other_changes_to_the_models_are_not_blessed(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    copytree(models.folder(), folder)
    (folder / "gazetteers" / "laws.tsv").write_text("", "utf-8")
    with pytest.raises(ModelsError, match=r"laws\.tsv"):
        models.keep_calibration(Calibration(), folder)
