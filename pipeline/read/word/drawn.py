"""A secrecy stamp among the pictures of a Word file: scanned or drawn, and put beside or over the text."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element

import cv2
import numpy as np
from PIL import Image

from pipeline.annotations import Field
from pipeline.ocr import Array, Recognizer
from pipeline.ocr.page import is_shaped_as_a_sheet
from pipeline.ocr.stamps.places import HEAD
from pipeline.ocr.stamps.secrecy import secrecy
from pipeline.read.image import BROKEN, on_white
from pipeline.read.stamped import claimed
from pipeline.read.word.package import Package, attribute, local
from pipeline.settings import Settings

_LOOKED_AT: Final = 6  # pictures, from the first; a stamp stands at the head
_EMU: Final = 914_400  # units of DrawingML to an inch
_POINTS: Final = 72
_WIDTH: Final = re.compile(r"(?:^|;)\s*width\s*:\s*([\d.]+)(pt|in)")
_PLAUSIBLE: Final = (0.3, 12.0)  # inches of width; anything else is no stamp and no page
_LARGEST: Final = 50_000_000  # pixels


def pictured(package: Package, settings: Settings, recognizer: Recognizer) -> tuple[Field, ...]:
    """Return the claim that a picture of a Word file shows a secrecy stamp, or none. Raises what the recogniser does.

    Pictures that cannot be opened here, such as Windows metafiles, are passed over.
    """
    for part, inches in islice(_pictures(package), _LOOKED_AT):
        pixels = _pixels(package.parts[part].blob)
        if pixels is not None:
            factor = inches * settings.ocr_dpi / pixels.shape[1]
            how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
            sized = np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how), dtype=np.uint8)
            if level := secrecy(_on_paper(sized, settings.ocr_dpi), settings.ocr_dpi, recognizer):
                return claimed(level)
    return ()


def _pictures(package: Package) -> Iterator[tuple[str, float]]:
    """Yield the part and the width in inches of each picture of a plausible size, as shown on the page."""
    for name, root in package.shown():
        targets = package.targets(name)
        for identity, inches in _shown(root):
            part = targets.get(identity, "")
            if part in package.parts and _PLAUSIBLE[0] <= inches <= _PLAUSIBLE[1]:
                yield part, inches


def _shown(root: Element) -> Iterator[tuple[str, float]]:
    """Yield the relation and the width in inches of each picture, of DrawingML or of VML."""
    for node in root.iter():
        if local(node) == "drawing":
            extent = next((part for part in node.iter() if local(part) == "extent"), None)
            width = attribute(extent, "cx") if extent is not None else None
            for part in node.iter():
                if local(part) == "blip" and width and width.isdigit():
                    yield attribute(part, "embed") or "", int(width) / _EMU
        elif local(node) == "shape":
            measure = _WIDTH.search(attribute(node, "style") or "")
            for part in node.iter():
                if local(part) == "imagedata" and measure:
                    yield attribute(part, "id") or "", float(measure[1]) / (_POINTS if measure[2] == "pt" else 1)


def _pixels(data: bytes) -> Array | None:
    """Return a picture, grey or RGB, on white paper; None where it cannot be opened, is too large, or is no sheet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd tags and of sizes that are checked here
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > _LARGEST or not is_shaped_as_a_sheet(image.width, image.height):
                return None
            return np.asarray(on_white(image), dtype=np.uint8)
    except (*BROKEN, MemoryError):
        return None


def _on_paper(pixels: Array, dpi: int) -> Array:
    """Return a picture with some paper around it, so much below that all of a small one is at the head."""
    edge = round(dpi * 0.3)
    height = pixels.shape[0] + 2 * edge
    below = math.ceil(height / HEAD) - height + edge if height < 6 * dpi else edge
    white = (255, 255, 255)
    return np.asarray(cv2.copyMakeBorder(pixels, edge, below, edge, edge, cv2.BORDER_CONSTANT, value=white), np.uint8)
