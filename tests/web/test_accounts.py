"""Accounts and roles of the pages: who may come in, and what each may do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline import store
from pipeline.web.accounts import AccountError, Accounts, Role, User
from pipeline.web.app import create_app

from .conftest import NOW
from .test_pages import token

PASSWORD = "mật khẩu đủ dài"


@pytest.fixture
def guarded(out: Path) -> TestClient:
    accounts = Accounts(out)
    for name, role in (("doc", Role.READER), ("luu", Role.ARCHIVIST), ("quan", Role.ADMIN)):
        accounts.add(name, PASSWORD, role)
    return TestClient(create_app(out, actor="-", accounts=True, now=lambda: NOW), base_url="http://localhost")


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    return client.post("/login", data={"name": name, "password": password}, follow_redirects=False).status_code


def test_nobody_comes_in_without_a_name(guarded: TestClient) -> None:
    asked = guarded.get("/records?q=rung", follow_redirects=False)
    assert asked.headers["location"] == "/login?back=%2Frecords%3Fq%3Drung"
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


@pytest.mark.parametrize(("name", "password"), [("a", "ngắn"), ("", PASSWORD), ("a\n", PASSWORD)])
def test_a_weak_account_is_refused(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(AccountError):
        Accounts(tmp_path).add(name, password, Role.READER)


def test_a_session_ends_and_keys_are_kept_as_hashes(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Lan", PASSWORD, Role.READER)
    key = accounts.begin(User("Lan", Role.READER), NOW)
    session = accounts.session(key, NOW + timedelta(hours=12))
    assert session
    assert session.user == User("Lan", Role.READER)
    for late in (timedelta(hours=12, seconds=1), timedelta(seconds=-1)):
        assert accounts.session(key, NOW + late) is None
    for damaged in ("", "a.b", key[:-1], "x" + key):
        assert accounts.session(damaged, NOW) is None
    assert key.encode() not in (tmp_path / "accounts.sqlite").read_bytes()
    accounts.end(key)
    assert accounts.session(key, NOW) is None


def test_a_role_counts_as_it_is_now_and_a_password_keeps_it(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Lan", PASSWORD)
    assert accounts.list() == (User("Lan", Role.ARCHIVIST),)
    accounts.add("Lan", PASSWORD, Role.ADMIN)
    accounts.add("Lan", "mật khẩu khác hẳn")
    assert accounts.list() == (User("Lan", Role.ADMIN),)
    assert accounts.check("Lan", PASSWORD) is None


def test_a_device_is_known_to_its_account_alone(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    first, *others = [accounts.remember_device("Lan") for _ in range(21)]
    assert not accounts.knows_device(first, "Lan")
    assert all(accounts.knows_device(key, "Lan") for key in others)
    assert not accounts.knows_device(others[0], "Mai")
    assert not accounts.knows_device("", "Lan")


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
