"""`congvan evaluate` and `congvan calibrate`: how good the values are, and what confidences are worth."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Score the tables, print the report and write its page."""
    from pipeline import evaluate
    from pipeline.evaluate.page import html

    report = evaluate.evaluate(args.gold, args.out / "tables")
    if terminal.json:
        terminal.answer(evaluate.to_json(report))
    else:
        if args.errors:
            print("\n".join(report.errors))
        print(evaluate.to_text(report, terminal.lang))
    path: Path = args.page or args.out / "evaluation" / "evaluation.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html(report, lang=terminal.lang, today=datetime.now().astimezone().date()), encoding="utf-8")
    terminal.note(f"Trang báo cáo: {path}", f"Page: {path}")
    return 0


def calibrate(args: Namespace, terminal: Terminal) -> int:
    """Fit a calibration, show what it would say of dispatches that it has not seen, and keep it if asked to."""
    from pipeline import models
    from pipeline.evaluate.fit import calibration_of
    from pipeline.evaluate.plain import reliability_json, reliability_text
    from pipeline.evaluate.words import speaker

    made = calibration_of([(args.gold, args.out / "tables"), *((gold, out / "tables") for gold, out in args.also)])
    if terminal.json:
        terminal.answer({kind: reliability_json(found) for kind, found in made.unseen.items()})
    else:
        print("\n\n".join(reliability_text(made.unseen.items(), speaker(terminal.lang))))
    if args.write:
        path = models.keep_calibration(made.calibration)
        terminal.note(f"Đã ghi {path}; lần nạp sau sẽ dùng.", f"{path} written; the next ingest uses it.")
    return 0


def _gold(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("gold", type=Path, metavar="GOLD", help=say("thư mục tệp mẫu", "folder of gold files"))


def _arguments(parser: ArgumentParser, say: Say) -> None:
    _gold(parser, say)
    parser.add_argument("--errors", action="store_true", help=say("liệt kê từng sai sót", "list every error"))
    parser.add_argument(
        "--page", type=Path, metavar="HTML",
        help=say("nơi ghi trang báo cáo (mặc định: OUT/evaluation/evaluation.html)",
                 "where to write the page (default: OUT/evaluation/evaluation.html)"),
    )  # fmt: skip


def _calibrate_arguments(parser: ArgumentParser, say: Say) -> None:
    _gold(parser, say)
    parser.add_argument(
        "--also", type=Path, nargs=2, action="append", default=[], metavar=("GOLD", "OUT"),
        help=say("thêm tệp mẫu và kết quả của một kho khác", "gold files and results of another catalogue besides"),
    )  # fmt: skip
    parser.add_argument(
        "--write", action="store_true",
        help=say("ghi vào models/ để lần nạp sau dùng", "write it into models/ for the next ingest to use"),
    )  # fmt: skip


COMMAND = Command(
    "evaluate",
    vi="Chấm điểm các bảng theo tệp mẫu.",
    en="Score the tables against gold files.",
    run=run,
    arguments=_arguments,
)
CALIBRATE = Command(
    "calibrate",
    vi="Tính lại độ tin cậy theo tệp mẫu.",
    en="Fit what confidences are worth to gold files.",
    run=calibrate,
    arguments=_calibrate_arguments,
)
