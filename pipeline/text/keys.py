"""The key under which a reference and the dispatch that it means are found together.

>>> document_key("05", "QĐ - UBND") == document_key("5", "QÐ-UBND")
True
"""

from __future__ import annotations

import re

from pipeline.text.unicode import flat


def document_key(number: str | None, notation: str | None) -> str | None:
    """Return number and notation in one spelling, or None where one of them is not known.

    Zeros in front, case, diacritics, spaces and the kind of stroke make no difference. Numbers begin
    anew each year, and bodies of one kind share notations (every province has a `QĐ-UBND`): the key
    alone does not yet tell which dispatch is meant.
    """
    if not number or not notation:
        return None
    codes = re.sub(r"[^0-9a-z]+", "-", flat(notation).replace("ð", "d")).strip("-")
    return f"{flat(number).strip().lstrip('0')}/{codes}"
