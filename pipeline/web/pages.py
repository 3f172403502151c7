"""The smaller pages: one short function each, from a request to a rendered template."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from pipeline.batch.ledger import STATES
from pipeline.batch.status import Status, read_status
from pipeline.people import tags
from pipeline.web import registry, tables
from pipeline.web.journal import PER_PAGE, actors, journal
from pipeline.web.places import Reading, Writing, author_of, own_address, place_of, undo_change
from pipeline.web.registry import DUE, TaskQuery
from pipeline.web.render import page_of, render

router = APIRouter()
KINDS = ("tag", "rename", "rule", "correct", "check", "undo", "release")
"""The kinds of changes, in the order in which the log's filter shows them."""


@router.get("/")
def home() -> Response:
    """Lead to the records."""
    return RedirectResponse("/records", 303)


@router.post("/changes/{change_id}/undo")
def undo(request: Request, catalogue: Writing, change_id: str, back: Annotated[str, Form()] = "") -> Response:
    """Undo a change and go back to where that was asked."""
    undo_id = undo_change(catalogue.connection, change_id, author_of(request))
    address = own_address(back, "/history")
    if address.startswith("/records"):
        address += f"{'&' if '?' in address else '?'}undone={undo_id}"
    return RedirectResponse(address, 303)


@router.get("/movements")
def movements(request: Request, catalogue: Reading, q: str = "", page: int = 1, format: str = "") -> Response:
    """*Phong trào*: the registry of movements, each with its dispatches over time."""
    found = registry.movements(catalogue.connection, q)
    if format:
        columns = registry.MOVEMENT_COLUMNS
        return tables.answer("phong-trao", format, columns, found, page_of(request).lang)
    at = (max(page, 1) - 1) * registry.PER_PAGE
    return render(
        request, "movements.html", movements=found[at : at + registry.PER_PAGE], q=q, number=max(page, 1),
        total=len(found), pages=-(-len(found) // registry.PER_PAGE),
        most=max((count for entry in found for _, count in entry["years"]), default=1),
    )  # fmt: skip


@router.get("/movements/dispatches")
def movement(request: Request, catalogue: Reading, id: str) -> Response:
    """*Phong trào*: one movement and the dispatches that name it, over time."""
    connection = catalogue.connection
    entry = next((entry for entry in registry.movements(connection) if entry["movement_id"] == id), None)
    if entry is None:
        raise HTTPException(404)
    dispatches = registry.movement_dispatches(connection, id)
    return render(request, "movement.html", movement=entry, dispatches=dispatches)


class TaskPage(TaskQuery):
    """Which tasks, and which page of them or in which format."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    format: str = ""


@router.get("/directives")
def directives(request: Request, catalogue: Reading, asked: Annotated[TaskPage, Query()]) -> Response:
    """*Nhiệm vụ*: directives by deadline, the overdue ones marked, on the page or as a file."""
    today = place_of(request).now().date()
    found = registry.directives(catalogue.connection, asked, today)
    if asked.format:
        return tables.answer("nhiem-vu", asked.format, registry.DIRECTIVE_COLUMNS, found, page_of(request).lang)
    at = (asked.page - 1) * registry.PER_PAGE
    rows = list(islice(found, at, at + registry.PER_PAGE + 1))
    narrowing = asked.model_dump(include=set(TaskQuery.model_fields) - {"due"})
    return render(
        request, "directives.html", rows=rows[: registry.PER_PAGE], due=asked.due, asked=narrowing, choices=DUE,
        number=asked.page, more=len(rows) > registry.PER_PAGE, today=today,
        counts=registry.due_counts(catalogue.connection, today),
    )  # fmt: skip


@router.get("/tags")
def tag_tree(request: Request, catalogue: Reading) -> Response:
    """*Thẻ*: the tree of tags with numbers of records."""
    return render(request, "tags.html", tree=branches(tags.tree(catalogue.connection)))


def branches(tree: list[tuple[str, int]]) -> list[tuple[str, int | None]]:
    """Return the tags with the branches above them that no record has itself (None), in the order of a tree.

    >>> branches([("a/b", 2), ("a/c", 1), ("d", 4)])
    [('a', None), ('a/b', 2), ('a/c', 1), ('d', 4)]
    """
    counts: dict[str, int | None] = dict(tree)
    for tag, _ in tree:
        levels = tag.split("/")
        for depth in range(1, len(levels)):
            counts.setdefault("/".join(levels[:depth]), None)
    return sorted(counts.items(), key=lambda item: item[0].split("/"))


@router.post("/tags/rename")
def rename_tag(
    request: Request, catalogue: Writing, old: Annotated[str, Form()], new: Annotated[str, Form()]
) -> Response:
    """Rename or merge a tag."""
    connection = catalogue.connection
    moves = tags.rename_plan(connection, old, new)
    tags.carry_out(connection, moves, author_of(request), kind="rename", query=f"{old} → {new}")
    return RedirectResponse("/tags", 303)


@router.get("/history")
def history(
    request: Request,
    catalogue: Reading,
    actor: str = "",
    kind: str = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """*Lịch sử*: the log of changes, each with what it did and its undo."""
    connection = catalogue.connection
    changes, total = journal(connection, actor=actor, kind=kind, page=page)
    return render(
        request, "history.html", changes=changes, total=total, number=page, pages=-(-total // PER_PAGE), actor=actor,
        kind=kind, kinds=KINDS, actors=actors(connection),
    )  # fmt: skip


@router.get("/status")
def status(request: Request, catalogue: Reading) -> Response:
    """*Tình trạng*: the ledger, and for an admin the ingest."""
    place, page = place_of(request), page_of(request)
    found = shown_status(read_status(place.out, lang="vi" if page.lang == "vi" else "en"), admin=page.may_administer)
    run = place.ingester.run
    return render(
        request, "status.html", ledger=found, states=STATES, run=run.as_json() if run else None,
        inboxes=place.ingester.inboxes(catalogue.connection) if page.may_administer else (),
    )  # fmt: skip


def shown_status(status: Status, *, admin: bool) -> Status:
    """Return the ledger as someone may see it: the names of secret dispatches' files are for admins alone."""
    if admin:
        return status
    return Status(status.counts, status.gone, tuple(bad for bad in status.problems if bad.code != "secret"))
