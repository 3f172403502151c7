"""An ingest started from the pages: a process of its own that is followed line by line, and can be stopped."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Literal

from pipeline.errors import CongvanError, LockedError

INTERRUPTED = 130
"""The exit code of an ingest that was stopped; what was finished is kept."""

_KEPT = 20  # files with problems that a run shows
_PATIENCE = 20.0  # seconds that a stopped ingest has to put its work down

Ending = Literal["finished", "stopped", "broken"]


class IngestError(CongvanError):
    """An ingest that cannot be started: of a folder that nobody named."""

    code = "ingest-refused"


@dataclass(frozen=True, slots=True)
class Run:
    """How an ingest goes: `done` of `total` new files, the file just finished, and how it ended, if it has."""

    inbox: str
    by: str
    started: str
    done: int = 0
    total: int = 0
    pages: int = 0
    source_path: str = ""
    states: Mapping[str, int] = field(default_factory=dict)
    bad: tuple[Mapping[str, str | None], ...] = ()
    ending: Ending | None = None
    message: str = ""

    def after(self, event: Mapping[str, Any]) -> Run:
        """Return the run after one more file."""
        state = str(event["state"])
        bad = self.bad
        if state in ("quarantined", "failed"):
            bad = (*bad, {key: event[key] for key in ("source_path", "code", "message", "vi")})[-_KEPT:]
        return replace(
            self,
            done=int(event["done"]),
            total=int(event["total"]),
            pages=self.pages + int(event["pages"]),
            source_path="" if state == "restricted" else str(event["source_path"]),
            states={**self.states, state: self.states.get(state, 0) + 1},
            bad=bad,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the run as the pages' script reads it."""
        return asdict(self)


class Ingester:
    """Starts one ingest at a time into one output folder, of the folders that were named when the pages were started.

    `options` are further words of the command line, such as `--rules FILE`.
    """

    def __init__(self, out: Path, inboxes: tuple[Path, ...] = (), options: tuple[str, ...] = ()) -> None:
        self._out = out
        self._inboxes = inboxes
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self._stopping = False
        self._starting = threading.Lock()
        self.run: Run | None = None

    def inboxes(self, connection: sqlite3.Connection) -> tuple[str, ...]:
        """Return the folders that may be read: those named, and those that the catalogue was read from."""
        known = connection.execute("SELECT DISTINCT inbox FROM sources WHERE inbox IS NOT NULL ORDER BY inbox")
        paths = (*(str(path.absolute()) for path in self._inboxes), *(row[0] for row in known))
        return tuple(path for path in dict.fromkeys(paths) if Path(path).is_dir())

    @property
    def at_work(self) -> bool:
        """Whether the ingest that was started here is still running."""
        return self._process is not None and self._process.poll() is None

    def start(self, connection: sqlite3.Connection, inbox: str, *, by: str, at: str, retry: bool = False) -> Run:
        """Start an ingest of one of the folders; raises IngestError and LockedError."""
        if inbox not in self.inboxes(connection):
            raise IngestError(
                f"not a folder to read: {inbox!r}; name it with `congvan serve --inbox FOLDER`",
                f"không phải thư mục được nạp: {inbox!r}; hãy nêu nó bằng `congvan serve --inbox THƯ_MỤC`",
            )
        with self._starting:
            return self._start(inbox, Run(inbox, by, at), retry=retry)

    def _start(self, inbox: str, run: Run, *, retry: bool) -> Run:
        if self.at_work:
            raise LockedError(
                "an ingest is running: wait for it, or stop it", "một lần nạp đang chạy: hãy chờ hoặc dừng"
            )
        words = [sys.executable, "-m", "pipeline", "ingest", inbox, "--out", str(self._out), "--events", *self._options]
        self._stopping = False
        self.run = run
        # In a session of its own: Ctrl-C at the pages' terminal reaches it once, through `close`.
        self._process = subprocess.Popen(
            [*words, "--retry"] if retry else words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()
        return run

    def stop(self) -> bool:
        """Ask the ingest to put its work down, keeping what is finished; tells whether one was running."""
        if not self.at_work or self._process is None:
            return False
        self._stopping = True
        self._process.terminate()
        return True

    def close(self) -> None:
        """Stop the ingest and wait for its end: called when the pages are no longer served."""
        if self.stop() and self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE)

    def _follow(self, process: subprocess.Popen[str]) -> None:
        """Take in what a running ingest prints; the only writer of `run` while it lasts."""
        assert process.stdout
        assert process.stderr
        said: list[str] = []
        listener = threading.Thread(target=_last_lines, args=(process.stderr, said), daemon=True)
        listener.start()
        for line in process.stdout:
            with suppress(ValueError, KeyError, TypeError):  # a line that is no event
                self.run = self.run.after(json.loads(line)) if self.run else None
        code = process.wait()
        listener.join()
        process.stdout.close()
        process.stderr.close()
        if self.run:
            self.run = replace(self.run, ending=self._ending(code), message="" if code in (0, 3) else "\n".join(said))

    def _ending(self, code: int) -> Ending:
        if code in (0, 3):
            return "finished"
        return "stopped" if self._stopping or code == INTERRUPTED else "broken"


def _last_lines(stream: IO[str], kept: list[str]) -> None:
    """Keep the last lines of a stream."""
    for line in stream:
        kept.append(line.rstrip())
        del kept[:-5]
