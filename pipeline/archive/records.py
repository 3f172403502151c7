"""What the catalogue knows of the chosen dispatches, with what people's tags say about their filing.

>>> under(("hồ-sơ/01.2020", "thi-đua"), DOSSIER)
('01.2020',)
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.people.rules import HEADING, RETENTION

DOSSIER, ACCESS, CONDITION = "hồ-sơ", "tiếp-cận", "tình-trạng"
INFO_SIGN, AUTOGRAPH, RISK, PAGES = "ký-hiệu-thông-tin", "bút-tích", "dự-phòng", "số-trang"
"""The branches of tags by which people file records, beside those of the rules: retention and heading."""
BRANCHES = (DOSSIER, RETENTION, HEADING, ACCESS, CONDITION, INFO_SIGN, AUTOGRAPH, RISK, PAGES)


@dataclass(frozen=True, slots=True)
class Record:
    """A dispatch to be filed. `path` is where its file lies now, None where it is gone.

    `signatures` counts the digital signatures in the file, `intact` those over a file that is as it was signed.
    """

    id: str
    sha256: str
    source_path: str
    path: Path | None
    media_type: str
    origin: str
    page_count: int | None
    language: str | None
    agency: str | None
    number: str | None
    notation: str | None
    type_code: str | None
    type_name: str | None
    subject: str | None
    issued_on: str | None
    secrecy: str | None
    review_state: str
    review_reason: str | None
    tags: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    signatures: int = 0
    intact: int = 0

    @property
    def pages(self) -> int | None:
        """The number of pages; of a Word or text file, which has none of its own, what a person's tag says."""
        said = [text for text in under(self.tags, PAGES) if text.isdigit()]
        return self.page_count or (int(said[0]) if len(said) == 1 else None)

    @property
    def day(self) -> str | None:
        """The ISO day of issue; None where less than a day is known."""
        return self.issued_on if self.issued_on and len(self.issued_on) == 10 else None


_COLUMNS = (
    "sha256", "source_path", "media_type", "origin", "page_count", "language", "agency", "number", "notation",
    "type_code", "type_name", "subject", "issued_on", "secrecy", "review_state", "review_reason",
)  # fmt: skip
# A restricted dispatch has no row in `dispatches`; the second test holds if one ever had.
_OPEN = """dispatch_id IN (SELECT value FROM json_each(?))
    AND dispatch_id NOT IN (SELECT dispatch_id FROM sources WHERE state = 'restricted' AND dispatch_id IS NOT NULL)"""


def gather(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Record]:
    """Return the records of those of the ids that the tables hold; what is restricted is not among them."""
    wanted = json.dumps(sorted(set(ids)))
    tags = _lists(connection, "SELECT dispatch_id, tag FROM tags", wanted)
    movements = _lists(connection, "SELECT dispatch_id, name FROM movements", wanted)
    intact = _lists(connection, "SELECT dispatch_id, coalesce(intact, 0) FROM signatures", wanted)
    paths = _paths(connection, wanted)
    sql = f"SELECT dispatch_id, {', '.join(_COLUMNS)} FROM dispatches WHERE {_OPEN} ORDER BY dispatch_id"
    return {
        row["dispatch_id"]: Record(
            id=row["dispatch_id"],
            path=paths.get(row["dispatch_id"]),
            tags=tuple(sorted(tags.get(row["dispatch_id"], ()))),
            movements=tuple(dict.fromkeys(movements.get(row["dispatch_id"], ()))),
            signatures=len(intact.get(row["dispatch_id"], ())),
            intact=sum(intact.get(row["dispatch_id"], ())),
            **{column: row[column] for column in _COLUMNS},
        )
        for row in connection.execute(sql, (wanted,))
    }


def under(tags: Iterable[str], branch: str) -> tuple[str, ...]:
    """Return what stands below a branch in these tags."""
    return tuple(tag[len(branch) + 1 :] for tag in tags if tag.startswith(branch + "/"))


def branches(connection: sqlite3.Connection, branch: str) -> dict[str, list[str]]:
    """Return every tag below a branch, without the branch's name, with the ids of its records."""
    sql = "SELECT tag, dispatch_id FROM tags WHERE substr(tag, 1, ?) = ? ORDER BY tag, dispatch_id"
    found: dict[str, list[str]] = {}
    for tag, dispatch_id in connection.execute(sql, (len(branch) + 1, branch + "/")):
        found.setdefault(tag[len(branch) + 1 :], []).append(dispatch_id)
    return found


def _lists(connection: sqlite3.Connection, select: str, wanted: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    sql = f"{select} WHERE dispatch_id IN (SELECT value FROM json_each(?)) ORDER BY 1, rowid"
    for dispatch_id, value in connection.execute(sql, (wanted,)):
        found.setdefault(dispatch_id, []).append(value)
    return found


def _paths(connection: sqlite3.Connection, wanted: str) -> dict[str, Path]:
    """Return where each file lies; of several copies the first that is still there."""
    sql = """SELECT dispatch_id, inbox, source_path FROM sources
             WHERE dispatch_id IN (SELECT value FROM json_each(?)) AND state IN ('done', 'duplicate')
             AND inbox IS NOT NULL AND coalesce(gone, 0) = 0 ORDER BY dispatch_id, state = 'duplicate', source_path"""
    found: dict[str, Path] = {}
    for dispatch_id, inbox, source_path in connection.execute(sql, (wanted,)):
        path = Path(inbox) if Path(inbox).is_file() else Path(inbox) / source_path
        if dispatch_id not in found and path.is_file():
            found[dispatch_id] = path
    return found


def in_filing_order(records: Iterable[Record]) -> Sequence[Record]:
    """Return records in the order of a file: by day, then number, then id; those without a day come last."""

    def key(record: Record) -> tuple[str, int, str]:
        digits = "".join(char for char in record.number or "" if char.isdigit())
        return (record.issued_on or "9999", int(digits or 0), record.id)

    return sorted(records, key=key)
