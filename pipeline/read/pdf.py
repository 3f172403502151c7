"""PDF, page by page: a sound text layer is taken as it is, every other page is drawn and read by OCR."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import numpy as np
import pdfplumber
import pypdfium2
from pdfplumber.pdf import PDF
from pypdfium2 import raw

from pipeline.annotations import Field
from pipeline.document import Line, Origin, Page, Problem
from pipeline.errors import DamagedSourceError, EncryptedSourceError, NoPagesError, TooManyPagesError
from pipeline.ocr import Array, Recognizer
from pipeline.ocr.page import Picture, recognise
from pipeline.read import textlayer
from pipeline.read.bombs import check_pdf
from pipeline.read.overlay import overlay
from pipeline.read.reading import Reading
from pipeline.read.signatures import signatures
from pipeline.read.stamped import PAGES, stamped
from pipeline.read.textlayer import Layer
from pipeline.settings import Settings
from pipeline.text.legacy import as_unicode

log = logging.getLogger(__name__)

_POINTS: Final = 72
_LARGEST_SIDE: Final = 6000  # pixels; an A3 sheet at 300 dpi has 4961
_PICTURED: Final = 0.6  # share of the page that a picture covers when it is the page
_COUNTS_NONE: Final = re.compile(rb"/Count\s+0\b")
_HOLDS_ONE: Final = re.compile(rb"/Type\s*/Page\b")
_INVISIBLE: Final = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_SEEN: Final = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH)
_OUTLINE: Final = 8  # segments of the outline of a letter T; a rule or a frame has at most five
_SLANT: Final = 0.01  # a degree has 0.017
_NEAR: Final = 0.15  # a resolution this close to the one wanted is taken as it is
_DEPTH: Final = 4  # nested forms in which pictures are looked for


def read(data: bytes, *, media_type: str, settings: Settings, recognizer: Recognizer) -> Reading:
    """Read a PDF. Pages that cannot be drawn become problems, the others are kept."""
    with _opened(data, settings) as pdf:
        words = _Words(_flattened(pdf, data))
        pages: list[Page] = []
        problems: list[Problem] = []
        origins: set[Origin] = set()
        claims: tuple[Field, ...] = ()
        for index in range(len(pdf)):
            number = index + 1
            try:
                origin, found, stamps = _page(pdf, index, words, settings, recognizer)
            except pypdfium2.PdfiumError as error:
                log.warning("page %d cannot be drawn: %s", number, error)
                problems.append(Problem("read", "unreadable-page", f"page {number}: {error}"))
                continue
            origins.add(origin)
            pages.extend(found)
            claims += stamps
    if not pages:
        raise _broken("no page can be drawn")
    origin = origins.pop() if len(origins) == 1 else "mixed"
    signed, unchecked = signatures(data)
    return Reading(media_type, tuple(pages), origin, (*problems, *unchecked), (*claims, *signed))


class _Words:
    """The words of text layers. pdfplumber opens the file only once a page needs it: it is slow."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: PDF | None = None

    def lines(self, index: int) -> tuple[Line, ...]:
        """Return the lines of a page's text layer; none where pdfplumber cannot read what PDFium could."""
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(io.BytesIO(self._data))
            page = self._pdf.pages[index]
            try:
                return textlayer.lines(page, index + 1)
            finally:
                page.close()
        except Exception as error:  # pdfminer raises whatever a broken file makes it raise
            log.warning("page %d: the text layer cannot be parsed: %s", index + 1, type(error).__name__)
            return ()


def _opened(data: bytes, settings: Settings) -> pypdfium2.PdfDocument:
    """Open a PDF, or say why not."""
    check_pdf(data)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if _COUNTS_NONE.search(data) and not _HOLDS_ONE.search(data):  # of which PDFium gives no reason of its own
            raise _no_pages() from error
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise EncryptedSourceError(
                "the PDF is locked with a password: save it without one and add it again",
                "PDF bị khóa bằng mật khẩu: hãy lưu lại không mật khẩu rồi đưa vào",
            ) from error
        raise _broken(str(error)) from error
    if len(pdf) == 0:
        pdf.close()
        raise _no_pages()
    if len(pdf) > settings.max_pages:
        count = len(pdf)
        pdf.close()
        raise TooManyPagesError(
            f"the PDF has {count} pages, the limit is {settings.max_pages}: split it or raise max_pages",
            f"PDF có {count} trang, vượt giới hạn {settings.max_pages}: hãy tách nhỏ hoặc nâng max_pages",
        )
    pdf.init_forms()  # signature boxes are drawn with the forms
    return pdf


