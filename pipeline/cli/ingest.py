"""`congvan ingest`: a folder of scans, PDFs and Word files becomes tables."""

from __future__ import annotations

import json
import signal
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from pipeline.cli.command import Command, Say
from pipeline.cli.status import STATE_NAMES, show
from pipeline.cli.terminal import Progress, Terminal, printable
from pipeline.settings import load_named

if TYPE_CHECKING:
    from pipeline.batch import Options, Result

_SHOWN = 20  # files with problems in the summary
SOME_BAD = 3


def run(args: Namespace, terminal: Terminal) -> int:
    """Process what is new in a folder, show how it goes, and sum up."""
    from pipeline import batch
    from pipeline.batch.status import read_status

    signal.signal(signal.SIGTERM, _interrupt)
    results = batch.run(args.inbox, args.out, options_of(args))
    if args.events:
        return _tell(results)
    states = follow(results, terminal)
    status = read_status(args.out, lang=terminal.lang)
    if terminal.json:
        terminal.answer(status.as_json())
    elif not states:
        terminal.say("Không có gì mới.", "Nothing new.")
        show(status, terminal, limit=_SHOWN)
    else:
        _sum_up(states, terminal)
        show(status, terminal, limit=_SHOWN)
        terminal.say(f"Bảng dữ liệu: {args.out / 'tables'}", f"Tables: {args.out / 'tables'}")
    return SOME_BAD if states["quarantined"] or states["failed"] else 0


def _tell(results: Iterator[Result]) -> int:
    """Print each file that is finished as one line of JSON, for a program that follows the run."""
    bad = False
    for result in results:
        print(json.dumps(asdict(result)), flush=True)
        bad = bad or result.state in ("quarantined", "failed")
    return SOME_BAD if bad else 0


def options_of(args: Namespace) -> Options:
    """Return the options of a run from the command line."""
    from pipeline.batch import Options
    from pipeline.people.rules import read_rules

    return Options(
        settings=load_named(args.settings),
        jobs=args.jobs,
        engine=args.engine,
        shard=args.shard,
        retry=args.retry,
        rules=read_rules(args.rules) if args.rules else (),
    )


def follow(results: Iterator[Result], terminal: Terminal) -> Counter[str]:
    """Show each result as it comes; returns how many files came to each state."""
    states: Counter[str] = Counter()
    progress = Progress()
    started = time.monotonic()
    pages = 0
    for result in results:
        states[result.state] += 1
        pages += result.pages
        if result.state in ("quarantined", "failed", "restricted"):
            progress.clear()
            terminal.note(*(f"{printable(result.source_path)}: {result.code}: {text}" for text in _why(result)))
        progress.draw(_bar(result, pages, time.monotonic() - started, terminal))
    progress.clear()
    return states


def _why(result: Result) -> tuple[str, str]:
    return printable(result.vi or ""), printable(result.message or "")


def _bar(result: Result, pages: int, seconds: float, terminal: Terminal) -> str:
    """Return the line of progress: bar, documents, pages, speed, time left, and the file just finished."""
    share = result.done / max(result.total, 1)
    bar = "█" * round(20 * share) + "░" * (20 - round(20 * share))
    left = round(seconds / result.done * (result.total - result.done))
    clock = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
    speed = pages / max(seconds, 0.001)
    return terminal.text(
        f"{bar} {result.done}/{result.total} văn bản · {pages} trang · {speed:.1f} trang/giây · còn {clock} · "
        f"{printable(result.source_path)}",
        f"{bar} {result.done}/{result.total} documents · {pages} pages · {speed:.1f} pages/s · {clock} left · "
        f"{printable(result.source_path)}",
    )


def _sum_up(states: Counter[str], terminal: Terminal) -> None:
    vi = ", ".join(f"{count} {STATE_NAMES[state][0]}" for state, count in sorted(states.items()))
    en = ", ".join(f"{count} {STATE_NAMES[state][1]}" for state, count in sorted(states.items()))
    terminal.say(f"Lượt này: {vi}.", f"This run: {en}.")


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise ArgumentTypeError("i/N, 1 <= i <= N")
    return int(number), int(of)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(">= 1")
    return int(text)


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """Add what `ingest` and `watch` have in common."""
    add: Callable[..., object] = parser.add_argument
    add("inbox", type=Path, metavar="IN", help=say("thư mục (hoặc tập tin) đầu vào", "input folder (or file)"))
    add(
        "--rules",
        type=Path,
        metavar="TOML",
        help=say("quy tắc gắn thẻ (docs/tagging.md)", "tagging rules (docs/tagging.md)"),
    )
    add("--jobs", type=_at_least_one, metavar="N", help=say("số tiến trình", "number of worker processes"))
    add("--engine", choices=("local", "ray"), default="local", help=say("nơi chạy", "where the work is done"))
    add("--shard", type=_shard, metavar="i/N", help=say("chỉ phần thứ i trong N", "only the i-th of N parts"))
    add("--retry", action="store_true", help=say("thử lại cả tập tin bị cách ly", "try quarantined files again"))


def _arguments(parser: ArgumentParser, say: Say) -> None:
    add_arguments(parser, say)
    parser.add_argument(
        "--events",
        action="store_true",
        help=say("in mỗi tập tin vừa xong thành một dòng JSON", "print each file that is finished as a line of JSON"),
    )


COMMAND = Command(
    "ingest",
    vi="Xử lý những gì mới trong một thư mục thành các bảng dữ liệu.",
    en="Turn what is new in a folder into tables.",
    run=run,
    arguments=_arguments,
)
