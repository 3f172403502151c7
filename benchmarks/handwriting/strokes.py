"""Handwritten digits as pen strokes: templates of the ways in which Vietnamese clerks write them, varied at random.

A template is a list of strokes, a stroke a list of points that a smooth curve runs through, in a box
that is about 0.6 wide and 1 high with the origin at the top left.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

TEMPLATES: dict[str, list[list[list[tuple[float, float]]]]] = {
    "0": [
        [[(0.32, 0.02), (0.08, 0.3), (0.08, 0.72), (0.28, 1.0), (0.5, 0.72), (0.5, 0.3), (0.34, 0.02)]],
        [[(0.4, 0.05), (0.15, 0.1), (0.03, 0.5), (0.12, 0.92), (0.35, 0.98), (0.55, 0.6), (0.5, 0.15), (0.3, 0.0)]],
        [[(0.2, 0.0), (0.05, 0.4), (0.1, 0.9), (0.35, 1.0), (0.55, 0.6), (0.52, 0.02)]],
    ],
    "1": [
        [[(0.3, 0.0), (0.28, 0.5), (0.25, 1.0)]],
        [[(0.08, 0.32), (0.34, 0.02), (0.34, 0.03), (0.3, 1.0)]],
        [[(0.02, 0.45), (0.36, 0.0), (0.36, 0.01), (0.26, 1.0)]],
        [[(0.08, 0.25), (0.34, 0.02), (0.34, 0.03), (0.32, 1.0)], [(0.08, 1.0), (0.56, 0.98)]],
    ],
    "2": [
        [[(0.05, 0.25), (0.22, 0.02), (0.46, 0.1), (0.46, 0.35), (0.25, 0.7), (0.03, 1.0), (0.04, 1.0), (0.58, 0.97)]],
        [[(0.08, 0.22), (0.28, 0.0), (0.5, 0.2), (0.35, 0.6), (0.1, 0.95), (0.02, 0.85), (0.14, 0.8), (0.35, 0.97),
          (0.6, 0.9)]],
        [[(0.05, 0.1), (0.3, 0.0), (0.5, 0.15), (0.42, 0.45), (0.05, 0.98), (0.06, 0.98), (0.3, 0.93), (0.55, 1.0)]],
        [[(0.0, 0.35), (0.15, 0.05), (0.4, 0.0), (0.45, 0.3), (0.2, 0.8), (0.0, 1.0), (0.1, 0.82), (0.3, 0.95),
          (0.65, 1.0)]],
    ],
    "3": [
        [[(0.05, 0.12), (0.28, 0.0), (0.48, 0.2), (0.22, 0.46), (0.24, 0.46), (0.52, 0.7), (0.3, 1.0), (0.02, 0.88)]],
        [[(0.05, 0.03), (0.5, 0.02), (0.49, 0.03), (0.22, 0.4), (0.23, 0.4), (0.52, 0.66), (0.3, 1.0), (0.0, 0.9)]],
        [[(0.02, 0.2), (0.3, 0.0), (0.45, 0.25), (0.15, 0.48), (0.5, 0.62), (0.42, 0.98), (0.0, 1.08)]],
    ],
    "4": [
        [[(0.25, 0.0), (0.04, 0.62), (0.05, 0.62), (0.6, 0.6)], [(0.44, 0.3), (0.38, 1.0)]],
        [[(0.42, 0.0), (0.03, 0.66), (0.04, 0.66), (0.62, 0.64)], [(0.43, 0.02), (0.4, 1.0)]],
        [[(0.15, 0.0), (0.05, 0.5), (0.06, 0.52), (0.55, 0.5)], [(0.5, 0.0), (0.4, 1.05)]],
        [[(0.45, 0.35), (0.4, 1.05)], [(0.2, 0.05), (0.02, 0.68), (0.03, 0.68), (0.65, 0.55)]],
    ],
    "5": [
        [[(0.14, 0.02), (0.1, 0.45), (0.11, 0.45), (0.34, 0.38), (0.52, 0.68), (0.3, 1.0), (0.0, 0.9)],
         [(0.14, 0.02), (0.56, 0.0)]],
        [[(0.55, 0.0), (0.15, 0.03), (0.14, 0.04), (0.08, 0.42), (0.09, 0.42), (0.35, 0.38), (0.5, 0.7), (0.28, 1.0),
          (0.0, 0.92)]],
        [[(0.2, 0.1), (0.08, 0.45), (0.4, 0.5), (0.45, 0.85), (0.1, 1.05)], [(0.2, 0.08), (0.65, -0.03)]],
    ],
    "6": [
        [[(0.42, 0.0), (0.14, 0.38), (0.05, 0.8), (0.26, 1.0), (0.48, 0.8), (0.34, 0.56), (0.08, 0.72)]],
        [[(0.3, 0.0), (0.06, 0.5), (0.12, 0.95), (0.4, 0.96), (0.46, 0.68), (0.25, 0.56), (0.08, 0.75)]],
        [[(0.5, 0.05), (0.2, 0.25), (0.03, 0.7), (0.2, 1.0), (0.5, 0.85), (0.4, 0.55), (0.15, 0.6), (0.05, 0.8)]],
    ],
    "7": [
        [[(0.04, 0.06), (0.55, 0.02), (0.54, 0.04), (0.3, 0.5), (0.2, 1.0)]],
        [[(0.04, 0.06), (0.55, 0.02), (0.54, 0.04), (0.32, 0.5), (0.24, 1.0)], [(0.12, 0.52), (0.54, 0.48)]],
        [[(0.05, 0.2), (0.07, 0.04), (0.08, 0.04), (0.55, 0.03), (0.54, 0.05), (0.3, 0.55), (0.22, 1.02)],
         [(0.1, 0.56), (0.58, 0.5)]],
        [[(0.02, 0.22), (0.1, 0.05), (0.3, 0.1), (0.54, 0.0), (0.35, 0.5), (0.28, 1.0)]],
    ],
    "8": [
        [[(0.48, 0.14), (0.26, 0.0), (0.08, 0.2), (0.28, 0.46), (0.52, 0.76), (0.28, 1.0), (0.05, 0.78), (0.28, 0.48),
          (0.48, 0.2), (0.44, 0.08)]],
        [[(0.28, 0.46), (0.08, 0.22), (0.28, 0.0), (0.48, 0.22), (0.28, 0.46), (0.04, 0.75), (0.28, 1.0), (0.54, 0.75),
          (0.3, 0.46)]],
        [[(0.5, 0.05), (0.2, 0.05), (0.12, 0.3), (0.45, 0.65), (0.35, 1.0), (0.08, 0.9), (0.2, 0.55), (0.55, 0.08)]],
    ],
    "9": [
        [[(0.48, 0.2), (0.26, 0.0), (0.05, 0.22), (0.2, 0.48), (0.46, 0.3), (0.5, 0.12), (0.48, 0.5), (0.4, 1.0)]],
        [[(0.46, 0.12), (0.2, 0.02), (0.06, 0.28), (0.25, 0.48), (0.48, 0.25), (0.48, 0.12), (0.5, 0.8), (0.28, 1.05),
          (0.02, 0.92)]],
        [[(0.45, 0.1), (0.15, 0.05), (0.08, 0.4), (0.35, 0.45), (0.5, 0.05), (0.48, 0.1), (0.42, 0.7), (0.25, 1.1)]],
    ],
}  # fmt: skip


def curve(points: Points, steps: int = 12) -> Points:
    """Return a smooth curve through points (Catmull-Rom); two points that nearly meet make a corner."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*pieces, points[-1:]])


