"""Law 4 on the pages: of a dispatch that bears a secrecy stamp nobody sees anything, by whatever address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.web import api, pages, records, review, signin
from pipeline.web.accounts import Accounts, Role
from pipeline.web.app import create_app

from .conftest import NOW
from .test_accounts import PASSWORD, sign_in
from .test_pages import ID, token

SECRET = "Chuyện Kín"
"""What people had typed and tagged before the stamp was seen, and what stands in the names of the file."""

QUERIES = ("", "?q=kin", "?q=chuyen-kin", "?due=all", "?due=all&format=jsonl", "?format=csv", f"?dispatch_id={ID}")


@pytest.fixture
def app_out(out: Path) -> Path:
    """A catalogue whose first dispatch was worked on, and then found to be secret."""
    with TestClient(create_app(out, actor="Lan", now=lambda: NOW), base_url="http://localhost") as client:
        head = {"X-CSRF-Token": token(client)}
        for name in ("subject", "agency", "signer_name"):
            client.post(f"/api/dispatches/{ID}/fields", json={"name": name, "value": SECRET}, headers=head)
        for table, row in (("movements", {"name": SECRET}), ("directives", {"text": SECRET, "deadline": "2026-05-01"})):
            client.post(f"/api/dispatches/{ID}/{table}", json={"values": row}, headers=head)
        client.post("/api/tags/apply", json={"ids": [ID], "add": ["chuyện-kín"]}, headers=head)
        assert SECRET in client.get("/records").text
        assert SECRET in client.get("/history").text
        assert "chuyện-kín" in client.get("/tags").text
    connection = store.connect(out)
    with store.transaction(connection):  # as an ingest does
        store.delete(connection, ID)
        connection.execute("DELETE FROM machine_rows WHERE dispatch_id = ?", (ID,))
        connection.execute(
            "UPDATE sources SET state = 'restricted', problem_code = 'secret', source_path = ? WHERE dispatch_id = ?",
            (f"{SECRET}.pdf", ID),
        )
    connection.close()
    for name, role in (("doc", Role.READER), ("luu", Role.ARCHIVIST)):
        Accounts(out).add(name, PASSWORD, role)
    return out


def addresses() -> list[str]:
    """Every address that can be asked for, those of one record with the secret one's id."""
    routers = (api.router, pages.router, records.router, review.router, signin.router)
    values = {"dispatch_id": ID, "number": "1"}
    found = []
    for router in routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            if "GET" in route.methods:
                path = re.sub(r"\{(\w+)\}", lambda part: values[part[1]], route.path)
                found.append(f"/api{path}" if router is api.router else path)
    return found


@pytest.mark.parametrize("name", ["doc", "luu"])
def test_nothing_is_shown_of_it(app_out: Path, name: str) -> None:
    app = create_app(app_out, actor="-", accounts=True, now=lambda: NOW)
    asked = addresses()
    assert {f"/review/{ID}", f"/api/dispatches/{ID}", f"/dispatches/{ID}/file", "/history", "/api/status"} <= set(asked)
    with TestClient(app, base_url="http://localhost") as client:
        sign_in(client, name)
        for path in asked:
            once = "&once=1" if path.endswith("/stream") else ""
            for query in QUERIES if not once else ("?q=",):
                answer = client.get(f"{path}{query}{once}".replace("?&", "?"))
                told = answer.content.decode("utf-8", "replace").replace("q=chuyen-kin", "")
                assert not re.search("chuyện.kín", told, re.IGNORECASE), f"{path}{query}"
                assert ID not in path or answer.status_code == 404 or answer.url.path != path, path


def test_nothing_can_be_done_with_it(app_out: Path) -> None:
    app = create_app(app_out, actor="-", accounts=True, now=lambda: NOW)
    with TestClient(app, base_url="http://localhost") as client:
        sign_in(client, "luu")
        head = {"X-CSRF-Token": token(client)}
        row = {"values": {"name": "x"}}
        for path, body in (
            (f"{ID}/fields", {"name": "number", "value": "1"}),
            (f"{ID}/check", None),
            (f"{ID}/movements", row),
        ):
            assert client.post(f"/api/dispatches/{path}", json=body, headers=head).status_code == 404
        fill = {"ids": [ID], "name": "place", "value": "x"}
        answer = client.post("/api/fields/apply", json=fill, headers=head)
        assert answer.status_code == 400 or answer.json()["rows"] == 0
