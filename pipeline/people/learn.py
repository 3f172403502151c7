"""Proposals for the gazetteers from what people corrected; nothing is taken over silently."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from pipeline.models import Models
from pipeline.text.match import Gazetteer

_SOURCES = {
    ("dispatches", "agency"): "organizations",
    ("dispatches", "parent_agency"): "organizations",
    ("dispatches", "type_name"): "types",
    ("dispatches", "signer_position"): "positions",
    ("dispatches", "signing_authority"): "authorities",
    ("recipients", "name"): "organizations",
    ("movements", "name"): "movements",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that people wrote and a gazetteer lacks, what the machine had read, and in which dispatches."""

    gazetteer: str
    name: str
    machine: tuple[str, ...]
    dispatches: tuple[str, ...]


def proposals(connection: sqlite3.Connection, models: Models) -> tuple[Proposal, ...]:
    """Return what corrections suggest, the most often corrected first."""
    sql = """SELECT dispatch_id, table_name, column_name, before, value FROM corrections
             WHERE action = 'set' AND change_id NOT IN (SELECT undoes FROM changes WHERE undoes IS NOT NULL)"""
    seen: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for dispatch_id, table, column, before, value in connection.execute(sql):
        gazetteer, name = _SOURCES.get((table, column)), json.loads(value)
        if gazetteer is None or not isinstance(name, str) or _knows(models, gazetteer, name):
            continue
        was = json.loads(before)
        machine = was.get(column) if isinstance(was, dict) else was
        seen[gazetteer, name].append((str(machine or ""), dispatch_id))
    found = [
        Proposal(gazetteer, name, tuple(sorted({m for m, _ in hits if m})), tuple(sorted({d for _, d in hits})))
        for (gazetteer, name), hits in seen.items()
    ]
    return tuple(sorted(found, key=lambda p: (-len(p.dispatches), p.gazetteer, p.name)))


def _knows(models: Models, gazetteer: str, name: str) -> bool:
    known: Gazetteer = getattr(models, gazetteer)
    return known.find(name) is not None
