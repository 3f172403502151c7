"""The catalogue for analysts: every table as a pandas DataFrame, SQL over all of them, and search.

    import pipeline

    catalogue = pipeline.open("data/processed")
    catalogue.dispatches.groupby("type_name", observed=True).size()
    catalogue.sql("SELECT agency, count(*) FROM dispatches GROUP BY ALL")
    catalogue.search('"thi đua" nam:2020')

`docs/analysts.md` is a tutorial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from pipeline import store
from pipeline.errors import CatalogueError, QueryError
from pipeline.search import Filters, Hit, Searcher
from pipeline.store.schema import TABLES
from pipeline.text.unicode import fold

DAYS = frozenset(("issued_on", "arrived_on", "start", "end", "deadline", "period_start", "period_end"))
TIMES = frozenset(("ingested_at", "seen_at", "at", "signed_at"))
CATEGORIES = frozenset((
    "media_type", "origin", "language", "parent_agency", "agency", "agency_id", "type_code", "type_name", "place",
    "urgency", "secrecy", "signing_authority", "signer_position", "review_state", "author", "kind", "block",
    "movement_id", "precision", "role", "relation", "state", "problem_code", "stage", "code", "tag", "actor",
))  # fmt: skip
"""The columns of a table that pandas holds as days, as times, and as one of few values."""

_DTYPES = {"text": pd.StringDtype(), "integer": pd.Int64Dtype(), "boolean": pd.BooleanDtype()}


class Catalogue:
    """The tables of one folder of results. DataFrames are read when first asked for, and kept."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.tables = tuple(name for name in TABLES if self._path(name).is_file())
        if not self.tables:
            raise CatalogueError(
                f"no tables in {out / 'tables'}: run `congvan ingest` first",
                f"chưa có bảng nào trong {out / 'tables'}: hãy chạy `congvan ingest` trước",
            )
        self._frames: dict[str, pd.DataFrame] = {}

    def __repr__(self) -> str:
        return f"<Catalogue {self.out}: {len(self.dispatches)} dispatches, tables {', '.join(self.tables)}>"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in TABLES:
            raise AttributeError(f"no table {name!r}; tables: {', '.join(TABLES)}")
        return self.table(name)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, typed: days and times as datetimes, few values as categories, nullable whole numbers.

        A date of issue of which only the month or year is known is NaT in `issued_on`; `issued_on_text`
        has it as it stands, and `issued_year` its year.
        """
        if name not in self.tables:
            raise CatalogueError(f"no table {name!r}: {', '.join(self.tables)}", f"không có bảng {name!r}")
        if name not in self._frames:
            self._frames[name] = typed(pd.read_parquet(self._path(name)), name)
        return self._frames[name]

    def sql(self, query: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return what an SQL query over the tables gives (DuckDB; `fold(x)` is x without case and diacritics).

        The table `references` has a second name that needs no quotation marks: `refs`.
        """
        try:
            return self._duckdb.execute(query, parameters).df()
        except duckdb.Error as error:
            raise QueryError(f"SQL: {error}", f"SQL: {error}") from error

    def search(self, query: str, *, filters: Filters | None = None, limit: int = 100, offset: int = 0) -> pd.DataFrame:
        """Return what a query finds (`docs/search.md`), best first; `attrs` hold the total and the facets."""
        results = self._searcher.search(query, filters=filters, limit=limit, offset=offset)
        rows = [{field.name: getattr(hit, field.name) for field in fields(Hit)} for hit in results.hits]
        for row, hit in zip(rows, results.hits, strict=True):
            row["snippet"] = hit.snippet.text if hit.snippet else None
        frame = pd.DataFrame(rows, columns=[field.name for field in fields(Hit)])
        frame.attrs = {
            "total": results.total,
            "facets": {name: [asdict(facet) for facet in found] for name, found in results.facets.items()},
        }
        return frame

    def _path(self, table: str) -> Path:
        return self.out / "tables" / f"{table}.parquet"

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher(store.connect(self.out, readonly=True))

    @cached_property
    def _duckdb(self) -> duckdb.DuckDBPyConnection:
        """DuckDB with a view for each table, which can read these files and nothing else, here or elsewhere."""
        connection = duckdb.connect()
        folder = str((self.out / "tables").resolve()).replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{folder}']")
        connection.execute("SET enable_external_access = false")
        for name in self.tables:
            source = f"read_parquet('{folder}/{name}.parquet')"
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {source}')
        connection.execute('CREATE VIEW refs AS SELECT * FROM "references"')
        connection.create_function("fold", fold, ["VARCHAR"], "VARCHAR")
        connection.execute("SET lock_configuration = true")
        return connection


def open_catalogue(out: str | Path) -> Catalogue:
    """Open the tables of a folder of results; raises CatalogueError."""
    return Catalogue(Path(out))


def typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a table's rows with the types of its columns."""
    made: dict[str, pd.Series] = {}
    for column in TABLES[table]:
        values = frame[column.name]
        if column.name in DAYS:
            made[column.name] = pd.to_datetime(values, format="%Y-%m-%d", errors="coerce", exact=True)
            if column.name == "issued_on":
                made["issued_on_text"] = values.astype("string")
                made["issued_year"] = pd.to_numeric(values.str[:4]).astype("Int64")
        elif column.name in TIMES:
            made[column.name] = pd.to_datetime(values, format="ISO8601", utc=True)
        elif column.name in CATEGORIES:
            made[column.name] = values.astype("category")
        elif column.type == "list":
            made[column.name] = values.map(list, na_action="ignore")
        elif column.type in _DTYPES:
            made[column.name] = values.astype(_DTYPES[column.type])
        else:
            made[column.name] = values.astype("float64")
    return pd.DataFrame(made)
