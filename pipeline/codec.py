"""Pages as JSON and back: how read documents are kept in `documents/` and in golden tests.

>>> page = Page(1, 595.0, 842.0, (Line((Word("Số", Box(1, 70, 80, 84, 92), 0.9),)),), "ocr")
>>> pages_from_json(pages_to_json((page,))) == (page,)
True
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.document import Box, Line, Page, Word

Json = Any


def pages_to_json(pages: Iterable[Page]) -> list[Json]:
    """Return pages as plain lists and dicts; boxes are rounded to a tenth of a point."""
    return [
        {
            "number": page.number,
            "width": page.width,
            "height": page.height,
            "source": page.source,
            "lines": [[_word_to_json(word) for word in line.words] for line in page.lines],
        }
        | ({"turn": page.turn} if page.turn else {})
        for page in pages
    ]


def pages_from_json(value: Iterable[Json]) -> tuple[Page, ...]:
    """Return the pages that `pages_to_json` wrote."""
    return tuple(
        Page(
            page["number"],
            page["width"],
            page["height"],
            tuple(Line(tuple(_word_from_json(word, page["number"]) for word in line)) for line in page["lines"]),
            page["source"],
            page.get("turn", 0),
        )
        for page in value
    )


def _word_to_json(word: Word) -> Json:
    box = word.box
    corners = None if box is None else [round(v, 1) for v in (box.x0, box.top, box.x1, box.bottom)]
    confidence = None if word.confidence is None else round(word.confidence, 3)
    return [word.text, corners, confidence] + ([word.raw] if word.raw is not None else [])


def _word_from_json(value: Json, page: int) -> Word:
    text, corners, confidence, *raw = value
    return Word(text, None if corners is None else Box(page, *corners), confidence, raw[0] if raw else None)
