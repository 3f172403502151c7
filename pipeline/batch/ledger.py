"""The ledger (table `sources`): which file was found, what became of it, and what that rested on.

A row is a content at a path of an inbox. It is `gone` when the path no longer holds that content; what
was read from it stays.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline import store
from pipeline.batch.outcome import Outcome, State
from pipeline.batch.same import same_dispatch
from pipeline.batch.walk import Found, Stamp, readable
from pipeline.people.corrections import lay_over
from pipeline.search import index_dispatch
from pipeline.settings import Settings
from pipeline.store.rows import Row

STATES: tuple[State, ...] = ("done", "duplicate", "quarantined", "failed", "restricted")
KEPT: tuple[State, ...] = ("done", "restricted")
"""The states of files from which something was read; it stays when the file leaves the inbox."""
WITHDRAWN = "withdrawn"
"""Remembered as 1 from when a dispatch turns out to be secret until the search index has been freed of its words."""
SETTINGS_OF_READING = frozenset({"ocr_language", "ocr_dpi"})
_SETTINGS_OF_RESULTS = SETTINGS_OF_READING | {"review_below"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What results rest on. One who changes a limit has only the bad files done again."""

    results: str
    limits: str

    def of(self, state: State) -> str:
        """Return the recipe under which a file in this state need not be done again."""
        return self.results if state in ("done", "duplicate", "restricted") else f"{self.results}-{self.limits}"


