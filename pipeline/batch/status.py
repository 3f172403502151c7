"""How many files are in each state, and why each bad one is bad."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline import store
from pipeline.batch.ledger import STATES


@dataclass(frozen=True, slots=True)
class Bad:
    """A file that needs a look: where it lies, a stable code, and what to do."""

    source_path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Status:
    """The counts of all states, of which found is the sum; `gone` files are no longer in the folder."""

    counts: dict[str, int]
    gone: int
    problems: tuple[Bad, ...]

    @property
    def found(self) -> int:
        """All files ever found."""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, object]:
        """Return the shape that `congvan status --format json` promises."""
        problems = [{"source_path": b.source_path, "code": b.code, "message": b.message} for b in self.problems]
        return {"found": self.found, **self.counts, "gone": self.gone, "problems": problems}


def read_status(out: Path, *, lang: Literal["vi", "en"] = "en") -> Status:
    """Read the state of every file from the catalogue; raises CatalogueError where there is none."""
    connection = store.connect(out, readonly=True)
    try:
        found = connection.execute("SELECT state, count(*) FROM sources GROUP BY state").fetchall()
        counts = dict.fromkeys(map(str, STATES), 0) | dict(map(tuple, found))
        (gone,) = connection.execute("SELECT count(*) FROM sources WHERE gone = 1").fetchone()
        rows = connection.execute(_PROBLEMS).fetchall()
    finally:
        connection.close()
    wanted = "message_vi" if lang == "vi" else "message"
    bad = tuple(Bad(row["source_path"], row["problem_code"], row[wanted] or row["message"] or "") for row in rows)
    return Status(counts, gone, bad)


_PROBLEMS = """
    SELECT s.source_path, s.problem_code, p.message, p.message_vi
    FROM sources s LEFT JOIN problems p
      ON p.source_path = s.source_path AND p.code = s.problem_code AND p.dispatch_id IS s.dispatch_id
    WHERE s.state IN ('quarantined', 'failed', 'restricted')
    GROUP BY s.rowid ORDER BY s.source_path
"""
