"""A secret dispatch is restricted whatever carries its stamp, and an honest one beside it is done."""

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from benchmarks.samples.render import scan
from benchmarks.samples.render.sheet import fonts
from benchmarks.secrecy import Stamp, drawn
from pipeline.batch import Options
from tests.batch.folder import dispatch, results, table
from tests.faults.hostile import PARAGRAPH, docx
from tests.read.docx_maker import docx as package
from tests.read.docx_maker import p

RED = Stamp("TỐI MẬT", "red", 1, 5, "top")


def printed(*, stamp: Stamp | None = None, slanted: str = "", framed: str = "", outlined: str = "") -> bytes:
    """Return a PDF with a text layer; the stamp is a picture on it, `slanted` a line of text that runs aslant.

    `framed` is text in a frame that stands level with a line of the head, `outlined` is drawn as outlines of letters.
    """
    fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    for n, line in enumerate(dispatch(4).splitlines()):
        canvas.setFont("Serif", 12)
        canvas.drawString(72, 780 - 26 * n, line)
    if stamp:
        mark = drawn(stamp, size=16)
        canvas.drawImage(ImageReader(mark), 420, 740, mark.width * 0.36, mark.height * 0.36, mask="auto")
    if framed:
        canvas.rect(430, 780 - 26 - 6, 60, 20)
        canvas.setFont("Serif-Bold", 14)
        canvas.drawCentredString(460, 780 - 26, framed)
    if outlined:
        canvas.drawPath(outlines(canvas, outlined), stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
    if slanted:
        canvas.translate(450, 620)
        canvas.rotate(25)
        canvas.setFillColorRGB(0.8, 0.1, 0.1)
        canvas.setFont("Serif-Bold", 26)
        canvas.drawString(0, 0, slanted)
    canvas.save()
    return file.getvalue()


def outlines(canvas: Canvas, text: str) -> PDFPathObject:
    """Return the outlines of letters at the head of a page, as drawing programs write them."""
    mark = np.asarray(drawn(Stamp(text, "black", 1, 4, "top"), size=16))[..., 3]
    path = canvas.beginPath()
    contours, _ = cv2.findContours(np.where(mark > 128, 255, 0).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        (x, y), *rest = ((400 + 0.36 * x, 800 - 0.36 * y) for x, y in contour[:, 0].tolist())
        path.moveTo(x, y)
        for x, y in rest:
            path.lineTo(x, y)
        path.close()
    return path


def two_pages(first: bytes, second: bytes) -> bytes:
    """Return the pages of two PDFs as one."""
    whole = pypdfium2.PdfDocument.new()
    for part in (first, second):
        whole.import_pages(pypdfium2.PdfDocument(part))
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def pasted(stamp: Stamp) -> bytes:
    """Return a Word file with a stamp as a picture in its first paragraph."""
    file = io.BytesIO()
    mark = drawn(stamp, size=16)
    mark.save(file, "PNG")
    extent = f'<wp:extent cx="{mark.width * 914_400 // 200}" cy="{mark.height * 914_400 // 200}"/>'
    picture = f'<w:p><w:r><w:drawing>{extent}<a:blip r:embed="mark.png"/></w:drawing></w:r></w:p>'
    lines = "".join(p(line) for line in dispatch(5).splitlines())
    return package(picture + lines, raw={"word/mark.png": file.getvalue()})


def scanned(pdf: bytes, *, quarters: int = 0) -> bytes:
    """Return a PDF as a scanner's JPEG, turned by quarters."""
    picture = scan.pictures(pdf, dpi=200)[0]
    return scan.jpeg(np.ascontiguousarray(np.rot90(picture, quarters)), level=1)


def shown(pdf: bytes) -> bytes:
    """Return a PDF whose one page is a picture."""
    file = io.BytesIO()
    Image.open(io.BytesIO(scanned(pdf))).save(file, "PDF", resolution=200)
    return file.getvalue()


def word(*lines: str) -> bytes:
    return docx(b"".join(PARAGRAPH % line.encode() for line in (*lines, *dispatch(5).splitlines())))


@pytest.mark.ocr
@pytest.mark.slow
def test_every_carrier_of_a_stamp(inbox: Path, out: Path) -> None:
    secret = {
        "layer-and-picture.pdf": printed(stamp=RED),
        "layer-aslant.pdf": printed(slanted="TUYỆT MẬT"),
        "scan.jpg": scanned(printed(stamp=RED)),
        "sideways.jpg": scanned(printed(stamp=RED), quarters=1),
        "scan.pdf": shown(printed(stamp=Stamp("MẬT", "red", 2, -7, "top"))),
        "layer-framed.pdf": printed(framed="MẬT"),
        "layer-outlined.pdf": printed(outlined="TỐI MẬT"),
        "second-page.pdf": two_pages(printed(), shown(printed(stamp=RED))),
        "word.docx": word("MẬT"),
        "pasted.docx": pasted(Stamp("MẬT", "black", 1, 3, "top")),
        "label.txt": f"Độ mật: Tối mật\n{dispatch(6)}".encode(),
        "beside.txt": dispatch(7).replace("/KH-UBND", "/KH-UBND    MẬT", 1).encode(),
    }
    honest = {
        "layer.pdf": printed(),
        "urgent.pdf": printed(stamp=Stamp("HỎA TỐC", "red", 1, 5, "top")),
        "outlined.pdf": printed(outlined="DỰ THẢO"),
        "signed.docx": pasted(Stamp("ĐÃ KÝ", "red", 1, 3, "top")),
        "front.docx": word("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM"),
        "about.txt": dispatch(8, about="tổ chức bảo vệ bí mật nhà nước").encode(),
        "list.txt": f"{dispatch(9)}PHỤ LỤC\nSTT\nĐộ mật\n1\nMẬT\n2\nTỐI MẬT\n".encode(),
    }
    for name, data in {**secret, **honest}.items():
        (inbox / name).write_bytes(data)
    states = {r.source_path: r.state for r in results(inbox, out, Options(engine="inline"))}
    assert states == dict.fromkeys(secret, "restricted") | dict.fromkeys(honest, "done")
    assert {row["source_path"] for row in table(out, "dispatches")} == set(honest)
