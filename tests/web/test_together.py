"""Many at once: pages are answered beside a long change, changes take turns, and nobody waits without end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from pipeline import search, store
from pipeline.people import corrections
from pipeline.web import scans
from pipeline.web.app import create_app
from pipeline.web.connections import BusyError, Connections

from .conftest import NOW
from .test_pages import ID, PAGES, token

LONG = 30  # seconds after which a test gives up; none of them takes that long


class Gate:
    """Holds whoever comes first in the middle of a change, until it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def index(self, *args: object, **more: object) -> None:
        if not self.reached.is_set():
            self.reached.set()
            assert self.opened.wait(LONG)
        search.index_dispatch(*args, **more)  # type: ignore[arg-type]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(corrections, "index_dispatch", gate.index)
    return gate


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def fill(client: TestClient, place: str, head: dict[str, str]) -> Response:
    return client.post("/api/fields/apply", json={"query": "", "name": "place", "value": place}, headers=head)


def test_pages_are_answered_beside_a_long_change(client: TestClient, gate: Gate, pool: ThreadPoolExecutor) -> None:
    head = {"X-CSRF-Token": token(client)}
    change: Future[Response] = pool.submit(fill, client, "Lũng Phìn", head)
    assert gate.reached.wait(LONG)
    preview = {"csrf": head["X-CSRF-Token"], "scope": "all", "add": "rừng"}
    try:
        for path in (*PAGES, f"/dispatches/{ID}/pages/1.png", "/api/search?q=rung"):
            assert client.get(path).status_code == 200, path
        assert client.post("/records/preview", data=preview).status_code == 200
        assert client.get(f"/api/dispatches/{ID}").json()["place"] is None
        assert not change.done()
    finally:
        gate.opened.set()
    assert change.result(LONG).json()["rows"] == 3
    assert client.get(f"/api/dispatches/{ID}").json()["place"] == "Lũng Phìn"
    assert "Lũng Phìn" in client.get(f"/review/{ID}").text


def test_changes_take_turns(client: TestClient, gate: Gate, pool: ThreadPoolExecutor) -> None:
    head = {"X-CSRF-Token": token(client)}
    first = pool.submit(fill, client, "Lũng Phìn", head)
    assert gate.reached.wait(LONG)
    second = pool.submit(fill, client, "Sà Phìn", head)
    try:
        assert client.get("/records").status_code == 200
        assert not second.done()
    finally:
        gate.opened.set()
    assert first.result(LONG).json()["rows"] == second.result(LONG).json()["rows"] == 3
    told = [(change["rows"], change["kind"]) for change in client.get("/api/changes").json()]
    assert told == [(3, "correct")] * 2
    assert client.get(f"/api/dispatches/{ID}").json()["place"] == "Sà Phìn"


def test_who_waits_too_long_is_told_so_and_may_try_again(out: Path, gate: Gate, pool: ThreadPoolExecutor) -> None:
    app = create_app(out, actor="Lan", now=lambda: NOW, patience=0.02)
    with TestClient(app, base_url="http://localhost") as client:
        head = {"X-CSRF-Token": token(client)}
        first = pool.submit(fill, client, "Lũng Phìn", head)
        assert gate.reached.wait(LONG)
        try:
            refused = fill(client, "Sà Phìn", head)
            form = {"csrf": head["X-CSRF-Token"], "here": "/records", "scope": "all", "add": "a"}
            page = client.post("/records/apply", data=form)
        finally:
            gate.opened.set()
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")
        assert page.status_code == 503
        assert "hãy thử lại" in page.text
        assert first.result(LONG).json()["rows"] == 3
        assert fill(client, "Sà Phìn", head).json()["rows"] == 3


def test_a_catalogue_that_another_program_is_writing_is_said_to_be_busy(out: Path) -> None:
    app = create_app(out, actor="Lan", now=lambda: NOW, patience=0.02)
    with TestClient(app, base_url="http://localhost") as client, closing(store.connect(out)) as other:
        head = {"X-CSRF-Token": token(client)}
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/api/tags/apply", json={"query": "", "add": ["a"]}, headers=head)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        form = {"csrf": head["X-CSRF-Token"], "here": "/records", "scope": "all", "add": "a"}
        assert client.post("/records/apply", data=form).status_code == 503
        assert client.get("/records").status_code == 200
        other.execute("ROLLBACK")
        assert client.post("/api/tags/apply", json={"query": "", "add": ["a"]}, headers=head).json()["rows"] == 3


def test_pages_of_scans_are_drawn_one_at_a_time(
    client: TestClient, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, together = threading.Lock(), []

    def draw(*_: object, **__: object) -> bytes:
        together.append(not drawing.acquire(blocking=False))
        threading.Event().wait(0.02)  # long enough for the others to come
        drawing.release()
        return b"png"

    monkeypatch.setattr(scans, "page_png", draw)
    asked = [pool.submit(client.get, f"/dispatches/{n % 3 + 1:016x}/pages/1.png") for n in range(4)]
    assert {answer.result(LONG).status_code for answer in asked} == {200}
    assert together == [False] * 4


def test_a_reader_sees_one_state_and_hands_its_seat_on(out: Path) -> None:
    async def play() -> None:
        connections = Connections(out, readers=2, patience=0.02)
        count = "SELECT count(*) FROM dispatches WHERE place = 'x'"
        async with AsyncExitStack() as stack:
            first = await stack.enter_async_context(connections.reading())
            assert first.connection.execute(count).fetchone()[0] == 0
            async with connections.writing() as writer:
                writer.connection.execute("UPDATE dispatches SET place = 'x'")
                with pytest.raises(BusyError):
                    await stack.enter_async_context(connections.writing())
            assert first.connection.execute(count).fetchone()[0] == 0
            second = await stack.enter_async_context(connections.reading())
            assert second.connection is not first.connection
            assert second.connection.execute(count).fetchone()[0] == 3
            with pytest.raises(BusyError):
                await stack.enter_async_context(connections.reading())
        async with connections.reading() as again:
            assert again.connection in (first.connection, second.connection)
            assert again.connection.execute(count).fetchone()[0] == 3
        await connections.close()

    asyncio.run(play())


def test_a_reader_that_fails_leaves_nothing_behind(out: Path) -> None:
    async def fail(connections: Connections) -> None:
        async with connections.reading() as reader:
            reader.connection.execute("SELECT 1 FROM dispatches").fetchone()
            raise ZeroDivisionError

    async def play() -> None:
        connections = Connections(out, readers=1, patience=0.02)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await fail(connections)
        await connections.close()

    asyncio.run(play())


def test_the_pages_go_without_taking_the_catalogue_from_whoever_still_writes(
    out: Path, gate: Gate, pool: ThreadPoolExecutor
) -> None:
    with TestClient(create_app(out, actor="Lan", patience=0.02), base_url="http://localhost") as client:
        change = pool.submit(fill, client, "Lũng Phìn", {"X-CSRF-Token": token(client)})
        assert gate.reached.wait(LONG)
        closed = pool.submit(client.portal.call, client.app.state.workplace.catalogues.close)  # type: ignore
        closed.result(LONG)
        gate.opened.set()
        assert change.result(LONG).json()["rows"] == 3
