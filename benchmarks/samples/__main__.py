"""`python -m benchmarks.samples --count 20 --out DIR --seed 1 --kind scan --damage 2`."""

from __future__ import annotations

import argparse
from itertools import cycle
from pathlib import Path

from benchmarks.samples.compose import make
from benchmarks.samples.files import KINDS, sample


def main() -> None:
    """Write sample dispatches with their truth: `documents/`, `gold/`, and `lines/` for what has pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.samples", description=main.__doc__)
    parser.add_argument("--count", type=int, default=20, help="how many dispatches")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same files")
    parser.add_argument("--kind", nargs="+", choices=[*KINDS, "all"], default=["scan"], help="taken in turn")
    parser.add_argument("--damage", type=int, choices=range(4), default=1, help="0 none, 3 worst; scans only")
    chosen = parser.parse_args()
    kinds = list(KINDS) if "all" in chosen.kind else chosen.kind
    for dispatch, kind in zip(make(chosen.count, seed=chosen.seed), cycle(kinds), strict=False):
        made = sample(dispatch, kind, damage=chosen.damage, seed=chosen.seed)
        made.write(chosen.out)
        print(f"{made.name}\t{kind}\t{dispatch.type_name}\t{len(made.data)} bytes")


if __name__ == "__main__":
    main()
