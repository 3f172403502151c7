"""*Kho văn bản*: search, facets, saved searches, and one change for all that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.annotations import FIELD_NAMES
from pipeline.errors import CongvanError, QueryError
from pipeline.people import filling, tags
from pipeline.people.tags import Edit
from pipeline.search import FACETS, Filters, saved
from pipeline.web.places import author_of, place_of
from pipeline.web.render import page_of, render

router = APIRouter()
PER_PAGE = 50
FILLABLE = tuple(name for name in FIELD_NAMES if name not in ("number", "subject", "arrival_number"))
"""The fields that several records may share."""

BLANK: dict[str, object] = {
    "scope": "chosen", "ids": (), "what": "tags", "add": "", "remove": "", "field": "", "value": "",
}  # fmt: skip
"""The form of a change before anybody filled it in."""

_PASSING = ("changed", "undone", "lang")  # parts of an address that say what has just happened
_SPELT_OUT = 50  # records that a preview names


@dataclass(frozen=True, slots=True)
class View:
    """What the address of the page asks for: a query, values of facets, and which page of the hits."""

    q: str
    filters: Filters
    page: int
    items: tuple[tuple[str, str], ...]

    @staticmethod
    def of(items: Sequence[tuple[str, str]]) -> View:
        """Read the parts of an address."""
        kept = tuple((name, value) for name, value in items if name not in _PASSING)
        values = {name: tuple(value for key, value in kept if key == name) for name in FACETS}
        last = dict(kept)
        page = last.get("page", "1")
        return View(
            q=last.get("q", "")[:2000],
            filters=Filters(values={name: chosen for name, chosen in values.items() if chosen}),
            page=max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1,
            items=tuple(item for item in kept if item[0] in ("q", *FACETS)),
        )

    def address(
        self, *, page: int = 1, add: tuple[str, str] | None = None, drop: tuple[str, str] | None = None,
        path: str = "/records", q: str | None = None,
    ) -> str:  # fmt: skip
        """Return this page's address with some of its parts changed."""
        items = [item for item in self.items if item != drop and (q is None or item[0] != "q")]
        items += [*([("q", q)] if q else []), *([add] if add else []), *([("page", str(page))] if page > 1 else [])]
        return f"{path}?{urlencode(items)}" if items else path

    @property
    def here(self) -> str:
        """The address of this page of hits, to come back to."""
        return self.address(page=self.page)


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a preview names, with what the change does to it."""

    dispatch_id: str
    number: str | None
    notation: str | None
    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A change over the table: to be confirmed, just made, or just undone."""

    kind: str
    rows: int
    total: int = 0
    change_id: str | None = None
    named: tuple[Named, ...] = ()


@router.get("/records")
async def records(request: Request) -> Response:
    """Show what a query finds."""
    view = View.of(request.query_params.multi_items())
    panel = None
    for kind in ("undone", "changed"):
        if change_id := request.query_params.get(kind):
            panel = _made(request, kind, change_id)
    return _page(request, view, panel=panel)


def _made(request: Request, kind: str, change_id: str) -> Panel | None:
    sql = "SELECT rows FROM changes WHERE change_id = ?"
    row = place_of(request).connection.execute(sql, (change_id,)).fetchone()
    return Panel(kind, row[0], change_id=change_id) if row else None


