import numpy as np
import pytest
from PIL import ImageDraw

from pipeline.ocr import Array, colour
from tests.pictures import DPI, page, pixels

RED, BLUE, BLACK = (205, 40, 50), (40, 60, 190), (20, 20, 20)


def seal(x: int = 700, y: int = 600) -> Array:
    """A page with a round red seal over its print, some 36 mm across."""
    image = page()
    draw = ImageDraw.Draw(image)
    draw.ellipse((x, y, x + 280, y + 280), outline=RED, width=9)
    draw.ellipse((x + 40, y + 40, x + 240, y + 240), outline=RED, width=5)
    return pixels(image)


def frame() -> Array:
    """A page with a framed red arrival stamp."""
    image = page()
    ImageDraw.Draw(image).rectangle((100, 60, 500, 220), outline=RED, width=6)
    return pixels(image)


def test_a_page_without_colour_is_only_made_grey() -> None:
    rgb = pixels(page())
    assert not colour.is_coloured(rgb)
    assert np.array_equal(colour.print_only(rgb, DPI), colour.luminance(rgb))


def test_a_seal_becomes_paper_and_the_print_beneath_it_stays() -> None:
    rgb = seal()
    before, after = colour.luminance(rgb), colour.print_only(rgb, DPI)
    red_only = (colour.red_ink(rgb) > 0) & (colour.luminance(pixels(page())) > 250)
    assert before[red_only].mean() < 150
    assert after[red_only].mean() > 200
    printed = colour.luminance(pixels(page())) < 60
    assert after[printed].mean() < 60


def test_a_framed_stamp_stays_to_be_read() -> None:
    rgb = frame()
    assert np.array_equal(colour.print_only(rgb, DPI), colour.luminance(rgb))


@pytest.mark.parametrize(
    ("height", "goes"), [pytest.param(200, True, id="signature"), pytest.param(40, False, id="handwritten digit")]
)
def test_blue_strokes_go_only_when_taller_than_letters(height: int, goes: bool) -> None:
    image = page(())
    ImageDraw.Draw(image).line((900, 1500, 960, 1500 + height), fill=BLUE, width=8)
    after = colour.print_only(pixels(image), DPI)
    assert (after.min() > 180) == goes


@pytest.mark.parametrize(("ink", "red", "blue"), [(RED, True, False), (BLUE, False, True), (BLACK, False, False)])
def test_inks_are_told_apart(ink: tuple[int, int, int], red: bool, blue: bool) -> None:
    patch = np.full((8, 8, 3), ink, np.uint8)
    assert bool(colour.red_ink(patch).all()) == red
    assert bool(colour.blue_ink(patch).all()) == blue
