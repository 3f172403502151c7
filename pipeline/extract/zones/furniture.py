"""What is on the page but not of the dispatch: page numbers, running heads, stamps, signature boxes, specks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.annotations import ZoneKind
from pipeline.extract.zones import evidence
from pipeline.extract.zones.lines import Printed


def label_furniture(lines: Sequence[Printed], kinds: list[ZoneKind | None]) -> None:
    """Write furniture, signature boxes and arrival stamps into `kinds`."""
    running = _running(lines)
    edges = _edges(lines)
    for i, line in enumerate(lines):
        if evidence.digital(line) and (evidence.stamped(line) or _in_box(lines, i)):
            kinds[i] = ZoneKind.DIGITAL
        elif evidence.rule(line) or i in running or (i in edges and evidence.page_number(line)) or _speck(line):
            kinds[i] = ZoneKind.FURNITURE
    _arrival(lines, kinds)


def _edges(lines: Sequence[Printed]) -> set[int]:
    """Return the first and last lines of every page but a first page's first."""
    found: set[int] = set()
    for i, line in enumerate(lines):
        if (i == 0 or lines[i - 1].page != line.page) or (i + 1 == len(lines) or lines[i + 1].page != line.page):
            found.add(i)
    return found


def _running(lines: Sequence[Printed]) -> set[int]:
    """Return lines that stand at the top or bottom of three pages or more in the same words."""
    edges = [i for i in _edges(lines) if lines[i].letters > 3]
    counts = Counter(lines[i].folded for i in edges)
    return {i for i in edges if counts[lines[i].folded] >= 3}


def _in_box(lines: Sequence[Printed], i: int) -> bool:
    near = [*lines[max(0, i - 4) : i], *lines[i + 1 : i + 5]]
    return any(evidence.digital(other) for other in near)


def _speck(line: Printed) -> bool:
    return (
        line.letters <= 2
        and len(line.text) <= 3
        and not any(char.isdigit() for char in line.text)
        and line.confidence is not None
        and line.confidence < 0.6
    )


def _arrival(lines: Sequence[Printed], kinds: list[ZoneKind | None]) -> None:
    """Label an arrival stamp: ĐẾN with Số, Ngày or Chuyển beside it, on the first page."""
    first = [i for i, line in enumerate(lines) if line.page == lines[0].page and line.box is not None][:60]
    marks = [i for i in first if kinds[i] is None and evidence.arrival(lines[i]) and lines[i].letters <= 25]
    for i in marks:
        if any(j != i and abs(j - i) <= 4 for j in marks):
            kinds[i] = ZoneKind.ARRIVAL
