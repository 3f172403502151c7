"""From a Word file's XML to its blocks in document order: paragraphs of runs, and tables of cells.

Inserted text is in, deleted and hidden text is out; a text box follows the paragraph it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.read.word.numbering import Counter
from pipeline.read.word.package import attribute, child, children, local, switch, value
from pipeline.read.word.styles import Look, Style, Styles


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font; `capitals` where it shows as capitals whatever was typed."""

    text: str
    font: str | None = None
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's runs, its automatic label first; line breaks and tabs are in the text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows of cells; a merged cell stands once, where it begins."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | Table

_LEFT_OUT: Final = frozenset(
    {"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "footnoteReference", "endnoteReference", "fldData", "rt"}
)
_DEPTHS: Final = frozenset("012345678")  # levels of a list; Word has nine
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
_SYMBOL_CODES: Final = {0xF02D: "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF0FC: "✓", 0xF0A8: "□", 0xF06F: "□", 0xF0FE: "☒"}


@dataclass(frozen=True, slots=True)
class Builder:
    """Reads the blocks of one document; `counter` goes on counting through it."""

    styles: Styles
    counter: Counter

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks below `parent` in document order."""
        for node in parent:
            match local(node):
                case "p":
                    yield from self._paragraph(node)
                case "tbl":
                    yield Table(tuple(self._rows(node)))
                case "sdt":
                    content = child(node, "sdtContent")
                    if content is not None:
                        yield from self.blocks(content)
                case "AlternateContent":
                    yield from self.blocks(_choice(node))
                case "ins" | "moveTo" | "customXml" | "smartTag":
                    yield from self.blocks(node)
                case _:
                    continue

    def _rows(self, table: Element) -> Iterator[tuple[tuple[Block, ...], ...]]:
        for row in _unwrapped(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is None and not switch(properties, "hidden"):
                yield tuple(
                    tuple(self.blocks(cell)) for cell in _unwrapped(row, "tc") if not _continues(child(cell, "tcPr"))
                )

    def _paragraph(self, node: Element) -> Iterator[Block]:
        properties = child(node, "pPr")
        style = self.styles.paragraph(value(properties, "pStyle"))
        boxes: list[Element] = []
        runs = list(self._runs(node, style.look, boxes))
        if any(run.text.strip() for run in runs):
            label = self._label(properties, style)
            yield Paragraph((*label, *runs))
        else:
            yield Paragraph(tuple(runs))
        for box in boxes:
            yield from self.blocks(box)

    def _label(self, properties: Element | None, style: Style) -> tuple[Run, ...]:
        list_id = value(properties, "numPr", "numId") or style.list_id
        depth = value(properties, "numPr", "ilvl") or style.level or "0"
        if not list_id or list_id == "0" or depth not in _DEPTHS:
            return ()
        found = self.counter.next(list_id, int(depth))
        if found is None:
            return ()
        label, look = found
        look = look.over(style.look)
        return (Run(label, look.font, bool(look.capitals)), Run(" "))

    def _runs(self, node: Element, look: Look, boxes: list[Element]) -> Iterator[Run]:
        """Yield the runs below a node; the contents of text boxes go to `boxes`."""
        for part in node:
            name = local(part)
            if name in _LEFT_OUT:
                continue
            if name == "r":
                own = self.styles.run(child(part, "rPr"), look)
                if not own.hidden:
                    yield from self._runs(part, own, boxes)
            elif name == "t":
                yield Run(part.text or "", look.font, bool(look.capitals))
            elif name in _CHARACTERS:
                yield Run(_CHARACTERS[name], look.font)
            elif name == "sym":
                yield Run(_symbol(part))
            elif name in {"drawing", "pict", "object"}:
                boxes.extend(_boxes(part))
            elif name == "AlternateContent":
                yield from self._runs(_choice(part), look, boxes)
            else:
                yield from self._runs(part, look, boxes)


def _boxes(node: Element) -> Iterator[Element]:
    for part in _choice(node) if local(node) == "AlternateContent" else node:
        if local(part) == "txbxContent":
            yield part
        else:
            yield from _boxes(part)


def _choice(node: Element) -> Element:
    """Return the branch of alternate content that Word itself shows: both hold the same words."""
    for name in ("Choice", "Fallback"):
        found = child(node, name)
        if found is not None:
            return found
    return node


def _unwrapped(node: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells, also those inside content controls."""
    for part in node:
        if local(part) == name:
            yield part
        elif local(part) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _unwrapped(part, name)


def _continues(properties: Element | None) -> bool:
    """Tell a cell that only goes on the merged cell above (or, in old files, to its left)."""
    merges = (*children(properties, "vMerge"), *children(properties, "hMerge"))
    return any(attribute(merge, "val") != "restart" for merge in merges)


def _symbol(node: Element) -> str:
    try:
        code = int(attribute(node, "char") or "", 16)
    except ValueError:
        return ""
    if code in _SYMBOL_CODES:
        return _SYMBOL_CODES[code]
    return chr(code) if 0 < code < 0xD800 or 0xF900 <= code < 0x110000 else ""  # neither private nor half a letter
