"""Several readings of one line become one: each word is the one that they agree on, as surely as they read it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.ocr import Glyphs
from pipeline.ocr.looks.telling import PLAINLY, Piece, likeness
from pipeline.text import wording
from pipeline.text.syllables import is_syllable
from pipeline.text.unicode import fold

_NEAR: Final = 0.45  # of a line's height, by which two readings of one line may stand apart
_ECHO: Final = 0.58  # … by which a position may stand from its echo
_SUPPORT: Final = 0.35  # share of the readings, as sure as they are, that must have a word
_LIKENESS: Final = 6  # power: a letter less or more weighs as much as half the confidence
_UNMARKED: Final = re.compile("TM|KT|TL|TUQ")  # its dot or slash was not read
_HOLE: Final = 2.0  # heights of a line, between words of a name; a word was lost there
_TWO_LINES: Final = 0.8  # what a position counts that another line runs into; where it stands is uncertain
_SURE: Final = 0.8
_NO_SYLLABLE: Final = 0.3  # what a word counts that no Vietnamese spells so


def voted(pieces: Iterable[Piece]) -> list[Piece]:
    """Return one piece for each line and kind of what several readings made of a signature, from the top."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=_worth, reverse=True):
        group = next((group for group in groups if _same_line(group[0], piece)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    agreed = list(map(_agreed, groups))
    echoes = [piece for n, piece in enumerate(agreed) if any(_echoes(piece, better) for better in agreed[:n])]
    return sorted((piece for piece in agreed if piece not in echoes), key=lambda piece: piece.top)


def _echoes(piece: Piece, better: Piece) -> bool:
    """Tell whether a position is but a part of one read better, seen by a strip that lay too low or too high.

    It is the other's end, or no plain position and shorter.
    """
    if not piece.kind == better.kind == "position" or _apart(piece, better) >= _ECHO:
        return False
    scrap = likeness(piece) < PLAINLY and len(piece.text) < len(better.text)
    return scrap or fold(better.text).endswith(fold(piece.text))


def _same_line(one: Piece, other: Piece) -> bool:
    return one.kind == other.kind and _apart(one, other) < _NEAR


def _apart(one: Piece, other: Piece) -> float:
    """Return how far two pieces stand apart in height, by the height of the lower."""
    middles = (one.top + one.bottom - other.top - other.bottom) / 2
    return abs(middles) / min(one.bottom - one.top, other.bottom - other.top)


def _worth(piece: Piece) -> float:
    """Return how much of a piece can be trusted: its letters, a position's by its likeness to a known one."""
    if piece.kind == "position":
        plain = _TWO_LINES if piece.tall else 1.0
        return plain * len(piece.text) * (1 + piece.confidence) * (likeness(piece) / 100) ** _LIKENESS
    whole = all(b.x0 - a.x1 < _HOLE * (piece.bottom - piece.top) for a, b in pairwise(piece.words))
    return sum(len(word.text) * _trust(word) for word in piece.words) * (1.0 if whole else 0.5)


def _trust(word: Glyphs) -> float:
    known = is_syllable(word.text.strip(".,")) or wording.AUTHORITY.match(f"{fold(word.text)} x")
    return word.confidence * (1.0 if known and not _UNMARKED.fullmatch(word.text) else _NO_SYLLABLE)


def _agreed(group: Sequence[Piece]) -> Piece:
    """Return the best piece of a group; a name, a person's or a body's, word by word, without ends that few have."""
    best = group[0]
    if best.kind not in ("person", "body") or len(group) == 1:
        return best
    places = [[word] for word in best.words]
    for word in (word for piece in group[1:] for word in piece.words):
        at = max(range(len(places)), key=lambda n: _shared(best.words[n], word))
        if _shared(best.words[at], word) > 0.5 * min(_width(best.words[at]), _width(word)):
            places[at].append(word)
    kept = [n for n, place in enumerate(places) if _supported(place, group)]
    return replace(best, words=tuple(map(_elected, places[kept[0] : kept[-1] + 1]))) if kept else best


def _supported(place: Sequence[Glyphs], group: Sequence[Piece]) -> bool:
    """Tell whether enough readings have a word at a place, or two have it surely."""
    share = sum(piece.confidence for piece in group if any(word in place for word in piece.words))
    sure = sum(_trust(word) >= _SURE for word in place)
    return sure > 1 or share >= _SUPPORT * sum(piece.confidence for piece in group)


def _shared(one: Glyphs, other: Glyphs) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _width(word: Glyphs) -> float:
    return word.x1 - word.x0


def _elected(place: Sequence[Glyphs]) -> Glyphs:
    """Return the word of a place that its readings together are surest of."""
    votes: dict[str, float] = defaultdict(float)
    for word in place:
        votes[word.text] += _trust(word)
    text = max(votes, key=lambda one: (votes[one], one))
    return max((word for word in place if word.text == text), key=lambda word: word.confidence)
