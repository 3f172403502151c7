"""The same as the pages, for programs: JSON under `/api`, described by `/api/openapi.json`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from pipeline import search, store
from pipeline.batch.status import read_status
from pipeline.people import corrections, log, tags
from pipeline.people.tags import Edit, Outcome
from pipeline.search import Filters
from pipeline.web import data
from pipeline.web.pages import undo_change

DispatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
Table = Literal["recipients", "movements", "dates", "references", "directives"]
Text = Annotated[str, Field(max_length=20_000)]
Cell = Text | int | bool | list[Text] | None


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FieldValue(_Body):
    """A field's right value; null says that the page does not hold it."""

    name: Text
    value: Text | None


class CellValue(_Body):
    """The right value of one column of one row."""

    key: Text
    column: Text
    value: Cell = None


class NewRow(_Body):
    """A row that the machine missed."""

    values: dict[Text, Cell]


class RowKey(_Body):
    """Which row is struck out."""

    key: Text


class TagEdit(_Body):
    """Tags on or off, for a query or for given records."""

    query: Text | None = None
    ids: Annotated[list[Text], Field(max_length=100_000)] | None = None
    add: Annotated[list[Text], Field(max_length=100)] = []
    remove: Annotated[list[Text], Field(max_length=100)] = []


router = APIRouter(
    responses={code: {"description": "refused"} for code in (400, 401, 403, 404, 413, 422)},
)


def _place(request: Request) -> Any:
    return request.app.state.workplace


def _by(request: Request) -> Any:
    return _place(request).author(request.state.session.user)


def _known(request: Request, dispatch_id: str) -> None:
    if not data.exists(_place(request).connection, dispatch_id):
        raise HTTPException(404, "no such dispatch")


