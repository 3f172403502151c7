"""Runs over a folder: what is new, changed, moved, gone, twice, bad or secret."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from pipeline import people, read, stages, store
from pipeline.batch import Options, run
from pipeline.batch.fixity import verify
from pipeline.batch.release import release
from pipeline.batch.status import read_status
from pipeline.document import Box, Document, Line, Page, Problem, Word
from pipeline.errors import CatalogueError, InputError
from pipeline.people import corrections
from pipeline.read.reading import Reading
from pipeline.settings import Settings
from pipeline.store import readings
from pipeline.store.canonical import canonical
from tests.batch.folder import Run, dispatch, results, table

INLINE = Options(engine="inline")


def numbers(out: Path) -> dict[str, object]:
    return {str(row["source_path"]): row["number"] for row in table(out, "dispatches")}


def test_every_file_is_in_one_state_and_a_second_run_opens_none(
    inbox: Path, out: Path, ingest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "b.txt").write_text(dispatch(8))
    (inbox / "copy.txt").write_text(dispatch(7))
    (inbox / "empty.pdf").write_bytes(b"")
    (inbox / "noise.doc").write_bytes(bytes(range(256)) * 9)
    (inbox / "link.pdf").symlink_to("a.txt")
    first = ingest()
    assert first == {
        "a.txt": "done", "b.txt": "done", "copy.txt": "duplicate",
        "empty.pdf": "quarantined", "noise.doc": "quarantined", "link.pdf": "quarantined",
    }  # fmt: skip
    status = read_status(out, lang="vi")
    assert (status.found, sum(status.counts.values())) == (6, 6)
    codes = {bad.source_path: bad.code for bad in status.problems}
    assert codes == {"empty.pdf": "empty-file", "noise.doc": "unsupported-format", "link.pdf": "not-a-file"}
    assert all(bad.message for bad in status.problems)

    def opened(*_: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("pipeline.batch.job.fingerprint", opened)
    monkeypatch.setattr("pipeline.batch.work.read_stable", opened)
    assert ingest() == {}


def test_the_parquet_files_show_the_catalogue_and_come_back_when_deleted(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    (out / "tables/dispatches.parquet").unlink()
    ingest()
    assert pd.read_parquet(out / "tables/dispatches.parquet")["number"].tolist() == ["7"]


def test_references_find_their_dispatch_whichever_came_first(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "b.txt").write_text(dispatch(8))
    ingest()
    assert {row["target_dispatch_id"] for row in table(out, "references")} == {None}
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    ids = {row["source_path"]: row["dispatch_id"] for row in table(out, "dispatches")}
    linked = {row["dispatch_id"]: row["target_dispatch_id"] for row in table(out, "references")}
    assert linked == {ids["a.txt"]: None, ids["b.txt"]: ids["a.txt"]}


def test_a_file_that_is_mended_takes_the_place_of_its_first_version(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    (inbox / "a.txt").write_text(dispatch(7, about="trồng cây đầu xuân năm 2021"))
    assert ingest() == {"a.txt": "done"}
    assert [row["subject"] for row in table(out, "dispatches")] == ["trồng cây đầu xuân năm 2021"]
    assert read_status(out).found == 1


def test_another_dispatch_under_a_used_name_takes_nothing_away(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "scan001.txt").write_text(dispatch(7))
    ingest()
    (inbox / "scan001.txt").write_text(dispatch(9, about="phòng cháy rừng"))
    ingest()
    assert sorted(str(row["number"]) for row in table(out, "dispatches")) == ["7", "9"]
    assert (read_status(out).found, read_status(out).gone) == (2, 1)


def test_what_was_read_stays_when_its_file_goes_and_is_not_read_again_when_it_comes_back(
    inbox: Path, out: Path, ingest: Run
) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "bad.txt").write_bytes(b"")
    ingest()
    before = [(row["source_path"], row["sha256"], row["state"]) for row in table(out, "sources")]
    (inbox / "a.txt").rename(inbox.parent / "away.txt")
    (inbox / "bad.txt").unlink()
    assert ingest() == {}
    assert numbers(out) == {"a.txt": "7"}
    assert (read_status(out).counts["quarantined"], read_status(out).gone) == (0, 1)
    (inbox.parent / "away.txt").rename(inbox / "a.txt")
    (inbox / "bad.txt").write_bytes(b"")
    ingest()
    assert [(row["source_path"], row["sha256"], row["state"]) for row in table(out, "sources")] == before


def test_a_file_that_moves_takes_its_row_along(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    (inbox / "2021").mkdir()
    (inbox / "a.txt").rename(inbox / "2021/kế hoạch.txt")
    assert ingest() == {"2021/kế hoạch.txt": "done"}
    assert numbers(out) == {"2021/kế hoạch.txt": "7"}
    assert [row["source_path"] for row in table(out, "sources")] == ["2021/kế hoạch.txt"]


@pytest.mark.parametrize("change", ["removed", "rewritten"])
def test_a_duplicate_takes_over_from_a_first_that_is_no_more(inbox: Path, out: Path, ingest: Run, change: str) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "b.txt").write_text(dispatch(7))
    ingest()
    if change == "removed":
        (inbox / "a.txt").unlink()
    else:
        (inbox / "a.txt").write_text(dispatch(9, about="phòng cháy rừng"))
    ingest()
    states = {row["source_path"]: row["state"] for row in table(out, "sources")}
    assert states == {"b.txt": "done"} | ({} if change == "removed" else {"a.txt": "done"})
    assert numbers(out)["b.txt"] == "7"


def test_a_second_inbox_leaves_the_first_alone(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "scan001.txt").write_text(dispatch(7))
    ingest()
    other = inbox.parent / "february"
    other.mkdir()
    (other / "scan001.txt").write_text(dispatch(9))
    results(other, out, INLINE)
    assert sorted(str(row["number"]) for row in table(out, "dispatches")) == ["7", "9"]
    assert read_status(out).gone == 0


def test_a_new_recipe_runs_again_without_reading(
    inbox: Path, out: Path, ingest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    real = stages.stages
    monkeypatch.setattr(
        "pipeline.batch.stages", lambda m: tuple(replace(step, version=step.version + 1) for step in real(m))
    )

    def unread(*_: object, **__: object) -> None:
        raise AssertionError("the file was read again")

    monkeypatch.setattr(read, "read_pages", unread)
    assert ingest() == {"a.txt": "done"}
    assert ingest() == {}


def test_what_a_new_reader_reads_otherwise_is_read_again(
    inbox: Path, out: Path, ingest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    monkeypatch.setattr(read, "VERSION", read.VERSION + 1)
    assert ingest() == {"a.txt": "done"}
    assert ingest() == {}


def test_a_damaged_kept_reading_is_made_anew(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    (kept,) = (out / "documents").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert ingest(Options(engine="inline", settings=Settings(review_below=0.7))) == {"a.txt": "done"}
    assert kept.read_bytes() == whole


def quoting(reading: Reading, **_: object) -> Document:
    raise KeyError(reading.pages[0].lines[0].text)


def test_a_fault_is_tried_again_and_at_last_quarantined(
    inbox: Path, out: Path, ingest: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    with monkeypatch.context() as patch:
        patch.setattr(read, "compose", quoting)
        assert [ingest().get("a.txt") for _ in range(4)] == ["failed", "failed", "quarantined", None]
    assert [row["code"] for row in table(out, "problems")] == ["unexpected-error"]
    assert "KeyError" in caplog.text
    assert "SUỐI LAM" not in caplog.text
    assert ingest(Options(engine="inline", retry=True)) == {"a.txt": "done"}
    assert table(out, "problems") == []


def test_a_failed_new_version_of_the_program_does_not_take_the_rows_away(
    inbox: Path, out: Path, ingest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    ingest()
    monkeypatch.setattr(read, "compose", quoting)
    assert ingest(Options(engine="inline", settings=Settings(review_below=0.7))) == {"a.txt": "failed"}
    assert numbers(out) == {"a.txt": "7"}


def test_problems_of_a_dispatch_are_kept_with_it(
    inbox: Path, out: Path, ingest: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = read.compose

    def compose(*args: object, **options: object) -> Document:
        return real(*args, **options).trouble(Problem("zones", "stage-failed", "why"))  # type: ignore[arg-type]

    (inbox / "a.txt").write_text(dispatch(7))
    monkeypatch.setattr(read, "compose", compose)
    assert ingest() == {"a.txt": "done"}
    assert [(row["source_path"], row["code"]) for row in table(out, "problems")] == [("a.txt", "stage-failed")]
    assert "problem:stage-failed" in str(table(out, "dispatches")[0]["review_reason"])


def test_a_single_file_is_brought_up_to_date_and_the_others_stay_as_they_are(inbox: Path, out: Path) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "b.txt").write_text(dispatch(8))
    (inbox / "empty.pdf").write_bytes(b"")
    results(inbox, out, INLINE)
    before = read_status(out)
    assert results(inbox / "b.txt", out, INLINE) == []
    assert read_status(out) == before
    (inbox / "b.txt").write_text(dispatch(9))
    assert [(r.source_path, r.state) for r in results(inbox / "b.txt", out, INLINE)] == [("b.txt", "done")]
    assert {**read_status(out).counts, "gone": read_status(out).gone} == {**before.counts, "done": 3, "gone": 1}


def test_a_folder_is_not_read_into_itself(inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.txt").write_text(dispatch(7))
    (tmp_path / "link").symlink_to(inbox)
    for other in (inbox, tmp_path / "link", inbox / ".." / inbox.name):
        with pytest.raises(InputError, match="folder of their own"):
            results(inbox, other, INLINE)
    assert [path.name for path in inbox.iterdir()] == ["a.txt"]


def test_of_a_dispatch_that_turns_out_to_be_secret_no_word_stays(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version finds a stamp that an earlier one had missed."""
    said = ("qwyzzarr", "khzyrrot")  # the words of no other dispatch, one of them typed by a person
    (inbox / "secret.txt").write_text(dispatch(5, about=f"việc {said[0]}", stamp="MẬT"))
    for number in range(20, 30):
        (inbox / f"{number}.txt").write_text(dispatch(number))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.batch.work.evidence", lambda _: None)
        results(inbox, out, INLINE)
    (secret,) = (row["dispatch_id"] for row in table(out, "sources") if row["source_path"] == "secret.txt")
    with closing(store.connect(out)) as connection:
        by = people.author("Lan", datetime(2026, 1, 2, tzinfo=UTC))
        corrections.set_field(connection, str(secret), "place", said[1], by)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert said[0].encode() in (out / store.FILE).read_bytes()
    monkeypatch.setattr(read, "VERSION", read.VERSION + 1)
    assert {r.state for r in results(inbox, out, INLINE)} == {"done", "restricted"}
    for path in (path for path in out.rglob("*") if path.is_file()):
        found = path.read_bytes()
        assert said[0].encode() not in found, path
        assert path.name == store.FILE or said[1].encode() not in found, path  # law 2: what a person did stays
    assert "corrections.parquet" in {path.name for path in (out / "tables").iterdir()}
    assert pd.read_parquet(out / "tables/corrections.parquet").empty
    assert not list(verify(out))


