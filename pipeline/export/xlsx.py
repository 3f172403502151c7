"""XLSX: a workbook with one sheet for each table, typed cells, a frozen header; written a row at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pipeline.store.rows import Row, Value
from pipeline.store.schema import Column

SHEET_ROWS = 1_048_576
CELL_LENGTH = 32_767
CUT = " …[cắt]"
"""What stands at the end of a text that a cell cannot hold."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDTHS = {"text": 60, "subject": 60, "message": 60, "message_vi": 60, "agency": 34, "parent_agency": 34, "name": 34,
           "source_path": 34, "assignees": 34, "title": 40, "value": 34, "dispatch_id": 18, "sha256": 18}  # fmt: skip
_HEADER = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="8B1A1A"),
           "alignment": Alignment(vertical="center", wrap_text=True)}  # fmt: skip


def write_sheet(
    book: Workbook, title: str, columns: Iterable[Column], headings: Iterable[str], rows: Iterator[Row]
) -> int:
    """Write a table on a sheet, and on further ones where it has more rows than a sheet; return the number of rows."""
    columns, headings = tuple(columns), tuple(headings)
    count = _write_part(book, title[:31], columns, headings, islice(rows, SHEET_ROWS - 1))
    for part, first in enumerate(rows, 2):
        some = islice(chain([first], rows), SHEET_ROWS - 1)
        count += _write_part(book, f"{title[:26]} ({part})", columns, headings, some)
    return count


def _write_part(
    book: Workbook, name: str, columns: tuple[Column, ...], headings: tuple[str, ...], rows: Iterator[Row]
) -> int:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, (column, heading) in enumerate(zip(columns, headings, strict=True), 1):
        width = _WIDTHS.get(column.name, max(12, min(24, len(heading) + 3)))
        sheet.column_dimensions[get_column_letter(number)].width = width
    header = [WriteOnlyCell(sheet, heading) for heading in headings]
    for cell in header:
        for name_, style in _HEADER.items():
            setattr(cell, name_, style)
    sheet.append(header)
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row.values()])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    return count


def _cell(sheet: object, value: Value) -> object:
    """Return a typed cell; numbers, true and false need none of their own."""
    if isinstance(value, list):
        value = "; ".join(value)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    fill_cell(cell, value)
    return cell


def fill_cell(cell: Cell, value: str | None) -> None:
    """Give a cell a text: a day becomes a day; anything else is text, also what looks like a formula or a number."""
    if value is None:
        return
    if (day := _day(value)) is not None:
        cell.value, cell.number_format = day, "dd/mm/yyyy"
        return
    cell._value, cell.data_type = sheet_text(value), "s"
    cell.number_format = "@"


def _day(value: str) -> date | None:
    if not _DAY.fullmatch(value) or value < "1900-03-01":  # Excel's calendar is wrong before
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def sheet_text(text: str) -> str:
    """Return text that a cell can hold: a page break is a line break, and what is too long is cut and says so."""
    text = _FORBIDDEN.sub("", text.replace("\f", "\n"))
    return text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - len(CUT)] + CUT


def new_book() -> Workbook:
    """Return an empty workbook that is written to disk as it grows."""
    return Workbook(write_only=True)


def save(book: Workbook, path: Path) -> None:
    """Write the workbook."""
    book.save(path)
