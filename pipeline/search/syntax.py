"""What a query means, once parsed: a small tree of frozen nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be found side by side; `columns` empty for anywhere.

    `loose` marks a bare word, which may join its neighbours into a phrase when results are ordered.
    """

    text: str
    prefix: bool = False
    columns: tuple[str, ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A whole document number such as 13/PĐTD-LĐLĐ; `text` as typed, `columns` empty for anywhere."""

    key: str
    text: str
    prefix: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """Issued between two ISO days, both included."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something is due between two ISO days, both included."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class State:
    """In that review state."""

    state: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Has a tag, compared without case and diacritics."""

    tag: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Anything but the part."""

    part: Node


Leaf: TypeAlias = Text | Key
Filter: TypeAlias = Issued | Due | State | Tagged
Node: TypeAlias = "Leaf | Filter | And | Or | Not"
