"""Metadata as XLSX, CSV and XML holds what was described, whole and as text."""

import csv
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from pipeline.archive import fieldsxml, sheets
from pipeline.archive.profile import PROFILES, load
from pipeline.archive.xmlkit import clean, parsed
from pipeline.export import unguard
from tests.archive.filing import filed, record

WHOLE = filed(record(1, number="01/2024", subject="=phòng, chống\fmưa \x01lũ"), record(2))


def test_xlsx_is_text_throughout(tmp_path: Path) -> None:
    (path,) = sheets.write([WHOLE], WHOLE.profile, tmp_path, format="xlsx", lang=None)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["file", "document"]
    heads, first = ([cell.value for cell in row] for row in list(book["document"].iter_rows())[:2])
    assert heads == [field.name for field in WHOLE.profile.document]
    found = dict(zip(heads, first, strict=True))
    assert (found["codeNumber"], found["issuedDate"], found["subject"]) == (
        "01/2024",
        "01/03/2024",
        "=phòng, chống\nmưa lũ",
    )
    assert {cell.data_type for cell in book["document"][2] if cell.value is not None} == {"s"}


def test_csv_opens_in_a_spreadsheet_unharmed(tmp_path: Path) -> None:
    paths = sheets.write([WHOLE], WHOLE.profile, tmp_path, format="csv", lang="vi")
    assert [path.name for path in paths] == ["tt05-2025-files.csv", "tt05-2025-documents.csv"]
    with paths[1].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2
    assert rows[0]["Trích yếu nội dung"].startswith("'=")
    assert unguard(rows[0]["Trích yếu nội dung"]) == WHOLE.documents[0].values["subject"]


@pytest.mark.parametrize("name", PROFILES)
def test_xml_keeps_its_schema(tmp_path: Path, name: str) -> None:
    whole = filed(record(1), record(2), profile=name)
    (path,) = sheets.write([whole, whole], load(name), tmp_path, format="xml", lang=None)
    checker = etree.XMLSchema(etree.fromstring(fieldsxml.schema(load(name))))
    root = parsed(path.read_bytes())
    checker.assertValid(root)
    assert len(root) == 2
    checker.assertValid(parsed(fieldsxml.fields_xml(whole)))


@pytest.mark.parametrize(
    "changes", [{"subject": None}, {"subject": "a" * 501}, {"subject": ""}, {"issued_on": None}], ids=str
)
def test_the_schema_refuses_what_is_not_ready(changes: dict[str, object]) -> None:
    checker = etree.XMLSchema(etree.fromstring(fieldsxml.schema(load("tt05-2025"))))
    assert not checker.validate(parsed(fieldsxml.fields_xml(filed(record(**changes)))))


def test_what_xml_cannot_hold_is_taken_out() -> None:
    assert clean("a\x00\fb\ud800") == "a\nb"


@pytest.mark.parametrize(
    "data",
    [b"", b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
)
def test_xml_that_is_not_trusted(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parsed(data)
