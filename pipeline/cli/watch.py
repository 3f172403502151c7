"""`congvan watch`: the same job as `ingest` on a folder that fills up."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace

from pipeline.cli import ingest
from pipeline.cli.command import Command, Say
from pipeline.cli.status import STATE_NAMES
from pipeline.cli.terminal import Terminal, printable
from pipeline.errors import LockedError


def run(args: Namespace, terminal: Terminal) -> int:
    """Look for new files again and again until interrupted; while another ingest is at work, wait for its end."""
    from pipeline import batch

    options = ingest.options_of(args)
    terminal.note(f"Đang theo dõi {args.inbox}; dừng bằng Ctrl-C.", f"Watching {args.inbox}; Ctrl-C stops.")
    waiting = False
    while True:
        try:
            for result in batch.run(args.inbox, args.out, options):
                terminal.say(*(f"{printable(result.source_path)}: {name}" for name in STATE_NAMES[result.state]))
            waiting = False
        except LockedError as error:
            if not waiting:
                terminal.note(error.vi, error.message)
            waiting = True
        time.sleep(args.every)


def _arguments(parser: ArgumentParser, say: Say) -> None:
    ingest.add_arguments(parser, say)
    parser.add_argument(
        "--every", type=float, default=10.0, metavar="SECONDS",
        help=say("số giây giữa hai lần xem (mặc định: %(default)s)", "seconds between looks (default: %(default)s)"),
    )  # fmt: skip


COMMAND = Command(
    "watch",
    vi="Theo dõi một thư mục và xử lý mọi tập tin mới đến.",
    en="Watch a folder and process whatever arrives.",
    run=run,
    arguments=_arguments,
    formats=("table",),
)
