"""Mục lục văn bản, tài liệu: the printed index of a file, as rows.

The page column counts through the file: a document of 3 pages behind one of 2 stands on 3-5. Where a document's
pages are unknown, its own cell and all after it stay empty, to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.archive.dossiers import Dossier
from pipeline.archive.metadata import written_day
from pipeline.archive.records import Record
from pipeline.search.keys import whole_number

COLUMNS = (
    "STT", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu", "Tác giả", "Tờ số/ Trang số", "Ghi chú",
)  # fmt: skip
TITLE = "MỤC LỤC VĂN BẢN, TÀI LIỆU"


@dataclass(frozen=True, slots=True)
class Row:
    """One document in the index; an unknown value is an empty text."""

    ordinal: int
    sign: str
    day: str
    content: str
    author: str
    pages: str
    note: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        return (str(self.ordinal), self.sign, self.day, self.content, self.author, self.pages, self.note)


def rows(dossier: Dossier) -> Iterator[Row]:
    """Yield the index of a file, in its order."""
    at: int | None = 1
    for ordinal, record in enumerate(dossier.records, 1):
        last = None if at is None or record.pages is None else at + record.pages - 1
        pages = "" if last is None else f"{at}-{last}" if last != at else str(at)
        yield Row(
            ordinal,
            whole_number(record.number, record.notation) or "",
            _day(record),
            content(record),
            record.agency or "",
            pages,
        )
        at = None if last is None else last + 1


def content(record: Record) -> str:
    """Return the type's name with the subject behind it.

    The subject of a công văn stands under V/v on the page, and follows về việc here.
    """
    name, subject = record.type_name or "", record.subject or ""
    if name == "Công văn" and subject and not subject.casefold().startswith("về "):
        name = "Công văn về việc"
    return " ".join(part for part in (name, subject) if part)


def _day(record: Record) -> str:
    """Return the day, or the month or year where no more is known."""
    return written_day(record.issued_on) or ""


def totals(dossier: Dossier) -> str:
    """Return the sentence below the table that says how many documents and pages the file has."""
    counts = [record.pages for record in dossier.records]
    known = [count for count in counts if count is not None]
    pages = f"{sum(known)} trang" if len(known) == len(counts) else "… trang"
    return f"Hồ sơ gồm {len(counts)} văn bản, tài liệu; {pages}."
