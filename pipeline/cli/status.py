"""`congvan status`: every file found, in exactly one state, and why each bad one is bad."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.batch.ledger import STATES
from pipeline.batch.status import Status, read_status
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal, printable

STATE_NAMES = {
    "done": ("xong", "done"),
    "duplicate": ("trùng", "duplicate"),
    "quarantined": ("cách ly", "quarantined"),
    "failed": ("lỗi, sẽ thử lại", "failed, will be tried again"),
    "restricted": ("hạn chế (mật)", "restricted (secret)"),
}


def run(args: Namespace, terminal: Terminal) -> int:
    """Show the ledger."""
    status = read_status(args.out, lang=terminal.lang)
    if terminal.json:
        terminal.answer(status.as_json())
    else:
        show(status, terminal, limit=args.limit)
    return 0


def show(status: Status, terminal: Terminal, *, limit: int = 0) -> None:
    """Print the counts, which add up, and the files that need a look; `limit` 0 shows them all."""
    terminal.say(f"Tìm thấy {status.found} tập tin:", f"{status.found} files found:")
    for state in STATES:
        if count := status.counts[state]:
            terminal.say(f"  {count:>7}  {STATE_NAMES[state][0]}", f"  {count:>7}  {STATE_NAMES[state][1]}")
    shown = status.problems[:limit] if limit else status.problems
    for problem in shown:
        print(f"  ! {printable(problem.source_path)}: {problem.code}: {printable(problem.message)}")
    if rest := len(status.problems) - len(shown):
        terminal.say(f"  … và {rest} tập tin nữa: `congvan status`", f"  … and {rest} more: `congvan status`")


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--limit", type=int, default=0, metavar="N",
        help=say("chỉ liệt kê N tập tin có vấn đề", "list only N files with problems"),
    )  # fmt: skip


COMMAND = Command(
    "status",
    vi="Mọi tập tin đã tìm thấy, mỗi tập tin ở đúng một trạng thái.",
    en="Every file found, in exactly one state.",
    run=run,
    arguments=_arguments,
)
