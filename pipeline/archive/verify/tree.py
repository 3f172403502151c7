"""The files of a package, in a folder or a ZIP file, trusting neither: nothing is unpacked, no link is followed."""

from __future__ import annotations

import hashlib
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from pipeline.errors import PackageError

_CHUNK = 1 << 20
_LARGEST_XML = 64 << 20
_RATIO, _SMALL = 200, 64 << 20  # a part may unpack to so many times its size once it is not small


@dataclass(frozen=True, slots=True)
class Tree:
    """A package's root name, and its files by their path below it, each with its size in bytes."""

    root: str
    files: dict[str, int]
    odd: tuple[str, ...] = ()
    _place: Path = field(default=Path(), repr=False)
    _zip: zipfile.ZipFile | None = field(default=None, repr=False)

    def sha256(self, path: str) -> str:
        """Return a file's hash. Raises PackageError where it cannot be read."""
        digest = hashlib.sha256()
        with self._open(path) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def read(self, path: str) -> bytes:
        """Return the content of a small file. Raises PackageError for one too large to be metadata."""
        if self.files[path] > _LARGEST_XML:
            raise _unfit(f"{path}: {self.files[path]} bytes of metadata", f"{path}: siêu dữ liệu quá lớn")
        with self._open(path) as file:
            return file.read()

    @contextmanager
    def _open(self, path: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(f"{self.root}/{path}") if self._zip else (self._place / path).open("rb") as file:
                yield file
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise _unfit(f"{path}: {error}", f"{path}: {error}") from error


@contextmanager
def opened(path: Path) -> Iterator[Tree]:
    """Open a package. Raises PackageError for what is none."""
    if path.is_dir():
        files, odd = _listed(path)
        yield Tree(path.resolve().name, files, odd, path)
        return
    if not path.is_file():
        raise _unfit(f"no package at {path}", f"không có gói nào ở {path}")
    try:
        with zipfile.ZipFile(path) as archive:
            root, files = _entries(archive)
            yield Tree(root, files, (), path, archive)
    except (zipfile.BadZipFile, OSError) as error:
        raise _unfit(f"{path} is neither a folder nor a whole ZIP file: {error}",
                     f"{path} không phải thư mục hay tệp ZIP nguyên vẹn: {error}") from error  # fmt: skip


def _listed(folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the regular files below a folder, and the paths of links, pipes and the like."""
    files: dict[str, int] = {}
    odd: list[str] = []
    for path in sorted(folder.rglob("*")):
        status, name = path.lstat(), path.relative_to(folder).as_posix()
        if stat.S_ISREG(status.st_mode):
            files[name] = status.st_size
        elif not stat.S_ISDIR(status.st_mode):
            odd.append(name)
    return files, tuple(odd)


def _entries(archive: zipfile.ZipFile) -> tuple[str, dict[str, int]]:
    """Return the one root of a ZIP file and the files below it; refuses what could leave the root or never end."""
    files: dict[str, int] = {}
    roots: set[str] = set()
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename).parts
        if entry.filename.startswith("/") or "\\" in entry.filename or ".." in parts or not parts:
            raise _unfit(f"a path that leaves the package: {entry.filename!r}", f"đường dẫn lạ: {entry.filename!r}")
        roots.add(parts[0])
        if entry.is_dir():
            continue
        if stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 1:
            raise _unfit(f"a link or a locked part: {entry.filename}", f"liên kết hoặc phần bị khóa: {entry.filename}")
        if entry.file_size > _SMALL and entry.file_size > _RATIO * max(entry.compress_size, 1):
            raise _unfit(f"{entry.filename} unpacks to {entry.file_size} bytes", f"{entry.filename} giải nén quá lớn")
        name = "/".join(parts[1:])
        if not name or name in files:
            raise _unfit(f"outside the root, or there twice: {entry.filename}", f"trùng hoặc lạc: {entry.filename}")
        files[name] = entry.file_size
    if len(roots) != 1:
        raise _unfit(f"one root folder expected (CSIPSTR1), found {len(roots)}",
                     f"cần đúng một thư mục gốc (CSIPSTR1), thấy {len(roots)}")  # fmt: skip
    return roots.pop(), files


def _unfit(en: str, vi: str) -> PackageError:
    return PackageError(en, vi)
