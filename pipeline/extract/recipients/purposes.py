"""What a name is told for: `(để b/c)`, `(thực hiện)`, and one purpose on a brace over several lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.unicode import fold

_LED = re.compile(r"(?:để|đề|đế|đê|dé|dể|de)\s*", re.IGNORECASE)
_ACTION = (
    r"(?:thay\s+)?(?:b\s*[/.,]?\s*[c©€e¢]|b\s*[/.,]?\s*cao|bao cao|(?:to chuc |trien khai )?thuc hien"
    r"|th?\s*[/.,]?\s*h(?:ien)?"
    r"|p\s*[/.,]?\s*h(?:op)?|ph[oô]i hop|c\s*[/.,]\s*d|chi dao|lanh dao|t\s*[/.,]\s*d|theo doi|b\s*[/.,]\s*iet|biet"
    r"|d\s*[/.]\s*b|dang tai|dang tin|dang bao|dang cong bao|dang ky|dua tin|dua len|tuyen truyen|truyen thong|pho bien"
    r"|kiem tra|giam sat|kiem soat|trien khai|xem xet|phe duyet|cho y kien|xin y kien|gui|quan ly|thi hanh"
    r"|huong dan|niem yet|luu tru|thong bao|tham muu|don doc|cong bo|cap nhat|tong hop|phuc vu|trinh|chuan bi|du hop"
    r"|du\b|hop tac|giai quyet|xu ly|ho tro)"
)
_OBJECT = r"(?: [^\s,;()]+){0,6}"
_PURPOSE = re.compile(rf"{_ACTION}(?:{_OBJECT})?(?:\s*(?:,|;|-|/|va|&)\s*{_ACTION}(?:{_OBJECT})?)*[.;,]?")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,}")
_OPEN_AT_END = re.compile(r"[(\[{]\s*([^()\[\]{}]{1,80}?)\s*(?:[)\]}]\W*$|$)")
_BARE_AT_END = re.compile(r"\s(?:để|đề|đế|đê)\s+([^()]{1,60})$", re.IGNORECASE)
_BRACED = re.compile(r"^(?P<before>[^\w(\[]*\w?[^\w(\[]*)[(\[{]\s*(?P<purpose>[^()\[\]{}]{1,60}?)\s*[)\]}]")
_BARE_BRACED = re.compile(r"^(?P<before>[^\w(]*\}[^\w(]*)(?P<purpose>[^()\[\]{}]{1,60}?)\W*$")
_AFTER_BRACE = re.compile(r"\s*\}\s*(?P<purpose>[^{}()]{2,40}?)\W*$")
"""Whatever stands behind a brace's own sign at the end of a line."""
_BRACE = re.compile(r"[})\]|1lIỊ!†ƒ]")
_RUN_TOGETHER = {
    fold(words).replace(" ", ""): words
    for words in ("báo cáo", "thực hiện", "phối hợp", "chỉ đạo", "theo dõi", "đưa tin", "đăng tải", "kiểm tra")
}
_SHORT = {"bc": "b/c", "th": "t/h", "ph": "p/h", "bcao": "b/cáo", "bcáo": "b/cáo"}


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose as printed, without `để`, and where it stands in the text that was searched."""

    words: str
    start: int
    end: int
    braced: bool = False


def is_purpose(words: str) -> bool:
    """Tell a purpose (`để b/c`, `phối hợp thực hiện`) from members or a unit (`Vụ KGVX`, `đ/c Hải`, `TH`)."""
    bare = _LED.sub("", words, count=1)
    if _ABBREVIATION.fullmatch(words):
        return False
    folded = [" ".join(fold(form).split()) for form in (words, bare)]
    return any(_PURPOSE.fullmatch(form) or form in _RUN_TOGETHER for form in folded)


def at_end(name: str, *, ocr: bool = False) -> Purpose | None:
    """Return the purpose in brackets at the end of a name, or after `để` without brackets."""
    braced = _AFTER_BRACE.search(name)
    if braced and braced.start():
        return Purpose(_printed(braced["purpose"], ocr=ocr), braced.start(), braced.end(), braced=True)
    for pattern in (_OPEN_AT_END, _BARE_AT_END):
        match = pattern.search(name)
        short = pattern is _BARE_AT_END and match is not None and _ABBREVIATION.fullmatch(match.group(1)) is not None
        if match and match.start() and (is_purpose(match.group(1)) or _led(match) or short):
            return Purpose(_printed(match.group(1), ocr=ocr), match.start(), match.end())
    return None


def on_brace(text: str, *, ocr: bool = False) -> Purpose | None:
    """Return the purpose that stands alone after a list's line, with or without the brace's own sign."""
    match = _BRACED.match(text) or _BARE_BRACED.match(text)
    if match is None or not (is_purpose(match["purpose"]) or _LED.match(match["purpose"])):
        return None
    words = _printed(match["purpose"], ocr=ocr)
    return Purpose(words, match.start("purpose"), match.end(), braced=bool(_BRACE.search(match["before"])))


def _led(match: re.Match[str]) -> bool:
    """Tell whether a bracket opens with `để`, after which anything is a purpose."""
    return bool(re.match(r"(?:để|đề|đế)\s+\w", match.group(1), re.IGNORECASE))


def _printed(words: str, *, ocr: bool) -> str:
    """Return the purpose without `để`; where OCR read it, the usual short forms are made whole again."""
    led = _LED.match(words)
    bare = (words[led.end() :] if led and led.end() < len(words) else words).strip(" .,;:")
    bare = " ".join(bare.split())
    if not ocr:
        return bare
    bare = re.sub(r"^([bB][/.])[©€e¢6]$", r"\1c", bare)
    return _SHORT.get(bare) or _RUN_TOGETHER.get(fold(bare), bare)
