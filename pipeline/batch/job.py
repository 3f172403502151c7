"""One run over one inbox: what asks for work, what is settled at once, and what the ledger is told."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import store
from pipeline.batch.engines import Engine, process
from pipeline.batch.ledger import WITHDRAWN, Entry, Ledger, Recipe, give_up
from pipeline.batch.links import link_references
from pipeline.batch.outcome import Outcome, State, Task, failure
from pipeline.batch.walk import Found, changed, fingerprint
from pipeline.batch.work import Setup
from pipeline.errors import CongvanError, SourceChangedError, TooLargeError, UnexpectedError, cannot_write
from pipeline.people.rules import Rule
from pipeline.people.rules import run as run_rules
from pipeline.search import Searcher, purge
from pipeline.settings import Settings
from pipeline.store.parquet import stale, write_tables

TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file, the `done`-th of `total` that were new, changed or to be done again."""

    source_path: str
    state: State
    code: str | None
    message: str | None
    vi: str | None
    pages: int
    seconds: float
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to run. `shard` (i, n) takes every n-th file by its hash; `retry` tries the quarantined anew.

    `rules` are applied to the whole catalogue at the end, so that a killed run's dispatches get their tags too.
    """

    settings: Settings = field(default_factory=Settings)
    jobs: int | None = None
    engine: Engine = "local"
    shard: tuple[int, int] | None = None
    retry: bool = False
    models: Path | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(slots=True)
class Job:
    """One run over one inbox, or, where it is not `whole`, over a single file in it."""

    ledger: Ledger
    recipe: Recipe
    options: Options
    whole: bool = True
    entries: dict[str, Entry] = field(default_factory=dict)
    released: frozenset[str] = frozenset()
    under_way: dict[str, tuple[Found, int]] = field(default_factory=dict)
    at_once: deque[tuple[Found, Outcome]] = field(default_factory=deque)

    def results(self, found: list[Found], setup: Setup) -> Iterator[Result]:
        """Yield every file that is not as it was, then bring the tables up to date."""
        self.released = self.ledger.released()
        self.entries = self._take_stock(found)
        candidates = [item for item in found if not self._settled(item)]
        jobs = self.options.jobs or len(os.sched_getaffinity(0))
        try:
            finished = self._finish(process(self._tasks(candidates), setup, engine=self.options.engine, jobs=jobs))
            for number, (item, outcome) in enumerate(finished, 1):
                yield _result(item, outcome, number, len(candidates))
        finally:
            self._publish(Path(setup.out), setup.now)

    def _take_stock(self, found: list[Found]) -> dict[str, Entry]:
        """Record which files left the inbox and which came back."""
        here = {item.source_path: item for item in found}
        unseen = tuple(item.source_path for item in found if item.error and item.source_path.endswith("/"))
        entries = self.ledger.entries()
        left = [e for e in entries.values() if self.whole and not e.gone and e.source_path not in here]
        left = [e for e in left if not e.source_path.startswith(unseen)]
        back = [e for e in entries.values() if e.gone and e.source_path in here]
        back = [e for e in back if e.stamp == here[e.source_path].stamp]
        if left or back:
            with store.transaction(self.ledger.connection):
                self.ledger.come_back(back)
                self.ledger.leave(left)
        return self.ledger.entries()

    def _settled(self, found: Found) -> bool:
        """Tell whether nothing about a file asks for work."""
        entry = self.entries.get(found.source_path)
        if entry is None or entry.gone or entry.stamp != found.stamp:
            return False
        if found.error and found.error.retry != "never":
            return False
        return entry.state == "duplicate" or self._current(entry)

    def _current(self, entry: Entry) -> bool:
        """Tell whether a result still rests on what a new one would rest on."""
        if entry.state == "failed" or (self.options.retry and entry.state == "quarantined"):
            return False
        if entry.state == "restricted" and entry.sha256 and entry.sha256[:16] in self.released:
            return False
        return entry.recipe == self.recipe.of(entry.state)

    def _tasks(self, candidates: list[Found]) -> Iterator[Task]:
        """Yield the files that need work; what is known of the others at once is put by in `at_once`."""
        for found in candidates:
            try:
                sha256 = self._sha256(found)
            except SourceChangedError:
                if os.path.lexists(found.path):
                    self._at_once(found, None, failure(changed()))
                continue
            except CongvanError as error:
                self._at_once(found, None, failure(error))
                continue
            if self._ours(sha256) and (task := self._task(found, sha256)):
                yield task

    def _sha256(self, found: Found) -> str:
        """Return a file's hash, from the ledger where the file is as it was."""
        if found.error:
            raise found.error
        assert found.stamp is not None  # whatever has no stamp has an error
        entry = self.entries.get(found.source_path)
        if entry and entry.sha256 and entry.stamp == found.stamp:
            return entry.sha256
        if found.stamp.size > self.options.settings.max_megabytes * 1_000_000:
            raise _too_large(found.stamp.size, self.options.settings.max_megabytes)
        return fingerprint(found.path)[0]

    def _ours(self, sha256: str) -> bool:
        if self.options.shard is None:
            return True
        number, of = self.options.shard
        return int(sha256[:12], 16) % of == number - 1

    def _task(self, found: Found, sha256: str) -> Task | None:
        """Return the task for a file, or settle it at once: a duplicate, or a file that only moved."""
        before = self.entries.get(found.source_path)
        with store.transaction(self.ledger.connection):
            if before and before.sha256 and before.sha256 != sha256:
                self.ledger.give_away(before)
            owner = self.ledger.owner(sha256)
            if owner and (owner.inbox, owner.source_path) != (self.ledger.inbox, found.source_path):
                if not owner.gone and os.path.lexists(owner.path):
                    self._at_once(found, sha256, Outcome("duplicate"))
                    return None
                self.ledger.move(owner, found)
                if self._current(owner):
                    self.at_once.append((found, Outcome(owner.state)))
                    return None
        if sha256 in self.under_way:
            self._at_once(found, sha256, Outcome("duplicate"))
            return None
        same = owner is not None and owner.recipe in (self.recipe.results, self.recipe.of("failed"))
        self.under_way[sha256] = found, owner.attempts if owner and same else 0
        return Task(found.source_path, os.fspath(found.path), sha256, sha256[:16] in self.released)

    def _at_once(self, found: Found, sha256: str | None, outcome: Outcome) -> None:
        self._record(found, sha256, outcome, 0)
        self.at_once.append((found, outcome))

    def _finish(self, worked: Iterator[tuple[Task, Outcome]]) -> Iterator[tuple[Found, Outcome]]:
        """Record each outcome; a worker that found the disk full stops the job."""
        for task, outcome in worked:
            found, attempts = self.under_way.pop(task.sha256)
            if outcome.fatal:
                raise cannot_write(Path(task.path).parent, outcome.problems[0].message)
            if outcome.code == SourceChangedError.code and not os.path.lexists(found.path):
                continue  # it went away before it was read: not a file of this folder any more
            attempts += outcome.retry == "counted"
            outcome = give_up(outcome, attempts, self.options.settings)
            try:
                self._record(found, task.sha256, outcome, attempts)
            except (UnicodeError, sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError) as error:
                outcome = failure(_unstorable(error))
                self._record(found, task.sha256, outcome, attempts + 1)
            yield found, outcome
            while self.at_once:
                yield self.at_once.popleft()
        while self.at_once:
            yield self.at_once.popleft()

    def _record(self, found: Found, sha256: str | None, outcome: Outcome, attempts: int) -> None:
        connection = self.ledger.connection
        if connection.in_transaction:
            self.ledger.record(found, sha256, outcome, self.recipe.of(outcome.state), attempts)
            return
        with store.transaction(connection):
            self.ledger.record(found, sha256, outcome, self.recipe.of(outcome.state), attempts)

    def _publish(self, out: Path, now: str) -> None:
        """Apply the rules, and bring links and Parquet files up to date with the catalogue."""
        connection = self.ledger.connection
        if self.options.rules:
            run_rules(connection, self.options.rules, Searcher(connection).matching, at=now)
        if not stale(connection, out / TABLES):
            return
        with store.transaction(connection):
            link_references(connection)
            if withdrawn := store.generation(connection, WITHDRAWN):
                purge(connection)
                store.remember(connection, WITHDRAWN, 0)
        if withdrawn:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log beside the catalogue held its words too
        write_tables(connection, out / TABLES)


def _result(found: Found, outcome: Outcome, number: int, total: int) -> Result:
    why = next((problem for problem in outcome.problems if problem.code == outcome.code), None)
    return Result(
        source_path=found.source_path,
        state=outcome.state,
        code=outcome.code,
        message=why.message if why else None,
        vi=why.vi or why.message if why else None,
        pages=outcome.pages,
        seconds=outcome.seconds,
        done=number,
        total=total,
    )


def _too_large(size: int, limit: int) -> TooLargeError:
    return TooLargeError(
        f"the file has {size / 1e6:.0f} MB, the limit is {limit}: split it, or raise max_megabytes",
        f"tập tin {size / 1e6:.0f} MB, vượt giới hạn {limit} MB: hãy tách nhỏ, hoặc nâng max_megabytes",
    )


def _unstorable(error: Exception) -> UnexpectedError:
    return UnexpectedError(
        f"its rows cannot be stored ({type(error).__name__}): please report it",
        f"không lưu được các dòng của tập tin ({type(error).__name__}): xin báo cho nhóm phát triển",
    )
