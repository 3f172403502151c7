import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.ocr import geometry
from pipeline.ocr.geometry import Turn
from tests.pictures import BODY, DPI, page, pixels

TEXT = BODY * 3


def grey(image: Image.Image) -> geometry.Array:
    return pixels(image.convert("L"))


@given(width=st.integers(2, 30), height=st.integers(2, 30), degrees=st.sampled_from([0, 90, 180, 270]), data=st.data())
def test_a_turn_can_be_undone_pixel_by_pixel(width: int, height: int, degrees: Turn, data: st.DataObject) -> None:
    image = np.zeros((height, width), np.uint8)
    y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    image[y, x] = 255
    turned, back = geometry.turn(image, degrees)
    (row,), (column,) = np.nonzero(turned)
    there = back @ np.array([column + 0.5, row + 0.5, 1])
    assert tuple(there[:2]) == (x + 0.5, y + 0.5)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turn_is_clockwise(degrees: Turn) -> None:
    image = np.array([[1, 2], [3, 4]], np.uint8)
    expected = {90: [[3, 1], [4, 2]], 180: [[4, 3], [2, 1]], 270: [[2, 4], [1, 3]]}[degrees]
    assert geometry.turn(image, degrees)[0].tolist() == expected


@pytest.mark.parametrize("angle", [-4.0, -2.0, 1.5, 3.0])
def test_skew_is_found_and_straightened(angle: float) -> None:
    leaning = grey(page(TEXT).rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC))
    found = geometry.skew(geometry.thumbnail(leaning, DPI))
    assert found == pytest.approx(angle, abs=0.3)
    straight, _ = geometry.straighten(leaning, found)
    assert abs(geometry.skew(geometry.thumbnail(straight, DPI))) < 0.5


def test_a_level_or_an_empty_page_has_no_skew() -> None:
    assert geometry.skew(geometry.thumbnail(grey(page(TEXT)), DPI)) == 0
    assert geometry.skew(geometry.thumbnail(grey(page(())), DPI)) == 0


def test_straightening_leads_back_to_the_page() -> None:
    image = np.full((400, 300), 255, np.uint8)
    image[100:104, 200:204] = 0
    straight, back = geometry.straighten(image, 5.0)
    y, x = np.argwhere(straight < 100).mean(axis=0)
    assert back[:2] @ np.array([x + 0.5, y + 0.5, 1]) == pytest.approx([202, 102], abs=1.5)


@pytest.mark.parametrize("sideways", [False, True])
def test_lines_that_run_down_the_page_are_noticed(sideways: bool) -> None:
    image = grey(page(TEXT))
    if sideways:
        image = np.ascontiguousarray(np.rot90(image))
    assert geometry.lines_lie_sideways(geometry.thumbnail(image, DPI)) == sideways


def sheet(right_offset: int, gap: int = 340) -> geometry.Array:
    """A landscape sheet with text in two halves, the right one lower by an offset."""
    image = Image.new("L", (2339, 1654), 255)
    left = page(tuple(line[:36] for line in TEXT), left=20, top=60, size=(960, 1600)).convert("L")
    image.paste(left, (60, 0))
    image.paste(left, (960 + gap, right_offset))
    return pixels(image)


def test_two_pages_on_one_sheet_are_parted_between_them() -> None:
    ink = geometry.thumbnail(sheet(29), DPI)
    column = geometry.gutter(ink)
    assert column is not None
    assert 0.4 < column / ink.shape[1] < 0.6


def test_a_table_whose_rows_stand_level_is_one_page() -> None:
    assert geometry.gutter(geometry.thumbnail(sheet(0), DPI)) is None


def test_an_upright_page_is_never_parted() -> None:
    assert geometry.gutter(geometry.thumbnail(grey(page(TEXT)), DPI)) is None
