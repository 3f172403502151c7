"""From lines to names: wrapped lines joined, `A; B` parted, purposes taken off, braces spread over their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Document, Span
from pipeline.extract.recipients.braces import Mark, Place, covered, distant, strays
from pipeline.extract.recipients.cleaning import (
    ARCHIVE,
    apart,
    archive_name,
    is_noise,
    is_stroke,
    level_words,
    without_tail,
)
from pipeline.extract.recipients.purposes import at_end, on_brace
from pipeline.extract.recipients.rows import Row, is_signature
from pipeline.text.unicode import fold

_LATER_ARCHIVE = re.compile(r"(?<=[\s;/])(?:luu\s*[:;]|lu[a-z]\s?[:;]\.?(?=\s?vt\b))")
_LAST_PIECE = re.compile(r"[^\w()]*\(?[\d.,/\s-]*\)?\W*$")
_UNITS = re.compile(r"[A-ZĐ][A-ZĐ0-9&.]*\b[\w\s.,;&()/-]{0,30}$")
_ASIDE = re.compile(
    r"\(\s*(?:sau day|goi|duoi day|co danh sach|danh sach|kem theo|qua)\b|.{0,12}\bgoi (?:chung|tat|la)\b"
)
_AS_ABOVE = re.compile(r"\W*nhu\b")
_LEAD = re.compile(r"[\s–—~*•·-]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name as it stands: the spans of its lines, its purpose, whether it is the Lưu line.

    `closed` says that a sign ends it, `sure` that nothing had to be joined or spread to get it.
    """

    spans: tuple[Span, ...]
    text: str
    purpose: str | None = None
    archive: bool = False
    closed: bool = False
    sure: bool = True

    @property
    def span(self) -> Span:
        """From the first to the last character."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a row up to a semicolon."""

    span: Span
    text: str
    begins: bool
    closed: bool


def entries(doc: Document, zone: Span, rows: Iterable[Row], *, ocr: bool) -> tuple[Entry, ...]:
    """Return the names of a block, in order."""
    found: list[Entry] = []
    marks: list[Mark] = []
    for row in _worth_reading(list(rows)):
        for piece in _pieces(row):
            _take(doc, piece, found, marks, ocr=ocr)
    named = [_named(doc, entry, marks, i, ocr=ocr) for i, entry in enumerate(found)]
    places = [Place(doc.box(entry.span), _may_take_purpose(entry)) for entry in named]
    for mark in (*marks, *strays(doc, zone, places, ocr=ocr)):
        for i in covered(mark, places):
            named[i] = replace(named[i], purpose=mark.purpose, sure=False)
    return tuple(e for e in named if e.archive or not (is_noise(e.text) or (ocr and is_stroke(e.text))))


def _may_take_purpose(entry: Entry) -> bool:
    return not (entry.purpose or entry.archive or _AS_ABOVE.match(fold(entry.text)))


def _worth_reading(rows: Sequence[Row]) -> Iterator[Row]:
    """Leave out the signature's words, asides, and whatever specks share the header's line."""
    listed = len(rows) > 1 and any(row.bullet for row in rows)
    for row in rows:
        if row.inline and not row.bullet and listed and not row.text.rstrip().endswith((";", ".", ",")):
            continue
        if not row.bullet and (is_signature(row.text) or _ASIDE.match(fold(row.text))):
            continue
        yield row


def _pieces(row: Row) -> Iterator[_Piece]:
    """Part a row at the semicolons outside brackets and before `Lưu:`; the Lưu line is never parted."""
    start = 0
    for end, closed in _cuts(row.text):
        lead = _LEAD.match(row.text, start)
        begin = lead.end() if lead else start
        if begin < end:
            text = row.text[begin:end]
            span = Span(row.span.start + begin, row.span.start + end)
            begins = row.bullet or row.inline or start > 0
            yield _Piece(span, text, begins, closed or text.rstrip().endswith("."))
        start = end + 1 if closed and row.text[end : end + 1] == ";" else end


def _cuts(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where a row's pieces end, and whether a sign ends them there."""
    folded = fold(text)
    later = _LATER_ARCHIVE.search(folded)
    archive = 0 if ARCHIVE.match(folded) else later.start() if later else len(text)
    depth = 0
    for i, char in enumerate(text[:archive]):
        depth = max(0, depth + (char in "([") - (char in ")]"))
        if char == ";" and not depth:
            yield i, True
            if ARCHIVE.match(folded, i + 1):
                archive = len(text)
                break
    if 0 < archive < len(text):
        yield archive, True
    yield len(text), False


def _take(doc: Document, piece: _Piece, found: list[Entry], marks: list[Mark], *, ocr: bool) -> None:
    """Add a piece to the names: a new one, a part of the last one, a brace's purpose, or nothing."""
    last = found[-1] if found else None
    purpose = on_brace(piece.text, ocr=ocr)
    if purpose and last and (last.closed or purpose.braced):
        box = doc.box(Span(piece.span.start + purpose.start, piece.span.start + purpose.end))
        marks.append(Mark(purpose.words, len(found) - 1, box, purpose.braced))
        return
    if is_signature(piece.text) or (is_noise(piece.text) and not piece.text.strip().isalnum()):
        return
    archive = ARCHIVE.match(fold(piece.text)) is not None
    if last and last.archive:
        if _goes_on(last, piece):
            found[-1] = _joined(last, piece)
    elif last and not (last.closed or piece.begins or archive):
        found[-1] = _joined(last, piece)
    else:
        sure = piece.begins or last is None
        found.append(Entry((piece.span,), piece.text, archive=archive, closed=piece.closed, sure=sure))


def _goes_on(archive: Entry, piece: _Piece) -> bool:
    """Tell whether a line belongs to the Lưu line above it: units and copies, not a date nor a drafter's mark."""
    if piece.begins or archive.closed or _LAST_PIECE.fullmatch(piece.text):
        return False
    return _UNITS.match(piece.text) is not None


def _joined(entry: Entry, piece: _Piece) -> Entry:
    text = f"{entry.text.rstrip()} {piece.text.strip()}"
    return replace(entry, spans=(*entry.spans, piece.span), text=text, closed=piece.closed, sure=False)


def _named(doc: Document, entry: Entry, marks: list[Mark], index: int, *, ocr: bool) -> Entry:
    """Take the purpose and the specks off a name; a purpose that stands far to its right is a brace's."""
    if entry.archive:
        return replace(entry, text=archive_name(entry.text))
    text = without_tail(entry.text)
    purpose = at_end(text, ocr=ocr)
    name = without_tail(text[: purpose.start]) if purpose else text
    entry = replace(entry, text=level_words(apart(name) if ocr else name))
    if purpose is None:
        return entry
    far = distant(doc, entry.spans[-1])
    if purpose.braced:
        end = entry.spans[-1].end
        marks.append(Mark(purpose.words, index, doc.box(Span(end - len(purpose.words), end)), braced=True))
        return entry
    if far:
        marks.append(Mark(purpose.words, index, far, braced=False))
        return entry
    return replace(entry, purpose=purpose.words)
