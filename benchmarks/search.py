"""Search over many dispatches: how fast, how large, against plain FTS5 in the same run; and exports in flat memory.

    python -m benchmarks.search [--count 100000] [--out FOLDER]

Plain FTS5 is one table with the `unicode61` tokenizer over the same texts, asked for the first twenty by
BM25: no folding, no facets, no snippets. Prints the figures as a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import random
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
_PLAIN = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT {}"
_EXPORT = """
import resource, sys
from pathlib import Path
from pipeline import export, store
list(export.export(store.connect(Path(sys.argv[1]), readonly=True), Path(sys.argv[2]), format="csv"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def queries(count: int = QUERIES) -> list[tuple[str, str]]:
    """Return the mixed list: each query, and its words as plain FTS5 takes them."""
    rng = random.Random(11)
    return [_query(rng, number % 16) for number in range(count)]


def _query(rng: random.Random, kind: int) -> tuple[str, str]:
    common, other, rare, rarer = rng.choice(COMMON), rng.choice(COMMON), rng.choice(RARE), rng.choice(RARE)
    movement, place, name, number = rng.choice(MOVEMENTS), rng.choice(PLACES), rng.choice(NAMES), rng.randint(1, 900)
    return (
        (common, f'"{common}"'),
        (rare, f'"{rare}"'),
        (f"{common} {other}", f'"{common}" "{other}"'),
        (f"{common} {rare}", f'"{common}" "{rare}"'),
        (f"{common} {other} {rare} {rarer}", f'"{common}" "{other}" "{rare}" "{rarer}"'),
        (fold(f"{common} {other}"), f'"{common}" "{other}"'),
        (fold(f"{common} {rare}"), f'"{common}" "{rare}"'),
        ('"thi đua khen thưởng"', '"thi đua khen thưởng"'),
        (f'"{movement}"', f'"{movement}"'),
        (f'phongtrao:"{movement}" nam:2020', f'"{movement}"'),
        (f"{common[:3]}*", f'"{common[:3]}"*'),
        (f'coquan:"{place}" {common}', f'"{place}" "{common}"'),
        (f'nguoiky:"{name}"', f'"{name}"'),
        (f"{number}/KH-ỦBND", f'"{number} KH ỦBND"'),
        (f"{common} NOT loai:BC ngay:2018..2020-06", f'"{common}"'),
        (f"{rare} OR {rarer}", f'"{rare}" OR "{rarer}"'),
    )[kind]


def plain_index(connection: sqlite3.Connection) -> None:
    """Build what most programs would: one FTS5 table over the texts."""
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5(subject, body, tokenize = 'unicode61')")
    connection.execute("INSERT INTO plain (rowid, subject, body) SELECT rowid, subject, text FROM dispatches")
    connection.execute("INSERT INTO plain (plain) VALUES ('optimize')")


def timed(ask: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how many milliseconds a call takes."""
    start = clock()
    ask()
    return (clock() - start) * 1000


def size_of(connection: sqlite3.Connection, pattern: str) -> float:
    """Return the MiB of the tables whose name is like that."""
    (pages,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?", (pattern,)).fetchone()
    return (pages or 0) / 2**20


def build(out: Path, count: int) -> dict[str, float]:
    """Fill a catalogue and index it both ways."""
    connection = store.connect(out)
    fill(connection, count)

    def index() -> None:
        with store.transaction(connection):
            search.rebuild(connection)

    figures = {
        "index, s": timed(index) / 1000,
        "plain FTS5 index, s": timed(lambda: plain_index(connection)) / 1000,
        "catalogue without both, MiB": size_of(connection, "%"),
        "index, MiB": size_of(connection, "search%"),
        "plain FTS5 index, MiB": size_of(connection, "plain%"),
    }
    figures["catalogue without both, MiB"] -= figures["index, MiB"] + figures["plain FTS5 index, MiB"]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return figures


def ask(out: Path) -> dict[str, float]:
    """Ask everything, both ways, one after the other."""
    connection = store.connect(out, readonly=True)
    searcher = Searcher(connection)
    loading = timed(searcher.columns)
    whole, alone, plain, first, plain_first = [], [], [], [], []
    for query, words in queries():
        whole.append(timed(lambda query=query: searcher.search(query)))
        alone.append(timed(lambda query=query: searcher.search(query), time.process_time))
        plain.append(timed(lambda words=words: connection.execute(_PLAIN.format(20), (words,)).fetchall()))
        first.append(timed(lambda query=query: searcher.search(query, limit=1)))
        plain_first.append(timed(lambda words=words: connection.execute(_PLAIN.format(1), (words,)).fetchall()))
    connection.close()
    return {
        "queries": len(whole),
        "first search of a session, ms more": loading,
        "search with facets and snippets, median ms": statistics.median(whole),
        "search with facets and snippets, p95 ms": statistics.quantiles(whole, n=20)[18],
        "the same in processor time, median ms": statistics.median(alone),
        "the same in processor time, p95 ms": statistics.quantiles(alone, n=20)[18],
        "plain FTS5, median ms": statistics.median(plain),
        "plain FTS5, p95 ms": statistics.quantiles(plain, n=20)[18],
        "first result, of plain FTS5 (median)": statistics.median(first) / statistics.median(plain_first),
        "first result, of plain FTS5 (sum)": sum(first) / sum(plain_first),
    }


def exports(out: Path) -> dict[str, float]:
    """Export all tables to CSV in a process of its own, and return its peak memory."""
    with tempfile.TemporaryDirectory(dir=out) as folder:
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", _EXPORT, out, folder], check=True, capture_output=True, text=True)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
    return {
        "export of all tables to CSV, s": time.perf_counter() - start,
        "export, MiB written": size,
        "export, peak memory MiB": float(done.stdout),
    }


LIMITS = {
    "the same in processor time, p95 ms": 100,
    "first result, of plain FTS5 (median)": 3,
    "export, peak memory MiB": 300,
}
"""What the figures may be at most; waiting for a crowded machine's processor is not the search's fault."""


def main() -> int:
    """Measure and print; the exit code is 1 if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--out", type=Path, help="keep the catalogue here; one that is there already is asked again")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = args.out or Path(folder)
        built = {} if (out / store.FILE).exists() else build(out, args.count)
        figures = {"dispatches": float(args.count)} | built | ask(out) | exports(out)
    if args.json:
        print(json.dumps(figures, indent=2))
    else:
        print("| figure | value |\n|---|---:|")
        print("\n".join(f"| {name} | {value:,.1f} |" for name, value in figures.items()))
    return int(any(figures[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
