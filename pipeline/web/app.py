"""The review and tagging pages as a web application: put together here, nothing happens on import."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pipeline import __version__, store
from pipeline.errors import CongvanError
from pipeline.search import rebuild
from pipeline.web import api, pages, records, review
from pipeline.web.connections import PATIENCE, BusyError, Connections
from pipeline.web.ingester import Ingester
from pipeline.web.places import Workplace
from pipeline.web.render import page_of, problem_page
from pipeline.web.security import HEADERS, Accounts, Role, Session, Signer, User, new_session
from pipeline.web.texts import text

COOKIE = "congvan_session"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SAFE = ("GET", "HEAD", "OPTIONS")
_LONGEST_BODY = 2_000_000


def create_app(
    out: Path,
    *,
    actor: str,
    lang: str = "vi",
    accounts: bool = False,
    hosts: tuple[str, ...] = LOOPBACK,
    now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    inboxes: tuple[Path, ...] = (),
    ingest_options: tuple[str, ...] = (),
    patience: float = PATIENCE,
) -> FastAPI:
    """Make the application over an output folder; a request waits at most `patience` seconds for its turn.

    Raises CatalogueError where there is no catalogue, unless `inboxes` name folders to fill one from. Without
    `accounts`, whoever asks is `actor` with all rights: for this machine alone.
    """
    if inboxes and not (out / store.FILE).exists():
        with closing(store.connect(out)) as fresh, store.transaction(fresh):
            rebuild(fresh)
    people = Accounts(out) if accounts else None
    workplace = Workplace(
        out=out,
        catalogues=Connections(out, patience=patience),
        signer=Signer(people.secret() if people else secrets.token_bytes(32)),
        accounts=people,
        local_user=User(actor, Role.ADMIN),
        lang=lang,
        now=now,
        ingester=Ingester(out, inboxes, ingest_options),
        drawing=asyncio.Lock(),
    )
    app = FastAPI(
        title="congvan", version=__version__, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
        lifespan=_lifespan,
        description="Records, review, tags and changes of the catalogue. Every change needs the header X-CSRF-Token.",
    )  # fmt: skip
    app.state.workplace = workplace
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for router in (pages.router, records.router, review.router):
        app.include_router(router, include_in_schema=False)
    app.include_router(api.router, prefix="/api")
    app.middleware("http")(_guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[_bracketed(host) for host in hosts])
    app.add_exception_handler(CongvanError, _refused)
    app.add_exception_handler(sqlite3.OperationalError, _busy)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _malformed)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """When the pages go, let an ingest that they started put its work down first, and close the catalogue."""
    yield
    app.state.workplace.ingester.close()
    await app.state.workplace.catalogues.close()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Let a request through if its user may make it, and give every answer the headers of `security`."""
    workplace: Workplace = request.app.state.workplace
    session = _session(request, workplace)
    request.state.session = session
    refusal = await _refusal(request, session)
    response = refusal or await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if session and not request.cookies.get(COOKIE):
        set_session(response, workplace, session)
    return response


def _session(request: Request, workplace: Workplace) -> Session | None:
    session = workplace.signer.open(request.cookies.get(COOKIE, ""))
    if workplace.accounts is None:
        return session or new_session(workplace.local_user)
    # Roles and accounts count as they are now, not as they were when the cookie was made.
    user = workplace.accounts.get(session.user.name) if session else None
    return Session(user, session.token) if user and session else None


async def _refusal(request: Request, session: Session | None) -> Response | None:
    path = request.url.path
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal():
        return _plain(request, 411, "say how long the request is")
    if int(length) > _LONGEST_BODY:
        return _plain(request, 413, "too large")
    if request.method not in _SAFE and not _same_origin(request):
        return _plain(request, 403, "the request comes from another site")
    if path.startswith("/static/") or path == "/login":
        return None
    if session is None:
        if path.startswith("/api/"):
            return _plain(request, 401, "sign in first")
        return RedirectResponse("/login", status_code=303)
    if request.method in _SAFE:
        return None
    if not secrets.compare_digest(await _token(request), session.token):
        return _plain(request, 403, "the form's token is missing or old: load the page again")
    needed = Role.ADMIN if path.startswith(("/api/status", "/api/ingest")) else Role.ARCHIVIST
    if path != "/logout" and session.user.role < needed:
        return _plain(request, 403, "this account may not do that")
    return None


def _same_origin(request: Request) -> bool:
    """Tell whether a browser says that the request comes from our own pages; other programs say nothing."""
    sent = request.headers.get("origin") or request.headers.get("referer")
    return sent is None or urlsplit(sent).netloc == request.headers.get("host")


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


def set_session(response: Response, workplace: Workplace, session: Session) -> None:
    """Give a response the cookie of a session."""
    response.set_cookie(COOKIE, workplace.signer.seal(session), httponly=True, samesite="strict", path="/")


def _plain(request: Request, status: int, message: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": "refused", "message": message}}, status)
    return Response(message, status, media_type="text/plain")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, CongvanError)
    message, status = error.say(page_of(request).lang), 503 if isinstance(error, BusyError) else 400
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": error.code, "message": message}}, status)
    return problem_page(request, message, status)


async def _busy(request: Request, error: Exception) -> Response:
    """Say that the catalogue could not be written now: an ingest holds it, or the disk is full."""
    message = f"{text('busy', page_of(request).lang)} ({error})"
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": "busy", "message": message}}, 503)
    return problem_page(request, message, 503)


async def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": "http", "message": str(error.detail)}}, error.status_code)
    return problem_page(request, str(error.detail), error.status_code)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    if not request.url.path.startswith("/api/"):
        return problem_page(request, where, 422)
    return JSONResponse({"error": {"code": "malformed", "message": where}}, 422)
