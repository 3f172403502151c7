"""What confidences are worth: for each band, how many of the values that say so are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.evaluate.marks import Judged

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
SURE = 0.95
"""Of the values that say this much or more, at least as large a share should be right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A band of confidence (from `low` up to `high`): the mean that was said, how many are right, of how many."""

    low: float
    high: float
    said: float
    right: int
    of: int

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bands that have values, and how far confidence is from the truth on average (0 is best)."""

    bins: tuple[Bin, ...]
    error: float
    sure: Bin

    @property
    def of(self) -> int:
        """How many values were judged."""
        return sum(one.of for one in self.bins)


def reliability(values: Iterable[tuple[float, bool]]) -> Reliability:
    """Return how reliable (confidence, right) are; the error is the expected calibration error over the bands."""
    values = tuple(values)
    bins = tuple(one for low, high in pairwise(BINS) if (one := _bin(values, low, high)).of)
    total = sum(one.of for one in bins)
    error = sum(one.of * abs(one.said - one.share) for one in bins) / total if total else 0.0
    return Reliability(bins, error, _bin(values, SURE, 1.0))


def by_kind(judged: Iterable[Judged]) -> Mapping[str, Reliability]:
    """Return how reliable the confidences of each kind of value are."""
    judged = tuple(judged)
    return {
        kind: reliability((one.confidence, one.right) for one in judged if one.kind == kind)
        for kind in dict.fromkeys(one.kind for one in judged)
    }


def _bin(values: Sequence[tuple[float, bool]], low: float, high: float) -> Bin:
    inside = [(said, right) for said, right in values if low <= said < high or (high == 1.0 and said == 1.0)]
    said = sum(said for said, _ in inside) / len(inside) if inside else 0.0
    return Bin(low, high, said, sum(right for _, right in inside), len(inside))
