"""Turns a network's guesses for each column of a line into the readings that they can mean, with their shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

LETTERS: Final = "x"
"""The sign that stands for a run of letters."""

_WIDTH: Final = 16  # readings kept from column to column
_LIKELY: Final = 0.01  # probability from which a sign is looked at
_LEAST: Final = 1e-4  # share of the likeliest reading's that another must have to be kept

Floats: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """Signs from left to right, the share (0 to 1) of all likely readings, and the column where each sign begins."""

    signs: str
    share: float
    columns: tuple[int, ...]


@dataclass(slots=True)
class _Ways:
    """How probable it is to have read some signs so far: with paper since the last one, or still on it."""

    paper: float = 0.0
    on_sign: float = 0.0
    columns: tuple[int, ...] = ()

    @property
    def all(self) -> float:
        return self.paper + self.on_sign


def readings(scores: Floats, alphabet: str) -> tuple[Reading, ...]:
    """Return the likely readings of a line, the best first.

    `scores` holds a row for each column: the probability of paper, then that of each sign of the
    alphabet. A sign covers one column or more; two equal ones have paper between them, but letters
    on both sides of paper are one run.
    """
    signs = ("", *alphabet)
    kept = {"": _Ways(paper=1.0)}
    for column in _telling(scores >= _LIKELY):
        row = enumerate(scores[column].tolist())
        kept = _best(_grown(kept, {signs[i]: chance for i, chance in row if chance >= _LIKELY}, column))
    return tuple(Reading(read, ways.all, ways.columns) for read, ways in kept.items())


def _telling(likely: NDArray[np.bool_]) -> list[int]:
    """Return the columns that can change the readings: not those of which one sign is likely, the same as before."""
    again = (likely[1:] == likely[:-1]).all(axis=1) & (likely[1:].sum(axis=1) == 1)
    return [0, *(int(column) + 1 for column in np.flatnonzero(~again))]


def _grown(kept: dict[str, _Ways], likely: dict[str, float], column: int) -> dict[str, _Ways]:
    """Return what a column makes of the readings: the same signs once more, or one sign more."""
    grown: dict[str, _Ways] = {}
    for signs, ways in kept.items():
        last, either = signs[-1:], ways.all
        on_paper = either * likely.get("", 0.0)
        stays = (either if last == LETTERS else ways.on_sign) * likely.get(last, 0.0) if last else 0.0
        if on_paper or stays:
            same = grown.setdefault(signs, _Ways(columns=ways.columns))
            same.paper += on_paper
            same.on_sign += stays
        for sign, chance in likely.items():
            begins = ways.paper if sign == last else either
            if sign and begins and not sign == last == LETTERS:
                more = grown.setdefault(signs + sign, _Ways(columns=(*ways.columns, column)))
                more.on_sign += begins * chance
    return grown


def _best(grown: dict[str, _Ways]) -> dict[str, _Ways]:
    """Return the likeliest readings, best first, with the shares that they have among each other."""
    best = sorted(grown.items(), key=lambda item: -item[1].all)[:_WIDTH]
    best = [item for item in best if item[1].all >= _LEAST * best[0][1].all]
    total = sum(ways.all for _, ways in best)
    return {signs: _Ways(ways.paper / total, ways.on_sign / total, ways.columns) for signs, ways in best}
