"""How right the values are on made dispatches whose truth is known: `make evaluate` without gold of one's own.

    python -m benchmarks.accuracy [--count 10] [--seed 2026] [--folder build/accuracy] [--format json] [--lang en]

The same dispatches are read as born-digital PDF, as Word and text files, and as scans of every level of
damage. Files are made once and read once: a second run only does what changed. The same seed gives the same
files. `--renew docs/accuracy.md` writes the figures into that page.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from benchmarks.samples.compose import make
from benchmarks.samples.files import Sample, sample
from benchmarks.samples.truth import Dispatch
from pipeline.cli import main as congvan
from pipeline.evaluate import Report, evaluate, words
from pipeline.evaluate.scores import Scores

SEED = 2026
"""The seed of the published figures; another one makes other dispatches."""
START, END = "<!-- figures -->", "<!-- end of figures -->"
DAMAGES = (0, 1, 2, 3)
WORD = ("docx", "docx-tabs", "tcvn3", "vni", "txt", "txt-columns")


def samples(count: int, seed: int) -> Iterator[Sample]:
    """Yield `count` dispatches as born-digital PDF, as Word or text, and as a scan of each level of damage."""
    for dispatch, word in zip(make(count, seed=seed), cycle(WORD), strict=False):
        yield sample(_renamed(dispatch, "pdf"), "pdf", seed=seed)
        yield sample(_renamed(dispatch, "word"), word, seed=seed)
        for damage in DAMAGES:
            yield sample(_renamed(dispatch, f"scan-{damage}"), "scan", damage=damage, seed=seed)


def _renamed(dispatch: Dispatch, how: str) -> Dispatch:
    return replace(dispatch, slug=f"{dispatch.slug}-{how}")


def write(folder: Path, made: Sample) -> None:
    """Write a file and its gold; a scan's gold says how damaged it was made, which evaluation counts apart."""
    made.write(folder)
    if made.origin == "scan":
        path = folder / "gold" / f"{Path(made.name).stem}.json"
        gold = json.loads(path.read_text("utf-8")) | {"damage": int(path.stem[-1])}
        path.write_text(json.dumps(gold, ensure_ascii=False, indent=1), encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Make the files, read them, and print the scores; the page lies in the folder too."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=main.__doc__)
    parser.add_argument("--count", type=int, default=10, help="how many dispatches, each as six files")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same files")
    parser.add_argument("--folder", type=Path, default=Path("build/accuracy"), help="where the files lie")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--renew", type=Path, metavar="PAGE", help="a page whose figures are written anew")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    chosen = parser.parse_args(argv)
    folder = chosen.folder / f"{chosen.count}-{chosen.seed}"
    stamp = folder / "made"
    if not stamp.is_file():
        for made in samples(chosen.count, chosen.seed):
            write(folder, made)
        stamp.touch()
    out, lang = str(folder / "out"), ["--lang", chosen.lang]
    with contextlib.redirect_stdout(sys.stderr):
        congvan(["ingest", str(folder / "documents"), "--out", out, *lang])
    if chosen.renew:
        renew(chosen.renew, evaluate(folder / "gold", folder / "out" / "tables"))
    return congvan(["evaluate", str(folder / "gold"), "--out", out, "--format", chosen.format, *lang])


def renew(page: Path, report: Report) -> None:
    """Put a report's figures between the two marks of a page."""
    before, _, rest = page.read_text("utf-8").partition(f"{START}\n")
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{START}\n{figures(report)}\n{END}{after}", encoding="utf-8")


def figures(report: Report) -> str:
    """Return the figures by kind of source, and what confidences of fields are worth, as Markdown."""
    say = words.speaker("en")
    names = [words.entity_name(name, say) for name in report.scores.entities]
    lines = [_row("source", "files", "fields exact", "95%", "fields close", "whole", *(f"F1 {name}" for name in names))]
    lines.append("|---|" + "---:|" * (5 + len(names)))
    for name in sorted(report.sources, key=list(words.SOURCES).index):
        lines.append(_scores(words.source_name(name, say), report.sources[name]))
    lines += [_scores("all", report.scores), "", "| confidence of fields | mean | right | of | share |"]
    lines.append("|---|---:|---:|---:|---:|")
    for one in report.calibration["fields"].bins:
        band = f"{one.low:.2f} to {one.high:.2f}"
        lines.append(_row(band, f"{one.said:.3f}", one.right, one.of, f"{one.share:.3f}"))
    trusted, caught = report.scores.trusted, report.scores.caught
    asked = f"Of the {caught.of} files with a wrong field, {caught.right} ask for review."
    return "\n".join(
        [*lines, "", f"{asked} {trusted.of} ask for none; {trusted.right} of these have every field exact."]
    )


def _scores(name: str, s: Scores) -> str:
    exact, close = s.all_fields.exact, s.all_fields.close
    return _row(
        name, s.documents, f"{exact.value:.3f}", f"{exact.low:.2f} to {exact.high:.2f}", f"{close.value:.3f}",
        f"{s.whole.right}/{s.whole.of}", *(f"{e.f1:.3f}" for e in s.entities.values()),
    )  # fmt: skip


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.exit(main())
