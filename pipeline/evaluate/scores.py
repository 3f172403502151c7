"""Adds up marks: fields, claims and whole dispatches, each with the interval that resampling dispatches gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.compare import ENTITIES, FIELDS
from pipeline.evaluate.marks import Counts, Marks

ROUNDS = 2000
SEED = 20
Weights = NDArray[np.float64]
"""How often each dispatch is drawn, a row for each round of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its counts and its 95% interval; a dispatch is drawn whole, since its values err together."""

    right: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 where there is nothing to count."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How often a field was right, exactly and nearly, in the dispatches where it counts."""

    exact: Share
    close: Share


@dataclass(frozen=True, slots=True)
class EntityScore:
    """Precision and recall of one kind of claim, and F1 with its interval.

    `strict` is the share of the right ones that are equal letter by letter, `agree` how often each detail is right.
    """

    precision: Share
    recall: Share
    f1: float
    f1_low: float
    f1_high: float
    strict: Share
    agree: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of some dispatches; `whole` counts those with every field exactly right.

    `trusted` counts them among the dispatches that nobody is asked to look at, `caught` the requests for a look
    among the dispatches with a wrong field.
    """

    documents: int
    whole: Share
    trusted: Share
    caught: Share
    fields: Mapping[str, FieldScore]
    entities: Mapping[str, EntityScore]

    @property
    def all_fields(self) -> FieldScore:
        """The score over all fields together."""
        return self.fields["all"]


def add_up(marks: Sequence[Marks], *, rounds: int = ROUNDS, seed: int = SEED) -> Scores:
    """Return the scores of some dispatches; the same seed gives the same intervals."""
    rng = np.random.default_rng(seed)
    n = len(marks)
    weights: Weights = rng.multinomial(n, [1 / n] * n, size=rounds).astype(float) if n else np.zeros((0, 0))
    return Scores(
        documents=n,
        whole=_share(weights, [(m.whole, 1) for m in marks]),
        trusted=_share(weights, [(m.whole, not m.absent) if not m.needs_review else (0, 0) for m in marks]),
        caught=_share(weights, [(m.needs_review, 1) if not m.absent and not m.whole else (0, 0) for m in marks]),
        fields={name: score for name in (*FIELDS, "all") if (score := _field(weights, name, marks)).exact.of},
        entities={name: _entity(weights, name, marks) for name in ENTITIES},
    )


def _share(weights: Weights, counts: Iterable[tuple[float, float]]) -> Share:
    """Return the share that (right, of) for each dispatch add up to."""
    table = np.array(list(counts), dtype=float).reshape(-1, 2)
    right, of = table.sum(axis=0)
    drawn = weights @ table if len(table) else np.zeros((0, 2))
    low, high = _interval(drawn[:, 0], drawn[:, 1])
    return Share(round(right), round(of), low, high)


def _interval(above: Weights, below: Weights) -> tuple[float, float]:
    """Return the middle 95% of a quotient over the rounds in which there was something to count."""
    counted = below > 0
    if not counted.any():
        return 0.0, 0.0
    low, high = np.percentile(above[counted] / below[counted], [2.5, 97.5])
    return float(low), float(high)


def _field(weights: Weights, name: str, marks: Sequence[Marks]) -> FieldScore:
    own = [list(m.fields.values()) if name == "all" else [m.fields[name]] if name in m.fields else [] for m in marks]
    return FieldScore(
        exact=_share(weights, [(sum(exact for exact, _ in one), len(one)) for one in own]),
        close=_share(weights, [(sum(close for _, close in one), len(one)) for one in own]),
    )


def _entity(weights: Weights, name: str, marks: Sequence[Marks]) -> EntityScore:
    own: list[Counts] = [m.entities[name] for m in marks]
    twice = np.array([(2 * c.tp, 2 * c.tp + c.fp + c.fn) for c in own], dtype=float).reshape(-1, 2)
    right, of = twice.sum(axis=0)
    drawn = weights @ twice if len(twice) else np.zeros((0, 2))
    low, high = _interval(drawn[:, 0], drawn[:, 1])
    return EntityScore(
        precision=_share(weights, [(c.tp, c.tp + c.fp) for c in own]),
        recall=_share(weights, [(c.tp, c.tp + c.fn) for c in own]),
        f1=float(right / of) if of else 0.0,
        f1_low=low,
        f1_high=high,
        strict=_share(weights, [(c.strict, c.tp) for c in own]),
        agree={d: _share(weights, [((c.agree or {})[d], c.tp) for c in own]) for d in ENTITIES[name].details},
    )
