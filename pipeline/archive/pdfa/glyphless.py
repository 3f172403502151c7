"""A TrueType font without ink, made from nothing: its one glyph is empty and half as wide as the font is high.

PDF/A asks for the font of every text; text that is never drawn needs no more of one than this.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache

UNITS, WIDTH = 1000, 500
ASCENT, DESCENT = 800, -200
_EPOCH = 0  # the font's age is nobody's concern, and must not change its bytes


@cache
def font() -> bytes:
    """Return the font file: two glyphs without outlines, .notdef and the one that stands for every character."""
    return _file({
        b"OS/2": _os2(),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + _no_characters(),
        b"glyf": b"\0\0",
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS, _EPOCH, _EPOCH,
            0, DESCENT, WIDTH, ASCENT, 0, 8, 2, 0, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, ASCENT, DESCENT, 0, WIDTH, 0, 0, 0, 1, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", WIDTH, 0, WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, *(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    })  # fmt: skip


def _no_characters() -> bytes:
    """Return a character map (format 4) without a character: PDF leads to the glyph by its own table."""
    return struct.pack(">HHHHHHHHHHhH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)


def _os2() -> bytes:
    """Return the table of version 3 with free embedding."""
    return (
        struct.pack(">HhHHH", 3, WIDTH, 400, 5, 0)
        + struct.pack(">10hh", 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
        + bytes(10)  # panose
        + struct.pack(">4I4sHHH", 0, 0, 0, 0, b"cvan", 0x40, 0xFFFF, 0xFFFF)
        + struct.pack(">hhhHH", ASCENT, DESCENT, 0, ASCENT, -DESCENT)
        + struct.pack(">IIhhHHH", 1, 0, 0, 0, 0, 32, 0)
    )


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    """Put the tables together, each checked and on a border of four bytes; the whole file sums up as it must."""
    count = len(tables)
    power = 1 << count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    entries, body, at = b"", b"", 12 + 16 * count
    for tag, table in sorted(tables.items()):
        entries += struct.pack(">4sIII", tag, _sum(table), at + len(body), len(table))
        body += _padded(table)
    whole = head + entries + body
    where = at + body.index(tables[b"head"]) + 8
    return whole[:where] + struct.pack(">I", (0xB1B0AFBA - _sum(whole)) % 2**32) + whole[where + 4 :]


def _padded(table: bytes) -> bytes:
    return table + bytes(-len(table) % 4)


def _sum(table: bytes) -> int:
    padded = _padded(table)
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded))) % 2**32
