"""Old Vietnamese fonts to Unicode: TCVN3 (fonts named .Vn…) and VNI (fonts named VNI-…).

Both put Vietnamese shapes on the codes of Western letters, so that without the font the text reads
as broken Latin. TCVN3 has one code a letter but no capitals with tone: those are typed as small
letters in a font whose name ends in H. VNI writes a letter and its mark as two characters.

    >>> decode("Céng hßa x· héi chñ nghÜa ViÖt Nam", ".VnTime")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    >>> decode("céng hßa", ".VnTimeH")
    'CỘNG HÒA'
    >>> decode("Ñoäc laäp – Töï do", "VNI-Times")
    'Độc lập – Tự do'
    >>> guess("QuyÕt ®Þnh vÒ viÖc khen thëng")
    'tcvn3'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

from pipeline.text.syllables import telling_words

Encoding = Literal["tcvn3", "vni"]


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What an old font's name tells: its encoding, and whether it shows every letter as a capital."""

    encoding: Encoding
    capitals: bool = False


# TCVN 5712:1993, one code a letter. The codes below 0xA0 and the capitals with tone of the full
# standard (VN1) that fonts use for nothing else are here too.
_TCVN3_LETTERS: Final = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò",
    0xE0: "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
# What PDF text layers and office programs write for the same glyphs.
_TCVN3_ALIASES: Final = {"\u2212": "\xad", "\u2010": "\xad", "\u2219": "\xb7", "\u22c5": "\xb7", "\u03bc": "\xb5"}

