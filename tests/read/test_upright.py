"""Sheets that lay sideways on the glass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codec import pages_from_json, pages_to_json
from pipeline.document import Box, Document, Line, Page, Span, Word, turned
from pipeline.read.layout import arrange
from pipeline.read.layout.upright import upright

WIDTH, HEIGHT = 595.0, 842.0
TEXT = ("ỦY BAN NHÂN DÂN", "Số: 5/QĐ-UBND", "Điều 1. Giao Trạm bơm", "nạo vét mương trước mùa lũ.")


def standing() -> Page:
    lines = []
    for row, text in enumerate(TEXT):
        words, x = [], 80.0
        for word in text.split():
            words.append(Word(word, Box(1, x, 100 + 20 * row, x + 6 * len(word), 112 + 20 * row), 0.9))
            x += 6 * len(word) + 4
        lines.append(Line(tuple(words)))
    return Page(1, WIDTH, HEIGHT, tuple(lines), "ocr")


def filed(turn: int) -> Page:
    """The page as the scanner gave it, which must be turned clockwise by `turn` to stand upright."""
    back = -turn % 360
    page = standing()
    lines = tuple(
        Line(tuple(Word(w.text, turned(w.box, back, width=WIDTH, height=HEIGHT), 0.9) for w in line.words if w.box))
        for line in page.lines
    )
    width, height = (HEIGHT, WIDTH) if back in (90, 270) else (WIDTH, HEIGHT)
    return Page(1, width, height, lines, "ocr")


def corners(page: Page) -> list[tuple[str, tuple[float, ...]]]:
    boxes = [(w.text, w.box) for line in page.lines for w in line.words if w.box]
    return [(text, tuple(round(v, 3) for v in (b.x0, b.top, b.x1, b.bottom))) for text, b in boxes]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_stand_where_they_stand_on_the_upright_page(turn: int) -> None:
    page = upright(filed(turn))
    assert page.turn == turn
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert corners(page) == corners(standing())


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_reading_order_of_a_sideways_sheet(turn: int) -> None:
    assert [line.text for line in arrange(filed(turn)).lines] == [line.text for line in arrange(standing()).lines]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_tables_tell_the_place_on_the_page_as_filed(turn: int) -> None:
    doc = Document.build(id="0" * 16, source="a.pdf", pages=(upright(filed(turn)),))
    first = filed(turn).lines[0].words[0].box
    box = doc.filed_box(Span(0, 2))
    assert box
    assert first
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((first.x0, first.top, first.x1, first.bottom))


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Page(1, WIDTH, HEIGHT, ()), id="empty"),
        pytest.param(Page(1, None, None, (Line((Word("a"), Word("b"))),)), id="no-places"),
        pytest.param(Page(1, WIDTH, HEIGHT, filed(90).lines[:2]), id="too-few-lines"),
        pytest.param(Page(1, WIDTH, HEIGHT, (*filed(90).lines[:2], *standing().lines[:3])), id="no-majority"),
    ],
)
def test_a_page_that_tells_nothing_stays(page: Page) -> None:
    assert upright(page) == page


@given(
    st.tuples(*[st.floats(0, 500) for _ in range(4)]),
    st.sampled_from([0, 90, 180, 270]),
)
def test_turning_there_and_back(sides: tuple[float, float, float, float], degrees: int) -> None:
    x0, x1 = sorted(sides[:2])
    top, bottom = sorted(sides[2:])
    box = Box(1, x0, top, x1, bottom)
    there = turned(box, degrees, width=600, height=800)
    width, height = (800, 600) if degrees in (90, 270) else (600, 800)
    back = turned(there, -degrees % 360, width=width, height=height)
    assert (back.x0, back.top, back.x1, back.bottom) == pytest.approx((x0, top, x1, bottom), abs=1e-6)


def test_the_turn_is_kept_in_files() -> None:
    page = upright(filed(270))
    (read,) = pages_from_json(pages_to_json((page,)))
    assert read.turn == 270
