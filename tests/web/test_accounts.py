"""Accounts and roles of the pages: who may come in, and what each may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.web.app import create_app
from pipeline.web.security import AccountError, Accounts, Role, Session, Signer, User

from .conftest import NOW
from .test_pages import token


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
    assert guarded.request("DELETE", "/api/ingest", headers=head).status_code == retrying
    assert ('id="start"' in guarded.get("/status").text) == (retrying == 200)


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


def test_secret_files_are_named_to_admins_alone(guarded: TestClient, out: Path) -> None:
    connection = store.connect(out)
    secret = {"source_path": "tối mật.pdf", "sha256": "d" * 64, "state": "restricted", "problem_code": "secret"}
    with store.transaction(connection):
        store.insert(connection, "sources", [secret | {"inbox": "/in", "gone": 0, "size": 1, "attempts": 1}])
    connection.close()
    for name, shown in (("doc", False), ("luu", False), ("quan", True)):
        sign_in(guarded, name)
        assert ("tối mật.pdf" in guarded.get("/status").text) is shown
        assert ("tối mật.pdf" in guarded.get("/api/status").text) is shown
        assert guarded.get("/api/status").json()["restricted"] == 1
        assert guarded.get(f"/dispatches/{'d' * 16}/file").status_code == 404
