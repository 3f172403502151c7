"""From the tree of a query to expressions of FTS5: what matches, and ever stricter forms that come first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.search.index import HEAD, SUBJECT, TITLE, accented_words
from pipeline.search.syntax import And, Key, Leaf, Node, Not, Or, Text
from pipeline.text.unicode import fold, same_tones

Place = tuple[str, ...]
ANYWHERE: Place = ()
PLACES: tuple[tuple[Place, Place], ...] = (
    (SUBJECT, ("subject",)), (TITLE, ("subject", "head")), (HEAD, ("subject", "head")), (ANYWHERE, ANYWHERE),
)  # fmt: skip
"""Where all words of a query may lie together, best first: columns of the folded and of the exact index."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the order of results: an expression on the folded index, and one on the exact index if any.

    `anywhere` is the same expression for the whole text: what that does not find, the step need not be asked for.
    `rank` is the expression by whose BM25 the hits of the step are ordered.
    """

    folded: str
    exact: str | None
    anywhere: str
    rank: str


def levels(query: Node) -> Iterator[Level]:
    """Yield the steps, strictest first: in the subject, what names the dispatch, the head, anywhere; as spelt.

    Words that stand apart from each other count in the subject; elsewhere they come after all that stand together,
    and last of all where they are not even spelt as they were typed.
    """
    words = positive(query)
    if words is None:
        return
    words = _free(words)
    forms = tuple(dict.fromkeys((side_by_side(words), in_pairs(words), words)))
    together, apart = forms[:-1], forms[-1:]
    if not together:
        yield from dict.fromkeys(_steps(words, PLACES, apart, (True, False)))
        return
    subject, *others = PLACES
    yield from dict.fromkeys(
        (
            *_steps(words, (subject,), together, (True, False)),
            *_steps(words, (subject,), apart, (True,)),
            *_steps(words, others, together, (True, False)),
            *_steps(words, others, apart, (True,)),
            *_steps(words, PLACES, apart, (False,)),
        )
    )


def _steps(
    words: Node, places: Iterable[tuple[Place, Place]], forms: Iterable[Node], spelt: tuple[bool, ...]
) -> Iterator[Level]:
    """Yield a step for each place and form, and for each whether it must be spelt as typed."""
    joined = side_by_side(words)
    for place, exact_place in places:
        for form in forms:
            phrases = joined if form == joined else words
            folded, anywhere, rank = expression(form, place), expression(form), expression(phrases)
            for exactly in spelt:
                if folded and anywhere and rank:
                    yield Level(folded, exact_expression(words, exact_place) if exactly else None, anywhere, rank)


def _free(words: Node) -> Node:
    """Return what of a query may stand in a better or worse place: all hits have its words in fields anyway."""
    if not isinstance(words, And):
        return words
    free = tuple(part for part in words.parts if not (isinstance(part, Text | Key) and part.columns))
    if len(free) < 2:
        return free[0] if free else words
    return And(free)


def positive(node: Node) -> Node | None:
    """Return the part of a query that asks for words, without filters and exclusions; None if there is none."""
    if isinstance(node, Text | Key):
        return node
    if isinstance(node, And | Or):
        parts = tuple(part for part in map(positive, node.parts) if part is not None)
        if len(parts) < 2:
            return parts[0] if parts else None
        return type(node)(parts)
    return None


def side_by_side(node: Node) -> Node:
    """Return the query with each run of bare words made one phrase: `điều động` as "điều động"."""
    return _runs(node, lambda run: Text(" ".join(word.text for word in run), run[-1].prefix, loose=True))


def in_pairs(node: Node) -> Node:
    """Return the query with each inner word of a run of bare words beside a neighbour.

    Most Vietnamese words are two syllables: `tờ trình khen thưởng` is looked for as "tờ trình" and "khen thưởng".
    """
    return _runs(node, _paired)


def _paired(run: Sequence[Text]) -> Node:
    pairs = [Text(f"{one.text} {two.text}", two.prefix, loose=True) for one, two in pairwise(run)]
    inner = (Or(both) if both[0] != both[1] else both[0] for both in pairwise(pairs))
    return And((run[0], *inner, run[-1])) if len(run) > 2 else pairs[0]


def _runs(node: Node, join: Callable[[Sequence[Text]], Node]) -> Node:
    """Return the query with each run of two or more bare words joined."""
    if isinstance(node, Or):
        return Or(tuple(_runs(part, join) for part in node.parts))
    if not isinstance(node, And):
        return node
    parts: list[Node] = []
    run: list[Text] = []
    for part in (*node.parts, None):
        if isinstance(part, Text) and part.loose:
            run.append(part)
        if run and (not isinstance(part, Text) or not part.loose or part.prefix):
            parts.append(join(run) if len(run) > 1 else run[0])
            run = []
        if part is not None and not (isinstance(part, Text) and part.loose):
            parts.append(_runs(part, join))
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def expression(node: Node, place: Place = ANYWHERE) -> str | None:
    """Return the FTS5 expression of a query's words on the folded index; None if it holds anything else."""
    return _combine(node, lambda leaf: _folded_leaf(leaf, place), strict=True)


def exact_expression(node: Node, place: Place = ANYWHERE) -> str | None:
    """Return the FTS5 expression on the exact index; None if the query has no diacritics to respect."""
    return _combine(node, lambda leaf: _exact_leaf(leaf, place), strict=False)


def _combine(node: Node, leaf: Callable[[Leaf], str | None], *, strict: bool) -> str | None:
    """Put the leaves' expressions together; a part without one fails the whole (strict), or asks for nothing."""
    if isinstance(node, Text | Key):
        return leaf(node)
    if isinstance(node, Or):
        parts = [_combine(part, leaf, strict=strict) for part in node.parts]
        return None if None in parts else "(" + " OR ".join(part for part in parts if part) + ")"
    if not isinstance(node, And):
        return None
    wanted = [_combine(part, leaf, strict=strict) for part in node.parts if not isinstance(part, Not)]
    unwanted = [_combine(part.part, leaf, strict=strict) for part in node.parts if isinstance(part, Not)]
    if strict and (None in wanted or None in unwanted):
        return None
    found = [part for part in wanted if part]
    if not found:
        return None
    together = "(" + " AND ".join(found) + ")"
    excluded = [part for part in unwanted if part] if strict else []
    return "(" + " NOT ".join([together, *excluded]) + ")" if excluded else together


def _folded_leaf(leaf: Leaf, place: Place) -> str:
    columns = leaf.columns or place
    words = _in(columns, _quoted(fold(leaf.text), prefix=leaf.prefix))
    if isinstance(leaf, Text):
        return words
    key = _in(columns or ("key", "references"), _quoted(leaf.key, prefix=leaf.prefix))
    return key if leaf.columns == ("key",) else f"({key} OR {words})"


def _exact_leaf(leaf: Leaf, place: Place) -> str | None:
    if isinstance(leaf, Key):
        return None
    words = accented_words(leaf.text)
    last = re.findall(r"\w+", same_tones(leaf.text).casefold())[-1:]
    parts = [_quoted(word, prefix=leaf.prefix and [word] == last) for word in words]
    columns = ANYWHERE if leaf.columns else place
    return _in(columns, "(" + " AND ".join(parts) + ")") if parts else None


def _quoted(text: str, *, prefix: bool) -> str:
    return '"' + text.replace('"', " ") + '"' + (" *" if prefix else "")


def _in(columns: Place, expression: str) -> str:
    return f"({{{' '.join(columns)}}} : {expression})" if columns else expression
