"""A catalogue with files that several tests read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import store
from tests.archive import filing


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results whose files are there; read it only."""
    return filing.build(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def catalogue(kept: Path) -> Iterator[sqlite3.Connection]:
    """The same catalogue, open for reading."""
    connection = store.connect(kept, readonly=True)
    yield connection
    connection.close()
