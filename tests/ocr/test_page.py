import numpy as np
import pytest
from PIL import Image

from pipeline.ocr import Array, Lines, Mode
from pipeline.ocr.page import Picture, confidence, recognise
from tests.ocr.fakes import Says, line
from tests.pictures import BODY, DPI, page, pixels

POINTS = 72 / DPI


def picture(image: Image.Image) -> Picture:
    return Picture(pixels(image), DPI, image.width * POINTS, image.height * POINTS)


def test_boxes_are_points_of_the_page() -> None:
    (found,) = recognise(picture(page(BODY * 3)), 4, Says((line("Điều", 500, 1000, height=40),)))
    box = found.lines[0].words[0].box
    assert box is not None
    assert (box.page, found.number, found.source) == (4, 4, "ocr")
    expected = (500 * POINTS, 1000 * POINTS, 572 * POINTS, 1040 * POINTS)
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(expected, abs=0.3)


def test_a_blank_page_is_kept_without_words_and_without_cost() -> None:
    recognizer = Says()
    (found,) = recognise(picture(page(())), 2, recognizer)
    assert (found.lines, recognizer.shown) == ((), [])


class Upright:
    """Reads a page well only if the block of print that `page` draws lies at its top left."""

    version = "fake"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        top = np.flatnonzero((image < 128).any(axis=1))
        left = np.flatnonzero((image < 128).any(axis=0))
        well = mode == "block" or (top[0] < image.shape[0] - top[-1] and left[0] < image.shape[1])
        ragged_right = _ragged(image[:, ::-1]) > _ragged(image)
        return (line(" ".join(BODY), confidence=0.95 if well and ragged_right else 0.3),)


def _ragged(image: Array) -> float:
    """How unevenly lines begin at the left."""
    rows = image[(image < 128).any(axis=1)]
    return float(np.std((rows < 128).argmax(axis=1)))


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_scanned_any_way_up_is_turned(degrees: int) -> None:
    upright = page(BODY * 3)
    (found,) = recognise(picture(upright.rotate(degrees, expand=True)), 1, Upright())
    assert found.lines[0].words[0].confidence == 0.95
    assert (found.width, found.height) == pytest.approx((595, 842) if degrees % 180 == 0 else (842, 595), abs=1)


def test_two_pages_on_one_sheet_become_two_with_boxes_on_the_sheet() -> None:
    sheet = Image.new("RGB", (2339, 1654), "white")
    short = tuple(text[:36] for text in BODY * 3)
    sheet.paste(page(short, left=20, top=60, size=(960, 1600)), (60, 0))
    sheet.paste(page(short, left=20, top=89, size=(960, 1600)), (1300, 0))
    found = recognise(picture(sheet), 1, Says((line("Điều", 100, 100),)))
    assert [one.number for one in found] == [1, 1]
    left, right = (one.lines[0].words[0].box for one in found)
    assert left is not None
    assert right is not None
    assert left.x0 == pytest.approx(100 * POINTS, abs=0.5)
    assert 1000 * POINTS < right.x0 < 1400 * POINTS


def test_confidence_weighs_words_by_their_length() -> None:
    assert confidence((line("abcd", confidence=1.0) + line("ab", confidence=0.4),)) == pytest.approx(0.8)
    assert confidence(()) == 0
