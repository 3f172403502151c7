"""The measure that anyone can repeat: what is made for it, and that its commands run."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from benchmarks import accuracy
from pipeline.cli import main
from pipeline.evaluate import evaluate


def test_each_dispatch_is_made_in_every_way_with_one_truth() -> None:
    made = list(accuracy.samples(1, seed=3))
    assert [one.origin for one in made] == ["born_digital", "word", *["scan"] * 4]
    assert len({one.name for one in made}) == 6
    (truth,) = {json.dumps(one.dispatch.fields) for one in made}
    assert json.loads(truth)["agency"]


def test_gold_says_how_damaged_a_scan_is(tmp_path: Path) -> None:
    digital, _, *scans = accuracy.samples(1, seed=3)
    for one in (digital, *scans):
        accuracy.write(tmp_path, one)
    gold = [json.loads(path.read_text("utf-8")) for path in sorted((tmp_path / "gold").iterdir())]
    assert [one.get("damage") for one in gold] == [None, 0, 1, 2, 3]


@pytest.mark.slow
def test_typed_dispatches_are_measured_and_calibrated_from_the_command_line(tmp_path: Path) -> None:
    for made in list(accuracy.samples(3, seed=3)):
        if made.origin != "scan":
            made.write(tmp_path)
    out = tmp_path / "out"
    assert main(["ingest", str(tmp_path / "documents"), "--out", str(out), "--jobs", "1", "--lang", "en"]) == 0
    found = {}
    for command in ("evaluate", "calibrate"):
        answer = StringIO()
        with redirect_stdout(answer):
            assert main([command, str(tmp_path / "gold"), "--out", str(out), "--format", "json"]) == 0
        found[command] = json.loads(answer.getvalue())
    assert found["evaluate"]["documents"] == 6
    assert set(found["evaluate"]["sources"]) == {"print", "word"}
    assert found["evaluate"]["fields"]["all"]["exact"]["share"] > 0.95
    assert found["calibrate"]["fields"]["sure"]["of"] > 0
    page = tmp_path / "page.md"
    page.write_text(f"before\n{accuracy.START}\nold\n{accuracy.END}\nafter\n", "utf-8")
    for _ in range(2):
        accuracy.renew(page, evaluate(tmp_path / "gold", out / "tables"))
    renewed = page.read_text("utf-8")
    assert "old" not in renewed
    assert renewed.startswith(f"before\n{accuracy.START}\n| source | files |")
    assert renewed.endswith(f"{accuracy.END}\nafter\n")
    assert renewed.count("| Born-digital PDF | 3 | 1.000 |") == 1
    assert (out / "evaluation" / "evaluation.html").stat().st_size > 10_000