def test_a_secret_is_recorded_and_nothing_else_until_a_person_releases_it(inbox: Path, out: Path, ingest: Run) -> None:
    (inbox / "a.txt").write_text(dispatch(7, about="gác đêm ở Đồi Thông", stamp="TỐI MẬT"))
    (inbox / "b.txt").write_text(dispatch(8, about="hoạt động của Mặt trận Tổ quốc và bảo vệ bí mật nhà nước"))
    assert ingest() == {"a.txt": "restricted", "b.txt": "done"}
    assert numbers(out) == {"b.txt": "8"}
    (row,) = (row for row in table(out, "sources") if row["state"] == "restricted")
    assert row["sha256"]
    assert "TỐI MẬT" in read_status(out).problems[0].message
    secret = str(row["dispatch_id"])
    assert readings.load(out / "documents", secret) is None
    assert "Đồi Thông".encode() not in b"".join(path.read_bytes() for path in out.glob("dispatches.sqlite*"))
    assert ingest() == {}

    connection = store.connect(out)
    by = people.author("Nguyễn Thị Văn Thư", datetime(2026, 1, 2, tzinfo=UTC))
    release(connection, secret, by)
    with pytest.raises(CatalogueError):
        release(connection, "f" * 16, by)
    connection.close()
    assert ingest() == {"a.txt": "done"}
    assert numbers(out) == {"a.txt": "7", "b.txt": "8"}
    assert ingest() == {}


