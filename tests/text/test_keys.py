"""The key that joins a reference to a dispatch of the catalogue."""

from __future__ import annotations

import pytest

from pipeline.text.keys import document_key

SAME = {
    "zeros in front": (("07", "QĐ-UBND"), ("7", "QĐ-UBND")),
    "spaces": (("7", "QĐ - UBND"), ("7", "QĐ-UBND")),
    "the other D with a bar": (("7", "QÐ-UBND"), ("7", "QĐ-UBND")),
    "lost bar": (("7", "QD-UBND"), ("7", "QĐ-UBND")),
    "case": (("7B", "TTr-SCT"), ("7b", "TTR-SCT")),
    "strokes": (("7", "CT/TU"), ("7", "CT–TU")),
}

DIFFERENT = {
    "number": (("7", "QĐ-UBND"), ("71", "QĐ-UBND")),
    "letter after the number": (("7", "QĐ-UBND"), ("7a", "QĐ-UBND")),
    "notation": (("7", "QĐ-UBND"), ("7", "QĐ-UB")),
    "year in the notation": (("7", "2019/TT-BKH"), ("7", "2020/TT-BKH")),
    "where the stroke stands": (("7", "QĐ-UBND"), ("7", "QĐU-BND")),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_the_same_document(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert document_key(*one) == document_key(*other) is not None


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_documents(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert document_key(*one) != document_key(*other)


@pytest.mark.parametrize("parts", [(None, "QĐ-UBND"), ("7", None), ("", "")], ids=["number", "notation", "both"])
def test_no_key_without(parts: tuple[str | None, str | None]) -> None:
    assert document_key(*parts) is None
