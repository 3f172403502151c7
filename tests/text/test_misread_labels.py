"""Labels that OCR misread, told by their neighbours."""

from __future__ import annotations

import pytest

from pipeline.text.labels import Label
from pipeline.text.misread_labels import read_labels


def _printed(labels: list[Label | None]) -> list[str | None]:
    return [label.printed if label else None for label in labels]


@pytest.mark.parametrize(
    ("texts", "printed"),
    [
        pytest.param(["1. Nhà", "§. Kho", "3. Sân"], ["1", "2", "3"], id="a sign for a digit"),
        pytest.param(["1. Nhà", "2% Kho", "3. Sân"], ["1", "2", "3"], id="a per cent for a dot"),
        pytest.param(["6. Nhà", "#- Kho", "8. Sân"], ["6", "7", "8"], id="a sign and a dash"),
        pytest.param(["6. Nhà", "1. Kho", "Š. Bãi", "9. Sân"], ["6", "7", "8", "9"], id="two in one gap"),
        pytest.param(["1. Nhà", "- 2. Kho", "3. Sân"], ["1", "2", "3"], id="a speck like a dash"),
        pytest.param(["VII. KHO", "THỊ. SÂN", "IX. BÃI"], ["VII", "VIII", "IX"], id="a word for a numeral"),
        pytest.param(["1. Mục tiêu", "II. KHO"], ["I", "II"], id="a digit for the first numeral"),
        pytest.param(
            [f"I. {'Sắp xếp lại kho giấy và kho ảnh ' * 4}", "2. Kho"],
            ["1", "2"],
            id="a numeral for the first digit",
        ),
        pytest.param(
            [f"I. {'Sắp xếp lại kho giấy và kho ảnh ' * 4}", "2% Kho", "3. Sân"],
            ["1", "2", "3"],
            id="a numeral for the first digit and the second misread",
        ),
    ],
)
def test_a_gap_tells_the_label(texts: list[str], printed: list[str]) -> None:
    assert _printed(read_labels(texts)) == printed


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["1. Nhà", "Kho giấy", "3. Sân"], id="no label at all"),
        pytest.param(["1. Nhà", "§. Kho", "Š. Bãi", "3. Sân"], id="more than the gap holds"),
        pytest.param(["1. Nhà", "§. Kho", "2. Sân"], id="no gap"),
        pytest.param(["1. Nhà", "- Kho", "3. Sân"], id="a true dash"),
        pytest.param(["1. Nhà", "§. Kho"], id="nothing behind it"),
        pytest.param(["II. KHO", "1. Nhà", "2. Sân", "III. BÃI"], id="a series inside another"),
        pytest.param(["1. Nhà", "2. Sân", "1. Kho", "2. Bãi", "3. Lán", "4. Ao"], id="a series begun anew"),
        pytest.param(["I. KHO", "2. Nhà", "II. SÂN"], id="a numeral whose series goes on"),
    ],
)
def test_nothing_else_is_touched(texts: list[str]) -> None:
    kept = [label.printed if label else None for text in texts for label in read_labels([text])]
    assert _printed(read_labels(texts)) == kept
