"""Columns of Arrow from the values of rows, built from buffers.

Arrow's own conversion from Python's values loads pandas first, which would double what an ingest holds at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.store.schema import ColumnType

_NUMBERS = {"integer": (pa.int64(), np.int64), "real": (pa.float64(), np.float64)}


def column(values: Sequence[Any], kind: ColumnType) -> pa.Array:
    """Return the values of a column as an Arrow array; None is null."""
    present = [value is not None for value in values]
    if kind == "list":
        items = [item for value in values if value is not None for item in value]
        buffers = [_bits(present), _offsets(0 if value is None else len(value) for value in values)]
        return pa.Array.from_buffers(pa.list_(pa.string()), len(values), buffers, children=[column(items, "text")])
    if kind == "text":
        data = [b"" if value is None else value.encode() for value in values]
        return pa.Array.from_buffers(
            pa.string(), len(values), [_bits(present), _offsets(map(len, data)), pa.py_buffer(b"".join(data))]
        )
    if kind == "boolean":
        return pa.Array.from_buffers(pa.bool_(), len(values), [_bits(present), _bits([bool(v) for v in values])])
    arrow, number = _NUMBERS[kind]
    plain = np.array([0 if value is None else value for value in values], dtype=number)
    return pa.Array.from_buffers(arrow, len(values), [_bits(present), pa.py_buffer(plain.tobytes())])


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(np.array(flags, dtype=bool), bitorder="little").tobytes())


def _offsets(lengths: Iterable[int]) -> pa.Buffer:
    return pa.py_buffer(np.array([0, *accumulate(lengths)], dtype=np.int32).tobytes())
