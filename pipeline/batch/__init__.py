"""Many files: every file of a folder in exactly one state, whatever happens on the way.

>>> for result in run(Path("scans"), Path("results")):        # doctest: +SKIP
...     print(result.done, "of", result.total, result.source_path, result.state)
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__, models, read, store
from pipeline.batch.job import TABLES, Job, Options, Result
from pipeline.batch.ledger import Ledger, inbox_name, recipe_of
from pipeline.batch.limits import kill_inside
from pipeline.batch.lock import lock
from pipeline.batch.walk import walk
from pipeline.batch.work import Setup
from pipeline.batch.workers import SCRATCH
from pipeline.errors import InputError, cannot_write
from pipeline.stages import stages
from pipeline.store import readings

__all__ = ["Options", "Result", "run"]


def run(inbox: Path, out: Path, options: Options | None = None, *, now: datetime | None = None) -> Iterator[Result]:
    """Process what is new or changed in `inbox`, and yield each file when it is finished.

    Files that are as they were in the last run are not even opened. Stopping early keeps what was
    yielded. Raises LockedError, InputError, OutputError, ModelsError, CatalogueError, WorkersError.
    """
    options = options or Options()
    inbox, out = inbox.absolute(), out.absolute()
    if inbox.resolve() == out.resolve():
        raise InputError(
            f"{inbox} is both the input and the output: give the results a folder of their own (--out)",
            f"{inbox} vừa là đầu vào vừa là kết quả: hãy cho kết quả một thư mục riêng (--out)",
        )
    time = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    found = list(walk(inbox, leave_out=out))
    with lock(out, since=time):
        _sweep(out)
        knowledge = models.load(options.models)
        steps = stages(knowledge)
        parts = [f"read-{read.VERSION}", *(f"{step.name}-{step.version}" for step in steps)]
        setup = Setup(str(out), str(knowledge.folder), options.settings, time)
        try:
            with closing(store.connect(out)) as connection:
                ledger = Ledger(connection, inbox_name(inbox), time)
                recipe = recipe_of(options.settings, [__version__, knowledge.version, *parts])
                job = Job(ledger, recipe, options, whole=inbox.is_dir())
                yield from job.results(found, setup)
        except sqlite3.OperationalError as error:
            raise cannot_write(out, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise store.damaged(out / store.FILE, error) from error
        except OSError as error:
            raise cannot_write(out, error) from error


def _sweep(out: Path) -> None:
    """End and remove what a killed run left: processes, temporary files, half-written ones."""
    kill_inside(out / SCRATCH)
    shutil.rmtree(out / SCRATCH, ignore_errors=True)
    for folder in (out / readings.FOLDER, out / TABLES):
        for part in folder.glob(".*.part"):
            part.unlink(missing_ok=True)
