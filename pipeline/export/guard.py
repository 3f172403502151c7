"""The guard against spreadsheet formulas in CSV: an apostrophe in front, which can be taken off again.

Vietnamese lists honestly begin with `-` and `+`; a spreadsheet would read them, and `=…` and `@…`, as
formulas. A text that begins like that, or with an apostrophe itself, gets one apostrophe more.

>>> guard("- 12 tổ"), guard("12 tổ"), guard("'n")
("'- 12 tổ", '12 tổ', "''n")
>>> unguard(guard("'- a")) == "'- a"
True
"""

from __future__ import annotations

_RISKY = frozenset("=+-@＝＋－＠\t\r\n'")


def guard(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _RISKY and text else text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    return text[1:] if text.startswith("'") else text
