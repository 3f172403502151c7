"""Opens a DOCX package safely: sizes before contents, no document types, no entities.

Works on local names, so that files in the strict and in the usual namespaces read the same.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pipeline.errors import DamagedSourceError, DecompressionBombError, EncryptedSourceError, HostileXmlError

_MAX_MEMBERS: Final = 10_000
_MAX_PART_BYTES: Final = 64_000_000
_MAX_TOTAL_BYTES: Final = 1_000_000_000
_MAX_RATIO: Final = 400  # Word's own XML packs at most about 1 : 100
_RATIO_FROM: Final = 10_000_000
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


class _Builder(ElementTree.TreeBuilder):
    """Refuses document type declarations: Word writes none, and entities come only with them."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise HostileXmlError(
            "the file declares XML entities, which offices never write: it may be hostile; save it anew in Word",
            "tập tin khai báo thực thể XML, điều phần mềm văn phòng không làm: có thể độc hại; hãy lưu lại bằng Word",
        )


@dataclass(frozen=True, slots=True)
class Package:
    """The archive of a Word file: its parts as XML trees, and who points to whom."""

    archive: zipfile.ZipFile

    def part(self, name: str) -> Element | None:
        """Return the root of the part `name` (such as `word/styles.xml`), or None where there is none."""
        try:
            with self.archive.open(name) as member:
                data = member.read(_MAX_PART_BYTES + 1)
        except KeyError:
            return None
        except _BROKEN as error:
            raise _broken(f"part {name}: {error}") from error
        if len(data) > _MAX_PART_BYTES:
            raise _too_large(name)
        try:
            return ElementTree.fromstring(data, parser=ElementTree.XMLParser(target=_Builder()))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise _broken(f"part {name}: {error}") from error

    def targets(self, name: str) -> dict[str, str]:
        """Return the parts that the part `name` points to, by relation id; nothing outside the file."""
        folder, base = posixpath.split(name)
        root = self.part(f"{folder}/_rels/{base}.rels")
        if root is None:
            return {}
        return {
            relation.get("Id", ""): posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
            if not relation.get("Target", "").startswith("/")
            else relation.get("Target", "").lstrip("/")
            for relation in root
            if relation.get("TargetMode") != "External"
        }


def open_package(data: bytes) -> Package:
    """Open a Word file's archive; raises DecompressionBombError, EncryptedSourceError or DamagedSourceError."""
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
    return Package(archive)


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
