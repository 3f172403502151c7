"""Catalogues that several tests read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import store
from tests import catalogues


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results with a small invented catalogue; read it only."""
    return catalogues.build(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def reading(filled: Path) -> Iterator[sqlite3.Connection]:
    """The same catalogue, open for reading."""
    connection = store.connect(filled, readonly=True)
    yield connection
    connection.close()
