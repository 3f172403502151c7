"""One ingest at a time for an output folder: a lock that names its holder and dies with it."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import LockedError, cannot_write

FILE = ".lock"


@contextmanager
def lock(out: Path, *, since: str) -> Iterator[None]:
    """Hold the lock of an output folder; raises LockedError naming whoever holds it, or OutputError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(out / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise cannot_write(out, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _held(descriptor, out) from error
        _sign(descriptor, out, since)
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(descriptor, 0)  # a process that lives on, such as a watch, no longer holds it
    finally:
        os.close(descriptor)  # the kernel frees the lock with the last descriptor, whatever became of us


def running(out: Path) -> bool:
    """Tell whether an ingest holds the lock, without touching it: its signer still lives on this machine."""
    try:
        holder = json.loads((out / FILE).read_text(encoding="utf-8"))
        if holder["host"] != socket.gethostname():
            return False
        return bool(_began(int(holder["pid"])) == holder["began"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sign(descriptor: int, out: Path, since: str) -> None:
    pid = os.getpid()
    holder = {"pid": pid, "began": _began(pid), "host": socket.gethostname(), "since": since}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
    except OSError as error:
        raise cannot_write(out, error) from error


def _began(pid: int) -> int:
    """Return when a process began, in ticks since the machine did: a number of a process that has ended is given anew.

    Raises OSError where there is none. Systems but Linux do not tell, and get 0.
    """
    if sys.platform != "linux":
        os.kill(pid, 0)
        return 0
    status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return int(status.rpartition(")")[2].split()[19])  # the 22nd field; the second is a name in brackets


def _held(descriptor: int, out: Path) -> LockedError:
    try:
        holder = json.loads(os.pread(descriptor, 1000, 0))
        pid, host, since = holder["pid"], holder["host"], holder["since"]
    except (ValueError, KeyError, TypeError):  # it has only just taken the lock
        pid, host, since = "?", "?", "?"
    return LockedError(
        f"another ingest is at work on {out}: process {pid} on {host}, since {since}; wait for it to end",
        f"một lượt xử lý khác đang chạy trên {out}: tiến trình {pid} trên máy {host}, từ {since}; hãy chờ nó xong",
    )