def recipe_of(settings: Settings, versions: Iterable[str]) -> Recipe:
    """Return the recipe of a run; `versions` are those of the pipeline, its models, readers and stages."""
    values = asdict(settings)
    results = {name: value for name, value in values.items() if name in _SETTINGS_OF_RESULTS}
    return Recipe(_digest([*versions, results]), _digest(values))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger."""

    rowid: int
    inbox: str
    source_path: str
    sha256: str | None
    state: State
    recipe: str | None
    attempts: int
    stamp: Stamp | None
    gone: bool

    @property
    def path(self) -> Path:
        """Where the file lay."""
        return Path(self.inbox, self.source_path)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one inbox in an open catalogue, for the length of one run."""

    connection: sqlite3.Connection
    inbox: str
    now: str

    def entries(self) -> dict[str, Entry]:
        """Return the newest row of every path of this inbox; one that is there before one that is gone."""
        rows = self._select("inbox = ? ORDER BY gone DESC, rowid", (self.inbox,))
        return {entry.source_path: entry for entry in rows}

    def owner(self, sha256: str) -> Entry | None:
        """Return the row that holds the result of these bytes."""
        found = self._select("sha256 = ? AND state != 'duplicate' ORDER BY rowid LIMIT 1", (sha256,))
        return found[0] if found else None

    def give_away(self, entry: Entry) -> bool:
        """Give the result of bytes that are no longer at a path to a duplicate of them, if there is one."""
        clause = "sha256 = ? AND state = 'duplicate' AND gone = 0 AND rowid != ? ORDER BY source_path LIMIT 1"
        heirs = self._select(clause, (entry.sha256 or "", entry.rowid))
        if entry.state == "duplicate" or not heirs:
            return False
        (heir,) = heirs
        self.connection.execute(
            "UPDATE sources SET state=o.state, problem_code=o.problem_code, recipe=o.recipe, attempts=o.attempts,"
            " seconds=o.seconds FROM (SELECT * FROM sources WHERE rowid=?) AS o WHERE sources.rowid=?",
            (entry.rowid, heir.rowid),
        )
        self.connection.execute("DELETE FROM sources WHERE rowid = ?", (entry.rowid,))
        self._rename(entry, heir.source_path)
        return True

    def released(self) -> frozenset[str]:
        """Return the dispatches that a person released."""
        rows = self.connection.execute("SELECT query FROM changes WHERE kind = 'release'")
        return frozenset(str(row[0]) for row in rows)

    def leave(self, entries: Iterable[Entry]) -> None:
        """Record that files left the inbox: results stay, and what gave none is forgotten."""
        entries = tuple(entries)
        self._mark(entries, gone=True)
        for entry in entries:
            if not self.give_away(entry) and entry.state not in KEPT:
                self.connection.execute("DELETE FROM sources WHERE rowid = ?", (entry.rowid,))
                self._forget_problems(entry.sha256 and entry.sha256[:16], entry.source_path, entry.state)

    def come_back(self, entries: Iterable[Entry]) -> None:
        """Record that files lie where they lay before."""
        self._mark(entries, gone=False)

    def _mark(self, entries: Iterable[Entry], *, gone: bool) -> None:
        self.connection.executemany("UPDATE sources SET gone = ? WHERE rowid = ?", ((gone, e.rowid) for e in entries))

    def _forget_problems(self, dispatch_id: str | None, source_path: str, state: State) -> None:
        if state != "duplicate":  # the problems of its bytes are those of the first file
            self.connection.execute(
                "DELETE FROM problems WHERE dispatch_id IS ? AND (dispatch_id IS NOT NULL OR source_path = ?)",
                (dispatch_id, source_path),
            )

    def move(self, entry: Entry, found: Found) -> None:
        """Let a row follow its file to another path; the file there was new until now."""
        stamp = found.stamp
        values = (self.inbox, found.source_path, *_columns(stamp), entry.rowid)
        self.connection.execute(
            "DELETE FROM sources WHERE inbox = ? AND source_path = ? AND gone = 0 AND rowid != ?",
            (self.inbox, found.source_path, entry.rowid),
        )
        self.connection.execute(
            "UPDATE sources SET inbox=?, source_path=?, size=?, mtime_ns=?, ctime_ns=?, gone=0 WHERE rowid=?", values
        )
        self._rename(entry, found.source_path)

    def record(self, found: Found, sha256: str | None, outcome: Outcome, recipe: str, attempts: int) -> None:
        """Write what became of a file, in place of what was said of this path before."""
        self._retire(found.source_path, sha256)
        dispatch_id = sha256[:16] if sha256 else None
        if outcome.state != "duplicate":
            self._replace_results(found, dispatch_id, outcome)
        row: Row = {
            "inbox": self.inbox,
            "source_path": found.source_path,
            "sha256": sha256,
            "state": outcome.state,
            "problem_code": outcome.code,
            "dispatch_id": dispatch_id,
            "seconds": outcome.seconds,
            "attempts": attempts,
            "seen_at": self.now,
            "recipe": recipe,
            "gone": False,
            **dict(zip(("size", "mtime_ns", "ctime_ns"), _columns(found.stamp), strict=True)),
        }
        store.insert(self.connection, "sources", [row])
        if outcome.rows:
            self._supersede(found.source_path, outcome.rows.dispatch)

    def _replace_results(self, found: Found, dispatch_id: str | None, outcome: Outcome) -> None:
        """Put the new rows and problems of a dispatch in place of the earlier ones."""
        if outcome.rows:
            store.save(self.connection, outcome.rows, ())
            lay_over(self.connection, str(outcome.rows.dispatch["dispatch_id"]), fresh=True)
            index_dispatch(self.connection, str(outcome.rows.dispatch["dispatch_id"]))
        elif dispatch_id and outcome.state in ("quarantined", "restricted"):
            if store.delete(self.connection, dispatch_id) and outcome.state == "restricted":
                store.remember(self.connection, WITHDRAWN, 1)
            self.connection.execute("DELETE FROM machine_rows WHERE dispatch_id = ?", (dispatch_id,))
        self._forget_problems(dispatch_id, found.source_path, outcome.state)
        problems: list[Row] = [
            {
                "dispatch_id": dispatch_id,
                "source_path": found.source_path,
                "stage": problem.stage,
                "code": problem.code,
                "message": problem.message,
                "message_vi": problem.vi,
            }
            for problem in outcome.problems
        ]
        store.insert(self.connection, "problems", problems)

    def _retire(self, source_path: str, sha256: str | None) -> None:
        """Remove what the ledger says of a path; a result of other bytes stays, as gone."""
        here = (self.inbox, source_path)
        keep = f"state IN {KEPT} AND sha256 IS NOT ?"
        where = "inbox = ? AND source_path = ? AND gone = 0"
        self.connection.execute(f"UPDATE sources SET gone = 1 WHERE {where} AND {keep}", (*here, sha256))
        self.connection.execute(f"DELETE FROM sources WHERE {where}", here)
        self.connection.execute(
            "DELETE FROM sources WHERE inbox = ? AND source_path = ? AND gone = 1 AND sha256 IS ?", (*here, sha256)
        )

    def _supersede(self, source_path: str, dispatch: Row) -> None:
        """Remove the result of an earlier version of the same dispatch at the same path."""
        earlier = self._select(
            "inbox = ? AND source_path = ? AND gone = 1 AND state = 'done'", (self.inbox, source_path)
        )
        for entry in earlier:
            assert entry.sha256 is not None  # a file that is done has been hashed
            rows = list(store.read(self.connection, "dispatches", "dispatch_id = ?", (entry.sha256[:16],)))
            if all(same_dispatch(row, dispatch) for row in rows):
                store.delete(self.connection, entry.sha256[:16])
                self.connection.execute("DELETE FROM sources WHERE rowid = ?", (entry.rowid,))

    def _rename(self, entry: Entry, source_path: str) -> None:
        dispatch_id = entry.sha256[:16] if entry.sha256 else None
        for table in ("dispatches", "problems"):
            self.connection.execute(
                f"UPDATE {table} SET source_path = ? WHERE dispatch_id = ?", (source_path, dispatch_id)
            )

    def _select(self, clause: str, parameters: Iterable[str | int]) -> list[Entry]:
        return [_entry(row) for row in self.connection.execute(_SELECT + clause, tuple(parameters))]


_SELECT = """
    SELECT rowid, inbox, source_path, sha256, state, recipe, attempts, size, mtime_ns, ctime_ns, gone
    FROM sources WHERE """


def _entry(row: sqlite3.Row) -> Entry:
    rowid, inbox, source_path, sha256, state, recipe, attempts, size, mtime_ns, ctime_ns, gone = row
    stamp = Stamp(size, mtime_ns, ctime_ns) if size is not None else None
    return Entry(rowid, inbox, source_path, sha256, state, recipe, attempts or 0, stamp, bool(gone))


def _columns(stamp: Stamp | None) -> tuple[int | None, int | None, int | None]:
    return (stamp.size, stamp.mtime_ns, stamp.ctime_ns) if stamp else (None, None, None)


def inbox_name(inbox: Path) -> str:
    """Return how an inbox is named in the ledger: its absolute path as text."""
    folder = inbox.parent if inbox.is_file() else inbox
    return readable(str(folder.resolve()))


def give_up(outcome: Outcome, attempts: int, settings: Settings) -> Outcome:
    """Return a failure as quarantined once it has been tried often enough."""
    if outcome.state == "failed" and outcome.retry == "counted" and attempts >= settings.max_attempts:
        return replace(outcome, state="quarantined")
    return outcome
