"""What is put on paper by hand and by stamp: figures, signatures, seals, the arrival stamp."""

from __future__ import annotations

import math
import random
from typing import Any, Final

BLUE: Final = (0.08, 0.16, 0.55)
RED: Final = (0.82, 0.1, 0.12)

_FIGURES: Final = {
    "0": "50,100 15,70 15,30 50,0 85,30 85,70 50,100",
    "1": "25,75 55,100 50,0",
    "2": "10,78 35,100 75,92 75,65 10,2 50,8 92,2",
    "3": "15,90 50,100 80,80 42,55 85,30 50,0 10,12",
    "4": "60,100 10,38 92,36 60,55 62,0",
    "5": "85,98 28,100 20,58 60,64 86,32 50,0 10,12",
    "6": "72,100 30,60 14,25 50,0 84,24 50,48 18,30",
    "7": "8,94 90,98 52,50 38,0",
    "8": "50,52 20,76 50,100 80,76 50,52 14,22 50,0 86,22 50,52",
    "9": "80,72 50,50 20,76 50,100 80,78 74,30 50,0",
}
_STAR: Final = tuple(
    (radius * math.sin(math.pi * n / 5), radius * math.cos(math.pi * n / 5)) for n, radius in enumerate((1.0, 0.39) * 5)
)

Canvas = Any  # reportlab's canvas has no types


def figures(canvas: Canvas, x: float, y: float, text: str, *, height: float, rng: random.Random) -> float:
    """Write figures by hand from (x, y), the left end of the line; returns where they end."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*BLUE)
    canvas.setLineWidth(height * 0.09)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    width = height * 0.5
    for figure in text:
        points = [
            (
                x + width * (float(px) + rng.uniform(-6, 6)) / 100 + height * 0.15 * float(py) / 100,
                y + height * (float(py) + rng.uniform(-4, 4)) / 100,
            )
            for px, py in (point.split(",") for point in _FIGURES[figure].split())
        ]
        _curve(canvas, points)
        x += width * rng.uniform(1.15, 1.35)
    canvas.restoreState()
    return x


def signature(canvas: Canvas, x: float, y: float, *, width: float, rng: random.Random) -> None:
    """Scribble a signature around (x, y)."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*BLUE)
    canvas.setLineWidth(1.1)
    points = [
        (x + width * (n / 7 - 0.5) + rng.uniform(-8, 8), y + rng.choice((-1, 1)) * rng.uniform(4, 20)) for n in range(8)
    ]
    points.append((x + width * 0.7, y + rng.uniform(-3, 8)))
    _curve(canvas, points)
    canvas.restoreState()


def seal(canvas: Canvas, x: float, y: float, text: str, *, radius: float = 44) -> None:
    """Stamp a round red seal whose ring carries `text`."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*RED)
    canvas.setFillColorRGB(*RED)
    canvas.setStrokeAlpha(0.75)
    canvas.setFillAlpha(0.75)
    canvas.setLineWidth(1.6)
    canvas.circle(x, y, radius)
    canvas.circle(x, y, radius * 0.62)
    path = canvas.beginPath()
    for n, (dx, dy) in enumerate(_STAR):
        (path.moveTo if n == 0 else path.lineTo)(x + dx * radius * 0.3, y + dy * radius * 0.3)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    ring = f"{text} ★ "
    for n, char in enumerate(ring):
        angle = math.pi - 2 * math.pi * n / len(ring)
        canvas.saveState()
        canvas.translate(x + radius * 0.72 * math.cos(angle), y + radius * 0.72 * math.sin(angle))
        canvas.rotate(math.degrees(angle) - 90)
        canvas.setFont("Serif-Bold", min(8.5, 240 / len(ring)))
        canvas.drawCentredString(0, 0, char)
        canvas.restoreState()
    canvas.restoreState()


def arrival(canvas: Canvas, x: float, y: float, agency: str, number: str, day: str, rng: random.Random) -> None:
    """Stamp an arrival stamp with its top left corner at (x, y); number and day are written by hand."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(rng.uniform(-3, 3))
    canvas.setStrokeColorRGB(*RED)
    canvas.setFillColorRGB(*RED)
    canvas.setLineWidth(1.2)
    canvas.rect(0, -62, 120, 62)
    canvas.line(0, -18, 120, -18)
    canvas.setFont("Serif-Bold", 7)
    canvas.drawCentredString(60, -12, agency[:30])
    for label, line in (("ĐẾN", -30), ("Số: ....................", -44), ("Ngày: ...................", -57)):
        canvas.setFont("Serif-Bold" if label == "ĐẾN" else "Serif", 8.5)
        canvas.drawString(6, line, label)
    figures(canvas, 34, -43, number, height=10, rng=rng)
    left = 40.0
    for part in day.split("/"):
        left = figures(canvas, left, -56, part, height=8, rng=rng) + 5
    canvas.restoreState()


def _curve(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    """Draw a smooth line through points (Catmull-Rom)."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    padded = [points[0], *points, points[-1]]
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.curveTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
    canvas.drawPath(path, stroke=1, fill=0)
