import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import READERS, sniff


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"%PDF-1.4\n", sniff.PDF, id="pdf"),
        pytest.param(b"\r\n\r\nmail header %PDF-1.4\n", sniff.PDF, id="pdf after junk"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", sniff.PNG, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0....", sniff.JPEG, id="jpeg"),
        pytest.param(b"II*\x00....", sniff.TIFF, id="tiff, Intel"),
        pytest.param(b"MM\x00*....", sniff.TIFF, id="tiff, Motorola"),
        pytest.param(b"{\\rtf1\\ansi", sniff.RTF, id="rtf"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), sniff.DOC, id="doc"),
        pytest.param(OLE, None, id="spreadsheet of the same family"),
        pytest.param(zipped(word__document_xml=b"<w/>"), sniff.DOCX, id="docx"),
        pytest.param(zipped(mimetype=sniff.ODT.encode()), sniff.ODT, id="odt"),
        pytest.param(zipped(mimetype=b"application/epub+zip"), None, id="epub"),
        pytest.param(zipped(xl__workbook_xml=b"<x/>"), None, id="xlsx"),
        pytest.param(b"PK\x03\x04 and nothing more", None, id="broken zip"),
        pytest.param(b"\r\n<HTML xmlns:o='x'><body>", sniff.HTML, id="web page"),
        pytest.param("<!DOCTYPE html><p>Số 5".encode("utf-16"), sniff.HTML, id="web page in UTF-16"),
        pytest.param(
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>",
            sniff.WORD_XML,
            id="Word 2003 XML",
        ),
        pytest.param("Kính gửi: Sở Y tế\n".encode(), sniff.TEXT, id="text"),
        pytest.param("Kính gửi: Sở Y tế\n".encode("utf-16"), sniff.TEXT, id="text in UTF-16"),
        pytest.param(b"", sniff.TEXT, id="nothing"),
        pytest.param(bytes(range(1, 255)), None, id="noise"),
        pytest.param(b"MZ\x90\x00\x03" + b"\0" * 40, None, id="a program"),
    ],
)
def test_a_file_is_told_by_its_bytes(data: bytes, expected: str | None) -> None:
    assert sniff.sniff(data) == expected


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert sniff.sniff(data) in {None, *READERS}
