"""Second looks: short decisive parts of a page are read again on their own, once the whole page has been read."""

from __future__ import annotations

from pipeline.ocr import Lines, Recognizer
from pipeline.ocr.looks import head, lost, signature, specks, urgency
from pipeline.ocr.looks.area import Sight

LOOKS = (specks.reread, urgency.reread, head.reread, signature.reread, lost.reread)
"""The looks, in the order in which they are taken."""


def again(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with what second looks read better. Raises OcrError, MissingToolError."""
    if signature.closes(lines):
        sight = sight.without_rings()
    for look in LOOKS:
        lines = look(sight, lines, recognizer)
    return lines
