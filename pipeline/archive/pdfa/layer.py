"""The invisible layer of text: every word drawn without ink in its box, with a space to the next one.

A character's code is its place in the file's own list of characters, so that Unicode needs no encoding of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.archive.pdfa.glyphless import DESCENT, UNITS, WIDTH
from pipeline.document import Box, Word, union

_BLOCK = 100  # entries that a CMap allows in one list
_SLANTING = 1.6  # how much higher than its highest word a level line may be
_LEAST = 0.1  # points; a narrower gap holds no space


class Characters:
    """The characters that a file uses, each with its code from 1 on."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def hex(self, text: str) -> str:
        """Return a text as a PDF string of two-byte codes."""
        return "<" + "".join(f"{self._codes.setdefault(char, len(self._codes) + 1):04X}" for char in text) + ">"

    def to_unicode(self) -> bytes:
        """Return the CMap that leads from codes back to Unicode."""
        entries = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in self._codes.items()]
        blocks = (entries[at : at + _BLOCK] for at in range(0, len(entries), _BLOCK))
        lists = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{lists}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")

    def to_glyphs(self) -> bytes:
        """Return the map from codes to glyphs: every one is the empty glyph."""
        return b"\0\0" + b"\0\1" * len(self)


def content(lines: Iterable[Sequence[Word]], height: float, characters: Characters) -> str:
    """Return the drawing instructions of a page's words; `height` is the page's, in points."""
    parts = ["BT", "3 Tr"]
    for line in lines:
        boxes = _levelled([word.box for word in line])
        for word, box, following in zip(line, boxes, [*boxes[1:], None], strict=True):
            if box is not None and box.width > 0 and box.height > 0:
                parts += _word(unicodedata.normalize("NFC", word.text), box, following, height, characters)
    return "\n".join([*parts, "ET"])


def _levelled(boxes: Sequence[Box | None]) -> list[Box | None]:
    """Return a line's boxes all as high as the line, so that readers take it for one; a slanting line's as they are."""
    whole = union(boxes)
    if whole is None or whole.height > _SLANTING * max(box.height for box in boxes if box):
        return list(boxes)
    return [box and replace(box, top=whole.top, bottom=whole.bottom) for box in boxes]


def _word(text: str, box: Box, following: Box | None, height: float, characters: Characters) -> Iterable[str]:
    """Yield a word stretched to its box, and a space as wide as the gap behind it."""
    size = box.height
    baseline = height - box.bottom - size * DESCENT / UNITS
    yield f"/F1 {size:.3f} Tf {_stretch(box.width, len(text), size)} 1 0 0 1 {box.x0:.3f} {baseline:.3f} Tm"
    yield f"{characters.hex(text)} Tj"
    gap = following.x0 - box.x1 if following else 0.0
    if following and gap > _LEAST:
        yield f"{_stretch(gap, 1, size)} {characters.hex(' ')} Tj"
    else:  # the end of a line, or a word that touches the next: the space needs no room
        yield f"{_stretch(_LEAST, 1, size)} {characters.hex(' ')} Tj"


def _stretch(width: float, count: int, size: float) -> str:
    """Return the horizontal scaling (in per cent) under which so many characters are so wide."""
    return f"{100 * width / (count * size * WIDTH / UNITS):.3f} Tz"
