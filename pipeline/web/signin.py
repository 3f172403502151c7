"""Signing in and out, and one's own password."""

from __future__ import annotations

import logging
import math
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from pipeline.web.accounts import LONGEST_NAME, LONGEST_PASSWORD, AccountError, User
from pipeline.web.door import Door
from pipeline.web.places import own_address, place_of
from pipeline.web.render import page_of, render

SESSION, DEVICE = "congvan_session", "congvan_device"
"""The cookies: of a session, and of a browser in which an account has signed in before."""

_DEVICE_AGE = 180 * 86400  # seconds

log = logging.getLogger(__name__)
router = APIRouter()
Name = Annotated[str, Form(max_length=LONGEST_NAME)]
Password = Annotated[str, Form(max_length=LONGEST_PASSWORD)]


@router.get("/login")
def login_form(request: Request, back: str = "") -> Response:
    """Ask for name and password."""
    if place_of(request).door is None:
        return RedirectResponse("/records", 303)
    return render(request, "login.html", back=back, name="", mistake="")


@router.post("/login")
async def login(request: Request, name: Name, password: Password, back: Annotated[str, Form()] = "") -> Response:
    """Sign in, with a new session whatever cookie came along."""
    door = place_of(request).door
    if door is None:
        return RedirectResponse("/records", 303)
    user = await _checked(request, door, name.strip(), password)
    if not isinstance(user, User):
        return _not_yet(request, "login.html", user, "wrong_password", back=back, name=name)
    await run_in_threadpool(_end, request, door)
    return await run_in_threadpool(_let_in, request, door, user, own_address(back, "/records"))


@router.post("/logout")
def logout(request: Request) -> Response:
    """Sign out here."""
    if door := place_of(request).door:
        _end(request, door)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(SESSION, path="/")
    return response


@router.post("/logout/everywhere")
def logout_everywhere(request: Request) -> Response:
    """End every session of the account, this one too."""
    if door := place_of(request).door:
        door.accounts.end_all(request.state.session.user.name)
    return logout(request)


@router.get("/account")
def account(request: Request, done: str = "") -> Response:
    """Show one's own account: change the password, sign out everywhere."""
    if place_of(request).door is None:
        return RedirectResponse("/records", 303)
    return render(request, "account.html", done=bool(done), mistake="")


@router.post("/account")
async def change_password(request: Request, password: Password, fresh: Password, again: Password) -> Response:
    """Give oneself another password; every other session of the account ends."""
    door = place_of(request).door
    if door is None:
        return RedirectResponse("/records", 303)
    page, name = page_of(request), request.state.session.user.name
    if fresh != again:
        return render(request, "account.html", done=False, mistake=page.t("passwords_differ"), status=400)
    user = await _checked(request, door, name, password)
    if not isinstance(user, User):
        return _not_yet(request, "account.html", user, "wrong_old_password", done=False)
    try:
        await run_in_threadpool(door.accounts.add, name, fresh)
    except AccountError as error:
        return render(request, "account.html", done=False, mistake=error.say(page.lang), status=400)
    log.info("password of %r changed from %s", name, _host(request))
    return await run_in_threadpool(_let_in, request, door, user, "/account?done=1")


async def _checked(request: Request, door: Door, name: str, password: str) -> User | float | None:
    now, device = place_of(request).now().timestamp(), request.cookies.get(DEVICE, "")
    return await door.check(name, password, host=_host(request), device=device, now=now)


def _not_yet(request: Request, form: str, wait: float | None, wrong: str, **values: Any) -> Response:
    """Return a form again, with what was wrong or how long to wait."""
    if wait is None:
        return render(request, form, mistake=page_of(request).t(wrong), status=403, **values)
    seconds = math.ceil(wait)
    mistake = page_of(request).t("too_many_attempts").format(seconds=seconds)
    response = render(request, form, mistake=mistake, status=429, **values)
    response.headers["Retry-After"] = str(seconds)
    return response


def _host(request: Request) -> str:
    return request.client.host if request.client else ""


def _end(request: Request, door: Door) -> None:
    if key := request.cookies.get(SESSION):
        door.accounts.end(key)


def _let_in(request: Request, door: Door, user: User, address: str) -> Response:
    """Return the way to a page with the cookies of a new session, and of this browser if it is new to the account."""
    place = place_of(request)
    response = RedirectResponse(address, 303)
    _set(request, response, SESSION, door.accounts.begin(user, place.now()))
    if not door.accounts.knows_device(request.cookies.get(DEVICE, ""), user.name):
        _set(request, response, DEVICE, door.accounts.remember_device(user.name), _DEVICE_AGE)
    return response


def _set(request: Request, response: Response, name: str, value: str, age: int | None = None) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=age, httponly=True, samesite="strict", secure=secure, path="/")
