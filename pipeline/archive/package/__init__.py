"""A SIP after E-ARK CSIP 2.0.4: originals byte for byte, their descriptions, and hashes of everything.

CODE/
  METS.xml                                      what the package holds, with SHA-256 and sizes
  metadata/descriptive/EAD.xml                  the file (hồ sơ)
  metadata/descriptive/HoSo.xml                 the circular's fields, after schemas/PROFILE.xsd
  metadata/preservation/PREMIS.xml              where each file came from and what was done
  documentation/MucLuc.docx                     the printed index
  representations/rep1/METS.xml                 the originals
  representations/rep1/metadata/descriptive/EAD_doc_0000001.xml
  representations/rep1/data/0000001.pdf
  representations/rep2/…                        PDF/A made from scans, where asked for
  schemas/PROFILE.xsd
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.archive.fieldsxml import fields_xml, schema
from pipeline.archive.metadata import Filed
from pipeline.archive.package.ead import document_ead, file_ead
from pipeline.archive.package.mets import Described, Group, Manifest, mets
from pipeline.archive.package.parts import ENDINGS, XML, Making, Part, put
from pipeline.archive.package.premis import premis
from pipeline.archive.records import Record
from pipeline.archive.whole import scratch, whole, whole_folder, write_zip
from pipeline.batch.walk import read_stable
from pipeline.errors import ArchiveError
from pipeline.read.sniff import DOCX, PDF

Derive = Callable[[Record, bytes], bytes | None]
"""Makes the PDF/A of a record from its original; None where it needs none."""

_CONTENT = {"digital": "Textual works – Digital", "scanned": "Textual works – Print"}
_UNSAFE = re.compile(r"[^\w.()-]+")


@dataclass(frozen=True, slots=True)
class Built:
    """A package that was made: where it is, its documents, PDF/A files and bytes, and the SHA-256 of its METS.xml.

    Every other file's hash follows from that of METS.xml: written into the minutes of the handing over, it lets
    anyone prove later that the package is the one that was handed over.
    """

    path: Path
    documents: int
    derived: int
    bytes: int
    mets_sha256: str


def folder_name(code: str) -> str:
    """Return a code as a folder may be named.

    >>> folder_name("01/2020 TĐ-KT")
    '01-2020-TĐ-KT'
    """
    name = _UNSAFE.sub("-", code).strip("-.")
    if not name:
        raise ArchiveError(f"no folder can be named after {code!r}", f"không đặt được tên thư mục từ {code!r}")
    return name


def build(
    filed: Filed, to: Path, making: Making, *, index: bytes, derive: Derive | None = None, zipped: bool = False
) -> Built:
    """Make the package of a file below `to`, as a folder or a ZIP file, whole or not at all.

    `index` is its mục lục as DOCX. Raises ArchiveError, OutputError, and what reading an original raises.
    """
    if not filed.documents:
        raise ArchiveError(f"{filed.file.code}: no document", f"{filed.file.code}: không có tài liệu nào")
    name = folder_name(filed.file.code)
    if not zipped:
        with whole_folder(to / name) as folder:
            built = _fill(folder, filed, making, index, derive)
        return replace(built, path=to / name)
    target = to / f"{name}.zip"
    with scratch(target) as folder:
        built = _fill(folder, filed, making, index, derive)
        with whole(target) as part:
            write_zip(part, folder, name, making.moment)
    return replace(built, path=target)


def _fill(folder: Path, filed: Filed, making: Making, index: bytes, derive: Derive | None) -> Built:
    code, profile = filed.file.code, filed.profile
    originals, derived = _content(folder, filed, derive)
    about = tuple(
        put(folder, f"representations/rep1/metadata/descriptive/EAD_doc_{number:07d}.xml",
            document_ead(document, profile), XML)
        for number, document in enumerate(filed.documents, 1)
    )  # fmt: skip
    ead = put(folder, "metadata/descriptive/EAD.xml", file_ead(filed, [part.path for part in originals]), XML)
    fields = put(folder, "metadata/descriptive/HoSo.xml", fields_xml(filed), XML)
    history = put(folder, "metadata/preservation/PREMIS.xml", premis(code, originals, derived, making), XML)
    manifest = Manifest(
        code, code, filed.file.plain["title"], _CONTENT.get(filed.file.plain["origin"] or "", "Mixed"), profile.id,
        making, "", (Described(ead, "EAD", "2002"), Described(fields, "OTHER", other=profile.id)),
        (Described(history, "PREMIS", "3.0"),),
        (
            Group("Documentation", (put(folder, "documentation/MucLuc.docx", index, DOCX),)),
            Group("Schemas", (put(folder, f"schemas/{profile.id}.xsd", schema(profile), XML),)),
        ),
    )  # fmt: skip
    first = _representation(folder, manifest, "rep1", originals, about)
    second = _representation(folder, manifest, "rep2", tuple(derived.values()), ()) if derived else ()
    data = mets(replace(manifest, representations=(*first, *second)))
    put(folder, "METS.xml", data, XML)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(folder, len(originals), len(derived), size, hashlib.sha256(data).hexdigest())


def _content(folder: Path, filed: Filed, derive: Derive | None) -> tuple[tuple[Part, ...], dict[str, Part]]:
    """Copy every original as it is, and write what is derived from it beside; one file at a time is in memory."""
    originals: list[Part] = []
    derived: dict[str, Part] = {}
    for number, document in enumerate(filed.documents, 1):
        record = document.record
        assert record is not None
        data = _original(record)
        path = f"representations/rep1/data/{number:07d}.{ENDINGS.get(record.media_type, 'bin')}"
        originals.append(put(folder, path, data, record.media_type, record.source_path))
        if derive and (second := derive(record, data)):
            derived[path] = put(folder, f"representations/rep2/data/{number:07d}.pdf", second, PDF)
    return tuple(originals), derived


def _original(record: Record) -> bytes:
    if record.path is None:
        raise ArchiveError(
            f"{record.source_path}: the file is gone: bring it back and run `congvan ingest`",
            f"{record.source_path}: không còn tập tin: hãy trả lại rồi chạy `congvan ingest`",
        )
    return read_stable(record.path, record.sha256)


def _representation(
    folder: Path, whole_package: Manifest, name: str, parts: Sequence[Part], about: Sequence[Part]
) -> tuple[tuple[str, Part]]:
    """Write a representation's METS.xml and return it under its name."""
    base = f"representations/{name}/"
    manifest = replace(
        whole_package, id=name, label=None, base=base, preservation=(),
        descriptive=tuple(Described(part, "EAD", "2002") for part in about),
        groups=(Group("Data", tuple(parts), dict(zip([part.path for part in parts], about, strict=False)), True),),
    )  # fmt: skip
    return ((name, put(folder, f"{base}METS.xml", mets(manifest), XML)),)
