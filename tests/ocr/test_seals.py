"""Seals without colour: their rings are found and taken away, and print stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.ocr import Array
from pipeline.ocr.seals import rings, without_rings

DPI = 200
MIDDLE, RADIUS = (1000, 1500), 140


def page(shade: int) -> Array:
    """Return rows of print and a seal's two rings in some shade over the last of them."""
    paper: Array = np.full((2339, 1654), 255, np.uint8)
    for top in (300, 360, 420, 1440):
        for x in range(300, 1300, 26):
            cv2.rectangle(paper, (x, top), (x + 12, top + 24), 20, -1)
    for radius in (RADIUS, 90):
        cv2.circle(paper, MIDDLE, radius, shade, 3)
    return paper


@pytest.mark.parametrize("shade", [0, 120])
def test_a_ring_is_found_and_taken_away_and_print_stays(shade: int) -> None:
    paper = page(shade)
    (ring,) = rings(paper, DPI)
    assert (ring.x, ring.y) == pytest.approx(MIDDLE, abs=4)
    assert ring.radius == pytest.approx(RADIUS, abs=5)
    cleaned = without_rings(paper, (ring,))
    line = np.zeros_like(paper)
    cv2.circle(line, MIDDLE, RADIUS, 255, 1)
    assert np.count_nonzero(paper[line > 0] < 200) > 0.95 * np.count_nonzero(line)
    assert np.count_nonzero(cleaned[line > 0] < 200) < 0.25 * np.count_nonzero(line)
    away = (slice(250, 500), slice(200, 1400))
    assert np.array_equal(cleaned[away], paper[away])
    crossed = (slice(1440, 1465), slice(870, 1130))
    kept = np.count_nonzero((paper[crossed] == 20) & (cleaned[crossed] == 20))
    assert kept > 0.85 * np.count_nonzero(paper[crossed] == 20)


def test_print_alone_has_no_rings() -> None:
    paper = page(0)
    cv2.rectangle(paper, (700, 1300), (1300, 1700), 255, -1)
    assert rings(paper, DPI) == ()
    assert without_rings(paper, ()) is paper
