"""Every error raised on purpose, each with a code that `docs/errors.md` explains.

A message says what was expected, what was found and what to do. Messages are written in English
and in Vietnamese; `str(error)` is English, `error.say("vi")` is what a clerk reads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Retry = Literal["never", "counted", "always"]
"""Whether a file with this error is tried again in the next run: never (it is the file itself), up to
`max_attempts` times (it may be the file or the machine), or always (it is not the file)."""


class CongvanError(Exception):
    """An expected failure: a stable code, and a message in two languages."""

    code = "error"
    retry: Retry = "never"

    def __init__(self, message: str, vi: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.vi = vi or message

    def say(self, lang: str) -> str:
        """Return the message in `lang` ("vi" or "en")."""
        return self.vi if lang == "vi" else self.message

    def __reduce__(self) -> tuple[type[CongvanError], tuple[str, str]]:
        """Keep both languages when the error crosses a process border."""
        return type(self), (self.message, self.vi)


class UnsupportedFormatError(CongvanError):
    """The content is none of the formats that a reader exists for."""

    code = "unsupported-format"


class UnreadableSourceError(CongvanError):
    """The file says it is a known format but cannot be read: broken, empty or locked."""

    code = "unreadable-source"


class EmptyFileError(UnreadableSourceError):
    """The file has 0 bytes."""

    code = "empty-file"


class EncryptedSourceError(UnreadableSourceError):
    """The file opens only with a password."""

    code = "encrypted-source"


class DamagedSourceError(UnreadableSourceError):
    """The file is cut off, or broken inside."""

    code = "damaged-source"


class NoPagesError(UnreadableSourceError):
    """The file is whole but has no page."""

    code = "no-pages"


class HostileXmlError(UnreadableSourceError):
    """The XML inside the file declares entities or asks for other files: no office program writes that."""

    code = "hostile-xml"


class EmptyDocumentError(CongvanError):
    """The file was read and holds no words: an empty result is a problem, never a success."""

    code = "empty-document"


class LimitError(CongvanError):
    """The file asks for more pages, pixels, bytes or time than the limits allow."""

    code = "over-limit"


class TooLargeError(LimitError):
    """The file has more bytes than `max_megabytes`."""

    code = "too-large"


class TooManyPagesError(LimitError):
    """The file has more pages than `max_pages`, or its page tree has no end."""

    code = "too-many-pages"


class TooManyPixelsError(LimitError):
    """A picture declares more pixels than any scanner makes."""

    code = "too-many-pixels"


class DecompressionBombError(LimitError):
    """A packed part of the file unpacks to more than any document needs."""

    code = "decompression-bomb"


class OcrError(CongvanError):
    """The recogniser failed on a page."""

    code = "ocr-failed"
    retry = "counted"


class MissingToolError(CongvanError):
    """A program or language file that must be installed is not there."""

    code = "missing-tool"
    retry = "always"


class ModelsError(CongvanError):
    """A file of `models/` is absent, or differs from the manifest's checksum."""

    code = "models-damaged"


class SettingsError(CongvanError):
    """The settings file holds an unknown key or an impossible value."""

    code = "bad-settings"


class CatalogueError(CongvanError):
    """The catalogue cannot be opened, is locked, or lacks what was asked for."""

    code = "catalogue"


class QueryError(CongvanError):
    """A search query has a mistake; the message points at it."""

    code = "bad-query"


class LockedError(CatalogueError):
    """Another ingest is at work on the same output folder."""

    code = "locked"


class OutputError(CongvanError):
    """The output folder cannot be written: full disk, read-only, no permission."""

    code = "cannot-write"


class InputError(CongvanError):
    """The input folder is not there or cannot be listed."""

    code = "no-input"


class NotAFileError(CongvanError):
    """A symbolic link, pipe, socket or device lies among the files."""

    code = "not-a-file"


class NoPermissionError(CongvanError):
    """A file or folder of the input may not be opened."""

    code = "no-permission"
    retry = "always"


class SourceChangedError(CongvanError):
    """The file changed, or went away, while it was read."""

    code = "source-changed"
    retry = "always"


class WorkerDiedError(CongvanError):
    """The process that read the file was killed by a signal."""

    code = "worker-died"
    retry = "counted"


class TimedOutError(CongvanError):
    """The file took more time than `max_seconds`."""

    code = "timed-out"
    retry = "counted"


class OutOfMemoryError(CongvanError):
    """The file took more memory than `max_memory_mib`."""

    code = "out-of-memory"
    retry = "counted"


class UnexpectedError(CongvanError):
    """A fault of the program itself on this file."""

    code = "unexpected-error"
    retry = "counted"


class WorkersError(CongvanError):
    """Worker processes cannot be started."""

    code = "no-workers"


class SecretError(CongvanError):
    """The dispatch bears a secrecy stamp and no person has released it."""

    code = "secret"


class ArchiveError(CongvanError):
    """What was chosen cannot go to the archive as asked: nothing chosen, no code, not ready, there already."""

    code = "archive-refused"


class PackageError(CongvanError):
    """What should be a package is none: no such folder, a broken or hostile ZIP file."""

    code = "no-package"


def cannot_write(place: Path, error: OSError | str) -> OutputError:
    """Return the error for a place that does not take what is written."""
    reason = error if isinstance(error, str) else error.strerror or str(error)
    return OutputError(
        f"cannot write to {place} ({reason}): free some space or give this user the right to write, then run again; "
        "what was finished is kept",
        f"không ghi được vào {place} ({reason}): hãy giải phóng ổ đĩa hoặc cấp quyền ghi rồi chạy lại; "
        "phần đã xong vẫn được giữ",
    )
