"""Vietnamese sentences, words and their parts of speech, with the way back to the text: underthesea, wrapped.

Its models come with the package and nothing is fetched. Loading them takes a third of a second and 90 MiB,
so they are loaded by the first question that needs them, not by importing this file.

    >>> [word.text for word in words("Sở Nội vụ lưu giữ hồ sơ")]
    ['Sở', 'Nội vụ', 'lưu giữ', 'hồ sơ']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Speech = Literal["verb", "noun", "name", "other"]

_SPEECH: dict[str, Speech] = {"V": "verb", "N": "noun", "Nc": "noun", "Nu": "noun", "Np": "name", "Ny": "name"}
"""The tagger's marks; what is not here is a small word, a number or a sign."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a word: `text` is `whole[start:end]` of the text that was asked about."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A word with its part of speech."""

    word: Piece
    speech: Speech


def sentences(text: str) -> tuple[Piece, ...]:
    """Return the sentences of a text; the full stop of an abbreviation (TP., ThS.) or of a number ends none."""
    from underthesea import sent_tokenize

    return _pieces(text, sent_tokenize(text))


def words(text: str) -> tuple[Piece, ...]:
    """Return the words of a text, most of more than one syllable; signs count as words."""
    from underthesea import word_tokenize

    return _pieces(text, word_tokenize(text))


def tagged(text: str) -> tuple[Tagged, ...]:
    """Return the words of a text with their parts of speech.

    The capital with which a sentence begins makes no name of a verb: the text is read with a small one,
    unless its first word is an abbreviation or stands in capitals.
    """
    from underthesea import pos_tag

    small = text[:1].lower()
    plain = small + text[1:] if text[1:2].islower() and len(small) == 1 else text
    found = pos_tag(plain) if plain.strip() else []
    pieces = _pieces(text, (word for word, _ in found))
    return tuple(Tagged(piece, _SPEECH.get(mark, "other")) for piece, (_, mark) in zip(pieces, found, strict=False))


def _pieces(text: str, found: Iterable[str]) -> tuple[Piece, ...]:
    """Find the pieces in the text from which they were cut.

    Letters may have been written anew (`hoà` as `hòa`) and spaces made one, but none is lost or added; where
    that does not hold, what is known to be right is returned: the pieces before it.
    """
    places = [at for at, char in enumerate(text) if not char.isspace()]
    pieces: list[Piece] = []
    used = 0
    for piece in found:
        size = sum(not char.isspace() for char in piece)
        if not size or used + size > len(places):
            break
        start, end = places[used], places[used + size - 1] + 1
        pieces.append(Piece(text[start:end], start, end))
        used += size
    return tuple(pieces)
