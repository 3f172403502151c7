"""The dispatches that a fresh clone finds in `data/raw/mau/`."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.samples.showcase import WISHES
from pipeline.read.sniff import sniff

DATA = Path(__file__).parent.parent.parent / "data"
FILES = sorted((DATA / "raw" / "mau").iterdir())


def test_every_wish_is_there_with_its_truth() -> None:
    assert [file.stem for file in FILES] == [wish.name for wish in WISHES]
    for file in FILES:
        assert json.loads((DATA / "gold" / f"{file.stem}.json").read_text(encoding="utf-8"))["file"] == file.name


def test_they_are_small_and_of_known_formats() -> None:
    assert sum(file.stat().st_size for file in FILES) < 6_000_000
    assert all(sniff(file.read_bytes()) for file in FILES)
    assert len({sniff(file.read_bytes()) for file in FILES}) == 8
