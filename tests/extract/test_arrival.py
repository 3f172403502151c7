"""The arrival stamp: number and day, by hand more often than not."""

from __future__ import annotations

import pytest

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Document, Line, Page, Span, Word
from pipeline.extract import arrival


def read(stamp: str) -> dict[str, str]:
    lines = tuple(Line(tuple(Word(word) for word in line.split())) for line in stamp.splitlines())
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, lines),))
    zone = Zone(span=Span(0, len(doc.text)), confidence=1, by="t", kind=ZoneKind.ARRIVAL)
    return {found.name: found.value for found in arrival.extract(doc.annotate((zone,)))}


@pytest.mark.parametrize(
    ("stamp", "number", "day"),
    [
        pytest.param("CÔNG VĂN ĐẾN\nSố: 1793\nNgày: 23/01/2025\nChuyển: …", "1793", "2025-01-23", id="typed"),
        pytest.param("ĐẾN Số ..... 52 ..... Ngày 03.4.2019", "52", "2019-04-03", id="on one line"),
        pytest.param("ĐẾN\nSố: ……\nNgày: ……", None, None, id="blank"),
        pytest.param("ĐẾN\nSố: J#\nNgày: 2? tháng 4", None, None, id="not to be read"),
    ],
)
def test_arrival(stamp: str, number: str | None, day: str | None) -> None:
    found = read(stamp)
    assert (found.get("arrival_number"), found.get("arrived_on")) == (number, day)


def test_no_stamp() -> None:
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, (Line((Word("Số: 5"),)),)),))
    assert list(arrival.extract(doc)) == []
