"""What every page and every answer of the API needs of its request: the workplace, and who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request

from pipeline.people import Author, corrections, tags

if TYPE_CHECKING:
    from pipeline.web.app import Workplace


def place_of(request: Request) -> Workplace:
    """Return what the pages work with."""
    workplace: Workplace = request.app.state.workplace
    return workplace


def author_of(request: Request, reason: str | None = None) -> Author:
    """Return who asks, as the author of a change as of now."""
    return place_of(request).author(request.state.session.user, (reason or "").strip()[:500] or None)


def undo_change(request: Request, change_id: str) -> str:
    """Undo a change of tags or a correction and return the undo's id."""
    connection = place_of(request).connection
    by = author_of(request)
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
