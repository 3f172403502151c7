"""`congvan export`: the tables as CSV, XLSX, Parquet or JSON Lines, whole or for a query."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Write the files and say what was written."""
    from pipeline import export, store
    from pipeline.search import Searcher

    connection = store.connect(args.out, readonly=True)
    ids = Searcher(connection).matching(args.query) if args.query is not None else None
    headings = args.headings or ("lang" if args.format == "xlsx" else "names")
    written = export.export(
        connection,
        args.to or args.out / "exports" / args.format,
        format=args.format,
        ids=ids,
        tables=args.tables.split(",") if args.tables else None,
        headings=None if headings == "names" else terminal.lang,
        bom=args.bom,
    )
    for one in written:
        print(f"{one.rows:>9}  {one.path}" + (f"  {one.table}" if args.format == "xlsx" else ""))
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER",
        help=say("thư mục ghi ra (mặc định: OUT/exports/…)", "folder to write to (default: OUT/exports/…)"),
    )  # fmt: skip
    parser.add_argument("--query", metavar="Q", help=say("chỉ những văn bản tìm được", "only what this query finds"))
    parser.add_argument("--tables", metavar="A,B", help=say("chỉ các bảng này", "only these tables"))
    parser.add_argument(
        "--headings", choices=("names", "lang"),
        help=say("dòng đầu: tên cột, hay tiêu đề theo --lang", "first row: names of columns, or titles in --lang"),
    )  # fmt: skip
    parser.add_argument("--bom", action="store_true", help=say("CSV mở được bằng Excel", "CSV that Excel opens"))


COMMAND = Command(
    "export",
    vi="Xuất các bảng ra CSV, XLSX, Parquet hoặc JSON Lines.",
    en="Exports the tables as CSV, XLSX, Parquet or JSON Lines.",
    run=run,
    arguments=_arguments,
    formats=("csv", "xlsx", "parquet", "jsonl"),
)
