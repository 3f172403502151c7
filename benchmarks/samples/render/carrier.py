"""PDF files that carry pictures of pages: plain scans, scans with a text layer, signed or turned ones."""

from __future__ import annotations

import io
import random
from typing import Final, Literal

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.samples.render.scan import Pixels, jpeg
from benchmarks.samples.render.sheet import HEIGHT, WIDTH, Drawn, fonts

Layer = Literal["none", "bad", "signature"]

# What recognisers without Vietnamese make of its letters.
_MISREAD: Final = str.maketrans(
    "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵĐ",
    "aadeoouaaaaq~iii~aaaaqeeeejeeeejiiiijooooqooooqoooqquuuuquuuuqyyyyj0",
)
_HIDDEN: Final = 3  # PDF's text rendering mode for text that is there but not drawn


def scan_pdf(
    pages: list[Pixels],
    *,
    level: int,
    fax: bool = False,
    layer: Layer = "none",
    lines: tuple[Drawn, ...] = (),
    signer: str = "",
    turned: bool = False,
    rng: random.Random,
) -> bytes:
    """Return pictures as a PDF.

    `layer` adds a hidden text layer read without knowledge of Vietnamese, or the visible box of a
    digital signature. `turned` stores the pages sideways with /Rotate to set them right.
    """
    if fax:
        return _fax(pages)
    fonts()
    out = io.BytesIO()
    size = (HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number, page in enumerate(pages, start=1):
        picture = Image.fromarray(page).transpose(Image.Transpose.ROTATE_90) if turned else Image.fromarray(page)
        canvas.drawImage(ImageReader(_as_jpeg(picture, level)), 0, 0, *size)
        if layer == "bad":
            _bad_layer(canvas, [line for line in lines if line.page == number], rng)
        elif layer == "signature" and number == 1:
            _signature_box(canvas, signer, rng)
        canvas.showPage()
    canvas.save()
    return _set_right(out.getvalue()) if turned else out.getvalue()


def _set_right(data: bytes) -> bytes:
    """Tell viewers to turn every page clockwise."""
    document = pypdfium2.PdfDocument(data)
    out = io.BytesIO()
    try:
        for page in document:
            page.set_rotation(90)
        document.save(out)
    finally:
        document.close()
    return out.getvalue()


def _as_jpeg(picture: Image.Image, level: int) -> io.BytesIO:
    return io.BytesIO(jpeg(np.asarray(picture), level=level))


def _fax(pages: list[Pixels]) -> bytes:
    images = [Image.fromarray(page).convert("1") for page in pages]
    out = io.BytesIO()
    dpi = images[0].height * 72 / HEIGHT
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return out.getvalue()


def _bad_layer(canvas: Canvas, lines: list[Drawn], rng: random.Random) -> None:
    for line in lines:
        text = "".join(
            rng.choice("~!|1lQ") if rng.random() < 0.05 and char.isalpha() else char
            for char in line.text.translate(_MISREAD)
        )
        words = canvas.beginText(line.x0, HEIGHT - line.bottom + 3)
        words.setFont("Serif", line.bottom - line.top)
        words.setTextRenderMode(_HIDDEN)
        words.textOut(text)
        canvas.drawText(words)


def _signature_box(canvas: Canvas, signer: str, rng: random.Random) -> None:
    canvas.setFont("Serif", 6.5)
    time = f"{rng.randint(7, 16):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d} +07:00"
    for n, line in enumerate((f"Người ký: {signer}", "Cơ quan: Văn phòng", f"Thời gian ký: {time}")):
        canvas.drawString(WIDTH - 150, HEIGHT - 18 - 8 * n, line)
