"""Form 0601.N of Thông tư 02/2023/TT-BNV: the number of emulation movements, filled from the tables, as XLSX.

A movement counts once, where a dispatch of the reporting year launched it. What could not be told of it
is counted apart, in lines and a column that the form does not have, and the second sheet shows what each
number rests on. The codes and words of the lines and columns are the form's.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.xlsx import fill_cell
from pipeline.search.keys import whole_number
from pipeline.stats.classify import (
    DURATIONS,
    LEVELS,
    METHODS,
    SCOPES,
    Names,
    duration_of,
    level_of,
    method_of,
    scope_of,
)

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
    level: str | None
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
                level_of(by), scope_of(by, row["name"]), duration_of(row["period_start"], row["period_end"]),
                method_of(" ".join(part for part in (row["name"], row["text"], row["subject"]) if part)),
            ),
        )  # fmt: skip
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form: its code, its words, and its counts (none for a heading).

    A line without a code that has counts is not the form's: it holds what could not be told.
    The counts are of all, of each level in the order of `LEVELS`, and of those whose level could not be told.
    """

    code: str
    words: str
    counts: tuple[int, ...] = ()


def lines(found: list[Launch], side: int) -> list[Line]:
    """Return the lines of the form; `side` 0 is Vietnamese, 1 is English."""
    parts: tuple[tuple[tuple[str, str], Names, list[str | None]], ...] = (
        (("1. Chia theo phạm vi tổ chức thi đua", "1. By scope"), SCOPES, [one.scope for one in found]),
        (("2. Chia theo thời hạn thi đua", "2. By duration"), DURATIONS, [one.duration for one in found]),
        (("3. Chia theo phương thức tổ chức phong trào thi đua", "3. By method"), METHODS,
         [one.method for one in found]),
    )  # fmt: skip
    made = [Line("01", ("Tổng số", "All")[side], _counts(found))]
    number = 2
    for title, names, values in parts:
        made.append(Line("", title[side]))
        of = {value: [one for one, its in zip(found, values, strict=True) if its == value] for value in (*names, None)}
        for value, name in names.items():
            made.append(Line(f"{number:02}", f"- {name[side]}", _counts(of[value])))
            number += 1
        made.append(Line("", f"- {UNKNOWN[side]}", _counts(of[None])))
    return made


def _counts(found: Iterable[Launch]) -> tuple[int, ...]:
    levels = Counter(one.level for one in found)
    return (levels.total(), *(levels[level] for level in LEVELS), levels[None])


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


_THIN = Side(style="thin", color="555555")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_DASHED = Side(style="dotted", color="999999")
_APART = Border(left=_DASHED, right=_DASHED, top=_DASHED, bottom=_DASHED)
_HEAD = PatternFill("solid", fgColor="EFE7DC")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_WIDTHS = {"A": 48, "B": 8, "C": 13, "D": 22, "E": 26, "F": 16, "G": 15}
_TABLE = 8
"""The first row of the table, under the head of the form."""


def _put(sheet: Worksheet, place: str, value: str | int | None, font: Font, alignment: Alignment) -> None:
    """Write a cell, or several made one (`A1:C1`)."""
    cell = sheet[place.partition(":")[0]]
    cell.value, cell.font, cell.alignment = value, font, alignment
    if ":" in place:
        sheet.merge_cells(place)


def _form(sheet: Worksheet, rows: list[Line], side: int, year: int | None, today: date) -> None:
    sheet.title = "0601.N"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    _top(sheet, side, year)
    _heads(sheet, side)
    first = _TABLE + 3
    for number, line in enumerate(rows, first):
        _line(sheet, number, line)
    _foot(sheet, first + len(rows) + 1, side, today)
    sheet.freeze_panes = sheet.cell(first, 1)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = "9", "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True


def _top(sheet: Worksheet, side: int, year: int | None) -> None:
    """Write what stands over the table; the two units are left to be filled in."""
    period = (f"Năm {year}", f"Year {year}")[side] if year else ("Tất cả các năm", "All years")[side]
    wide = Alignment(wrap_text=False)
    texts = (
        ("A1", ("Biểu số: 0601.N/BNV-TĐKT",) * 2, _font(bold=True), wide),
        ("A2", ("Ban hành theo Thông tư số 2/2023/TT-BNV ngày 23/3/2023",
                "Issued with Thông tư 2/2023/TT-BNV of 23/3/2023"), _font(size=11), wide),
        ("A3", ("Ngày nhận báo cáo: ngày 15 tháng 12 năm báo cáo",
                "Due on 15 December of the reporting year"), _font(size=11), wide),
        ("E1", ("Đơn vị báo cáo: ……………………………………", "Reported by: ……………………………………"), _font(size=11), wide),
        ("E2", ("Đơn vị nhận báo cáo: ………………………………", "Reported to: ……………………………………"), _font(size=11), wide),
        ("A5:F5", ("SỐ PHONG TRÀO THI ĐUA", "NUMBER OF EMULATION MOVEMENTS"), _font(bold=True, size=15), _MIDDLE),
        ("A6:F6", (period, period), _font(italic=True), _MIDDLE),
        ("E7:F7", ("Đơn vị tính: Phong trào", "Unit: movements"), _font(italic=True, size=11),
         Alignment(horizontal="right")),
    )  # fmt: skip
    for place, text, font, alignment in texts:
        _put(sheet, place, text[side], font, alignment)


