"""`congvan verify`, `backup`, `restore` and `release`: the care of what has been gathered."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal, printable

WRONG = 3
_AGAIN = "chạy `congvan ingest`: sẽ đọc hoặc ghi lại.", "run `congvan ingest`: it reads or writes them anew."
_REPORT = (
    "sao lưu thư mục kết quả, xin báo cho nhóm phát triển; `congvan restore` khôi phục bản sao lưu trước đó.",
    "keep a copy of the output and report it, please; `congvan restore` brings an earlier backup back.",
)
ADVICE: dict[str, tuple[str, str]] = {
    "missing": (
        "chép tập tin về chỗ cũ; nếu bỏ có chủ ý thì chạy `congvan ingest`, văn bản đã đọc vẫn được giữ.",
        "put the file back; if it was taken away on purpose run `congvan ingest`, which keeps what was read.",
    ),
    "changed": (
        "nếu sửa có chủ ý thì chạy `congvan ingest` để đọc lại; nếu không, lấy lại bản gốc.",
        "if it was changed on purpose run `congvan ingest`, which reads it anew; if not, bring the original back.",
    ),
    "catalogue-damaged": (
        "`congvan restore TỆP` khôi phục bản sao lưu; danh mục hỏng vẫn được giữ lại bên cạnh.",
        "`congvan restore FILE` brings a backup back; the damaged catalogue is kept beside it.",
    ),
    "row-without-dispatch": _REPORT,
    "done-without-dispatch": _REPORT,
    "dispatch-without-source": _REPORT,
    "duplicate-without-first": _REPORT,
    "secret-in-tables": _REPORT,
    "unknown-state": _REPORT,
    "link-to-nowhere": _AGAIN,
    "reading-lost": (
        "không cần làm gì: bảng vẫn đúng, khi cần chương trình sẽ đọc lại tập tin.",
        "nothing to do: the tables are right, and the file is read anew when that is needed.",
    ),
    "tables-stale": _AGAIN,
    "tables-differ": (
        "xóa tệp Parquet ấy rồi chạy `congvan ingest`.",
        "delete that Parquet file and run `congvan ingest`.",
    ),
    "tables-damaged": (
        "xóa tệp Parquet ấy rồi chạy `congvan ingest`.",
        "delete that Parquet file and run `congvan ingest`.",
    ),
    "models-damaged": (
        "cài lại chương trình; nếu cố ý sửa `models/` thì chạy `make models`.",
        "install the program anew; after a change of `models/` on purpose run `make models`.",
    ),
}
"""What to do about each finding of `verify`, in Vietnamese and English."""


def run_verify(args: Namespace, terminal: Terminal) -> int:
    """List what is not as it was."""
    from pipeline.batch.fixity import verify

    findings = list(verify(args.out))
    if terminal.json:
        terminal.answer({"ok": not findings, "findings": [asdict(finding) for finding in findings]})
    elif findings:
        for f in findings:
            print(f"! {f.part}: {printable(f.subject)}: {f.code}: {printable(f.detail)}")
        for code in dict.fromkeys(f.code for f in findings if f.code in ADVICE):
            terminal.say(*(f"→ {code}: {advice}" for advice in ADVICE[code]))
        terminal.say(f"{len(findings)} điều không khớp.", f"{len(findings)} findings.")
    else:
        terminal.say("Mọi thứ nguyên vẹn.", "Everything is as it was.")
    return WRONG if findings else 0


def run_backup(args: Namespace, terminal: Terminal) -> int:
    """Copy the catalogue."""
    from pipeline.batch.fixity import backup

    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    target = backup(args.out, args.to or args.out / "backups" / f"dispatches-{stamp}.sqlite")
    terminal.say(f"Đã sao lưu: {target}", f"Backed up: {target}")
    return 0


def run_restore(args: Namespace, terminal: Terminal) -> int:
    """Put a backup in the place of the catalogue."""
    from pipeline.batch.fixity import restore

    kept = restore(args.out, args.backup, now=datetime.now(UTC).isoformat(timespec="seconds"))
    terminal.say(f"Đã khôi phục từ {args.backup}.", f"Restored from {args.backup}.")
    if kept:
        terminal.say(f"Danh mục cũ được giữ ở {kept}.", f"The catalogue that was there is kept at {kept}.")
    return 0


def run_release(args: Namespace, terminal: Terminal) -> int:
    """Let a secret dispatch in."""
    from pipeline import people, store
    from pipeline.batch.release import release

    by = people.author(args.actor, datetime.now(UTC), args.reason)
    store.connect(args.out, readonly=True).close()  # says so where there is no catalogue, rather than making one
    with closing(store.connect(args.out)) as connection:
        change_id = release(connection, args.id, by)
    terminal.say(
        f"Đã ghi nhận ({change_id}); lần `congvan ingest` tới sẽ đưa văn bản vào.",
        f"Recorded ({change_id}); the next `congvan ingest` brings the dispatch in.",
    )
    return 0


def _backup_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("--to", type=Path, metavar="FILE", help=say("tệp sao lưu", "the backup file"))


def _restore_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("backup", type=Path, metavar="FILE", help=say("tệp sao lưu", "the backup file"))


def _release_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("id", metavar="ID", help=say("mã văn bản (16 chữ số hex)", "dispatch id (16 hex digits)"))
    parser.add_argument("--actor", required=True, metavar="NAME", help=say("người cho phép", "who allows it"))
    parser.add_argument("--reason", metavar="TEXT", help=say("lý do", "why"))


VERIFY = Command(
    "verify",
    vi="Kiểm tra tập tin nguồn, danh mục, bảng dữ liệu và mô hình còn nguyên vẹn.",
    en="Check that sources, catalogue, tables and models are as they were.",
    run=run_verify,
)
BACKUP = Command(
    "backup",
    vi="Sao lưu danh mục, kể cả khi đang có người dùng.",
    en="Copy the catalogue, also while it is in use.",
    run=run_backup,
    arguments=_backup_arguments,
    formats=("table",),
)
RESTORE = Command(
    "restore",
    vi="Khôi phục danh mục từ một bản sao lưu.",
    en="Put a backup in the place of the catalogue.",
    run=run_restore,
    arguments=_restore_arguments,
    formats=("table",),
)
RELEASE = Command(
    "release",
    vi="Cho phép một văn bản có dấu mật vào các bảng dữ liệu.",
    en="Let a dispatch that is stamped secret into the tables.",
    run=run_release,
    arguments=_release_arguments,
    formats=("table",),
)
