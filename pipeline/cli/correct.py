"""`congvan correct`: one field's right value, kept through every later run."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime

from pipeline import store
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Correct the field."""
    from pipeline.people import author, corrections

    with closing(store.connect(args.out)) as connection:
        by = author(args.actor, datetime.now(UTC).astimezone(), args.reason)
        change = corrections.set_field(connection, args.dispatch_id, args.field, args.value or None, by)
    if terminal.json:
        terminal.answer({"change_id": change, "rows": 1})
    else:
        terminal.say(f"đã sửa: {change}", f"corrected: {change}")
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("dispatch_id")
    parser.add_argument("field", help=say("tên cột của bảng dispatches", "a column of the table dispatches"))
    parser.add_argument(
        "value", help=say('giá trị đúng; "" nếu văn bản không có', 'the right value; "" if the page has none')
    )
    parser.add_argument("--actor", required=True, metavar="NAME", help=say("ai sửa", "who corrects"))
    parser.add_argument("--reason", metavar="TEXT", help=say("vì sao", "why"))


COMMAND = Command(
    "correct",
    vi="Sửa một trường đã đọc sai; lần nạp sau không ghi đè.",
    en="Correct a field that was read wrongly; no later run overwrites it.",
    run=run,
    arguments=_arguments,
)
