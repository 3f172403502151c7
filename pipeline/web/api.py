"""The same as the pages, for programs: JSON under `/api`, described by `/api/openapi.json`."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import asdict
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from pipeline import search, store
from pipeline.batch.lock import running
from pipeline.batch.status import read_status
from pipeline.people import corrections, filling, log, tags
from pipeline.people.tags import Edit, Outcome
from pipeline.search import Filters, saved
from pipeline.web import data, registry
from pipeline.web.accounts import Role
from pipeline.web.connections import Catalogue
from pipeline.web.pages import shown_status
from pipeline.web.places import Reading, Workplace, Writing, author_of, place_of, undo_change
from pipeline.web.registry import TaskQuery

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


Keys = Annotated[list[Text], Field(min_length=1, max_length=1000)]


class CellValue(_Body):
    """The right value of one column of one or more rows."""

    keys: Keys
    column: Text
    value: Cell = None


class NewRow(_Body):
    """A row that the machine missed."""

    values: dict[Text, Cell]


class RowKeys(_Body):
    """Which rows are struck out."""

    keys: Keys


class _Chosen(_Body):
    query: Text | None = None
    ids: Annotated[list[Text], Field(max_length=100_000)] | None = None
    reason: Annotated[str, Field(max_length=500)] | None = None


class TagEdit(_Chosen):
    """Tags on or off, for a query or for given records."""

    add: Annotated[list[Text], Field(max_length=100)] = []
    remove: Annotated[list[Text], Field(max_length=100)] = []


class FieldFill(_Chosen):
    """One field's value for a query or for given records; null empties the field."""

    name: Text
    value: Text | None


class NewSearch(_Body):
    """A query, and values of facets, to be kept under a name."""

    name: Text
    query: Annotated[str, Field(max_length=2000)] = ""
    facets: dict[Literal["type_name", "agency", "year", "movement", "tag", "review_state"], list[Text]] = {}


class IngestStart(_Body):
    """Which of the known folders is read; `retry` tries quarantined files again too."""

    inbox: Text
    retry: bool = False


router = APIRouter(
    responses={code: {"description": "refused"} for code in (400, 401, 403, 404, 413, 422)},
)


def _known(connection: sqlite3.Connection, dispatch_id: str) -> None:
    if not data.exists(connection, dispatch_id):
        raise HTTPException(404)


@router.get("/search")
def find(
    catalogue: Reading,
    q: Annotated[str, Query(max_length=2000)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=200)] = 20,
) -> dict[str, Any]:
    """Search with the query language of `docs/search.md`."""
    results = catalogue.searcher.search(q, limit=size, offset=(page - 1) * size)
    return dict(search.as_json(results))


@router.get("/dispatches/{dispatch_id}")
def dispatch(catalogue: Reading, dispatch_id: DispatchId) -> dict[str, Any]:
    """Return one dispatch with its fields' evidence and every claim."""
    _known(catalogue.connection, dispatch_id)
    connection = catalogue.connection
    (row,) = store.read(connection, "dispatches", "dispatch_id = ?", (dispatch_id,))
    keys = corrections.keys(connection, dispatch_id)
    claims: dict[str, Any] = {}
    for table in ("fields", *data.COLUMNS, "signatures"):
        rows: list[dict[str, Any]] = [dict(r) for r in store.read(connection, table, "dispatch_id = ?", (dispatch_id,))]
        if table in data.COLUMNS:
            rows = [r | {"key": key} for r, key in zip(rows, keys[table], strict=True)]
        claims[table] = rows
    return dict(row) | claims | {"tags": list(tags.tags_of(connection, [dispatch_id])[dispatch_id])}


@router.post("/dispatches/{dispatch_id}/fields")
def correct(request: Request, catalogue: Writing, dispatch_id: DispatchId, body: FieldValue) -> dict[str, str]:
    """Correct one field."""
    _known(catalogue.connection, dispatch_id)
    change = corrections.set_field(catalogue.connection, dispatch_id, body.name, body.value, author_of(request))
    return {"change_id": change}


@router.post("/dispatches/{dispatch_id}/check")
def check(request: Request, catalogue: Writing, dispatch_id: DispatchId) -> dict[str, str]:
    """Mark a dispatch as checked."""
    _known(catalogue.connection, dispatch_id)
    return {"change_id": corrections.check(catalogue.connection, dispatch_id, author_of(request))}


