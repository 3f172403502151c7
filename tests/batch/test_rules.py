"""Rules at the end of a run: what an ingest brings is tagged, and what a person took off stays off."""

from pathlib import Path

from pipeline import store
from pipeline.batch import Options, run
from pipeline.people import Author, tags
from pipeline.people.rules import Rule
from pipeline.people.tags import Edit
from tests.batch.folder import dispatch, table


def tagged(out: Path) -> dict[str, int]:
    connection = store.connect(out, readonly=True)
    try:
        return dict(tags.tree(connection))
    finally:
        connection.close()


def test_what_a_run_brings_is_tagged(inbox: Path, out: Path) -> None:
    options = Options(engine="inline", rules=(Rule("số", "so:7", ("đợt-1",)),))
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "b.txt").write_text(dispatch(8))
    list(run(inbox, out, options))
    assert tagged(out) == {"đợt-1": 1}
    assert table(out, "tags")[0]["tag"] == "đợt-1"
    connection = store.connect(out)
    (row,) = store.read(connection, "tags")
    tags.apply(connection, [str(row["dispatch_id"])], Edit.of([], ["đợt-1"]), Author("Lan", "2026-03-02"))
    connection.close()
    (inbox / "c.txt").write_text(dispatch(9))
    list(run(inbox, out, options))
    assert tagged(out) == {}
