"""Fits a calibration to judged values, and judges the fit by values of dispatches that it has not seen.

Few values tell little, so each rate is drawn towards what is known without them: the rate of a field
towards that of all fields, and that towards the author's own score. Within a row confidence never falls
as the score rises, and it is never 0 or 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.calibration import ANY, BANDS, Calibration, Cell, Key, band_of
from pipeline.evaluate.marks import Judged, Marks, mark
from pipeline.evaluate.pairs import read_pairs
from pipeline.evaluate.reliability import Reliability, by_kind

FOLDS = 9
KIND_WEIGHT = 4.0
"""As many values as the author's own score counts for, where all names of a kind are taken together."""
NAME_WEIGHT = 6.0
"""As many values as the rate of the whole kind counts for, where one name is taken by itself."""
LOWEST, HIGHEST = 0.01, 0.99

_MIDDLES = tuple(max((low + high) / 2, 0.5) for low, high in zip(BANDS, (*BANDS[1:], 1.0), strict=True))
"""What a band says of itself where no value lies in it; no author speaks up for what is rather wrong than right."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The values of one row, band by band: how many, how many right, and the sum of their scores."""

    of: tuple[int, ...]
    right: tuple[int, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A calibration, and how reliable such a one is on dispatches that it was not fitted to, by kind."""

    calibration: Calibration
    unseen: Mapping[str, Reliability]


def calibration_of(places: Sequence[tuple[Path, Path]]) -> Made:
    """Fit a calibration to folders of gold files and the tables that belong to them; raises CatalogueError.

    How reliable it is on unseen dispatches is told of the first folder; the others are seen in part.
    """
    sets = [[mark(pair) for pair in read_pairs(gold, tables)] for gold, tables in places]
    whole = fit(one for marks in sets for m in marks for one in m.judged)
    return Made(whole, by_kind(cross_validated(sets)))


def fit(judged: Iterable[Judged]) -> Calibration:
    """Return the calibration that judged values give."""
    judged = tuple(judged)
    kinds = _tallies(judged, lambda one: (one.kind, ANY, ANY, one.reading))
    rows = {key: _row(tally, _said(tally), KIND_WEIGHT) for key, tally in kinds.items()}
    for key, tally in _tallies(judged, lambda one: (one.kind, one.name, one.author, one.reading)).items():
        whole = rows[key[0], ANY, ANY, key[3]]
        rows[key] = _row(tally, [cell.confidence for cell in whole], NAME_WEIGHT)
    return Calibration(rows)


def cross_validated(sets: Sequence[Sequence[Marks]], *, folds: int = FOLDS) -> tuple[Judged, ...]:
    """Return every judged value of the first set with the confidence of a calibration fitted without its dispatch.

    Folds are runs of neighbours in every set, since files that lie together are often alike.
    """
    found: list[Judged] = []
    for fold in range(folds):
        fitted = fit(one for marks in sets for m in _folded(marks, fold, folds, inside=False) for one in m.judged)
        found += (calibrated(one, fitted) for m in _folded(sets[0], fold, folds, inside=True) for one in m.judged)
    return tuple(found)


def _folded(marks: Sequence[Marks], fold: int, folds: int, *, inside: bool) -> list[Marks]:
    return [m for n, m in enumerate(marks) if (n * folds // len(marks) == fold) is inside]


def calibrated(one: Judged, calibration: Calibration) -> Judged:
    """Return a judged value with the confidence that a calibration gives it."""
    return replace(one, confidence=calibration.confidence(one.kind, one.name, one.author, one.reading, one.score))


def monotone(rates: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the rising rates that are nearest to some rates: neighbours that fall are pooled (isotonic regression).

    >>> monotone([0.5, 0.9, 0.7, 1.0], [1, 1, 1, 1])
    [0.5, 0.8, 0.8, 1.0]
    """
    blocks: list[tuple[float, float, int]] = []
    for rate, weight in zip(rates, weights, strict=True):
        blocks.append((rate, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (b, v, m), (a, w, n) = blocks.pop(), blocks.pop()
            blocks.append(((a * w + b * v) / (w + v), w + v, n + m))
    return [rate for rate, _, count in blocks for _ in range(count)]


def _said(tally: Tally) -> list[float]:
    """Return the mean score of each band, its middle where it has no values."""
    return [total / of if of else middle for total, of, middle in zip(tally.scores, tally.of, _MIDDLES, strict=True)]


def _row(tally: Tally, prior: Sequence[float], weight: float) -> tuple[Cell, ...]:
    """Return a row of cells: the rates drawn towards a prior that counts for `weight` values."""
    rates = [
        (right + weight * before) / (of + weight)
        for right, of, before in zip(tally.right, tally.of, prior, strict=True)
    ]
    rising = monotone(rates, [of + weight for of in tally.of])
    return tuple(
        Cell(right, of, round(min(max(rate, LOWEST), HIGHEST), 3))
        for right, of, rate in zip(tally.right, tally.of, rising, strict=True)
    )


def _tallies(judged: Iterable[Judged], key_of: Callable[[Judged], Key]) -> dict[Key, Tally]:
    rows: defaultdict[Key, list[Judged]] = defaultdict(list)
    for one in judged:
        rows[key_of(one)].append(one)
    return {key: _tally(values) for key, values in rows.items()}


def _tally(values: Sequence[Judged]) -> Tally:
    bands = [[one for one in values if band_of(one.score) == band] for band in range(len(BANDS))]
    return Tally(
        of=tuple(len(band) for band in bands),
        right=tuple(sum(one.right for one in band) for band in bands),
        scores=tuple(sum(one.score for one in band) for band in bands),
    )