@router.get("/search")
async def find(
    request: Request,
    q: Annotated[str, Query(max_length=2000)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 20,
) -> dict[str, Any]:
    """Search with the query language of `docs/search.md`."""
    results = _place(request).searcher.search(q, limit=size, offset=(page - 1) * size)
    return dict(search.as_json(results))


@router.get("/dispatches/{dispatch_id}")
async def dispatch(request: Request, dispatch_id: DispatchId) -> dict[str, Any]:
    """Return one dispatch with its fields' evidence and every claim."""
    _known(request, dispatch_id)
    connection = _place(request).connection
    (row,) = store.read(connection, "dispatches", "dispatch_id = ?", (dispatch_id,))
    claims: dict[str, Any] = {}
    for table in ("fields", *data.COLUMNS, "signatures"):
        rows: list[dict[str, Any]] = [dict(r) for r in store.read(connection, table, "dispatch_id = ?", (dispatch_id,))]
        if table in data.COLUMNS:
            keys = corrections.keys(connection, dispatch_id, table)
            rows = [r | {"key": key} for r, key in zip(rows, keys, strict=True)]
        claims[table] = rows
    return dict(row) | claims | {"tags": list(tags.tags_of(connection, [dispatch_id])[dispatch_id])}


@router.post("/dispatches/{dispatch_id}/fields")
async def correct(request: Request, dispatch_id: DispatchId, body: FieldValue) -> dict[str, str]:
    """Correct one field."""
    _known(request, dispatch_id)
    change = corrections.set_field(_place(request).connection, dispatch_id, body.name, body.value, _by(request))
    return {"change_id": change}


@router.post("/dispatches/{dispatch_id}/check")
async def check(request: Request, dispatch_id: DispatchId) -> dict[str, str]:
    """Mark a dispatch as checked."""
    _known(request, dispatch_id)
    return {"change_id": corrections.check(_place(request).connection, dispatch_id, _by(request))}


@router.patch("/dispatches/{dispatch_id}/{table}")
async def correct_row(request: Request, dispatch_id: DispatchId, table: Table, body: CellValue) -> dict[str, str]:
    """Correct one column of one row."""
    _known(request, dispatch_id)
    change = corrections.set_cell(
        _place(request).connection, dispatch_id, table, body.key, body.column, body.value, _by(request)
    )
    return {"change_id": change}


@router.post("/dispatches/{dispatch_id}/{table}")
async def add_row(request: Request, dispatch_id: DispatchId, table: Table, body: NewRow) -> dict[str, str]:
    """Add a row that the machine missed."""
    _known(request, dispatch_id)
    values = {column: value for column, value in body.values.items() if value not in ("", None)}
    change = corrections.add_row(_place(request).connection, dispatch_id, table, values, _by(request))
    return {"change_id": change}


@router.delete("/dispatches/{dispatch_id}/{table}")
async def strike_row(request: Request, dispatch_id: DispatchId, table: Table, body: RowKey) -> dict[str, str]:
    """Strike a row out."""
    _known(request, dispatch_id)
    change = corrections.strike_row(_place(request).connection, dispatch_id, table, body.key, _by(request))
    return {"change_id": change}


@router.post("/tags/preview")
async def preview_tags(request: Request, body: TagEdit) -> dict[str, Any]:
    """Say what a change of tags would do, changing nothing."""
    place = _place(request)
    return _outcome(tags.preview(place.connection, _chosen(request, body), Edit.of(body.add, body.remove)))


@router.post("/tags/apply")
async def apply_tags(request: Request, body: TagEdit) -> dict[str, Any]:
    """Change tags in one transaction with one change id."""
    place = _place(request)
    edit = Edit.of(body.add, body.remove)
    return _outcome(tags.apply(place.connection, _chosen(request, body), edit, _by(request), query=body.query))


def _chosen(request: Request, body: TagEdit) -> list[str]:
    if body.query is not None:
        found: list[str] = _place(request).searcher.matching(body.query, filters=Filters())
        return found
    return body.ids or []


def _outcome(outcome: Outcome) -> dict[str, Any]:
    changes = [
        {"dispatch_id": c.dispatch_id, "before": list(c.before), "after": list(c.after)} for c in outcome.changes
    ]
    return {"change_id": outcome.change_id, "rows": outcome.rows, "changes": changes}


@router.get("/tags")
async def tag_tree(request: Request) -> list[dict[str, Any]]:
    """Return every tag with its number of records."""
    return [{"tag": tag, "count": count} for tag, count in tags.tree(_place(request).connection)]


@router.get("/changes")
async def changes(request: Request, limit: Annotated[int, Query(ge=1, le=10_000)] = 500) -> list[dict[str, Any]]:
    """Return the log of changes, the newest first."""
    return [dict(row) for row in log(_place(request).connection, limit=limit)]


@router.post("/changes/{change_id}/undo")
async def undo(request: Request, change_id: Annotated[str, Path(max_length=60)]) -> dict[str, str]:
    """Undo a change."""
    return {"change_id": undo_change(request, change_id)}


@router.get("/movements")
async def movements(request: Request) -> list[dict[str, Any]]:
    """Return the registry of movements."""
    return data.movements(_place(request).connection)


@router.get("/directives")
async def directives(
    request: Request,
    due: Literal["with_deadline", "overdue", "due", "all"] = "with_deadline",
    assignee: Annotated[str, Query(max_length=200)] = "",
) -> list[dict[str, Any]]:
    """Return directives by deadline."""
    place = _place(request)
    return data.directives(place.connection, today=place.now().date().isoformat(), due=due, assignee=assignee)


@router.get("/status")
async def status(request: Request) -> dict[str, Any]:
    """Return the ledger's counts and problems."""
    return dict(read_status(_place(request).out).as_json())


@router.get("/status/stream")
async def status_stream(request: Request, once: bool = False) -> StreamingResponse:
    """Stream the ledger's counts once a second, as server-sent events."""

    async def events() -> AsyncIterator[str]:
        while not await request.is_disconnected():
            yield f"data: {json.dumps(data.progress(_place(request).out))}\n\n"
            if once:
                return
            await asyncio.sleep(1)

    return StreamingResponse(events(), media_type="text/event-stream")


@router.post("/status/retry")
async def retry(request: Request, source_path: Annotated[str, Query(max_length=4096)]) -> dict[str, int]:
    """Have the next ingest try a quarantined or failed file again."""
    return {"rows": data.retry(_place(request).connection, source_path)}
