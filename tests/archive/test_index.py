"""Mục lục văn bản: its rows count pages through the file; its Word file looks like an official document."""

import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest

from pipeline.archive import index, index_docx, index_xlsx
from pipeline.archive.index_docx import Head
from tests.archive.filing import dossier, record

FILE = dossier(
    record(1, page_count=2), record(2, page_count=1, type_name="Công văn", type_code=None, notation="SNV-VP"),
    record(3, page_count=4, number="05", notation="CT/HU", subject="=1+1"), record(4, page_count=None), record(5),
)  # fmt: skip
HEAD = Head("01.2024", "Hồ sơ tập huấn", "20 năm", "01/03/2024", "05/03/2024", index.totals(FILE), date(2026, 1, 5),
            agency="SỞ NỘI VỤ", parent_agency="ỦY BAN NHÂN DÂN TỈNH", place="Hòa Bình")  # fmt: skip
ROWS = list(index.rows(FILE))


def test_pages_count_through_the_file_until_one_is_unknown() -> None:
    assert [row.pages for row in ROWS] == ["1-2", "3", "4-7", "", ""]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, ("1", "1/KH-SNV", "01/03/2024", "Kế hoạch tập huấn văn thư", "SỞ NỘI VỤ", "1-2", "")),
        (1, ("2", "2/SNV-VP", "02/03/2024", "Công văn về việc tập huấn văn thư", "SỞ NỘI VỤ", "3", "")),
        (2, ("3", "05-CT/HU", "03/03/2024", "Kế hoạch =1+1", "SỞ NỘI VỤ", "4-7", "")),
    ],
)
def test_rows(number: int, expected: tuple[str, ...]) -> None:
    assert ROWS[number].cells == expected


def test_unknown_values_are_empty() -> None:
    blank = record(1, number=None, notation=None, issued_on="2024", type_name=None, subject=None, agency=None)
    (row,) = index.rows(dossier(blank))
    assert row.cells == ("1", "", "2024", "", "", "1-2", "")


def test_totals() -> None:
    assert index.totals(FILE) == "Hồ sơ gồm 5 văn bản, tài liệu; … trang."
    assert index.totals(dossier(record(1), record(2))) == "Hồ sơ gồm 2 văn bản, tài liệu; 4 trang."


def test_the_word_file() -> None:
    data = index_docx.document(HEAD, ROWS)
    made = docx.Document(io.BytesIO(data))
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert made.styles["Normal"].font.name == "Times New Roman"
    head, table, foot = made.tables
    assert [cell.text.split("\n")[:2] for cell in head.rows[0].cells] == [
        ["ỦY BAN NHÂN DÂN TỈNH", "SỞ NỘI VỤ"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[0].cells] == list(index.COLUMNS)
    assert [cell.text for cell in table.rows[4].cells] == list(ROWS[2].cells)
    assert len(table.rows) == 2 + len(ROWS)
    assert "Hòa Bình, ngày 05 tháng 01 năm 2026" in foot.rows[0].cells[1].text
    assert b"tblHeader" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


def test_the_word_file_does_not_depend_on_the_hour() -> None:
    first, second = (index_docx.document(HEAD, ROWS) for _ in range(2))
    assert first == second
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_unknown_is_left_to_be_written_by_hand() -> None:
    bare = Head("01", None, None, None, None, "", date(2026, 1, 5))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(index_docx.document(bare, []))).paragraphs)
    assert "Từ ngày … đến ngày …. Thời hạn lưu trữ: …" in text


def test_the_spreadsheet(tmp_path: Path) -> None:
    index_xlsx.write(tmp_path / "a.xlsx", HEAD, ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[7]] == list(index.COLUMNS)
    assert [cell.value or "" for cell in sheet[10]] == list(ROWS[2].cells)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert sheet.print_title_rows == "$7:$7"


@pytest.mark.office
def test_the_word_file_as_it_is_printed(tmp_path: Path) -> None:
    many = [replace(ROWS[0], ordinal=n) for n in range(1, 41)]
    (tmp_path / "a.docx").write_bytes(index_docx.document(HEAD, many))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(tmp_path / "a.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        pages = [page.extract_text() for page in pdf.pages]
        widths = {round(line["x1"] - line["x0"]) for line in pdf.pages[0].rects + pdf.pages[0].lines}
    assert len(pages) == 2
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]  # on one line
    assert all("Số, ký hiệu" in page for page in pages)  # the heading stands on every page
    assert "NGƯỜI LẬP" in pages[-1]
    assert widths
