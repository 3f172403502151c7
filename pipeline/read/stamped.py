"""The claim that a first page bears a secrecy stamp, made by looking at its picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.annotations import Field
from pipeline.document import Page
from pipeline.ocr import Recognizer
from pipeline.ocr.page import Picture
from pipeline.ocr.secrecy_stamps import secrecy
from pipeline.read.layout.upright import upright

_CONFIDENCE: Final = 0.9


def stamped(picture: Picture, pages: Sequence[Page], recognizer: Recognizer) -> tuple[Field, ...]:
    """Return the claim, or none; `pages` are what was read on the picture, and tell which way is up."""
    if not picture.is_sheet:
        return ()
    turn = upright(pages[0]).turn if pages else 0
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, -turn // 90))
    level = secrecy(pixels, picture.dpi, recognizer)
    if level is None:
        return ()
    return (Field(span=None, confidence=_CONFIDENCE, by="rule:stamp", name="secrecy", value=level),)
