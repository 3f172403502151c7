"""Dispatches over time: by type as stacked bars, by agency as one line of dots each."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from pipeline.stats.figure import Figure, Say
from pipeline.stats.names import key, spellings
from pipeline.stats.svg import GRID, PALETTE, REST, SOFT, drawing, hint, label, tag, ticks, words

WIDTH = 640
KINDS, AGENCIES = 7, 14
MONTHS_UP_TO = 30
"""A catalogue that spans at most so many months is shown month by month."""


def figures(connection: sqlite3.Connection, say: Say) -> tuple[Figure, Figure]:
    """Return the two figures."""
    rows = connection.execute(
        "SELECT issued_on, type_name, agency, count(*) FROM dispatches GROUP BY issued_on, type_name, agency"
    ).fetchall()
    periods, length = periods_of(row[0] for row in rows)
    undated = sum(row[3] for row in rows if not row[0] or len(row[0]) < length)
    note = say(f" {undated} văn bản không rõ thời gian.", f" {undated} dispatches without a date.") if undated else ""
    nameless = say("(không rõ)", "(unknown)")
    by_type: Counter[tuple[str, str]] = Counter()
    by_agency: Counter[tuple[str, str]] = Counter()
    shown = spellings((row[2], row[3]) for row in rows if row[2])
    for issued, kind, agency, count in rows:
        if issued and len(issued) >= length:
            by_type[kind or nameless, issued[:length]] += count
            by_agency[shown[key(agency)] if agency else nameless, issued[:length]] += count
    return (
        Figure(
            "types", say("Văn bản theo thời gian và loại", "Dispatches over time, by type"),
            say("Mỗi cột là một khoảng thời gian.", "Each column is a period.") + note,
            _bars(by_type, periods, say), (say("Loại", "Type"), say("Tổng", "Total"), *_busy(by_type, periods)),
            _table(by_type, periods),
        ),
        Figure(
            "agencies", say("Văn bản theo thời gian và cơ quan", "Dispatches over time, by agency"),
            say("Mỗi chấm lớn theo số văn bản.", "The area of a dot is the number of dispatches.") + note,
            _dots(by_agency, periods, say),
            (say("Cơ quan", "Agency"), say("Tổng", "Total"), *_busy(by_agency, periods)),
            _table(by_agency, periods),
        ),
    )  # fmt: skip


def periods_of(days: Iterable[str | None]) -> tuple[tuple[str, ...], int]:
    """Return every period between the first and last day, and how many characters of a day name one.

    >>> periods_of(["2019-11-02", "2020-01", None])
    (('2019-11', '2019-12', '2020-01'), 7)
    """
    known = [day for day in days if day]
    months = sorted(day[:7] for day in known if len(day) >= 7)
    if months:
        first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (months[0], months[-1]))
        if last - first < MONTHS_UP_TO:
            return tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(first, last + 1)), 7
    years = sorted(int(day[:4]) for day in known)
    return tuple(str(year) for year in range(years[0], years[-1] + 1)) if years else (), 4


def _totals(counts: Counter[tuple[str, str]]) -> list[tuple[str, int]]:
    totals: Counter[str] = Counter()
    for (name, _), count in counts.items():
        totals[name] += count
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))


def _table(counts: Counter[tuple[str, str]], periods: tuple[str, ...]) -> tuple[tuple[str | int | None, ...], ...]:
    busy = _busy(counts, periods)
    return tuple((name, total, *(counts[name, period] or None for period in busy)) for name, total in _totals(counts))


def _busy(counts: Counter[tuple[str, str]], periods: tuple[str, ...]) -> tuple[str, ...]:
    """Return the periods in which there is something, the newest first."""
    some = {period for _, period in counts}
    return tuple(period for period in reversed(periods) if period in some)


def _bars(counts: Counter[tuple[str, str]], periods: tuple[str, ...], say: Say) -> str | None:
    if not counts:
        return None
    names = [name for name, _ in _totals(counts)]
    colour = dict(zip(names, PALETTE[:KINDS], strict=False))
    highest = max(sum(counts[name, period] for name in names) for period in periods)
    marks = ticks(highest)
    left, top, high = 36, 18, 250
    step = (WIDTH - left - 8) / len(periods)

    def y(value: float) -> float:
        return top + high - value * high / marks[-1]

    parts = [tag("line", x1=left, x2=WIDTH, y1=y(mark), y2=y(mark), stroke=GRID) for mark in marks]
    parts += [words(str(mark), left - 6, y(mark) + 4, anchor="end", size=11, fill=SOFT) for mark in marks]
    for n, period in enumerate(periods):
        base = 0
        for name in names:
            if count := counts[name, period]:
                parts.append(
                    tag(
                        "rect", hint(f"{period} · {name}: {count}"), x=left + n * step + step * 0.12, y=y(base + count),
                        width=step * 0.76, height=y(base) - y(base + count) - 0.6, fill=colour.get(name, REST),
                    )
                )  # fmt: skip
                base += count
        if base:
            parts.append(words(str(base), left + (n + 0.5) * step, y(base) - 4, anchor="middle", size=10, fill=SOFT))
    parts += _axis(periods, left, step, top + high + 16)
    keys = [
        *((colour[name], name) for name in colour),
        *([(REST, say("khác", "others"))] if len(names) > KINDS else []),
    ]
    for n, (fill, name) in enumerate(keys):
        x, at = left + n % 4 * 150, top + high + 40 + n // 4 * 20
        parts += [tag("rect", x=x, y=at - 9, width=10, height=10, fill=fill), words(name, x + 15, at, room=130)]
    height = top + high + 40 + (len(keys) + 3) // 4 * 20
    return drawing(WIDTH, height, parts, say("Số văn bản theo thời gian và loại", "Dispatches over time by type"))


def _dots(counts: Counter[tuple[str, str]], periods: tuple[str, ...], say: Say) -> str | None:
    if not counts:
        return None
    totals = _totals(counts)[:AGENCIES]
    left, line = 250, 27
    step = (WIDTH - left - 40) / len(periods)
    highest = max(counts[name, period] for name, _ in totals for period in periods)
    largest = min(11.0, step / 2 + 3)
    parts = []
    for row, (name, total) in enumerate(totals):
        y = 20 + row * line
        parts.append(tag("line", x1=left, x2=WIDTH - 36, y1=y, y2=y, stroke=GRID))
        parts.append(label(name, left - 16, y, anchor="end", room=left - 20, size=10.5))
        parts.append(words(str(total), WIDTH, y + 4, anchor="end", size=11, fill=SOFT))
        for n, period in enumerate(periods):
            if count := counts[name, period]:
                radius = max(2.0, largest * (count / highest) ** 0.5)
                x = left + (n + 0.5) * step
                parts.append(
                    tag("circle", hint(f"{name} · {period}: {count}"), cx=x, cy=y, r=radius, fill=PALETTE[2],
                        fill_opacity=0.8)
                )  # fmt: skip
    bottom = 20 + len(totals) * line
    parts += _axis(periods, left, step, bottom + 6)
    return drawing(WIDTH, bottom + 16, parts, say("Số văn bản theo cơ quan", "Dispatches over time by agency"))


def _axis(periods: tuple[str, ...], left: float, step: float, y: float) -> list[str]:
    """Return the names of the periods, as many as there is room for."""
    every = max(1, -(-len(periods) * 46 // int(step * len(periods) + 1)))
    return [
        words(period, left + (n + 0.5) * step, y, anchor="middle", size=11, fill=SOFT)
        for n, period in enumerate(periods)
        if n % every == 0
    ]
