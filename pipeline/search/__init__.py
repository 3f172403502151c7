"""Search that understands Vietnamese: over folded text, exact forms first, with facets and snippets.

    searcher = Searcher(store.connect(out, readonly=True))
    results = searcher.search('"thi đua" loai:QĐ nam:2020')

Whoever writes a dispatch calls `index_dispatch` in the same transaction; a deleted one leaves by itself.
"""

from __future__ import annotations

import sqlite3

from pipeline.search import saved
from pipeline.search.columns import FACETS, Facet
from pipeline.search.index import index_dispatch, purge, rebuild, remove
from pipeline.search.run import Filters, Hit, Results, Searcher
from pipeline.search.snippets import Snippet

__all__ = [
    "FACETS", "Facet", "Filters", "Hit", "Results", "Searcher", "Snippet",
    "as_json", "index_dispatch", "purge", "rebuild", "remove", "saved", "search",
]  # fmt: skip


def search(
    connection: sqlite3.Connection, query: str, *, filters: Filters | None = None, limit: int = 20, offset: int = 0
) -> Results:
    """Search once; keep a `Searcher` to search again and again."""
    return Searcher(connection).search(query, filters=filters, limit=limit, offset=offset)


def as_json(results: Results) -> dict[str, object]:
    """Return results in the shape that `congvan search --format json` prints; snippets are HTML with `<mark>`.

    `meant` is null unless nothing was found and a like query finds something.
    """
    return {
        "total": results.total,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {
            name: [{"value": facet.value, "count": facet.count} for facet in facets]
            for name, facets in results.facets.items()
        },
        "meant": results.meant,
    }


def _hit(hit: Hit) -> dict[str, object]:
    plain = (
        "dispatch_id", "source_path", "number", "notation", "issued_on", "agency", "type_name", "subject",
    )  # fmt: skip
    return {
        **{name: getattr(hit, name) for name in plain},
        "tags": list(hit.tags),
        "score": hit.score,
        "snippet": hit.snippet.html() if hit.snippet else None,
    }
