"""Out of one catalogue and into another: nothing of what people did is lost, nothing comes twice."""

import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline import store
from pipeline.people import ChangeError, corrections, exchange, tags
from pipeline.people.tags import Edit

from .conftest import IDS, LAN, MINH, ingest


def work(connection: sqlite3.Connection) -> None:
    first = tags.apply(connection, IDS[:3], Edit.of(["a"]), LAN).change_id
    tags.apply(connection, IDS[:1], Edit.of(["b"], ["a"]), MINH)
    corrections.set_field(connection, IDS[0], "number", "31", LAN)
    undone = corrections.set_field(connection, IDS[1], "number", "99", LAN)
    corrections.undo(connection, undone, MINH)
    assert first


def shown(connection: sqlite3.Connection) -> tuple[list[tuple[object, ...]], list[object]]:
    held = [tuple(row) for row in connection.execute("SELECT * FROM tags ORDER BY 1, 2")]
    return held, [row["number"] for row in store.read(connection, "dispatches")]


def test_a_rebuilt_catalogue_takes_everything_over(catalogue: sqlite3.Connection, tmp_path: Path) -> None:
    work(catalogue)
    lines = list(exchange.dump(catalogue))
    other = store.connect(tmp_path / "other")
    for dispatch_id in IDS[1:]:
        ingest(other, dispatch_id)
    assert exchange.load(other, lines) == len(lines) == 5
    assert exchange.load(other, lines) == 0
    ingest(other, IDS[0])
    with store.transaction(other):
        corrections.lay_over(other, IDS[0], fresh=True)
    assert shown(other) == shown(catalogue)
    assert list(exchange.dump(other)) == lines
    other.close()


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"change_id": "x"}'])
def test_a_line_that_is_no_change_is_refused_whole(catalogue: sqlite3.Connection, line: str) -> None:
    work(catalogue)
    lines = list(exchange.dump(catalogue))
    before = shown(catalogue)
    with pytest.raises(ChangeError, match="line 6"):
        exchange.load(catalogue, [*lines, line])
    assert shown(catalogue) == before


@pytest.mark.parametrize("name", ["tags.xlsx", "tags.csv"])
def test_a_spreadsheet_goes_round(catalogue: sqlite3.Connection, tmp_path: Path, name: str) -> None:
    tags.apply(catalogue, IDS[:1], Edit.of(["a", "b/c"]), LAN)
    path = tmp_path / name
    assert exchange.write_sheet(catalogue, IDS[:2], path) == 2
    assert exchange.read_sheet(path) == {IDS[0]: ["a", "b/c"], IDS[1]: []}
    assert tags.plan(catalogue, exchange.read_sheet(path)) == ((), tags.Outcome(None, 0, ()))


def test_no_cell_runs_as_a_formula(catalogue: sqlite3.Connection, tmp_path: Path) -> None:
    corrections.set_field(catalogue, IDS[0], "subject", "=HYPERLINK(1)", LAN)
    exchange.write_sheet(catalogue, IDS[:1], tmp_path / "t.xlsx")
    row = next(load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    assert row[5] == "'=HYPERLINK(1)"


def test_a_sheet_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,thẻ\n1,a\n", "utf-8")
    with pytest.raises(ChangeError, match="dispatch_id"):
        exchange.read_sheet(tmp_path / "x.csv")
