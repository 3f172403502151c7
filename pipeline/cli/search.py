"""`congvan search`: a query in Vietnamese or English, answered as a list, as JSON or as CSV."""

from __future__ import annotations

import csv
import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal, printable

if TYPE_CHECKING:
    from pipeline.search import Filters, Hit, Results

FACET_NAMES = {
    "type_name": ("Loại", "Type"),
    "agency": ("Cơ quan", "Agency"),
    "year": ("Năm", "Year"),
    "movement": ("Phong trào", "Movement"),
    "tag": ("Nhãn", "Tag"),
    "review_state": ("Trạng thái", "State"),
}


def run(args: Namespace, terminal: Terminal) -> int:
    """Search, or look after the index and the saved searches."""
    from pipeline import search, store

    if args.fields:
        print(_help(terminal))
        return 0
    if args.rebuild:
        connection = store.connect(args.out)
        with store.transaction(connection):
            count = search.rebuild(connection)
        terminal.note(f"đã lập chỉ mục {count} văn bản", f"{count} dispatches indexed")
        if not args.query:
            return 0
    if args.saved_list or args.delete or args.save:
        return _saved(args, terminal)
    connection = store.connect(args.out, readonly=True)
    kept = search.saved.get(connection, args.saved) if args.saved else None
    query = kept.query if kept else " ".join(args.query)
    filters = _filters(args, kept.facets if kept else {})
    results = search.search(connection, query, filters=filters, limit=args.limit, offset=args.offset)
    if terminal.json:
        terminal.answer(search.as_json(results))
    elif args.format == "csv":
        _csv(results)
    else:
        _table(results, terminal, offset=args.offset)
    return 0


def _filters(args: Namespace, kept: Mapping[str, tuple[str, ...]]) -> Filters:
    """Return what the options narrow to, or where they say nothing of a facet, what a saved search does."""
    from pipeline.search import Filters
    from pipeline.search.query import day_bound

    values = {name: tuple(getattr(args, name) or kept.get(name, ())) for name in FACET_NAMES}
    return Filters(day_bound(args.start, last=False), day_bound(args.end, last=True), values)


def _saved(args: Namespace, terminal: Terminal) -> int:
    from pipeline import store
    from pipeline.search import saved

    connection = store.connect(args.out)
    if args.save:
        now = datetime.now().astimezone()
        actor = args.actor or getpass.getuser()
        facets = {name: values for name, values in _filters(args, {}).values.items() if values}
        saved.save(connection, args.save, " ".join(args.query), actor=actor, now=now, facets=facets)
        terminal.note(f"đã lưu tìm kiếm “{args.save}”", f"search “{args.save}” saved")
    if args.delete:
        saved.delete(connection, args.delete)
        terminal.note(f"đã xóa tìm kiếm “{args.delete}”", f"search “{args.delete}” deleted")
    if args.saved_list:
        kept = saved.listed(connection)
        if terminal.json:
            terminal.answer([asdict(search) for search in kept])
        else:
            for search in kept:
                print(f"{printable(search.name)}\t{printable(search.query)}\t{printable(search.actor)}")
    return 0


def _csv(results: Results) -> None:
    from pipeline.export.guard import guard
    from pipeline.search import as_json

    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    hits = as_json(results)["hits"]
    assert isinstance(hits, list)
    writer.writerow(
        ("dispatch_id", "source_path", "number", "notation", "issued_on", "agency", "type_name", "subject", "tags",
         "score", "snippet")
    )  # fmt: skip
    for row, hit in zip(hits, results.hits, strict=True):
        plain = row | {"tags": "; ".join(hit.tags), "snippet": hit.snippet.text if hit.snippet else ""}
        writer.writerow([guard(value) if isinstance(value, str) else value for value in plain.values()])


def _table(results: Results, terminal: Terminal, *, offset: int) -> None:
    for place, hit in enumerate(results.hits, offset + 1):
        _show(place, hit)
    shown = len(results.hits)
    terminal.say(
        f"{results.total} văn bản" + (f", hiện {offset + 1}-{offset + shown}" if shown < results.total else ""),
        f"{results.total} dispatches" + (f", {offset + 1} to {offset + shown} shown" if shown < results.total else ""),
    )
    if results.meant:
        terminal.say(f"có phải muốn tìm: {printable(results.meant)}", f"did you mean: {printable(results.meant)}")
    for name, facets in results.facets.items():
        if facets:
            counts = " · ".join(f"{printable(facet.value)} ({facet.count})" for facet in facets[:6])
            print(f"  {terminal.text(*FACET_NAMES[name])}: {counts}")


def _show(place: int, hit: Hit) -> None:
    from pipeline.search.keys import whole_number

    bold, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    number = whole_number(hit.number, hit.notation)
    head = " · ".join(part for part in (hit.type_name, number, hit.issued_on, hit.agency) if part)
    print(f"{place:>3}. {bold}{printable(hit.subject or hit.source_path)}{plain}")
    print(f"     {printable(head)}")
    if hit.tags:
        print("     # " + ", ".join(map(printable, hit.tags)))
    if hit.snippet:
        before, after = (bold, plain) if bold else ("«", "»")
        print(f"     {printable(hit.snippet.marked('«', '»')).replace('«', before).replace('»', after)}")
    print(f"     {hit.dispatch_id}  {printable(hit.source_path)}")


def _help(terminal: Terminal) -> str:
    from pipeline.search.guide import fields_table

    return fields_table(terminal.lang)


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("query", nargs="*", metavar=say("CÂU_TÌM", "QUERY"))
    narrow = parser.add_argument_group(say("thu hẹp", "narrowing"))
    narrow.add_argument("--from", dest="start", metavar="DAY", help=say("ban hành từ ngày", "issued from"))
    narrow.add_argument("--to", dest="end", metavar="DAY", help=say("ban hành đến ngày", "issued until"))
    for option, name in (
        ("--type", "type_name"), ("--agency", "agency"), ("--year", "year"), ("--movement", "movement"),
        ("--tag", "tag"), ("--state", "review_state"),
    ):  # fmt: skip
        narrow.add_argument(option, dest=name, action="append", metavar="X", help=say(*FACET_NAMES[name]))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=say("số kết quả một trang", "hits a page"))
    parser.add_argument("--offset", type=int, default=0, metavar="N", help=say("bỏ qua N kết quả", "skip N hits"))
    kept = parser.add_argument_group(say("tìm kiếm đã lưu", "saved searches"))
    kept.add_argument("--save", metavar="NAME", help=say("lưu câu tìm dưới tên này", "save the query under this name"))
    kept.add_argument("--saved", metavar="NAME", help=say("dùng câu tìm đã lưu", "run a saved search"))
    kept.add_argument("--delete", metavar="NAME", help=say("xóa câu tìm đã lưu", "delete a saved search"))
    kept.add_argument("--saved-list", action="store_true", help=say("liệt kê câu tìm đã lưu", "list saved searches"))
    kept.add_argument("--actor", metavar="NAME", help=say("ai lưu", "who saves"))
    parser.add_argument("--fields", action="store_true", help=say("các trường tìm kiếm", "the fields of a query"))
    parser.add_argument("--rebuild", action="store_true", help=say("lập lại chỉ mục", "build the index anew"))


COMMAND = Command(
    "search",
    vi="Tìm văn bản: có dấu hay không dấu, theo trường, có số đếm.",
    en="Finds dispatches, with or without diacritics, by field, with counts.",
    run=run,
    arguments=_arguments,
    formats=("table", "json", "csv"),
)
