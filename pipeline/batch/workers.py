"""A pool of worker processes, each of which can be killed at any moment at the cost of one document."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from pipeline.batch.limits import kill_inside
from pipeline.batch.outcome import Outcome, Task, died, failure, outcome_from, to_bytes
from pipeline.batch.work import Setup
from pipeline.batch.worker import READY, serve
from pipeline.errors import CongvanError, TimedOutError, WorkersError

log = logging.getLogger(__name__)

SCRATCH = ".work"
_START_SECONDS = 180.0  # loading the models on a slow disk
_STARTS = 3  # failed ones in a row, after which there is no sense in another
_ANSWER_BYTES = 1 << 28  # ten times what the longest text that is read gives; the parent holds it several times over
_THREADS = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(slots=True)
class _Worker:
    """A process and what it is doing: starting (no task yet), idle, or at work until the deadline."""

    process: ForkServerProcess
    pipe: Connection
    scratch: Path
    deadline: float
    ready: bool = False
    task: Task | None = None
    finished: int = 0


class Pool:
    """Processes that work on tasks; use as a context, which ends them all."""

    def __init__(self, setup: Setup, *, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["pipeline.batch.worker"])
        self._failed_starts = 0
        self._number = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            self._end(worker)
        shutil.rmtree(Path(self._setup.out) / SCRATCH, ignore_errors=True)

    def map(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Yield each task with its outcome, in the order in which they are finished.

        Tasks are drawn as workers become free. Raises WorkersError where no worker can be started.
        """
        waiting: Task | None = next(tasks, None)
        while waiting or any(worker.task for worker in self._workers):
            for worker in self._idle():
                if waiting:
                    self._give(worker, waiting)
                    waiting = next(tasks, None)
            while waiting and len(self._workers) < self._jobs:  # all at once: each takes a second or two to be ready
                self._start()
            for worker in self._ripe():
                if answer := self._attend(worker):
                    yield answer

    def _idle(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.ready and worker.task is None]

    def _start(self) -> None:
        self._number += 1
        ours, theirs = self._context.Pipe()
        scratch = Path(self._setup.out) / SCRATCH / str(self._number)
        with _one_thread():
            process = self._context.Process(target=serve, args=(theirs, self._setup, str(scratch)), daemon=True)
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours, scratch, time.monotonic() + _START_SECONDS))

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        worker.deadline = time.monotonic() + self._setup.settings.max_seconds
        with suppress(OSError):  # it has just died: seen when it is attended to
            worker.pipe.send_bytes(to_bytes(task))

    def _ripe(self) -> list[_Worker]:
        """Wait for workers that answer, die or run past their time."""
        busy = [worker for worker in self._workers if worker.task or not worker.ready]
        soonest = min((worker.deadline for worker in busy), default=0.0)
        ready = wait([worker.pipe for worker in busy], timeout=max(soonest - time.monotonic(), 0.0))
        now = time.monotonic()
        return [worker for worker in busy if worker.pipe in ready or worker.deadline <= now]

    def _attend(self, worker: _Worker) -> tuple[Task, Outcome] | None:
        """Take a worker's answer, or bury it; gives the outcome of its task if it had one."""
        task = worker.task
        try:
            data = worker.pipe.recv_bytes(_ANSWER_BYTES) if worker.pipe.poll() else None
            if data is None:  # past its time
                self._end(worker)
                return self._unfinished(task, _timed_out(self._setup))
            return self._answered(worker, data)
        except (EOFError, OSError, ValueError, KeyError, TypeError):
            self._end(worker)
            return self._unfinished(task, _died(worker.process.exitcode))

    def _answered(self, worker: _Worker, data: bytes) -> tuple[Task, Outcome] | None:
        task = worker.task
        if task is None:
            if data != READY:
                code, message, vi = json.loads(data)
                self._end(worker)
                raise _with_code(code, message, vi)
            worker.ready = True
            self._failed_starts = 0
            return None
        outcome = outcome_from(data)
        worker.task = None
        worker.finished += 1
        if worker.finished >= self._setup.settings.recycle_after or outcome.code == "out-of-memory":
            self._end(worker)
        return task, outcome

    def _unfinished(self, task: Task | None, error: CongvanError) -> tuple[Task, Outcome] | None:
        if task:
            log.warning("%s: %s", task.dispatch_id, error.message)
            return task, failure(error)
        self._failed_starts += 1
        if self._failed_starts >= _STARTS:
            raise WorkersError(
                f"workers cannot start ({error.message}): raise max_memory_mib or free some memory",
                f"không khởi động được tiến trình xử lý ({error.vi}): hãy nâng max_memory_mib hoặc giải phóng bộ nhớ",
            )
        return None

    def _end(self, worker: _Worker) -> None:
        """Kill a worker with whatever it started, and remove its temporary files."""
        self._workers.remove(worker)
        worker.pipe.close()
        pid = worker.process.pid
        if pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        worker.process.kill()
        worker.process.join()
        kill_inside(worker.scratch)
        shutil.rmtree(worker.scratch, ignore_errors=True)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have the fork server, which starts with the first worker, load native libraries for one thread each."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(_THREADS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _with_code(code: str, message: str, vi: str) -> CongvanError:
    kind = next((kind for kind in CongvanError.__subclasses__() if kind.code == code), CongvanError)
    return kind(message, vi)


def _timed_out(setup: Setup) -> TimedOutError:
    seconds = f"{setup.settings.max_seconds:g}"
    return TimedOutError(
        f"took more than {seconds} seconds and was stopped: raise max_seconds or split the file",
        f"quá {seconds} giây nên đã dừng: hãy nâng max_seconds hoặc tách nhỏ tập tin",
    )


def _died(exitcode: int | None) -> CongvanError:
    if exitcode == -signal.SIGXCPU:
        return TimedOutError(
            "took more CPU time than allowed and was stopped: raise max_seconds or split the file",
            "dùng quá thời gian CPU cho phép nên đã dừng: hãy nâng max_seconds hoặc tách nhỏ tập tin",
        )
    if exitcode is not None and exitcode < 0:
        return died(signal.Signals(-exitcode).name)
    return died(f"exit code {exitcode}")
