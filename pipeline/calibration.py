"""Calibration: what an author's own score is worth, by how often such values were right on gold data.

Extractors say how sure they are; `models/calibration.tsv` says how often a value of that kind, from that
author, read that well, with a score in that band, was right. The score stays stored beside the confidence
that follows from it, and OCR's confidence beside both. `docs/evaluation.md` tells how the file is made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from pipeline.errors import ModelsError

FILE: Final = "calibration.tsv"
BANDS: Final = (0.0, 0.65, 0.8, 0.9, 0.93, 0.955, 0.975)
"""The lowest score of each band; the last one ends at 1."""
ANY: Final = "*"
COLUMNS: Final = ("kind", "name", "author", "reading", *(f"{low:g}" for low in BANDS))

ABOUT: Final = (
    "# How often values were right on gold data, by the band of their author's score (a column's head is the lowest).",
    "# A cell: right/of, and the confidence that follows. Made by `congvan calibrate GOLD --out OUT --write`.",
)

Reading = Literal["print", "clear", "doubtful", "poor"]
"""How a value's words were read: not by OCR at all, by OCR that was sure of every word, by OCR that was not, or from
pages that are hardly legible at all."""
CLEAR: Final = 0.8
"""OCR's confidence in the worst of the words from which on a value counts as clearly read."""
POOR: Final = 0.88
"""OCR's mean confidence in a document's words below which none of its values counts as clearly read."""

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A band of scores: how many values were right, of how many, and the confidence that follows."""

    right: int
    of: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The confidences of values, a row for (table, field or block, author, reading), a cell for each band of scores.

    The row with `*` for name and author holds for what has no row of its own.
    """

    rows: Mapping[Key, tuple[Cell, ...]] = field(default_factory=dict)

    def confidence(self, kind: str, name: str, author: str, reading: Reading, score: float) -> float:
        """Return how often such a value is right; a person's score, and one of no known kind, is left as it is."""
        row = self.rows.get((kind, name, author, reading)) or self.rows.get((kind, ANY, ANY, reading))
        if row is None or author.startswith("human:"):
            return score
        return row[band_of(score)].confidence


def band_of(score: float) -> int:
    """Return the number of the band that a score lies in.

    >>> band_of(0.0), band_of(0.94), band_of(1.0)
    (0, 4, 6)
    """
    return bisect_right(BANDS, score) - 1


def reading_of(worst: float | None, mean: float | None) -> Reading:
    """Return how a value was read, from OCR's confidence in its worst word and in the document's words on average.

    >>> reading_of(None, 0.95), reading_of(0.9, 0.95), reading_of(0.4, 0.95), reading_of(0.9, 0.85)
    ('print', 'clear', 'doubtful', 'poor')
    """
    if worst is None:
        return "print"
    if mean is not None and mean < POOR:
        return "poor"
    return "clear" if worst >= CLEAR else "doubtful"


def read_calibration(path: Path) -> Calibration:
    """Read the table; raises ModelsError for one that is damaged."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise _damaged(path, lines[0] if lines else "")
    rows: dict[Key, tuple[Cell, ...]] = {}
    for line in lines[1:]:
        kind, name, author, reading, *cells = line.split("\t")
        try:
            rows[kind, name, author, reading] = tuple(map(_cell, cells))
        except ValueError as error:
            raise _damaged(path, line) from error
        if len(cells) != len(BANDS):
            raise _damaged(path, line)
    return Calibration(rows)


def calibration_text(calibration: Calibration) -> str:
    """Return the table as text: a row a line, each cell as `right/of confidence`."""
    rows = sorted(calibration.rows.items())
    lines = ["\t".join((*key, *(f"{c.right}/{c.of} {c.confidence:.3f}" for c in row))) for key, row in rows]
    return "\n".join((*ABOUT, "\t".join(COLUMNS), *lines)) + "\n"


def _cell(text: str) -> Cell:
    counts, confidence = text.split(" ")
    right, of = map(int, counts.split("/"))
    if not 0 <= right <= of or not 0 < float(confidence) < 1:
        raise ValueError(text)
    return Cell(right, of, float(confidence))


def _damaged(path: Path, line: str) -> ModelsError:
    return ModelsError(
        f"{path}: not a calibration: {line[:80]!r}; make it anew with `congvan calibrate`",
        f"{path}: không phải bảng hiệu chỉnh: {line[:80]!r}; hãy tạo lại bằng `congvan calibrate`",
    )
