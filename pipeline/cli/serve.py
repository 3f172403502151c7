"""`congvan serve` and `congvan users`: the review and tagging pages, and who may come in."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.cli.command import Command, Say
from pipeline.cli.tag import common
from pipeline.cli.terminal import Terminal
from pipeline.web.accounts import AccountError, Accounts, Role


def run(args: Namespace, terminal: Terminal) -> int:
    """Serve the pages until they are stopped; anywhere but on this machine only with accounts."""
    import uvicorn

    from pipeline.web.app import LOOPBACK, create_app

    local = args.host in LOOPBACK
    accounts = Accounts(args.out)
    if not local and not accounts.list():
        raise AccountError(
            f"{args.host} is open to other machines: make an account first, `congvan users add NAME --role admin`",
            f"{args.host} mở cho máy khác: hãy tạo tài khoản trước, `congvan users add TÊN --role admin`",
        )
    app = create_app(
        args.out,
        actor=args.actor or getpass.getuser(),
        lang=terminal.lang,
        accounts=not local or args.accounts,
        hosts=LOOPBACK if local else (args.host, *args.name),
        inboxes=tuple(args.inbox),
        ingest_options=_ingest_options(args, terminal),
    )
    terminal.note(f"mở http://{args.host}:{args.port}", f"open http://{args.host}:{args.port}")
    uvicorn.run(app, host=args.host, port=args.port, log_level="warning", server_header=False)
    return 0


def _ingest_options(args: Namespace, terminal: Terminal) -> tuple[str, ...]:
    """Return the words that every ingest from the pages is started with."""
    words = ["--lang", terminal.lang]
    for name in ("settings", "rules", "jobs"):
        if getattr(args, name) is not None:
            words += [f"--{name}", str(getattr(args, name))]
    return tuple(words)


def users(args: Namespace, terminal: Terminal) -> int:
    """Add, remove or list accounts."""
    accounts = Accounts(args.out)
    if args.action == "add":
        accounts.add(args.user, _password(terminal), Role[args.role.upper()] if args.role else None)
    elif args.action == "remove":
        accounts.remove(args.user)
    for user in accounts.list():
        print(f"{user.name}\t{user.role.name.lower()}")
    return 0


def _password(terminal: Terminal) -> str:
    """Ask for a password at the terminal, or read it from standard input where there is none."""
    if sys.stdin.isatty():
        return getpass.getpass(terminal.text("Mật khẩu: ", "Password: "))
    return sys.stdin.readline().rstrip("\n")


def _serve_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=say("địa chỉ", "address") + " (%(default)s)")
    parser.add_argument("--port", type=int, default=8765, help=say("cổng", "port") + " (%(default)s)")
    parser.add_argument(
        "--name", action="append", default=[], metavar="HOST",
        help=say("tên máy mà người khác gõ vào trình duyệt", "a host name by which others reach this machine"),
    )  # fmt: skip
    parser.add_argument(
        "--actor", metavar="NAME", help=say("ai đang làm việc trên máy này", "who works at this machine")
    )
    parser.add_argument(
        "--inbox", action="append", default=[], type=Path, metavar="IN",
        help=say("thư mục mà quản trị viên được nạp từ trang Tình trạng", "a folder that an admin may ingest here"),
    )  # fmt: skip
    parser.add_argument(
        "--rules", type=Path, metavar="TOML", help=say("quy tắc gắn thẻ khi nạp", "tagging rules for those ingests")
    )
    parser.add_argument(
        "--jobs", type=int, metavar="N", help=say("số tiến trình khi nạp", "worker processes for those ingests")
    )
    parser.add_argument(
        "--accounts", action="store_true", help=say("hỏi mật khẩu cả trên máy này", "ask for accounts here too")
    )


def _users_arguments(parser: ArgumentParser, say: Say) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar=say("VIỆC", "ACTION"))
    add = actions.add_parser("add", help=say("thêm, hoặc đổi mật khẩu", "add, or change the password"))
    add.add_argument("user")
    add.add_argument("--role", choices=[role.name.lower() for role in Role])
    remove = actions.add_parser("remove", help=say("xóa", "remove"))
    remove.add_argument("user")
    listing = actions.add_parser("list", help=say("liệt kê", "list"))
    for action in (add, remove, listing):
        common(action)


COMMAND = Command(
    "serve",
    vi="Trang duyệt và gắn thẻ trong trình duyệt.",
    en="The review and tagging pages in the browser.",
    run=run,
    arguments=_serve_arguments,
)
USERS = Command(
    "users",
    vi="Tài khoản cho các trang khi mở cho máy khác.",
    en="Accounts for the pages when other machines may reach them.",
    run=users,
    arguments=_users_arguments,
)
