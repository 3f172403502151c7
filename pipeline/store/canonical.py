"""The catalogue as lines of text that are the same, byte for byte, for the same files and the same program.

What depends on when and where a run took place is left out: times, durations, attempts, folders.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from pipeline.store import read
from pipeline.store.schema import TABLES

VOLATILE = frozenset({"ingested_at", "seconds", "attempts", "mtime_ns", "ctime_ns", "seen_at", "inbox"})


def canonical(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield every row of every table as JSON, table by table, in one order."""
    for table in TABLES:
        lines = (
            json.dumps([table, {k: v for k, v in row.items() if k not in VOLATILE}], ensure_ascii=False, sort_keys=True)
            for row in read(connection, table)
        )
        yield from sorted(lines)
