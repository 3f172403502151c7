"""Links the documents that dispatches refer to with the dispatches of the catalogue."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict

from pipeline.text.unicode import fold

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
        targets[key(number, notation)].append((dispatch_id, issued_on))
    changes = []
    query = 'SELECT rowid, number, notation, dispatch_id, issued_on, target_dispatch_id FROM "references"'
    for rowid, number, notation, dispatch_id, issued_on, before in connection.execute(query):
        found = targets.get(key(number, notation), []) if number and notation else []
        target = choose([t for t in found if t[0] != dispatch_id], issued_on)
        if target != before:
            changes.append((target, rowid))
    connection.executemany('UPDATE "references" SET target_dispatch_id = ? WHERE rowid = ?', changes)


def key(number: str, notation: str) -> str:
    """Return number and notation in one spelling.

    >>> key("013", "PĐTD - LĐLĐ") == key("13", "pdtd-ldld")
    True
    """
    bare = re.sub(r"\s", "", fold(notation))
    return f"{number.strip().lstrip('0')}/{bare}"


def choose(targets: list[Target], issued_on: str | None) -> str | None:
    """Return the only dispatch that a reference with this day can mean, or None."""
    if issued_on:
        same = [
            dispatch for dispatch, day in targets if day and (day.startswith(issued_on) or issued_on.startswith(day))
        ]
        return same[0] if len(same) == 1 else None
    return targets[0][0] if len(targets) == 1 else None
