"""The second look at framed stamps of urgency."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.ocr import Array
from pipeline.ocr.looks.area import Sight
from pipeline.ocr.looks.urgency import known_stamp, reread
from tests.ocr.fakes import Says, line

DPI = 200
MIDDLE = (400, 500)


def page(degrees: float, *, width: int = 260, height: int = 84, sides: int = 4) -> Sight:
    """Return a page with a frame that leans; `sides` of it are drawn."""
    paper: Array = np.full((2339, 1654), 255, np.uint8)
    corners = cv2.boxPoints((MIDDLE, (width, height), degrees)).astype(int)
    for n in range(sides):
        one, other = corners[n], corners[(n + 1) % 4]
        cv2.line(paper, (int(one[0]), int(one[1])), (int(other[0]), int(other[1])), 0, 4)
    return Sight(paper, DPI, paper, np.eye(3))


def texts(sight: Sight, says: str, first: str = "xx") -> list[str]:
    lines = reread(sight, (line(first, x=360, y=480),), Says((line(says),)))
    return [" ".join(word.text for word in words) for words in lines]


@pytest.mark.parametrize("degrees", [-9, -3, 0, 4, 12])
def test_a_frame_that_leans_is_read_and_replaces_what_stood_there(degrees: float) -> None:
    assert texts(page(degrees), "HÓA TÔC") == ["HỎA TỐC"]


@pytest.mark.parametrize("degrees", [0, 6])
def test_a_frame_may_have_lost_a_short_side(degrees: float) -> None:
    sight = page(degrees)
    sight.grey[:, 500:] = 255
    assert texts(sight, "HỎA TỐ") == ["HỎA TỐC"]


def test_its_words_stand_in_the_frame() -> None:
    (words,) = reread(page(5), (), Says((line("THƯỢNG KHẨN"),)))
    assert [word.text for word in words] == ["THƯỢNG", "KHẨN"]
    assert 270 < words[0].x0 < words[0].x1 < words[1].x0 < words[1].x1 < 530
    assert all(450 < word.top < word.bottom < 550 for word in words)


@pytest.mark.parametrize(
    ("sight", "says"),
    [
        pytest.param(page(0), "DỰ THẢO", id="another stamp"),
        pytest.param(page(0, width=1200, height=300), "HỎA TỐC", id="a table"),
        pytest.param(page(0, sides=2), "HỎA TỐC", id="no frame"),
        pytest.param(page(0, sides=0), "HỎA TỐC", id="blank"),
    ],
)
def test_what_is_no_framed_stamp_changes_nothing(sight: Sight, says: str) -> None:
    assert texts(sight, says) == ["xx"]


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("H0A TỐC", "HỎA TỐC"),
        ("[KHÂN]", "KHẨN"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("MẬT", "MẬT"),
        ("MAI", None),
        ("", None),
    ],
)
def test_known_stamps(text: str, stamp: str | None) -> None:
    assert known_stamp(text) == stamp
