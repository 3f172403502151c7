"""Which records make up a file (hồ sơ), in which order, under which code: by a query, by tags, or by a table.

The table is TSV with a heading. `code` is obligatory, and one of `tag` (below the branch hồ-sơ) and `query`
says which records; every other column gives a value of the file that no machine can know (`GIVEN`).
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.records import DOSSIER, Record, branches, gather, in_filing_order
from pipeline.errors import ArchiveError
from pipeline.text.unicode import nfc

GIVEN = (
    "title", "retention", "access", "info_sign", "keywords", "condition", "paper_code", "sheets", "risk", "risk_state",
    "note", "archive_code", "organ_id", "catalogue", "file_notation",
)  # fmt: skip
"""What a person may say of a file: in a column of the table, or with an option."""

Find = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file: its code, its records in filing order, and what a person said of it, by the names of `GIVEN`.

    `left_out` counts the records that were asked for and are not in it: not in the tables, or not checked.
    """

    code: str
    records: tuple[Record, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is asked for: its code, the ids of its records, and what is said of it."""

    code: str
    ids: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)


def by_query(code: str | None, ids: Iterable[str], given: Mapping[str, str]) -> tuple[Wanted, ...]:
    """Return the one file of a query. Raises ArchiveError without a code."""
    if not code or not code.strip():
        raise ArchiveError("a query needs the code of its file: --code CODE", "câu tìm cần mã hồ sơ: --code MÃ")
    return (Wanted(nfc(code.strip()), tuple(ids), given),)


def by_tags(connection: sqlite3.Connection, given: Mapping[str, str]) -> tuple[Wanted, ...]:
    """Return a file for each tag below hồ-sơ/: its code is the rest of the tag, in capitals."""
    found = branches(connection, DOSSIER)
    if not found:
        raise ArchiveError(f"no record has a tag {DOSSIER}/CODE", f"chưa văn bản nào có thẻ {DOSSIER}/MÃ")
    return tuple(Wanted(tag.upper(), tuple(ids), given) for tag, ids in found.items())


def by_table(connection: sqlite3.Connection, path: Path, find: Find, given: Mapping[str, str]) -> tuple[Wanted, ...]:
    """Return the files of a table; what a row says of its file outranks `given`. Raises ArchiveError."""
    tagged = branches(connection, DOSSIER)
    wanted = tuple(_row(row, number, path, tagged, find, given) for number, row in enumerate(_rows(path), 2))
    codes = [one.code for one in wanted]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        names = ", ".join(twice)
        raise ArchiveError(f"{path}: a code stands there twice: {names}", f"{path}: mã hồ sơ trùng: {names}")
    return wanted


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows = [{key: nfc(value or "").strip() for key, value in row.items() if key} for row in reader]
            names = set(reader.fieldnames or ())
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{path}: not a TSV file: {error}", f"{path}: không phải tệp TSV: {error}") from error
    known = {"code", "tag", "query", *GIVEN}
    if not rows or "code" not in names or not names & {"tag", "query"} or names - known:
        listed = ", ".join(("code", "tag", "query", *GIVEN))
        raise ArchiveError(
            f"{path}: needs rows with code and tag or query; the columns are {listed}",
            f"{path}: cần các dòng có code cùng tag hoặc query; các cột là {listed}",
        )
    return rows


def _row(
    row: Mapping[str, str], number: int, path: Path, tagged: Mapping[str, list[str]], find: Find,
    given: Mapping[str, str],
) -> Wanted:  # fmt: skip
    tag, query = row.get("tag", ""), row.get("query", "")
    if not row["code"] or bool(tag) == bool(query):
        raise ArchiveError(
            f"{path}, line {number}: needs a code, and either a tag or a query",
            f"{path}, dòng {number}: cần mã, và hoặc thẻ hoặc câu tìm",
        )
    ids = tuple(find(query)) if query else tuple(tagged.get(tag.casefold().removeprefix(DOSSIER + "/"), ()))
    said = {name: value for name in GIVEN if (value := row.get(name, ""))}
    return Wanted(row["code"], ids, {**given, **said})


def gathered(
    connection: sqlite3.Connection, wanted: Iterable[Wanted], *, only_checked: bool = False
) -> tuple[Dossier, ...]:
    """Return the files with their records, each in filing order; `only_checked` leaves out what no person checked."""
    wanted = tuple(wanted)
    records = gather(connection, {i for one in wanted for i in one.ids})
    kept = {i: r for i, r in records.items() if r.review_state == "checked" or not only_checked}
    return tuple(_gathered(one, kept) for one in wanted)


def _gathered(wanted: Wanted, records: Mapping[str, Record]) -> Dossier:
    ids = tuple(dict.fromkeys(wanted.ids))
    found = tuple(in_filing_order(records[i] for i in ids if i in records))
    return Dossier(wanted.code, found, wanted.given, len(ids) - len(found))
