"""`congvan evaluate`: how good the values are, against gold files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Score the tables and print the report."""
    from pipeline import evaluate

    report = evaluate.evaluate(args.gold, args.out / "tables")
    if terminal.json:
        terminal.answer(evaluate.to_json(report))
        return 0
    if args.errors:
        print("\n".join(report.errors))
    print(evaluate.to_text(report))
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("gold", type=Path, metavar="GOLD", help=say("thư mục tệp mẫu", "folder of gold files"))
    parser.add_argument("--errors", action="store_true", help=say("liệt kê từng sai sót", "list every error"))


COMMAND = Command(
    "evaluate",
    vi="Chấm điểm các bảng theo tệp mẫu.",
    en="Score the tables against gold files.",
    run=run,
    arguments=_arguments,
)
