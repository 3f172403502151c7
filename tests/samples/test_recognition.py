"""How the benchmark of recognition counts errors."""

from __future__ import annotations

import pytest

from benchmarks.recognition import counted, errors


@pytest.mark.parametrize(
    ("line", "page", "distance"),
    [
        ("Số: 13/KH-UBND", "xx Số: 13 /KH-UBND yy", 0),
        ("Số: 13/KH-UBND", "xx So: 13/KH-UBND yy", 1),
        ("Lê Thị Sáu", "PHÓ GIÁM ĐỐC LêThị Sáu", 1),
        ("Nơi nhận:", "", 9),
        ("Nơi nhận:", "zzz", 9),
        ("- Như trên;", "Nơi nhận: - Như trên; - Lưu: VT.", 0),
        ("- Lưu: VT, NV.", "- Như trên; - Lưu VT,N.V", 2),
    ],
)
def test_errors_of_the_nearest_piece(line: str, page: str, distance: int) -> None:
    assert errors(counted(line), counted(page)) == distance
