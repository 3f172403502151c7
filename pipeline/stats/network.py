"""The network of references: which documents the dispatches rest on, carry out, mention."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.search.keys import key_of, whole_number
from pipeline.stats.figure import Figure, Say
from pipeline.stats.svg import PALETTE, SOFT, drawing, fit, hint, label, tag, width_of, words, wrap
from pipeline.text.unicode import fold

WIDTH, HEIGHT, TARGETS, NODES = 640, 560, 22, 70
ROOM, SIZE = 125, 10
"""How wide a name may be, and how large its letters are."""

Place: TypeAlias = "npt.NDArray[np.float64]"
RELATIONS = {
    "basis": ("căn cứ", "rests on", PALETTE[4]),
    "carries_out": ("thực hiện", "carries out", PALETTE[2]),
    "amends": ("sửa đổi", "amends", PALETTE[1]),
    "replaces": ("thay thế", "replaces", PALETTE[0]),
    "replies_to": ("trả lời", "replies to", PALETTE[6]),
    "mentions": ("nhắc đến", "mentions", "#b5aea6"),
}
_SQL = """
SELECT r.dispatch_id, r.relation, r.target_dispatch_id, r.type_name, r.number, r.notation, r.title, r.text,
       d.number AS own_number, d.notation AS own_notation, d.agency, d.type_name AS own_type
