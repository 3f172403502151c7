"""What a file is, told by its bytes and never by its name.

>>> sniff(b"%PDF-1.7 ...")
'application/pdf'
>>> sniff("Số: 13/KH-LĐLĐ".encode())
'text/plain'
>>> sniff(bytes(range(256))) is None
True
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TIFF: Final = "image/tiff"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
DOC: Final = "application/msword"
RTF: Final = "application/rtf"
HTML: Final = "text/html"
WORD_XML: Final = "application/vnd.ms-word.2003.xml"  # Word 2003's own XML, which its users save as .doc
TEXT: Final = "text/plain"

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"{\\rtf", RTF),
)
_PDF_HEADER_WITHIN: Final = 1024  # readers accept leading junk, and mail gateways add it
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")  # its entry in the OLE directory
_MARKUP_WITHIN: Final = 4096
_SAMPLE: Final = 65536
_CONTROLS: Final = 0.1  # of the bytes, at most: in a table of short cells one byte in twenty is the end of a cell
_TEXT_BOMS: Final = (  # UTF-32's begins as UTF-16's does
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def sniff(data: bytes) -> str | None:
    """Return the media type of a file's bytes, or None where no reader exists for them."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        return DOC if _WORD_STREAM in data else None
    return _markup(data) or (TEXT if text_encoding(data) else None)


def _markup(data: bytes) -> str | None:
    """Tell web pages and Word's XML, which offices and law portals give the names of Word files."""
    head = data[: 2 * _MARKUP_WITHIN].replace(b"\0", b"").lower()[:_MARKUP_WITHIN]
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return WORD_XML
    return HTML if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<html", b"<!doctype html")) else None


def text_encoding(data: bytes) -> str | None:
    """Return the encoding of plain text, or None where the bytes are no text.

    UTF-8 with or without a mark, and UTF-16 and UTF-32 with a mark, are told for sure. Anything else passes as
    Windows-1258, the old Vietnamese code page. A few control characters, as programs that take text out
    of Word files leave them (the ends of a table's cells, soft hyphens), make no text into data; a zero does.
    """
    for mark, encoding in _TEXT_BOMS:
        if data.startswith(mark):
            return encoding if _decodes(data, encoding) else None
    sample = data[:_SAMPLE]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in sample)
    if 0 in sample or controls > len(sample) * _CONTROLS:
        return None
    if _decodes(data, "utf-8"):
        return "utf-8"
    return "cp1258" if _decodes(data, "cp1258") and _mostly_letters(data) else None


def _decodes(data: bytes, encoding: str) -> bool:
    """Tell whether bytes are text in an encoding; no text holds the character 0, which would part its words unseen."""
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False


def _mostly_letters(data: bytes) -> bool:
    """Tell whether most bytes are ASCII letters or blanks, as in every text in Latin script."""
    sample = data[:_SAMPLE]
    return sum(byte in b" \t\r\n" or (chr(byte).isalpha() and byte < 128) for byte in sample) * 2 > len(sample)


def _zipped(data: bytes) -> str | None:
    """Tell a Word or OpenDocument text from any other ZIP archive by its members."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return ODT if archive.read("mimetype").strip() == ODT.encode() else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return None
    return None
