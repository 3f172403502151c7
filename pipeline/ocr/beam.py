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
    kept = {"": _Ways(paper=1.0)}
    for column, row in enumerate(scores.astype(np.float64)):
        likely = [(int(i), float(row[i])) for i in np.flatnonzero(row >= _LIKELY)]
        grown: dict[str, _Ways] = {}
        for signs, ways in kept.items():
            for index, chance in likely:
                _grow(grown, signs, ways, alphabet[index - 1] if index else "", chance, column)
        best = sorted(grown.items(), key=lambda item: -item[1].all)[:_WIDTH]
        total = sum(ways.all for _, ways in best)
        kept = {signs: _Ways(ways.paper / total, ways.on_sign / total, ways.columns) for signs, ways in best}
    return tuple(Reading(signs, ways.all, ways.columns) for signs, ways in kept.items())


def _grow(grown: dict[str, _Ways], signs: str, ways: _Ways, sign: str, chance: float, column: int) -> None:
    """Add what a column makes of a reading: the same signs once more, or one sign more."""
    repeated = signs.endswith(sign) if sign else False
    stays = ways.all if sign == LETTERS else ways.on_sign
    if not sign:
        same = grown.setdefault(signs, _Ways(columns=ways.columns))
        same.paper += ways.all * chance
    elif repeated and stays:
        same = grown.setdefault(signs, _Ways(columns=ways.columns))
        same.on_sign += stays * chance
    begins = ways.paper if repeated else ways.all
    if sign and begins and not (repeated and sign == LETTERS):
        more = grown.setdefault(signs + sign, _Ways(columns=(*ways.columns, column)))
        more.on_sign += begins * chance
