"""Makes small PDF files for tests: born digital, scanned, with hidden layers, with notes typed over a scan."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.pictures import FONTS

A4 = (595.0, 842.0)
VISIBLE, INVISIBLE = 0, 3


class Sheet:
    """A PDF in the making: add pages, then take its bytes."""

    def __init__(self, password: str | None = None) -> None:
        self._bytes = io.BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=A4, encrypt=password)
        pdfmetrics.registerFont(TTFont("Serif", str(next(path for path in FONTS if path.is_file()))))

    def page(
        self,
        lines: Sequence[str] = (),
        *,
        picture: Image.Image | None = None,
        at: tuple[float, float] = (90, 100),
        mode: int = VISIBLE,
        size: tuple[float, float] = A4,
    ) -> Sheet:
        """Add a page: a picture over all of it, then lines of text from a point, measured from the top left."""
        self._canvas.setPageSize(size)
        if picture is not None:
            self._canvas.drawImage(ImageReader(picture), 0, 0, *size)
        text = self._canvas.beginText(at[0], size[1] - at[1])
        text.setFont("Serif", 13)
        text.setTextRenderMode(mode)
        for line in lines:
            text.textLine(line)
        self._canvas.drawText(text)
        self._canvas.showPage()
        return self

    def done(self) -> bytes:
        """Return the file."""
        self._canvas.save()
        return self._bytes.getvalue()


def rotated(data: bytes, degrees: int) -> bytes:
    """Return a PDF whose pages are to be displayed turned clockwise."""
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        page.set_rotation(degrees)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue()
