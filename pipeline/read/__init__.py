"""Readers: from a file of any known format to a document.

The slow half is `read_pages` (parsing, OCR): its result is kept. The fast half is `compose`,
which puts lines into reading order and builds the document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import (
    EmptyDocumentError,
    EmptyFileError,
    EncryptedSourceError,
    LimitError,
    TooLargeError,
    UnsupportedFormatError,
)
from pipeline.ocr import Recognizer
from pipeline.read import image, office, pdf, plain, word
from pipeline.read.layout import arrange
from pipeline.read.reading import Mend, Reader, Reading
from pipeline.read.sniff import DOC, DOCX, HTML, JPEG, ODT, PDF, PNG, RTF, TEXT, TIFF, WORD_XML
from pipeline.read.sniff import sniff as type_of
from pipeline.settings import Settings

_OLE = b"\xd0\xcf\x11\xe0"
_LETTERS_A_PAGE = 20_000  # a page of print has some 3,000; what has no pages may hold as much as `max_pages` of them
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # where Office keeps a document that has a password

VERSION = 14
"""Raised whenever a reader's pages change, so that kept readings are made anew."""

READERS: Mapping[str, Reader] = {
    PDF: pdf.read,
    PNG: image.read,
    JPEG: image.read,
    TIFF: image.read,
    DOCX: word.read,
    DOC: office.read,
    RTF: office.read,
    ODT: office.read,
    HTML: office.read,
    WORD_XML: office.read,
    TEXT: plain.read,
}
"""Media type, as `sniff` names it, to the reader of that format."""


def read(path: Path, *, source: str, settings: Settings, recognizer: Recognizer, mend: Mend) -> Document:
    """Read a file into a document: `read_pages`, then `compose`."""
    data = path.read_bytes()
    reading = read_pages(data, settings=settings, recognizer=recognizer)
    return compose(reading, id=identify(data), source=source, mend=mend)


def identify(data: bytes) -> str:
    """Return a document's id: the first 16 hex digits of the SHA-256 of the file's bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def read_pages(data: bytes, *, settings: Settings, recognizer: Recognizer) -> Reading:
    """Read a file's bytes into raw pages; the slow half, whose result is kept.

    Raises UnsupportedFormatError, UnreadableSourceError, EmptyDocumentError, LimitError, OcrError
    or MissingToolError.
    """
    if not data:
        raise EmptyFileError(
            "the file is empty (0 bytes): copy or scan it again",
            "tập tin rỗng (0 byte): hãy chép hoặc quét lại",
        )
    if len(data) > settings.max_megabytes * 1_000_000:
        raise TooLargeError(
            f"the file has {len(data) // 1_000_000} MB, the limit is {settings.max_megabytes}: "
            "split it or raise max_megabytes",
            f"tập tin có {len(data) // 1_000_000} MB, vượt giới hạn {settings.max_megabytes}: "
            "hãy tách nhỏ hoặc nâng max_megabytes",
        )
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise EncryptedSourceError(
            "the Word file is locked with a password: save it without one",
            "tập tin Word bị khóa bằng mật khẩu: hãy bỏ mật khẩu rồi lưu lại",
        )
    media_type = type_of(data)
    if media_type is None or media_type not in READERS:
        raise UnsupportedFormatError(
            "expected PDF, PNG, JPEG, TIFF, DOCX, DOC, RTF, ODT or plain text, found none of them: convert it to PDF",
            "cần PDF, PNG, JPEG, TIFF, DOCX, DOC, RTF, ODT hoặc văn bản thuần, tập tin này không phải: "
            "hãy chuyển sang PDF",
        )
    reading = READERS[media_type](data, media_type=media_type, settings=settings, recognizer=recognizer)
    most = settings.max_pages * _LETTERS_A_PAGE
    if sum(len(word.text) for page in reading.pages for line in page.lines for word in line.words) > most:
        raise LimitError(
            f"the file holds more than {most} letters, more than any dispatch: split it or raise max_pages",
            f"tập tin có hơn {most} chữ, quá mọi văn bản: hãy tách nhỏ hoặc nâng max_pages",
        )
    if not any(page.lines for page in reading.pages):
        raise EmptyDocumentError(
            "the file was read but no word was found on any page: check that it is a document and not blank",
            "đã đọc tập tin nhưng không thấy chữ nào: hãy kiểm tra có đúng là văn bản, không phải giấy trắng",
        )
    return reading


def compose(reading: Reading, *, id: str, source: str, mend: Mend) -> Document:
    """Build the document of a reading: reading order, then OCR's slips mended; fast, and without OCR."""
    return Document.build(
        id=id,
        source=source,
        pages=mend(tuple(arrange(page) for page in reading.pages)),
        media_type=reading.media_type,
        origin=reading.origin,
        annotations=reading.annotations,
        problems=reading.problems,
    )
