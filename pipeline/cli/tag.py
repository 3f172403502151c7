"""`congvan tag`: tags on thousands of records at once, previewed, undone, edited in a spreadsheet."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser, Namespace
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline import store
from pipeline.cli import choose
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Do what the sub-command says."""
    with closing(store.connect(args.out)) as connection:
        _ACTIONS[args.action](args, terminal, connection)
    return 0


def _change(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import author, tags

    edit, ids = tags.Edit.of(args.add, args.remove), choose.chosen(args, connection)
    if args.action == "preview":
        outcome = tags.preview(connection, ids, edit)
    else:
        by = author(args.actor, datetime.now(UTC).astimezone(), args.reason)
        outcome = tags.apply(connection, ids, edit, by, query=args.query)
    show(outcome, terminal)


def _undo(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import author, tags

    show(
        tags.undo(connection, args.change_id, author(args.actor, datetime.now(UTC).astimezone(), args.reason)), terminal
    )


def _rename(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import author, tags

    moves = tags.rename_plan(connection, args.old, args.new)
    by = author(args.actor, datetime.now(UTC).astimezone(), args.reason)
    show(tags.carry_out(connection, moves, by, kind="rename", query=f"{args.old} → {args.new}"), terminal)


def _log(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import log

    rows = log(connection)
    if terminal.json:
        terminal.answer(rows)
        return
    for row in rows:
        undone = terminal.text(" · đã hoàn tác", " · undone") if row["undone_by"] else ""
        parts = (row[key] for key in ("change_id", "at", "actor", "kind", "rows", "query"))
        print("  ".join(str(part or "") for part in parts) + undone)


def _tree(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import tags

    tree = tags.tree(connection)
    if terminal.json:
        terminal.answer([{"tag": tag, "count": count} for tag, count in tree])
    else:
        print("\n".join(f"{count:>7}  {tag}" for tag, count in tree))


def _export(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import exchange

    rows = exchange.write_sheet(connection, choose.chosen(args, connection), args.to)
    terminal.say(f"đã ghi {rows} văn bản vào {args.to}", f"{rows} records written to {args.to}")


def _import(args: Namespace, terminal: Terminal, connection: sqlite3.Connection) -> None:
    from pipeline.people import author, exchange, tags

    moves, outcome = tags.plan(connection, exchange.read_sheet(args.sheet))
    if args.yes:
        done = tags.carry_out(
            connection, moves, author(args.actor, datetime.now(UTC).astimezone(), args.reason), kind="tag"
        )
        outcome = tags.Outcome(done.change_id, done.rows, outcome.changes)
    show(outcome, terminal)
    if not args.yes and outcome.rows:
        terminal.note("đây là bản xem trước; thêm --yes để thực hiện", "this was a preview; add --yes to apply it")


def show(outcome: object, terminal: Terminal) -> None:
    """Print what a change of tags does, or did."""
    from pipeline.people.tags import Outcome

    assert isinstance(outcome, Outcome)
    if terminal.json:
        changes = [
            {"dispatch_id": c.dispatch_id, "before": list(c.before), "after": list(c.after)} for c in outcome.changes
        ]
        terminal.answer({"change_id": outcome.change_id, "rows": outcome.rows, "changes": changes})
        return
    if outcome.change_id:
        terminal.say(
            f"{outcome.rows} văn bản đã đổi: {outcome.change_id}",
            f"{outcome.rows} records changed: {outcome.change_id}",
        )
    else:
        terminal.say(f"{outcome.rows} văn bản sẽ đổi", f"{outcome.rows} records would change")
    for change in outcome.changes:
        print(f"  {change.dispatch_id}  {'; '.join(change.before) or '-'}  →  {'; '.join(change.after) or '-'}")
    if rest := outcome.rows - len(outcome.changes):
        terminal.say(f"  … và {rest} văn bản nữa", f"  … and {rest} more")


_ACTIONS = {
    "preview": _change,
    "apply": _change,
    "undo": _undo,
    "rename": _rename,
    "log": _log,
    "tree": _tree,
    "export": _export,
    "import": _import,
}


def _arguments(parser: ArgumentParser, say: Say) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar=say("VIỆC", "ACTION"))
    for name, vi, en in (
        ("preview", "xem trước, không đổi gì", "show what would change"),
        ("apply", "thêm, bỏ thẻ", "put tags on and off"),
    ):
        action = actions.add_parser(name, help=say(vi, en))
        choose.arguments(action, say)
        action.add_argument("--add", action="append", default=[], metavar="T")
        action.add_argument("--remove", action="append", default=[], metavar="T")
        _actor(action, say, required=name == "apply")
    undo = actions.add_parser("undo", help=say("hoàn tác một thay đổi", "undo a change"))
    undo.add_argument("change_id")
    _actor(undo, say)
    rename = actions.add_parser("rename", help=say("đổi tên hoặc gộp thẻ", "rename or merge a tag"))
    rename.add_argument("old")
    rename.add_argument("new")
    _actor(rename, say)
    actions.add_parser("log", help=say("các thay đổi đã làm", "the changes made"))
    actions.add_parser("tree", help=say("cây thẻ", "the tree of tags"))
    export = actions.add_parser("export", help=say("xuất thẻ ra bảng tính", "tags into a spreadsheet"))
    choose.arguments(export, say)
    export.add_argument("--to", type=Path, required=True, metavar="XLSX|CSV")
    sheet = actions.add_parser("import", help=say("nhập thẻ từ bảng tính", "tags from a spreadsheet"))
    sheet.add_argument("sheet", type=Path)
    sheet.add_argument(
        "--yes", action="store_true", help=say("thực hiện, không chỉ xem trước", "apply, not only preview")
    )
    _actor(sheet, say, required=False)
    for action in actions.choices.values():
        common(action)


def common(parser: ArgumentParser) -> None:
    """Let the options that every command has stand after a sub-command too."""
    import argparse

    parser.add_argument("--out", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--format", choices=("table", "json"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _actor(parser: ArgumentParser, say: Say, *, required: bool = True) -> None:
    parser.add_argument("--actor", required=required, default="", metavar="NAME", help=say("ai làm", "who does it"))
    parser.add_argument("--reason", metavar="TEXT", help=say("vì sao", "why"))


COMMAND = Command(
    "tag",
    vi="Gắn thẻ hàng loạt: xem trước, thực hiện, hoàn tác.",
    en="Tags on many records at once: preview, apply, undo.",
    run=run,
    arguments=_arguments,
)
