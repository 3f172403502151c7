"""The tables in the browser: Datasette on the catalogue, read-only, with our search, titles and questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import store
from pipeline.errors import MissingToolError
from pipeline.explore.metadata import metadata
from pipeline.store.labels import Lang

if TYPE_CHECKING:
    from datasette.app import Datasette

SETTINGS = {
    "allow_download": False,
    "facet_time_limit_ms": 1000,
    "sql_time_limit_ms": 5000,
    "truncate_cells_html": 300,
    "default_page_size": 50,
    "default_facet_size": 12,
    "suggest_facets": False,
}


def application(out: Path, *, lang: Lang = "vi") -> Datasette:
    """Return Datasette on the catalogue of a folder of results; raises CatalogueError, MissingToolError."""
    store.connect(out, readonly=True).close()
    try:
        from datasette.app import Datasette
    except ImportError as error:
        raise MissingToolError(
            "Datasette is not installed: run `make explore`, or `pip install datasette`",
            "chưa cài Datasette: hãy chạy `make explore`, hoặc `pip install datasette`",
        ) from error
    here = Path(__file__).parent
    path = out / store.FILE
    return Datasette(
        files=[str(path)],
        metadata=metadata(lang, database=path.stem) | {"lang": lang},
        template_dir=str(here / "templates"),
        plugins_dir=str(here / "plugins"),
        settings=SETTINGS,
    )
