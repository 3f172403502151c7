"""One spelling for every way of writing Vietnamese: NFC, tone placement, and folding for search.

>>> fold("Điều động, QĐ-UBND")
'dieu dong, qd-ubnd'
>>> same_tones("hoà bình, uỷ ban, thuý") == same_tones("hòa bình, ủy ban, thúy")
True
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_LATE_TONE = re.compile(rf"(o)([{_TONES}]?)([ae])([{_TONES}])|(u)([{_TONES}]?)(y)([{_TONES}])", re.IGNORECASE)
CAPITALS = "A-Z" + "".join(char for char in map(chr, range(0xC0, 0x1EFA)) if char.isupper())
"""The inside of a character class of capital letters with marks: `À-Ỹ` would take small ones too."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def nfc(text: str) -> str:
    """Return text in Unicode NFC, with the letter eth, which stands for Đ in many files, as Đ."""
    # `replace` passes over a long text some forty times faster than `translate`.
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


def fold(text: str) -> str:
    """Return text for comparing without case and diacritics: đ becomes d, every dash a hyphen.

    The length may differ from the input's where the input is not in NFC; on NFC text of
    Vietnamese letters one character stays one character, so offsets carry over.
    """
    decomposed = unicodedata.normalize("NFD", nfc(text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("đ", "d").translate(_DASHES)


def flat(text: str) -> str:
    """Return text folded character by character, so that every offset into it is one into the input.

    >>> flat("NGÀY 5 tháng Ba")
    'ngay 5 thang ba'
    """
    return "".join(map(_flat_char, text))


@cache
def _flat_char(char: str) -> str:
    folded = fold(char)
    return folded if len(folded) == 1 else char


def same_tones(text: str) -> str:
    """Return text in NFC with the tone of open oa, oe, uy on the first vowel (hoà becomes hòa)."""

    def move(match: re.Match[str]) -> str:
        first, _, second, tone = match.group(1, 2, 3, 4) if match.group(1) else match.group(5, 6, 7, 8)
        after = match.string[match.end() : match.end() + 1]
        before = match.string[match.start() - 1 : match.start()]
        if after.isalpha() or (first in "uU" and before in "qQ" and before):
            return match.group(0)
        return first + tone + second

    return nfc(_LATE_TONE.sub(move, unicodedata.normalize("NFD", text)))
