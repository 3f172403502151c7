"""Nothing lost, nothing twice: a folder with hostile files, killed again and again, against an undisturbed run.

    python -m benchmarks.reliability kills [--files 500] [--hostile 100] [--kills 20]
    python -m benchmarks.reliability memory [--files 2000]

The figures in docs/reliability.md come from here.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from benchmarks.ingest import peak_mib
from benchmarks.samples.compose import make
from benchmarks.samples.files import sample
from benchmarks.samples.truth import Dispatch
from pipeline import store
from pipeline.batch.status import read_status
from pipeline.batch.walk import walk
from pipeline.errors import CongvanError
from pipeline.store.canonical import canonical
from tests.faults.hostile import KINDS, put

SPAN = 200
"""Documents over which a peak of memory is taken."""
SETTINGS = "max_attempts = 1000\nmax_seconds = 120\n"  # victims of the killing are not to be given up
TURNS = ("txt", "docx", "txt-columns", "txt", "pdf", "txt", "docx-tabs", "txt")
SLOW = ("scan", "odt", "scan", "doc", "scan", "png", "scan", "rtf")
"""What honest files are made of, in turn; one in `slow` is of the second kind: OCR or LibreOffice reads it."""


def main() -> None:
    """Run one of the two measurements and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("kills", "memory"))
    parser.add_argument("--files", type=int)
    parser.add_argument("--hostile", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="a folder on the disk to be used")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=args.work))
    try:
        if args.what == "kills":
            figures = kills(folder, args.files or 500, args.hostile, args.kills, random.Random(args.seed))
        else:
            figures = memory(folder, args.files or 2000)
    finally:
        shutil.rmtree(folder)
    print(json.dumps(figures, indent=2))


