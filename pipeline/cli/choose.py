"""Which records a command is about: a query, a file of ids, or ids given one by one."""

from __future__ import annotations

import csv
import sqlite3
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.command import Say
from pipeline.people import ChangeError


def arguments(parser: ArgumentParser, say: Say) -> None:
    """Add the options that choose records."""
    parser.add_argument(
        "--query", metavar="Q", help=say("mọi văn bản mà câu tìm này tìm thấy", "all records of a query")
    )
    parser.add_argument(
        "--ids", type=Path, metavar="CSV", help=say("tệp có cột dispatch_id", "a file with a column dispatch_id")
    )


def chosen(args: Namespace, connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the chosen records; raises ChangeError where nothing says which."""
    if args.query is not None:
        from pipeline.search import Searcher

        return Searcher(connection).matching(args.query)
    if args.ids is not None:
        with args.ids.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        if rows and "dispatch_id" not in rows[0]:
            raise ChangeError(f"{args.ids} has no column dispatch_id", f"{args.ids} không có cột dispatch_id")
        return [row["dispatch_id"] for row in rows]
    raise ChangeError("say which records: --query or --ids", "hãy nêu văn bản nào: --query hoặc --ids")
