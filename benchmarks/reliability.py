"""Nothing lost, nothing twice: a folder with hostile files, killed again and again, against an undisturbed run.

    python -m benchmarks.reliability kills [--files 500] [--hostile 100] [--kills 20]
    python -m benchmarks.reliability memory [--files 2000]

The figures in docs/reliability.md come from here.
"""

from __future__ import annotations

import argparse
import difflib
import io
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
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from docx import Document as WordDocument

from pipeline import store
from pipeline.batch.status import read_status
from pipeline.errors import CongvanError
from pipeline.store.canonical import canonical
from tests.batch.folder import dispatch
from tests.faults.hostile import KINDS, put

SETTINGS = "max_attempts = 1000\nmax_seconds = 120\n"  # victims of the killing are not to be given up


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
    """Compare a run killed `times` times, its children too, with an undisturbed one."""
    inbox, settings = folder / "in", folder / "congvan.toml"
    settings.write_text(SETTINGS)
    made = fill(inbox, files, hostile)
    calm, hunted = folder / "calm", folder / "hunted"
    began = time.monotonic()
    finish(inbox, calm, settings)
    undisturbed_seconds = time.monotonic() - began
    hit, children, progress = 0, 0, []
    for _ in range(times):
        process = start(inbox, hunted, settings)
        with hunter(hunted, chance) as killed:
            await_progress(process, hunted, finished(hunted) + chance.randint(0, 3 * files // (2 * times)))
            time.sleep(chance.uniform(0, 0.5))
        hit += process.poll() is None  # one that ended by itself was not killed
        process.send_signal(signal.SIGKILL)
        process.wait()
        children += killed[0]
        progress.append(check(hunted))
    rounds, code = 0, 3
    while code == 3 and rounds < 10:
        code = finish(inbox, hunted, settings)
        rounds += 1
        if not check(hunted)["failed"]:
            break
    difference = list(difflib.unified_diff(lines(calm), lines(hunted), lineterm="", n=0))
    return {
        "files": made,
        "parent_kills": hit,
        "child_kills": children,
        "states_at_restarts": progress,
        "final": check(hunted),
        "undisturbed_seconds": round(undisturbed_seconds, 1),
        "rounds_to_finish": rounds,
        "same_tables": not difference,
        "difference": [line[:300] for line in difference[:10]],
    }


def await_progress(process: subprocess.Popen[bytes], out: Path, count: int) -> None:
    """Wait until the ledger holds `count` files, or the process ends."""
    while process.poll() is None and finished(out) < count:
        time.sleep(0.02)


def fill(inbox: Path, files: int, hostile: int) -> int:
    """Make the folder: text and Word dispatches, copies among them, and each hostile kind several times."""
    inbox.mkdir()
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
    for number in range(1, files - made + 1):
        text = dispatch(number if number % 25 else number - 1)  # every 25th is a copy
        if number % 5:
            (inbox / f"{number:05}.txt").write_text(text)
        else:
            (inbox / f"{number:05}.docx").write_bytes(word(text))
    return sum(not path.is_dir() or path.is_symlink() for path in inbox.rglob("*"))


def word(text: str) -> bytes:
    """Return a text as a Word file."""
    document, file = WordDocument(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


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
        while not over.wait(chance.uniform(0.5, 3)):
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


@dataclass
class Peaks:
    """The most memory that a process held to the 200th document, from there on, and while tables are written (MiB)."""

    before: float = 0.0
    after: float = 0.0
    at_the_end: float = 0.0


def memory(folder: Path, files: int) -> dict[str, object]:
    """Watch the memory of the parent and its workers over many documents."""
    inbox, settings, out = folder / "in", folder / "congvan.toml", folder / "out"
    settings.write_text(SETTINGS)
    fill(inbox, files, 0)
    process = start(inbox, out, settings)
    peaks: dict[str, Peaks] = {"parent": Peaks(), "worker": Peaks()}
    while process.poll() is None:
        count = finished(out)
        note(peaks["parent"], resident(process.pid), count, files)
        for worker in workers_of(out):
            note(peaks["worker"], resident(worker), count, files)
        time.sleep(0.25)
    return {
        "files": files,
        "done": finished(out),
        **{
            f"{name}_{what}_mib": round(value)
            for name, peak in peaks.items()
            for what, value in (
                ("peak_to_200", peak.before),
                ("peak_from_200", peak.after),
                ("peak_at_the_end", peak.at_the_end),
            )
        },
    }


def note(peaks: Peaks, mebibytes: float, count: int, files: int) -> None:
    """Take down a measurement."""
    if count == files:
        peaks.at_the_end = max(peaks.at_the_end, mebibytes)
    elif count < 200:
        peaks.before = max(peaks.before, mebibytes)
    else:
        peaks.after = max(peaks.after, mebibytes)


def finished(out: Path) -> int:
    """Return how many documents are done."""
    with suppress(CongvanError, sqlite3.Error):
        return read_status(out).found
    return 0


def resident(pid: int) -> float:
    """Return the memory that a process holds, in MiB."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return 0.0


if __name__ == "__main__":
    main()
