"""What goes to a worker and what comes back, as plain data that crosses a process border as JSON.

JSON, not pickle: a parser taken over by a hostile file can then send wrong data, but no code.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.errors import CongvanError, WorkerDiedError
from pipeline.store.rows import Row, Rows

State = Literal["done", "duplicate", "quarantined", "failed", "restricted"]


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be processed. `path` is as the file system spells it."""

    source_path: str
    path: str
    sha256: str
    released: bool = False

    @property
    def dispatch_id(self) -> str:
        """The document's identity: the first 16 hex digits of the hash."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with its message in both languages (`vi` None where only the developer's words exist)."""

    stage: str
    code: str
    message: str
    vi: str | None = None

    @staticmethod
    def of(error: CongvanError, stage: str = "read") -> Trouble:
        """Return an error as data."""
        return Trouble(stage, error.code, error.message, error.vi)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. `retry` is the error's (see errors.py); `fatal` stops the whole job."""

    state: State
    code: str | None = None
    rows: Rows | None = None
    problems: tuple[Trouble, ...] = ()
    seconds: float = 0.0
    pages: int = 0
    retry: str = "never"
    fatal: bool = False


def failure(error: CongvanError, *, seconds: float = 0.0, fatal: bool = False) -> Outcome:
    """Return the outcome of a file that an error stopped."""
    return Outcome(
        state="quarantined" if error.retry == "never" else "failed",
        code=error.code,
        problems=(Trouble.of(error),),
        seconds=seconds,
        retry=error.retry,
        fatal=fatal,
    )


def died(cause: str) -> WorkerDiedError:
    """Return the error for a process that ended in the middle of a file."""
    return WorkerDiedError(
        f"the process that read it died ({cause}): it is tried again in the next run",
        f"tiến trình đọc tập tin bị dừng ({cause}): lần chạy sau sẽ thử lại",
    )


def to_bytes(value: Task | Outcome) -> bytes:
    """Return a task or an outcome as JSON."""
    return json.dumps(asdict(value)).encode()


def task_from(data: bytes) -> Task:
    """Return the task that `to_bytes` wrote."""
    return Task(**json.loads(data))


def outcome_from(data: bytes) -> Outcome:
    """Return the outcome that `to_bytes` wrote."""
    value: dict[str, Any] = json.loads(data)
    rows: dict[str, Any] | None = value.pop("rows")
    problems = tuple(Trouble(**problem) for problem in value.pop("problems"))
    return Outcome(**value, problems=problems, rows=_rows(rows) if rows else None)


def _rows(value: dict[str, Any]) -> Rows:
    dispatch: Row = value["dispatch"]
    claims: dict[str, list[Row]] = value["claims"]
    return Rows(dispatch, claims)
