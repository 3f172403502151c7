"""Looking names up in a gazetteer: exact, folded, near, as of a day.

>>> entry = Entry("LĐLĐ", "Liên đoàn Lao động", ("LĐLĐ",))
>>> Gazetteer((entry,)).find("liên đoàn lao động").id
'LĐLĐ'
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline.text.unicode import fold, nfc, same_tones


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a gazetteer; ISO days bound when the name was in force, None for no bound.

    `more` holds the columns that this gazetteer has besides the common ones.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    def valid_on(self, day: str | None) -> bool:
        """Tell whether the entry was in force on an ISO day (always, when the day is unknown)."""
        return day is None or ((self.valid_from or "") <= day <= (self.valid_to or "9999"))


@dataclass(frozen=True)
class Gazetteer:
    """Entries with look-up by name or alias."""

    entries: tuple[Entry, ...]

    def find(self, name: str, *, day: str | None = None) -> Entry | None:
        """Return the entry of that name as of a day: exact spelling first, then folded; None if none or several."""
        for key, index in ((_exact(name), self._by_exact), (_folded(name), self._by_folded)):
            found = [entry for entry in index.get(key, ()) if entry.valid_on(day)]
            if len({entry.id for entry in found}) == 1:
                return found[0]
        return None

    def near(self, name: str, *, at_least: float = 0.88, day: str | None = None) -> Entry | None:
        """Return the entry whose folded name is nearest, if its similarity (0 to 1) reaches `at_least`."""
        exact = self.find(name, day=day)
        if exact:
            return exact
        hit = process.extractOne(_folded(name), self._by_folded.keys(), scorer=fuzz.ratio, score_cutoff=at_least * 100)
        if hit is None:
            return None
        found = [entry for entry in self._by_folded[hit[0]] if entry.valid_on(day)]
        return found[0] if len({entry.id for entry in found}) == 1 else None

    def get(self, id: str) -> Entry | None:
        """Return the entry with that id."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _by_exact(self) -> dict[str, list[Entry]]:
        return _index(self.entries, _exact)

    @cached_property
    def _by_folded(self) -> dict[str, list[Entry]]:
        return _index(self.entries, _folded)


def read_gazetteer(path: Path) -> Gazetteer:
    """Read a TSV gazetteer: `id, name, aliases (joined with |), valid_from, valid_to`, then columns of its own."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    common = {"id", "name", "aliases", "valid_from", "valid_to"}
    return Gazetteer(
        tuple(
            Entry(
                id=row["id"],
                name=nfc(row["name"]),
                aliases=tuple(nfc(alias) for alias in (row["aliases"] or "").split("|") if alias),
                valid_from=row["valid_from"] or None,
                valid_to=row["valid_to"] or None,
                more={key: nfc(value or "") for key, value in row.items() if key not in common},
            )
            for row in rows
        )
    )


def _exact(name: str) -> str:
    return " ".join(same_tones(name).casefold().split())


def _folded(name: str) -> str:
    return " ".join(fold(name).split())


def _index(entries: Iterable[Entry], key: object) -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = {}
    assert callable(key)
    for entry in entries:
        for name in {key(n) for n in (entry.name, *entry.aliases)}:
            index.setdefault(name, []).append(entry)
    return index
