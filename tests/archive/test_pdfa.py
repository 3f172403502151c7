"""The two-layer PDF/A: invisible words stand over the print, and the file holds all that PDF/A-2b asks for."""

import io
import re
import struct
from dataclasses import replace
from datetime import datetime

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.archive.pdfa import About, derive
from pipeline.archive.pdfa.document import is_fax, srgb
from pipeline.archive.pdfa.glyphless import WIDTH, font
from pipeline.document import Box, Document, Line, Page, Word
from pipeline.errors import ArchiveError
from pipeline.settings import Settings
from tests import pictures
from tests.archive.filing import NOW

ABOUT = About("Kế hoạch số 12/KH-SNV <&>", NOW, "congvan 1.0")
LINES = pictures.BODY[:3]
STEP, LEFT, TOP = 58, 240, 300
A4 = (595.44, 842.04)


def scan(format: str = "PNG", *, dpi: int = 200, grey: bool = False, turn: int = 0, **options: object) -> bytes:
    image = pictures.page(LINES)
    if grey:
        image = image.convert("L")
    image = image.rotate(turn, expand=True).resize(
        [round(side * dpi / 200) for side in (image.size if not turn % 180 else image.size[::-1])]
    )
    out = io.BytesIO()
    image.save(out, format, dpi=(dpi, dpi), **options)
    return out.getvalue()


def words(page: int = 1) -> tuple[Line, ...]:
    """Return the lines of the drawn page, each word in the box where it was drawn, in points."""
    lines = []
    for number, text in enumerate(LINES):
        at, found = float(LEFT), []
        for word in text.split():
            width = pictures.font().getlength(word)
            top = TOP + STEP * number
            corners = (at, top + 8, at + width, top + 40 + len(word) % 3)
            found.append(Word(word, Box(page, *(v * 72 / 200 for v in corners)), 0.9))
            at += pictures.font().getlength(word + " ")
        lines.append(Line(tuple(found)))
    return tuple(lines)


def document(*pages: Page, media_type: str = "image/png", origin: str = "scan") -> Document:
    pages = pages or (Page(1, *A4, words(), "ocr"),)
    return replace(Document.build(id="0" * 16, source="a", pages=pages), media_type=media_type, origin=origin)


@pytest.fixture(scope="module")
def made() -> bytes:
    return derive(scan(), document(), ABOUT, Settings())


def test_every_word_can_be_found_where_it_is_printed(made: bytes) -> None:
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        found = pdf.pages[0].extract_words()
    wanted = [word for line in words() for word in line.words]
    assert [word["text"] for word in found] == [word.text for word in wanted]
    for got, word in zip(found, wanted, strict=True):
        assert word.box is not None
        assert (got["x0"], got["x1"]) == pytest.approx((word.box.x0, word.box.x1), abs=0.1)
        assert got["top"] <= word.box.top + 0.1
        assert got["bottom"] >= word.box.bottom - 0.1
        assert got["bottom"] - got["top"] < 1.2 * word.box.height


def test_copied_text_has_its_lines_and_spaces(made: bytes) -> None:
    with pypdfium2.PdfDocument(made) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert [" ".join(line.split()) for line in text.splitlines() if line.strip()] == [*LINES]


def test_the_words_leave_no_ink(made: bytes) -> None:
    blank = derive(scan(), document(Page(1, *A4, (), "ocr")), ABOUT, Settings())
    drawn = []
    for data in (made, blank):
        with pypdfium2.PdfDocument(data) as pdf:
            drawn.append(np.asarray(pdf[0].render(scale=1).to_pil()))
    assert np.array_equal(*drawn)


def test_the_picture_is_what_was_scanned(made: bytes) -> None:
    with pypdfium2.PdfDocument(made) as pdf:
        assert pdf[0].get_size() == pytest.approx(A4, abs=0.2)
        drawn = np.asarray(pdf[0].render(scale=200 / 72).to_pil().convert("L"), dtype=float)
    first = np.asarray(pictures.page(LINES).convert("L"), dtype=float)
    assert np.abs(drawn[: first.shape[0], : first.shape[1]] - first[: drawn.shape[0], : drawn.shape[1]]).mean() < 3


