"""Whether two readings are versions of one dispatch: a file mended or scanned again, not another one of its name."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.store.rows import Row

_ALIKE = 70.0  # per cent; two dispatches of one office on one form reach about half
_SAMPLE = 4000


def same_dispatch(a: Row, b: Row) -> bool:
    """Tell whether number, notation and day are the same, or where one lacks a number, the texts are alike."""
    if a["number"] and b["number"] and a["notation"] and b["notation"]:
        return all(a[name] == b[name] for name in ("number", "notation", "issued_on"))
    return fuzz.ratio(str(a["text"])[:_SAMPLE], str(b["text"])[:_SAMPLE]) >= _ALIKE
