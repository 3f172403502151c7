"""What every reader gives back, and what every reader is: bytes in, raw pages out.

To add a format: one file in `read/` with a function `read` of this shape, one line in the table
of `read/__init__.py`, and its signature in `read/sniff.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.document import Annotation, Origin, Page, Problem
from pipeline.ocr import Recognizer
from pipeline.settings import Settings

Mend = Callable[[Sequence[Page]], tuple[Page, ...]]
"""Mends what OCR misread on a document's pages in reading order; `Models.mend` is the one in use."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: pages in file order, normalised to Unicode NFC, not yet in reading order.

    This is what is kept in `documents/`, so that nothing after it repeats OCR. `annotations` are
    the claims that only the file itself can make, such as its digital signatures.
    """

    media_type: str
    pages: tuple[Page, ...]
    origin: Origin
    problems: tuple[Problem, ...] = ()
    annotations: tuple[Annotation, ...] = ()


class Reader(Protocol):
    """A function that reads one family of formats. Most need neither settings nor recogniser."""

    def __call__(self, data: bytes, *, media_type: str, settings: Settings, recognizer: Recognizer) -> Reading:
        """Return the reading of a file's bytes.

        Raises UnreadableSourceError, LimitError, OcrError or MissingToolError, and nothing else.
        """
