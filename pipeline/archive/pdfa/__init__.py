"""A scan and its words as a two-layer PDF/A-2b: the picture, and over it invisible text, to be searched and copied.

The derived file lies beside the original and never in its place; it is made before any signing, and bears no
signature itself. The same input gives the same bytes: the moment is an argument.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import cv2
import numpy as np

from pipeline.archive.pdfa.document import Sheet, pdf
from pipeline.document import Document, Page, Word, turned
from pipeline.errors import ArchiveError
from pipeline.ocr.page import Picture
from pipeline.read import image, sniff
from pipeline.read import pdf as pdf_reader
from pipeline.settings import Settings

DPI = 200
"""The least resolution that the circulars allow for digitised paper."""
ORIGINS = ("scan", "mixed")
_PICTURES = {sniff.PDF: pdf_reader.pictures, **dict.fromkeys((sniff.PNG, sniff.JPEG, sniff.TIFF), image.pictures)}


@dataclass(frozen=True, slots=True)
class About:
    """What the derived file says of itself: its title, the moment of making, and who made it."""

    title: str
    made: datetime
    maker: str


def derive(data: bytes, document: Document, about: About, settings: Settings, *, dpi: int = DPI) -> bytes:
    """Return the PDF/A of a scanned file that was read as this document. Raises ArchiveError for what is no scan."""
    pictures = _PICTURES.get(document.media_type)
    if pictures is None or document.origin not in ORIGINS:
        raise ArchiveError(
            f"only scans have a second layer; this is {document.media_type}, {document.origin}",
            f"chỉ bản quét mới có hai lớp; đây là {document.media_type}, {document.origin}",
        )
    if dpi < DPI:
        raise ArchiveError(f"the circulars ask for {DPI} dpi at least", f"thông tư yêu cầu ít nhất {DPI} dpi")
    drawn = pictures(data, replace(settings, ocr_dpi=dpi))
    sheets = _sheets(drawn, document.pages, dpi)
    return pdf(sheets, title=about.title, made=about.made, maker=about.maker, source=hashlib.sha256(data).hexdigest())


def _sheets(pictures: Iterable[Picture], pages: Sequence[Page], dpi: int) -> Iterator[Sheet]:
    """Yield each sheet with the words of the page or pages that lie on it, turned upright as it was read."""
    for number, picture in enumerate(pictures, 1):
        on_sheet = [page for page in pages if page.number == number]
        turn = on_sheet[0].turn if on_sheet else 0
        pixels = np.rot90(_sharp(picture, dpi), -turn // 90)
        size = (picture.height, picture.width) if turn % 180 else (picture.width, picture.height)
        yield Sheet(np.ascontiguousarray(pixels), *size, tuple(_lines(on_sheet, turn)))


def _lines(pages: Iterable[Page], turn: int) -> Iterator[tuple[Word, ...]]:
    """Yield the lines of a sheet with places, on the sheet as the first of its pages stands upright."""
    for page in pages:
        for line in page.lines:
            if words := tuple(_as_turned(word, page, turn) for word in line.words if word.box and word.text.strip()):
                yield words


def _as_turned(word: Word, page: Page, turn: int) -> Word:
    """Return a word on a sheet that lies as its first page does; two pages of one sheet may lie differently."""
    more = (turn - page.turn) % 360
    if not more or word.box is None or page.width is None or page.height is None:
        return word
    return replace(word, box=turned(word.box, more, width=page.width, height=page.height))


def _sharp(picture: Picture, dpi: int) -> np.ndarray:
    """Return a picture's pixels at the resolution wanted or above; a coarser scan is enlarged."""
    height, width = picture.pixels.shape[:2]
    least = round(picture.width / 72 * dpi), round(picture.height / 72 * dpi)
    if width >= least[0] - 1 and height >= least[1] - 1:
        return picture.pixels
    return np.asarray(cv2.resize(picture.pixels, least, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
