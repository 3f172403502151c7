"""What every page and every answer of the API needs of its request: the workplace, the catalogue, and who asks."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from pipeline.people import Author, author, corrections, tags
from pipeline.web.accounts import Session, User
from pipeline.web.connections import Catalogue, Connections
from pipeline.web.door import Door
from pipeline.web.ingester import Ingester


@dataclass(frozen=True)
class Workplace:
    """What every page works with: the catalogue, who may come in, the ingest, and the clock."""

    out: Path
    catalogues: Connections
    door: Door | None
    """Nothing where the pages are for this machine alone: then every request is of the session `local`."""

    local: Session
    hosts: tuple[str, ...]
    lang: str
    now: Callable[[], datetime]
    ingester: Ingester
    drawing: asyncio.Lock
    """Held while a page is drawn: PDFium works for one thread at a time."""

    def author(self, user: User, reason: str | None = None) -> Author:
        """Return who makes a change, as of now."""
        return author(user.name, self.now(), reason)


def place_of(request: Request) -> Workplace:
    """Return what the pages work with."""
    workplace: Workplace = request.app.state.workplace
    return workplace


async def _reading(request: Request) -> AsyncIterator[Catalogue]:
    async with place_of(request).catalogues.reading() as catalogue:
        yield catalogue


async def _writing(request: Request) -> AsyncIterator[Catalogue]:
    async with place_of(request).catalogues.writing() as catalogue:
        yield catalogue


# Handed back before the answer is sent, so that whoever takes it in slowly keeps nobody waiting.
Reading = Annotated[Catalogue, Depends(_reading, scope="function")]
"""The catalogue for a page that reads."""

Writing = Annotated[Catalogue, Depends(_writing, scope="function")]
"""The catalogue for a request that changes it."""


def author_of(request: Request, reason: str | None = None) -> Author:
    """Return who asks, as the author of a change as of now."""
    return place_of(request).author(request.state.session.user, (reason or "").strip()[:500] or None)


def undo_change(connection: sqlite3.Connection, change_id: str, by: Author) -> str:
    """Undo a change of tags or a correction and return the undo's id."""
    if connection.execute("SELECT 1 FROM corrections WHERE change_id = ?", (change_id,)).fetchone():
        return corrections.undo(connection, change_id, by)
    return str(tags.undo(connection, change_id, by).change_id)


def own_address(text: str, otherwise: str) -> str:
    r"""Return an address of these pages to go back to, or the other one for whatever leads elsewhere.

    >>> own_address("/records?q=a", "/history"), own_address("//evil.example", "/history")
    ('/records?q=a', '/history')
    """
    parts = urlsplit(text)
    plain = text.isprintable() and "\\" not in text
    inside = plain and text.startswith("/") and not text.startswith("//") and not parts.scheme and not parts.netloc
    return text if inside else otherwise
