"""Records become files by a query, by tags or by a table; what is restricted never does."""

import sqlite3
from pathlib import Path

import pytest

from pipeline import store
from pipeline.archive.dossiers import by_query, by_table, by_tags, gathered
from pipeline.archive.records import gather, in_filing_order
from pipeline.errors import ArchiveError
from tests.archive import filing
from tests.archive.filing import record
from tests.catalogues import id_of


def slugs(records: object) -> list[str]:
    return [one.source_path.removesuffix(".pdf") for one in records]  # type: ignore[attr-defined]


def table(folder: Path, *lines: str) -> Path:
    path = folder / "hồ-sơ.tsv"
    path.write_text("\n".join(line.replace("|", "\t") for line in lines) + "\n", encoding="utf-8")
    return path


def test_by_tags_in_filing_order(catalogue: sqlite3.Connection) -> None:
    found = gathered(catalogue, by_tags(catalogue, {}))
    assert {one.code: slugs(one.records) for one in found} == {
        "01.2020.TĐ": ["launch", "plan"],
        "02.2022.KT": ["praise"],
    }


def test_by_query(catalogue: sqlite3.Connection) -> None:
    (found,) = gathered(catalogue, by_query(" 03 ", [id_of("plan"), id_of("launch"), "ffff"], {"title": "a"}))
    assert (found.code, slugs(found.records), found.given, found.left_out) == (
        "03",
        ["launch", "plan"],
        {"title": "a"},
        1,
    )


def test_by_table(catalogue: sqlite3.Connection, tmp_path: Path) -> None:
    path = table(tmp_path, "code|title|tag|query|retention", "01|Thi đua|01.2020.tđ||", "02|Khen||x|vĩnh viễn")
    found = gathered(catalogue, by_table(catalogue, path, lambda q: [id_of("praise")], {"retention": "5 năm"}))
    assert [(one.code, slugs(one.records), one.given) for one in found] == [
        ("01", ["launch", "plan"], {"title": "Thi đua", "retention": "5 năm"}),
        ("02", ["praise"], {"title": "Khen", "retention": "vĩnh viễn"}),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("code|title", "01|a"),
        ("title|tag", "a|b"),
        ("code|tag|colour", "01|b|red"),
        ("code|tag|query", "01|a|b"),
        ("code|tag|query", "01||"),
        ("code|tag", "|a"),
        ("code|tag", "01|a", "01|b"),
        ("code|tag",),
    ],
    ids=["no choice", "no code", "unknown column", "both", "neither", "empty code", "twice", "no rows"],
)
def test_a_table_that_is_wrong(catalogue: sqlite3.Connection, tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(ArchiveError):
        by_table(catalogue, table(tmp_path, *lines), lambda q: [], {})


def test_a_table_that_is_not_there(catalogue: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="TSV"):
        by_table(catalogue, tmp_path / "none", lambda q: [], {})


def test_a_query_needs_a_code() -> None:
    with pytest.raises(ArchiveError, match="--code"):
        by_query(" ", [], {})


def test_only_what_a_person_has_checked(catalogue: sqlite3.Connection) -> None:
    found = gathered(catalogue, by_tags(catalogue, {}), only_checked=True)
    assert [(slugs(one.records), one.left_out) for one in found] == [(["launch", "plan"], 1), ([], 1)]


def test_what_is_restricted_is_never_gathered(tmp_path: Path) -> None:
    connection = store.connect(filing.build(tmp_path))
    assert "5ec7e75ec7e75ec7" not in gather(connection, ["5ec7e75ec7e75ec7", id_of("plan")])
    connection.execute("UPDATE sources SET state = 'restricted' WHERE dispatch_id = ?", (id_of("plan"),))
    assert gather(connection, [id_of("plan")]) == {}
    connection.close()


def test_what_the_catalogue_knows_of_a_record(catalogue: sqlite3.Connection, kept: Path) -> None:
    found = gather(catalogue, [id_of("launch")])[id_of("launch")]
    assert found.movements == ("Xanh nhà, sạch xưởng", "Lao động giỏi")
    assert set(filing.FILED_UNDER["launch"]) < set(found.tags)
    assert found.path == kept.parent / "in" / "launch.pdf"


def test_a_file_that_is_gone_has_no_path(tmp_path: Path) -> None:
    connection = store.connect(filing.build(tmp_path))
    (tmp_path / "in/plan.pdf").unlink()
    assert gather(connection, [id_of("plan")])[id_of("plan")].path is None
    connection.close()


def test_order_is_by_day_then_number() -> None:
    records = [
        record(1, number="10"), record(2, number="9", issued_on="2024-03-01"), record(3, issued_on=None),
        record(4, issued_on="2024-03"), record(5, number=None, issued_on="2024-03-01"),
    ]  # fmt: skip
    assert [one.id[-1] for one in in_filing_order(records)] == ["4", "5", "2", "1", "3"]
