"""Labels of numbered items, as printed and as misread."""

from __future__ import annotations

import pytest

from pipeline.text.labels import Series, read_label, roman, to_roman


@pytest.mark.parametrize(
    ("text", "style", "printed", "rest"),
    [
        pytest.param("Điều 12. Hiệu lực", "article", "Điều 12", "Hiệu lực", id="article"),
        pytest.param("Điều l. Phạm vi", "article", "Điều 1", "Phạm vi", id="article with l for 1"),
        pytest.param("Chương II QUY ĐỊNH", "chapter", "Chương II", "QUY ĐỊNH", id="chapter"),
        pytest.param("Phần thứ nhất. Chung", "part", "Phần thứ nhất", "Chung", id="part"),
        pytest.param("IV. TỔ CHỨC", "roman", "IV", "TỔ CHỨC", id="roman"),
        pytest.param("IV.TỔ CHỨC", "roman", "IV", "TỔ CHỨC", id="roman without space"),
        pytest.param("3. Sở Nội vụ", "number", "3", "Sở Nội vụ", id="number"),
        pytest.param("3/ Sở Nội vụ", "number", "3", "Sở Nội vụ", id="number with slash"),
        pytest.param("10) Sở Nội vụ", "number", "10", "Sở Nội vụ", id="number with bracket"),
        pytest.param("2.1. Tập huấn", "second", "2.1", "Tập huấn", id="two levels"),
        pytest.param("2.1 Tập huấn", "second", "2.1", "Tập huấn", id="two levels without dot"),
        pytest.param("2.1- Tập huấn", "second", "2.1", "Tập huấn", id="two levels with the Party's dash"),
        pytest.param("2.1.3. Tập huấn", "third", "2.1.3", "Tập huấn", id="three levels"),
        pytest.param("đ) Báo cáo", "letter", "đ", "Báo cáo", id="letter with stroke"),
        pytest.param("a. Báo cáo", "letter", "a", "Báo cáo", id="letter with dot"),
        pytest.param("A. CÔNG TÁC", "capital", "A", "CÔNG TÁC", id="capital"),
        pytest.param("– Báo cáo", "dash", "-", "Báo cáo", id="dash"),
        pytest.param("+ Báo cáo", "plus", "+", "Báo cáo", id="plus"),
        pytest.param("\uf0b7 Báo cáo", "dash", "-", "Báo cáo", id="bullet of a symbol font"),
        pytest.param("._8. Báo cáo", "number", "8", "Báo cáo", id="specks before a number"),
        pytest.param(".__.1. Báo cáo", "number", "1", "Báo cáo", id="a worn rule before a number"),
        pytest.param("__3) Báo cáo", "number", "3", "Báo cáo", id="specks before a number with a bracket"),
        pytest.param("D_4. Báo cáo", "number", "4", "Báo cáo", id="a speck like a letter before a number"),
        pytest.param("~ Báo cáo", "dash", "-", "Báo cáo", id="a wavy dash"),
    ],
)
def test_labels(text: str, style: str, printed: str, rest: str) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.style, label.printed, text[label.length :]) == (style, printed, rest)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Báo cáo kết quả", id="words"),
        pytest.param("2024 là năm học", id="year"),
        pytest.param("15/3/2024 họp", id="date"),
        pytest.param("3,5 triệu đồng", id="decimal"),
        pytest.param("1.500 hộ", id="thousands"),
        pytest.param("I hope", id="Latin word"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_labels(text: str) -> None:
    assert Series().settle(read_label(text)) is None


@pytest.mark.parametrize(
    ("texts", "printed"),
    [
        pytest.param(["I. A", "H. B", "HI. C", "IV. D"], ["I", "II", "III", "IV"], id="H for II"),
        pytest.param(["IL. A", "II. B", "II. C"], ["I", "II", "III"], id="lost stroke"),
        pytest.param(["1. A", "2, B", "3. C"], ["1", "2", "3"], id="comma for dot"),
        pytest.param(["a) A", "b) B", "e) C", "d) D", "d) E", "e) F"], ["a", "b", "c", "d", "đ", "e"], id="letters"),
        pytest.param(["a) A", "b) B", "c) C", "d) D", "e) E"], ["a", "b", "c", "d", "e"], id="without đ"),
        pytest.param(["1. A", "a) B", "2. C", "a) D"], ["1", "a", "2", "a"], id="letters begin anew"),
        pytest.param(["A. PHẦN", "I. B", "B. PHẦN", "I. C"], ["A", "I", "B", "I"], id="Roman numerals begin anew"),
        pytest.param(["l. A", "2. B"], ["1", "2"], id="l for 1"),
        pytest.param(["III. A", "III. B"], ["III", "III"], id="a misprint stays"),
    ],
)
def test_a_series_settles_its_labels(texts: list[str], printed: list[str]) -> None:
    series = Series()
    found = []
    for text in texts:
        label = series.settle(read_label(text))
        series.enter(label)
        found.append(label.printed if label else None)
    assert found == printed


def test_depth_follows_the_order_in_which_styles_open() -> None:
    series = Series()
    labels = ["I. MỘT", "1. Hai", "a) Ba", "- Bốn", "b) Năm", "2. Sáu", "II. BẢY"]
    assert [series.enter(series.settle(read_label(text))) for text in labels] == [1, 2, 3, 4, 3, 2, 1]


@pytest.mark.parametrize("value", range(1, 40))
def test_roman_numerals_come_back(value: int) -> None:
    assert roman(to_roman(value)) == value


@pytest.mark.parametrize("letters", ["쨝ꩁ", "ﬁ", "ß", "İ"])
def test_letters_that_fold_to_several_move_no_end(letters: str) -> None:
    label = read_label(f"Phần thứ {letters}")
    assert label is None or label.length <= len(f"Phần thứ {letters}")
