"""`congvan gold` and `congvan learn`: what people checked becomes the measure, what they wrote a proposal."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from pipeline import store
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Write the checked records as gold files."""
    from pipeline.people.gold import write_gold

    with closing(store.connect(args.out, readonly=True)) as connection:
        count = write_gold(connection, args.folder)
    if terminal.json:
        terminal.answer({"written": count})
    else:
        terminal.say(f"đã ghi {count} tệp mẫu vào {args.folder}", f"{count} gold files written to {args.folder}")
    return 0


def learn(args: Namespace, terminal: Terminal) -> int:
    """List names that people wrote and the gazetteers lack."""
    from pipeline import models
    from pipeline.people.learn import proposals

    with closing(store.connect(args.out, readonly=True)) as connection:
        found = proposals(connection, models.load())
    if terminal.json:
        keys = ("gazetteer", "name", "machine", "dispatches")
        terminal.answer([{key: getattr(p, key) for key in keys} for p in found])
        return 0
    for p in found:
        print(f"{p.gazetteer}\t{p.name}\t{len(p.dispatches)}\t{' | '.join(p.machine)}")
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("folder", type=Path, help=say("thư mục nhận tệp mẫu", "folder for the gold files"))


COMMAND = Command(
    "gold",
    vi="Ghi các văn bản đã duyệt thành tệp mẫu để chấm điểm.",
    en="Write checked records as gold files for evaluation.",
    run=run,
    arguments=_arguments,
)
LEARN = Command(
    "learn",
    vi="Liệt kê các tên người đã sửa mà danh mục chưa có.",
    en="List names that people wrote and the gazetteers lack.",
    run=learn,
)