def _page(
    request: Request, view: View, *, panel: Panel | None = None, form: dict[str, object] | None = None,
    refusal: CongvanError | None = None,
) -> Response:  # fmt: skip
    place, lang = place_of(request), page_of(request).lang
    offset = (view.page - 1) * PER_PAGE
    try:
        results = place.searcher.search(view.q, filters=view.filters, limit=PER_PAGE, offset=offset, facet_limit=40)
    except QueryError as error:
        kept = saved.listed(place.connection)
        return render(request, "records_mistake.html", view=view, mistake=error.say(lang), status=400, saved=kept)
    ids = [hit.dispatch_id for hit in results.hits]
    marks = ",".join("?" * len(ids))
    sql = f"SELECT dispatch_id, review_state, review_reason FROM dispatches WHERE dispatch_id IN ({marks})"
    states = {row["dispatch_id"]: row["review_state"] for row in place.connection.execute(sql, ids)}
    return render(
        request, "records.html", view=view, results=results, pages=-(-results.total // PER_PAGE), states=states,
        saved=saved.listed(place.connection), saved_address=_saved_address, panel=panel, form=form or BLANK,
        fields=FILLABLE, refusal=refusal.say(lang) if refusal else None, status=400 if refusal else 200,
    )  # fmt: skip


def _saved_address(kept: saved.SavedSearch) -> str:
    items = [("q", kept.query)] + [(name, value) for name, values in kept.facets.items() for value in values]
    return "/records?" + urlencode(items)


@router.post("/records/change")
async def change_records(
    request: Request,
    *,
    here: Annotated[str, Form(max_length=20_000)] = "",
    scope: Annotated[str, Form()] = "chosen",
    ids: Annotated[list[str] | None, Form()] = None,
    what: Annotated[str, Form()] = "tags",
    add: Annotated[str, Form()] = "",
    remove: Annotated[str, Form()] = "",
    field: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    step: Annotated[str, Form()] = "preview",
) -> Response:
    """Preview or make one change, of tags or of a field, to the chosen records or to all that the query finds."""
    view = View.of(parse_qsl(here.partition("?")[2]))
    form: dict[str, object] = {
        "scope": scope, "ids": tuple(ids or ()), "what": what, "add": add, "remove": remove, "field": field,
        "value": value,
    }  # fmt: skip
    try:
        place = place_of(request)
        everything = scope == "all"
        chosen = place.searcher.matching(view.q, filters=view.filters) if everything else sorted(set(ids or ()))
        query = _told(view) if everything else None
        make = _field_change(request, field, value) if what == "field" else _tag_change(request, add, remove)
        panel = make(chosen, step == "apply", reason, query)
    except CongvanError as error:
        return _page(request, view, form=form, refusal=error)
    if panel.change_id is None:
        return _page(request, view, panel=panel, form=form)
    back = view.address(page=view.page)
    return RedirectResponse(f"{back}{'&' if '?' in back else '?'}changed={panel.change_id}", 303)


def _told(view: View) -> str:
    """Return a query and its facets as the log tells them."""
    facets = (f"{name}={value}" for name, values in view.filters.values.items() for value in values)
    return " · ".join(part for part in (view.q, *facets) if part) or "*"


Make = Callable[[list[str], bool, str, "str | None"], Panel]


def _tag_change(request: Request, add: str, remove: str) -> Make:
    edit = Edit.of(split(add), split(remove))
    connection = place_of(request).connection

    def make(chosen: list[str], really: bool, reason: str, query: str | None) -> Panel:
        if really:
            outcome = tags.apply(connection, chosen, edit, author_of(request, reason), query=query)
        else:
            outcome = tags.preview(connection, chosen, edit, shown=_SPELT_OUT)
        named = [(c.dispatch_id, c.before, c.after) for c in outcome.changes]
        return _panel(request, outcome.change_id, outcome.rows, len(chosen), named)

    return make


def _field_change(request: Request, field: str, value: str) -> Make:
    connection = place_of(request).connection

    def make(chosen: list[str], really: bool, reason: str, query: str | None) -> Panel:
        if really:
            filled = filling.apply(connection, chosen, field, value, author_of(request, reason), query=query)
        else:
            filled = filling.preview(connection, chosen, field, value)
        named = [(c.dispatch_id, _one(c.before), _one(c.after)) for c in filled.changes[:_SPELT_OUT]]
        return _panel(request, filled.change_id, filled.rows, len(chosen), named)

    return make


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _panel(
    request: Request,
    change_id: str | None,
    rows: int,
    total: int,
    named: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]],
) -> Panel:
    sql = "SELECT number, notation, coalesce(subject, source_path) AS subject FROM dispatches WHERE dispatch_id = ?"
    connection = place_of(request).connection
    spelt = [
        Named(dispatch_id, **dict(connection.execute(sql, (dispatch_id,)).fetchone()), before=before, after=after)
        for dispatch_id, before, after in ([] if change_id else named)
    ]
    return Panel("preview", rows, total, change_id, tuple(spelt))


def split(text: str) -> list[str]:
    """Return the parts of a text that is separated by semicolons or lines."""
    return [part for part in (piece.strip() for piece in text.replace("\n", ";").split(";")) if part]


@router.post("/records/saved")
async def save_search(
    request: Request, name: Annotated[str, Form()] = "", here: Annotated[str, Form(max_length=20_000)] = ""
) -> Response:
    """Keep the query and its facets under a name."""
    view, place = View.of(parse_qsl(here.partition("?")[2])), place_of(request)
    try:
        actor = request.state.session.user.name
        saved.save(place.connection, name, view.q, actor=actor, now=place.now(), facets=view.filters.values)
    except CongvanError as error:
        return _page(request, view, refusal=error)
    return RedirectResponse(view.here, 303)


@router.post("/records/saved/forget")
async def forget_search(
    request: Request, name: Annotated[str, Form()] = "", here: Annotated[str, Form(max_length=20_000)] = ""
) -> Response:
    """Forget a saved search."""
    view = View.of(parse_qsl(here.partition("?")[2]))
    try:
        saved.delete(place_of(request).connection, name)
    except CongvanError as error:
        return _page(request, view, refusal=error)
    return RedirectResponse(view.here, 303)
