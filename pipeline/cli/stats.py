"""`congvan stats`: one page of figures that works offline, and the official form 0601.N."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date, datetime
from pathlib import Path

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Write the page and the form, or print the figures' tables as JSON."""
    from pipeline import stats, store
    from pipeline.stats import form0601

    connection = store.connect(args.out, readonly=True)
    today = args.today or datetime.now().astimezone().date()
    if terminal.json:
        shown = stats.figures(connection, lang=terminal.lang, today=today)
        terminal.answer(
            {figure.name: {"title": figure.title, "headings": figure.headings, "rows": figure.rows} for figure in shown}
        )
        return 0
    folder = args.to or args.out / "stats"
    folder.mkdir(parents=True, exist_ok=True)
    page, form = folder / "stats.html", folder / "0601N.xlsx"
    page.write_text(stats.html(connection, lang=terminal.lang, today=today), encoding="utf-8")
    count = form0601.write(connection, form, year=args.year, today=today, lang=terminal.lang)
    terminal.say(f"{page}: các hình và bảng", f"{page}: figures and tables")
    terminal.say(f"{form}: {count} phong trào được phát động", f"{form}: {count} movements launched")
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER",
        help=say("thư mục ghi ra (mặc định: OUT/stats)", "folder to write to (default: OUT/stats)"),
    )  # fmt: skip
    parser.add_argument("--year", type=int, help=say("năm báo cáo của biểu 0601.N", "reporting year of form 0601.N"))
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD",
        help=say("lập như vào ngày này", "make it as of this day"),
    )  # fmt: skip


COMMAND = Command(
    "stats",
    vi="Vẽ các con số thành một trang HTML, và lập biểu 0601.N.",
    en="Draws the figures on one HTML page, and fills form 0601.N.",
    run=run,
    arguments=_arguments,
)
