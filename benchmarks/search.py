"""Search over many dispatches: how fast, how large, and against plain FTS5 in the same run.

    python -m benchmarks.search [--count 100000] [--out FOLDER]

Prints a table for `benchmarks/RESULTS.md`. Plain FTS5 is one table with the `unicode61` tokenizer over
the same texts, asked for the first twenty by BM25: no folding, no facets, no snippets.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.catalogue import COMMON, MOVEMENTS, NAMES, PLACES, RARE, fill
from pipeline import search, store
from pipeline.search import Searcher
from pipeline.text.unicode import fold

QUERIES = 200


def queries(count: int = QUERIES) -> list[tuple[str, str]]:
    """Return the mixed list: each query, and its words as plain FTS5 takes them."""
    rng = random.Random(11)
    makers: tuple[Callable[[], tuple[str, str]], ...] = (
        lambda: _words(rng.choice(COMMON)),  # one very frequent word
        lambda: _words(rng.choice(RARE)),
        lambda: _words(*rng.sample(COMMON, 2)),
        lambda: _words(rng.choice(COMMON), rng.choice(RARE)),
        lambda: _words(*rng.sample(COMMON, 4)),
        lambda: _folded(_words(*rng.sample(COMMON, 2))),
        lambda: _folded(_words(rng.choice(COMMON), rng.choice(RARE))),
        lambda: ('"thi đua khen thưởng"', '"thi đua khen thưởng"'),
        lambda: (f'"{rng.choice(MOVEMENTS)}"', f'"{rng.choice(MOVEMENTS)}"'),
        lambda: (f"phongtrao:\"{m}\" nam:2020", f'"{m}"') if (m := rng.choice(MOVEMENTS)) else ("", ""),
        lambda: (f"{w}*", f'"{w}"*') if (w := rng.choice(COMMON)[:3]) else ("", ""),
        lambda: (f"coquan:\"{p}\" {w}", f'"{p}" "{w}"') if (p := rng.choice(PLACES)) and (w := rng.choice(COMMON)) else ("", ""),
        lambda: (f"nguoiky:\"{n}\"", f'"{n}"') if (n := rng.choice(NAMES)) else ("", ""),
        lambda: (f"{n}/KH-ỦBND", f'"{n} KH ỦBND"') if (n := rng.randint(1, 900)) else ("", ""),
        lambda: (f"{w} NOT loai:BC ngay:2018..2020-06", f'"{w}"') if (w := rng.choice(COMMON)) else ("", ""),
        lambda: (f"{a} OR {b}", f'"{a}" OR "{b}"') if (a := rng.choice(RARE)) and (b := rng.choice(RARE)) else ("", ""),
    )  # fmt: skip
    return [makers[number % len(makers)]() for number in range(count)]


def _words(*words: str) -> tuple[str, str]:
    return " ".join(words), " ".join(f'"{word}"' for word in words)


def _folded(pair: tuple[str, str]) -> tuple[str, str]:
    return fold(pair[0]), pair[1]


def plain_index(connection: sqlite3.Connection) -> None:
    """Build what most programs would: one FTS5 table over the texts."""
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5(subject, body, tokenize = 'unicode61')")
    connection.execute("INSERT INTO plain (rowid, subject, body) SELECT rowid, subject, text FROM dispatches")
    connection.execute("INSERT INTO plain (plain) VALUES ('optimize')")


def timed(ask: Callable[[], object]) -> float:
    """Return how many milliseconds a call takes."""
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def size_of(connection: sqlite3.Connection, pattern: str) -> float:
    """Return the MiB of the tables whose name begins so."""
    (pages,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?", (pattern,)).fetchone()
    return (pages or 0) / 2**20


def measure(out: Path, count: int) -> dict[str, float]:
    """Fill a catalogue, index it, ask everything twice, and return the figures."""
    writing = store.connect(out)
    filled = timed(lambda: fill(writing, count))

    def build() -> None:
        with store.transaction(writing):
            search.rebuild(writing)

    built = timed(build)
    plain_built = timed(lambda: plain_index(writing))
    writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writing.close()
    reading = store.connect(out, readonly=True)
    searcher = Searcher(reading)
    first = timed(searcher.columns)
    asked = queries()
    plain_sql = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20"
    ours, theirs = [], []
    for query, words in asked:
        ours.append(timed(lambda query=query: searcher.search(query)))
        theirs.append(timed(lambda words=words: reading.execute(plain_sql, (words,)).fetchall()))
    one = [timed(lambda query=query: searcher.search(query, limit=1)) for query, _ in asked]
    plain_one = [timed(lambda words=words: reading.execute(plain_sql[:-2] + "1", (words,)).fetchall()) for _, words in asked]
    return {
        "dispatches": count,
        "fill_s": filled / 1000,
        "index_s": built / 1000,
        "plain_index_s": plain_built / 1000,
        "catalogue_mib": size_of(reading, "%"),
        "index_mib": size_of(reading, "search_%"),
        "plain_mib": size_of(reading, "plain%"),
        "columns_ms": first,
        "median_ms": statistics.median(ours),
        "p95_ms": statistics.quantiles(ours, n=20)[18],
        "max_ms": max(ours),
        "plain_median_ms": statistics.median(theirs),
        "plain_p95_ms": statistics.quantiles(theirs, n=20)[18],
        "first_total_ratio": sum(one) / sum(plain_one),
        "first_median_ratio": statistics.median(one) / statistics.median(plain_one),
    }


if __name__ == "__main__":
    import argparse as a
    p=a.ArgumentParser(); p.add_argument("--count",type=int,default=100000); p.add_argument("--out",type=Path)
    x=p.parse_args()
    print(json.dumps(measure(x.out,x.count),indent=1))
