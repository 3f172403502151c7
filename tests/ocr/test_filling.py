import numpy as np
import pytest

from pipeline.ocr import Glyphs, Lines, filling, handwriting
from pipeline.ocr.beam import Reading
from pipeline.ocr.filling import Ground
from tests.ocr.fakes import line

HEIGHT, WIDTH = 2339, 1654
GROUND = Ground(np.full((HEIGHT, WIDTH), 255, np.uint8), np.eye(3), 200)


def said(**shares: float) -> tuple[Reading, ...]:
    """What the network says, each sign some 10 pixels from the last; `s` stands for a slash, `m` for a dash."""
    signs = {name.translate(str.maketrans("sm", "/-")): share for name, share in shares.items()}
    return tuple(
        Reading(name, share, tuple(round(35 + 10.5 * i) for i in range(len(name)))) for name, share in signs.items()
    )


def filled(monkeypatch: pytest.MonkeyPatch, text: str, x: float, *frames: tuple[Reading, ...], ocr: float) -> Lines:
    """Fill a line while the network says the same of every frame, or of one frame after the other."""
    turns = [frames[i % len(frames)] for i in range(100)]
    monkeypatch.setattr(handwriting, "read_lines", lambda lines, *_: [turns.pop(0) for _ in lines])
    return filling.fill((line(text, x, 300, confidence=ocr),), GROUND, HEIGHT, WIDTH)


@pytest.mark.parametrize(
    ("text", "says", "ocr", "expected"),
    [
        pytest.param("Số:#3 /KH-UBND", {"x183sxmx": 0.95}, 0.4, "Số: 183 /KH-UBND", id="sure"),
        pytest.param("Số:#3 /KH-UBND", {"x183sxmx": 0.38}, 0.4, "Số:#3 /KH-UBND", id="unsure: nothing is changed"),
        pytest.param(
            "Số:#3 /KH-UBND", {"x183sx": 0.5, "x133sx": 0.3}, 0.4, "Số:#3 /KH-UBND", id="another is nearly as likely"
        ),
        pytest.param("Số:#3 /KH-UBND", {"x183sx": 0.75, "x133sx": 0.24}, 0.4, "Số: 183 /KH-UBND", id="most say so"),
        pytest.param("Số:#3 /KH-UBND", {"x183sx": 0.65, "x133sx": 0.3}, 0.4, "Số:#3 /KH-UBND", id="too few say so"),
        pytest.param("Số:#3 /KH-UBND", {"x00sxmx": 0.99}, 0.4, "Số:#3 /KH-UBND", id="no dispatch has the number 0"),
        pytest.param(
            "Số:#3 /KH-UBND", {"x183sx": 0.4, "x183sxmx": 0.4}, 0.4, "Số: 183 /KH-UBND", id="two readings, one number"
        ),
        pytest.param("Số: 01 /KH-UBND", {"x07sxmx": 0.9}, 0.95, "Số: 01 /KH-UBND", id="clear print stays"),
        pytest.param("Số: 01 /KH-UBND", {"x07sxmx": 0.995}, 0.95, "Số: 07 /KH-UBND", id="certain against print"),
        pytest.param("Số: 01 /KH-UBND", {"x01sxmx": 0.6}, 0.95, "Số: 01 /KH-UBND", id="both agree"),
        pytest.param("Số: /KH-UBND", {"xsxmx": 0.99}, 0.95, "Số: /KH-UBND", id="left blank"),
        pytest.param("Số 4-CT/HU", {"x14mxsx": 0.99}, 0.5, "Số 14 -CT/HU", id="Party style"),
        pytest.param("Số:1/QĐ-UBND", {"x17sxmx": 0.99}, 0.5, "Số: 17 /QĐ-UBND", id="all in one word"),
        pytest.param("Số: 31 /62 /QĐ-UBND", {"x3162sxmx": 0.9}, 0.5, "Số: 3162 /QĐ-UBND", id="noise is dropped"),
        pytest.param("Số:(/#J/KH-UBND", {"x1987sxmx": 0.9}, 0.1, "Số: 1987 /KH-UBND", id="slashes that are none"),
        pytest.param("Số./#3 ¡ QĐ-UBND", {"x28715sxmx": 0.9}, 0.4, "Số 28715 /QĐ-UBND", id="a dash in the codes"),
        pytest.param("Số: #3 KH-UBND", {"x13sxmx": 0.9}, 0.5, "Số: 13 /KH-UBND", id="the slash was lost"),
        pytest.param(
            "Số: 3/2024/TT-BNV", {"x13s2024sxmx": 0.9}, 0.5, "Số: 13 /2024/TT-BNV", id="a year in the notation"
        ),
    ],
)
def test_a_number_is_changed_only_where_the_network_is_sure(
    monkeypatch: pytest.MonkeyPatch, text: str, says: dict[str, float], ocr: float, expected: str
) -> None:
    (words,) = filled(monkeypatch, text, 150, said(**says), ocr=ocr)
    assert " ".join(word.text for word in words) == expected


def test_digits_that_the_network_contradicts_are_no_longer_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    (words,) = filled(monkeypatch, "Số: 41 /KH-UBND", 150, said(x47sxmx=0.35, x17sxmx=0.3), ocr=0.8)
    assert [(word.text, word.confidence) for word in words][1] == ("41", pytest.approx(0.3))


def test_frames_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, nothing = said(x47sx=0.95), said(x41sx=0.9), said(xsx=0.9)
    (words,) = filled(monkeypatch, "Số:#3 /KH", 150, one, one, other, nothing, one, one, ocr=0.4)
    assert (words[1].text, words[1].confidence) == ("47", pytest.approx(6 * 0.95 / 8))


