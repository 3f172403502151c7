"""The pictures of a report: bars with intervals, dots of precision and recall, the reliability diagram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.reliability import Reliability
from pipeline.evaluate.scores import Share
from pipeline.evaluate.words import percent
from pipeline.stats.figure import Say
from pipeline.stats.svg import GRID, INK, PALETTE, SOFT, drawing, hint, tag, words

WIDTH = 500
"""Narrow enough to be read on a telephone, where a picture shrinks to the page."""
SIZE = 13
LEFT, RIGHT, LINE = 136, 74, 30
SPACE_LEFT, SPACE_TOP, SPACE_BELOW = 62, 26, 56


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a bar chart: what it is of, the share, and a second, larger share drawn behind it."""

    name: str
    share: Share
    behind: Share | None = None


@dataclass(frozen=True, slots=True)
class Dots:
    """A line of a dot chart: what it is of, and the values with their colours' numbers."""

    name: str
    values: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where shares stand on the page; it begins at `start`, so that shares near 1 can be told apart."""

    start: float = 0.0

    def __call__(self, share: float) -> float:
        return LEFT + (max(share, self.start) - self.start) / (1 - self.start) * (WIDTH - LEFT - RIGHT)

    @staticmethod
    def from_lowest(lowest: float) -> _Scale:
        """Return the scale that shows the lowest value and wastes the least room."""
        return _Scale(next(start for start in (0.9, 0.8, 0.5, 0.0) if lowest >= start))


def _axis(x: _Scale, bottom: float, title: str) -> Iterable[str]:
    for n in range(5):
        mark = x.start + (1 - x.start) * n / 4
        yield tag("line", x1=x(mark), x2=x(mark), y1=18, y2=bottom, stroke=GRID)
        yield words(_whole(mark), x(mark), bottom + 17, anchor="middle", size=SIZE - 1, fill=SOFT)
    yield words(title, x((1 + x.start) / 2), bottom + 37, anchor="middle", fill=SOFT)


def _whole(share: float) -> str:
    """Return a mark of an axis: 95%, 97.5% without its half."""
    return f"{100 * share:.0f}%" if round(100 * share, 6).is_integer() else ""


def _whisker(x: _Scale, low: float, high: float, y: float) -> str:
    line = tag("line", x1=x(low), x2=x(high), y1=y, y2=y)
    ends = (tag("line", x1=x(at), x2=x(at), y1=y - 4, y2=y + 4) for at in (low, high))
    return tag("g", line, *ends, stroke=INK, stroke_width=1.4)


def bars(rows: Sequence[Bar], label: str, axis: str, say: Say) -> str | None:
    """Return shares as bars with their intervals; None where there are none."""
    if not rows:
        return None
    x, bottom = _Scale(), 22 + LINE * len(rows)
    parts = [*_axis(x, bottom, axis)]
    for n, row in enumerate(rows):
        y, share = 22 + LINE * n, row.share
        told = f"{row.name}: {share.right}/{share.of}, 95%: {percent(share.low, say)}-{percent(share.high, say)}"
        parts.append(words(row.name, LEFT - 10, y + 17, anchor="end", room=LEFT - 12, size=SIZE))
        if row.behind:
            parts.append(_block(x(row.behind.value), y, PALETTE[5]))
        parts.append(tag("g", hint(told), _block(x(share.value), y, PALETTE[2])))
        parts.append(_whisker(x, share.low, share.high, y + 12))
        parts.append(words(percent(share.value, say), WIDTH - 4, y + 17, anchor="end", size=SIZE))
    return drawing(WIDTH, bottom + 42, parts, label)


def _block(to: float, y: float, fill: str) -> str:
    return tag("rect", x=LEFT, y=y + 3, width=max(to - LEFT, 0.5), height=18, fill=fill, rx=2)


def dots(rows: Sequence[Dots], names: Sequence[str], label: str, axis: str, say: Say) -> str | None:
    """Return precision, recall and F1 as dots on a line each, with the interval of the last; None for no lines."""
    if not rows:
        return None
    top = 14
    bottom = 22 + top + LINE * len(rows)
    x = _Scale.from_lowest(min(value for row in rows for value in (*row.values, row.low)))
    colours = (PALETTE[1], PALETTE[4], PALETTE[0])
    parts = [*_axis(x, bottom, axis)]
    for n, (name, colour) in enumerate(zip(names, colours, strict=True)):
        parts.append(tag("circle", cx=LEFT + 8 + 130 * n, cy=9, r=5, fill=colour))
        parts.append(words(name, LEFT + 18 + 130 * n, 13, size=SIZE))
    for n, row in enumerate(rows):
        y = 22 + top + LINE * n
        parts.append(words(row.name, LEFT - 10, y + 17, anchor="end", room=LEFT - 12, size=SIZE))
        parts.append(_whisker(x, row.low, row.high, y + 12))
        for title, value, colour, r in zip(names, row.values, colours, (6.5, 5.5, 4.5), strict=True):
            told = f"{row.name}, {title}: {percent(value, say)}"
            parts.append(tag("circle", hint(told), cx=x(value), cy=y + 12, r=r, fill=colour, stroke="#fffdf9"))
        parts.append(words(f"F1 {percent(row.values[-1], say)}", WIDTH - 2, y + 17, anchor="end", size=SIZE))
    return drawing(WIDTH, bottom + 42, parts, label)


def diagrams(found: Sequence[tuple[str, Reliability]], label: str, say: Say) -> str | None:
    """Return reliability diagrams beside and below each other, two in a row; None where there is nothing to show."""
    shown = [(name, one) for name, one in found if one.bins]
    if not shown:
        return None
    columns = min(len(shown), 2)
    side = (WIDTH - 12) / columns - SPACE_LEFT - 12
    wide, high = side + SPACE_LEFT + 12, side + SPACE_TOP + SPACE_BELOW
    parts = [
        tag(
            "g",
            *_diagram(name, one, side, say),
            transform=f"translate({n % columns * wide:.0f} {n // columns * high:.0f})",
        )
        for n, (name, one) in enumerate(shown)
    ]
    return drawing(WIDTH, -(-len(shown) // columns) * high, parts, label)


def _diagram(name: str, found: Reliability, side: float, say: Say) -> Iterable[str]:
    """Yield said confidence against the share that is right; a dot's area is the number of values."""

    def x(value: float) -> float:
        return SPACE_LEFT + value * side

    def y(value: float) -> float:
        return SPACE_TOP + (1 - value) * side

    yield words(name, x(0.5), 16, anchor="middle", size=SIZE, weight="bold", room=side)
    for n in range(5):
        mark = n / 4
        yield tag("line", x1=x(mark), x2=x(mark), y1=y(0), y2=y(1), stroke=GRID)
        yield tag("line", x1=x(0), x2=x(1), y1=y(mark), y2=y(mark), stroke=GRID)
        yield words(_whole(mark), x(mark), y(0) + 18, anchor="middle", size=SIZE - 1, fill=SOFT)
        yield words(_whole(mark), x(0) - 8, y(mark) + 4, anchor="end", size=SIZE - 1, fill=SOFT)
    yield tag("line", x1=x(0), x2=x(1), y1=y(0), y2=y(1), stroke=SOFT, stroke_dasharray="5 4")
    yield words(say("độ tin cậy đã nêu", "confidence that was said"), x(0.5), y(0) + 38, anchor="middle", fill=SOFT)
    upright = words(say("thực tế đúng", "share that is right"), 0, 0, anchor="middle", fill=SOFT)
    yield tag("g", upright, transform=f"translate(14 {y(0.5):.0f}) rotate(-90)")
    path = " ".join(f"{x(one.said):.1f},{y(one.share):.1f}" for one in found.bins)
    yield tag("polyline", points=path, fill="none", stroke=PALETTE[2], stroke_width=1.5)
    most = max(one.of for one in found.bins)
    for one in found.bins:
        told = f"{percent(one.said, say)} → {percent(one.share, say)} ({one.right}/{one.of})"
        radius = 3.5 + 9 * (one.of / most) ** 0.5
        yield tag("circle", hint(told), cx=x(one.said), cy=y(one.share), r=radius, fill=PALETTE[2],
                  fill_opacity=0.55, stroke=PALETTE[2])  # fmt: skip
