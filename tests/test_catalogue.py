"""`pipeline.open`: typed tables, SQL that stays inside, search; and every example of the tutorial."""

import doctest
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import CatalogueError, QueryError
from pipeline.store.schema import TABLES
from tests.catalogues import DISPATCHES, build, id_of

TUTORIAL = Path(__file__).parents[1] / "docs/analysts.md"


def test_every_example_of_the_tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path / "data/processed")
    monkeypatch.chdir(tmp_path)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    with pd.option_context("display.width", 120, "display.max_columns", 20):
        failed, tried = doctest.testfile(str(TUTORIAL), module_relative=False, optionflags=flags)
    assert tried > 30
    assert failed == 0
    assert (tmp_path / "due.xlsx").is_file()


def test_every_table_is_there_and_typed(filled: Path) -> None:
    catalogue = pipeline.open(filled)
    assert catalogue.tables == tuple(TABLES)
    for name in TABLES:
        frame = catalogue.table(name)
        assert list(frame.columns)[:1] == [TABLES[name][0].name]
        lists = {column.name for column in TABLES[name] if column.type == "list"}
        assert {column for column, kind in frame.dtypes.items() if str(kind) == "object"} <= lists
    dispatches = catalogue.dispatches.set_index("dispatch_id")
    assert dispatches.loc[id_of("circular"), "page_count"] is pd.NA
    assert dispatches.loc[id_of("plan"), "number"] == "045"
    assert len(dispatches) == len(DISPATCHES)
    assert catalogue.movements.launched.dtype == "boolean"
    assert str(catalogue.dispatches.ingested_at.dt.tz) == "UTC"
    assert catalogue.dispatches is catalogue.dispatches


def test_a_missing_table_says_so(filled: Path) -> None:
    catalogue = pipeline.open(filled)
    with pytest.raises(AttributeError, match="dispatchs"):
        _ = catalogue.dispatchs
    with pytest.raises(CatalogueError):
        catalogue.table("dispatchs")
    assert "directives" in dir(catalogue)
    assert "12 dispatches" in repr(catalogue)


def test_no_tables_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="congvan ingest"):
        pipeline.open(tmp_path)


@pytest.mark.parametrize(
    "query",
    ["SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM 'https://127.0.0.1/a.parquet'",
     "COPY dispatches TO '/tmp/out.csv'", "INSTALL httpfs", "SET enable_external_access = true", "SELEKT"],
)  # fmt: skip
def test_sql_stays_inside(filled: Path, query: str) -> None:
    with pytest.raises(QueryError, match="SQL"):
        pipeline.open(filled).sql(query)


def test_sql_with_values(filled: Path) -> None:
    frame = pipeline.open(filled).sql("SELECT count(*) AS n FROM refs WHERE number = $number", {"number": "05"})
    assert frame.n.tolist() == [2]


def test_importing_the_package_loads_no_pandas() -> None:
    code = "import sys, pipeline; assert not {'pandas', 'duckdb', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=TUTORIAL.parents[1])
