"""An ingest started from the pages: what is known of it while it runs, how it ends, and what it may read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.errors import LockedError
from pipeline.web.app import create_app
from pipeline.web.ingester import Ingester, IngestError, Run


def event(state: str, done: int, **more: object) -> dict[str, object]:
    known = {"source_path": f"{done}.pdf", "code": None, "message": None, "vi": None, "pages": 2, "total": 9}
    return known | {"state": state, "done": done} | more


def test_a_run_follows_its_events() -> None:
    run = Run("/in", "Lan", "2026-03-02T08:00:00")
    for step in (event("done", 1), event("quarantined", 2, code="unreadable", message="why"), event("done", 3)):
        run = run.after(step)
    assert (run.done, run.total, run.pages, run.source_path) == (3, 9, 6, "3.pdf")
    assert run.states == {"done": 2, "quarantined": 1}
    assert run.bad == ({"source_path": "2.pdf", "code": "unreadable", "message": "why", "vi": None},)


def test_a_secret_file_is_not_named() -> None:
    run = Run("/in", "Lan", "2026-03-02T08:00:00").after(event("restricted", 1, source_path="mật.pdf"))
    assert "mật" not in str(run.as_json())


@pytest.fixture
def connection(out: Path) -> Iterator[sqlite3.Connection]:
    with closing(store.connect(out)) as connection:
        yield connection


def test_only_named_and_known_folders_are_read(connection: sqlite3.Connection, out: Path, inbox: Path) -> None:
    more = inbox.parent / "more"
    more.mkdir()
    ingester = Ingester(out, (more, inbox.parent / "nowhere"))
    assert ingester.inboxes(connection) == (str(more), str(inbox))
    for other in ("/etc", f"{inbox}/..", "", "--help"):
        with pytest.raises(IngestError):
            ingester.start(connection, other, by="Lan", at="2026-03-02T08:00:00")


@pytest.mark.slow
def test_one_at_a_time_and_why_it_broke(connection: sqlite3.Connection, out: Path, inbox: Path) -> None:
    ingester = Ingester(out, (), ("--settings", str(inbox / "none.toml"), "--lang", "en"))
    ingester.start(connection, str(inbox), by="Lan", at="2026-03-02T08:00:00")
    with pytest.raises(LockedError):
        ingester.start(connection, str(inbox), by="Lan", at="2026-03-02T08:00:00")
    deadline = time.monotonic() + 120
    while ingester.run and ingester.run.ending is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert ingester.run
    assert ingester.run.ending == "broken"
    assert "no settings file" in ingester.run.message
    assert not ingester.at_work
    assert not ingester.stop()


def test_pages_over_nothing_yet_for_whoever_names_a_folder(tmp_path: Path) -> None:
    out, inbox = tmp_path / "out", tmp_path / "in"
    inbox.mkdir()
    with TestClient(create_app(out, actor="Lan", inboxes=(inbox,)), base_url="http://localhost") as client:
        for path in ("/records", "/review", "/movements", "/directives", "/tags", "/history"):
            assert client.get(path).status_code == 200
        assert str(inbox) in client.get("/status").text
