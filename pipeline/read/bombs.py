"""Limits before work: what a packed file would unpack to is told before a parser unpacks it."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from pipeline.errors import DecompressionBombError

LARGEST: Final = 400_000_000  # bytes of one stream; an A3 sheet in colour at 600 dpi has 209 million
_CHUNK: Final = 1 << 20
_LAYERS: Final = 8  # deflate within deflate; honest files have one
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_DEFLATED: Final = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78]")  # the method, before any dictionary is asked
_HEAD: Final = 20  # letters that tell whether others are worth decoding


def check_pdf(data: bytes) -> None:
    """Raise DecompressionBombError where a stream of a PDF unpacks to more than any page needs.

    A stream is known by its bytes and ends where they end: its dictionary may name the filter in many ways or in
    another object, and lie about the length.
    """
    for match in _STREAM.finditer(data):
        if unpacked_size(_bare(data, match.end())) > LARGEST:
            raise DecompressionBombError(
                f"a stream of the PDF unpacks to more than {LARGEST // 1_000_000} MB: print it anew to PDF",
                f"một luồng của PDF giải nén ra hơn {LARGEST // 1_000_000} MB: hãy in lại ra PDF",
            )


def unpacked_size(packed: memoryview | bytes) -> int:
    """Return the largest size to which undoing layers of deflate leads, counted no further than just beyond LARGEST."""
    largest = 0
    head = bytes(packed[:2])
    for layers in range(1, _LAYERS + 1):
        if not _is_deflated(head):
            break
        pieces: Iterable[memoryview | bytes] = (packed,)
        for _ in range(layers):
            pieces = _unpacked(pieces)
        head, size = _counted(pieces)
        largest = max(largest, size)
        if largest > LARGEST:
            break
    return largest


def _bare(data: bytes, start: int) -> memoryview | bytes:
    """Return what stands in a file from a place on, out of the letters that hide bytes if it is written in such."""
    for letters, decode in _LETTERS:
        with suppress(ValueError):  # other letters
            if _is_deflated(decode(data[start : start + _HEAD])[:2]) and (match := letters.match(data, start)):
                return decode(match[0])
    return memoryview(data)[start:]


def _from_hex(text: bytes) -> bytes:
    digits = b"".join(text.split()).rstrip(b">")
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _from_base85(text: bytes) -> bytes:
    return base64.a85decode(b"".join(text.split()).removeprefix(b"<~").removesuffix(b"~>"))


_LETTERS: Final = (
    (re.compile(rb"[0-9A-Fa-f\s]++>?"), _from_hex),
    (re.compile(rb"(?:<~)?[!-uz\s]++(?:~>)?"), _from_base85),
)
"""What PDF may write bytes in, with the way back."""


def _is_deflated(head: bytes) -> bool:
    """Tell whether two bytes open a zlib stream, as in PDF."""
    return len(head) == 2 and bool(_DEFLATED.match(head)) and int.from_bytes(head, "big") % 31 == 0


def _counted(pieces: Iterable[memoryview | bytes]) -> tuple[bytes, int]:
    """Return the first two bytes and the size of what comes in pieces; counting ends beyond LARGEST."""
    head, size = b"", 0
    for piece in pieces:
        head = head or bytes(piece[:2])
        size += len(piece)
        if size > LARGEST:
            break
    return head, size


def _unpacked(pieces: Iterable[memoryview | bytes]) -> Iterator[bytes]:
    """Undo one layer of deflate piece by piece, so that no more than a piece a layer is held; stops where it breaks."""
    stream = zlib.decompressobj()
    try:
        for piece in pieces:
            for start in range(0, len(piece), _CHUNK):
                part: memoryview | bytes = piece[start : start + _CHUNK]
                while part and not stream.eof:
                    yield stream.decompress(part, _CHUNK)
                    part = stream.unconsumed_tail
            if stream.eof:
                return
    except zlib.error:  # broken streams are the parser's matter
        return
