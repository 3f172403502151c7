"""Parsers stand whatever atheris thinks of, for a bounded time."""

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 5


@pytest.mark.slow
@pytest.mark.parametrize("target", ["notations", "days", "fonts", "queries", "levels", "items"])
def test_nothing_breaks_the_parser(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="there is no wheel of atheris for this machine")
    command = [sys.executable, "-m", "tests.faults.fuzz", target, str(SECONDS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + 120)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "DONE" in done.stderr
