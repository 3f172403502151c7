"""What is on the page but not of the dispatch: page numbers, running heads, stamps, signature boxes, specks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from pipeline.annotations import ZoneKind
from pipeline.extract.zones import evidence
from pipeline.extract.zones.lines import Printed

_FOOTNOTE = re.compile(r"^[^\w.]{0,2}\d{1,2}[^\w.)/|]?\s?[A-ZĐÀ-Ỹ]")


def label_furniture(lines: Sequence[Printed], kinds: list[ZoneKind | None]) -> None:
    """Write furniture, signature boxes and arrival stamps into `kinds`."""
    running = _running(lines)
    edges = _edges(lines)
    for i, line in enumerate(lines):
        if evidence.digital(line) and (evidence.stamped(line) or _in_box(lines, i)):
            kinds[i] = ZoneKind.DIGITAL
        elif evidence.rule(line) or i in running or (i in edges and evidence.page_number(line)) or _speck(line):
            kinds[i] = ZoneKind.FURNITURE
    _small_print(lines, kinds)
    _arrival(lines, kinds)
    for page in {line.page for line in lines}:
        _footnotes(lines, [i for i, line in enumerate(lines) if line.page == page and line.box is not None], kinds)


def _footnotes(lines: Sequence[Printed], page: Sequence[int], kinds: list[ZoneKind | None]) -> None:
    """Label footnotes: small print at the foot of a page that begins with a number and fills the measure."""
    if len(page) < 8:
        return
    usual = median(_height(lines[i]) for i in page)
    below = sorted(page, key=lambda i: -_top(lines[i]))
    block: list[int] = []
    for i in below:
        small = _height(lines[i]) < 0.87 * usual and (lines[i].top or 0) > 0.6
        if not small or lines[i].dashed:
            break
        block.append(i)
    starts = [n for n, i in enumerate(block) if _FOOTNOTE.match(lines[i].text) or evidence.page_number(lines[i])]
    wide = any(lines[i].box is not None and (lines[i].right or 0) - (lines[i].left or 0) > 0.6 for i in block)
    if starts and wide:
        for i in block[: max(starts) + 1]:
            kinds[i] = kinds[i] or ZoneKind.FURNITURE


def _top(line: Printed) -> float:
    return line.box.top if line.box else 0.0


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
    """Label an arrival stamp: ĐẾN or Chuyển with Số, Ngày beside it, on the first page, and what touches them."""
    first = [i for i, line in enumerate(lines) if line.page == lines[0].page and line.box is not None][:60]
    core = [i for i in first if kinds[i] is None and evidence.arrival(lines[i])]
    stamp = [i for i in core if any(j != i and _touch(lines[i], lines[j], reach=3.0) for j in core)]
    for i in _grown(lines, stamp, [i for i in first if kinds[i] is None and _small(lines[i])]):
        kinds[i] = ZoneKind.ARRIVAL


def _small_print(lines: Sequence[Printed], kinds: list[ZoneKind | None]) -> None:
    """Label the small print that touches the lines of a digital signature's box."""
    boxes = [line.box.height for line in lines if line.box]
    usual = median(boxes) if boxes else 0.0
    signed = [i for i, kind in enumerate(kinds) if kind is ZoneKind.DIGITAL]
    near = [i for s in signed for i in range(max(0, s - 9), min(len(lines), s + 10))]
    free = sorted({i for i in near if kinds[i] is None and _small(lines[i]) and _height(lines[i]) < 0.8 * usual})
    for i in _grown(lines, signed, free):
        kinds[i] = ZoneKind.DIGITAL


def _grown(lines: Sequence[Printed], stamp: Sequence[int], free: Sequence[int]) -> list[int]:
    """Return the lines of a stamp with those free lines that touch it, and those that touch them."""
    found, left = list(stamp), [i for i in free if i not in stamp]
    while near := [i for i in left if any(_touch(lines[i], lines[j]) for j in found)]:
        found += near
        left = [i for i in left if i not in near]
    return found


def _height(line: Printed) -> float:
    return line.box.height if line.box else 0.0


def _touch(line: Printed, other: Printed, *, reach: float = 1.1) -> bool:
    """Tell whether two lines stand one above the other within some heights of a line, or overlap."""
    if line.box is None or other.box is None:
        return False
    across = line.box.x0 < other.box.x1 and other.box.x0 < line.box.x1
    gap = max(line.box.top, other.box.top) - min(line.box.bottom, other.box.bottom)
    return across and gap < reach * min(line.box.height, other.box.height)


def _small(line: Printed) -> bool:
    """Tell whether a line may belong to a stamp: short, and neither motto nor number, date or subject."""
    short = line.box is not None and line.width is not None and line.box.width < 0.33 * line.width
    fixed = evidence.motto(line) or evidence.place_date(line) or evidence.about(line) or evidence.addressees(line)
    return short and not fixed and not evidence.title(line) and not evidence.agency(line)
