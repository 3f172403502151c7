"""What every request has to pass, and the headers that every answer bears."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from pipeline.web.accounts import Role, Session
from pipeline.web.places import Workplace, place_of
from pipeline.web.render import refusal
from pipeline.web.signin import SESSION

LONGEST_BODY = 2_000_000
"""Bytes that a request may bring: forms and JSON, no files."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_ADMINS = ("/api/status", "/api/ingest")
_OWN = ("/logout", "/logout/everywhere", "/account")


async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Let a request through if its user may make it; nothing but our own look is kept by the browser."""
    place = place_of(request)
    request.state.session = None
    response = _unfit(request, place) or await _unwelcome(request, place) or await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Styles and scripts are asked for again each time, and sent where they have changed.
    response.headers.setdefault("Cache-Control", "no-cache" if _is_open(request) else "no-store")
    return response


def _unfit(request: Request, place: Workplace) -> Response | None:
    """Refuse what no page of ours sends, whoever asks."""
    length = request.headers.get("content-length", "0")
    if not _is_ours(request.headers.get("host", ""), place.hosts):
        return refusal(request, 400, "refused_host")
    if "transfer-encoding" in request.headers or not (length.isascii() and length.isdecimal()):
        return refusal(request, 411, "refused_length")
    if int(length) > LONGEST_BODY:
        return refusal(request, 413, "refused_size")
    if request.method not in _SAFE and not _same_origin(request):
        return refusal(request, 403, "refused_origin")
    return None


async def _unwelcome(request: Request, place: Workplace) -> Response | None:
    """Refuse what this user may not do, and remember whose request it is."""
    path = request.url.path
    if _is_open(request):
        return None
    session = request.state.session = await _session(request, place)
    if path == "/login":
        return None
    if session is None:
        if path.startswith("/api/"):
            return refusal(request, 401, "sign_in_first")
        back = f"{path}?{request.url.query}" if request.url.query else path
        kept = {"back": back} if request.method == "GET" and path != "/" else {}
        return RedirectResponse(f"/login?{urlencode(kept)}" if kept else "/login", 303)
    if request.method in _SAFE:
        return None
    if not secrets.compare_digest((await _token(request)).encode(), session.token.encode()):
        return refusal(request, 403, "refused_token")
    needed = Role.ADMIN if path.startswith(_ADMINS) else Role.READER if path in _OWN else Role.ARCHIVIST
    return refusal(request, 403, "not_allowed") if session.user.role < needed else None


def _is_open(request: Request) -> bool:
    return request.url.path.startswith("/static/")


def _is_ours(host: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether the pages are asked for under a name of this machine: another site's name may lead here too.

    >>> _is_ours("[::1]:8765", ("::1",)), _is_ours("evil.example", ("localhost",)), _is_ours("[", ("localhost",))
    (True, False, False)
    """
    try:
        return urlsplit(f"//{host}").hostname in hosts
    except ValueError:
        return False


def _same_origin(request: Request) -> bool:
    """Tell whether a browser says that the request comes from our own pages; other programs say nothing."""
    sent = request.headers.get("origin") or request.headers.get("referer")
    return sent is None or urlsplit(sent).netloc == request.headers.get("host")


async def _session(request: Request, place: Workplace) -> Session | None:
    if place.door is None:
        return place.local
    key = request.cookies.get(SESSION)
    return await run_in_threadpool(place.door.accounts.session, key, place.now()) if key else None


async def _token(request: Request) -> str:
    header = request.headers.get("x-csrf-token")
    if header is not None:
        return header
    kind = request.headers.get("content-type", "")
    if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        await request.body()  # keeps the body for the page that reads the form again
        try:
            return str((await request.form()).get("csrf", ""))
        except HTTPException:
            return ""
    return ""
