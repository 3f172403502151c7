"""Names as people count them: spellings that differ in case or tone placement are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.text.unicode import same_tones


def key(name: str) -> str:
    """Return what the spellings of a name have in common."""
    return " ".join(same_tones(name).casefold().split())


def spellings(names: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Return for each key of some counted names its most frequent spelling."""
    counted: dict[str, Counter[str]] = {}
    for name, count in names:
        counted.setdefault(key(name), Counter())[name] += count
    return {k: commonest(found) for k, found in counted.items()}


def commonest(counted: Counter[str]) -> str:
    """Return the most frequent of some names, the first by alphabet of several.

    >>> commonest(Counter(["b", "a", "b", "c"]))
    'b'
    """
    return min(counted.items(), key=lambda item: (-item[1], item[0]))[0]