def test_what_pdfa_asks_for(made: bytes) -> None:
    assert made.startswith(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    reader = PdfFileReader(io.BytesIO(made))
    root, trailer = reader.root, reader.trailer
    assert "/ID" in trailer
    assert not {"/Encrypt", "/Info"} & set(trailer.flatten())
    (intent,) = root["/OutputIntents"]
    assert (intent["/S"], intent["/DestOutputProfile"]["/N"]) == ("/GTS_PDFA1", 3)
    assert intent["/DestOutputProfile"].data == srgb()
    metadata = root["/Metadata"]
    assert "/Filter" not in metadata
    xmp = metadata.data.decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert "Kế hoạch số 12/KH-SNV &lt;&amp;&gt;" in xmp
    assert "2026-01-05T08:00:00+00:00" in xmp
    assert len(root["/Pages"]["/Kids"]) == 1
    page = root["/Pages"]["/Kids"][0]
    typeface = page["/Resources"]["/Font"]["/F1"]
    assert "/ToUnicode" in typeface
    assert typeface["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].data == font()
    assert not re.search(rb"/(JavaScript|Launch|LZWDecode|Transparency|SMask|EmbeddedFiles)", made)


def test_the_same_scan_makes_the_same_file(made: bytes) -> None:
    assert derive(scan(), document(), ABOUT, Settings()) == made
    later = replace(ABOUT, made=datetime.fromisoformat("2027-01-01T00:00:00+07:00"))
    assert derive(scan(), document(), later, Settings()) != made


@pytest.mark.parametrize(("dpi", "grey", "wanted"), [(100, False, 200), (200, True, 200), (300, False, 300)])
def test_the_resolution_is_at_least_what_the_circular_asks(dpi: int, grey: bool, wanted: int) -> None:
    made = derive(scan(dpi=dpi, grey=grey), document(), ABOUT, Settings(), dpi=wanted)
    with pypdfium2.PdfDocument(made) as pdf:
        (picture,) = pdf[0].get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        width, height = picture.get_px_size()
        assert width >= pdf[0].get_width() / 72 * wanted - 1
        assert height >= pdf[0].get_height() / 72 * wanted - 1
    assert (b"/DeviceGray" in made) is grey


def test_a_sheet_that_lay_sideways_stands_upright() -> None:
    page = Page(1, *A4, words(), "ocr", turn=90)
    made = derive(scan(turn=90), document(page), ABOUT, Settings())
    with pdfplumber.open(io.BytesIO(made)) as pdf, pypdfium2.PdfDocument(made) as drawn:
        assert (pdf.pages[0].width, pdf.pages[0].height) == pytest.approx(A4, abs=0.3)
        ink = np.asarray(drawn[0].render(scale=1).to_pil().convert("L"))
        for word in pdf.pages[0].extract_words():
            box = ink[int(word["top"]) : int(word["bottom"]) + 1, int(word["x0"]) : int(word["x1"]) + 1]
            assert box.min() < 160


def test_every_page_of_a_tiff() -> None:
    frames = [pictures.page(LINES), pictures.page(("Trang hai",))]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", dpi=(200, 200), save_all=True, append_images=frames[1:])
    two = (Page(1, *A4, words(), "ocr"), Page(2, *A4, (Line((Word("hai", Box(2, 90, 110, 120, 124), 1.0),)),), "ocr"))
    made = derive(out.getvalue(), document(*two, media_type="image/tiff"), ABOUT, Settings())
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert [page.extract_text() for page in pdf.pages] == ["\n".join(LINES), "hai"]


def test_two_pages_on_one_sheet_share_it() -> None:
    def page(text: str, x: float) -> Page:
        return Page(1, *A4, (Line((Word(text, Box(1, x, 100, x + 60, 114), 1.0),)),), "ocr")

    made = derive(scan(), document(page("trái", 60), page("phải", 360)), ABOUT, Settings())
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert [(word["text"], round(word["x0"])) for word in pdf.pages[0].extract_words()] == [
            ("trái", 60),
            ("phải", 360),
        ]


def test_words_without_a_place_or_letters_are_left_out() -> None:
    line = Line((Word("không"), Word(" ", Box(1, 1, 1, 5, 5), 1.0), Word("hẹp", Box(1, 9, 9, 9, 20), 1.0)))
    made = derive(scan(), document(Page(1, *A4, (line,), "ocr")), ABOUT, Settings())
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert pdf.pages[0].extract_words() == []


def test_letters_beyond_the_first_plane_and_combining_marks() -> None:
    line = Line((Word("Hòa𝄞", Box(1, 50, 50, 90, 64), 1.0),))
    made = derive(scan(), document(Page(1, *A4, (line,), "ocr")), ABOUT, Settings())
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert pdf.pages[0].extract_text() == "Hòa𝄞"


@pytest.mark.parametrize(("media_type", "origin"), [("text/plain", "text"), ("application/pdf", "born_digital")])
def test_only_scans_have_a_second_layer(media_type: str, origin: str) -> None:
    with pytest.raises(ArchiveError):
        derive(b"", document(media_type=media_type, origin=origin), ABOUT, Settings())


def test_a_coarser_resolution_is_refused() -> None:
    with pytest.raises(ArchiveError, match="200"):
        derive(scan(), document(), ABOUT, Settings(), dpi=150)


@pytest.mark.parametrize(
    ("pixels", "fax"),
    [
        (np.array([[0, 255]], np.uint8), True),
        (np.array([[0, 128]], np.uint8), False),
        (np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8), True),
        (np.array([[[0, 0, 0], [255, 0, 0]]], np.uint8), False),
    ],
)
def test_a_fax_is_black_and_white(pixels: np.ndarray, fax: bool) -> None:
    assert is_fax(pixels) is fax


def test_a_fax_is_kept_without_loss() -> None:
    image = pictures.page(LINES).convert("1", dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(200, 200))
    made = derive(out.getvalue(), document(), ABOUT, Settings())
    assert b"/BitsPerComponent 1" in made
    with pypdfium2.PdfDocument(made) as pdf:
        (picture,) = pdf[0].get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        kept = np.asarray(picture.get_bitmap().to_pil().convert("L")) > 127
    assert np.array_equal(kept, np.asarray(image))


def test_the_font_is_a_font() -> None:
    data = font()
    version, count = struct.unpack(">IH", data[:6])
    tables = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, said, offset, length = struct.unpack(">4sIII", data[at : at + 16])
        tables[tag] = data[offset : offset + length]
        padded = tables[tag] + bytes(-length % 4)
        if tag != b"head":
            assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) % 2**32 == said, tag
    assert (version, len(data) % 4) == (0x10000, 0)
    assert sum(struct.unpack(f">{len(data) // 4}I", data)) % 2**32 == 0xB1B0AFBA
    assert struct.unpack(">HhHh", tables[b"hmtx"]) == (WIDTH, 0, WIDTH, 0)
    assert set(tables) >= {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"cmap", b"post", b"name", b"OS/2"}
    assert len(tables[b"OS/2"]) == 96
    assert len(tables[b"head"]) == 54
    assert len(tables[b"hhea"]) == 36


def test_the_profile_is_srgb_and_ageless() -> None:
    assert srgb()[36:40] == b"acsp"
    assert srgb()[12:20] == b"mntrRGB "
    assert srgb()[8:10] == bytes((4, 0x20))
    assert srgb()[24:26] == (2000).to_bytes(2, "big")
    assert srgb()[84:100] == bytes(16)
