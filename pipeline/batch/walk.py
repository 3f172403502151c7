r"""What lies in the input folder: every file once, in a stable order, under a name that any table can hold.

A source path is relative to the input folder, with `/` between parts, in Unicode NFC; bytes of a name
that are not UTF-8 are written `%FF`.

>>> readable("cong\udcffvan.pdf")
'cong%FFvan.pdf'
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CongvanError, InputError, NoPermissionError, NotAFileError, SourceChangedError

_IGNORED_STARTS = (".", "~$", "~WR")  # hidden files, Word's owner files and its temporary ones
_IGNORED_ENDS = (".part", ".crdownload", ".filepart")  # downloads and copies under way
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells without reading that a file's bytes are still the same."""

    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class Found:
    """Something in the input folder: a file with its stamp, or what stands in the way of reading it."""

    source_path: str
    path: Path
    stamp: Stamp | None = None
    error: CongvanError | None = None


def walk(inbox: Path, *, leave_out: Path | None = None) -> Iterator[Found]:
    """Yield what lies in `inbox` and its sub-folders, without `leave_out` (results inside the input)."""
    if inbox.is_file():
        yield _found(os.fspath(inbox), readable(inbox.name))
        return
    if not inbox.is_dir():
        raise InputError(f"no folder {inbox}: give the folder of the scans", f"không có thư mục {inbox}")
    avoid = leave_out.resolve() if leave_out else None
    folders = [(os.fspath(inbox), "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as entries:
                named = _named(entry for entry in entries if not ignored(entry.name))
        except OSError as error:
            yield Found(prefix or "./", Path(folder), error=_no_permission(error))
            continue
        below = []
        for name, entry in named:
            if entry.is_dir(follow_symlinks=False):
                if avoid is None or Path(entry.path).resolve() != avoid:
                    below.append((entry.path, f"{prefix}{name}/"))
            else:
                yield _found(entry.path, prefix + name)
        folders.extend(reversed(below))


def ignored(name: str) -> bool:
    """Tell whether a name is that of a hidden, temporary or half-copied file, or of a folder of such."""
    low = name.lower()
    return name.startswith(_IGNORED_STARTS) or low.endswith(_IGNORED_ENDS) or low in _IGNORED_NAMES


def readable(name: str) -> str:
    """Return a file name as text in NFC."""
    escaped = "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in name)
    return unicodedata.normalize("NFC", escaped)


def _named(entries: Iterator[os.DirEntry[str]]) -> list[tuple[str, os.DirEntry[str]]]:
    """Give each entry a name of its own, also where two names differ in their normal form only."""
    named: dict[str, os.DirEntry[str]] = {}
    for entry in sorted(entries, key=lambda e: (readable(e.name) != e.name, os.fsencode(e.name))):
        name = readable(entry.name)
        while name in named:
            name += "~"
        named[name] = entry
    return sorted(named.items(), key=lambda item: item[0])


def _found(path: str, source_path: str) -> Found:
    try:
        status = os.lstat(path)
    except OSError as error:
        return Found(source_path, Path(path), error=_no_permission(error))
    if stat.S_ISREG(status.st_mode):
        return Found(source_path, Path(path), _stamp(status))
    return Found(source_path, Path(path), error=_not_a_file())


def fingerprint(path: Path) -> tuple[str, Stamp]:
    """Return the SHA-256 of a file and its stamp, which was the same before and after.

    Raises NoPermissionError, NotAFileError or SourceChangedError.
    """
    digest = hashlib.sha256()
    with open_regular(path) as descriptor:
        before = _stamp(os.fstat(descriptor))
        while chunk := os.read(descriptor, _CHUNK):
            digest.update(chunk)
        after = _stamp(os.fstat(descriptor))
    if before != after:
        raise changed()
    return digest.hexdigest(), after


def read_stable(path: Path, sha256: str) -> bytes:
    """Return a file's bytes, which still have this SHA-256. Raises as `fingerprint` does."""
    with open_regular(path) as descriptor:
        chunks = []
        while chunk := os.read(descriptor, _CHUNK):
            chunks.append(chunk)
    data = b"".join(chunks)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise changed()
    return data


@contextmanager
def open_regular(path: Path) -> Iterator[int]:
    """Open a regular file for reading, never a link, and never waiting for a pipe's other end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise changed() from error
    except OSError as error:
        raise _no_permission(error) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _not_a_file()
        yield descriptor
    finally:
        os.close(descriptor)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def changed() -> SourceChangedError:
    """Return the error for a file that did not hold still."""
    return SourceChangedError(
        "the file changed or went away while it was read: it is read again in the next run",
        "tập tin bị sửa hoặc bị dời trong khi đang đọc: lần chạy sau sẽ đọc lại",
    )


def _not_a_file() -> NotAFileError:
    return NotAFileError(
        "expected a file, found a link, pipe, socket or device: copy the file itself into the folder",
        "cần một tập tin, đây là liên kết, đường ống hoặc thiết bị: hãy chép chính tập tin vào thư mục",
    )


def _no_permission(error: OSError) -> NoPermissionError:
    reason = error.strerror or type(error).__name__
    return NoPermissionError(
        f"cannot be opened ({reason}): give this user the right to read it",
        f"không mở được ({reason}): hãy cấp quyền đọc cho người dùng này",
    )
