"""A small language model of Vietnamese syllables, and what OCR makes of a syllable.

>>> lexicon = Lexicon({"tỉnh": 9, "tính": 9, "ủy": 5}, {"tỉnh": {"ủy": 4}})
>>> [reading for reading, _ in lexicon.readings("tinh")]
['tinh', 'tính', 'tỉnh']
"""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log10
from pathlib import Path
from sys import intern

from pipeline.text.unicode import fold, same_tones

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SMOOTHING = 30.0
"""How many sightings the guess from single syllables weighs against the counts of pairs."""

_SAID = 6
"""How many sightings one in the same document counts for."""

_NOTHING: Mapping[str, int] = {}

_LOOK_ALIKE = ("oe", "lt", "hb")
"""Pairs of letters that print takes for each other where a mark or a speck touches them: `bễ sung`."""

TONE_LOST, TONE_SWAPPED, TONE_ADDED, HAT_LOST, HAT_ADDED, BAR, LETTER = 1.1, 1.1, 2.0, 0.7, 1.9, 1.0, 2.6
"""Costs of a slip, as minus the decimal logarithm of how often OCR makes it: Ế read É has lost its hat."""

ALIKE = 3.2
"""The same of a letter taken for one that looks like it, where both make a syllable."""


@dataclass(frozen=True)
class Lexicon:
    """How often each syllable is written, and each after another (`tỉnh`: `ủy`), in small letters."""

    single: Mapping[str, int]
    after: Mapping[str, Mapping[str, int]]
    size: int | None = None
    """How many sightings chances are reckoned from; None: all of `single`, and one for each syllable."""

    def __contains__(self, syllable: str) -> bool:
        return syllable in self.single

    def readings(self, syllable: str) -> tuple[tuple[str, float], ...]:
        """Return what a syllable read by OCR may stand for, itself first, each with the cost of the slip."""
        key = small(syllable)
        if key not in self._known:
            self._known[key] = self._readings(key)
        return self._known[key]

    def following(self, before: str) -> Mapping[str, int]:
        """Return how often each syllable is written after another; what was never seen there is missing."""
        return self.after.get(before, _NOTHING)

    def chance(self, syllable: str, before: str) -> float:
        """Return the decimal logarithm of the chance of a syllable after another ("": at the start).

        It is `unseen(syllable) + backoff(before)` where the two were never seen together, else more.
        """
        return log10(self.following(before).get(syllable, 0) + self._guess(syllable)) + self.backoff(before)

    def unseen(self, syllable: str) -> float:
        """Return the share of a syllable itself in its chance after one with which it was never seen."""
        return log10(self._guess(syllable))

    def backoff(self, before: str) -> float:
        """Return the share of a syllable in the chance of whatever was never seen after it."""
        return -log10(self.single.get(before, 0) + _SMOOTHING)

    def standing(self, syllable: str, before: str, after: str) -> tuple[int, int]:
        """Return how often a syllable is written between its neighbours, and how often at all."""
        pairs = self.following(before).get(syllable, 0) + self.following(syllable).get(after, 0)
        return pairs, self.single.get(syllable, 0)

    def hearing(self, said: Lexicon) -> Lexicon:
        """Return a lexicon in which what a document has said counts beside what is written everywhere."""
        after = {before: _with(self.following(before), counts) for before, counts in said.after.items()}
        return Lexicon(_with(self.single, said.single), {**self.after, **after}, self._size)

    def _guess(self, syllable: str) -> float:
        """Return what the syllable alone weighs against the sightings of a pair, above 0."""
        return _SMOOTHING * (self.single.get(syllable, 0) + 0.1) / self._size

    def _readings(self, syllable: str) -> tuple[tuple[str, float], ...]:
        found = {syllable: 0.0}
        bare = fold(syllable)
        for other in self._by_fold.get(bare, ()):
            found.setdefault(other, slip(syllable, other))
        known = syllable in self.single
        letter = ALIKE if known else LETTER
        for near in _alike(bare) if known else _one_letter_off(bare) if len(bare) >= 3 else ():
            for other in self._by_fold.get(near, ()):
                found.setdefault(other, letter + 0.3 * slip(syllable, other))
        return tuple(found.items())

    @cached_property
    def _known(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """The readings that were asked for before."""
        return {}

    @cached_property
    def _size(self) -> int:
        return sum(self.single.values()) + len(self.single) if self.size is None else self.size

    @cached_property
    def _by_fold(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for syllable in sorted(self.single):
            index.setdefault(fold(syllable), []).append(syllable)
        return index


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon: lines `syllable<tab>count` and `first second<tab>count`, compressed."""
    single: dict[str, int] = {}
    after: dict[str, dict[str, int]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            key, count = line.rstrip("\n").split("\t")
            before, _, syllable = key.rpartition(" ")
            (after.setdefault(before, {}) if before else single)[intern(syllable)] = int(count)
    return Lexicon(single, after)


def _with(counts: Mapping[str, int], said: Mapping[str, int]) -> dict[str, int]:
    """Return counts with what a document said added, each time for `_SAID`."""
    return {**counts, **{key: counts.get(key, 0) + _SAID * count for key, count in said.items()}}


@lru_cache(maxsize=65536)
def small(syllable: str) -> str:
    """Return a syllable as the lexicon writes it: in small letters, the tone where `same_tones` puts it."""
    return same_tones(syllable.casefold())


@lru_cache(maxsize=65536)
def slip(read: str, meant: str) -> float:
    """Return the cost of reading one syllable for another: tones, hats and bars lost, swapped or added."""
    tone_read, hats_read, bars_read = _marks(read)
    tone_meant, hats_meant, bars_meant = _marks(meant)
    cost = BAR * abs(bars_read - bars_meant)
    if tone_read != tone_meant:
        cost += TONE_LOST if not tone_read else TONE_ADDED if not tone_meant else TONE_SWAPPED
    lost = sum(1 for one, other in zip(hats_read, hats_meant, strict=False) if not one and other)
    added = sum(1 for one, other in zip(hats_read, hats_meant, strict=False) if one and one != other)
    return cost + HAT_LOST * lost + HAT_ADDED * added


def _marks(syllable: str) -> tuple[str, tuple[str, ...], int]:
    """Return the tone, the hat of each letter ("" for none) and the number of barred letters."""
    tone = ""
    hats: list[str] = []
    for char in unicodedata.normalize("NFD", syllable):
        if not unicodedata.combining(char):
            hats.append("")
        elif char in _TONES:
            tone = char
        elif hats:
            hats[-1] = char
    return tone, tuple(hats), syllable.count("đ")


def _alike(bare: str) -> set[str]:
    """Return what a syllable may be if one of its letters was taken for another that looks like it."""
    swaps = [(pair[i], pair[1 - i]) for pair in _LOOK_ALIKE for i in (0, 1)]
    return {bare[:i] + b + bare[i + 1 :] for i, char in enumerate(bare) for a, b in swaps if char == a}


def _one_letter_off(bare: str) -> set[str]:
    letters = "abcdeghiklmnopqrstuvxy"
    cuts = [(bare[:i], bare[i:]) for i in range(len(bare) + 1)]
    dropped = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    added = {head + letter + tail for head, tail in cuts for letter in letters}
    return (dropped | swapped | added) - {bare}
