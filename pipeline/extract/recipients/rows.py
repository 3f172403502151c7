"""The lines of a block of names: where the list begins, what is a bullet, and what is none of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from pipeline.document import Document, Line, Span
from pipeline.extract.recipients.cleaning import is_noise
from pipeline.extract.recipients.purposes import on_brace
from pipeline.text.unicode import fold

_HEADER = re.compile(
    r"(?:n[o0]i|m[o0]i|not)\s*(?:nh[a-z]{1,3}|gui)\b|(?<!nhu )(?:dong\s+)?k[il]nh\s*(?:gui|moi)\b"
    r"|\b\w{1,3}\W?\s*nhan\s*:"
)
_HEADER_WITHIN = 30  # characters before the header's words that may be specks
_COLON = re.compile(r"[\s*_]*[:;.,]*[\s*_:;.,]*")
_SPECKS = r"(?:[^\w(“\"«]|[_ˆ˜ˉ])*"  # OCR's circumflexes and bars count as letters in Unicode
_LEAD = re.compile(rf"{_SPECKS}(?:[“\"«]\s*(?=[-–—~*•]))?{_SPECKS}")
_BULLETS = frozenset("-–—−~*+•·●▪_=.")
_NUMBERED = re.compile(r"\d{1,2}\s*[.)/]\s+(?=\D)")
_AUTHORITY = re.compile(r"^\W*(?:TM|T/M|KT|TL|TUQ|TƯQ|Q|VT)\s*[./]|\(\s*(?:đã|Đã|ĐÃ)\s*(?:ký|kí|KÝ)\b")
_SURNAMES = frozenset(
    """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong doan luong mai to ha
    cao dao chau ta thai luu phung vuong tong quach lo vang giang sung nong ca quang mac kieu""".split()  # noqa: SIM905
)
_POSITION = re.compile(
    r"\b(?:pho|giam doc|chu tich|[a-z]+ truong|truong (?:ban|phong|khoa)|bi thu|chanh [a-z]+|thu truong|quyen)\b"
    r"|\b(?:uy ban nhan dan|hoi dong|ban thuong vu|ban chap hanh)\b"
)
_BRACE = re.compile(r"[})\]|(\[]|\W*$")
_GAP = 2.5  # line heights of white before words that are no longer the list's


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the block after its bullet: its span, whether a bullet led it, whether it shares the header's line."""

    span: Span
    text: str
    bullet: bool
    inline: bool = False


def rows(doc: Document, zone: Span) -> Iterator[Row]:
    """Yield the lines of a block of names, the header (`Nơi nhận:`, `Kính gửi:`) and empty lines left out."""
    for span, line, _ in doc.lines():
        if not zone.overlaps(span):
            continue
        text = line.text
        header = _HEADER.search(fold(text), 0, _HEADER_WITHIN + 12)
        begin = 0
        if header:
            colon = _COLON.match(text, header.end())
            begin = colon.end() if colon else header.end()
        row = _row(_near_words(line, begin), begin, span.start, inline=header is not None)
        if row:
            yield row


def _near_words(line: Line, begin: int) -> str:
    """Return a line's text up to a gap as wide as between columns, unless a bracket follows: a brace's purpose."""
    text, end, before, wide = line.text, 0, None, _GAP * _height(line)
    for word in line.words:
        far = before and word.box and word.box.x0 - before.x1 > wide
        if far and not is_noise(text[begin:end]) and not on_brace(text[end:]) and not _BRACE.match(word.text):
            break
        end += len(word.text) + 1
        before = word.box if end > begin else None
    return text[: max(0, end - 1)]


def _height(line: Line) -> float:
    """Return the median height of a line's words of letters, or 0 where they have no boxes."""
    heights = [word.box.height for word in line.words if word.box and word.text[:1].isalpha()]
    return median(heights) if heights else 0.0


def _row(text: str, begin: int, offset: int, *, inline: bool) -> Row | None:
    lead = _LEAD.match(text, begin)
    start = lead.end() if lead else begin
    bullet = bool(_BULLETS.intersection(text[begin:start]))
    numbered = _NUMBERED.match(text, start)
    if numbered:
        start, bullet = numbered.end(), True
    end = len(text.rstrip(" *_"))
    return Row(Span(offset + start, offset + end), text[start:end], bullet, inline) if start < end else None


def is_signature(text: str) -> bool:
    """Tell whether words belong to the signature beside the list: an authority, a position, a signer's name."""
    if _AUTHORITY.search(text):
        return True
    if text == text.upper() and _POSITION.search(fold(text)):
        return True
    words = [word.strip(".,;:*“”\"'") for word in text.split()]
    names = [word for word in words if word[:1].isupper() and (len(word) == 1 or word[1:].islower())]
    return 2 <= len(words) <= 5 and len(names) == len(words) and fold(words[0]) in _SURNAMES
