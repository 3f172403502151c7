"""Optical character recognition: what a recogniser is, so that the rest never names an engine.

A recogniser takes a grey image and gives lines of words with pixel boxes. `tesseract.py` is the
default one, `recorded.py` replays what another one read; `page.py` has the steps from picture to words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.uint8]
"""A picture: height by width when grey (0 black, 255 white), height by width by 3 in RGB."""

Mode = Literal["page", "block", "line"]
"""How much layout to look for: a whole page, one block of text, or one single line."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A word as a recogniser read it: pixel box in the image it was given, confidence 0 to 1.

    `raw` is an earlier reading where a second look changed it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    raw: str | None = None


Lines: TypeAlias = tuple[tuple[Glyphs, ...], ...]


class Recognizer(Protocol):
    """Anything that reads a grey image.

    `version` names the engine and its data; it belongs to the key under which readings are kept.
    """

    @property
    def version(self) -> str:
        """The engine and the version of its data."""

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Return the lines of words in a grey image. Raises OcrError, MissingToolError."""