@dataclass(frozen=True)
class Mark:
    """Ink (0 to 255), the row of its baseline, and the columns that each character takes."""

    ink: NDArray[np.uint8]
    baseline: float
    extents: tuple[tuple[float, float], ...]


def write(digits: str, height: float, rng: np.random.Generator) -> Mark:
    """Write a string of digits by one hand."""
    slant = rng.uniform(-0.1, 0.45)
    jitter = rng.uniform(0.01, 0.045)
    wide = rng.uniform(0.75, 1.25)
    gap = rng.uniform(-0.05, 0.25)
    width = rng.uniform(0.045, 0.12) * height
    favourite = {digit: int(rng.integers(len(forms))) for digit, forms in TEMPLATES.items()}
    scale, margin = 4, 8.0
    strokes: list[Points] = []
    owners: list[int] = []
    x = 0.0
    for index, digit in enumerate(digits):
        form = TEMPLATES[digit][favourite[digit] if rng.random() < 0.85 else int(rng.integers(len(TEMPLATES[digit])))]
        size, lift = rng.normal(1, 0.06), rng.normal(0, 0.03)
        turn = rng.normal(0, 0.05)
        right = 0.0
        for stroke in form:
            points = np.array(stroke) + rng.normal(0, jitter, (len(stroke), 2))
            line = curve(points)
            line = np.column_stack([line[:, 0] * wide, line[:, 1]]) * size
            line = line @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
            right = max(right, float(line[:, 0].max()))
            owners.append(index)
            strokes.append(np.column_stack([line[:, 0] + x + (1 - line[:, 1]) * slant, line[:, 1] + lift]))
        x += right + gap + rng.normal(0, 0.03)
    everything = np.vstack(strokes) * height
    low = everything.min(axis=0) - margin
    cols, rows = np.ceil(everything.max(axis=0) - low + margin).astype(int)
    ink = np.zeros((rows * scale, cols * scale), np.uint8)
    for line in strokes:
        path = ((line * height - low) * scale).round().astype(np.int32)
        pressure = width * scale * (1 + 0.25 * np.sin(np.linspace(0, rng.uniform(2, 6), len(path)) + rng.uniform(0, 6)))
        for a, b, thick in zip(path, path[1:], pressure, strict=False):
            cv2.line(ink, tuple(map(int, a)), tuple(map(int, b)), 255, max(1, round(thick)), cv2.LINE_AA)
    small = cv2.resize(ink, (cols, rows), interpolation=cv2.INTER_AREA)
    extents = []
    for index in range(len(digits)):
        own = np.concatenate([line[:, 0] for line, owner in zip(strokes, owners, strict=True) if owner == index])
        extents.append((float(own.min() * height - low[0]), float(own.max() * height - low[0])))
    return Mark(small.astype(np.uint8), float(height - low[1]), tuple(extents))