@router.patch("/dispatches/{dispatch_id}/{table}")
def correct_rows(
    request: Request, catalogue: Writing, dispatch_id: DispatchId, table: Table, body: CellValue
) -> dict[str, str]:
    """Correct one column of one or more rows, as one change."""
    _known(catalogue.connection, dispatch_id)
    change = corrections.set_cells(
        catalogue.connection, dispatch_id, table, body.keys, body.column, body.value, author_of(request)
    )
    return {"change_id": change}


@router.post("/dispatches/{dispatch_id}/{table}")
def add_row(
    request: Request, catalogue: Writing, dispatch_id: DispatchId, table: Table, body: NewRow
) -> dict[str, str]:
    """Add a row that the machine missed."""
    _known(catalogue.connection, dispatch_id)
    values = {column: value for column, value in body.values.items() if value not in ("", None)}
    change = corrections.add_row(catalogue.connection, dispatch_id, table, values, author_of(request))
    return {"change_id": change}


@router.delete("/dispatches/{dispatch_id}/{table}")
def strike_rows(
    request: Request, catalogue: Writing, dispatch_id: DispatchId, table: Table, body: RowKeys
) -> dict[str, str]:
    """Strike rows out, as one change."""
    _known(catalogue.connection, dispatch_id)
    change = corrections.strike_rows(catalogue.connection, dispatch_id, table, body.keys, author_of(request))
    return {"change_id": change}


@router.post("/tags/preview")
def preview_tags(catalogue: Reading, body: TagEdit) -> dict[str, Any]:
    """Say what a change of tags would do, changing nothing."""
    return _outcome(tags.preview(catalogue.connection, _chosen(catalogue, body), Edit.of(body.add, body.remove)))


@router.post("/tags/apply")
def apply_tags(request: Request, catalogue: Writing, body: TagEdit) -> dict[str, Any]:
    """Change tags in one transaction with one change id."""
    edit = Edit.of(body.add, body.remove)
    by = author_of(request, body.reason)
    return _outcome(tags.apply(catalogue.connection, _chosen(catalogue, body), edit, by, query=body.query))


@router.post("/fields/preview")
def preview_field(catalogue: Reading, body: FieldFill) -> dict[str, Any]:
    """Say what giving a field of many records a value would do, changing nothing."""
    return asdict(filling.preview(catalogue.connection, _chosen(catalogue, body), body.name, body.value))


@router.post("/fields/apply")
def fill_field(request: Request, catalogue: Writing, body: FieldFill) -> dict[str, Any]:
    """Give a field of many records a value, in one transaction with one change id."""
    by = author_of(request, body.reason)
    chosen = _chosen(catalogue, body)
    return asdict(filling.apply(catalogue.connection, chosen, body.name, body.value, by, query=body.query))


def _chosen(catalogue: Catalogue, body: _Chosen) -> list[str]:
    if body.query is not None:
        found: list[str] = catalogue.searcher.matching(body.query, filters=Filters())
        return found
    return body.ids or []


def _outcome(outcome: Outcome) -> dict[str, Any]:
    changes = [
        {"dispatch_id": c.dispatch_id, "before": list(c.before), "after": list(c.after)} for c in outcome.changes
    ]
    return {"change_id": outcome.change_id, "rows": outcome.rows, "changes": changes}


@router.get("/tags")
def tag_tree(catalogue: Reading) -> list[dict[str, Any]]:
    """Return every tag with its number of records."""
    return [{"tag": tag, "count": count} for tag, count in tags.tree(catalogue.connection)]


@router.get("/changes")
def changes(catalogue: Reading, limit: Annotated[int, Query(ge=1, le=10_000)] = 500) -> list[dict[str, Any]]:
    """Return the log of changes, the newest first."""
    return [dict(row) for row in log(catalogue.connection, limit=limit)]


@router.post("/changes/{change_id}/undo")
def undo(request: Request, catalogue: Writing, change_id: Annotated[str, Path(max_length=60)]) -> dict[str, str]:
    """Undo a change."""
    return {"change_id": undo_change(catalogue.connection, change_id, author_of(request))}


