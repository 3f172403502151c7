"""An invented catalogue with its files, filed under two codes, for the tests of the archive's forms."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline import models, store
from pipeline.archive.dossiers import Dossier
from pipeline.archive.metadata import Filed, describe
from pipeline.archive.package.parts import Making
from pipeline.archive.profile import load
from pipeline.archive.records import Record
from tests import catalogues

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MAKING = Making(NOW, "congvan", "1.0", "SỞ NỘI VỤ")
GIVEN = {"title": "Hồ sơ thi đua", "retention": "20 năm", "access": "công khai"}
TYPES = models.load().types


def record(number: int = 1, /, **values: object) -> Record:
    """Return a record that is ready for the archive, but for what is changed."""
    plain = Record(
        id=f"{number:016x}", sha256="", source_path=f"{number}.pdf", path=Path(f"{number}.pdf"),
        media_type="application/pdf", origin="scan", page_count=2, language="vi", agency="SỞ NỘI VỤ",
        number=str(number), notation="KH-SNV", type_code="KH", type_name="Kế hoạch", subject="tập huấn văn thư",
        issued_on=f"2024-03-{number:02d}", secrecy=None, review_state="checked", review_reason=None,
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


def dossier(*records: Record, code: str = "01.2024", **given: str) -> Dossier:
    """Return a file of these records with everything said that a person must say."""
    return Dossier(code, records, {name: value for name, value in (GIVEN | given).items() if value})


def filed(*records: Record, profile: str = "tt05-2025", **given: str) -> Filed:
    """Return a described file of these records."""
    return describe(dossier(*records, **given), load(profile), TYPES)


def with_files(folder: Path, *records: Record) -> tuple[Record, ...]:
    """Write a file for each record and return the records that know of it."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for one in records:
        path = folder / one.source_path
        path.write_bytes(f"%PDF-1.4 {one.id}".encode())
        kept.append(replace(one, path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest()))
    return tuple(kept)


FILED_UNDER = {
    "launch": ("hồ-sơ/01.2020.tđ", "bảo-quản/vĩnh-viễn", "tiếp-cận/công-khai"),
    "plan": ("hồ-sơ/01.2020.tđ", "bảo-quản/20-năm", "tiếp-cận/công-khai"),
    "praise": ("hồ-sơ/02.2022.kt",),
}


def build(folder: Path) -> Path:
    """Write the catalogue of `tests.catalogues` with its files beside, some filed by tags, one restricted."""
    out, inbox = catalogues.build(folder / "out"), folder / "in"
    inbox.mkdir()
    connection = store.connect(out)
    for dispatch in catalogues.DISPATCHES:
        data = f"%PDF-1.4 {dispatch['dispatch_id']}".encode()
        (inbox / str(dispatch["source_path"])).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        connection.execute("UPDATE dispatches SET sha256 = ? WHERE dispatch_id = ?", (digest, dispatch["dispatch_id"]))
    connection.execute("UPDATE sources SET inbox = ?, gone = 0", (str(inbox),))
    connection.execute("UPDATE dispatches SET review_state = 'checked' WHERE source_path IN ('launch.pdf', 'plan.pdf')")
    rows = [(catalogues.id_of(slug), tag, "c2") for slug, tags in FILED_UNDER.items() for tag in tags]
    connection.executemany("INSERT INTO tags VALUES (?, ?, ?)", rows)
    secret = {"source_path": "mật.pdf", "dispatch_id": "5ec7e75ec7e75ec7", "state": "restricted", "sha256": "5ec7"}
    store.insert(connection, "sources", [{**secret, "gone": False}])
    store.insert(connection, "tags", [{"dispatch_id": secret["dispatch_id"], "tag": "hồ-sơ/01.2020.tđ",
                                       "change_id": "c2"}])  # fmt: skip
    connection.close()
    return out
