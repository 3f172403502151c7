"""The whole ingest over generated scans, beside the bare `tesseract` command on the same pages in the same run.

    python -m benchmarks.ingest [--pages 40] [--rounds 2]

Both use two processes. Tesseract is given the pages already drawn at 300 dpi, so drawing counts for
the ingest alone. Prints the ratio, the largest worker, and the share of each stage.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.samples.compose import make
from benchmarks.samples.files import sample
from pipeline import models, read, stages, store
from pipeline.store import readings

WORKERS = 2
DPI = 300
WANTED_RATIO, WANTED_MIB = 1.0, 700


@dataclass(frozen=True, slots=True)
class Run:
    """One timed run: seconds, and the largest process in MiB (0 where it was not watched)."""

    seconds: float
    mib: float = 0.0


def write_scans(folder: Path, pages: int) -> int:
    """Write scanned dispatches until there are at least so many pages; return how many there are."""
    folder.mkdir(parents=True)
    written = 0
    for number, dispatch in enumerate(make(pages, seed=5)):
        made = sample(dispatch, "scan", damage=1 + number % 2, seed=5)
        (folder / made.name).write_bytes(made.data)
        with pypdfium2.PdfDocument(made.data) as pdf:
            written += len(pdf)
        if written >= pages:
            break
    return written


def draw(scans: Path, folder: Path) -> list[Path]:
    """Draw every page at 300 dpi as PNG."""
    folder.mkdir()
    drawn = []
    for path in sorted(scans.iterdir()):
        with pypdfium2.PdfDocument(path) as pdf:
            for number, page in enumerate(pdf):
                drawn.append(folder / f"{path.stem}-{number}.png")
                page.render(scale=DPI / 72).to_pil().convert("L").save(drawn[-1])
    return drawn


def run_ingest(scans: Path, out: Path) -> Run:
    """Time `congvan ingest` as a user starts it."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(scans), "--out", str(out), "--jobs", str(WORKERS)]
    start, largest = time.perf_counter(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        largest = max([largest, *(peak_mib(pid) for pid in _descendants(process.pid))])
        time.sleep(0.1)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"ingest ended with {process.returncode}")
    return Run(seconds, largest)


def run_tesseract(pages: list[Path]) -> Run:
    """Time the bare command, one page a process, two at a time."""

    def one(page: Path) -> None:
        command = ["tesseract", str(page), "stdout", "-l", "vie", "--dpi", str(DPI)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})

    start = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, pages))
    return Run(time.perf_counter() - start)


def _descendants(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _descendants(child)


def peak_mib(pid: int) -> float:
    """Return the most memory that a process has held, in MiB, since its mark was set back; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def shares(out: Path, whole: float) -> dict[str, float]:
    """Return the seconds of each step that follows reading, replayed from the kept readings; the rest is reading."""
    connection = store.connect(out, readonly=True)
    ids = [str(row["dispatch_id"]) for row in store.read(connection, "dispatches")]
    connection.close()
    knowledge = models.load()
    steps = stages.stages(knowledge)
    spent = dict.fromkeys(("order and repair", *(stage.name for stage in steps)), 0.0)
    for dispatch_id in ids:
        reading = readings.load(out / readings.FOLDER, dispatch_id)
        assert reading is not None
        start = time.perf_counter()
        document = read.compose(reading, id=dispatch_id, source=dispatch_id, mend=knowledge.mend)
        spent["order and repair"] += time.perf_counter() - start
        for stage in steps:
            start = time.perf_counter()
            document = document.annotate(tuple(stage.extract(document)))
            spent[stage.name] += time.perf_counter() - start
    return {"reading, writing": whole * WORKERS - sum(spent.values()), **spent}


def main() -> None:
    """Run both in turn, and print the figures as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=main.__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_scans(folder / "in", chosen.pages)
        pages = draw(folder / "in", folder / "pages")
        ours, bare = [], []
        for n in range(chosen.rounds):
            ours.append(run_ingest(folder / "in", folder / f"out{n}"))
            bare.append(run_tesseract(pages))
        ratios = [a.seconds / b.seconds for a, b in zip(ours, bare, strict=True)]
        whole = statistics.median(run.seconds for run in ours)
        spent = shares(folder / "out0", whole)
    print(f"## Ingest: {count} scanned pages, {WORKERS} workers\n")
    print("| | seconds | a page |\n|---|---|---|")
    for label, runs in (("congvan ingest, all of it", ours), ("bare tesseract at 300 dpi", bare)):
        middle = statistics.median(run.seconds for run in runs)
        print(f"| {label} | {middle:.1f} | {middle / count:.2f} |")
    print(f"\nratio {statistics.median(ratios):.2f} (wanted at most {WANTED_RATIO})", end="; ")
    print(f"largest process {max(run.mib for run in ours):.0f} MiB (wanted at most {WANTED_MIB})\n")
    print("| step | share |\n|---|---|")
    for step, seconds in spent.items():
        print(f"| {step} | {seconds / (whole * WORKERS):.1%} |")


if __name__ == "__main__":
    main()
