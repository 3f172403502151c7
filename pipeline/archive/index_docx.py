"""Mục lục văn bản as a Word file: A4, Times New Roman, the head of official documents; the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pipeline.archive.index import COLUMNS, TITLE, Row
from pipeline.archive.whole import stable_zip

_WIDTHS = (12, 31, 22, 53, 28, 15, 14)  # millimetres, 175 in all
_HALVES = (80, 95)
_CENTRED = {0, 1, 2, 5}
_MARGINS = {"left_margin": Mm(20), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(20)}
_BLANK = "…………………………"
_MIDDLE, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the table: who files, the file's code and title, its bounds, and the day.

    What is unknown is None and is printed as dots to write on.
    """

    code: str
    title: str | None
    retention: str | None
    start: str | None
    end: str | None
    totals: str
    day: date
    agency: str | None = None
    parent_agency: str | None = None
    place: str | None = None


def document(head: Head, rows: Sequence[Row]) -> bytes:
    """Return the index as a DOCX file."""
    made = docx.Document()
    _page(made)
    _official_head(made, head)
    _line(made, TITLE, bold=True, size=14, before=14)
    _line(made, f"Hồ sơ số: {head.code}", size=13)
    _line(made, head.title or _BLANK, bold=True, size=13)
    bounds = f"Từ ngày {head.start or '…'} đến ngày {head.end or '…'}. Thời hạn lưu trữ: {head.retention or '…'}"
    _line(made, bounds, italic=True, size=12, after=8)
    _table(made, rows)
    _line(made, head.totals, size=12, before=8, place=_LEFT)
    _foot(made, head)
    made.core_properties.title = f"{TITLE} - {head.code}"
    made.core_properties.author = head.agency or ""
    made.core_properties.comments = ""  # else python-docx names itself there
    out = io.BytesIO()
    made.save(out)
    return stable_zip(out.getvalue())


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in _MARGINS.items():
        setattr(section, name, width)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)
    _page_number(section.header.paragraphs[0])
    section.different_first_page_header_footer = True


def _official_head(made: Any, head: Head) -> None:
    """Write the two columns of an official head: who files on the left, quốc hiệu and tiêu ngữ on the right."""
    left, right = _two_columns(made)
    _fill(left.paragraphs[0], head.parent_agency or "", size=12)
    _fill(_next(left), head.agency or _BLANK, bold=True, size=12)
    _rule(left, Mm(22))
    _fill(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
    _fill(_next(right), "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
    _rule(right, Mm(20))


def _two_columns(made: Any) -> Any:
    """Add a table without lines and return its two cells."""
    table = made.add_table(rows=1, cols=2)
    _widths(table, _HALVES)
    return table.rows[0].cells


def _widths(table: Any, widths: Sequence[int]) -> None:
    """Set the columns' widths in millimetres, in the grid and in every cell: programs look at one or the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _table(made: Any, rows: Iterable[Row]) -> None:
    table = made.add_table(rows=1, cols=len(COLUMNS))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _repeated(table.rows[0])
    _cells(table.rows[0], COLUMNS, bold=True)
    _cells(table.add_row(), [f"({n})" for n in range(1, len(COLUMNS) + 1)], italic=True)
    for row in rows:
        line = table.add_row()
        _unbroken(line)
        _cells(line, row.cells)
    _widths(table, _WIDTHS)


def _cells(row: Any, texts: Iterable[str], *, bold: bool = False, italic: bool = False) -> None:
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        place = _MIDDLE if bold or italic or number in _CENTRED else _LEFT
        _fill(cell.paragraphs[0], text, bold=bold, italic=italic, size=11, place=place)


def _foot(made: Any, head: Head) -> None:
    _, right = _two_columns(made)
    day = f"ngày {head.day.day:02d} tháng {head.day.month:02d} năm {head.day.year}"
    _fill(right.paragraphs[0], f"{head.place or '…………'}, {day}", italic=True, size=12)
    _fill(_next(right), "NGƯỜI LẬP", bold=True, size=12)
    _fill(_next(right), "(Ký, ghi rõ họ và tên)", italic=True, size=11)
    for paragraph in right.paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _line(
    made: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 12, before: float = 0,
    after: float = 2, place: Any = _MIDDLE,
) -> None:  # fmt: skip
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    _fill(paragraph, text, bold=bold, italic=italic, size=size, place=place)


def _fill(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 12, place: Any = _MIDDLE
) -> None:
    paragraph.alignment = place
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _next(cell: Any) -> Any:
    return cell.add_paragraph()


def _rule(cell: Any, inset: Any) -> None:
    """Draw the short line that stands below an agency's name and below the motto."""
    paragraph = _next(cell)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    paragraph.paragraph_format.line_spacing = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _repeated(row: Any) -> None:
    """Make a row the heading of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _unbroken(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = _MIDDLE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
