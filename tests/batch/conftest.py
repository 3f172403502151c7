"""An input folder, an output folder, and a run from the one to the other."""

from pathlib import Path

import pytest

from pipeline.batch import Options
from tests.batch.folder import Run, results


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def ingest(inbox: Path, out: Path) -> Run:
    """Run an ingest in this process and return the state of every file that was worked on."""

    def go(options: Options | None = None) -> dict[str, str]:
        return {r.source_path: r.state for r in results(inbox, out, options or Options(engine="inline"))}

    return go
