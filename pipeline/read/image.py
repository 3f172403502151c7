"""Pictures of dispatches: PNG, JPEG, TIFF with several pages, 1-bit fax pages, photographs."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.annotations import Field
from pipeline.document import Page
from pipeline.errors import DamagedSourceError, TooManyPagesError, TooManyPixelsError
from pipeline.ocr import Array, Recognizer
from pipeline.ocr.page import Picture, is_shaped_as_a_sheet, recognise
from pipeline.read.reading import Reading
from pipeline.read.stamped import PAGES, stamped
from pipeline.settings import Settings

BROKEN: Final = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, EOFError, SyntaxError, ValueError, TypeError,
    KeyError, IndexError, OverflowError, struct.error,
)  # fmt: skip
"""What Pillow raises for a broken picture."""
_LARGEST: Final = 120_000_000  # pixels of one page; A0 at 300 dpi has 140 million, A1 has 70
_A4_WIDTH: Final = 8.27  # inches
_A4_SHAPE: Final = (1.25, 1.55)  # height by width of A4 and of what its photographs look like
_X_HEIGHT: Final = 6.2  # points: the letter x of the 13 to 14 point Times that dispatches are printed in
_PLAUSIBLE_DPI: Final = (70, 700)
_PAPER: Final = (5.0, 17.0)  # inches: the shorter side of a sheet that an office scans
_POINTS: Final = 72


def read(data: bytes, *, media_type: str, settings: Settings, recognizer: Recognizer) -> Reading:
    """Read a picture, or each page of a TIFF."""
    pages: list[Page] = []
    claims: tuple[Field, ...] = ()
    for number, picture in enumerate(pictures(data, settings), start=1):
        found = recognise(picture, number, recognizer)
        pages.extend(found)
        if number <= PAGES:
            claims += stamped(picture, found, recognizer)
    return Reading(media_type, tuple(pages), "scan", annotations=claims)


def pictures(data: bytes, settings: Settings) -> Iterator[Picture]:
    """Yield the pages of a picture file at the resolution at which scans are read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd tags and of sizes that are checked here
            image = Image.open(io.BytesIO(data))
            count = _frames(image, settings.max_pages + 1)
            if count > settings.max_pages:
                raise TooManyPagesError(
                    f"the picture has more than {settings.max_pages} pages: split it or raise max_pages",
                    f"ảnh có hơn {settings.max_pages} trang: hãy tách nhỏ hoặc nâng max_pages",
                )
            for number in range(count):
                image.seek(number)
                declared = _number(image.info.get("dpi"))
                picture = _picture(_pixels(image), declared, settings.ocr_dpi)
                if number == count - 1:
                    image.close()  # what it holds would be there twice while the page is read
                yield picture
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except BROKEN as error:
        raise DamagedSourceError(
            f"the picture is broken or cut short ({error}): copy or scan it again",
            f"ảnh hỏng hoặc bị cắt cụt ({error}): hãy chép hoặc quét lại",
        ) from error


def _frames(image: Image.Image, most: int) -> int:
    """Return how many frames a picture has, counted no further than `most`: Pillow's own count has no such end."""
    count = 1
    with suppress(EOFError):
        while count < most:
            image.seek(count)
            count += 1
    image.seek(0)
    return count


def _too_large() -> TooManyPixelsError:
    return TooManyPixelsError(
        f"the picture has more than {_LARGEST} pixels: scan it at 300 dpi or less",
        f"ảnh có hơn {_LARGEST} điểm: hãy quét ở 300 dpi hoặc thấp hơn",
    )


def _picture(pixels: Array, declared: float | None, dpi: int) -> Picture:
    """Return one page at a resolution, its size in points as on paper."""
    height, width = pixels.shape[:2]
    if not is_shaped_as_a_sheet(width, height):
        return Picture(pixels, dpi, width / dpi * _POINTS, height / dpi * _POINTS)
    found = resolution(pixels, declared)
    factor = dpi / found
    if abs(factor - 1) > 0.05:
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        pixels = np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how), dtype=np.uint8)
    else:
        dpi = round(found)
    return Picture(pixels, dpi, width / found * _POINTS, height / found * _POINTS)


def _pixels(frame: Image.Image) -> Array:
    """Return a frame as grey or RGB pixels on white paper, the way up that a camera noted."""
    if frame.width * frame.height > _LARGEST:
        raise _too_large()
    ImageOps.exif_transpose(frame, in_place=True)
    return np.array(on_white(frame), dtype=np.uint8)


def on_white(frame: Image.Image) -> Image.Image:
    """Return a frame in one or three channels, what shows through it white; the frame itself where it is so."""
    if frame.mode in ("1", "L", "I;16", "I", "F"):
        return frame.convert("L")
    if frame.mode in ("RGBA", "LA", "PA", "P") or "transparency" in frame.info:
        over = frame.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")
    return frame if frame.mode == "RGB" else frame.convert("RGB")


def _number(declared: object) -> float | None:
    """Return the declared resolution as a number, if it is one."""
    try:
        value = float(declared[0])  # type: ignore[index]
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return value if value > 0 else None


def resolution(pixels: Array, declared: float | None) -> float:
    """Return the resolution of a page in dots an inch.

    What the file says is believed where it gives a sheet that an office scans. Else a picture of
    A4's shape is taken for A4, and any other is measured by the height of its letters.
    """
    height, width = pixels.shape[:2]
    low, high = _PLAUSIBLE_DPI
    if declared is not None and low <= declared <= high and _PAPER[0] <= min(height, width) / declared <= _PAPER[1]:
        return declared
    shorter, longer = float(min(height, width)), float(max(height, width))
    if _A4_SHAPE[0] <= longer / shorter <= _A4_SHAPE[1]:
        return shorter / _A4_WIDTH
    letters = _letter_height(pixels)
    if letters is None:
        return shorter / _A4_WIDTH
    return float(np.clip(letters / _X_HEIGHT * _POINTS, low, high))


def _letter_height(pixels: Array) -> float | None:
    """Return the usual height of a letter in pixels; None where there are too few marks to tell."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = height[(height >= 5) & (width >= 3) & (width < 3 * height) & (height < 3 * width)]
    return float(np.median(letters)) if len(letters) >= 40 else None
