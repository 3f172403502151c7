"""The review and tagging pages as a web application: put together here, nothing happens on import."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from pipeline import __version__, store
from pipeline.errors import CongvanError
from pipeline.search import rebuild
from pipeline.web import api, pages, records, review, signin
from pipeline.web.accounts import Accounts, Role, Session, User, new_token
from pipeline.web.connections import PATIENCE, BusyError, Connections
from pipeline.web.door import Door
from pipeline.web.guard import guard
from pipeline.web.ingester import Ingester
from pipeline.web.places import Workplace
from pipeline.web.render import page_of, problem
from pipeline.web.texts import TEXTS

LOOPBACK = ("127.0.0.1", "localhost", "::1")


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
    workplace = Workplace(
        out=out,
        catalogues=Connections(out, patience=patience),
        door=Door(Accounts(out)) if accounts else None,
        local=Session(User(actor, Role.ADMIN), new_token()),
        hosts=tuple(host.lower() for host in hosts),
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
    for router in (signin.router, pages.router, records.router, review.router):
        app.include_router(router, include_in_schema=False)
    app.include_router(api.router, prefix="/api")
    app.middleware("http")(guard)
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


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, CongvanError)
    status = 503 if isinstance(error, BusyError) else 400
    return problem(request, status, error.code, error.say(page_of(request).lang))


async def _busy(request: Request, error: Exception) -> Response:
    """Say that the catalogue could not be written now: an ingest holds it, or the disk is full."""
    return problem(request, 503, "busy", f"{page_of(request).t('busy')} ({error})")


async def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = f"http_{error.status_code}"
    return problem(request, error.status_code, "http", page_of(request).t(key) if key in TEXTS else str(error.detail))


async def _malformed(request: Request, error: Exception) -> Response:
    """Say which part of a request is not as it must be; what exactly is wrong with it is for programs."""
    assert isinstance(error, RequestValidationError)
    faults = [(".".join(map(str, fault["loc"][1:])), fault["msg"]) for fault in error.errors()]
    names = ", ".join(dict.fromkeys(name for name, _ in faults))
    detail = "; ".join(f"{name}: {message}" for name, message in faults)
    said = page_of(request).t("malformed").format(names=names)
    return problem(request, 422, "malformed", f"{said} ({detail})" if request.url.path.startswith("/api/") else said)