@router.get("/searches")
def searches(catalogue: Reading) -> list[dict[str, Any]]:
    """Return the saved searches, by name."""
    return [asdict(kept) for kept in saved.listed(catalogue.connection)]


@router.post("/searches")
def save_search(request: Request, catalogue: Writing, body: NewSearch) -> dict[str, Any]:
    """Keep a search under a name, in place of an earlier one of that name."""
    facets = {str(name): tuple(values) for name, values in body.facets.items()}
    actor, now = request.state.session.user.name, place_of(request).now()
    return asdict(saved.save(catalogue.connection, body.name, body.query, actor=actor, now=now, facets=facets))


@router.delete("/searches")
def forget_search(catalogue: Writing, name: Annotated[str, Query(max_length=200)]) -> dict[str, str]:
    """Forget a saved search."""
    saved.delete(catalogue.connection, name)
    return {"name": name}


@router.get("/movements")
def movements(catalogue: Reading, q: Annotated[str, Query(max_length=200)] = "") -> list[dict[str, Any]]:
    """Return the registry of movements, with the number of dispatches by year."""
    return registry.movements(catalogue.connection, q)


@router.get("/movements/dispatches")
def movement_dispatches(catalogue: Reading, movement_id: Annotated[str, Query(max_length=400)]) -> list[dict[str, Any]]:
    """Return the dispatches that name a movement, over time."""
    return registry.movement_dispatches(catalogue.connection, movement_id)


class TaskList(TaskQuery):
    """Which tasks, and how many at most."""

    limit: Annotated[int, Field(ge=1, le=10_000)] = 500


@router.get("/directives")
def directives(request: Request, catalogue: Reading, asked: Annotated[TaskList, Query()]) -> list[dict[str, Any]]:
    """Return directives by deadline; `start` and `end` bound it."""
    found = registry.directives(catalogue.connection, asked, place_of(request).now().date())
    return list(islice(found, asked.limit))


@router.get("/status")
def status(request: Request) -> dict[str, Any]:
    """Return the ledger's counts and problems."""
    admin = request.state.session.user.role >= Role.ADMIN
    return dict(shown_status(read_status(place_of(request).out), admin=admin).as_json())


@router.get("/status/stream")
async def status_stream(request: Request, once: bool = False) -> StreamingResponse:
    """Stream the ledger's counts and the run of an ingest, whenever they change, as server-sent events."""
    place = place_of(request)

    async def events() -> AsyncIterator[str]:
        last = ""
        while not await request.is_disconnected():
            async with place.catalogues.reading() as catalogue:
                now = json.dumps(await run_in_threadpool(_progress, place, catalogue))
            if now != last:
                yield f"data: {now}\n\n"
                last = now
            if once:
                return
            await asyncio.sleep(1)

    return StreamingResponse(events(), media_type="text/event-stream")


def _progress(place: Workplace, catalogue: Catalogue) -> dict[str, Any]:
    run = place.ingester.run
    return {
        "running": place.ingester.at_work or running(place.out),
        "ours": place.ingester.at_work,
        "counts": data.counts(catalogue.connection),
        "run": run.as_json() if run else None,
    }


@router.post("/status/retry")
def retry(catalogue: Writing, source_path: Annotated[str, Query(max_length=4096)]) -> dict[str, int]:
    """Have the next ingest try a quarantined or failed file again."""
    return {"rows": data.retry(catalogue.connection, source_path)}


@router.get("/ingest")
def ingest(request: Request, catalogue: Reading) -> dict[str, Any]:
    """Return how the ingest goes, or went, that was started last."""
    return _progress(place_of(request), catalogue)


@router.post("/ingest")
def start_ingest(request: Request, catalogue: Reading, body: IngestStart) -> dict[str, Any]:
    """Start an ingest of one of the known folders."""
    place = place_of(request)
    by, at = request.state.session.user.name, place.now().isoformat(timespec="seconds")
    return place.ingester.start(catalogue.connection, body.inbox, by=by, at=at, retry=body.retry).as_json()


@router.delete("/ingest")
def stop_ingest(request: Request) -> dict[str, bool]:
    """Stop the ingest that was started here; what it has finished is kept."""
    return {"stopping": place_of(request).ingester.stop()}
