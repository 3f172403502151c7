"""How sure the tables are: the confidence of extraction and that of OCR, which are two things."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.stats.figure import Figure, Say
from pipeline.stats.svg import GRID, PALETTE, SOFT, drawing, hint, tag, words
from pipeline.store.labels import TABLE_LABELS

WIDTH, BINS, LOW = 640, 20, 0.8
KINDS = ("dispatches", "fields", "recipients", "movements", "dates", "references", "directives")


@dataclass(frozen=True, slots=True)
class Spread:
    """How one confidence is spread over the rows of a table: how many in each of twenty equal parts of 0 to 1."""

    counts: tuple[int, ...]
    mean: float | None
    low: int
    none: int


def spread(connection: sqlite3.Connection, table: str, column: str) -> Spread:
    """Return the spread of a column of confidences."""
    sql = f'SELECT min(CAST({column} * {BINS} AS INTEGER), {BINS - 1}), count(*) FROM "{table}" GROUP BY 1'
    found = dict(connection.execute(sql).fetchall())
    mean, low = connection.execute(f'SELECT avg({column}), sum({column} < {LOW}) FROM "{table}"').fetchone()
    return Spread(tuple(found.get(n, 0) for n in range(BINS)), mean, low or 0, found.get(None, 0))


def figure(connection: sqlite3.Connection, say: Say) -> Figure:
    """Return the figure."""
    both = {table: (spread(connection, table, "confidence"), spread(connection, table, "ocr_confidence"))
            for table in KINDS}  # fmt: skip
    rows = tuple(
        (say(TABLE_LABELS[table].vi, TABLE_LABELS[table].en), sum(sure.counts) + sure.none, _round(sure.mean), sure.low,
         _round(ocr.mean), ocr.low, ocr.none)
        for table, (sure, ocr) in both.items()
    )  # fmt: skip
    return Figure(
        "confidence", say("Độ tin cậy của nhận dạng và trích xuất", "Confidence of OCR and of extraction"),
        say("Trích xuất: giá trị như vậy thường đúng đến mức nào. Nhận dạng: máy đọc chữ chắc đến mức nào. "
            "Vạch dọc: 0,8.",
            "Extraction: how often such a value is right. OCR: how sure the words were read. The line is at 0.8."),
        _draw(both, say) if any(row[1] for row in rows) else None,
        (say("Bảng", "Table"), say("Số dòng", "Rows"), say("Trích xuất, TB", "Extraction, mean"),
         say("dưới 0,8", "below 0.8"), say("Nhận dạng, TB", "OCR, mean"), say("dưới 0,8", "below 0.8"),
         say("không qua nhận dạng", "without OCR")),
        rows,
    )  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _draw(both: dict[str, tuple[Spread, Spread]], say: Say) -> str:
    left, wide, line = 150, 225, 50
    parts = []
    titles = (say("Trích xuất", "Extraction"), say("Nhận dạng (OCR)", "OCR"))
    for side in (0, 1):
        x = left + side * (wide + 30)
        bottom = 24 + len(both) * line
        parts.append(words(titles[side], x, 14, weight="bold"))
        parts.append(tag("line", x1=x + wide * LOW, x2=x + wide * LOW, y1=22, y2=bottom, stroke="#b5aea6",
                         stroke_dasharray="3 3"))  # fmt: skip
        for at, mark in ((0, "0"), (0.5, say("0,5", "0.5")), (1, "1")):
            parts.append(words(mark, x + wide * at, bottom + 14, anchor="middle", size=11, fill=SOFT))
        for row, (table, spreads) in enumerate(both.items()):
            parts += _histogram(spreads[side], x, 24 + (row + 1) * line - 8, wide, PALETTE[2 if side else 0])
            if not side:
                label = TABLE_LABELS[table]
                parts.append(
                    words(say(label.vi, label.en), left - 14, 24 + (row + 1) * line - 12, anchor="end", room=left - 16)
                )
    return drawing(WIDTH, 24 + len(both) * line + 22, parts, say("Độ tin cậy", "Confidence"))


def _histogram(spread: Spread, x: float, base: float, wide: float, fill: str) -> list[str]:
    highest = max(spread.counts)
    parts = [tag("line", x1=x, x2=x + wide, y1=base, y2=base, stroke=GRID)]
    for n, count in enumerate(spread.counts):
        if count:
            height = max(1.5, 36 * count / highest)
            parts.append(
                tag("rect", hint(f"{n / BINS:.2f}-{(n + 1) / BINS:.2f}: {count}"), x=x + n * wide / BINS + 0.6,
                    y=base - height, width=wide / BINS - 1.2, height=height, fill=fill)
            )  # fmt: skip
    return parts
