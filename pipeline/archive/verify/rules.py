"""The requirements of E-ARK CSIP 2.0.4 on METS.xml, as a table: where each looks, and what must hold there.

`csip.tsv` has them by their numbers. `where` is `package` for the package's METS.xml alone, `any` for those of
representations too: a representation carries neither documentation nor schemas of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from pipeline.archive.package.mets import CSIP, METS
from pipeline.archive.xmlkit import XLINK

NAMESPACES = {"m": METS, "csip": CSIP, "x": XLINK}
FILE = Path(__file__).parent / "csip.tsv"


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement: at every node that `context` finds, `test` must be true."""

    id: str
    level: str
    where: str
    context: etree.XPath
    test: etree.XPath
    vi: str
    en: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the requirements in their order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Rule(row["id"], row["level"], row["where"], _path(row["context"]), _path(f"boolean({row['test']})"),
             row["vi"], row["en"])
        for row in rows
    )  # fmt: skip


def broken(root: etree._Element, *, package: bool) -> Iterator[tuple[Rule, int]]:
    """Yield each requirement that a METS document breaks, with the line of the first node where it does."""
    for rule in rules():
        if rule.where == "package" and not package:
            continue
        bad = [node for node in rule.context(root) if not rule.test(node)]
        if bad:
            yield rule, bad[0].sourceline or 0


def _path(text: str) -> etree.XPath:
    return etree.XPath(text, namespaces=NAMESPACES)
