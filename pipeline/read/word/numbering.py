"""Automatic numbering: the labels that Word draws but does not write, such as `1.`, `a)`, `Điều 1.`.

Labels matter: a task is known by its label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.read.word.package import attribute, child, children, value
from pipeline.read.word.styles import PLAIN, Look, look

_PLACE: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SYMBOLS: Final = {"\uf02d": "-", "\uf02b": "+", "\uf0fc": "✓", "\uf0a7": "▪", "\uf0d8": "➢"}
_BULLET: Final = "•"
_LONGEST: Final = 100  # characters of a label's shape and digits of a number; Word itself allows less


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, and the shape of its label (`%1.%2`)."""

    start: int = 1
    format: str = "decimal"
    shape: str = ""
    legal: bool = False
    restarts: bool = True
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class Listing:
    """A list (`w:num`): the definition it counts in, its levels, and the levels it starts anew."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of all lists of one document, in document order."""

    listings: Mapping[str, Listing]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, depth: int) -> tuple[str, Look] | None:
        """Return the next label of a list at a level, with its look; None where the list is unknown or mute."""
        listing = self.listings.get(list_id)
        level = listing.levels.get(depth) if listing else None
        if listing is None or level is None:
            return None
        counts = self._counts.setdefault(listing.definition, {})
        if (list_id, depth) not in self._begun and depth in listing.starts:
            counts[depth] = listing.starts[depth]
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self._begun.add((list_id, depth))
        for deeper in [d for d in counts if d > depth and listing.levels.get(d, Level()).restarts]:
            del counts[deeper]
        label = _label(level, listing.levels, counts)
        return (label, level.look) if label else None


def read_listings(root: Element | None) -> dict[str, Listing]:
    """Read `word/numbering.xml`: every list by its id."""
    definitions = {
        attribute(node, "abstractNumId") or "": {
            _number(attribute(level, "ilvl"), 0): _level(level) for level in children(node, "lvl")
        }
        for node in children(root, "abstractNum")
    }
    listings: dict[str, Listing] = {}
    for node in children(root, "num"):
        definition = value(node, "abstractNumId") or ""
        levels = dict(definitions.get(definition, {}))
        starts: dict[int, int] = {}
        for override in children(node, "lvlOverride"):
            depth = _number(attribute(override, "ilvl"), 0)
            own = child(override, "lvl")
            if own is not None:
                levels[depth] = _level(own)
            start = value(override, "startOverride")
            if start is not None:
                starts[depth] = _number(start, 1)
        listings[attribute(node, "numId") or ""] = Listing(definition, levels, starts)
    return listings


def _level(node: Element) -> Level:
    return Level(
        start=_number(value(node, "start"), 1),
        format=value(node, "numFmt") or "decimal",
        shape=(value(node, "lvlText") or "")[:_LONGEST],
        legal=child(node, "isLgl") is not None,
        restarts=value(node, "lvlRestart") != "0",
        look=look(child(node, "rPr")),
    )


def _label(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    if level.format == "bullet":
        return "".join(_SYMBOLS.get(char, _BULLET if "\ue000" <= char <= "\uf8ff" else char) for char in level.shape)
    if level.format == "none":
        return _PLACE.sub("", level.shape).strip()

    def place(match: re.Match[str]) -> str:
        depth = int(match.group(1)) - 1
        other = levels.get(depth, Level())
        return number(counts.get(depth, other.start), "decimal" if level.legal else other.format)

    return _PLACE.sub(place, level.shape).strip()


def number(count: int, format: str) -> str:
    """Return a count as a list shows it: `decimal`, `upperRoman`, `lowerLetter` and the like."""
    match format:
        case "decimalZero":
            return f"{count:02d}"
        case "lowerRoman" | "upperRoman":
            roman = _roman(count)
            return roman.upper() if format == "upperRoman" else roman
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 800 else str(count)
            return letters.upper() if format == "upperLetter" else letters
        case "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    letters = ""
    for size, letter in _ROMAN:
        letters += letter * (count // size)
        count %= size
    return letters


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None and len(text) <= _LONGEST else default
    except ValueError:
        return default
