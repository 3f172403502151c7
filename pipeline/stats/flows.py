"""Who sends what to whom: senders on the left, recipients on the right."""

from __future__ import annotations

import sqlite3
from collections import Counter

from pipeline.stats.figure import Figure, Say
from pipeline.stats.names import key, spellings
from pipeline.stats.svg import PALETTE, REST, drawing, hint, label, tag
from pipeline.text.unicode import fold

WIDTH, SENDERS, RECIPIENTS = 640, 10, 16
_AS_ABOVE = frozenset(("nhu tren", "nhu kinh gui", "nhu dieu", "nhu dieu 2", "nhu dieu 3"))
"""What stands under Nơi nhận in place of names that are given above."""

_SQL = """
SELECT d.agency, d.type_name, r.name, count(*) FROM recipients r JOIN dispatches d USING (dispatch_id)
WHERE NOT coalesce(r.archive, 0) AND d.agency IS NOT NULL GROUP BY d.agency, d.type_name, r.name
"""


def figure(connection: sqlite3.Connection, say: Say) -> Figure:
    """Return the figure."""
    rows = [row for row in connection.execute(_SQL).fetchall() if fold(row[2]).strip(" .;:") not in _AS_ABOVE]
    senders = spellings((row[0], row[3]) for row in rows)
    recipients = spellings((row[2], row[3]) for row in rows)
    flows: Counter[tuple[str, str]] = Counter()
    table: Counter[tuple[str, str, str]] = Counter()
    for agency, kind, name, count in rows:
        pair = senders[key(agency)], recipients[key(name)]
        flows[pair] += count
        table[pair[0], kind or "", pair[1]] += count
    ranked = sorted(table.items(), key=lambda item: (-item[1], item[0]))
    return Figure(
        "flows", say("Ai gửi gì cho ai", "Who sends what to whom"),
        say("Độ dày của dải là số lần gửi, giữa các nơi gửi và nơi nhận nhiều nhất; “Như trên” không tính.",
            "The width of a band is the number of times, among the most frequent; “Như trên” is left out."),
        _draw(flows, say),
        (say("Nơi gửi", "Sender"), say("Loại", "Type"), say("Nơi nhận", "Recipient"), say("Số lần", "Times")),
        tuple((sender, kind or None, to, count) for (sender, kind, to), count in ranked[:300]),
    )  # fmt: skip


def _largest(flows: Counter[tuple[str, str]], side: int, limit: int) -> list[str]:
    totals: Counter[str] = Counter()
    for pair, count in flows.items():
        totals[pair[side]] += count
    return sorted(totals, key=lambda name: (-totals[name], name))[:limit]


def _draw(flows: Counter[tuple[str, str]], say: Say) -> str | None:
    senders = _largest(flows, 0, SENDERS)
    among = Counter({pair: count for pair, count in flows.items() if pair[0] in senders})
    recipients = _largest(among, 1, RECIPIENTS)
    kept = {pair: count for pair, count in among.items() if pair[1] in recipients}
    senders = [name for name in senders if any(pair[0] == name for pair in kept)]
    if not kept:
        return None
    gap = 24  # room for a name in two lines
    height = max(260, 34 * max(len(senders), len(recipients)))
    scale = (height - gap * max(len(senders), len(recipients))) / sum(kept.values())
    left, right = 210, WIDTH - 210
    parts, ends = [], _stack([sum(c for p, c in kept.items() if p[1] == name) for name in recipients], scale, height)
    starts = _stack([sum(c for p, c in kept.items() if p[0] == name) for name in senders], scale, height)
    out, into = dict(zip(senders, starts, strict=True)), dict(zip(recipients, ends, strict=True))
    for n, sender in enumerate(senders):
        size = sum(count for pair, count in kept.items() if pair[0] == sender)
        parts.append(tag("rect", x=left - 6, y=out[sender], width=6, height=size * scale, fill=_colour(n)))
        parts.append(label(sender, left - 14, out[sender] + size * scale / 2, anchor="end", room=left - 20))
    for name in recipients:
        size = sum(count for pair, count in kept.items() if pair[1] == name)
        parts.append(tag("rect", x=right, y=into[name], width=6, height=size * scale, fill="#77706a"))
        parts.append(label(name, right + 14, into[name] + size * scale / 2, room=left - 20, size=10.5))
    at, to = dict(out), dict(into)
    for n, sender in enumerate(senders):
        for name in recipients:
            if count := kept.get((sender, name)):
                thick = count * scale
                y0, y1, middle = at[sender] + thick / 2, to[name] + thick / 2, (left + right) / 2
                path = f"M{left},{y0:.1f} C{middle},{y0:.1f} {middle},{y1:.1f} {right},{y1:.1f}"
                parts.append(
                    tag("path", hint(f"{sender} → {name}: {count}"), d=path, fill="none", stroke=_colour(n),
                        stroke_opacity=0.45, stroke_width=max(1.0, thick))
                )  # fmt: skip
                at[sender] += thick
                to[name] += thick
    return drawing(WIDTH, height + 4, parts, say("Ai gửi gì cho ai", "Who sends what to whom"))


def _stack(sizes: list[int], scale: float, height: float) -> list[float]:
    """Return where each of some blocks begins, spread over the whole height."""
    gap = (height - sum(sizes) * scale) / max(1, len(sizes))
    starts, at = [], gap / 2
    for size in sizes:
        starts.append(at)
        at += size * scale + gap
    return starts


def _colour(n: int) -> str:
    return PALETTE[n] if n < len(PALETTE) else REST
