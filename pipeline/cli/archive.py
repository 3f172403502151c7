"""`congvan archive`: metadata, index, packages and PDF/A for the archive, and the checks before and after."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli import tag
from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal, printable

if TYPE_CHECKING:
    from pipeline.archive.dossiers import Wanted
    from pipeline.archive.index_docx import Head
    from pipeline.archive.metadata import Filed
    from pipeline.archive.readiness import Report
    from pipeline.archive.records import Record
    from pipeline.document import Document
    from pipeline.models import Models

SHOWN, NOT_READY = 200, 3


def run(args: Namespace, terminal: Terminal) -> int:
    """Do what the sub-command says."""
    if getattr(args, "at", args) is None:
        args.at = datetime.now(UTC).astimezone()
    return _ACTIONS[args.action](args, terminal)


def _check(args: Namespace, terminal: Terminal) -> int:
    from pipeline.archive import readiness

    found = readiness.report(_filed(args))
    if terminal.json:
        terminal.answer(asdict(found))
    else:
        _show(found, terminal)
    return NOT_READY if found.errors else 0


def _metadata(args: Namespace, terminal: Terminal) -> int:
    from pipeline.archive import profile, readiness, sheets

    filed = _filed(args)
    headings = terminal.lang if args.headings == "lang" else None
    paths = sheets.write(filed, profile.load(args.profile), _folder(args), format=args.kind, lang=headings)
    return _written(terminal, paths, readiness.report(filed))


def _index(args: Namespace, terminal: Terminal) -> int:
    from pipeline.archive import index, index_docx, index_xlsx, package, readiness
    from pipeline.archive.whole import whole

    filed, paths = _filed(args), []
    for one in filed:
        path = _folder(args) / f"mục-lục-{package.folder_name(one.file.code)}.{args.kind}"
        head, rows = _head(one, args), list(index.rows(one.dossier))
        with whole(path) as part:
            if args.kind == "docx":
                part.write_bytes(index_docx.document(head, rows))
            else:
                index_xlsx.write(part, head, rows)
        paths.append(path)
    return _written(terminal, paths, readiness.report(filed))


def _package(args: Namespace, terminal: Terminal) -> int:
    from pipeline import __version__
    from pipeline.archive import index, index_docx, package, readiness
    from pipeline.archive.package.parts import Making
    from pipeline.errors import ArchiveError

    filed = _filed(args)
    found = readiness.report(filed)
    if found.errors and not args.anyway:
        _show(found, Terminal(terminal.lang), note=True)
        raise ArchiveError(
            f"{len(found.errors)} things keep the choice from being ready: mend them, or add --anyway",
            f"còn {len(found.errors)} điều chưa xong: hãy sửa, hoặc thêm --anyway",
        )
    derive = _deriver(args) if args.pdfa else None
    built = [
        package.build(
            one, _folder(args), Making(args.at, "congvan", __version__, args.agency),
            index=index_docx.document(_head(one, args), list(index.rows(one.dossier))),
            derive=derive, zipped=args.zip,
        )
        for one in filed
    ]  # fmt: skip
    if terminal.json:
        terminal.answer([asdict(one) | {"path": str(one.path)} for one in built])
        return 0
    for one in built:
        terminal.say(
            f"{one.path}: {one.documents} tài liệu, {one.derived} PDF/A, {one.bytes} byte",
            f"{one.path}: {one.documents} documents, {one.derived} PDF/A, {one.bytes} bytes",
        )
        print(f"  METS.xml SHA-256 {one.mets_sha256}")
    return 0


def _verify(args: Namespace, terminal: Terminal) -> int:
    from pipeline.archive.verify import verify

    verdict = verify(args.package, expected=args.expect)
    if terminal.json:
        terminal.answer(asdict(verdict) | {"whole": verdict.whole})
        return 0 if verdict.whole else NOT_READY
    for fault in verdict.faults:
        print(f"{_mark(fault.level)} {printable(fault.path)}: {fault.code}: {printable(fault.say(terminal.lang))}")
    errors = sum(fault.level == "error" for fault in verdict.faults)
    terminal.say(
        f"{verdict.files} tệp, {verdict.hashed} mã băm đã đối chiếu, {verdict.documents} tài liệu, {errors} lỗi.",
        f"{verdict.files} files, {verdict.hashed} hashes checked, {verdict.documents} documents, {errors} errors.",
    )
    print(f"METS.xml SHA-256 {verdict.mets_sha256}")
    return 0 if verdict.whole else NOT_READY


def _pdfa(args: Namespace, terminal: Terminal) -> int:
    from pipeline import store
    from pipeline.archive import records
    from pipeline.archive.whole import whole
    from pipeline.batch.walk import read_stable

    with closing(store.connect(args.out, readonly=True)) as connection:
        wanted = _wanted(args, connection, code="pdfa")
        found = records.gather(connection, (i for one in wanted for i in one.ids))
    derive, paths, left = _deriver(args), [], 0
    for record in found.values():
        data = derive(record, read_stable(record.path, record.sha256)) if record.path else None
        if data is None:
            left += 1
            continue
        paths.append(_folder(args) / f"{record.id}.pdf")
        with whole(paths[-1]) as part:
            part.write_bytes(data)
    if terminal.json:
        terminal.answer({"paths": [str(path) for path in paths], "left_out": left})
        return 0
    for path in paths:
        print(path)
    terminal.note(
        f"{len(paths)} PDF/A; {left} văn bản không phải bản quét hoặc không còn tập tin",
        f"{len(paths)} PDF/A; {left} records are no scans, or their files are gone",
    )
    return 0


def _filed(args: Namespace) -> list[Filed]:
    from pipeline import models, store
    from pipeline.archive import dossiers, metadata, profile

    with closing(store.connect(args.out, readonly=True)) as connection:
        wanted = _wanted(args, connection, code=args.code)
        gathered = dossiers.gathered(connection, wanted, only_checked=args.only_checked)
    types = models.load().types
    return [metadata.describe(one, profile.load(args.profile), types) for one in gathered]


def _wanted(args: Namespace, connection: object, *, code: str | None) -> Sequence[Wanted]:
    """Return the files that the options ask for."""
    import sqlite3

    from pipeline.archive import dossiers
    from pipeline.cli import choose
    from pipeline.search import Searcher

    assert isinstance(connection, sqlite3.Connection)
    given = {name: value for name in dossiers.GIVEN if (value := getattr(args, name, None))}
    if args.files is not None:
        return dossiers.by_table(connection, args.files, lambda query: Searcher(connection).matching(query), given)
    if args.query is not None or args.ids is not None:
        return dossiers.by_query(code, choose.chosen(args, connection), given)
    return dossiers.by_tags(connection, given)


def _head(filed: Filed, args: Namespace) -> Head:
    from pipeline.archive import index
    from pipeline.archive.index_docx import Head

    plain = filed.file.plain
    period = plain["retention"]
    retention = f"{period} năm" if period and period.isdigit() else "vĩnh viễn" if period == "permanent" else None
    return Head(
        filed.file.code, plain["title"], retention, plain["start"], plain["end"], index.totals(filed.dossier),
        args.at.date(), args.agency, args.parent_agency, args.place,
    )  # fmt: skip


def _deriver(args: Namespace) -> Callable[[Record, bytes], bytes | None]:
    """Return what makes PDF/A of scans from their kept readings; nothing is read by OCR again."""
    from pipeline import __version__, models, settings

    loaded, limits = models.load(), settings.load_named(args.settings)

    def derive(record: Record, data: bytes) -> bytes | None:
        from pipeline.archive.pdfa import ORIGINS, About
        from pipeline.archive.pdfa import derive as make
        from pipeline.search.keys import whole_number

        if record.origin not in ORIGINS:
            return None
        title = whole_number(record.number, record.notation) or record.id
        about = About(f"{record.type_name or ''} {title}".strip(), args.at, f"congvan {__version__}")
        return make(data, _document(record, args.out, loaded), about, limits, dpi=args.dpi)

    return derive


def _document(record: Record, out: Path, loaded: Models) -> Document:
    """Return a record as it was read. Raises ArchiveError where its reading is lost."""
    from pipeline import read
    from pipeline.errors import ArchiveError
    from pipeline.store import readings

    reading = readings.load(out / readings.FOLDER, record.id)
    if reading is None:
        raise ArchiveError(
            f"{record.source_path}: its reading is lost: run `congvan ingest`",
            f"{record.source_path}: mất bản đọc: hãy chạy `congvan ingest`",
        )
    return read.compose(reading, id=record.id, source=record.source_path, mend=loaded.mend)


def _folder(args: Namespace) -> Path:
    return Path(args.to) if args.to else Path(args.out) / "archive"


def _written(terminal: Terminal, paths: Sequence[Path], found: Report) -> int:
    if terminal.json:
        terminal.answer({"paths": [str(path) for path in paths], "report": asdict(found)})
        return 0
    for path in paths:
        print(path)
    if found.remarks:
        terminal.note(
            f"{found.ready}/{found.documents} tài liệu sẵn sàng, {len(found.remarks)} điều cần xem: "
            "`congvan archive check`",
            f"{found.ready} of {found.documents} documents are ready, {len(found.remarks)} remarks: "
            "`congvan archive check`",
        )
    return 0


def _show(found: Report, terminal: Terminal, *, note: bool = False) -> None:
    """Print a report: as the answer, or beside one."""
    tell = (lambda line: terminal.note(line, line)) if note else print
    for remark in found.remarks[:SHOWN]:
        tell(
            f"{_mark(remark.level)} {printable(remark.subject)}: {remark.code}: {printable(remark.say(terminal.lang))}"
        )
    if (rest := len(found.remarks) - SHOWN) > 0:
        tell(terminal.text(f"  … và {rest} điều nữa", f"  … and {rest} more"))
    tell(
        terminal.text(
            f"{found.files} hồ sơ, {found.documents} tài liệu, {found.ready} sẵn sàng, {len(found.errors)} lỗi.",
            f"{found.files} files, {found.documents} documents, {found.ready} ready, {len(found.errors)} errors.",
        )
    )


def _mark(level: str) -> str:
    return "!" if level == "error" else "?"


_ACTIONS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "check": _check,
    "metadata": _metadata,
    "index": _index,
    "package": _package,
    "verify": _verify,
    "pdfa": _pdfa,
}


def _arguments(parser: ArgumentParser, say: Say) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar=say("VIỆC", "ACTION"))
    check = actions.add_parser("check", help=say("điều còn thiếu trước khi nộp", "what is still to settle"))
    metadata = actions.add_parser("metadata", help=say("siêu dữ liệu ra bảng tính, CSV, XML", "metadata as files"))
    index = actions.add_parser("index", help=say("mục lục văn bản để in", "the printed index of each file"))
    package = actions.add_parser("package", help=say("gói nộp lưu SIP", "submission packages (SIP)"))
    pdfa = actions.add_parser("pdfa", help=say("PDF/A hai lớp từ bản quét", "two-layer PDF/A of scans"))
    verify = actions.add_parser("verify", help=say("kiểm tra một gói", "check a package"))
    for action in (check, metadata, index, package):
        _choice(action, say)
        _given(action, say)
    _choice(pdfa, say)
    metadata.add_argument("--as", dest="kind", choices=("xlsx", "csv", "xml"), default="xlsx")
    metadata.add_argument("--headings", choices=("names", "lang"), default="names")
    index.add_argument("--as", dest="kind", choices=("docx", "xlsx"), default="docx")
    for action in (index, package):
        action.add_argument("--agency", metavar="NAME", help=say("cơ quan lập hồ sơ", "the body that files"))
        action.add_argument("--parent-agency", metavar="NAME", help=say("cơ quan chủ quản", "the body above it"))
        action.add_argument("--place", metavar="NAME", help=say("địa danh", "the place"))
    package.add_argument("--zip", action="store_true", help=say("thành tệp ZIP", "as a ZIP file"))
    package.add_argument(
        "--pdfa", action="store_true", help=say("kèm PDF/A của bản quét", "with PDF/A of scans beside")
    )
    package.add_argument("--anyway", action="store_true", help=say("đóng gói dù còn lỗi", "although not ready"))
    for action in (metadata, index, package, pdfa):
        action.add_argument("--to", type=Path, metavar="FOLDER", help=say("nơi ghi (OUT/archive)", "where to write"))
    for action in (index, package, pdfa):
        action.add_argument("--at", type=_moment, metavar="ISO", help=say("thời điểm", "the moment"))
    for action in (package, pdfa):
        action.add_argument("--dpi", type=int, default=200, help=say("độ phân giải PDF/A", "resolution of PDF/A"))
    verify.add_argument("package", type=Path, metavar="PACKAGE", help=say("thư mục hoặc tệp ZIP", "a folder or ZIP"))
    verify.add_argument("--expect", metavar="SHA256", help=say("mã băm METS.xml đã ghi khi giao", "METS.xml's hash"))
    for action in (check, metadata, index, package, pdfa, verify):
        tag.common(action)
    for action in (package, pdfa):
        action.add_argument("--settings", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _choice(parser: ArgumentParser, say: Say) -> None:
    """Add what says which records: a table of files, a query or ids with a code, or else the tags below hồ-sơ."""
    from pipeline.cli import choose

    choose.arguments(parser, say)
    parser.add_argument("--files", type=Path, metavar="TSV", help=say("bảng các hồ sơ", "a table of files"))


def _given(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("--code", metavar="CODE", help=say("mã hồ sơ", "the file's code"))
    parser.add_argument("--title", metavar="TEXT", help=say("tiêu đề hồ sơ", "the file's title"))
    parser.add_argument("--retention", metavar="TEXT", help=say("thời hạn lưu trữ", "retention: 20 năm, vĩnh viễn"))
    parser.add_argument("--access", metavar="TEXT", help=say("công khai, có điều kiện", "công khai, có điều kiện"))
    parser.add_argument("--profile", default="tt05-2025", metavar="NAME", help="tt05-2025, tt02-2019")
    parser.add_argument(
        "--only-checked", action="store_true", help=say("chỉ văn bản đã kiểm tra", "only what a person has checked")
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()


COMMAND = Command(
    "archive",
    vi="Lập hồ sơ nộp lưu: siêu dữ liệu, mục lục văn bản, gói SIP, PDF/A hai lớp; kiểm tra gói.",
    en="Prepares files for the archive: metadata, index, SIP packages, two-layer PDF/A; checks packages.",
    run=run,
    arguments=_arguments,
)
