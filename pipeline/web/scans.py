"""Pages as pictures: drawn from the source file, which stays as it is."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageSequence

from pipeline.errors import UnreadableSourceError

WIDEST = 3000
_IMAGES = {b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"}


def has_pages(path: Path) -> bool:
    """Tell whether a file shows its pages as pictures, by its first bytes alone."""
    return _kind(path) is not None


def page_count(path: Path) -> int:
    """Return how many pages a file shows as pictures: none for Word and text files."""
    kind = _kind(path)
    if kind == "pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    if kind == "image":
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1))
    return 0


def page_png(path: Path, number: int, *, width: int, turn: int = 0) -> bytes:
    """Return page `number` (from 1) as PNG, `width` pixels wide (at most 3000), turned clockwise by `turn` degrees.

    Raises UnreadableSourceError.
    """
    if not 1 <= number <= page_count(path):
        raise UnreadableSourceError(f"no page {number}", f"không có trang {number}")
    width = min(max(width, 100), WIDEST)
    image = _pdf_page(path, number, width) if _kind(path) == "pdf" else _frame(path, number, width)
    if turn:
        image = image.rotate(-turn, expand=True)
        image = image.resize((width, max(round(image.height * width / image.width), 1)))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _kind(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        return "pdf"
    return "image" if any(head.startswith(mark) for mark in _IMAGES) else None


def _pdf_page(path: Path, number: int, width: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[number - 1]
        image: Image.Image = page.render(scale=width / page.get_width()).to_pil()
        return image.convert("RGB")


def _frame(path: Path, number: int, width: int) -> Image.Image:
    with Image.open(path) as image:
        frame = next(f for n, f in enumerate(ImageSequence.Iterator(image), 1) if n == number).convert("RGB")
    return frame.resize((width, max(round(frame.height * width / frame.width), 1)))
