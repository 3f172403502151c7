"""Judges weights on new drawn lines as the product reads them: `python -m benchmarks.handwriting.judge`.

Prints how often the likeliest reading is right, and for several rules of belief how many lines are
believed and how many of those are right. A line counts by its number (`Số: 183/…`) or its day and
month. Needs what `train` needs, and the product instead of torch.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.handwriting.lines import draw
from pipeline.ocr import handwriting
from pipeline.ocr.filling import date_in, number_in

RULES = ((0.4, 0.25), (0.7, 1.0), (0.9, 1.0), (0.99, 1.0))
"""The least share of the likeliest value, and the most that the next likely may have of it."""


def values(signs: str) -> dict[str, tuple[str, ...] | None]:
    """Return the number and the date that a reading holds."""
    number, date = number_in(signs), date_in(signs)
    return {"number": number and number[0][:1], "date": date and date[0]}


def shares(line: np.ndarray, kind: str, weights: Path | None) -> list[tuple[float, tuple[str, ...]]]:
    """Return what a line can say and with what share, the likeliest first."""
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for reading in handwriting.read_line(line, weights):
        value = values(reading.signs)[kind]
        if value:
            found[value] += reading.share
    return sorted(((share, value) for value, share in found.items()), reverse=True) or [(0.0, ())]


def main() -> None:
    """Draw lines, read them, print figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("weights", type=Path, nargs="?", help="models/handwriting.npz where not given")
    ask.add_argument("--lines", type=int, default=2000)
    ask.add_argument("--seed", type=int, default=77)
    options = ask.parse_args()
    rng = np.random.default_rng(options.seed)
    read: dict[str, list[tuple[float, float, bool]]] = {"number": [], "date": []}
    for _ in range(options.lines):
        line = draw(rng, held_back=True)
        for kind, truth in values(line.text).items():
            if truth:
                best, *others = shares(line.grey, kind, options.weights)
                rival = others[0][0] / best[0] if others else 0.0
                read[kind].append((best[0], rival, best[1] == truth))
    for kind, lines in read.items():
        print(f"{kind}: {len(lines)} lines, likeliest reading right in {np.mean([right for _, _, right in lines]):.3f}")
        for least, most in RULES:
            believed = [right for share, rival, right in lines if share >= least and rival <= most]
            share = len(believed) / len(lines)
            print(f"  from {least}, the next at most {most} of it: {share:.3f} believed, {np.mean(believed):.4f} right")


if __name__ == "__main__":
    main()
