"""Signing in: guessing is slowed down without shutting the owner out, sessions end when they should, nothing leaks."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from http.cookiejar import Cookie
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pipeline.web.accounts import Accounts, Role
from pipeline.web.app import create_app
from pipeline.web.door import OF_ACCOUNT, OF_ADDRESS

from .conftest import NOW
from .test_accounts import PASSWORD, sign_in
from .test_pages import token


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(out: Path, clock: Clock) -> FastAPI:
    accounts = Accounts(out)
    accounts.add("luu", PASSWORD, Role.ARCHIVIST)
    accounts.add("doc", PASSWORD, Role.READER)
    return create_app(out, actor="-", accounts=True, now=clock)


def browser(app: FastAPI, host: str = "10.0.0.1", scheme: str = "http") -> TestClient:
    """A browser of its own, at an address."""
    return TestClient(app, base_url=f"{scheme}://localhost", client=(host, 50_000), follow_redirects=False)


def guess(client: TestClient, times: int, name: str = "luu") -> list[int]:
    return [sign_in(client, name, f"đoán mò lần {n}") for n in range(times)]


def cookies(client: TestClient) -> dict[str, Cookie]:
    return {cookie.name: cookie for cookie in client.cookies.jar}


@pytest.mark.parametrize(("lang", "said"), [("vi", "Hãy chờ 30 giây"), ("en", "Wait 30 seconds")])
def test_guessing_is_slowed_down(app: FastAPI, clock: Clock, lang: str, said: str) -> None:
    stranger = browser(app)
    assert guess(stranger, OF_ACCOUNT.burst) == [403] * OF_ACCOUNT.burst
    form = {"name": "luu", "password": PASSWORD}
    answer = stranger.post("/login", params={"lang": lang}, data=form)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert said in answer.text
    clock.pass_(seconds=29.5)
    assert stranger.post("/login", data=form).headers["retry-after"] == "1"
    clock.pass_(seconds=0.5)
    assert sign_in(stranger, "luu") == 303
    assert guess(stranger, OF_ACCOUNT.burst) == [403] * OF_ACCOUNT.burst  # the right password wiped the slate


def test_names_that_are_no_accounts_are_slowed_down_alike(app: FastAPI) -> None:
    assert guess(browser(app), OF_ACCOUNT.burst + 1, "khong-co") == [403] * OF_ACCOUNT.burst + [429]


def test_many_names_from_one_address_are_slowed_down(app: FastAPI) -> None:
    answers = [code for n in range(OF_ADDRESS.burst + 1) for code in guess(browser(app), 1, f"ten-{n}")]
    assert answers == [403] * OF_ADDRESS.burst + [429]
    assert sign_in(browser(app, "10.0.0.2"), "luu") == 303


def test_a_stranger_does_not_shut_the_owner_out(app: FastAPI, clock: Clock) -> None:
    owner = browser(app)
    assert sign_in(owner, "luu") == 303
    owner.post("/logout", data={"csrf": token(owner)})
    for n in range(4):
        guess(browser(app, f"10.0.1.{n}"), OF_ACCOUNT.burst)
    assert sign_in(browser(app, "10.0.1.99"), "luu") == 429
    assert sign_in(owner, "luu") == 303
    clock.pass_(seconds=OF_ACCOUNT.every)
    assert sign_in(browser(app, "10.0.2.1"), "luu") == 303  # in a new browser the owner waits half a minute


def test_a_known_browser_is_slowed_down_too_and_vouches_for_its_own_account_alone(app: FastAPI) -> None:
    owner = browser(app)
    sign_in(owner, "luu")
    assert guess(owner, OF_ACCOUNT.burst + 1)[-1] == 429
    guess(browser(app, "10.0.1.1"), OF_ACCOUNT.burst, "doc")
    assert sign_in(owner, "doc") == 429


def test_attempts_are_logged_without_passwords(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="pipeline.web.door")
    client = browser(app)
    sign_in(client, "luu", "Mật khẩu gõ nhầm")
    sign_in(client, "Mật khẩu gõ nhầm chỗ", "x")
    sign_in(client, "luu")
    assert [record.getMessage() for record in caplog.records] == [
        "sign-in of 'luu' from 10.0.0.1: wrong name or password",
        "sign-in of an unknown name from 10.0.0.1: wrong name or password",
        "sign-in of 'luu' from 10.0.0.1",
    ]


def test_what_the_cookies_allow(app: FastAPI) -> None:
    client = browser(app)
    sign_in(client, "luu")
    assert {name: cookie.expires is None for name, cookie in cookies(client).items()} == {
        "congvan_session": True,
        "congvan_device": False,
    }
    for cookie in cookies(client).values():
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "strict"
        assert not cookie.secure
    behind_tls = browser(app, scheme="https")
    sign_in(behind_tls, "luu")
    assert [cookie.secure for cookie in cookies(behind_tls).values()] == [True, True]


def test_a_session_is_new_at_every_sign_in_and_ends_at_sign_out(app: FastAPI) -> None:
    client, thief = browser(app), browser(app)
    sign_in(client, "luu")
    first = cookies(client)["congvan_session"].value
    sign_in(client, "luu")
    second = cookies(client)["congvan_session"].value
    assert first != second
    for key, code in ((first, 401), (second, 200)):
        thief.cookies = {"congvan_session": str(key)}
        assert thief.get("/api/search").status_code == code
    client.post("/logout", data={"csrf": token(client)})
    assert thief.get("/api/search").status_code == 401


def test_a_session_ends_after_half_a_day(app: FastAPI, clock: Clock) -> None:
    client = browser(app)
    sign_in(client, "luu")
    clock.pass_(hours=12)
    assert client.get("/records").status_code == 200
    clock.pass_(seconds=1)
    assert client.get("/records").status_code == 303
    answer = client.post("/api/tags/apply", json={"query": "", "add": ["a"]})
    assert (answer.status_code, answer.json()["error"]["message"]) == (401, "Phiên làm việc đã hết. Hãy đăng nhập lại.")


@pytest.mark.parametrize("role", ["luu", "doc"])
def test_another_password_signs_out_everywhere_else(app: FastAPI, role: str) -> None:
    here, there = browser(app), browser(app)
    for client in (here, there):
        sign_in(client, role)
    fresh = "mật khẩu mới tinh"
    form = {"csrf": token(here), "password": PASSWORD, "fresh": fresh, "again": fresh}
    assert here.post("/account", data=form).headers["location"] == "/account?done=1"
    assert "Đã đổi mật khẩu" in here.get("/account?done=1").text
    assert there.get("/api/search").status_code == 401
    assert sign_in(there, role) == 403
    assert sign_in(there, role, fresh) == 303
    there.post("/logout/everywhere", data={"csrf": token(there)})
    assert here.get("/api/search").status_code == 401


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [
        ({"password": "sai"}, 403, "Mật khẩu hiện nay không đúng"),
        ({"again": "khác hẳn nhau"}, 400, "không giống nhau"),
        ({"fresh": "ngắn", "again": "ngắn"}, 400, "ít nhất 10 ký tự"),
        ({"csrf": ""}, 403, "Trang này đã cũ"),
    ],
)
def test_a_password_is_not_changed_by_mistake(app: FastAPI, form: dict[str, str], code: int, said: str) -> None:
    client = browser(app)
    sign_in(client, "luu")
    whole = {"csrf": token(client), "password": PASSWORD, "fresh": "mật khẩu mới", "again": "mật khẩu mới"} | form
    answer = client.post("/account", data=whole)
    assert (answer.status_code, said in answer.text) == (code, True)
    assert sign_in(browser(app), "luu") == 303


@pytest.mark.parametrize(
    ("back", "leads"), [("/records?q=a", "/records?q=a"), ("//evil.example", "/records"), ("", "/records")]
)
def test_signing_in_leads_back(app: FastAPI, back: str, leads: str) -> None:
    form = {"name": "luu", "password": PASSWORD, "back": back}
    assert browser(app).post("/login", data=form).headers["location"] == leads


def test_without_accounts_there_is_nothing_to_sign_in_to(client: TestClient) -> None:
    for path in ("/login", "/account"):
        assert client.get(path, follow_redirects=False).headers["location"] == "/records"
    form = {"name": "luu", "password": PASSWORD}
    assert client.post("/login", data=form, follow_redirects=False).headers["location"] == "/records"