def test_shards_share_the_work_and_copies_fall_in_one_shard(inbox: Path, out: Path) -> None:
    for i in range(12):
        (inbox / f"{i:02}.txt").write_text(dispatch(i // 2))
    parts = [
        {r.source_path for r in results(inbox, out / str(i), Options(engine="inline", shard=(i, 3)))} for i in (1, 2, 3)
    ]
    assert set.union(*parts) == {f"{i:02}.txt" for i in range(12)}
    assert sum(map(len, parts)) == 12
    assert all({path, f"{int(path[:2]) ^ 1:02}.txt"} <= part for part in parts for path in part)


def test_stopping_early_keeps_what_is_finished(inbox: Path, out: Path, ingest: Run) -> None:
    for i in range(3):
        (inbox / f"{i}.txt").write_text(dispatch(i + 1))
    walk = run(inbox, out, INLINE)
    assert next(walk).done == 1
    walk.close()  # type: ignore[attr-defined]
    assert numbers(out) == {"0.txt": "1"}
    assert set(ingest()) == {"1.txt", "2.txt"}


def test_limits_are_kept_before_any_work(inbox: Path, out: Path, ingest: Run) -> None:
    with (inbox / "huge.pdf").open("wb") as file:
        file.truncate(10**12)  # a terabyte of holes
    assert ingest() == {"huge.pdf": "quarantined"}
    assert read_status(out).problems[0].code == "too-large"
    assert ingest() == {}


def test_a_missing_inbox_is_an_error(out: Path) -> None:
    with pytest.raises(InputError):
        results(out / "none", out, INLINE)


def test_a_kept_reading_gives_what_the_first_run_gave(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A run killed between keeping a reading and recording its results takes the reading again."""

    def measured(data: bytes, **_: object) -> Reading:
        lines = [
            Line(tuple(Word(w, Box(1, 60.123456, 20.04 * n, 99.987654, 20.04 * n + 12), 0.90659675) for w in t.split()))
            for n, t in enumerate(data.decode().splitlines(), 2)
            if t
        ]
        return Reading("application/pdf", (Page(1, 595.276, 841.89, tuple(lines), "ocr"),), "scan")

    monkeypatch.setattr("pipeline.read.read_pages", measured)
    (inbox / "a.txt").write_text(dispatch(7))
    again = tmp_path / "again"
    for folder in (out, again):
        assert [r.state for r in results(inbox, folder, Options(engine="inline"))] == ["done"]
        if folder == out:
            shutil.copytree(out / "documents", again / "documents")
            monkeypatch.setattr("pipeline.read.read_pages", lambda *_, **__: pytest.fail("the reading was kept"))
    texts = []
    for folder in (out, again):
        with closing(store.connect(folder)) as connection:
            texts.append(list(canonical(connection)))
    assert texts[0] == texts[1]
    assert any('"ocr_confidence": 0.907' in line for line in texts[0])
