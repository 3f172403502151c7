"""Running a query: what is found, in which order, counted by facets, a page at a time.

The order is one rule after another (`plan.levels`): hits whose words all lie in the subject, then in what
names the dispatch (type, agency, signer, movements), then there or in directives, then anywhere; within
each, words side by side, then in pairs; the spelling that was typed before its like with other diacritics.
Words that stand apart come last, but for the subject. Then BM25, then the newest first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from pipeline.search import columns as filing
from pipeline.search.columns import FACETS, Columns, Facet, Ints, Mask
from pipeline.search.index import COLUMNS, require
from pipeline.search.near import meant
from pipeline.search.plan import Level, expression, levels
from pipeline.search.query import parse
from pipeline.search.snippets import Pattern, Snippet, patterns, snippet
from pipeline.search.syntax import And, Filter, Issued, Node, Not, Or, State, Tagged

RANKED = 2_000
"""Within a step that more dispatches share than this, the newest come first: BM25 tells them apart no more."""

_WEIGHTS = ", ".join(str(column.weight) for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search besides the query: the earliest and latest day of issue, and values of facets."""

    start: str | None = None
    end: str | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A dispatch that was found."""

    dispatch_id: str
    source_path: str
    number: str | None
    notation: str | None
    issued_on: str | None
    agency: str | None
    type_name: str | None
    subject: str | None
    tags: tuple[str, ...]
    score: float
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, how many there are in all, and what they have in common.

    `meant` is a query that was perhaps meant, where nothing was found.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Facet, ...]]
    meant: str | None = None


class Searcher:
    """Searches one open catalogue; keeps its filing columns until the catalogue changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        require(connection)
        self._connection = connection
        self._seen: tuple[int, int] | None = None
        self._columns: Columns | None = None

    def search(
        self, query: str, *, filters: Filters | None = None, limit: int = 20, offset: int = 0, facet_limit: int = 10
    ) -> Results:
        """Return a page of what a query finds; raises QueryError and, without an index, CatalogueError."""
        node = parse(query)
        columns = self.columns()
        found = self._matching(node, columns) & self._filtered(filters or Filters(), columns)
        order = self._order(node, found, columns, offset + limit)[offset:]
        facets = {name: columns.facets[name].counts(found, facet_limit) for name in FACETS}
        total = int(found.sum())
        return Results(total, self._hits(order, node), facets, None if total else self._meant(query, columns))

    def _meant(self, query: str, columns: Columns) -> str | None:
        """Return a like query that finds something."""
        other = meant(self._connection, query)
        return other if other is not None and self._matching(parse(other), columns).any() else None

    def matching(self, query: str, *, filters: Filters | None = None) -> list[str]:
        """Return the ids of every dispatch that a query finds, sorted."""
        columns = self.columns()
        found = self._matching(parse(query), columns) & self._filtered(filters or Filters(), columns)
        rows = self._connection.execute("SELECT id, dispatch_id FROM search_rows").fetchall()
        return sorted(dispatch_id for row, dispatch_id in rows if found[row])

    def columns(self) -> Columns:
        """Return the filing columns, read anew if anyone has written to the catalogue."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        now = (int(version), self._connection.total_changes)
        if self._columns is None or now != self._seen:
            self._columns, self._seen = filing.load(self._connection), now
        return self._columns

    def _matching(self, node: Node | None, columns: Columns) -> Mask:
        if node is None:
            return columns.present.copy()
        whole = expression(node)
        if whole is not None:
            return self._match("search_folded", whole, columns)
        if isinstance(node, Not):
            return columns.present & ~self._matching(node.part, columns)
        if isinstance(node, Or):
            return reduce(np.logical_or, (self._matching(part, columns) for part in node.parts))
        if isinstance(node, And):
            words = tuple(part for part in node.parts if expression(part) is not None)
            others = tuple(part for part in node.parts if expression(part) is None)
            parts = ((And(words) if len(words) > 1 else words[0],) if words else ()) + others
            return reduce(np.logical_and, (self._matching(part, columns) for part in parts))
        assert isinstance(node, Filter)
        return self._filter(node, columns) & columns.present

    def _filter(self, node: Filter, columns: Columns) -> Mask:
        if isinstance(node, Issued):
            return columns.issued(node.start, node.end)
        if isinstance(node, Tagged):
            return columns.facets["tag"].having(columns.size, [node.tag], prefix=node.prefix)
        if isinstance(node, State):
            return columns.facets["review_state"].having(columns.size, [node.state])
        due = (
            "SELECT s.id FROM search_rows s JOIN directives USING (dispatch_id) WHERE deadline BETWEEN ? AND ? UNION "
            "SELECT s.id FROM search_rows s JOIN dates USING (dispatch_id)"
            " WHERE role = 'deadline' AND \"start\" BETWEEN ? AND ?"
        )
        mask = np.zeros(columns.size, dtype=bool)
        mask[[row for (row,) in self._connection.execute(due, (node.start, node.end) * 2)]] = True
        return mask

    def _filtered(self, filters: Filters, columns: Columns) -> Mask:
        mask = columns.present.copy()
        if filters.start or filters.end:
            mask &= columns.issued(filters.start or "0001-01-01", filters.end or "9999-12-31")
        for name, wanted in filters.values.items():
            if wanted:
                mask &= columns.facets[name].having(columns.size, wanted)
        return mask

    def _match(self, table: str, expression: str, columns: Columns) -> Mask:
        """Return the rows that an FTS5 expression matches; rows of dispatches that are gone count for nothing."""
        sql = f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?"
        (listed,) = self._connection.execute(sql, (expression,)).fetchone()
        mask = np.zeros(columns.size, dtype=bool)
        if listed:
            rows = np.fromstring(listed, dtype=np.int64, sep=",")
            mask[rows[rows < columns.size]] = True
        return mask & columns.present

    def _order(self, node: Node | None, found: Mask, columns: Columns, wanted: int) -> list[tuple[int, float]]:
        """Return at least the first `wanted` rows in order, with falling scores."""
        steps = list(levels(node)) if node is not None else []
        groups: list[tuple[Level | None, Ints]] = []
        left, enough = found.copy(), 0
        known: dict[str, Mask] = {}
        exact: dict[str, Mask] = {}
        if node is not None and (whole := expression(node)) is not None:
            known[whole] = found  # narrowed by filters, as is what is left
        for step in steps:
            if enough >= wanted or not left.any():
                break
            here = self._here(step, left, known, exact, columns)
            groups.append((step, np.flatnonzero(here)))
            left &= ~here
            enough += len(groups[-1][1])
        if enough < wanted:
            groups.append((None, np.flatnonzero(left)))
        points = self._points(groups)
        heights = range(len(steps), -1, -1)
        ordered = (
            self._ranked(rows, height if step else 0, points.get(step.rank, {}) if step else {}, columns, wanted)
            for height, (step, rows) in zip(heights, groups, strict=False)
        )
        return [pair for group in ordered for pair in group][:wanted]

    def _here(self, step: Level, left: Mask, known: dict[str, Mask], exact: dict[str, Mask], columns: Columns) -> Mask:
        """Return which of the rows that are left belong to a step."""
        here = left
        for expression_ in (step.anywhere, step.folded):
            if not here.any():
                return here
            if expression_ not in known:
                known[expression_] = self._match("search_folded", expression_, columns)
            here = here & known[expression_]
        if step.exact is not None and here.any():
            if step.exact not in exact:
                exact[step.exact] = self._match("search_exact", step.exact, columns)
            here = here & exact[step.exact]
        return here

    def _points(self, groups: list[tuple[Level | None, Ints]]) -> dict[str, dict[int, float]]:
        """Return the BM25 of the rows of all steps, by expression: FTS5 counts a whole expression each time."""
        wanted: dict[str, list[int]] = {}
        for step, rows in groups:
            if step is not None and 1 < len(rows) <= RANKED:
                wanted.setdefault(step.rank, []).extend(rows.tolist())
        sql = (
            f"SELECT rowid, -bm25(search_folded, {_WEIGHTS}) FROM search_folded"
            " WHERE search_folded MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"
        )
        return {rank: dict(self._connection.execute(sql, (rank, json.dumps(rows)))) for rank, rows in wanted.items()}

    def _ranked(
        self, rows: Ints, height: int, points: dict[int, float], columns: Columns, wanted: int
    ) -> list[tuple[int, float]]:
        """Return the first rows of one step in order; the score is the step's height and, below one, BM25."""
        newest = rows[np.lexsort((rows, -columns.last_day[rows]))]
        if not 1 < len(rows) <= RANKED or not points:
            return [(int(row), float(height)) for row in newest[:wanted]]
        scored = [(int(row), height + max(0.0, p := points.get(int(row), 0.0)) / (1 + abs(p))) for row in newest]
        return sorted(scored, key=lambda pair: -pair[1])

    def _hits(self, order: list[tuple[int, float]], node: Node | None) -> tuple[Hit, ...]:
        wanted = patterns(node)
        return tuple(self._hit(row, score, wanted) for row, score in order)

    def _hit(self, row: int, score: float, wanted: tuple[Pattern, ...]) -> Hit:
        sql = (
            "SELECT d.dispatch_id, source_path, number, notation, issued_on, agency, type_name, subject, text"
            " FROM search_rows s JOIN dispatches d USING (dispatch_id) WHERE s.id = ?"
        )
        dispatch_id, path, number, notation, issued_on, agency, type_name, subject, text = self._connection.execute(
            sql, (row,)
        ).fetchone()
        tags = self._connection.execute("SELECT tag FROM tags WHERE dispatch_id = ? ORDER BY tag", (dispatch_id,))
        return Hit(
            dispatch_id=dispatch_id,
            source_path=path,
            number=number,
            notation=notation,
            issued_on=issued_on,
            agency=agency,
            type_name=type_name,
            subject=subject,
            tags=tuple(tag for (tag,) in tags),
            score=round(score, 4),
            snippet=snippet(text or "", wanted),
        )
