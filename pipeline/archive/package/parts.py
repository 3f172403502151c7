"""The files of a package as its descriptions name them: path, size, hash, media type, identifier."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.read import sniff

XML = "application/xml"
ENDINGS = {
    sniff.PDF: "pdf", sniff.PNG: "png", sniff.JPEG: "jpg", sniff.TIFF: "tif", sniff.DOCX: "docx", sniff.ODT: "odt",
    sniff.DOC: "doc", sniff.RTF: "rtf", sniff.HTML: "html", sniff.WORD_XML: "xml", sniff.TEXT: "txt",
}  # fmt: skip
"""The ending of a file's name by its media type."""
_SPACE = uuid.UUID("5a1f0a0c-3c43-5d27-9d5e-2f2a9a6d7c11")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a package. `path` starts at the package's root; `original` is the name that its owner gave it."""

    path: str
    size: int
    sha256: str
    media_type: str
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes a package, with what, and when; `agency` is the body that submits it."""

    moment: datetime
    software: str
    version: str
    agency: str | None = None

    @property
    def at(self) -> str:
        """The moment as XML writes it."""
        return self.moment.isoformat(timespec="seconds")


def put(folder: Path, path: str, data: bytes, media_type: str, original: str | None = None) -> Part:
    """Write a file of a package and return what it is."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return Part(path, len(data), hashlib.sha256(data).hexdigest(), media_type, original)


def identifier(package: str, thing: str) -> str:
    """Return an identifier for a thing in a package, always the same for the same thing.

    >>> identifier("G09", "METS.xml") == identifier("G09", "METS.xml") != identifier("G10", "METS.xml")
    True
    """
    return f"uuid-{uuid.uuid5(_SPACE, f'{package}/{thing}')}"
