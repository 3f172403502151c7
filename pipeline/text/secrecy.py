"""The levels of secrecy in the words of one line: told from all that only sounds like them.

A stamp is read by OCR with any mark over its A, or none, and with a stroke of its frame for a letter; so letters
are compared without marks, and what decides is that they are capitals and that nothing else stands on the line.

>>> level("TỐI MẬT"), level("[ MẶT |"), level("Độ mật: Tuyệt mật"), level("Số: 12/BC-ĐA MẬT")
('TỐI MẬT', 'MẬT', 'TUYỆT MẬT', 'MẬT')
>>> level("ỦY BAN MẶT TRẬN TỔ QUỐC"), level("BẢO VỆ BÍ MẬT NHÀ NƯỚC"), level("mật"), level("Độ mật: Không")
(None, None, None, None)
"""

from __future__ import annotations

import re
from typing import Final, Literal

from rapidfuzz import fuzz

from pipeline.text.unicode import flat, same_tones

Level = Literal["TUYỆT MẬT", "TỐI MẬT", "MẬT"]

LEVELS: Final[dict[str, Level]] = {"tuyetmat": "TUYỆT MẬT", "toimat": "TỐI MẬT", "mat": "MẬT"}
_WORDS: Final = r"(?<!bi\s)(?<!bao\s)(?<!giai\s)(?P<level>(?:tuyet\s*|t[o0][il1]\s*)?mat)"
_LABEL: Final = r"(?:(?:do|muc(?:\s+do)?|dau(?:\s+do)?|dau\s+chi)\s+mat|mat\s+do)\s*[:.]+\s*"
_ALONE: Final = re.compile(rf"\W*(?:[il1jh]\W+)?(?:(?:tai lieu|van ban|loai)\s+)?{_WORDS}(?:\W+[il1jh])?\W*")
_NUMBERED: Final = re.compile(rf"\W*{_WORDS}\W+(?:ban\s+)?so\W*[\d./]*\W*")
_LABELLED: Final = re.compile(rf"\W*{_LABEL}[\W_]*{_WORDS}\b\W*")
_BESIDE: Final = (
    re.compile(rf"\W*so\b.{{0,40}}/.{{0,40}}?[\s|\[({{]{_WORDS}\W*"),
    re.compile(
        rf"\W*{_WORDS}[\s|\])}}]+(?:cong hoa xa hoi|doc lap\W|dang cong san|so\s*:|.{{0,30}}ngay.{{1,8}}thang).*"
    ),
    re.compile(rf".*(?:nghia viet nam|hanh phuc|cong san viet nam|nam \d{{4}})[\s|\[({{]+{_WORDS}\W*"),
)
_COMPOUNDS: Final = frozenset(("bi", "bao", "giai", "co", "than"))  # words that MẬT ends: BÍ MẬT, GIẢI MẬT
_LIKE: Final = 80  # of 100; the longer names may have a letter misread
_WITHIN: Final = 86  # ... where another stamp has run into it


def level(line: str) -> Level | None:
    """Return the level of secrecy where a line is a stamp, alone or beside number, motto or day, or a label says it."""
    plain = flat(same_tones(line))
    if match := _LABELLED.fullmatch(plain):
        return _named(match)
    for pattern in (_ALONE, _NUMBERED, *_BESIDE):
        match = pattern.fullmatch(plain)
        if match and len(plain) == len(same_tones(line)) and _capitals(same_tones(line)[slice(*match.span("level"))]):
            return _named(match)
    return None


def likely_level(reading: str) -> Level | None:
    """Return the level that a line inside a stamp most likely names; the longer names may have a letter misread.

    >>> likely_level("TUYÊT MAI"), likely_level("MÁT"), likely_level("Số: 47 MẬT")
    ('TUYỆT MẬT', 'MẬT', 'MẬT')
    >>> likely_level("HỎA TỐC"), likely_level("MẶT SAU"), likely_level("BAO MẬT")
    (None, None, None)
    """
    letters = re.sub(r"[^a-z]", "", flat(reading).replace("0", "o"))
    for plain, name in LEVELS.items():
        if len(plain) > 3 and (fuzz.ratio(letters, plain) >= _LIKE or _holds(letters, plain)):
            return name
    last = re.search(r"(\w*)\W*\sMẬT\W*$", reading)
    alone = re.fullmatch(r"[iljh]?ma+t[iljh]?", letters) or (last and flat(last[1]) not in _COMPOUNDS)
    return "MẬT" if alone else None


def _holds(letters: str, plain: str) -> bool:
    return len(letters) > len(plain) and fuzz.partial_ratio(plain, letters) >= _WITHIN


def _named(match: re.Match[str]) -> Level:
    return LEVELS[re.sub(r"\s", "", match["level"]).replace("0", "o").replace("1", "i").replace("tol", "toi")]


def _capitals(text: str) -> bool:
    return not any(char.islower() for char in text)
