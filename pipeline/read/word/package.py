"""Opens a DOCX package safely: sizes before contents, no document types, no entities.

Works on local names, so that files in the strict and in the usual namespaces read the same.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docx.opc.package import OpcPackage
from docx.opc.part import Part

from pipeline.errors import (
    DamagedSourceError,
    DecompressionBombError,
    EncryptedSourceError,
    HostileXmlError,
    LimitError,
)

_MAX_MEMBERS: Final = 10_000
_MAX_PART_BYTES: Final = 64_000_000
_MAX_TOTAL_BYTES: Final = 1_000_000_000
_MAX_RATIO: Final = 400  # Word's own XML packs at most about 1 : 100
_RATIO_FROM: Final = 10_000_000
_SHOWN: Final = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_CHUNK: Final = 1 << 20
_DECLARATIONS: Final = re.compile(rb"<!DOCTYPE|<!ENTITY")
_OVERLAP: Final = 16  # bytes of a chunk that the next one is looked through with
_XML_DECLARATION: Final = 1000  # bytes at the start of a part in which its encoding is named
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]+)""", re.IGNORECASE)
_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_BROKEN: Final = (  # whatever the standard library raises for damaged archives
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file as python-docx opens it: its parts as XML trees, and who points to whom."""

    parts: Mapping[str, Part]

    def part(self, name: str) -> Element | None:
        """Return the root of the part `name` (such as `word/styles.xml`), or None where there is none."""
        if name not in self.parts:
            return None
        data = self.parts[name].blob
        if len(data) > _MAX_PART_BYTES:
            raise _too_large(name)
        _refuse_declarations(_one_byte(data))  # of a part whose name is not that of XML
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise _broken(f"part {name}: {error}") from error

    def shown(self) -> Iterator[tuple[str, Element]]:
        """Yield the names and the roots of the document, its headers and its footers, by name."""
        for name in sorted(filter(_SHOWN.fullmatch, self.parts)):
            if (root := self.part(name)) is not None:
                yield name, root

    def targets(self, name: str) -> dict[str, str]:
        """Return the parts that the part `name` points to, by relation id; nothing outside the file."""
        if name not in self.parts:
            return {}
        relations = self.parts[name].rels.items()
        return {key: _name(relation.target_part) for key, relation in relations if not relation.is_external}


def open_package(data: bytes) -> Package:
    """Open a Word file; raises DecompressionBombError, EncryptedSourceError, HostileXmlError or DamagedSourceError."""
    check_archive(data)
    try:
        parts = OpcPackage.open(io.BytesIO(data)).iter_parts()
        return Package({_name(part): part for part in parts})
    except Exception as error:  # python-docx raises whatever a broken file makes zipfile, lxml and itself raise
        if "Excessive depth" in str(error):
            raise nested_too_deeply() from error
        raise _broken(str(error)) from error


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


def check_archive(data: bytes) -> None:
    """Look at the archive of an office file before anything of it is unpacked; raises what `open_package` raises."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise _broken(str(error)) from error
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_TOTAL_BYTES:
        raise _too_large("the archive")
    for member in members:
        if member.flag_bits & 0x1:
            raise EncryptedSourceError(
                "the file is locked with a password: save it without one",
                "tập tin bị khóa bằng mật khẩu: hãy bỏ mật khẩu rồi lưu lại",
            )
        packed = max(member.compress_size, 1)
        if member.file_size > _RATIO_FROM and member.file_size > _MAX_RATIO * packed:
            raise _too_large(member.filename)
        if member.filename.lower().endswith((".xml", ".rels")):
            _check_declarations(archive, member)


def _check_declarations(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse document type declarations: Word writes none, and entities come only with them.

    The whole part is looked through, for a comment of any length may stand before a declaration; and an encoding in
    which `<!` is not written as in ASCII is refused too.
    """
    try:
        with archive.open(member) as file:
            text = _one_byte(file.read(_CHUNK))
            named = _ENCODING.search(text[:_XML_DECLARATION])
            if named and named[1].lower() not in _ENCODINGS:
                raise _hostile()
            while text:
                _refuse_declarations(text)
                more = file.read(_CHUNK)
                text = text[-_OVERLAP:] + _one_byte(more) if more else b""
    except _BROKEN as error:
        raise _broken(f"part {member.filename}: {error}") from error


def _one_byte(text: bytes) -> bytes:
    """Return text in UTF-16 as if it were in ASCII."""
    return text.replace(b"\0", b"")


def _refuse_declarations(text: bytes) -> None:
    if _DECLARATIONS.search(text):
        raise _hostile()


def _hostile() -> HostileXmlError:
    return HostileXmlError(
        "the file declares XML entities, which offices never write: it may be hostile; save it anew in Word",
        "tập tin khai báo thực thể XML, điều phần mềm văn phòng không làm: có thể độc hại; hãy lưu lại bằng Word",
    )


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the direct children of that local name; none for None."""
    if element is not None:
        yield from (child for child in element if local(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute by its local name, or None."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def value(element: Element | None, *path: str) -> str | None:
    """Return the `val` of the descendant along a path, or None where either is absent."""
    return attribute(child(element, *path), "val")


def switch(element: Element | None, name: str) -> bool | None:
    """Return an on/off property: None where it is not said, True where it stands without a value."""
    found = child(element, name)
    if found is None:
        return None
    return attribute(found, "val") not in {"0", "false", "off"}


def nested_too_deeply() -> LimitError:
    """Return the error for a file whose parts lie in one another without end."""
    return LimitError(
        "the Word file nests its parts too deeply: open it in Word and save it anew",
        "tập tin Word lồng nhau quá sâu: hãy mở bằng Word rồi lưu lại",
    )


def _broken(detail: str) -> DamagedSourceError:
    return DamagedSourceError(
        f"the file is broken ({detail}): open it in Word and save it anew",
        f"tập tin bị hỏng ({detail}): hãy mở bằng Word rồi lưu lại",
    )


def _too_large(what: str) -> DecompressionBombError:
    return DecompressionBombError(
        f"the file unpacks to more than the limits allow ({what}): open it in Word, remove what it does not need",
        f"tập tin giải nén ra vượt giới hạn ({what}): hãy mở bằng Word, bỏ bớt phần thừa rồi lưu lại",
    )
