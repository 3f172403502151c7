"""What a worker process may use, set by the kernel, so that no file can take more whatever its parser does."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from pipeline.read import offline
from pipeline.settings import Settings

_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 256
_FILE_BYTES = 2 << 30  # the largest temporary file that an office program may write
_CPU_GRACE = 30  # seconds; the wall clock is the limit that counts, this one holds when no parent watches


def confine(settings: Settings) -> None:
    """Limit this process and its children for good: memory, files, the life of the parent, and no network."""
    os.setsid()  # a group of its own: killed whole, and untouched by Ctrl-C at the terminal
    die_with_parent()
    _lower(resource.RLIMIT_AS, settings.max_memory_mib << 20)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _lower(resource.RLIMIT_CORE, 0)
    offline.cutter()()


def allow_cpu(settings: Settings) -> None:
    """Let this process use as much more CPU time as one file may take."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + settings.max_seconds) + _CPU_GRACE
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard < 0 else min(seconds, hard), hard))


def give_back_memory() -> None:
    """Return to the kernel what the C library keeps of the memory that has been freed; takes a few milliseconds.

    Large pictures come and go with every document, and what is kept between them would add up.
    """
    if hasattr(library := ctypes.CDLL(None), "malloc_trim"):  # the GNU library has it
        library.malloc_trim(0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def kill_inside(folder: Path) -> None:
    """Kill every process whose working folder lies inside `folder`: what a worker started and left behind."""
    inside = folder.resolve()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or is not ours
            if (process / "cwd").readlink().is_relative_to(inside) and int(process.name) != os.getpid():
                os.kill(int(process.name), signal.SIGKILL)


def _lower(kind: int, limit: int) -> None:
    hard = resource.getrlimit(kind)[1]
    limit = limit if hard < 0 else min(limit, hard)
    resource.setrlimit(kind, (limit, limit))