_VNI_ALONE: Final = dict(zip("ÑñÔôÖöÆæÍíÌìÓóÒòÎî", "ĐđƠơƯưỈỉÍíÌìĨĩỊịỴỵ", strict=True))
_VNI_TONES: Final = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX: Final = dict(
    zip("âáàåãä", ("\u0302" + tone for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")), strict=True)
)
_VNI_BREVE: Final = dict(
    zip("êéèúüë", ("\u0306" + tone for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")), strict=True)
)

_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_STYLE: Final = re.compile(r"(?:[-, ]*(?:Bold|Italic|Oblique|Regular|Normal|MT|PS))+$", re.IGNORECASE)
_TCVN3_NAME: Final = re.compile(r"^(?:\.[Vv][Nn]|Vn[A-Z0-9])")
_VNI_NAME: Final = re.compile(r"^\.?VNI(?![a-z])", re.IGNORECASE)
_LONGEST_NAME: Final = 80  # real ones are shorter; hostile files may have longer
_UNICODE_ONLY: Final = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def _tcvn3_table() -> dict[str, str]:
    table = {chr(code + i): letter for code, letters in _TCVN3_LETTERS.items() for i, letter in enumerate(letters)}
    return table | {alias: table[char] for alias, char in _TCVN3_ALIASES.items()}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for bases, marks in (("aeouyôö", _VNI_TONES), ("aeo", _VNI_CIRCUMFLEX), ("a", _VNI_BREVE)):
        for base in bases:
            for mark, accents in marks.items():
                letter = unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + accents)
                for small, capital in ((base + mark, base.upper() + mark), (base + mark.upper(),) * 2):
                    table[small] = letter
                    table[capital] = letter.upper() if capital[0].isupper() else letter
                table[base.upper() + mark.upper()] = letter.upper()
    return table


_TABLES: Final[Mapping[Encoding, Mapping[str, str]]] = {"tcvn3": _tcvn3_table(), "vni": _vni_table()}
_PATTERNS: Final[Mapping[Encoding, re.Pattern[str]]] = {
    encoding: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for encoding, table in _TABLES.items()
}


@lru_cache(maxsize=1_000)
def legacy_font(name: str | None) -> LegacyFont | None:
    """Tell an old font by its name, as Word or a PDF writes it; None for every other font.

    `.VnTimeH`, `ABCDEF+VnTimeHBold` and `VNI-Times,Bold` are known.
    """
    if not name:
        return None
    stem = _STYLE.sub("", _SUBSET.sub("", name.strip()[:_LONGEST_NAME]))
    if _VNI_NAME.match(stem):
        return LegacyFont("vni")
    if _TCVN3_NAME.match(stem):
        return LegacyFont("tcvn3", capitals=stem.endswith("H"))
    return None


def decode(text: str, font: str | None) -> str:
    """Return text that stands in `font` as Unicode NFC; text in any other font comes back as it is."""
    return unicodedata.normalize("NFC", decode_runs([(text, font)])[0])


def decode_runs(runs: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return the texts of neighbouring runs `(text, font)` as Unicode, one for each run.

    A run may be as short as one character of a PDF: where a letter and its mark stand in two
    runs, the letter goes to the first. Joined, the texts are what the fonts show.
    """
    decoded: list[str] = []
    fonts = ((text, legacy_font(name)) for text, name in runs)
    for encoding, group in groupby(fonts, key=lambda run: run[1] and run[1].encoding):
        members = list(group)
        if encoding is None:
            decoded += [text for text, _ in members]
        else:
            decoded += _decode_group([text for text, _ in members], [font for _, font in members], encoding)
    return decoded


def to_unicode(text: str, encoding: Encoding) -> str:
    """Return text in an old encoding as Unicode NFC."""
    table = _TABLES[encoding]
    return unicodedata.normalize("NFC", _PATTERNS[encoding].sub(lambda match: table[match.group()], text))


def from_unicode(text: str, encoding: Encoding) -> str:
    """Return Unicode text in an old encoding; what it has no code for stays as it is.

    TCVN3 fonts have no capitals with tone: write those in small letters and set a font in …H.
    """
    return "".join(_CODES[encoding].get(char, char) for char in unicodedata.normalize("NFC", text))


def guess(text: str) -> Encoding | None:
    """Tell the old encoding of a text from its letters alone; None where it reads best as it is.

    The measure is how many words with letters beyond ASCII are spelt as Vietnamese syllables.
    """
    as_is, _ = telling_words(text)
    best: tuple[int, Encoding | None] = (as_is, None)
    for encoding in _TABLES:
        good, bad = telling_words(to_unicode(text, encoding))
        if good > best[0] and good >= 3 * bad:
            best = good, encoding
    return best[1]


def as_unicode(text: str) -> str:
    """Return a text that knows no font as Unicode, from whichever encoding its letters tell."""
    encoding = guess(text)
    return to_unicode(text, encoding) if encoding else text


def is_unicode(text: str) -> bool:
    """Tell whether a text holds Vietnamese letters that no old encoding can make."""
    return bool(_UNICODE_ONLY.search(text))


def _decode_group(texts: Sequence[str], fonts: Sequence[LegacyFont | None], encoding: Encoding) -> list[str]:
    """Decode runs of one encoding together, so that two-character letters may straddle them."""
    whole = "".join(texts)
    if not _is_legacy(whole, encoding):
        return list(texts)
    table = _TABLES[encoding]
    owners = [i for i, text in enumerate(texts) for _ in text]
    pieces: list[list[str]] = [[] for _ in texts]
    at = 0
    for match in _PATTERNS[encoding].finditer(whole):
        for i in range(at, match.start()):
            pieces[owners[i]].append(whole[i])
        pieces[owners[match.start()]].append(table[match.group()])
        at = match.end()
    for i in range(at, len(whole)):
        pieces[owners[i]].append(whole[i])
    joined = ("".join(piece) for piece in pieces)
    return [text.upper() if font and font.capitals else text for text, font in zip(joined, fonts, strict=True)]


def _is_legacy(text: str, encoding: Encoding) -> bool:
    """Tell text of an old font from Unicode text that was merely dressed in that font."""
    if is_unicode(text):
        return False
    return telling_words(text)[0] <= telling_words(to_unicode(text, encoding))[0]


def _codes(encoding: Encoding) -> dict[str, str]:
    """Return letter to code: the first and plainest code of each letter that fonts really show."""
    codes: dict[str, str] = {}
    for code, letter in _TABLES[encoding].items():
        toned_capital = letter.isupper() and letter not in "ĂÂÊÔƠƯĐ"
        if encoding == "tcvn3" and (toned_capital or unicodedata.combining(letter)):
            continue
        if len(code) == 1 or code[0].isupper() == code[1].isupper():
            codes.setdefault(letter, code)
    return codes


_CODES: Final[Mapping[Encoding, Mapping[str, str]]] = {encoding: _codes(encoding) for encoding in _TABLES}
