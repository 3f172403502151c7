"""`congvan rules`: named rules give tags, retention periods and subject headings to what a query finds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline import store
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Apply the rules of a file to the whole catalogue, or show what they would do."""
    from pipeline.people import rules
    from pipeline.search import Searcher

    with closing(store.connect(args.out)) as connection:
        outcomes = rules.run(
            connection,
            rules.read_rules(args.file),
            Searcher(connection).matching,
            at=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
            dry_run=args.dry_run,
        )
    if terminal.json:
        terminal.answer([{"rule": name, "change_id": o.change_id, "rows": o.rows} for name, o in outcomes.items()])
        return 0
    for name, outcome in outcomes.items():
        vi, en = ("sẽ đổi", "would change") if args.dry_run else ("đã đổi", "changed")
        terminal.say(f"{outcome.rows:>7} văn bản {vi}  {name}", f"{outcome.rows:>7} records {en}  {name}")
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("file", type=Path, metavar="TOML")
    parser.add_argument(
        "--dry-run", action="store_true", help=say("chỉ xem, không đổi gì", "only show, change nothing")
    )


COMMAND = Command(
    "rules",
    vi="Áp dụng quy tắc: câu tìm → thẻ, thời hạn bảo quản, đề mục.",
    en="Apply rules: query → tags, retention period, subject heading.",
    run=run,
    arguments=_arguments,
)
