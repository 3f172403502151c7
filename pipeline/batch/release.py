"""A person lets a dispatch in that bears a secrecy stamp (law 4); who did, when and why is in `changes`."""

from __future__ import annotations

import sqlite3

from pipeline import people, store
from pipeline.errors import CatalogueError


def release(connection: sqlite3.Connection, dispatch_id: str, by: people.Author) -> str:
    """Record the release; the next ingest brings the dispatch in. Returns the change's id.

    Raises CatalogueError where no restricted dispatch has that id.
    """
    with store.transaction(connection):
        row = connection.execute(
            "SELECT source_path FROM sources WHERE dispatch_id = ? AND state = 'restricted'", (dispatch_id,)
        ).fetchone()
        if row is None:
            raise CatalogueError(
                f"no restricted dispatch {dispatch_id}: `congvan status` lists them",
                f"không có văn bản hạn chế nào mang mã {dispatch_id}: xem `congvan status`",
            )
        return people.record(connection, by, "release", rows=1, query=dispatch_id)
