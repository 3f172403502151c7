"""The small parts of running many: lock, secrecy, links, versions of one dispatch, what crosses the border."""

import json
import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import store
from pipeline.annotations import Field
from pipeline.batch.ledger import recipe_of
from pipeline.batch.links import choose, link_references
from pipeline.batch.lock import FILE, lock, running
from pipeline.batch.outcome import Outcome, Task, Trouble, outcome_from, task_from, to_bytes
from pipeline.batch.same import same_dispatch
from pipeline.batch.secrecy import evidence
from pipeline.document import Box, Document, Line, Page, Span, Word
from pipeline.errors import CongvanError, LockedError, OutputError
from pipeline.settings import Settings
from pipeline.store.rows import Rows


def document(*lines: str) -> Document:
    page = Page(1, None, None, tuple(Line(tuple(Word(word) for word in line.split())) for line in lines))
    return Document.build(id="0" * 16, source="a.txt", pages=(page,))


def test_the_heading_or_a_line_at_the_head_is_evidence() -> None:
    plain = document("Số: 5/BC-UBND", "Về bảo vệ bí mật nhà nước")
    assert evidence(plain) is None
    claim = Field(span=Span(0, 3), confidence=0.9, by="rule:heading", name="secrecy", value="TỐI MẬT")
    assert evidence(plain.annotate([claim])) == "TỐI MẬT, page 1"
    assert evidence(plain.annotate([replace(claim, span=None)])) == "TỐI MẬT, outside the text"
    assert evidence(document("ỦY BAN", "MẬT", "Số: 5")) == "MẬT, page 1"


def test_a_column_that_names_levels_is_no_stamp() -> None:
    assert evidence(document("KẾ HOẠCH", "STT", "Độ mật", "1", "MẬT", "2", "TỐI MẬT")) is None
    assert evidence(document("MẬT", "KẾ HOẠCH", "STT", "Độ mật", "1", "TỐI MẬT")) == "MẬT, page 1"


def placed(number: int, *lines: tuple[str, float]) -> Page:
    """Return a page of lines at heights in points."""
    made = (Line(tuple(Word(w, Box(number, 60, top, 90, top + 12)) for w in text.split())) for text, top in lines)
    return Page(number, 595, 842, tuple(made))


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ([placed(1, ("MẬT", 120))], "MẬT, page 1"),
        ([placed(1, ("MẬT", 700))], None),
        ([placed(1, ("Số: 5/CV", 90)), placed(2, ("DANH MỤC", 60), ("MẬT", 120))], None),
        (
            [placed(1, ("Kính chuyển", 90)), placed(2, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 60), ("TỐI MẬT", 120))],
            "TỐI MẬT, page 2",
        ),
    ],
    ids=["head", "foot", "appendix", "a dispatch behind a covering letter"],
)
def test_a_stamp_stands_at_the_head_of_a_dispatch(pages: list[Page], found: str | None) -> None:
    assert evidence(Document.build(id="0" * 16, source="a.pdf", pages=tuple(pages))) == found


def hold(out: Path, ready: object, go: object) -> None:
    with lock(out, since="2020-01-01T00:00:00"):
        ready.set()  # type: ignore[attr-defined]
        go.wait(30)  # type: ignore[attr-defined]


def test_the_lock_names_its_holder_and_dies_with_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, go = context.Event(), context.Event()
    holder = context.Process(target=hold, args=(tmp_path, ready, go))
    holder.start()
    assert ready.wait(30)
    with pytest.raises(LockedError, match=rf"process {holder.pid} on .*, since 2020"), lock(tmp_path, since="x"):
        pass
    os.kill(holder.pid or 0, signal.SIGKILL)
    holder.join()
    with lock(tmp_path, since="x"):
        pass


