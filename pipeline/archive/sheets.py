"""The fields of files and documents as CSV, XLSX and XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from pipeline.archive.fieldsxml import all_fields_xml
from pipeline.archive.metadata import Described, Filed
from pipeline.archive.profile import Field, Profile
from pipeline.archive.whole import whole
from pipeline.export import plain, xlsx
from pipeline.store.rows import Row
from pipeline.store.schema import Column

SheetFormat = Literal["xlsx", "csv", "xml"]
FORMATS: tuple[SheetFormat, ...] = ("xlsx", "csv", "xml")
_TITLES = {"file": ("Hồ sơ", "Files"), "document": ("Tài liệu", "Documents")}


def write(
    filed: Sequence[Filed], profile: Profile, folder: Path, *, format: SheetFormat, lang: str | None
) -> tuple[Path, ...]:
    """Write the fields below a folder and return the paths; `lang` gives titles in the first row, None names.

    CSV guards formulas as every export does; it opens in Excel.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sheets = (("file", profile.file, _files(filed)), ("document", profile.document, _documents(filed)))
    if format == "xml":
        path = folder / f"{profile.id}.xml"
        with whole(path) as part:
            part.write_bytes(all_fields_xml(filed, profile))
        return (path,)
    if format == "csv":
        paths = []
        for name, fields, described in sheets:
            paths.append(folder / f"{profile.id}-{name}s.csv")
            with whole(paths[-1]) as part:
                plain.write_csv(part, _rows(described, fields), headings=_headings(fields, lang), bom=True)
        return tuple(paths)
    path, book = folder / f"{profile.id}.xlsx", xlsx.new_book()
    for name, fields, described in sheets:
        columns = [Column(field.name) for field in fields]
        title = _TITLES[name][lang == "en"] if lang else name
        xlsx.write_sheet(book, title, columns, _headings(fields, lang), _rows(described, fields))
    with whole(path) as part:
        xlsx.save(book, part)
    return (path,)


def _files(filed: Iterable[Filed]) -> Iterator[Described]:
    return (one.file for one in filed)


def _documents(filed: Iterable[Filed]) -> Iterator[Described]:
    return (document for one in filed for document in one.documents)


def _rows(described: Iterable[Described], fields: tuple[Field, ...]) -> Iterator[Row]:
    return ({field.name: one.values[field.name] for field in fields} for one in described)


def _headings(fields: tuple[Field, ...], lang: str | None) -> list[str]:
    return [field.title(lang) if lang else field.name for field in fields]
