"""One movement under many spellings: which mentions are one, and the id that joins dispatches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.text.match import Entry, Gazetteer
from pipeline.text.names import aligned, alike, compact, key_words, near_equal, slug, words

_KIND_WORDS = re.compile(
    r"(?:(?:cac |mot )?(?:phong trao|cuoc van dong|dot|chuong trinh)\W+)*"
    r"(?:thi dua(?:\W+yeu nuoc)?\W+(?!(?:yeu nuoc|trong|cua|nam|giai doan|tai|chao mung|lap thanh tich|theo)\b))?"
    r"(?=\w+\W+\w+)"
)


@dataclass(frozen=True)
class Registry:
    """The known movements, looked up by name in any spelling."""

    gazetteer: Gazetteer

    def known(self, name: str) -> Entry | None:
        """Return the known movement of that name or alias; slips of OCR are forgiven, other words are not."""
        for form in (name, bare(name)):
            exact = self._by_letters.get(compact(form))
            if exact:
                return exact
        key = key_words(name)
        return next((entry for form, entry in self._by_length.get(len(key), []) if alike(key, form)), None)

    def id(self, name: str) -> str:
        """Return the id of a movement: the gazetteer's, or made of the name itself."""
        entry = self.known(name)
        return entry.id if entry else slug(bare(name)) or slug(name)

    def same(self, one: str, other: str) -> bool:
        """Tell whether two names in one dispatch mean one movement."""
        if near_equal(bare(one), bare(other)):
            return True
        a, b = self.known(one), self.known(other)
        return a is not None and b is not None and a.id == b.id

    @cached_property
    def _by_letters(self) -> dict[str, Entry]:
        return {compact(name): entry for entry in reversed(self.gazetteer.entries) for name in _names(entry)}

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[tuple[str, ...], Entry]]]:
        index: dict[int, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in self.gazetteer.entries:
            for key in map(key_words, _names(entry)):
                index.setdefault(len(key), []).append((key, entry))
        return index


def bare(name: str) -> str:
    """Return a name without the kind words before it: `Phong trào thi đua Ba nhất` is `Ba nhất`.

    Where nothing else names it they stay: `thi đua yêu nước trong công nhân`.
    """
    lead = _KIND_WORDS.match(aligned(name))
    return name[lead.end() :] if lead else name


def count(name: str, texts: Iterable[str]) -> int:
    """Return how often a name stands in folded texts, whatever the signs and spaces between its words."""
    pattern = re.compile(r"\b" + r"[^a-z0-9]+".join(words(name)) + r"\b")
    return sum(len(pattern.findall(text)) for text in texts)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *entry.aliases)
