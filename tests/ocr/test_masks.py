"""Masks are 0 or 255 in one byte a pixel."""

from __future__ import annotations

import numpy as np

from pipeline.ocr.masks import mask, mask_of

LABELS = np.array([[0, 1, 1], [2, 0, 3]], np.int32)


def test_a_mask_is_255_where_something_holds() -> None:
    made = mask(LABELS > 1)
    assert made.dtype == np.uint8
    assert made.tolist() == [[0, 0, 0], [255, 0, 255]]


def test_a_mask_of_components_shows_the_chosen_ones() -> None:
    made = mask_of(LABELS, np.array([False, True, False, True]))
    assert made.dtype == np.uint8
    assert made.tolist() == [[0, 255, 255], [0, 0, 255]]