def _heads(sheet: Worksheet, side: int) -> None:
    """Write the head of the table: three rows, the last one the numbers of the columns."""
    top, below, last = _TABLE, _TABLE + 1, _TABLE + 2
    levels = ("Số phong trào thi đua chia theo cấp chủ trì phát động thi đua", "By the level that launched them")[side]
    cells = {
        f"A{top}:A{below}": "", f"B{top}:B{below}": ("Mã số", "Code")[side],
        f"C{top}:C{below}": ("Tổng số", "All")[side], f"D{top}:F{top}": levels,
        **{f"{letter}{below}": name[side] for letter, name in zip("DEF", LEVELS.values(), strict=True)},
        **{f"{letter}{last}": name for letter, name in zip("ABCDEF", ("A", "B", "1", "2", "3", "4"), strict=True)},
    }  # fmt: skip
    for place, text in cells.items():
        _put(sheet, place, text, _font(bold=True, size=11), _MIDDLE)
    for row in sheet.iter_rows(min_row=top, max_row=last, max_col=6):
        for cell in row:
            cell.border, cell.fill = _BOX, _HEAD
    _put(sheet, f"G{top}:G{below}", (f"{UNKNOWN[side]} cấp", f"Level: {UNKNOWN[side].lower()}")[side],
         _font(italic=True, size=11), _MIDDLE)  # fmt: skip
    for row in sheet.iter_rows(min_row=top, max_row=last, min_col=7, max_col=7):
        row[0].border = _APART
    sheet.row_dimensions[top].height, sheet.row_dimensions[below].height = 22, 66


def _line(sheet: Worksheet, row: int, line: Line) -> None:
    """Write a line; what is not the form's is in italics."""
    ours = bool(line.counts) and not line.code
    bold = line.code == "01" or not line.counts
    values = (line.words, line.code or None, *(line.counts or (None,) * 5))
    for letter, value in zip("ABCDEFG", values, strict=True):
        apart = ours or letter == "G"
        _put(sheet, f"{letter}{row}", value, _font(bold=bold, italic=apart), _LEFT if letter == "A" else _MIDDLE)
        sheet[f"{letter}{row}"].border = _APART if apart else _BOX
    sheet.row_dimensions[row].height = 34 if len(line.words) > 55 else 19


def _foot(sheet: Worksheet, row: int, side: int, today: date) -> None:
    """Write what stands under the table: what it was made from, the day and the two signers."""
    note = (
        f"Lập ngày {today:%d/%m/%Y} từ các văn bản trong kho; căn cứ của từng con số ở trang sau. Dòng và cột chữ"
        " nghiêng không có trong biểu: 1 = 2 + 3 + 4 + chưa xác định được cấp.",
        f"Made on {today} from the dispatches; the next sheet shows what each number rests on. Lines and the column in"
        " italics are not the form's: 1 = 2 + 3 + 4 + level could not be told.",
    )[side]
    _put(sheet, f"A{row}:G{row}", note, _font(italic=True, size=10), _LEFT)
    sheet.row_dimensions[row].height = 28
    day = ("…………, ngày …… tháng …… năm ……", "…………, …… …… ……")[side]
    signers = (("Người lập biểu", "Thủ trưởng đơn vị"), ("Made by", "Head of the unit"))[side]
    how = (("(Ký, họ tên)", "(Ký, họ tên, đóng dấu)"), ("(signature, name)", "(signature, name, seal)"))[side]
    _put(sheet, f"E{row + 1}:F{row + 1}", day, _font(italic=True), _MIDDLE)
    for n, place in enumerate(("A{0}", "E{0}:F{0}")):
        _put(sheet, place.format(row + 2), signers[n], _font(bold=True), _MIDDLE)
        _put(sheet, place.format(row + 3), how[n], _font(italic=True, size=11), _MIDDLE)


_EVIDENCE_WIDTHS = (38, 30, 17, 12, 12, 12, 26, 26, 18, 18)


def _evidence(sheet: Worksheet, found: list[Launch], side: int) -> None:
    """Write what each number rests on, a movement a line."""
    titles = (
        ("Phong trào", "Nơi phát động", "Văn bản", "Ngày", "Từ", "Đến", "Cấp", "Phạm vi", "Thời hạn", "Phương thức"),
        ("Movement", "Launched by", "Dispatch", "Issued on", "From", "To", "Level", "Scope", "Duration", "Method"),
    )[side]
    named = (LEVELS, SCOPES, DURATIONS, METHODS)
    for place, title, width in zip("ABCDEFGHIJ", titles, _EVIDENCE_WIDTHS, strict=True):
        _put(sheet, f"{place}1", title, _font(bold=True, size=11), _MIDDLE)
        sheet[f"{place}1"].fill, sheet[f"{place}1"].border = _HEAD, _BOX
        sheet.column_dimensions[place].width = width
    for row, launch in enumerate(found, 2):
        made_out = (launch.level, launch.scope, launch.duration, launch.method)
        told = [(names[one] if one else UNKNOWN)[side] for names, one in zip(named, made_out, strict=True)]
        values = (launch.name, launch.launched_by, launch.dispatch, launch.issued_on, launch.start, launch.end, *told)
        for place, value in zip("ABCDEFGHIJ", values, strict=True):
            cell = sheet[f"{place}{row}"]
            fill_cell(cell, value)
            cell.border, cell.font, cell.alignment = _BOX, _font(size=11), Alignment(vertical="top", wrap_text=True)
        most = max(len(value or "") / width for value, width in zip(values, _EVIDENCE_WIDTHS, strict=True))
        sheet.row_dimensions[row].height = 16 * (1 + int(most * 1.1))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = "9", "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
