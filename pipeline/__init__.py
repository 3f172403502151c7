"""congvan: reads Vietnam's official dispatches and turns a folder of scans into tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.catalogue import Catalogue

__version__ = "0.1.0"


def open(out: str | Path = "data/processed") -> Catalogue:  # noqa: A001 (pipeline.open, as gzip.open)
    """Open the tables of a folder of results for pandas, SQL and search; raises CatalogueError."""
    from pipeline.catalogue import open_catalogue  # pandas and DuckDB load only when tables are wanted

    return open_catalogue(out)
