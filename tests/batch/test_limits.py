"""What a worker may keep: freed memory goes back to the kernel between documents."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import pytest

from pipeline.batch.limits import give_back_memory

LIBRARY = ctypes.CDLL(None)
PIECES, SIZE = 1000, 64 << 10  # below the size from which the C library asks the kernel for each piece alone


def resident() -> int:
    """Return the bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not hasattr(LIBRARY, "malloc_trim"), reason="only the GNU C library keeps what is freed so")
def test_freed_memory_goes_back_though_a_piece_above_it_is_in_use() -> None:
    LIBRARY.malloc.restype = ctypes.c_void_p
    LIBRARY.malloc.argtypes = (ctypes.c_size_t,)
    LIBRARY.free.argtypes = (ctypes.c_void_p,)
    pieces = [LIBRARY.malloc(SIZE) for _ in range(PIECES)]
    for piece in pieces:
        ctypes.memset(piece, 1, SIZE)
    for piece in pieces[:-1]:
        LIBRARY.free(piece)
    before = resident()
    give_back_memory()
    freed = before - resident()
    LIBRARY.free(pieces[-1])
    assert freed > 0.5 * PIECES * SIZE
