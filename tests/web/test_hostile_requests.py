"""What comes from outside and means harm: each is refused, or shown as plain text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.people import log
from pipeline.web.app import create_app

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


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8765", 200), ("127.0.0.1:80", 200), ("[::1]:8765", 200),
        ("evil.example", 400), ("localhost.evil.example", 400), ("127.0.0.1.nip.io", 400), ("0.0.0.0", 400),
        ("[", 400), ("", 400),
    ],
)  # fmt: skip
def test_another_host_name_is_refused(client: TestClient, host: str, status: int) -> None:
    answer = client.get("/records", headers={"Host": host})
    assert answer.status_code == status
    assert ("congvan serve --name" in answer.text) == (status == 400)


def test_a_name_of_this_machine_is_known_in_any_case(out: Path) -> None:
    app = create_app(out, actor="Lan", hosts=("Kho.LAN",))
    with TestClient(app, base_url="http://kho.lan") as client:
        assert client.get("/records").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, f"/dispatches/{ID}/pages/1.png", f"/dispatches/{ID}/file", "/api/search"])
def test_nothing_that_was_read_stays_in_the_browser(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_look_of_the_pages_is_kept_and_asked_for_again(client: TestClient) -> None:
    style = client.get("/static/app.css")
    assert style.headers["cache-control"] == "no-cache"
    again = client.get("/static/app.css", headers={"If-None-Match": style.headers["etag"]})
    assert again.status_code == 304


def test_another_file_under_the_same_name_is_not_handed_out(client: TestClient, out: Path, inbox: Path) -> None:
    path = inbox / f"{ID}.pdf"
    stat = path.stat()
    connection = store.connect(out)
    connection.execute(
        "UPDATE sources SET size = ?, mtime_ns = ? WHERE dispatch_id = ?", (stat.st_size, stat.st_mtime_ns, ID)
    )
    connection.close()
    assert client.get(f"/dispatches/{ID}/file").status_code == 200
    path.write_bytes(b"%PDF-1.7 another")
    for part in ("file", "pages/1.png"):
        assert client.get(f"/dispatches/{ID}/{part}").status_code == 404
    assert client.get(f"/review/{ID}").status_code == 200


EVIL = "http://evil.example"
REFUSED = (
    pytest.param("GET", "/khong-co", {}, 404, "Hãy tìm lại ở Kho văn bản", "records page", id="no such page"),
    pytest.param("GET", "/review/ffff", {}, 404, "không còn trong kho", "no longer in the catalogue", id="no record"),
    pytest.param("DELETE", "/records", {}, 403, "Hãy tải lại trang", "Load it again", id="no token"),
    pytest.param("GET", "/records/preview", {}, 405, "Hãy quay lại", "Go back", id="a form's address"),
    pytest.param("GET", "/history?page=x", {}, 422, "không đúng: page.", "must be: page.", id="no number"),
    pytest.param("POST", "/tags/rename", {"Origin": EVIL}, 403, "trang khác", "another site", id="forged"),
    pytest.param("POST", "/tags/rename", {"Content-Length": "3000000"}, 413, "hơn 2 MB", "than 2 MB", id="long"),
    pytest.param("GET", "/records", {"Host": "evil.example"}, 400, "nhờ người quản trị", "an admin", id="another name"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path", "headers", "status", "vi", "en"), REFUSED)
def test_a_refusal_says_what_to_do(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int, vi: str, en: str
) -> None:
    for lang, said in (("vi", vi), ("en", en)):
        client.cookies.set("congvan_lang", lang)
        answer = client.request(method, path, headers=headers)
        assert (answer.status_code, said in answer.text) == (status, True), answer.text
        assert 'role="alert"' in answer.text
        assert "Input should" not in answer.text
