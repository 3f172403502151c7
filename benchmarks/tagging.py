"""Tagging a large catalogue by one query, and the record page's time at that size.

python -m benchmarks.tagging [--count 100000]
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.catalogue import fill
from pipeline import search, store
from pipeline.people import Author, tags
from pipeline.people.tags import Edit
from pipeline.search import Searcher
from pipeline.web.app import create_app

WANTED = {"preview": 2.0, "apply": 5.0, "undo": 5.0}
WANTED_PAGE_MS = 100
PAGES = 200


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of this process's own work: on a busy machine the two differ."""

    clock: float
    cpu: float


def _timed(act: Callable[[], object]) -> tuple[Spent, object]:
    clock, cpu = time.perf_counter(), time.process_time()
    result = act()
    return Spent(time.perf_counter() - clock, time.process_time() - cpu), result


def main() -> None:
    """Tag, untag and undo, then open records at random; print the figures as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagging", description=main.__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        connection = store.connect(out)
        fill(connection, chosen.count)
        search.rebuild(connection)
        searcher = Searcher(connection)
        edit, by = Edit.of(["đợt-1/2026"], ["cũ"]), Author("bench", "2026-01-01T00:00:00")
        spent = {
            "preview": _timed(lambda: tags.preview(connection, searcher.matching(""), edit))[0],
        }
        spent["apply"], outcome = _timed(lambda: tags.apply(connection, searcher.matching(""), edit, by))
        assert isinstance(outcome, tags.Outcome)
        assert outcome.change_id
        change_id = outcome.change_id
        spent["undo"] = _timed(lambda: tags.undo(connection, change_id, by))[0]
        ids = [row[0] for row in connection.execute("SELECT dispatch_id FROM dispatches")]
        connection.close()
        pages = _pages(out, random.Random(3).sample(ids, min(PAGES, len(ids))))
    print(
        f"## Tagging {chosen.count} records by one query\n\n| | seconds | of work | wanted at most |\n|---|---|---|---|"
    )
    for step, one in spent.items():
        print(f"| {step} | {one.clock:.2f} | {one.cpu:.2f} | {WANTED[step]} |")
    for name, times in (("by the clock", [page.clock for page in pages]), ("of work", [page.cpu for page in pages])):
        ordered = sorted(seconds * 1000 for seconds in times)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(f"\nrecord page, {name}: median {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms", end="")
    print(f" (wanted at most {WANTED_PAGE_MS})")


def _pages(out: Path, ids: list[str]) -> list[Spent]:
    with TestClient(create_app(out, actor="bench"), base_url="http://localhost") as client:
        client.get(f"/review/{ids[0]}")
        return [_timed(lambda i=i: client.get(f"/review/{i}"))[0] for i in ids]  # type: ignore[misc]


if __name__ == "__main__":
    main()
