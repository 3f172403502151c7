"""Reads numbers written by hand into a printed line: a small network over the whole line, run with NumPy.

The network sees `Số: 183 /KH-LĐLĐ` or `ngày 26 tháng 6 năm 2017` and says digits, `/` and `-` as they
are and every run of letters as one `x`, so it finds the gap by itself: `x183/x-x`, `x26x6x2017`.
`benchmarks/handwriting` makes its weights; `models/README.md` has its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline import models
from pipeline.ocr import Array
from pipeline.ocr.beam import LETTERS, Reading, readings

HEIGHT: Final = 56
"""Rows of a line as the network takes it; the baseline lies two thirds down."""
DPI: Final = 140
"""Resolution at which type of 13 points has the size that the network was trained on."""

_ALPHABET: Final = "0123456789/-" + LETTERS  # class 0 is paper
_STRIDES: Final = ((2, 2), (2, 2), (2, 1), (1, 1))  # of the convolutions that look around
_REACH: Final = (1, 2, 4)  # dilations of the convolutions along the line
_COLUMNS: Final = 4  # columns of the picture for each guess
CONTEXT: Final = 43
"""Columns of the picture on either side that have a say in a guess: the sum over all convolutions."""

Floats: TypeAlias = NDArray[np.float32]


def read_line(line: Array, weights: Path | None = None) -> tuple[Reading, ...]:
    """Return what a grey line of `HEIGHT` rows can say, the likeliest first, with places in pixels of the line."""
    (found,) = read_lines((line,), line.shape[1], weights)
    return found


def read_lines(lines: Sequence[Array], columns: int, weights: Path | None = None) -> tuple[tuple[Reading, ...], ...]:
    """Return what each of some grey lines of one shape can say in its first `columns` columns.

    The light is judged by the whole line. Raises ValueError for lines that are too small or differ in shape.
    """
    shapes = {line.shape for line in lines}
    if len(shapes) != 1 or any(rows != HEIGHT or min(wide, columns) < 2 * _COLUMNS for rows, wide in shapes):
        found = ", ".join(map(str, sorted(shapes)))
        raise ValueError(f"expected a line of {HEIGHT} rows and {2 * _COLUMNS} columns or more, found {found}")
    ink = np.stack([_ink(line)[:, :columns] for line in lines])
    layers = _load(weights or models.folder() / "handwriting.npz")
    return tuple(
        tuple(
            replace(reading, columns=tuple(_COLUMNS * (column + 1) for column in reading.columns))
            for reading in readings(scores, _ALPHABET)
        )
        for scores in _scores(ink, layers)
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution: a matrix of outputs by rows by columns by inputs of its kernel, and a bias for each output."""

    matrix: Floats
    bias: Floats
    kernel: tuple[int, int]


@cache
def _load(path: Path) -> tuple[_Layer, ...]:
    """Return the convolutions in order."""
    with np.load(path) as arrays:
        return tuple(_layer(arrays[f"weight{i}"], arrays[f"bias{i}"]) for i in range(len(arrays.files) // 2))


def _layer(weight: NDArray[np.float16], bias: NDArray[np.float16]) -> _Layer:
    """Return a convolution of weights by outputs, inputs, rows and columns."""
    outputs, _, rows, columns = weight.shape
    matrix = weight.transpose(0, 2, 3, 1).reshape(outputs, -1).astype(np.float32)
    return _Layer(matrix, bias.astype(np.float32)[:, None], (rows, columns))


def _ink(line: Array) -> Floats:
    """Return a line with ink 1 and paper 0, whatever the light."""
    levels = np.sort(line, axis=None, kind="stable")  # by radix: several times as fast as np.percentile
    dark, paper = (float(levels[round(share * (levels.size - 1))]) for share in (0.01, 0.8))
    ink = (paper - line.astype(np.float32)) / max(paper - dark, 40.0)
    return np.asarray(np.clip(ink, 0, 1.2), dtype=np.float32)


def _scores(ink: Floats, layers: tuple[_Layer, ...]) -> Floats:
    """Return for each line the probability of each class for every fourth column."""
    x = ink[None]
    at = 0
    for stride in _STRIDES:
        x = _relu(_convolved(x, layers[at], stride=stride, pad=(1, 1)))
        at += 1
    x = _relu(_convolved(x, layers[at], pad=(0, 1)))
    for reach in _REACH:
        at += 1
        x = x + _relu(_convolved(x, layers[at], pad=(0, reach), reach=reach))
    x = _convolved(x, layers[at + 1])[:, :, 0].transpose(1, 2, 0)
    raised = np.exp(x - x.max(axis=2, keepdims=True))
    return np.asarray(raised / raised.sum(axis=2, keepdims=True), dtype=np.float32)


def _relu(x: Floats) -> Floats:
    """Return an array with its negative numbers set to 0, in place."""
    return np.maximum(x, 0, out=x)


def _convolved(
    x: Floats, layer: _Layer, *, stride: tuple[int, int] = (1, 1), pad: tuple[int, int] = (0, 0), reach: int = 1
) -> Floats:
    """Return a convolution of channels by lines by rows by columns; `reach` spreads the kernel along the columns.

    What each place of the kernel lies on is laid side by side, so that all lines take one product of matrices;
    the columns are first sorted by the step that meets them, since runs are copied faster than every second number.
    """
    rows, columns = layer.kernel
    padded = np.pad(x, ((0, 0), (0, 0), (pad[0], pad[0]), (pad[1], pad[1])))
    down, along = stride
    high = padded.shape[2] - rows + 1
    wide = (padded.shape[3] - (columns - 1) * reach - 1) // along + 1
    steps = [np.ascontiguousarray(padded[..., first::along]) for first in range(along)]
    under = np.stack(
        [
            steps[column % along][:, :, row : row + high : down, column // along : column // along + wide]
            for row in range(rows)
            for column in range(0, columns * reach, reach)
        ]
    )
    y = layer.matrix @ under.reshape(layer.matrix.shape[1], -1)
    y += layer.bias
    return y.reshape(-1, *under.shape[2:])
