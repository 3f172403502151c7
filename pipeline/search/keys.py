"""A document's number as one key, however it is typed.

>>> key_of("13", "PĐTD-LĐLĐ"), key_in("013 / pdtd - ldld"), key_in("Số 34-CT/TW")
('13xpdtdldld', '13xpdtdldld', None)
>>> key_in("34-CT/TW") == key_of("34", "CT/TW")
True
"""

from __future__ import annotations

import re

from pipeline.text.keys import document_key

_PARTS = r"[^\W\d_]\w*(?:\s*[-–/.&,]\s*[^\W\d_]\w*)*"  # PĐTD-LĐLĐ
_YEAR = r"(?:(?:19|20)\d\d\s*[/-]\s*)?"  # 12/2020/TT-BNV
_PARTY = re.compile(r"[^\W\d_]{2,5}/[^\W\d_]+")  # CT/TW: the Party puts the dash first
NUMBER = re.compile(rf"(?P<number>\d{{1,6}}[^\W\d_]?)\s*(?P<mark>[/\-–])\s*(?P<notation>{_YEAR}{_PARTS})")
"""A whole number as printed or typed; with spaces inside, it must hold a slash to be one."""


def key_of(number: str | None, notation: str | None) -> str | None:
    """Return the key of a number and its notation as one word, for the index; None where one is not known."""
    key = document_key(number, notation)
    if key is None:
        return None
    head, _, codes = key.partition("/")
    return f"{head}x{codes.replace('-', '')}" if head and codes else None


def whole_number(number: str | None, notation: str | None) -> str | None:
    """Return a number and its notation as they are printed; an ellipsis for a number left blank.

    >>> whole_number("27", "PĐTD-LĐLĐ"), whole_number("05", "CT/TW"), whole_number(None, "QĐ-UBND")
    ('27/PĐTD-LĐLĐ', '05-CT/TW', '…/QĐ-UBND')
    """
    if not notation:
        return number or None
    mark = "-" if _PARTY.fullmatch(notation) else "/"
    return f"{number or '…'}{mark}{notation}"


def key_at(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return the key that stands at `start` and where it ends, or None.

    Without spaces any number with a notation is a key; with spaces only one that holds a slash.
    """
    found = NUMBER.match(text, start)
    if not found:
        return None
    end = found.end()
    if " " in found.group(0) and "/" not in found.group(0):
        return None
    key = key_of(found["number"], found["notation"])
    return (key, end) if key else None


def key_in(text: str) -> str | None:
    """Return the key if the whole text is one."""
    found = key_at(text.strip())
    return found[0] if found and found[1] == len(text.strip()) else None
