"""What comes from outside and means harm: each is refused, or shown as plain text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.people import log

from .conftest import HOSTILE
from .test_pages import ID, PAGES, token


class Dangers(HTMLParser):
    """Collects what could run in a page: scripts of its own, handlers, styles and addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @staticmethod
    def of(page: str) -> list[str]:
        parser = Dangers()
        parser.feed(page)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            leads = name in ("href", "src", "action", "formaction") and str(value).strip().lower().startswith(
                "javascript:"
            )
            if leads or name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}")
        if tag in ("iframe", "object", "embed") or (tag == "script" and "/static/" not in str(dict(attrs).get("src"))):
            self.found.append(tag)


def test_the_dangers_are_seen() -> None:
    page = '<img onerror=a><a href=" javascript:b"><script>c</script><p style="d">'
    assert Dangers.of(page) == ["img onerror", "a href", "script", "p style"]


@pytest.mark.parametrize(
    "path",
    [
        "/review/..%2f..%2fetc%2fpasswd",
        "/review/ffffffffffffffff",
        "/dispatches/..%2f..%2fx/pages/1.png",
        "/dispatches/ffffffffffffffff/pages/1.png",
        "/dispatches/..%2f..%2fx/file",
        "/dispatches/ffffffffffffffff/file",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/security.py",
        "/api/dispatches/ffffffffffffffff",
    ],
)
def test_paths_lead_nowhere_else(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 422)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param({}, {}, id="no token"),
        pytest.param({"X-CSRF-Token": "wrong"}, {}, id="wrong token"),
        pytest.param({"Origin": "http://evil.example"}, None, id="another site"),
        pytest.param({"Referer": "http://evil.example/x"}, None, id="another site's page"),
    ],
)
def test_forged_requests_change_nothing(client: TestClient, out: Path, headers: dict[str, str], body: object) -> None:
    right = {"X-CSRF-Token": token(client)} if body is None else {}
    edit = {"query": "", "add": ["x"]}
    assert client.post("/api/tags/apply", json=edit, headers={**right, **headers}).status_code == 403
    form = {"scope": "all", "add": "x"}
    assert client.post("/records/apply", data=form, headers=headers).status_code == 403
    connection = store.connect(out, readonly=True)
    assert log(connection) == []
    connection.close()


HOSTILE_TEXTS = (
    HOSTILE,
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "javascript:alert(1)",
    "' OR 1=1 --",
    "\u202egnp.exe",
    "\x00",
)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_words_are_shown_as_words(client: TestClient, text: str) -> None:
    head = {"X-CSRF-Token": token(client)}
    for name in ("subject", "agency", "signer_name"):
        client.post(f"/api/dispatches/{ID}/fields", json={"name": name, "value": text}, headers=head)
    row = {"values": {"name": text, "movement_id": text, "launched_by": text}}
    client.post(f"/api/dispatches/{ID}/movements", json=row, headers=head)
    client.post(f"/api/dispatches/{ID}/directives", json={"values": {"text": text, "assignees": text}}, headers=head)
    client.post("/api/searches", json={"name": text, "query": "rung"}, headers=head)
    for path in (
        *PAGES,
        "/records?q=rung",
        "/movements/dispatches?id=" + quote(text),
        "/records?agency=" + quote(text),
    ):
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        assert Dangers.of(answer.text) == []


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/x", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_an_undo_leads_to_our_own_pages(client: TestClient, back: str) -> None:
    head = {"X-CSRF-Token": token(client)}
    change = client.post("/api/tags/apply", json={"query": "", "add": ["a"]}, headers=head).json()["change_id"]
    form = {"csrf": head["X-CSRF-Token"], "back": back}
    answer = client.post(f"/changes/{change}/undo", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/history"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Content-Length": "9999999999"}, 413, id="too long"),
        pytest.param({"Transfer-Encoding": "chunked"}, 411, id="of unknown length"),
    ],
)
def test_a_body_has_a_limit(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/api/tags/apply", content=b"{}", headers=headers | {"X-CSRF-Token": token(client)})
    assert answer.status_code == status


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/records", headers={"Host": "evil.example"}).status_code == 400