def test_an_ingest_runs_while_its_lock_is_held_and_no_longer(tmp_path: Path) -> None:
    assert not running(tmp_path)
    with lock(tmp_path, since="x"):
        assert running(tmp_path)
        signature = json.loads((tmp_path / FILE).read_text())
    assert not running(tmp_path)  # though the process lives on, as a watch does
    (tmp_path / FILE).write_text(json.dumps(signature | {"began": signature["began"] - 1}))
    assert not running(tmp_path)  # a process that has been given the number of one that died


def test_an_output_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError), lock(tmp_path / "out", since="x"):
        pass


@pytest.mark.parametrize(
    ("targets", "issued_on", "chosen"),
    [
        ([("a", "2020-01-02")], None, "a"),
        ([("a", "2020-01-02")], "2020-01-02", "a"),
        ([("a", "2020-01-02")], "2021-01-02", None),
        ([("a", None)], "2021-01-02", None),
        ([("a", "2020-01-02"), ("b", "2021-03-04")], None, None),
        ([("a", "2020-01-02"), ("b", "2021-03-04")], "2021-03-04", "b"),
        ([("a", "2020-01-02"), ("b", "2021-03-04")], "2021", "b"),
        ([], "2021", None),
    ],
)
def test_a_reference_means_one_dispatch_or_none(
    targets: list[tuple[str, str | None]], issued_on: str | None, chosen: str | None
) -> None:
    assert choose(targets, issued_on) == chosen


def test_links_follow_the_catalogue(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    with store.transaction(connection):
        for id_, number in (("a" * 16, "12"), ("b" * 16, "13")):
            row = {"dispatch_id": id_, "number": number, "notation": "QĐ-UBND", "issued_on": "2020-05-06"}
            store.insert(connection, "dispatches", [row])
        reference = {"dispatch_id": "b" * 16, "number": "12", "notation": "qđ - ubnd"}
        store.insert(connection, "references", [reference | {"ordinal": 1}, reference | {"ordinal": 2, "number": "13"}])
        link_references(connection)
    assert [row["target_dispatch_id"] for row in store.read(connection, "references")] == ["a" * 16, None]
    with store.transaction(connection):
        store.delete(connection, "a" * 16)
        link_references(connection)
    assert [row["target_dispatch_id"] for row in store.read(connection, "references")] == [None, None]
    connection.close()


ROW = {"number": "1", "notation": "KH-A", "issued_on": "2020-01-01", "text": "Kế hoạch trồng cây mùa xuân"}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"text": "quite another text"}, True),
        ({"number": "2"}, False),
        ({"issued_on": "2021-01-01"}, False),
        ({"number": None}, True),
        ({"number": None, "text": "Danh sách cán bộ về hưu năm nay"}, False),
    ],
)
def test_versions_of_one_dispatch(change: dict[str, str | None], same: bool) -> None:
    assert same_dispatch(dict(ROW), {**ROW, **change}) is same


def test_what_crosses_the_border_comes_back_whole() -> None:
    task = Task("a\n.txt", "/in/a\udcff.txt", "ab" * 32, released=True)
    assert task_from(to_bytes(task)) == task
    rows = Rows({"dispatch_id": "x", "confidence": 0.5}, {"directives": [{"assignees": ["Sở A"], "parent": None}]})
    outcome = Outcome("done", rows=rows, problems=(Trouble("dates", "stage-failed", "why"),), seconds=1.5, pages=2)
    assert outcome_from(to_bytes(outcome)) == outcome


def test_a_limit_does_over_only_the_bad_files() -> None:
    base, more = recipe_of(Settings(), ["1"]), recipe_of(Settings(max_pages=999), ["1"])
    assert base.of("done") == more.of("done")
    assert base.of("quarantined") != more.of("quarantined")
    assert base.of("done") != recipe_of(Settings(ocr_dpi=300), ["1"]).of("done")
    assert base.of("done") != recipe_of(Settings(), ["2"]).of("done")


@pytest.mark.parametrize("kind", CongvanError.__subclasses__(), ids=lambda kind: kind.code)
def test_every_error_says_whether_to_try_again(kind: type[CongvanError]) -> None:
    assert kind.retry in ("never", "counted", "always")