def kills(folder: Path, files: int, hostile: int, times: int, chance: random.Random) -> dict[str, object]:
    """Compare a run killed `times` times while at work, its workers too, with an undisturbed one.

    The files come into the folder in the order of the walk, a few more before each start, so that there is
    work to be killed in until the last.
    """
    whole, inbox, settings = folder / "whole", folder / "in", folder / "congvan.toml"
    settings.write_text(SETTINGS)
    fill(whole, files, hostile, slow=16)
    waiting = [found.path for found in walk(whole)]
    made, share = len(waiting), -(-len(waiting) // times)
    hunted, calm = folder / "hunted", folder / "calm"
    parents, children, starts, progress = 0, 0, 0, []
    while parents < times and starts < 3 * times:
        coming, waiting = waiting[:share], waiting[share:]
        arrive(coming, whole, inbox)
        here = made - len(waiting)
        process = start(inbox, hunted, settings)
        with hunter(hunted, chance) as killed:
            await_progress(process, hunted, min(finished(hunted) + chance.randint(0, share), here - 1))
            time.sleep(chance.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
            parents += process.wait() == -signal.SIGKILL  # one that ended by itself was not killed
        starts += 1
        children += killed[0]
        progress.append(check(hunted))
    arrive(waiting, whole, inbox)
    rounds = 0
    while rounds < 10 and (not rounds or check(hunted)["failed"]):
        finish(inbox, hunted, settings)
        rounds += 1
    began = time.monotonic()
    finish(inbox, calm, settings)
    undisturbed_seconds = time.monotonic() - began
    difference = list(difflib.unified_diff(lines(calm), lines(hunted), lineterm="", n=0))
    return {
        "files": made,
        "starts": starts,
        "parent_kills": parents,
        "child_kills": children,
        "states_at_restarts": progress,
        "final": check(hunted),
        "undisturbed": check(calm),
        "undisturbed_seconds": round(undisturbed_seconds, 1),
        "rounds_to_finish": rounds,
        "lines_compared": len(lines(calm)),
        "same_tables": not difference,
        "difference": [line[:300] for line in difference[:10]],
    }


def arrive(paths: list[Path], whole: Path, inbox: Path) -> None:
    """Move files to the same place below the folder that is read."""
    for path in paths:
        target = inbox / path.relative_to(whole)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def await_progress(process: subprocess.Popen[bytes], out: Path, count: int) -> None:
    """Wait until the ledger holds `count` files, or the process ends."""
    while process.poll() is None and finished(out) < count:
        time.sleep(0.1)


def fill(inbox: Path, files: int, hostile: int, *, slow: int) -> None:
    """Make the folder: honest dispatches of every kind, copies among them, and each hostile kind several times."""
    inbox.mkdir(parents=True)
    made = 0
    while made < hostile:
        part = inbox / f"hostile-{made:04}"
        part.mkdir()
        put(part, KINDS[: hostile - made])
        for path in part.iterdir():
            if path.suffix in (".pdf", ".png", ".jpg", ".tif") and path.is_file() and 0 < path.stat().st_size < 10**9:
                with path.open("ab") as file:
                    file.write(b"%%%d" % made)  # so that each is a file of its own
        made += sum(1 for _ in part.iterdir())
    orders = [(inbox, number, dispatch, slow) for number, dispatch in enumerate(make(files - made, seed=7), 1)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        list(pool.map(write, orders, chunksize=8))
    for number in range(25, files - made + 1, 25):
        (before,) = inbox.glob(f"{number - 1:05}.*")
        shutil.copy(before, inbox / f"{number:05}{before.suffix}")


def write(order: tuple[Path, int, Dispatch, int]) -> None:
    """Write one honest file; every 25th is left out, to be a copy of the one before."""
    inbox, number, dispatch, slow = order
    if number % 25:
        kind = TURNS[number % len(TURNS)] if number % slow else SLOW[number // slow % len(SLOW)]
        made = sample(dispatch, kind, seed=7)
        (inbox / f"{number:05}{Path(made.name).suffix}").write_bytes(made.data)


def start(inbox: Path, out: Path, settings: Path) -> subprocess.Popen[bytes]:
    """Start an ingest."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(inbox), "--out", str(out), "--settings", str(settings)]
    return subprocess.Popen([*command, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finish(inbox: Path, out: Path, settings: Path) -> int:
    """Run an ingest to its end and return its exit code."""
    code = start(inbox, out, settings).wait()
    if code not in (0, 3):
        raise SystemExit(f"an undisturbed ingest ended with {code}")
    return code


@contextmanager
def hunter(out: Path, chance: random.Random) -> Iterator[list[int]]:
    """Kill a random worker from time to time; gives a list whose first item counts them."""
    killed, over = [0], threading.Event()

    def hunt() -> None:
        while not over.wait(chance.uniform(2, 12)):
            if workers := workers_of(out):
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    killed[0] += 1

    thread = threading.Thread(target=hunt)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def workers_of(out: Path) -> list[int]:
    """Return the processes that work for an output folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink().is_relative_to(out / ".work"):
                found.append(int(process.name))
    return found


def check(out: Path) -> dict[str, int]:
    """Return the states, after making sure that each file is in one and that they add up."""
    try:
        status = read_status(out)
    except CongvanError:  # killed before there was a catalogue
        return {"found": 0}
    with closing(store.connect(out, readonly=True)) as connection:
        paths = [tuple(row) for row in connection.execute("SELECT inbox, source_path FROM sources WHERE gone = 0")]
        (dispatches,) = connection.execute("SELECT count(*) FROM dispatches").fetchone()
    if len(paths) != len(set(paths)) or status.found != len(paths) or dispatches != status.counts["done"]:
        raise SystemExit(f"the states do not add up: {status.counts}, {len(paths)} paths, {dispatches} dispatches")
    return {"found": status.found, **status.counts}


def lines(out: Path) -> list[str]:
    """Return the canonical text of a catalogue."""
    with closing(store.connect(out)) as connection:
        return list(canonical(connection))


def memory(folder: Path, files: int) -> dict[str, object]:
    """Watch the memory of the parent, its workers and LibreOffice over many documents.

    Every two hundred files are the same dispatches, so that what grows is the program and not the pages.
    """
    inbox, settings, out = folder / "in", folder / "congvan.toml", folder / "out"
    settings.write_text(SETTINGS)
    fill(inbox / "0000", SPAN, 0, slow=32)
    for start_at in range(SPAN, files, SPAN):
        repeat(inbox / "0000", inbox / f"{start_at:04}")
    peaks: dict[str, Peaks] = {}
    started, process = time.monotonic(), start(inbox, out, settings)
    while process.poll() is None:
        count = finished(out)
        for kind, pid in [("parent", process.pid), *map(named, workers_of(out))]:
            peaks.setdefault(kind, Peaks()).note(pid, count, files)
        time.sleep(0.25)
    return {
        "seconds": round(time.monotonic() - started),
        "states": check(out),
        **{kind: found.figures() for kind, found in peaks.items()},
    }


def repeat(folder: Path, copy: Path) -> None:
    """Copy a folder's files, a few bytes that no reader looks at added: other files of the same pages."""
    copy.mkdir()
    for path in folder.iterdir():
        if path.suffix in (".docx", ".odt"):
            with zipfile.ZipFile(shutil.copy(path, copy), "a") as package:
                package.comment = copy.name.encode()
        else:
            (copy / path.name).write_bytes(path.read_bytes() + b"\n" * int(copy.name))


@dataclass
class Peaks:
    """The most memory that processes of a kind held (MiB) in each span of documents, and while tables are written.

    It is the kernel's own mark (`VmHWM`), set back at the start of each span, so that no peak is too short.
    """

    spans: dict[int, float] = field(default_factory=dict)
    at_the_end: float = 0.0
    marked: dict[int, int] = field(default_factory=dict)

    def note(self, pid: int, count: int, files: int) -> None:
        """Take down the peak of a process when `count` files were finished."""
        with suppress(OSError):  # it has ended
            span, mebibytes = count // SPAN * SPAN, peak_mib(pid)
            since = self.marked.setdefault(pid, span)
            if count == files:
                self.at_the_end = max(self.at_the_end, mebibytes)
            else:
                self.spans[since] = max(self.spans.get(since, 0.0), mebibytes)
            if since != span:
                Path(f"/proc/{pid}/clear_refs").write_text("5")
                self.marked[pid] = span

    def figures(self) -> dict[str, object]:
        """Return the peaks, and by what share the later ones are above that of the first span."""
        first, later = self.spans.get(0, 0.0), [value for span, value in self.spans.items() if span]
        return {
            "peaks_mib": {f"from {span}": round(value) for span, value in sorted(self.spans.items())},
            "at_the_end_mib": round(self.at_the_end),
            "growth": round(max([*later, self.at_the_end]) / first - 1, 3) if first else None,
        }


def named(pid: int) -> tuple[str, int]:
    """Return what kind of process works for a worker, or the worker itself, with its number."""
    with suppress(OSError):
        if Path(f"/proc/{pid}/comm").read_text().startswith("soffice"):
            return "office", pid
    return "worker", pid


def finished(out: Path) -> int:
    """Return how many documents are done."""
    with suppress(CongvanError, sqlite3.Error):
        return read_status(out).found
    return 0


if __name__ == "__main__":
    main()
