"""What styles say about the reading of a run: its font, whether it shows capitals, whether it is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.read.word.package import attribute, child, children, switch, value

_MAX_CHAIN: Final = 20  # styles may be based on one another in a circle


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of a run that change what is read; None where nothing is said."""

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None

    def over(self, base: Look) -> Look:
        """Return this look with what it leaves open taken from `base`."""
        return Look(
            self.font or base.font,
            base.capitals if self.capitals is None else self.capitals,
            base.hidden if self.hidden is None else self.hidden,
        )


PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything it inherits: its look, and the list that it puts a paragraph into."""

    look: Look = PLAIN
    list_id: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a Word file by their ids."""

    by_id: Mapping[str, Style]
    base: Style = field(default_factory=Style)

    def paragraph(self, name: str | None) -> Style:
        """Return a paragraph's style; the default one where it names none or an unknown one."""
        return self.by_id.get(name or "", self.base)

    def run(self, properties: Element | None, base: Look) -> Look:
        """Return the look of a run from its own properties, its character style and its paragraph's look."""
        style = self.by_id.get(value(properties, "rStyle") or "", Style())
        return look(properties).over(style.look).over(base)


def look(properties: Element | None) -> Look:
    """Return what a `w:rPr` itself says."""
    fonts = child(properties, "rFonts")
    font = attribute(fonts, "hAnsi") or attribute(fonts, "ascii")
    capitals = switch(properties, "caps")
    small = switch(properties, "smallCaps")
    return Look(font, capitals if small is None else bool(capitals or small), switch(properties, "vanish"))


def read_styles(root: Element | None) -> Styles:
    """Read `word/styles.xml`."""
    nodes = {attribute(node, "styleId") or "": node for node in children(root, "style")}
    defaults = look(child(root, "docDefaults", "rPrDefault", "rPr"))
    by_id = {name: _inherit(nodes, name, defaults) for name in nodes}
    normal = next(
        (
            name
            for name, node in nodes.items()
            if attribute(node, "type") == "paragraph" and attribute(node, "default") in {"1", "true", "on"}
        ),
        "",
    )
    return Styles(by_id, by_id.get(normal, Style(defaults)))


def _inherit(nodes: Mapping[str, Element], name: str, defaults: Look) -> Style:
    found, list_id, level = Look(), None, None
    paragraph = attribute(nodes[name], "type") == "paragraph"
    for _ in range(_MAX_CHAIN):
        node = nodes.get(name)
        if node is None:
            break
        found = found.over(look(child(node, "rPr")))
        list_id = list_id or value(node, "pPr", "numPr", "numId")
        level = level or value(node, "pPr", "numPr", "ilvl")
        name = value(node, "basedOn") or ""
    return Style(found.over(defaults) if paragraph else found, list_id, level)
