"""Form 0601.N of Thông tư 02/2023/TT-BNV: the number of emulation movements, filled from the tables, as XLSX.

A movement counts once, where a dispatch of the reporting year launched it. What could not be told of it
is counted on a line of its own, and the second sheet shows what each number rests on.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.xlsx import sheet_text
from pipeline.search.keys import whole_number
from pipeline.stats.classify import DURATIONS, METHODS, SCOPES, duration_of, method_of, scope_of

UNKNOWN = ("Chưa xác định được", "Could not be told")
_SQL = """
SELECT m.movement_id, m.name, m.text, m.launched_by, m.period_start, m.period_end, d.agency, d.subject, d.number,
       d.notation, d.issued_on
FROM movements m JOIN dispatches d USING (dispatch_id)
WHERE m.launched AND m.kind = 'movement' AND (:year IS NULL OR substr(d.issued_on, 1, 4) = :year)
ORDER BY d.issued_on, m.dispatch_id, m.ordinal
"""


@dataclass(frozen=True, slots=True)
class Launch:
    """A movement that was launched, and what the statistic asks of it; None where it could not be told."""

    name: str
    launched_by: str | None
    dispatch: str | None
    issued_on: str | None
    start: str | None
    end: str | None
    scope: str | None
    duration: str | None
    method: str | None


def launches(connection: sqlite3.Connection, year: int | None) -> list[Launch]:
    """Return the movements launched in a year (in any, for None), each once, by its first launch."""
    found: dict[str, Launch] = {}
    for row in connection.execute(_SQL, {"year": None if year is None else str(year)}):
        by = row["launched_by"] or row["agency"]
        found.setdefault(
            row["movement_id"] or row["name"],
            Launch(
                row["name"], by, whole_number(row["number"], row["notation"]),
                row["issued_on"], row["period_start"], row["period_end"],
                scope_of(by, row["name"]), duration_of(row["period_start"], row["period_end"]),
                method_of(" ".join(part for part in (row["name"], row["text"], row["subject"]) if part)),
            ),
        )  # fmt: skip
    return list(found.values())


Line = tuple[str, str, int | None, int]
"""A line of the form: its number, its words, its count (None for a heading), and how deep it stands."""


def lines(found: list[Launch], side: int) -> list[Line]:
    """Return the lines of the form; `side` 0 is Vietnamese, 1 is English."""
    made: list[Line] = [("A", ("Tổng số phong trào thi đua", "Emulation movements in all")[side], len(found), 0)]
    parts = (
        ("B", ("Chia theo phạm vi tổ chức", "By scope"), SCOPES, Counter(launch.scope for launch in found)),
        ("C", ("Chia theo thời gian", "By duration"), DURATIONS, Counter(launch.duration for launch in found)),
        ("D", ("Chia theo phương thức tổ chức", "By method"), METHODS, Counter(launch.method for launch in found)),
    )
    for letter, title, names, counts in parts:
        made.append((letter, title[side], None, 0))
        values = [(name[side], counts[value]) for value, name in names.items()]
        values.append((UNKNOWN[side], counts[None]))
        made += [(f"{letter}.{n}", name, count, 1) for n, (name, count) in enumerate(values, 1)]
    return made


def write(connection: sqlite3.Connection, path: Path, *, year: int | None, today: date, lang: str) -> int:
    """Write the form; return the number of movements counted."""
    side = 0 if lang == "vi" else 1
    found = launches(connection, year)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _form(sheet, lines(found, side), side, year, today)
    _evidence(book.create_sheet(("Căn cứ", "Evidence")[side]), found, side)
    book.save(path)
    return len(found)


def _font(*, bold: bool = False, italic: bool = False, size: float = 12) -> Font:
    """Return the type of official documents."""
    return Font(name="Times New Roman", bold=bold, italic=italic, size=size)


_THIN = Side(style="thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="EFE7DC")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _form(sheet: Worksheet, rows: list[Line], side: int, year: int | None, today: date) -> None:
    sheet.title = "0601.N"
    for column, width in (("A", 9), ("B", 58), ("C", 16), ("D", 14)):
        sheet.column_dimensions[column].width = width
    period = (f"Năm {year}", f"Year {year}")[side] if year else ("Tất cả các năm", "All years")[side]
    heads = (
        ("Biểu số: 0601.N", _font(bold=True), "left"),
        (("Ban hành theo Thông tư số 02/2023/TT-BNV", "Issued with Thông tư 02/2023/TT-BNV")[side],
         _font(italic=True, size=10), "left"),
        (("SỐ PHONG TRÀO THI ĐUA", "NUMBER OF EMULATION MOVEMENTS")[side], _font(bold=True, size=14), "center"),
        (period, _font(bold=True), "center"),
        ((f"Lập ngày {today:%d/%m/%Y} từ các văn bản trong danh mục", f"Made on {today} from the catalogue")[side],
         _font(italic=True, size=10), "center"),
    )  # fmt: skip
    for row, (text, font, place) in enumerate(heads, 1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment = font, Alignment(horizontal=place)
    top = len(heads) + 2
    titles = (("Mã số", "Chỉ tiêu", "Đơn vị tính", "Số lượng"), ("Code", "Measure", "Unit", "Number"))[side]
    for letter, title in zip("ABCD", titles, strict=True):
        cell = sheet[f"{letter}{top}"]
        cell.value, cell.font, cell.fill, cell.border, cell.alignment = title, _font(bold=True), _HEAD, _BOX, _MIDDLE
    unit = ("phong trào", "movement")[side]
    for row, (code, text, count, depth) in enumerate(rows, top + 1):
        for letter, value in zip("ABCD", (code, text, None if count is None else unit, count), strict=True):
            cell = sheet[f"{letter}{row}"]
            cell.value, cell.border, cell.font = value, _BOX, _font(bold=depth == 0)
            cell.alignment = (
                Alignment(horizontal="left", vertical="center", indent=depth * 2) if letter == "B" else _MIDDLE
            )
        sheet.row_dimensions[row].height = 19
    last = top + len(rows) + 2
    signers = (("Người lập biểu", "Thủ trưởng đơn vị"), ("Made by", "Head of the unit"))[side]
    for place, signer in zip("BC", signers, strict=True):
        cell = sheet[f"{place}{last}"]
        cell.value, cell.font, cell.alignment = signer, _font(bold=True), Alignment(horizontal="center")
    sheet.merge_cells(f"C{last}:D{last}")
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "9", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _evidence(sheet: Worksheet, found: list[Launch], side: int) -> None:
    titles = (
        ("Phong trào", "Nơi phát động", "Văn bản", "Ngày", "Từ", "Đến", "Phạm vi", "Thời gian", "Phương thức"),
        ("Movement", "Launched by", "Dispatch", "Issued on", "From", "To", "Scope", "Duration", "Method"),
    )[side]
    names: dict[str, str] = {}
    for kind, label in (*SCOPES.items(), *DURATIONS.items(), *METHODS.items()):
        names[kind] = label[side]
    for place, title, width in zip("ABCDEFGHI", titles, (52, 40, 18, 12, 12, 12, 24, 26, 24), strict=True):
        cell = sheet[f"{place}1"]
        cell.value, cell.font, cell.fill, cell.border, cell.alignment = title, _font(bold=True), _HEAD, _BOX, _MIDDLE
        sheet.column_dimensions[place].width = width
    for row, launch in enumerate(found, 2):
        told = [names[one] if one else UNKNOWN[side] for one in (launch.scope, launch.duration, launch.method)]
        values = (launch.name, launch.launched_by, launch.dispatch, launch.issued_on, launch.start, launch.end, *told)
        for place, value in zip("ABCDEFGHI", values, strict=True):
            cell = sheet[f"{place}{row}"]
            cell.value = sheet_text(value) if value else None
            cell.data_type, cell.number_format = "s" if value else "n", "@"
            cell.border, cell.font, cell.alignment = _BOX, _font(), Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
