"""The command `congvan`: every command is one file here and one line in `COMMANDS`.

Only this floor prints, and only this file turns errors into exit codes.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import __version__, store
from pipeline.cli import (
    archive,
    care,
    changes,
    correct,
    evaluate,
    explore,
    export,
    gold,
    ingest,
    rules,
    search,
    serve,
    stats,
    status,
    tag,
    watch,
)
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Lang, Terminal, default_language
from pipeline.errors import CongvanError, QueryError, cannot_write

COMMANDS: tuple[Command, ...] = (
    ingest.COMMAND,
    status.COMMAND,
    watch.COMMAND,
    search.COMMAND,
    export.COMMAND,
    explore.COMMAND,
    stats.COMMAND,
    archive.COMMAND,
    care.VERIFY,
    care.BACKUP,
    care.RESTORE,
    care.RELEASE,
    tag.COMMAND,
    rules.COMMAND,
    correct.COMMAND,
    changes.COMMAND,
    gold.COMMAND,
    gold.LEARN,
    serve.COMMAND,
    serve.USERS,
    evaluate.COMMAND,
    evaluate.CALIBRATE,
)  # fmt: skip
"""Every command, in the order in which help shows them."""

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""The exit codes; `ingest` has 3 besides, for files that are quarantined or failed."""


_NO_ROOM = (errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    lang = _language(words)
    args = build_parser(lang).parse_args(words)
    terminal = Terminal(lang, json=args.format == "json")
    logging.basicConfig(level=logging.WARNING, format="congvan: %(levelname)s: %(message)s")
    try:
        return int(args.run(args, terminal))
    except QueryError as error:
        terminal.failed(error)
        return USAGE
    except CongvanError as error:
        terminal.failed(error)
        return FAILED
    except sqlite3.DatabaseError as error:
        terminal.failed(store.damaged(args.out / store.FILE, error))
        return FAILED
    except KeyboardInterrupt:
        terminal.note("đã dừng", "interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        terminal.failed(cannot_write(Path(error.filename or args.out), error))
        return FAILED


def build_parser(lang: Lang) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, with help in one language."""
    say = Terminal(lang).text
    parser = argparse.ArgumentParser(
        prog="congvan",
        description=say(
            "Đọc công văn, văn bản hành chính: từ một thư mục bản quét thành các bảng dữ liệu.",
            "Reads Vietnam's official dispatches: from a folder of scans to tables.",
        ),
        epilog=say("Giải thích mọi mã lỗi: docs/errors.md", "Every error code is explained in docs/errors.md"),
    )
    parser.add_argument("--version", action="version", version=f"congvan {__version__}")
    _language_option(parser, say)
    commands = parser.add_subparsers(dest="command", required=True, metavar=say("LỆNH", "COMMAND"))
    for command in COMMANDS:
        line = say(command.vi, command.en)
        child = commands.add_parser(command.name, help=line, description=line)
        command.arguments(child, say)
        _common_options(child, command, say)
        child.set_defaults(run=command.run)
    return parser


def _common_options(parser: argparse.ArgumentParser, command: Command, say: Say) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path("data/processed"), metavar="OUT",
        help=say("thư mục kết quả (mặc định: %(default)s)", "folder of results (default: %(default)s)"),
    )  # fmt: skip
    parser.add_argument(
        "--settings", type=Path, metavar="TOML",
        help=say("tệp thiết lập (mặc định: congvan.toml nếu có)", "settings file (default: congvan.toml if there)"),
    )  # fmt: skip
    parser.add_argument("--format", choices=command.formats, default=command.formats[0])
    _language_option(parser, say, default=argparse.SUPPRESS)


def _language_option(parser: argparse.ArgumentParser, say: Say, default: str | None = None) -> None:
    parser.add_argument(
        "--lang", choices=("vi", "en"), default=default, help=say("ngôn ngữ hiển thị", "language of messages")
    )


def _language(words: Sequence[str]) -> Lang:
    """Find `--lang` before parsing, since help itself is written in that language."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--lang", choices=("vi", "en"), default=default_language(os.environ))
    try:
        lang: Lang = early.parse_known_args(words)[0].lang
    except argparse.ArgumentError:
        return default_language(os.environ)  # the whole parser says what is wrong
    return lang
