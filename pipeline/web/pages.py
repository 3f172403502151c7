"""The pages: one short function each, from a request to a rendered template."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from pipeline.batch.ledger import STATES
from pipeline.batch.status import read_status
from pipeline.errors import QueryError
from pipeline.people import corrections, log, tags
from pipeline.people.tags import Edit
from pipeline.search import FACETS, Filters
from pipeline.web import data, scans
from pipeline.web.render import page_of, render
from pipeline.web.security import new_session

router = APIRouter()
PER_PAGE = 50
_WIDTHS = (800, 1200, 1600, 2400)


def _place(request: Request) -> Any:
    return request.app.state.workplace


def _user(request: Request) -> Any:
    return request.state.session.user


def _filters(request: Request) -> Filters:
    """Return the facet values that the address chooses."""
    chosen = {name: tuple(request.query_params.getlist(name)) for name in FACETS}
    return Filters(values={name: values for name, values in chosen.items() if values})


@router.get("/")
async def home() -> Response:
    """Lead to the records."""
    return RedirectResponse("/records", 303)


@router.get("/records")
async def records(request: Request, q: str = "", page: int = 1) -> Response:
    """*Kho văn bản*: search, facets, table, tags for what is chosen."""
    filters, offset = _filters(request), (max(page, 1) - 1) * PER_PAGE
    try:
        results = _place(request).searcher.search(q, filters=filters, limit=PER_PAGE, offset=offset)
    except QueryError as error:
        return render(request, "records_mistake.html", q=q, mistake=error.say(page_of(request).lang), status=400)
    states = {row[0]: row[1] for row in _states(request, [hit.dispatch_id for hit in results.hits])}
    return render(
        request, "records.html", q=q, results=results, number=max(page, 1), per_page=PER_PAGE,
        states=states, chosen=filters.values, address=_address(request),
    )  # fmt: skip


def _states(request: Request, ids: list[str]) -> Any:
    marks = ",".join("?" * len(ids))
    sql = f"SELECT dispatch_id, review_state FROM dispatches WHERE dispatch_id IN ({marks})"
    return _place(request).connection.execute(sql, ids)


def _address(request: Request) -> Any:
    """Return a function that makes this page's address with some of its parameters changed."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("page", "lang")]

    def address(
        *, page: int | None = None, add: tuple[str, str] | None = None, drop: tuple[str, str] | None = None
    ) -> str:
        items = [item for item in kept if item != drop] + ([add] if add else [])
        return "/records?" + urlencode(items + ([("page", str(page))] if page and page > 1 else []))

    return address


@router.post("/records/tags")
async def tag_records(
    request: Request,
    *,
    q: Annotated[str, Form()] = "",
    filters: Annotated[str, Form()] = "",
    scope: Annotated[str, Form()] = "chosen",
    ids: Annotated[list[str] | None, Form()] = None,
    add: Annotated[str, Form()] = "",
    remove: Annotated[str, Form()] = "",
    step: Annotated[str, Form()] = "preview",
) -> Response:
    """Preview or apply tags on the chosen records, or on all that the query finds."""
    place = _place(request)
    narrowed = Filters(values=_unpack(filters))
    chosen = place.searcher.matching(q, filters=narrowed) if scope == "all" else (ids or [])
    edit = Edit.of(_split(add), _split(remove))
    if step == "apply":
        outcome = tags.apply(place.connection, chosen, edit, place.author(_user(request)), query=q or None)
    else:
        outcome = tags.preview(place.connection, chosen, edit)
    return render(
        request, "tag_change.html", outcome=outcome, q=q, filters=filters, scope=scope, ids=ids or [],
        add="; ".join(edit.add), remove="; ".join(edit.remove), applied=step == "apply", total=len(chosen),
    )  # fmt: skip


def _split(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in text.replace("\n", ";").split(";")) if part]


def _unpack(filters: str) -> dict[str, tuple[str, ...]]:
    """Read the facet values that a form carries as lines of `name=value`."""
    values: dict[str, tuple[str, ...]] = {}
    for line in filters.splitlines():
        name, _, value = line.partition("=")
        if name in FACETS:
            values[name] = (*values.get(name, ()), value)
    return values


@router.post("/changes/{change_id}/undo")
async def undo(request: Request, change_id: str) -> Response:
    """Undo a change and show the log."""
    undo_change(request, change_id)
    return RedirectResponse("/history", 303)


