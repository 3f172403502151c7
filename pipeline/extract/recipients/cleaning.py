"""Names without what OCR and the pen leave behind them: specks, strokes, joined words."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.text.unicode import fold

ARCHIVE = re.compile(r"\W*(?:[lk]uu\b\s*[:;.,]*|lu[:;]|lu[a-z]\s?[:;.]{1,2}(?=\s?vt\b))\s*")
"""`Lưu:` at the beginning of a folded text; before `VT` also with its last letter misread."""

_JUNK_TAIL = re.compile(r"(?:\s+[^\w()\s“”\"]+|[\s.,;:/|*_~`´'^=»›>ˆ˜ˉ]+|\[[\]1lD]?)+$")
_STROKE_TAIL = re.compile(r"(?<=\w)/\s+[`'´^*~|].*$")
_LEVEL = re.compile(r"(?:tinh|huyen|xa|quan|phuong)\W*")
_PROVINCE = re.compile(r"(?<=\w )(t)[ií]nh(?=$|[,;)])", re.IGNORECASE)
_CITY = re.compile(r"\b(t)hành ph[oóôổõọ](?=$|[,;)\s])", re.IGNORECASE)
_AFTER_BRACKET = re.compile(r"\)\s*(?:\.\s*\S.*|\.?[^\s.,;)]*[^\w\s.,;:()&/-].*)$")
_UNCLOSED = re.compile(r"\s*[.,]?\s*\(\W?\w{0,2}$")
"""A bracket that a pen opened for the number of copies."""
_DRAWN = re.compile(r"[.,]\s?\w?[@#~^*|\\<>{}«»][^\s,;()]*$|(?<=\w)[.,]\s?\d?[@#]\S*$")
"""What a drafter's stroke behind the last unit was read as: `VT.2@-`."""
_SPECK = re.compile(r"^[^\w\s.,;:&()/“”\"+-]|[^\w\s.,;:&()/“”\"+-]$")


def is_noise(text: str) -> bool:
    """Tell whether a piece holds no word: specks, strokes of the seal, a page number."""
    return not re.search(r"[^\W\d_]{2}", text)


def is_stroke(name: str) -> bool:
    """Tell a stroke that OCR read as letters: no name of a body is without a capital."""
    return not any(char.isupper() for char in name)


def level_words(name: str) -> str:
    """Return a name whose words of level have their marks: `Sở Nội vụ tinh` is `Sở Nội vụ tỉnh`."""
    return _CITY.sub(r"\1hành phố", _PROVINCE.sub(r"\1ỉnh", name))


def without_tail(name: str) -> str:
    """Return a name without the signs and specks at its end, nor what a pen's stroke begins there."""
    return _JUNK_TAIL.sub("", _STROKE_TAIL.sub("", name))


def archive_name(text: str) -> str:
    """Return what follows `Lưu:`, without the specks that signatures and seals leave behind it."""
    begin = ARCHIVE.match(fold(text))
    name = text[begin.end() :] if begin else text
    name = _AFTER_BRACKET.sub(")", name, count=1)
    name = _UNCLOSED.sub("", _DRAWN.sub("", name))
    kept = takewhile(lambda word: not _SPECK.search(word), name.split())
    return re.sub(r"[\s.,;:*]+$", "", " ".join(kept))


def apart(name: str) -> str:
    """Part words that OCR joined: `HộiCCB,HLHPN` is `Hội CCB, HLHPN`; `TTra` and `LĐTBXH` stay."""
    parted = " ".join(_apart_word(word) for word in name.split(" "))
    return re.sub(r",(?=\w)", ", ", parted) if parted != name else name


def _apart_word(word: str) -> str:
    for i in range(2, len(word)):
        if word[i - 1].islower() and word[i : i + 2].isupper() and len(word[i : i + 2]) == 2:
            return f"{word[:i]} {_apart_word(word[i:])}"
        if word[:i].isupper() and _LEVEL.fullmatch(fold(word[i:])) and word[i].islower():
            return f"{word[:i]} {word[i:]}"
    return word
