"""The life lines of movements: when each ran, was launched, carried out, mentioned."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from pipeline.search.days import issue_days
from pipeline.search.keys import whole_number
from pipeline.stats.figure import Figure, Say
from pipeline.stats.names import commonest
from pipeline.stats.svg import GRID, INK, PALETTE, SOFT, drawing, hint, label, tag, words

WIDTH, SHOWN = 640, 24
_SQL = """
SELECT m.movement_id, m.name, m.launched, m.launched_by, m.period_start, m.period_end, d.issued_on,
       d.agency, d.number, d.notation,
       EXISTS (SELECT 1 FROM directives v WHERE v.dispatch_id = m.dispatch_id AND v.movement_id = m.movement_id)
       OR EXISTS (SELECT 1 FROM "references" r JOIN movements l ON l.dispatch_id = r.target_dispatch_id
                  WHERE r.dispatch_id = m.dispatch_id AND r.relation = 'carries_out'
                    AND l.movement_id = m.movement_id AND l.launched) AS carried
FROM movements m JOIN dispatches d USING (dispatch_id) ORDER BY m.movement_id, d.issued_on, d.dispatch_id
"""


@dataclass(frozen=True, slots=True)
class Life:
    """What the catalogue knows of a movement; each event is its kind, its day and the dispatch's number."""

    name: str
    launched_by: str | None
    start: str | None
    end: str | None
    events: tuple[tuple[str, str | None, str], ...]

    @property
    def dated(self) -> bool:
        """Whether there is anything to draw on a line of time."""
        return bool(self.start and self.end) or any(event[1] for event in self.events)

    def count(self, kind: str) -> int:
        """Return the number of events of a kind: launched, carried_out or mentioned."""
        return sum(event[0] == kind for event in self.events)


def lives(connection: sqlite3.Connection) -> list[Life]:
    """Return the movements, those that were launched first, then those of most dispatches."""
    grouped: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute(_SQL):
        grouped.setdefault(row["movement_id"] or row["name"], []).append(row)
    found = []
    for rows in grouped.values():
        starts, ends = ([row[name] for row in rows if row[name]] for name in ("period_start", "period_end"))
        launched_by = [row["launched_by"] or row["agency"] for row in rows if row["launched"]]
        name = commonest(Counter(row["name"] for row in rows))
        events = tuple((_kind(row), row["issued_on"], _number(row)) for row in rows)
        found.append(
            Life(name, next((by for by in launched_by if by), None), min(starts, default=None), max(ends, default=None),
                 events)
        )  # fmt: skip
    return sorted(found, key=lambda life: (not life.count("launched"), -len(life.events), life.name))


def _kind(row: sqlite3.Row) -> str:
    return "launched" if row["launched"] else "carried_out" if row["carried"] else "mentioned"


def _number(row: sqlite3.Row) -> str:
    number = whole_number(row["number"], row["notation"])
    return " ".join(part for part in (number, row["agency"]) if part)


def figure(connection: sqlite3.Connection, say: Say) -> Figure:
    """Return the figure."""
    found = lives(connection)
    return Figure(
        "movements", say("Đường đời các phong trào", "Life lines of movements"),
        say("Đứng trước là phong trào được phát động trong các văn bản này, rồi đến phong trào được nhắc nhiều nhất.",
            "Those that these dispatches launched come first, then those of which most dispatches speak."),
        _draw([life for life in found if life.dated][:SHOWN], say),
        (say("Phong trào", "Movement"), say("Phát động", "Launched"), say("Thực hiện", "Carried out"),
         say("Nhắc đến", "Mentioned"), say("Từ", "From"), say("Đến", "To"), say("Nơi phát động", "Launched by")),
        tuple(
            (life.name, life.count("launched") or None, life.count("carried_out") or None,
             life.count("mentioned") or None, life.start, life.end, life.launched_by)
            for life in found
        ),
    )  # fmt: skip


def _position(day: str) -> float:
    """Return a day as a year with a fraction."""
    first, _ = issue_days(day)
    return int(first[:4]) + (int(first[5:7]) - 1) / 12 + (int(first[8:10]) - 1) / 366


def _draw(found: list[Life], say: Say) -> str | None:
    days = [day for life in found for day in (life.start, life.end, *(event[1] for event in life.events)) if day]
    if not days:
        return None
    first, last = int(min(map(_position, days))), int(max(map(_position, days))) + 1
    left, line = 260, 27
    scale = (WIDTH - left - 14) / (last - first)

    def x(day: str) -> float:
        return left + (_position(day) - first) * scale

    bottom = 26 + len(found) * line
    every = max(1, round((last - first) / 9))
    parts = []
    for year in range(first, last + 1, every):
        at = left + (year - first) * scale
        parts += [tag("line", x1=at, x2=at, y1=18, y2=bottom - 6, stroke=GRID),
                  words(str(year), at, 12, anchor="middle", size=11, fill=SOFT)]  # fmt: skip
    for row, life in enumerate(found):
        y = 32 + row * line
        parts.append(label(life.name, left - 16, y, anchor="end", room=left - 20, size=10.5))
        if life.start and life.end:
            parts.append(
                tag("rect", hint(f"{life.start} – {life.end}"), x=x(life.start), y=y - 4,
                    width=max(3.0, x(life.end) - x(life.start)), height=8, rx=4, fill=PALETTE[1], fill_opacity=0.35)
            )  # fmt: skip
        order = ("mentioned", "carried_out", "launched")
        for kind, day, number in sorted(life.events, key=lambda event: order.index(event[0])):
            if day:
                parts.append(_mark(kind, x(day), y, f"{day} · {number}"))
    parts += _key(bottom + 10, say)
    return drawing(WIDTH, bottom + 22, parts, say("Đường đời các phong trào", "Life lines of movements"))


def _key(y: float, say: Say) -> list[str]:
    """Return what the marks mean, on one line."""
    names = (("launched", say("phát động", "launched")), ("carried_out", say("tổ chức thực hiện", "carried out")),
             ("mentioned", say("nhắc đến", "mentioned")))  # fmt: skip
    parts = [tag("rect", x=20, y=y - 4, width=26, height=8, rx=4, fill=PALETTE[1], fill_opacity=0.35),
             words(say("thời gian ghi trong văn bản", "the period that is stated"), 52, y + 4, size=11)]  # fmt: skip
    for n, (kind, name) in enumerate(names):
        parts += [_mark(kind, 262 + n * 130, y, name), words(name, 275 + n * 130, y + 4, size=11)]
    return parts


def _mark(kind: str, x: float, y: float, text: str) -> str:
    if kind == "launched":
        points = f"{x:.1f},{y - 7:.1f} {x + 7:.1f},{y:.1f} {x:.1f},{y + 7:.1f} {x - 7:.1f},{y:.1f}"
        return tag("polygon", hint(text), points=points, fill=PALETTE[0])
    if kind == "carried_out":
        return tag("circle", hint(text), cx=x, cy=y, r=4.5, fill=PALETTE[2])
    return tag("circle", hint(text), cx=x, cy=y, r=3.6, fill="#fffdf9", stroke=INK, stroke_width=1.1)
