"""Comparing names across spellings: their words, a key and a slug, and a nearness that forgives slips of the reader.

>>> words("Xanh - Sạch - Đẹp")
('xanh', 'sach', 'dep')
>>> near_equal("Dạy tốt, học tốt", "DẠY TỐT - HỌC TÔT")
True
>>> near_equal("Sinh viên 5 tốt", "Sinh viên 3 tốt")
False
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.text.unicode import fold

_WORD = re.compile(r"[a-z0-9]+")
_JOINERS = frozenset({"va"})  # written or left out, or as &, without making another name
_SLIP_FROM = 3  # shorter words differ wholly when they differ by a letter: ba, hai, 5


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def aligned(text: str) -> str:
    """Return text folded letter by letter: the same length, so that offsets into it are offsets into `text`."""
    return "".join(map(_folded_letter, text))


def words(name: str) -> tuple[str, ...]:
    """Return the letters-and-digits words of a name, folded."""
    return tuple(_WORD.findall(fold(name)))


def compact(name: str) -> str:
    """Return a name as one run of folded letters, the same for `LĐ-TB&XH`, `LĐTB và XH` and `LĐTBXH`."""
    return "".join(key_words(name))


def slug(name: str, *, limit: int = 14) -> str:
    """Return the first `limit` folded words of a name joined with hyphens, for use as an id."""
    return "-".join(words(name)[:limit])


def near_equal(one: str, other: str) -> bool:
    """Tell whether two names are the same name but for case, tone, punctuation and a few misread letters.

    Names are compared word by word, so that a word more, a word less or another number makes
    another name, however long the rest: `Bến Tre chung sức …` is not `Cả nước chung sức …`.
    """
    return alike(key_words(one), key_words(other))


def key_words(name: str) -> tuple[str, ...]:
    """Return the words that make a name: folded, without `và`, which is written or left out."""
    return tuple(word for word in words(name) if word not in _JOINERS)


def alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell of two names' key words what `near_equal` tells of the names."""
    if a == b or "".join(a) == "".join(b):
        return bool(a)
    if len(a) != len(b):
        return False
    slips = sum(x != y for x, y in zip(a, b, strict=True))
    return slips <= 1 + len(a) // 6 and all(_slipped(x, y) for x, y in zip(a, b, strict=True))


def _slipped(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.isdigit() or other.isdigit() or min(len(one), len(other)) < _SLIP_FROM:
        return False
    return Levenshtein.distance(one, other) <= 1
