"""Named rules: a search query gives tags, a retention period and a subject heading.

A rules file is TOML:

    [[rule]]
    name = "nông thôn mới"
    query = 'phongtrao:"nông thôn mới"'
    tags = ["thi-đua/nông-thôn-mới"]
    retention = "20 năm"
    heading = "Thi đua, khen thưởng"

Retention and heading are tags of their own branches, so that they are searched, undone and corrected
like any other. A rule removes nothing, and does not put back what a person took off.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.people import Author, ChangeError
from pipeline.people.tags import Edit, Outcome, apply, clean, preview

RETENTION, HEADING = "bảo-quản", "đề-mục"
"""The branches of tags under which retention periods and subject headings lie."""

Find = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, the query that chooses records, and the tags that it gives them."""

    name: str
    query: str
    tags: tuple[str, ...]


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read a rules file; raises SettingsError that names the rule and what is wrong with it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_rule(entry) for entry in table.get("rule", []))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ChangeError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: not a rules file: {error}", f"{path}: tệp quy tắc sai: {error}") from error


def _rule(entry: Mapping[str, object]) -> Rule:
    known = {"name", "query", "tags", "retention", "heading"}
    if unknown := set(entry) - known:
        raise KeyError(f"unknown {sorted(unknown)}; known: {sorted(known)}")
    tags = entry.get("tags", [])
    if not isinstance(tags, list):
        raise TypeError(f"tags of {entry['name']!r} must be a list")
    given = [clean(str(tag)) for tag in tags]
    if retention := entry.get("retention"):
        given.append(clean(f"{RETENTION}/{retention}"))
    if heading := entry.get("heading"):
        given.append(clean(f"{HEADING}/{str(heading).replace(',', '')}"))
    return Rule(str(entry["name"]), str(entry["query"]), tuple(Edit.of(given).add))


def run(
    connection: sqlite3.Connection,
    rules: Iterable[Rule],
    find: Find,
    *,
    at: str,
    only: frozenset[str] | None = None,
    dry_run: bool = False,
) -> dict[str, Outcome]:
    """Apply rules, each as a change of its own, and return what each did by its name.

    `find` gives the ids that a query finds; `only` narrows them to what an ingest brought.
    """
    outcomes = {}
    for rule in rules:
        ids = [i for i in find(rule.query) if only is None or i in only]
        for tag in rule.tags:
            free = _without_refusals(connection, ids, tag)
            edit = Edit.of([tag])
            key = f"{rule.name}: {tag}"
            if dry_run:
                outcomes[key] = preview(connection, free, edit)
            else:
                by = Author(f"rule:{rule.name}", at)
                outcomes[key] = apply(connection, free, edit, by, query=rule.query, kind="rule")
    return outcomes


def _without_refusals(connection: sqlite3.Connection, ids: Iterable[str], tag: str) -> list[str]:
    """Return the records from which no person has taken the tag off."""
    refused = {
        row[0]
        for row in connection.execute(
            """SELECT e.dispatch_id FROM tag_events e JOIN changes c USING (change_id)
               WHERE e.tag = ? AND e.added = 0 AND c.actor NOT LIKE 'rule:%'""",
            (tag,),
        )
    }
    return [i for i in ids if i not in refused]
