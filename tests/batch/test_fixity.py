"""What `verify` finds, and that a backup brings back what was."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline import store
from pipeline.batch.fixity import backup, restore, verify
from pipeline.cli import main
from pipeline.cli.care import ADVICE
from pipeline.errors import CatalogueError
from tests.batch.folder import Run, dispatch, table


@pytest.fixture
def full(inbox: Path, out: Path, ingest: Run) -> Path:
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "b.txt").write_text(dispatch(8))
    (inbox / "copy.txt").write_text(dispatch(8))
    (inbox / "empty.txt").write_bytes(b"")
    ingest()
    return out


def codes(out: Path) -> list[tuple[str, str, str]]:
    return [(finding.part, finding.subject, finding.code) for finding in verify(out)]


def run_sql(out: Path, *statements: str) -> None:
    connection = sqlite3.connect(out / store.FILE)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def first_reading(out: Path) -> Path:
    return min((out / "documents").glob("*.gz"))


DAMAGES: dict[str, tuple[Callable[[Path, Path], object], tuple[str, str]]] = {
    "source changed": (lambda i, o: (i / "a.txt").write_text("x"), ("sources", "changed")),
    "source gone": (lambda i, o: (i / "a.txt").unlink(), ("sources", "missing")),
    "inbox gone": (lambda i, o: shutil.rmtree(i), ("sources", "missing")),
    "reading gone": (lambda i, o: first_reading(o).unlink(), ("documents", "reading-lost")),
    "reading cut": (lambda i, o: first_reading(o).write_bytes(b"\x1f\x8b"), ("documents", "reading-lost")),
    "table gone": (lambda i, o: (o / "tables/dates.parquet").unlink(), ("tables", "tables-stale")),
    "table cut": (lambda i, o: (o / "tables/dates.parquet").write_bytes(b"PAR1"), ("tables", "tables-damaged")),
    "table of another run": (
        lambda i, o: shutil.copy(o / "tables/zones.parquet", o / "tables/dates.parquet"),
        ("tables", "tables-differ"),
    ),
    "dispatch gone": (
        lambda i, o: run_sql(o, "DELETE FROM dispatches WHERE number = '7'"),
        ("catalogue", "done-without-dispatch"),
    ),
    "row of nothing": (
        lambda i, o: run_sql(o, "INSERT INTO dates (dispatch_id, ordinal) VALUES ('x', 1)"),
        ("catalogue", "row-without-dispatch"),
    ),
    "source row gone": (
        lambda i, o: run_sql(o, "DELETE FROM sources WHERE source_path = 'a.txt'"),
        ("catalogue", "dispatch-without-source"),
    ),
    "no state": (lambda i, o: run_sql(o, "UPDATE sources SET state = 'lost'"), ("catalogue", "unknown-state")),
}


def test_a_whole_output_has_no_findings(full: Path) -> None:
    assert codes(full) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_found(full: Path, inbox: Path, damage: str) -> None:
    act, (part, code) = DAMAGES[damage]
    act(inbox, full)
    assert (part, code) in {(finding[0], finding[2]) for finding in codes(full)}


def tear(out: Path) -> None:
    """Overwrite pages in the middle of the catalogue."""
    connection = sqlite3.connect(out / store.FILE)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with (out / store.FILE).open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xff" * 4096 * 20)


def test_a_torn_catalogue_is_found(full: Path) -> None:
    tear(full)
    assert any(code == "catalogue-damaged" for _, _, code in codes(full))


@pytest.mark.parametrize("words", [["status"], ["search", "cây"], ["backup"], ["export"], ["stats"], ["tag", "log"]])
def test_a_torn_catalogue_is_an_error_that_says_what_to_do(
    full: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tear(full)
    assert main([*words, "--out", str(full), "--lang", "en"]) == 1
    assert "congvan restore" in capsys.readouterr().err


def test_a_backup_is_put_in_the_place_of_a_torn_catalogue(full: Path, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.sqlite")
    before = table(full, "dispatches")
    tear(full)
    kept = restore(full, copy, now="2026-01-02T03:04:05")
    assert kept is not None
    assert b"\xff" * 4096 in kept.read_bytes()
    assert table(full, "dispatches") == before
    assert codes(full) == []


def test_every_finding_comes_with_what_to_do(full: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "a.txt").unlink()
    for lang, advice in zip(("vi", "en"), ADVICE["missing"], strict=True):
        assert main(["verify", "--out", str(full), "--lang", lang]) == 3
        assert advice in capsys.readouterr().out
    assert {code for _, (_, code) in DAMAGES.values()} <= ADVICE.keys()


def test_damaged_models_are_found(full: Path, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/manifest.toml").write_text('[sha256]\n"a.tsv" = "0"\n')
    assert [finding.code for finding in verify(full, models_folder=tmp_path / "models")] == ["models-damaged"]


def test_a_backup_brings_back_what_was_and_keeps_what_is(full: Path, inbox: Path, ingest: Run, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "safe/copy.sqlite")
    before = table(full, "dispatches")
    run_sql(full, "DELETE FROM dispatches")
    kept = restore(full, copy, now="2026-01-02T03:04:05")
    assert table(full, "dispatches") == before
    assert codes(full) == []
    assert ingest() == {}
    assert kept is not None
    connection = sqlite3.connect(kept)
    assert connection.execute("SELECT count(*) FROM dispatches").fetchone() == (0,)
    connection.close()


def test_two_restores_in_one_second_keep_both_catalogues(full: Path, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.sqlite")
    run_sql(full, "DELETE FROM dispatches")
    kept = [restore(full, copy, now="2026-01-02T03:04:05") for _ in range(2)]
    counts = []
    for path in kept:
        assert path is not None
        with closing(sqlite3.connect(path)) as connection:
            counts += connection.execute("SELECT count(*) > 0 FROM dispatches").fetchone()
    assert counts == [0, 1]


def test_a_backup_can_be_restored_where_there_is_nothing(full: Path, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.sqlite")
    assert restore(tmp_path / "new", copy, now="2026-01-02T03:04:05") is None
    assert table(tmp_path / "new", "dispatches") == table(full, "dispatches")


def test_a_catalogue_beyond_repair_is_set_aside(full: Path, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.sqlite")
    before = table(full, "dispatches")
    for ending in ("-wal", "-shm"):
        (full / f"{store.FILE}{ending}").unlink(missing_ok=True)
    (full / store.FILE).write_bytes(b"scribble" * 4096)
    kept = restore(full, copy, now="2026-01-02T03:04:05")
    assert kept is not None
    assert kept.read_bytes().startswith(b"scribble")
    assert table(full, "dispatches") == before


@pytest.mark.parametrize("content", [None, b"", b"no database" * 1000])
def test_what_is_no_backup_is_refused_and_harms_nothing(full: Path, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "copy.sqlite").write_bytes(content)
    with pytest.raises(CatalogueError):
        restore(full, tmp_path / "copy.sqlite", now="2026-01-02T03:04:05")
    assert codes(full) == []
