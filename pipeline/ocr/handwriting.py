"""Reads numbers written by hand into a printed line: a small network over the whole line, run with NumPy.

The network sees `Số: 183 /KH-LĐLĐ` or `ngày 26 tháng 6 năm 2017` and says digits, `/` and `-` as they
are and every run of letters as one `x`, so it finds the gap by itself: `x183/x-x`, `x26x6x2017`.
`benchmarks/handwriting` makes its weights; `models/README.md` has its figures.
"""

from __future__ import annotations

from dataclasses import replace
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

Floats: TypeAlias = NDArray[np.float32]


def read_line(line: Array, weights: Path | None = None) -> tuple[Reading, ...]:
    """Return what a grey line of `HEIGHT` rows can say, the likeliest first, with places in pixels of the line."""
    height, width = line.shape
    if height != HEIGHT or width < 2 * _COLUMNS:
        raise ValueError(f"expected a line of {HEIGHT} rows and {2 * _COLUMNS} columns or more, found {line.shape}")
    scores = _scores(_ink(line), _load(weights or models.folder() / "handwriting.npz"))
    return tuple(
        replace(reading, columns=tuple(_COLUMNS * (column + 1) for column in reading.columns))
        for reading in readings(scores, _ALPHABET)
    )


@cache
def _load(path: Path) -> tuple[tuple[Floats, Floats], ...]:
    """Return each convolution's weights and biases, in order."""
    with np.load(path) as arrays:
        count = len(arrays.files) // 2
        return tuple(
            (arrays[f"weight{i}"].astype(np.float32), arrays[f"bias{i}"].astype(np.float32)) for i in range(count)
        )


def _ink(line: Array) -> Floats:
    """Return a line with ink 1 and paper 0, whatever the light."""
    dark, paper = np.percentile(line, (1, 80))
    ink = (paper - line.astype(np.float32)) / max(float(paper - dark), 40.0)
    return np.asarray(np.clip(ink, 0, 1.2), dtype=np.float32)


def _scores(ink: Floats, layers: tuple[tuple[Floats, Floats], ...]) -> Floats:
    """Return the probability of each class for every fourth column."""
    x = ink[None]
    at = 0
    for stride in _STRIDES:
        x = _relu(_convolved(x, *layers[at], stride=stride, pad=(1, 1)))
        at += 1
    x = _relu(_convolved(x, *layers[at], pad=(0, 1)))
    for reach in _REACH:
        at += 1
        x = x + _relu(_convolved(x, *layers[at], pad=(0, reach), reach=reach))
    x = _convolved(x, *layers[at + 1])[:, 0].T
    raised = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _relu(x: Floats) -> Floats:
    return np.maximum(x, 0)


def _convolved(
    x: Floats,
    weight: Floats,
    bias: Floats,
    *,
    stride: tuple[int, int] = (1, 1),
    pad: tuple[int, int] = (0, 0),
    reach: int = 1,
) -> Floats:
    """Return a convolution of channels by rows by columns; `reach` spreads the kernel along the columns."""
    rows, columns = weight.shape[2], (weight.shape[3] - 1) * reach + 1
    padded = np.pad(x, ((0, 0), (pad[0], pad[0]), (pad[1], pad[1])))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (rows, columns), axis=(1, 2))
    windows = windows[:, :: stride[0], :: stride[1], :, ::reach]
    return np.asarray(
        np.tensordot(weight, windows, axes=((1, 2, 3), (0, 3, 4))) + bias[:, None, None], dtype=np.float32
    )
