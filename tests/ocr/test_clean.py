import numpy as np

from pipeline.ocr import clean, geometry
from tests.pictures import BODY, DPI, page, pixels

PAGE = pixels(page(BODY).convert("L"))


def test_uneven_light_is_levelled_and_print_kept() -> None:
    shade = np.linspace(0.35, 1.0, PAGE.shape[1])[None, :]
    dim = (PAGE * shade).astype(np.uint8)
    flat = clean.flatten(dim)
    paper = PAGE == 255
    assert flat[paper].min() > 225
    assert flat[PAGE < 30].mean() < 60


def test_bright_even_paper_is_left_alone() -> None:
    assert clean.flatten(PAGE) is PAGE


def test_a_black_border_goes_and_text_stays() -> None:
    bordered = PAGE.copy()
    bordered[:, :60] = 0
    bordered[-80:, :] = 10
    cleaned = clean.without_borders(bordered)
    assert cleaned[:, :50].min() == 255
    assert np.array_equal(cleaned[250:900, 200:1600], PAGE[250:900, 200:1600])


def test_a_page_without_border_is_left_alone() -> None:
    assert clean.without_borders(PAGE) is PAGE


def test_specks_go_and_every_letter_stays() -> None:
    black_and_white = np.where(PAGE < 128, 0, 255).astype(np.uint8)
    rng = np.random.default_rng(4)
    specked = black_and_white.copy()
    specked[rng.integers(0, 2339, 3000), rng.integers(0, 1654, 3000)] = 0
    cleaned = clean.without_specks(specked, DPI)
    far = np.ones_like(PAGE, bool)
    far[280:800, 220:1600] = False
    assert np.count_nonzero(cleaned[far] == 0) == 0
    letters = black_and_white == 0
    assert np.count_nonzero(cleaned[letters] == 0) > 0.995 * np.count_nonzero(letters)


def test_a_clean_page_keeps_its_dots() -> None:
    black_and_white = np.where(PAGE < 128, 0, 255).astype(np.uint8)
    assert clean.without_specks(black_and_white, DPI) is black_and_white


def test_blank_pages_are_told_from_pages_with_few_lines() -> None:
    def blank(*lines: str) -> bool:
        return clean.is_blank(geometry.thumbnail(pixels(page(lines).convert("L")), DPI))

    assert blank()
    assert not blank("Trên đây là kế hoạch của Ủy ban nhân dân huyện Thanh Hòa.")


def test_grain_is_softened_and_specks_that_stand_alone_go() -> None:
    rng = np.random.default_rng(7)
    rough = PAGE.astype(np.float32) * 0.8 + 20
    places = rng.integers((900, 100), (2200, 1500), (200, 2))
    for y, x in places:
        rough[y : y + 4, x : x + 4] = 40
    rough = np.clip(rough + rng.normal(0, 9, PAGE.shape), 0, 255).astype(np.uint8)
    cleaned = clean.without_grain(rough, DPI)
    assert clean.grain(cleaned) < 0.6 * clean.grain(rough)
    specks = np.array([cleaned[y + 1 : y + 3, x + 1 : x + 3].mean() for y, x in places])
    assert np.mean(specks > 180) > 0.9
    letters = PAGE < 30
    assert np.mean(cleaned[letters] < 140) > 0.97


def test_a_scan_without_grain_is_left_alone() -> None:
    assert clean.without_grain(PAGE, DPI) is PAGE
