"""The key that joins a reference to a dispatch of the catalogue."""

from __future__ import annotations

import pytest

from pipeline.text.keys import reference_key

SAME = {
    "zeros in front": (("07", "QĐ-UBND", "2019-04-11"), ("7", "QĐ-UBND", "2019-04-11")),
    "spaces": (("7", "QĐ - UBND", "2019"), ("7", "QĐ-UBND", "2019-04-11")),
    "the other D with a bar": (("7", "QÐ-UBND", "2019"), ("7", "QĐ-UBND", "2019")),
    "lost bar": (("7", "QD-UBND", "2019"), ("7", "QĐ-UBND", "2019")),
    "year in the notation": (("7", "2019/TT-BKH", None), ("7", "2019/TT-BKH", "2019-04-11")),
    "Party and State strokes": (("7", "CT/TU", "2019"), ("7", "CT-TU", "2019")),
}

DIFFERENT = {
    "number": (("7", "QĐ-UBND", "2019"), ("71", "QĐ-UBND", "2019")),
    "letter after the number": (("7", "QĐ-UBND", "2019"), ("7a", "QĐ-UBND", "2019")),
    "notation": (("7", "QĐ-UBND", "2019"), ("7", "QĐ-UB", "2019")),
    "year": (("7", "QĐ-UBND", "2019"), ("7", "QĐ-UBND", "2020")),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_the_same_document(one: tuple[str, str, str | None], other: tuple[str, str, str | None]) -> None:
    assert reference_key(*one) == reference_key(*other) is not None


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_documents(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert reference_key(*one) != reference_key(*other)


@pytest.mark.parametrize(
    "parts",
    [(None, "QĐ-UBND", "2019"), ("7", None, "2019"), ("7", "QĐ-UBND", None)],
    ids=["number", "notation", "year"],
)
def test_no_key_without(parts: tuple[str | None, str | None, str | None]) -> None:
    assert reference_key(*parts) is None
