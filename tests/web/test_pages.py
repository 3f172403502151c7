"""The pages without a browser: what they show, and what they refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.people import log
from pipeline.web.app import create_app
from pipeline.web.security import AccountError, Accounts, Role, Session, Signer, User
from pipeline.web.texts import TEXTS

from .conftest import HOSTILE, NOW

ID = f"{1:016x}"
PAGES = ("/records", f"/review/{ID}", "/movements", "/directives?due=all", "/tags", "/history", "/status")


def token(client: TestClient, path: str = "/records") -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_shown_in_both_languages(client: TestClient, path: str, lang: str) -> None:
    answer = client.get(path, params={"lang": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert HOSTILE not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_lets_scripts_or_frames_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?! src)|\son\w+=|style=", answer.text)


def test_what_the_record_page_shows(client: TestClient) -> None:
    page = client.get(f"/review/{ID}").text
    assert 'value="11"' in page
    assert 'data-for="field-number"' in page
    assert "&lt;script&gt;alert(1)" in page
    picture = client.get(f"/dispatches/{ID}/pages/1.png")
    assert picture.content.startswith(b"\x89PNG")


def test_review_leads_to_the_least_sure_and_on(client: TestClient) -> None:
    first = client.get("/review", follow_redirects=False).headers["location"]
    second = client.get("/review", params={"after": first.rsplit("/")[-1]}, follow_redirects=False).headers["location"]
    assert {first, second} < {f"/review/{n:016x}" for n in range(1, 4)}
    assert first != second


def test_directives_as_csv_start_no_formula(client: TestClient) -> None:
    lines = client.get("/directives", params={"format": "csv"}).text.splitlines()
    assert lines[0].startswith("\ufeffdispatch_id")
    assert len(lines) == 4


@pytest.mark.parametrize(
    "path",
    [
        "/review/..%2f..%2fetc%2fpasswd",
        "/review/ffffffffffffffff",
        "/dispatches/..%2f..%2fx/pages/1.png",
        "/dispatches/ffffffffffffffff/pages/1.png",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/security.py",
        "/api/dispatches/ffffffffffffffff",
    ],
)
def test_paths_lead_nowhere_else(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 422)


def test_a_page_that_is_not_there_is_said_plainly(client: TestClient) -> None:
    assert client.get(f"/dispatches/{ID}/pages/9.png").status_code == 400


def test_a_query_with_a_mistake_points_at_it(client: TestClient) -> None:
    answer = client.get("/records", params={"q": "ngay:mai"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


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
    form = {"scope": "all", "add": "x", "step": "apply"}
    assert client.post("/records/tags", data=form, headers=headers).status_code == 403
    connection = store.connect(out, readonly=True)
    assert log(connection) == []
    connection.close()


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/records", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("POST", f"/api/dispatches/{ID}/fields", {"name": "text", "value": "x"}, id="no such field"),
        pytest.param("POST", f"/api/dispatches/{ID}/movements", {"values": {"mentions": "a"}}, id="not a number"),
        pytest.param("PATCH", f"/api/dispatches/{ID}/dates", {"key": "x", "column": "role"}, id="no such row"),
        pytest.param("DELETE", f"/api/dispatches/{ID}/dates", {"key": "x"}, id="nothing to strike"),
        pytest.param("POST", "/api/tags/apply", {"query": "", "add": ["<b>"]}, id="not a tag"),
        pytest.param("POST", "/api/tags/apply", {"query": "(", "add": ["a"]}, id="not a query"),
        pytest.param("POST", "/api/changes/2020-x/undo", {}, id="no such change"),
    ],
)
def test_what_cannot_be_done_is_a_clear_error(client: TestClient, method: str, path: str, body: object) -> None:
    answer = client.request(method, path, json=body, headers={"X-CSRF-Token": token(client)})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_rows_are_added_corrected_struck_and_brought_back(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    values = {"name": "Xã đội", "block": "recipient", "archive": ""}
    client.post(f"/api/dispatches/{ID}/recipients", json={"values": values}, headers=head)
    added = client.get(f"/api/dispatches/{ID}").json()["recipients"][-1]
    cell = {"key": added["key"], "column": "purpose", "value": "b/c"}
    client.patch(f"/api/dispatches/{ID}/recipients", json=cell, headers=head)
    row = client.get(f"/api/dispatches/{ID}").json()["recipients"][-1]
    assert (row["name"], row["purpose"], row["author"]) == ("Xã đội", "b/c", "human:Lan")
    gone = client.request("DELETE", f"/api/dispatches/{ID}/recipients", json={"key": row["key"]}, headers=head).json()
    assert len(client.get(f"/api/dispatches/{ID}").json()["recipients"]) == 1
    client.post(f"/api/changes/{gone['change_id']}/undo", headers=head)
    assert len(client.get(f"/api/dispatches/{ID}").json()["recipients"]) == 2


def test_a_corrected_value_is_found_at_once(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    client.post(f"/api/dispatches/{ID}/fields", json={"name": "subject", "value": "chuyện khác hẳn"}, headers=head)
    assert client.get("/api/search", params={"q": '"chuyen khac han"'}).json()["total"] == 1


def test_renaming_a_tag(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    client.post("/api/tags/apply", json={"query": "", "add": ["a/b"]}, headers=head)
    client.post("/tags/rename", data={"old": "a", "new": "c", "csrf": head["X-CSRF-Token"]})
    assert client.get("/api/tags").json() == [{"tag": "c/b", "count": 3}]


def test_a_file_is_tried_again(client: TestClient) -> None:
    path = f"{HOSTILE}.pdf"
    answer = client.post("/api/status/retry", params={"source_path": path}, headers={"X-CSRF-Token": token(client)})
    assert answer.json() == {"rows": 1}
    assert client.get("/api/status").json()["failed"] == 1


def test_the_ledger_streams(client: TestClient) -> None:
    text = client.get("/api/status/stream", params={"once": True}).text
    assert text.startswith('data: {"running": false, "counts": {"found": 4')


def test_every_text_is_there_in_both_languages() -> None:
    assert [key for key, (vi, en) in TEXTS.items() if not vi or not en] == []


# --- accounts ---


@pytest.fixture
def guarded(out: Path) -> TestClient:
    accounts = Accounts(out)
    for name, role in (("doc", Role.READER), ("luu", Role.ARCHIVIST), ("quan", Role.ADMIN)):
        accounts.add(name, "mật khẩu đủ dài", role)
    return TestClient(create_app(out, actor="-", accounts=True, now=lambda: NOW), base_url="http://localhost")


def sign_in(client: TestClient, name: str, password: str = "mật khẩu đủ dài") -> int:
    return client.post("/login", data={"name": name, "password": password}, follow_redirects=False).status_code


def test_nobody_comes_in_without_a_name(guarded: TestClient) -> None:
    assert guarded.get("/records", follow_redirects=False).headers["location"] == "/login"
    assert guarded.get("/api/search").status_code == 401
    assert sign_in(guarded, "luu", "sai mật khẩu") == 403
    assert sign_in(guarded, "khong-co") == 403
    assert sign_in(guarded, "luu") == 303
    assert guarded.get("/records").status_code == 200


@pytest.mark.parametrize(("name", "tagging", "retrying"), [("doc", 403, 403), ("luu", 200, 403), ("quan", 200, 200)])
def test_each_role_may_do_its_own(guarded: TestClient, name: str, tagging: int, retrying: int) -> None:
    sign_in(guarded, name)
    head = {"X-CSRF-Token": token(guarded)}
    assert guarded.post("/api/tags/apply", json={"query": "", "add": ["a"]}, headers=head).status_code == tagging
    assert guarded.post("/api/status/retry", params={"source_path": "x"}, headers=head).status_code == retrying


def test_a_removed_account_is_out_at_once(guarded: TestClient, out: Path) -> None:
    sign_in(guarded, "luu")
    Accounts(out).remove("luu")
    assert guarded.get("/api/search").status_code == 401


def test_the_accounts_file_is_its_owners(guarded: TestClient, out: Path) -> None:
    assert (out / "accounts.sqlite").stat().st_mode & 0o077 == 0
    assert b"m\xe1\xba\xadt kh" not in (out / "accounts.sqlite").read_bytes()


@pytest.mark.parametrize(("name", "password"), [("a", "ngắn"), ("", "mật khẩu đủ dài"), ("a\n", "mật khẩu đủ dài")])
def test_a_weak_account_is_refused(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(AccountError):
        Accounts(tmp_path).add(name, password, Role.READER)


def test_a_session_is_ours_and_fresh_or_it_is_nothing() -> None:
    signer = Signer(b"secret")
    session = Session(User("Lan", Role.READER), "token")
    sealed = signer.seal(session, now=1000)
    assert signer.open(sealed, now=1001) == session
    assert signer.open(sealed, now=1000 + 13 * 3600) is None
    assert Signer(b"other").open(sealed, now=1001) is None
    for damaged in ("", "a.b", sealed[:-1], "x" + sealed, sealed.replace(".", "")):
        assert signer.open(damaged, now=1001) is None