def _flattened(pdf: pypdfium2.PdfDocument, data: bytes) -> bytes:
    """Make the appearances of form fields and stamps part of their pages, and return the file so changed.

    Offices put number, day and seal on a finished PDF as signature fields: text that stands on the
    page, though not in its content.
    """
    done = set()
    for index in range(len(pdf)):
        with suppress(pypdfium2.PdfiumError):  # a page that cannot be loaded becomes a problem when it is read
            page = pdf[index]
            if raw.FPDFPage_GetAnnotCount(page):
                done.add(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY))
    if raw.FLATTEN_SUCCESS not in done:
        return data
    changed = io.BytesIO()
    pdf.save(changed)
    return changed.getvalue()


def _no_pages() -> NoPagesError:
    return NoPagesError("the PDF has no pages: copy or scan it again", "PDF không có trang nào: hãy chép hoặc quét lại")


def _broken(why: str) -> DamagedSourceError:
    return DamagedSourceError(
        f"the PDF is broken or cut short ({why}): copy or scan it again",
        f"PDF hỏng hoặc bị cắt cụt ({why}): hãy chép hoặc quét lại",
    )


def _page(
    pdf: pypdfium2.PdfDocument, index: int, words: _Words, settings: Settings, recognizer: Recognizer
) -> tuple[Origin, tuple[Page, ...], tuple[Field, ...]]:
    """Read one page: where it came from, its words, and on the first pages the secrecy stamp that its picture shows."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        layer = _layer(page, width * height)
        origin: Origin = "scan" if layer.pictured else "born_digital"
        if layer.is_the_text() and (lines := words.lines(index)):
            pages: tuple[Page, ...] = (Page(index + 1, width, height, lines, "text_layer"),)
            if index >= PAGES or not layer.aside:
                return origin, pages, ()
            return origin, pages, stamped(_picture(page, width, height, settings.ocr_dpi), pages, recognizer)
        picture = _picture(page, width, height, settings.ocr_dpi)
        pages = recognise(picture, index + 1, recognizer)
        if layer.is_note():
            pages = tuple(overlay(read_page, words.lines(index)) for read_page in pages)
        claims = stamped(picture, pages, recognizer) if index < PAGES else ()
        return "scan" if layer.letters == 0 else origin, pages, claims
    finally:
        page.close()


def _layer(page: pypdfium2.PdfPage, area: float) -> Layer:
    """Look at a page's text layer and at the pictures under it."""
    largest = 0.0
    visible = hidden = 0
    aside = False
    for thing in page.get_objects(filter=_SEEN, max_depth=_DEPTH):
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            aside = aside or raw.FPDFPath_CountSegments(thing.raw) >= _OUTLINE
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            largest = max(largest, (right - left) * (top - bottom))
            aside = True
        elif raw.FPDFTextObj_GetTextRenderMode(thing.raw) == _INVISIBLE:
            hidden += 1
        else:
            visible += 1
            aside = aside or _slants(thing)
    text = page.get_textpage()
    try:
        return Layer(
            as_unicode(text.get_text_bounded()),
            pictured=largest > _PICTURED * area,
            hidden=hidden > visible,
            aside=aside,
        )
    finally:
        text.close()


def _slants(thing: pypdfium2.PdfObject) -> bool:
    """Tell whether text lies neither level nor upright."""
    a, b, *_ = map(float, thing.get_matrix().get())
    return min(abs(a), abs(b)) > _SLANT * max(abs(a), abs(b))


def _picture(page: pypdfium2.PdfPage, width: float, height: float, dpi: int) -> Picture:
    """Draw a page as it is displayed, pixel by pixel where its scan has nearly the resolution wanted."""
    native = _scan_width(page, width * height) / width
    near = abs(native * _POINTS / dpi - 1) < _NEAR
    scale = min(native if near else dpi / _POINTS, _LARGEST_SIDE / max(width, height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False)
    try:
        pixels: Array = np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)
    finally:
        bitmap.close()
    return Picture(pixels, round(scale * _POINTS), width, height)


def _scan_width(page: pypdfium2.PdfPage, area: float) -> int:
    """Return the width in pixels of the one picture that makes up a page; 0 where there is none."""
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > _PICTURED * area:
            return int(thing.get_px_size()[page.get_rotation() % 180 // 90])
    return 0


def pictures(data: bytes, settings: Settings) -> Iterator[Picture]:
    """Yield every page of a PDF as a picture, for looking at and for measuring."""
    with _opened(data, settings) as pdf:
        for page in pdf:
            width, height = page.get_size()
            yield _picture(page, width, height, settings.ocr_dpi)
