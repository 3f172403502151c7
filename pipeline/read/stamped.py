"""The claim that one of the first pages bears a secrecy stamp, made by looking at its picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.annotations import Field
from pipeline.document import Page
from pipeline.ocr import Recognizer
from pipeline.ocr.page import Picture
from pipeline.ocr.stamps.secrecy import secrecy
from pipeline.read.layout.upright import upright
from pipeline.text.secrecy import Level

PAGES: Final = 2
"""How many pages, from the first, are looked at; a covering letter may lie on top."""

_CONFIDENCE: Final = 0.9


def stamped(picture: Picture, pages: Sequence[Page], recognizer: Recognizer) -> tuple[Field, ...]:
    """Return the claim, or none; `pages` are what was read on the picture, and tell which way is up."""
    if not picture.is_sheet:
        return ()
    turn = upright(pages[0]).turn if pages else 0
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, -turn // 90))
    return claimed(secrecy(pixels, picture.dpi, recognizer))


def claimed(level: Level | None) -> tuple[Field, ...]:
    """Return the claim of a level of secrecy that a picture shows, or none."""
    if level is None:
        return ()
    return (Field(span=None, confidence=_CONFIDENCE, by="rule:stamp", name="secrecy", value=level),)
