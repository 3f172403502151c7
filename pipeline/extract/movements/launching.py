"""Who launches a movement: the words before `phát động`, and `do … phát động` behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text.names import aligned

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as Phrase

_LAUNCHES = re.compile(
    r"\b(?P<verb>phat dong)(?:,?\s+(?:va\s+)?(?:to chuc|trien khai|thuc hien))*\s+(?:mot\s+|cac\s+)?$"
)
_NOT_NOW = re.compile(
    r"\b(?:le|loi|dot|cuoc|huong ung|viec|tham muu|tiep tuc|to chuc|de nghi|yeu cau|giao|da|duoc|se)\s+$"
)
_TITLED = re.compile(
    r"\b(?:ke hoach|chi thi|quyet dinh|cong van|huong dan|van ban|nghi quyet|chuong trinh|thong bao|ket luan|cong dien)"
    r"\s(?:khan\s)?(?:so\b|\d|ngay\b|cua\b)[^;:]{0,160}\bve(?:\sviec)?\s+$"
)
"""`Kế hoạch số … về phát động …`: that other document launches it."""

_CLAUSE = re.compile(r"[.;:“”\"«»()]|,\s")
_BY_OTHERS = re.compile(r"\bdo\s")  # “A” do Chính phủ phát động, “B” …: what follows is not what they launched
_BEHIND = re.compile(r"\W{0,3}(?:\([^)]*\)\s*)?do\s+(?P<by>[^.;“”\"()]{3,90}?)\s+(?:da\s+)?phat dong\b")
_SUBJECT = re.compile(
    r"\bphat dong(?:,?\s+(?:va\s+)?(?:to chuc|trien khai|thuc hien))*\s+(?:cac\s+)?(?:dot\s+)?"
    r"(?:(?:phong trao|(?P<campaign>cuoc van dong))\s+(?P<after>\w.*)|(?P<emulation>thi dua\b.*))$"
)


@dataclass(frozen=True, slots=True)
class Launch:
    """`Phát động` before a name: by which bodies (ids of the directory, and as printed), and whether just now."""

    bodies: frozenset[str]
    by: str | None
    now: bool


def launch(text: str, folded: str, anchor: Phrase, phrases: Iterable[Phrase]) -> Launch | None:
    """Return who launches what the kind word `anchor` names, or None where nothing says `phát động`."""
    match = _LAUNCHES.search(folded, 0, anchor.start_char)
    if match is None:
        return None
    before = folded[: match.start("verb")]
    clause = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    if _BY_OTHERS.search(before, clause):
        return None
    bodies = [p for p in phrases if p.label_ == "ORGANIZATION" and clause <= p.start_char and p.end_char <= len(before)]
    by = text[min(p.start_char for p in bodies) : max(p.end_char for p in bodies)] if bodies else None
    now = not (_NOT_NOW.search(before) or _TITLED.search(before))
    return Launch(frozenset(p.id_ for p in bodies), by, now)


def launched_behind(text: str, folded: str, end: int) -> str | None:
    """Return who launched a movement where `do … phát động` follows its name, or its kind word, that ends at `end`."""
    match = _BEHIND.match(folded, end)
    return text[match.start("by") : match.end("by")] if match else None


def subject_launch(text: str) -> tuple[int, str] | None:
    """Return where the name of the movement begins that a subject without quotes launches, and its kind."""
    match = _SUBJECT.search(aligned(text))
    if match is None or _NOT_NOW.search(aligned(text)[: match.start()]):
        return None
    if match["emulation"] is not None:
        return match.start("emulation"), "movement"
    return match.start("after"), "campaign" if match["campaign"] else "movement"


def bodies(name: str | None, nlp: Language) -> frozenset[str]:
    """Return the ids of the bodies that an agency's name speaks of."""
    if not name:
        return frozenset()
    parsed = nlp(aligned(name))
    return frozenset(p.id_ for p in parsed.spans["names"] if p.label_ == "ORGANIZATION")
