"""Limits before work: what a packed file would unpack to is told before a parser unpacks it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.errors import DecompressionBombError

LARGEST: Final = 400_000_000  # bytes of one stream; an A3 sheet in colour at 600 dpi has 209 million
_RATIO: Final = 1032  # the most that deflate can pack
_CHUNK: Final = 1 << 20
_DICTIONARY: Final = 2048  # bytes before `stream` in which its dictionary is looked for
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_DEFLATED: Final = re.compile(rb"/Fl(?:ateDecode)?(?![A-Za-z])")


def check_pdf(data: bytes) -> None:
    """Raise DecompressionBombError where a stream of a PDF unpacks to more than any page needs."""
    for match in _STREAM.finditer(data):
        dictionary = data[max(match.start() - _DICTIONARY, 0) : match.start()]
        layers = len(_DEFLATED.findall(dictionary[dictionary.rfind(b"obj") + 1 :]))
        end = data.find(b"endstream", match.end())
        packed = data[match.end() : end if end >= 0 else len(data)]
        if layers and len(packed) * _RATIO**layers > LARGEST and unpacked_size(packed, layers) > LARGEST:
            raise DecompressionBombError(
                f"a stream of the PDF unpacks to more than {LARGEST // 1_000_000} MB: print it anew to PDF",
                f"một luồng của PDF giải nén ra hơn {LARGEST // 1_000_000} MB: hãy in lại ra PDF",
            )


def unpacked_size(packed: bytes, layers: int) -> int:
    """Return the size after undoing `layers` of deflate, counted no further than just beyond LARGEST."""
    pieces: Iterable[bytes] = (packed,)
    for _ in range(layers):
        pieces = _unpacked(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            break
    return size


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Undo one layer of deflate piece by piece, so that no more than a piece a layer is held; stops where it breaks."""
    stream = zlib.decompressobj()
    try:
        for piece in pieces:
            while piece:
                yield stream.decompress(piece, _CHUNK)
                piece = stream.unconsumed_tail
    except zlib.error:  # broken streams are the parser's matter
        return
