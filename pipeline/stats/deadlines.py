"""Deadlines on a calendar: twelve months, each day as dark as much falls due."""

from __future__ import annotations

import calendar
import json
import sqlite3
from collections import Counter
from datetime import date

from pipeline.search.keys import whole_number
from pipeline.stats.figure import Figure, Say
from pipeline.stats.svg import INK, PALETTE, SOFT, drawing, hint, short, tag, words

WIDTH, CELL, MONTHS = 640, 19, 12
_SQL = """
SELECT v.deadline, v.assignees, v.text, d.number, d.notation, d.agency
FROM directives v JOIN dispatches d USING (dispatch_id) WHERE v.deadline IS NOT NULL
UNION ALL
SELECT t."start", NULL, t.text, d.number, d.notation, d.agency
FROM dates t JOIN dispatches d USING (dispatch_id) WHERE t.role = 'deadline'
AND NOT EXISTS (SELECT 1 FROM directives v WHERE v.dispatch_id = t.dispatch_id AND v.deadline = t."start")
ORDER BY 1, 4, 5
"""
_SHADES = ("#f1ece4", "#f0cfa4", "#e3a45c", "#c4672f", "#7a1f2b")


def figure(connection: sqlite3.Connection, say: Say, *, today: date) -> Figure:
    """Return the figure: the year from today's month on, or the last one in which anything was due."""
    rows = [row for row in connection.execute(_SQL).fetchall() if len(row[0]) == 10]
    due = Counter(row[0] for row in rows)
    first = _first_month(sorted(due), today)
    ahead = [row for row in rows if row[0] >= today.isoformat()]
    past = [row for row in rows if row[0] < today.isoformat()]
    return Figure(
        "deadlines", say("Hạn phải xong", "Deadlines"),
        say(f"{len(ahead)} việc còn hạn kể từ {today:%d/%m/%Y}, {len(rows)} việc có hạn tất cả.",
            f"{len(ahead)} due from {today:%d/%m/%Y} on, {len(rows)} with a deadline in all."),
        _draw(due, first, today, say) if due else None,
        (say("Hạn", "Due"), say("Giao cho", "For"), say("Việc", "What"), say("Theo văn bản", "By")),
        tuple(
            (row[0], "; ".join(json.loads(row[1] or "[]")) or None, short(row[2] or "", 160),
             " ".join(part for part in (whole_number(row[3], row[4]), row[5]) if part))
            for row in [*ahead, *reversed(past)][:200]
        ),
    )  # fmt: skip


def _first_month(days: list[str], today: date) -> tuple[int, int]:
    """Return the year and month with which the calendar begins: today's, or that of the last busy year before."""
    now = today.year * 12 + today.month - 1
    months = [int(day[:4]) * 12 + int(day[5:7]) - 1 for day in days]
    past = [month for month in months if month < now]
    first = now if not past or any(now <= month < now + MONTHS for month in months) else past[-1] - MONTHS + 1
    return first // 12, first % 12 + 1


def _draw(due: Counter[str], first: tuple[int, int], today: date, say: Say) -> str:
    weekdays = tuple(say("2 3 4 5 6 7 CN", "M T W T F S S").split())
    parts = []
    for n in range(MONTHS):
        month = first[0] * 12 + first[1] - 1 + n
        parts += _month(month // 12, month % 12 + 1, 10 + n % 4 * 158, 8 + n // 4 * 158, due, today, weekdays)
    bottom = 8 + 3 * 158
    parts.append(words(say("số việc:", "due:"), 10, bottom + 10, size=11, fill=SOFT))
    for n, (shade, name) in enumerate(zip(_SHADES, ("0", "1", "2", "3-4", "5+"), strict=True)):
        parts += [tag("rect", x=64 + n * 52, y=bottom, width=13, height=13, rx=2, fill=shade),
                  words(name, 82 + n * 52, bottom + 10, size=11, fill=SOFT)]  # fmt: skip
    return drawing(WIDTH, bottom + 20, parts, say("Lịch các hạn", "Deadlines on a calendar"))


def _month(
    year: int, month: int, left: float, top: float, due: Counter[str], today: date, weekdays: tuple[str, ...]
) -> list[str]:
    parts = [words(f"{month:02}/{year}", left, top + 8, size=11, weight="bold")]
    parts += [
        words(name, left + n * CELL + CELL / 2 - 1, top + 20, anchor="middle", size=7.5, fill=SOFT)
        for n, name in enumerate(weekdays)
    ]
    for week, days in enumerate(calendar.monthcalendar(year, month)):
        for weekday, number in enumerate(days):
            if number:
                day = f"{year:04}-{month:02}-{number:02}"
                count = due[day]
                x, y = left + weekday * CELL, top + 24 + week * CELL
                shade = _SHADES[0 if not count else 1 if count == 1 else 2 if count == 2 else 3 if count < 5 else 4]
                edge = PALETTE[4] if day == today.isoformat() else None
                parts.append(
                    tag("rect", hint(f"{day}: {count}"), x=x, y=y, width=CELL - 2, height=CELL - 2, rx=3, fill=shade,
                        stroke=edge, stroke_width=2 if edge else None)
                )  # fmt: skip
                ink = "#ffffff" if count >= 3 else INK if count else SOFT
                parts.append(words(str(number), x + CELL / 2 - 1, y + 12, anchor="middle", size=9, fill=ink))
    return parts
