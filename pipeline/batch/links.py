"""Links the documents that dispatches refer to with the dispatches of the catalogue."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from pipeline.text.keys import document_key

Target = tuple[str, str | None]
"""A dispatch and the day on which it was issued."""


def link_references(connection: sqlite3.Connection) -> None:
    """Set `target_dispatch_id` of every reference anew; call it inside a transaction.

    Number and notation must be the same but for case, diacritics and spaces. A day that both give must
    be the same; where several dispatches bear the number, which begins anew each year, only the day tells.
    """
    targets: dict[str, list[Target]] = defaultdict(list)
    query = (
        "SELECT number, notation, dispatch_id, issued_on FROM dispatches WHERE number NOT NULL AND notation NOT NULL"
    )
    for number, notation, dispatch_id, issued_on in connection.execute(query):
        if key := document_key(number, notation):
            targets[key].append((dispatch_id, issued_on))
    changes = []
    query = 'SELECT rowid, number, notation, dispatch_id, issued_on, target_dispatch_id FROM "references"'
    for rowid, number, notation, dispatch_id, issued_on, before in connection.execute(query):
        found = targets.get(document_key(number, notation) or "", [])
        target = choose([t for t in found if t[0] != dispatch_id], issued_on)
        if target != before:
            changes.append((target, rowid))
    connection.executemany('UPDATE "references" SET target_dispatch_id = ? WHERE rowid = ?', changes)


def choose(targets: list[Target], issued_on: str | None) -> str | None:
    """Return the only dispatch that a reference with this day can mean, or None."""
    if issued_on:
        same = [
            dispatch for dispatch, day in targets if day and (day.startswith(issued_on) or issued_on.startswith(day))
        ]
        return same[0] if len(same) == 1 else None
    return targets[0][0] if len(targets) == 1 else None
