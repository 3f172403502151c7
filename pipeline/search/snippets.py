"""The piece of a dispatch that shows why it was found, in its own spelling, with the hits marked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from pipeline.search.plan import positive, side_by_side
from pipeline.search.syntax import And, Key, Leaf, Node, Or, Text
from pipeline.text.unicode import flat, fold, nfc, same_tones

LENGTH = 220
"""About how many characters a snippet shows."""

_WORD = re.compile(r"[^\W_]")

READ = 200_000
"""How far into a text hits are looked for."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Text on one line, and the half-open ranges in it that were searched for."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, before: str, after: str) -> str:
        """Return the text with each hit between `before` and `after`."""
        return self._with(before, after, str)

    def html(self) -> str:
        """Return the text escaped for HTML, each hit in `<mark>`."""
        return self._with("<mark>", "</mark>", html.escape)

    def _with(self, before: str, after: str, escape: Callable[[str], str]) -> str:
        pieces: list[str] = []
        at = 0
        for start, end in self.marks:
            pieces += [escape(self.text[at:start]), before, escape(self.text[start:end]), after]
            at = end
        return "".join([*pieces, escape(self.text[at:])])


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to mark: a pattern over folded text, the exact spelling that was asked for, and its worth."""

    folded: re.Pattern[str]
    spelling: str
    worth: int


def patterns(query: Node | None) -> tuple[Pattern, ...]:
    """Return what to mark for a query: its words and phrases that look at the whole text, phrases first."""
    words = positive(query) if query is not None else None
    if words is None:
        return ()
    found: dict[str, Pattern] = {}
    for node in (side_by_side(words), words):
        for leaf in _leaves(node):
            pieces = re.findall(r"[^\W_]+", fold(leaf.text))
            if pieces:
                form = r"[\W_]+".join(map(re.escape, pieces)) + (r"[^\W_]*" if leaf.prefix else "")
                pattern = re.compile(rf"(?<![^\W_]){form}(?![^\W_])")
                found.setdefault(form, Pattern(pattern, _spelt(leaf.text), len(pieces)))
    return tuple(found.values())


def _spelt(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", same_tones(text).casefold()))


def _leaves(node: Node) -> list[Leaf]:
    if isinstance(node, Text | Key):
        return [node]
    return [leaf for part in node.parts for leaf in _leaves(part)] if isinstance(node, And | Or) else []


def snippet(text: str, wanted: tuple[Pattern, ...]) -> Snippet | None:
    """Return the best window of a text: the most different things searched for, the nearest to how they are spelt."""
    text = nfc(text[:READ])
    folded = flat(text)
    hits = sorted(
        (match.start(), match.end(), number)
        for number, pattern in enumerate(wanted)
        for match in pattern.folded.finditer(folded)
    )
    if not hits:
        return None
    exact = [_exact(text, hit, wanted) for hit in hits[:300]]
    best = max(range(len(exact)), key=lambda first: (_worth(hits, exact, wanted, first), -first))
    start, end = _window(text, hits[best][0], hits[best][1])
    return _cut(text, start, end, _marks(text, [hit for hit in hits if start <= hit[0] and hit[1] <= end], wanted))


Hit: TypeAlias = tuple[int, int, int]
"""Where a pattern was found, and which of them it was."""


def _exact(text: str, hit: Hit, wanted: tuple[Pattern, ...]) -> bool:
    return _spelt(text[hit[0] : hit[1]]) == wanted[hit[2]].spelling


def _marks(text: str, hits: list[Hit], wanted: tuple[Pattern, ...]) -> list[tuple[int, int]]:
    """Return what to mark of the hits in a window.

    Where a query has diacritics and a word stands there as it was typed, its likes are not what was meant;
    and beside a whole phrase a syllable counts only next to another one.
    """
    if not all(pattern.spelling.isascii() for pattern in wanted):
        there = {hit[2] for hit in hits if _exact(text, hit, wanted)}
        hits = [hit for hit in hits if hit[2] not in there or _exact(text, hit, wanted)]
    phrases = [(a, b) for a, b, number in hits if wanted[number].worth > 1]
    if not phrases:
        return [(a, b) for a, b, _ in hits]
    words = [(a, b) for a, b, number in hits if wanted[number].worth == 1]
    beside = [
        one for one, two in (*pairwise(words), *((two, one) for one, two in pairwise(words)))
        if not _WORD.search(text, min(one[1], two[1]), max(one[0], two[0]))
    ]  # fmt: skip
    return [*phrases, *beside]


def _worth(hits: list[Hit], exact: list[bool], wanted: tuple[Pattern, ...], first: int) -> float:
    """Return how much a window that begins at a hit shows."""
    worth: dict[int, float] = {}
    for index in range(first, min(first + 50, len(exact))):
        _, end, number = hits[index]
        if end > hits[first][0] + LENGTH * 3 // 4:
            break
        worth[number] = max(worth.get(number, 0), wanted[number].worth ** 2 + exact[index] / 2)
    return sum(worth.values())


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a window around a hit that neither begins nor ends inside a word."""
    left = max(0, start - LENGTH // 4)
    right = min(len(text), max(end, left + LENGTH))
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    while right < len(text) and right > end and not text[right].isspace():
        right -= 1
    return left, right


def _cut(text: str, start: int, end: int, hits: list[tuple[int, int]]) -> Snippet:
    """Return a window on one line, with an ellipsis where it was cut and overlapping marks joined."""
    marked = [False] * (end - start)
    for a, b in hits:
        marked[a - start : b - start] = [True] * (b - a)
    chars: list[str] = ["… "] if start else []
    flags: list[bool] = [False, False] if start else []
    for char, flag in zip(text[start:end], marked, strict=True):
        if char.isspace():
            if chars and chars[-1][-1] != " ":
                chars.append(" ")
                flags.append(flag)
        else:
            chars.append(char)
            flags.append(flag)
    body = "".join(chars).rstrip()
    # Marks with nothing but a space between them are one.
    kinds = "".join("1" if flag else " " if char == " " else "0" for char, flag in zip(body, flags, strict=False))
    marks = [(m.start(), m.end()) for m in re.finditer("1(?:[1 ]*1)?", kinds)]
    return Snippet(body + (" …" if end < len(text) else ""), tuple(marks))