def test_one_frame_alone_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    one, nothing = said(x47sx=0.95), said(xsx=0.9)
    assert len(filling._LOOKS) * len(filling._RISES) == 9
    (words,) = filled(monkeypatch, "Số:#3 /KH", 150, one, *[nothing] * 8, ocr=0.4)
    assert " ".join(word.text for word in words) == "Số:#3 /KH"
    (words,) = filled(monkeypatch, "Số:#3 /KH", 150, one, *[nothing] * 7, one, ocr=0.4)
    assert words[1].text == "47"


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        pytest.param("x26x6x2017", "Hòa, ngày 26 tháng 6 năm 2017", id="day and month"),
        pytest.param("x7x26x6x2017", "Hòa, ngày 26 tháng 6 năm 2017", id="a digit in the place's name"),
        pytest.param("x36x6x2017", "Hòa, ngàyao tháng6 năm 2017", id="no such day"),
        pytest.param("x2x13x2017", "Hòa, ngàyao tháng6 năm 2017", id="no such month"),
        pytest.param("xx2017", "Hòa, ngàyao tháng6 năm 2017", id="left blank"),
    ],
)
def test_a_date_is_changed_only_into_a_date(monkeypatch: pytest.MonkeyPatch, says: str, expected: str) -> None:
    (words,) = filled(monkeypatch, "Hòa, ngàyao tháng6 năm 2017", 700, said(**{says: 0.97}), ocr=0.5)
    assert " ".join(word.text for word in words) == expected


def test_what_is_filled_in_has_its_place_and_the_earlier_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    (words,) = filled(monkeypatch, "Số:#3 /KH-UBND", 150, said(x183sxmx=0.95), ocr=0.4)
    head, number, notation = words
    assert (number.raw, number.confidence) == ("#3", pytest.approx(0.95))
    assert head.x0 < head.x1 <= number.x0 < number.x1
    assert notation.x1 > number.x1


@pytest.mark.parametrize(
    ("month", "ocr", "expected"),
    [
        pytest.param("11", 0.95, "Hòa, ngày 9 tháng 11 năm 2017", id="clear print stays beside a day by hand"),
        pytest.param("I1", 0.5, "Hòa, ngày 9 tháng 11 năm 2017", id="a letter for a one is the same month"),
        pytest.param("n,", 0.5, "Hòa, ngày # tháng n, năm 2017", id="nothing to go by"),
    ],
)
def test_day_and_month_are_settled_apart(
    monkeypatch: pytest.MonkeyPatch, month: str, ocr: float, expected: str
) -> None:
    says = said(x9x11x2017=0.5, x9x1x2017=0.45)
    (words,) = filled(monkeypatch, f"Hòa, ngày # tháng {month} năm 2017", 700, says, ocr=ocr)
    assert " ".join(word.text for word in words) == expected


def test_digits_of_the_year_do_not_speak_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day was read as `2`, hardly; that `2017` was read well says nothing of it."""
    day = (Glyphs("2", 800, 300, 818, 336, 0.3),)
    words = (*line("ngày", 700, 300), *day, *line("tháng 11 năm 2017", 850, 300))
    monkeypatch.setattr(handwriting, "read_lines", lambda lines, *_: [said(x9x11x2017=0.9)] * len(lines))
    (found,) = filling.fill((words,), GROUND, HEIGHT, WIDTH)
    assert " ".join(word.text for word in found) == "ngày 9 tháng 11 năm 2017"


def test_what_follows_the_number_is_a_notation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slanted one is like a slash: `2/93/SYT` is no number 2."""
    (words,) = filled(monkeypatch, "Số:#3 /KH", 150, said(x2s93sx=0.4, x2193sx=0.45), ocr=0.4)
    assert words[1].text == "2193"


@pytest.mark.parametrize("height", [pytest.param(36, id="usual"), pytest.param(52, id="larger than the sheet says")])
def test_the_frame_is_as_large_as_the_print(monkeypatch: pytest.MonkeyPatch, height: float) -> None:
    """A frame shows the same part of the text however many pixels the text takes."""
    shapes = []

    def look(lines: list[np.ndarray], _: int) -> list[tuple[Reading, ...]]:
        shapes.extend(image.shape for image in lines)
        return [() for _ in lines]

    monkeypatch.setattr(handwriting, "read_lines", look)
    text = "tổng cộng các khoản thu chi trong năm học mới của nhà trường theo quy định như sau đây kính trình"
    lines = (line("Số: /KH-UBND", 150, 100, height=height), line(text, 0, 200, height=height))
    filling.fill(lines, GROUND, HEIGHT, WIDTH)
    assert {rows for rows, _ in shapes} == {handwriting.HEIGHT}
    assert len({round(columns, -1) for _, columns in shapes}) == len(filling._LOOKS)


def test_behind_a_year_only_what_has_a_say_in_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def look(lines: list[np.ndarray], columns: int) -> list[tuple[Reading, ...]]:
        looked.append(lines[0].shape[1] - columns)
        return [() for _ in lines]

    monkeypatch.setattr(handwriting, "read_lines", look)
    words = line("ngày 26 tháng 6 năm 2017", 900, 300)
    filling.fill((words,), GROUND, HEIGHT, WIDTH)
    left, *_ = (frame for frames in filling._frames(words[0], 0, filling._DATE_WIDTH, GROUND) for frame in frames)
    assert len(looked) == len(filling._LOOKS)
    assert min(looked) > 0
    assert left.across(left.until(words[-1].x1) - handwriting.CONTEXT) > words[-1].x1
