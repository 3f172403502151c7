"""The key by which a reference finds its dispatch in the catalogue: number, notation and year.

>>> reference_key("05", "QĐ - UBND", "2020-06-26") == reference_key("5", "QÐ-UBND", "2020")
True
"""

from __future__ import annotations

import re

from pipeline.text.unicode import flat


def reference_key(number: str | None, notation: str | None, issued_on: str | None) -> str | None:
    """Return the key of a document, or None where its number, its notation or its year is not known.

    Zeros in front, case, diacritics, spaces and the kind of stroke make no difference; the year is the
    one in the notation, else the one of the date. Bodies of one kind share notations (every province
    has a `QĐ-UBND`), so a key that several dispatches have joins none of them.
    """
    if not number or not notation:
        return None
    codes = re.sub(r"[^0-9a-z]+", "-", flat(notation).replace("ð", "d")).strip("-")
    in_notation = re.match(r"((?:19|20)\d\d)-", codes)
    year = in_notation[1] if in_notation else (issued_on or "")[:4]
    if not year:
        return None
    codes = codes[5:] if in_notation else codes
    return f"{flat(number).strip().lstrip('0')}/{codes}/{year}"
