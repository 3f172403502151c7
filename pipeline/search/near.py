"""What was meant by a query that finds nothing: its unknown syllables put right by those of the catalogue.

Only asked when nothing is found, since it reads the whole vocabulary.
"""

from __future__ import annotations

import re
import sqlite3

from rapidfuzz.distance import OSA

from pipeline.search.query import tokens
from pipeline.text.unicode import fold, nfc

SHORTEST = 3
"""Shorter syllables are near to too many others."""

_SYLLABLE = re.compile(r"[^\W\d_]+")


def meant(connection: sqlite3.Connection, query: str) -> str | None:
    """Return the query with each unknown syllable in it replaced by the nearest known one; None if none can be."""
    query = nfc(query)
    pieces: list[str] = []
    at, before = 0, ""
    for token in tokens(query):
        if token.kind not in ("word", "phrase"):
            continue
        for syllable in _SYLLABLE.finditer(query, token.start, token.end):
            known = _nearest(connection, syllable.group(0), before)
            pieces += [query[at : syllable.start()], known]
            at, before = syllable.end(), fold(known)
    mended = "".join([*pieces, query[at:]])
    return mended if mended != query else None


def _nearest(connection: sqlite3.Connection, typed: str, before: str) -> str:
    """Return the syllable itself if it is known, else the nearest that comes after `before` most often."""
    word = fold(typed)
    if len(word) < SHORTEST or _count(connection, word):
        return typed
    near = [
        (_count(connection, f"{before} {term}"), count, term)
        for term, count in _terms(connection, "search_folded")
        if abs(len(term) - len(word)) < 2 and term.isalpha() and OSA.distance(word, term, score_cutoff=1) == 1
    ]
    if not near:
        return typed
    best = max(near)[-1]
    spellings = [(best, 0), *(pair for pair in _terms(connection, "search_exact") if fold(pair[0]) == best)]
    return min(spellings, key=lambda pair: (OSA.distance(typed.casefold(), pair[0]), -pair[1]))[0]


def _count(connection: sqlite3.Connection, words: str) -> int:
    """Return how many dispatches have these words side by side."""
    sql = "SELECT count(*) FROM search_folded WHERE search_folded MATCH ?"
    return int(connection.execute(sql, (f'"{words}"',)).fetchone()[0])


def _terms(connection: sqlite3.Connection, table: str) -> list[tuple[str, int]]:
    """Return the words of an index, each with the number of dispatches that have it."""
    view = f"{table}_words"
    connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{view} USING fts5vocab('main', '{table}', 'row')")
    return [(row[0], row[1]) for row in connection.execute(f"SELECT term, doc FROM temp.{view}")]
