"""Pages as pictures: as wide as asked for, and turned as they were turned to be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import UnreadableSourceError
from pipeline.web.scans import page_png


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A white sheet of 400 by 200 with a dark strip along its top edge."""
    sheet = Image.new("RGB", (400, 200), "white")
    sheet.paste("black", (0, 0, 400, 40))
    sheet.save(tmp_path / "a.png")
    return tmp_path / "a.png"


@pytest.mark.parametrize(
    ("turn", "size", "dark"),
    [
        (0, (200, 100), (100, 5)),
        (90, (200, 400), (195, 200)),
        (180, (200, 100), (100, 95)),
        (270, (200, 400), (5, 200)),
    ],
)
def test_a_page_is_turned_clockwise(scan: Path, turn: int, size: tuple[int, int], dark: tuple[int, int]) -> None:
    image = Image.open(io.BytesIO(page_png(scan, 1, width=200, turn=turn)))
    assert image.size == size
    assert image.getpixel(dark) == (0, 0, 0)
    assert image.getpixel((100, size[1] // 2)) == (255, 255, 255)


def test_there_is_no_second_page(scan: Path) -> None:
    with pytest.raises(UnreadableSourceError):
        page_png(scan, 2, width=200)
