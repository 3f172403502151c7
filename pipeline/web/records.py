"""*Kho văn bản*: search, facets, saved searches, and one change for all that is chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from pipeline.annotations import FIELD_NAMES
from pipeline.errors import CongvanError, QueryError
from pipeline.people import Author, filling, tags
from pipeline.people.tags import Edit
from pipeline.search import FACETS, Filters, saved
from pipeline.web.connections import Catalogue
from pipeline.web.places import Reading, Writing, author_of, place_of
from pipeline.web.render import page_of, render

router = APIRouter()
PER_PAGE = 50
FILLABLE = tuple(name for name in FIELD_NAMES if name not in ("number", "subject", "arrival_number"))
"""The fields that several records may share."""

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

    @staticmethod
    def at(address: str) -> View:
        """Read an address of the page."""
        return View.of(parse_qsl(address.partition("?")[2]))

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


class ChangeForm(BaseModel):
    """One change of tags or of a field, of the chosen records or of all that the page finds; `here` is its address."""

    model_config = ConfigDict(frozen=True)

    here: Annotated[str, Field(max_length=20_000)] = ""
    scope: Literal["chosen", "all"] = "chosen"
    ids: tuple[str, ...] = ()
    what: Literal["tags", "field"] = "tags"
    add: str = ""
    remove: str = ""
    field: str = ""
    value: str = ""
    reason: str = ""

    @property
    def view(self) -> View:
        """The page on which the form stood."""
        return View.at(self.here)

    @property
    def edit(self) -> Edit:
        """The change of tags; raises ChangeError where it names none, or what is no tag."""
        return Edit.of(split(self.add), split(self.remove))

    @property
    def query(self) -> str | None:
        """What the log tells of how the records were found; nothing where they were chosen one by one."""
        return _told(self.view) if self.scope == "all" else None

    def chosen(self, catalogue: Catalogue) -> list[str]:
        """Return the ids of the records that are to change; raises QueryError."""
        if self.scope == "all":
            found: list[str] = catalogue.searcher.matching(self.view.q, filters=self.view.filters)
            return found
        return sorted(set(self.ids))


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
def records(request: Request, catalogue: Reading) -> Response:
    """Show what a query finds."""
    view = View.of(request.query_params.multi_items())
    panel = None
    for kind in ("undone", "changed"):
        if change_id := request.query_params.get(kind):
            panel = _made(catalogue, kind, change_id)
    return _page(request, catalogue, view, panel=panel)


def _made(catalogue: Catalogue, kind: str, change_id: str) -> Panel | None:
    row = catalogue.connection.execute("SELECT rows FROM changes WHERE change_id = ?", (change_id,)).fetchone()
    return Panel(kind, row[0], change_id=change_id) if row else None


def _page(
    request: Request, catalogue: Catalogue, view: View, *, panel: Panel | None = None, form: ChangeForm | None = None,
    refusal: CongvanError | None = None,
) -> Response:  # fmt: skip
    lang = page_of(request).lang
    offset = (view.page - 1) * PER_PAGE
    try:
        results = catalogue.searcher.search(view.q, filters=view.filters, limit=PER_PAGE, offset=offset, facet_limit=40)
    except QueryError as error:
        return render(request, "records_mistake.html", view=view, mistake=error.say(lang), status=400)
    ids = [hit.dispatch_id for hit in results.hits]
    marks = ",".join("?" * len(ids))
    sql = f"SELECT dispatch_id, review_state FROM dispatches WHERE dispatch_id IN ({marks})"
    states = {row["dispatch_id"]: row["review_state"] for row in catalogue.connection.execute(sql, ids)}
    return render(
        request, "records.html", view=view, results=results, pages=-(-results.total // PER_PAGE), states=states,
        saved=saved.listed(catalogue.connection), saved_address=_saved_address, panel=panel, form=form or ChangeForm(),
        fields=FILLABLE, refusal=refusal.say(lang) if refusal else None, status=400 if refusal else 200,
    )  # fmt: skip


def _saved_address(kept: saved.SavedSearch) -> str:
    items = [("q", kept.query)] + [(name, value) for name, values in kept.facets.items() for value in values]
    return "/records?" + urlencode(items)


@router.post("/records/preview")
def preview_change(request: Request, catalogue: Reading, form: Annotated[ChangeForm, Form()]) -> Response:
    """Show what a change would do, changing nothing."""
    try:
        panel = _preview(catalogue, form)
    except CongvanError as error:
        return _page(request, catalogue, form.view, form=form, refusal=error)
    return _page(request, catalogue, form.view, panel=panel, form=form)


@router.post("/records/apply")
def apply_change(request: Request, catalogue: Writing, form: Annotated[ChangeForm, Form()]) -> Response:
    """Make a change in one transaction, and show it with its undo; where nothing changes, show that."""
    try:
        change_id = _apply(catalogue, form, author_of(request, form.reason))
    except CongvanError as error:
        return _page(request, catalogue, form.view, form=form, refusal=error)
    if change_id is None:
        return preview_change(request, catalogue, form)
    return RedirectResponse(form.view.address(page=form.view.page, add=("changed", change_id)), 303)


def _told(view: View) -> str:
    """Return a query and its facets as the log tells them."""
    facets = (f"{name}={value}" for name, values in view.filters.values.items() for value in values)
    return " · ".join(part for part in (view.q, *facets) if part) or "*"


def _apply(catalogue: Catalogue, form: ChangeForm, by: Author) -> str | None:
    connection, chosen = catalogue.connection, form.chosen(catalogue)
    if form.what == "field":
        return filling.apply(connection, chosen, form.field, form.value, by, query=form.query).change_id
    return tags.apply(connection, chosen, form.edit, by, query=form.query).change_id


def _preview(catalogue: Catalogue, form: ChangeForm) -> Panel:
    connection, chosen = catalogue.connection, form.chosen(catalogue)
    if form.what == "field":
        filled = filling.preview(connection, chosen, form.field, form.value)
        rows = filled.rows
        spelt = [(c.dispatch_id, _one(c.before), _one(c.after)) for c in filled.changes[:_SPELT_OUT]]
    else:
        outcome = tags.preview(connection, chosen, form.edit, shown=_SPELT_OUT)
        rows = outcome.rows
        spelt = [(c.dispatch_id, c.before, c.after) for c in outcome.changes]
    return Panel("preview", rows, len(chosen), named=tuple(_named(connection, *change) for change in spelt))


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _named(connection: sqlite3.Connection, dispatch_id: str, before: tuple[str, ...], after: tuple[str, ...]) -> Named:
    sql = "SELECT number, notation, coalesce(subject, source_path) AS subject FROM dispatches WHERE dispatch_id = ?"
    row = connection.execute(sql, (dispatch_id,)).fetchone()
    return Named(dispatch_id, **dict(row), before=before, after=after)


def split(text: str) -> list[str]:
    """Return the parts of a text that is separated by semicolons or lines."""
    return [part for part in (piece.strip() for piece in text.replace("\n", ";").split(";")) if part]


@router.post("/records/saved")
def save_search(
    request: Request,
    catalogue: Writing,
    name: Annotated[str, Form()] = "",
    here: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Keep the query and its facets under a name."""
    view, actor, now = View.at(here), request.state.session.user.name, place_of(request).now()
    try:
        saved.save(catalogue.connection, name, view.q, actor=actor, now=now, facets=view.filters.values)
    except CongvanError as error:
        return _page(request, catalogue, view, refusal=error)
    return RedirectResponse(view.here, 303)


@router.post("/records/saved/forget")
def forget_search(
    request: Request,
    catalogue: Writing,
    name: Annotated[str, Form()] = "",
    here: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Forget a saved search."""
    view = View.at(here)
    try:
        saved.delete(catalogue.connection, name)
    except CongvanError as error:
        return _page(request, catalogue, view, refusal=error)
    return RedirectResponse(view.here, 303)
