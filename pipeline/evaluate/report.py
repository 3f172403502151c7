"""One evaluation, whole: the scores of all dispatches and of each kind of source, and what confidences are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluate.marks import mark
from pipeline.evaluate.pairs import read_pairs
from pipeline.evaluate.reliability import Reliability, by_kind
from pipeline.evaluate.scores import Scores, add_up


@dataclass(frozen=True, slots=True)
class Report:
    """All that an evaluation found; `calibration` is by table, `errors` says what is wrong, a line each."""

    absent: tuple[str, ...]
    scores: Scores
    sources: Mapping[str, Scores]
    calibration: Mapping[str, Reliability]
    errors: tuple[str, ...]


def evaluate(gold: Path, tables: Path) -> Report:
    """Score the Parquet files of `tables` against the gold files of a folder; raises CatalogueError for none."""
    marks = [mark(pair) for pair in read_pairs(gold, tables)]
    return Report(
        absent=tuple(m.file for m in marks if m.absent),
        scores=add_up(marks),
        sources={name: add_up([m for m in marks if m.source == name]) for name in sorted({m.source for m in marks})},
        calibration=by_kind(one for m in marks for one in m.judged),
        errors=tuple(line for m in marks for line in m.errors),
    )
