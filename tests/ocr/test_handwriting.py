import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.handwriting.strokes import write
from pipeline import models
from pipeline.ocr import Array, handwriting
from tests.pictures import font, pixels


def drawn(before: str, digits: str, after: str, *, seed: int | None = None, paper: int = 255) -> Array:
    """A line as the network takes it; the digits by a pen if a seed is given, else printed."""
    face = font(13, handwriting.DPI)
    image = Image.new("L", (400, handwriting.HEIGHT), paper)
    draw = ImageDraw.Draw(image)
    draw.text((10, 37), before, font=face, fill=20, anchor="ls")
    x = 20 + draw.textlength(before, font=face)
    if seed is None:
        draw.text((x, 37), digits, font=face, fill=20, anchor="ls")
        x += draw.textlength(digits, font=face)
    else:
        mark = write(digits, 22, np.random.default_rng(seed))
        image.paste(20, (round(x), round(37 - mark.baseline)), Image.fromarray(mark.ink))
        x += mark.ink.shape[1]
    draw.text((x + 8, 37), after, font=face, fill=20, anchor="ls")
    return pixels(image)


def said(line: Array) -> str:
    return handwriting.read_line(line)[0].signs


@pytest.mark.parametrize(
    ("before", "digits", "after", "expected"),
    [
        pytest.param("Số:", "47", "/KH-UBND", "x47/x-x", id="number"),
        pytest.param("Số", "19", "-CT/HU", "x19-x/x", id="Party style"),
        pytest.param("ngày", "25", "tháng 8 năm 2019", "x25x8x2019", id="date"),
    ],
)
@pytest.mark.parametrize("paper", [pytest.param(255, id="white"), pytest.param(170, id="grey")])
def test_print_is_read(before: str, digits: str, after: str, expected: str, paper: int) -> None:
    assert said(drawn(before, digits, after, paper=paper)) == expected


def test_most_numbers_by_a_pen_are_read() -> None:
    rng = np.random.default_rng(5)
    numbers = ["".join(map(str, rng.integers(0, 10, 2))) for _ in range(40)]
    right = [said(drawn("Số:", n, "/KH-UBND", seed=i)).startswith(f"x{n}/") for i, n in enumerate(numbers)]
    assert sum(right) >= 38


@pytest.mark.parametrize("digit", "0123456789")
def test_each_digit_is_read_in_most_of_its_forms(digit: str) -> None:
    right = [said(drawn("Số:", digit * 2, "/KH-UBND", seed=seed)).startswith(f"x{digit * 2}/") for seed in range(12)]
    assert sum(right) >= 9


def test_a_gap_left_blank_has_no_digits() -> None:
    assert not any(char.isdigit() for char in said(drawn("Số:", "", "  /KH-UBND")))


def test_signs_come_from_left_to_right_with_their_place() -> None:
    best = handwriting.read_line(drawn("Số:", "47", "/KH"))[0]
    assert list(best.columns) == sorted(best.columns)
    assert 20 < best.columns[1] < best.columns[2] < best.columns[3] < 120
    assert 0.5 < best.share <= 1


def test_lines_read_together_are_read_as_each_alone() -> None:
    lines = [drawn("Số:", digits, "/KH-UBND", seed=seed) for seed, digits in enumerate(("47", "183"))]
    together = handwriting.read_lines(lines, lines[0].shape[1])
    for found, line in zip(together, lines, strict=True):
        (best, alone) = found[0], handwriting.read_line(line)[0]
        assert (best.signs, best.columns) == (alone.signs, alone.columns)
        assert best.share == pytest.approx(alone.share, abs=1e-4)


def test_a_guess_depends_on_no_column_beyond_its_context() -> None:
    line = drawn("Số:", "47", "/KH-UBND")
    layers = handwriting._load(models.folder() / "handwriting.npz")
    whole, cut = (handwriting._scores(handwriting._ink(line)[None, :, :end], layers)[0] for end in (400, 200))
    same = [bool(np.allclose(one, other, atol=1e-5)) for one, other in zip(whole, cut, strict=False)]
    assert all(same[: (200 - handwriting.CONTEXT) // 4])
    assert not all(same)


def test_lines_of_two_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a line"):
        handwriting.read_lines([np.zeros((handwriting.HEIGHT, width), np.uint8) for width in (200, 204)], 200)


@pytest.mark.parametrize("shape", [(40, 200), (handwriting.HEIGHT, 4)])
def test_a_picture_of_the_wrong_shape_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected a line"):
        handwriting.read_line(np.zeros(shape, np.uint8))
