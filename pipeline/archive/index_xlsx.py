"""Mục lục văn bản as a spreadsheet, ready to be printed on A4."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.archive.index import COLUMNS, TITLE, Row
from pipeline.archive.index_docx import Head
from pipeline.export.xlsx import sheet_text

_WIDTHS = (6, 18, 13, 52, 28, 11, 14)
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LEFT_COLUMNS = {4, 5, 7}


def write(path: Path, head: Head, rows: Sequence[Row]) -> None:
    """Write the index; every cell is text, so that no spreadsheet takes `01/2025` for a day or `=…` for a formula."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Mục lục"
    bounds = f"Từ ngày {head.start or '…'} đến ngày {head.end or '…'}. Thời hạn lưu trữ: {head.retention or '…'}"
    heads = (
        (head.agency or "", Font(name="Times New Roman", size=12, bold=True)),
        (TITLE, Font(name="Times New Roman", size=14, bold=True)),
        (f"Hồ sơ số: {head.code}", Font(name="Times New Roman", size=12)),
        (head.title or "", Font(name="Times New Roman", size=12, bold=True)),
        (bounds, Font(name="Times New Roman", size=12, italic=True)),
    )
    for number, (text, font) in enumerate(heads, 1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(COLUMNS))
        _put(sheet, number, 1, text, font, "center")
    top = len(heads) + 2
    for column, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        _put(sheet, top, column, title, Font(name="Times New Roman", size=12, bold=True), "center", boxed=True)
        sheet.column_dimensions["ABCDEFG"[column - 1]].width = width
    for number, row in enumerate(rows, top + 1):
        for column, text in enumerate(row.cells, 1):
            place = "left" if column in _LEFT_COLUMNS else "center"
            _put(sheet, number, column, text, Font(name="Times New Roman", size=12), place, boxed=True)
    _put(sheet, top + len(rows) + 2, 1, head.totals, Font(name="Times New Roman", size=12), "left", wrap=False)
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = "9", "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(path)


def _put(
    sheet: Worksheet, row: int, column: int, text: str, font: Font, place: str, *, boxed: bool = False,
    wrap: bool = True,
) -> None:  # fmt: skip
    cell = sheet.cell(row, column)
    cell._value, cell.data_type, cell.number_format = sheet_text(text), "s", "@"
    cell.font, cell.alignment = font, Alignment(horizontal=place, vertical="center", wrap_text=wrap)
    if boxed:
        cell.border = _BOX
