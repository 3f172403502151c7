"""Files and folders that appear whole or not at all, and ZIP files whose bytes do not depend on the hour."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.errors import ArchiveError, OutputError

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a ZIP file can hold


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `path` once it is whole. Raises OutputError."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which becomes `path` once it is whole. Raises ArchiveError, OutputError."""
    with scratch(path) as part:
        yield part
        part.rename(path)


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """Give an empty folder beside a path that is not there yet, and remove it. Raises ArchiveError, OutputError."""
    if path.exists():
        raise already_there(path)
    part = path.with_name(f".{path.name}.making")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def already_there(path: Path) -> ArchiveError:
    """Return the error for something that would be written over."""
    return ArchiveError(
        f"{path} is there already: name another folder, or remove it first",
        f"{path} đã có: hãy chọn thư mục khác hoặc xóa trước",
    )


def cannot_write(path: Path, error: OSError) -> OutputError:
    """Return the error for a place that takes no file."""
    return OutputError(f"cannot write {path}: {error}", f"không ghi được {path}: {error}")


def zip_date(now: datetime | None) -> tuple[int, int, int, int, int, int]:
    """Return a moment as ZIP files hold it, in whole even seconds."""
    if now is None or now.year < 1980:
        return _FIRST
    return (now.year, now.month, now.day, now.hour, now.minute, now.second // 2 * 2)


def write_zip(path: Path, folder: Path, root: str, now: datetime) -> None:
    """Write a folder as a ZIP file below one root name: sorted, stored, the same bytes for the same files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = _entry(f"{root}/{file.relative_to(folder).as_posix()}", now)
            with archive.open(entry, "w") as target, file.open("rb") as source:
                shutil.copyfileobj(source, target)


def stable_zip(data: bytes, changed: Mapping[str, bytes] | None = None) -> bytes:
    """Return a ZIP file's content packed anew without hours, with some of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = (changed or {}).get(name, source.read(name))
            target.writestr(_entry(name, None, zipfile.ZIP_DEFLATED), content, compresslevel=9)
    return out.getvalue()


def _entry(name: str, now: datetime | None, how: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, zip_date(now))
    entry.compress_type, entry.external_attr, entry.create_system = how, 0o644 << 16, 3
    return entry
