"""*Duyệt*: the scan or the text of a dispatch beside its fields, and its file; all by dispatch id alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from pipeline.web import data, scans
from pipeline.web.connections import Catalogue
from pipeline.web.journal import journal
from pipeline.web.places import Reading, place_of
from pipeline.web.records import View
from pipeline.web.render import render

router = APIRouter()
_WIDTHS = (800, 1200, 1600, 2400)
LONG = ("subject", "agency", "parent_agency")
"""The fields whose values take more than a line."""

SUGGESTED = {
    "urgency": ("Khẩn", "Thượng khẩn", "Hỏa tốc"),
    "secrecy": ("Mật", "Tối mật", "Tuyệt mật"),
    "signing_authority": ("TM.", "KT.", "TL.", "TUQ.", "Q."),
}
"""Values that a person may pick for a field."""


@router.get("/review")
def review_first(request: Request, catalogue: Reading, after: str | None = None) -> Response:
    """Lead to the next record that waits, among those that a query finds if there is one."""
    view = View.of(request.query_params.multi_items())
    among = set(catalogue.searcher.matching(view.q, filters=view.filters)) if view.items else None
    found = data.next_to_review(catalogue.connection, after, among)
    if found is None or found == after:
        return render(request, "review_done.html", view=view)
    return RedirectResponse(view.address(path=f"/review/{found}"), 303)


@router.get("/review/{dispatch_id}")
def review(request: Request, catalogue: Reading, dispatch_id: str) -> Response:
    """Show one record."""
    record = data.record(catalogue.connection, dispatch_id)
    if record is None:
        raise HTTPException(404)
    view = View.of(request.query_params.multi_items())
    changes, _ = journal(catalogue.connection, dispatch_id=dispatch_id)
    path = data.source(catalogue.connection, dispatch_id)
    onward = urlencode([*view.items, ("after", dispatch_id)])
    return render(
        request, "review.html", view=view, record=record, columns=data.COLUMNS, choices=data.CHOICES, long=LONG,
        suggested=SUGGESTED, waiting=data.waiting(catalogue.connection), onward=f"/review?{onward}",
        has_file=path is not None, changes=changes,
        sizes=data.page_sizes(place_of(request).out, dispatch_id) if path and scans.has_pages(path) else (),
    )  # fmt: skip


@router.get("/dispatches/{dispatch_id}/pages/{number}.png")
async def scan_page(request: Request, dispatch_id: str, number: int, width: int = 1200) -> Response:
    """Show a page of a dispatch as a picture; pages are drawn one at a time."""
    place = place_of(request)
    async with place.catalogues.reading() as catalogue:
        path = await run_in_threadpool(_source, catalogue, dispatch_id)
    nearest = min(_WIDTHS, key=lambda known: abs(known - width))
    sizes = await run_in_threadpool(data.page_sizes, place.out, dispatch_id)
    turn = next((size.turn for size in sizes if size.number == number), 0)
    async with place.drawing:
        png = await run_in_threadpool(scans.page_png, path, number, width=nearest, turn=turn)
    return Response(png, media_type="image/png")


@router.get("/dispatches/{dispatch_id}/file")
def original(catalogue: Reading, dispatch_id: str) -> Response:
    """Hand out a dispatch's file as it was filed, to be saved and never shown by the browser."""
    path = _source(catalogue, dispatch_id)
    return FileResponse(path, filename=path.name, media_type="application/octet-stream")


def _source(catalogue: Catalogue, dispatch_id: str) -> Path:
    path = data.source(catalogue.connection, dispatch_id)
    if path is None:
        raise HTTPException(404)
    return path
