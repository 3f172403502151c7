"""`congvan changes`: what people did, out to JSON Lines and back into a rebuilt catalogue."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from pipeline import store
from pipeline.cli.command import Command, Say
from pipeline.cli.tag import common
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Write the log to a file, or take over what a file holds and the catalogue lacks."""
    from pipeline.people import exchange

    with closing(store.connect(args.out)) as connection:
        if args.action == "export":
            lines = list(exchange.dump(connection))
            args.file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
            count = len(lines)
        else:
            count = exchange.load(connection, args.file.read_text("utf-8").splitlines())
    if terminal.json:
        terminal.answer({"changes": count})
    else:
        terminal.say(f"{count} thay đổi", f"{count} changes")
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar=say("VIỆC", "ACTION"))
    for name, vi, en in (
        ("export", "ghi ra tệp", "write to a file"),
        ("import", "nhập từ tệp", "take over from a file"),
    ):
        action = actions.add_parser(name, help=say(vi, en))
        action.add_argument("file", type=Path, metavar="JSONL")
        common(action)


COMMAND = Command(
    "changes",
    vi="Xuất và nhập mọi thẻ và bản sửa (JSON Lines).",
    en="Export and import all tags and corrections (JSON Lines).",
    run=run,
    arguments=_arguments,
)
