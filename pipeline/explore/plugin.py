"""The Datasette plugin: our search on every table and on a page of its own, and what may not be read.

`?_tim=QUERY` narrows any table that has a `dispatch_id` to what a query of `docs/search.md` finds, so that
Datasette's facets count within it; `/tim?q=QUERY` shows hits in order, with snippets. In SQL there are
`fold(x)`, `document_key(x)`, `whole_number(number, notation)` and `words(q)`, which makes of a query
an expression for `search_folded`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from datasette import Response
from datasette.filters import FilterArguments
from markupsafe import Markup

from pipeline import store
from pipeline.errors import CongvanError, QueryError
from pipeline.explore.metadata import OPEN, SHOWN, way
from pipeline.explore.words import facets, words
from pipeline.search import Results, Searcher
from pipeline.search.keys import key_in, whole_number
from pipeline.search.plan import expression, positive
from pipeline.search.query import parse
from pipeline.store.labels import COLUMN_LABELS, Lang
from pipeline.text.unicode import fold

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

PAGE = 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DATABASE = Path(store.FILE).stem
"""What Datasette calls the catalogue."""


def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Give a connection our functions, and hide from it what is not shown: its values read as null."""
    conn.create_function("fold", 1, lambda text: None if text is None else fold(str(text)), deterministic=True)
    conn.create_function("document_key", 1, lambda text: key_in(str(text)) if text else None, deterministic=True)
    conn.create_function("whole_number", 2, whole_number, deterministic=True)
    conn.create_function("words", 1, _words, deterministic=True)
    if not database.startswith("_"):  # Datasette's own book-keeping is in `_internal`
        conn.set_authorizer(_allowed)


def _words(query: str | None) -> str:
    try:
        node = parse(query or "")
    except QueryError:
        return '""'
    words = positive(node) if node else None
    return (expression(words) if words else None) or '""'


def _allowed(action: int, table: str | None, column: str | None, database: str | None, trigger: str | None) -> int:
    shown = table in OPEN or str(table).startswith(("search_", "sqlite_", "pragma_", "json_"))
    if action != sqlite3.SQLITE_READ or shown or database not in ("main", None):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_IGNORE


def permission_allowed(action: str, resource: object) -> bool | None:
    """Refuse the pages of tables that are not shown."""
    if action == "view-table" and isinstance(resource, tuple):
        return None if resource[1] in OPEN else False
    return False if action == "view-database-download" else None


def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> Callable[[], Awaitable[FilterArguments]]:
    """Narrow a table to what `?_tim=` finds."""

    async def inner() -> FilterArguments:
        query, lang = request.args.get("_tim"), _lang(datasette)
        if not query or table not in SHOWN or table == "changes":
            return FilterArguments([])
        try:
            ids = await datasette.get_database(database).execute_fn(lambda conn: Searcher(conn).matching(query))
        except CongvanError as error:
            return FilterArguments(["0"], human_descriptions=[error.say(lang).replace("\n", " ")])
        where = "dispatch_id in (select value from json_each(:tim))"
        return FilterArguments(
            [where], params={"tim": json.dumps(ids)}, human_descriptions=[f"{words(lang)['found_by']} “{query}”"]
        )

    return inner


def register_routes() -> list[tuple[str, object]]:
    """The page of search."""
    return [(r"^/tim$", search_page)]


async def search_page(request: Request, datasette: Datasette) -> Response:
    """Show what a query finds, best first."""
    query = request.args.get("q") or ""
    page = request.args.get("page") or "1"
    at = max(1, int(page)) if page.isdecimal() else 1
    database = datasette.get_database(DATABASE)
    results, error = None, ""
    try:
        results = await database.execute_fn(lambda conn: _search(conn, query, at))
    except CongvanError as mistake:
        error = mistake.say(_lang(datasette))
    context = {"q": query, "page": at, "pages": -(-results.total // PAGE) if results else 0, "results": results,
               "error": error, "database": database.name, "marked": _marked,
               "whole_number": whole_number}  # fmt: skip
    return Response.html(await datasette.render_template("tim.html", context, request=request))


def _search(connection: sqlite3.Connection, query: str, page: int) -> Results:
    return Searcher(connection).search(query, limit=PAGE, offset=(page - 1) * PAGE)


def _marked(snippet_html: str) -> Markup:
    return Markup(snippet_html)


def render_cell(value: object, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """Make of a dispatch's id in the answer to a question a link to the dispatch; keep a day on one line."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return Markup('<span class="day">{}</span>').format(value)
    if table is None and column in ("dispatch_id", "target_dispatch_id") and isinstance(value, str):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.row(DATABASE, "dispatches", value), value)
    return None


def extra_template_vars(datasette: Datasette) -> dict[str, object]:
    """The tables in the order of the data model, their titles, and the words of our own pages."""
    lang = _lang(datasette)
    shown = datasette.metadata("databases")[DATABASE]
    tables = shown["tables"]
    return {
        "congvan_questions": [(name, query["title"]) for name, query in shown["queries"].items()],
        "congvan_database": DATABASE,
        "congvan_tables": [(name, tables[name]["title"], tables[name]["description"], way(name)) for name in SHOWN],
        "congvan_ways": {name: way(name) for name in SHOWN},
        "congvan_titles": {name: label.title(lang) for name, label in COLUMN_LABELS.items()},
        "congvan_words": words(lang),
        "congvan_facets": facets(lang),
    }


def _lang(datasette: Datasette) -> Lang:
    return "en" if datasette.metadata("lang") == "en" else "vi"


def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """A way to the page of search from everywhere."""
    return [{"href": datasette.urls.path("/tim"), "label": words(_lang(datasette))["title"]}]