def undo_change(request: Request, change_id: str) -> str:
    """Undo a change of tags or a correction and return the undo's id."""
    place = _place(request)
    by = place.author(_user(request))
    connection = place.connection
    if connection.execute("SELECT 1 FROM corrections WHERE change_id = ?", (change_id,)).fetchone():
        return corrections.undo(connection, change_id, by)
    return str(tags.undo(connection, change_id, by).change_id)


@router.get("/review")
async def review_first(request: Request, after: str | None = None) -> Response:
    """*Duyệt*: lead to the next record that waits."""
    found = data.next_to_review(_place(request).connection, after)
    if found is None:
        return render(request, "review_done.html")
    return RedirectResponse(f"/review/{found}", 303)


@router.get("/review/{dispatch_id}")
async def review(request: Request, dispatch_id: str) -> Response:
    """*Duyệt*: the scan beside the fields of one record."""
    connection = _place(request).connection
    view = data.record(connection, dispatch_id)
    if view is None:
        raise HTTPException(404, "404")
    path = data.source(connection, dispatch_id)
    sizes = data.page_sizes(_place(request).out, dispatch_id)
    return render(
        request, "review.html", view=view, columns=data.COLUMNS, waiting=data.waiting(connection),
        sizes=sizes if path and scans.page_count(path) else (),
    )  # fmt: skip


@router.get("/dispatches/{dispatch_id}/pages/{number}.png")
async def scan_page(request: Request, dispatch_id: str, number: int, width: int = 1200) -> Response:
    """Show a page of a dispatch as a picture."""
    path = data.source(_place(request).connection, dispatch_id)
    if path is None:
        raise HTTPException(404, "404")
    nearest = min(_WIDTHS, key=lambda known: abs(known - width))
    sizes = data.page_sizes(_place(request).out, dispatch_id)
    turn = next((size.turn for size in sizes if size.number == number), 0)
    png = await run_in_threadpool(scans.page_png, path, number, width=nearest, turn=turn)
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@router.get("/movements")
async def movements(request: Request) -> Response:
    """*Phong trào*: the registry of movements with their dispatches over time."""
    return render(request, "movements.html", movements=data.movements(_place(request).connection))


@router.get("/directives")
async def directives(request: Request, due: str = "with_deadline", assignee: str = "", format: str = "") -> Response:
    """*Nhiệm vụ*: directives by deadline, the overdue ones marked."""
    place = _place(request)
    today = place.now().date().isoformat()
    rows = data.directives(place.connection, today=today, due=due, assignee=assignee)
    if format == "csv":
        return _csv("nhiem-vu.csv", rows)
    return render(request, "directives.html", rows=rows, due=due, assignee=assignee)


def _csv(name: str, rows: list[dict[str, Any]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0] if rows else ())
    for row in rows:
        cells = ("" if value is None else str(value) for value in row.values())
        writer.writerow(f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells)
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/tags")
async def tag_tree(request: Request) -> Response:
    """*Thẻ*: the tree of tags with numbers of records."""
    return render(request, "tags.html", tree=tags.tree(_place(request).connection))


@router.post("/tags/rename")
async def rename_tag(request: Request, old: Annotated[str, Form()], new: Annotated[str, Form()]) -> Response:
    """Rename or merge a tag."""
    place = _place(request)
    moves = tags.rename_plan(place.connection, old, new)
    by = place.author(_user(request))
    tags.carry_out(place.connection, moves, by, kind="rename", query=f"{old} → {new}")
    return RedirectResponse("/tags", 303)


@router.get("/history")
async def history(request: Request) -> Response:
    """*Lịch sử*: the log of changes, each with its undo."""
    return render(request, "history.html", changes=log(_place(request).connection, limit=500))


@router.get("/status")
async def status(request: Request) -> Response:
    """*Tình trạng*: the ledger."""
    found = read_status(_place(request).out, lang="vi" if page_of(request).lang == "vi" else "en")
    return render(request, "status.html", ledger=found, states=STATES)


@router.get("/login")
async def login_form(request: Request) -> Response:
    """Ask for name and password."""
    return render(request, "login.html", wrong=False)


@router.post("/login")
async def login(request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
    """Sign in."""
    place = _place(request)
    user = await run_in_threadpool(place.accounts.check, name, password) if place.accounts else None
    if user is None:
        return render(request, "login.html", wrong=True, status=403)
    response = RedirectResponse("/records", 303)
    response.set_cookie(
        "congvan_session", place.signer.seal(new_session(user)), httponly=True, samesite="strict", path="/"
    )
    return response


@router.post("/logout")
async def logout() -> Response:
    """Sign out."""
    response = RedirectResponse("/login", 303)
    response.delete_cookie("congvan_session", path="/")
    return response