FROM "references" r JOIN dispatches d USING (dispatch_id) ORDER BY r.dispatch_id, r.ordinal
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference: from a dispatch to a document, each by its key."""

    source: str
    target: str
    relation: str


def links(connection: sqlite3.Connection) -> tuple[list[Link], dict[str, str]]:
    """Return all references, and a label for each document that takes part."""
    found: dict[Link, None] = {}
    labels: dict[str, str] = {}
    for row in connection.execute(_SQL):
        number = whole_number(row["number"], row["notation"])
        own = whole_number(row["own_number"], row["own_notation"])
        name = " ".join(part for part in (row["type_name"], number) if part) if number else row["title"] or row["text"]
        target = row["target_dispatch_id"] or key_of(row["number"], row["notation"]) or fold(name or "")
        if not target or target == row["dispatch_id"]:
            continue
        labels[row["dispatch_id"]] = " ".join(part for part in (row["own_type"], own, row["agency"]) if part)
        labels.setdefault(target, name)
        found[Link(row["dispatch_id"], target, row["relation"])] = None
    return list(found), labels


def figure(connection: sqlite3.Connection, say: Say) -> Figure:
    """Return the figure."""
    found, labels = links(connection)
    cited: dict[str, Counter[str]] = {}
    for link in found:
        cited.setdefault(link.target, Counter())[link.relation] += 1
    ranked = sorted(cited, key=lambda target: (-cited[target].total(), labels[target]))
    shown = [relation for relation in RELATIONS if any(relation in counts for counts in cited.values())]
    return Figure(
        "references", say("Mạng lưới viện dẫn", "The network of references"),
        say(f"{TARGETS} văn bản được viện dẫn nhiều nhất (vòng tròn mang số thứ tự trong bảng)"
            " và những văn bản viện dẫn chúng (chấm).",
            f"The {TARGETS} documents most referred to (rings, numbered as in the table)"
            " and the dispatches that refer to them (dots)."),
        _draw(found, labels, ranked[:TARGETS], say),
        ("№", say("Văn bản", "Document"), say("Tổng", "Total"), *(say(*RELATIONS[name][:2]) for name in shown)),
        tuple(
            (rank, labels[target], cited[target].total(), *(cited[target][name] or None for name in shown))
            for rank, target in enumerate(ranked[:200], 1)
        ),
    )  # fmt: skip


def _draw(found: list[Link], labels: dict[str, str], targets: list[str], say: Say) -> str | None:
    chosen = set(targets)
    kept = [link for link in found if link.target in chosen]
    if not kept:
        return None
    weight = Counter(link.source for link in kept if link.source not in chosen)
    sources = sorted(weight, key=lambda source: (-weight[source], source))[: NODES - len(targets)]
    nodes = [*targets, *sources]
    index = {node: n for n, node in enumerate(nodes)}
    kept = [link for link in kept if link.source in index]
    places = layout(len(nodes), [(index[link.source], index[link.target]) for link in kept])
    degree = Counter(link.target for link in kept)
    parts = [
        tag("line", hint(f"{labels[link.source]} → {labels[link.target]}: {say(*RELATIONS[link.relation][:2])}"),
            x1=float(places[index[link.source], 0]), y1=float(places[index[link.source], 1]),
            x2=float(places[index[link.target], 0]), y2=float(places[index[link.target], 1]),
            stroke=RELATIONS[link.relation][2], stroke_opacity=0.55, stroke_width=1.2)
        for link in kept
    ]  # fmt: skip
    parts += [_dot(labels[node], places[index[node]]) for node in sources]
    parts += [_ring(labels[node], places[index[node]], degree[node], n) for n, node in enumerate(targets, 1)]
    sizes = [_radius(degree[node]) if node in chosen else 3.2 for node in nodes]
    parts += _names([labels[node] for node in targets], places, sizes)
    used = [relation for relation in RELATIONS if any(link.relation == relation for link in kept)]
    for n, relation in enumerate(used):
        x = 10 + n * 105
        parts += [tag("line", x1=x, x2=x + 16, y1=HEIGHT - 8, y2=HEIGHT - 8, stroke=RELATIONS[relation][2],
                      stroke_width=3), words(say(*RELATIONS[relation][:2]), x + 22, HEIGHT - 4, size=11)]  # fmt: skip
    return drawing(WIDTH, HEIGHT, parts, say("Mạng lưới viện dẫn", "The network of references"))


def _dot(label: str, place: Place) -> str:
    return tag("circle", hint(label), cx=float(place[0]), cy=float(place[1]), r=3.2, fill=SOFT)


def _ring(name: str, place: Place, degree: int, number: int) -> str:
    """Return a document referred to, with its number in the table."""
    x, y = float(place[0]), float(place[1])
    ring = tag("circle", cx=x, cy=y, r=_radius(degree), fill="#fffdf9", stroke=PALETTE[0], stroke_width=2)
    inside = words(str(number), x, y + 3, anchor="middle", size=8.5, fill=PALETTE[0], weight="bold")
    return tag("g", hint(f"{number}. {name} ({degree})"), ring, inside)


def _radius(degree: int) -> float:
    return 6.5 + 1.7 * math.sqrt(degree)


def _names(names: list[str], places: npt.NDArray[np.float64], sizes: list[float]) -> list[str]:
    """Return the names of the first nodes, where there is room; one that would lie on another has its number only."""
    taken = [
        (float(x) - size, float(y) - size, float(x) + size, float(y) + size)
        for (x, y), size in zip(places, sizes, strict=True)
    ]
    parts = []
    for name, place, size in zip(names, places, sizes, strict=False):
        lines = [fit(line, ROOM, SIZE) for line in wrap(name, ROOM, SIZE, 2)]
        x, y, away = float(place[0]), float(place[1]), size + 3
        wide, tall = max(width_of(line, SIZE) for line in lines), len(lines) * SIZE * 1.12
        up = away + tall / 2
        for left, middle in ((x + away, y), (x - away - wide, y), (x - wide / 2, y + up), (x - wide / 2, y - up)):
            box = (left, middle - tall / 2, left + wide, middle + tall / 2)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT - 20
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                parts.append(label(name, left, middle, room=ROOM, size=SIZE))
                break
    return parts


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def layout(count: int, edges: list[tuple[int, int]], *, rounds: int = 250) -> npt.NDArray[np.float64]:
    """Return places for nodes that push each other off and are pulled by their links (Fruchterman and Reingold).

    It starts from a sunflower and draws no lots, so that the same references always look the same.
    """
    order = np.arange(count)
    angle, radius = order * 2.399963, np.sqrt((order + 0.5) / count)
    at = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    ideal = 1.35 / math.sqrt(count)
    ends = np.array(edges)
    for turn in range(rounds):
        apart = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        move = (apart / far[..., None] ** 2 * ideal**2).sum(axis=1) - at * 1.1 * ideal
        pull = at[ends[:, 0]] - at[ends[:, 1]]
        pull *= np.linalg.norm(pull, axis=1, keepdims=True) / ideal
        np.add.at(move, ends[:, 0], -pull)
        np.add.at(move, ends[:, 1], pull)
        size = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        at = at + move / size * np.minimum(size, 0.12 * (1 - turn / rounds))
    at = np.sign(at) * np.abs(at) ** 0.75  # what stands alone is drawn in
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH - 90, HEIGHT - 70])
    spread: npt.NDArray[np.float64] = np.array([45, 22]) + (at - low) / np.maximum(high - low, 1e-9) * room
    return spread
