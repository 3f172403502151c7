"""From lines to names: wrapped lines joined, `A; B` parted, purposes taken off, braces spread over their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.document import Box, Document, Span, union
from pipeline.extract.recipients.purposes import Purpose, at_end, on_brace
from pipeline.extract.recipients.rows import Row, is_noise, is_signature
from pipeline.text.unicode import fold

_ARCHIVE = re.compile(r"\W*(?:[lk]uu\b\s*[:;.,]*|lu[:;])\s*")
_LAST_PIECE = re.compile(r"[^\w()]*\(?[\d.,/\s-]*\)?\W*$")
_UNITS = re.compile(r"[A-ZĐ][A-ZĐ0-9&.]*\b[\w\s.,;&()/-]{0,30}$")
_ASIDE = re.compile(
    r"\(\s*(?:sau day|goi|duoi day|co danh sach|danh sach|kem theo|qua)\b|.{0,12}\bgoi (?:chung|tat|la)\b"
)
_LATER_ARCHIVE = re.compile(r"(?<=[\s;/])luu\s*[:;]")
_AS_ABOVE = re.compile(r"\W*nh[uư]\b")
_JUNK_TAIL = re.compile(r"(?:\s+[^\w()\s“”\"]+|[\s.,;:/|*_~`´'^=»›>ˆ˜ˉ]+|\[[\]1lD]?)+$")
_LEVEL = re.compile(r"(?:tinh|huyen|xa|quan|phuong)\W*")
_AFTER_BRACKET = re.compile(r"\)\s*(?:\.\s*\S.*|\.?[^\s.,;)]*[^\w\s.,;:()&/-].*)$")
_SPECK = re.compile(r"^[^\w\s.,;:&()/“”\"+-]|[^\w\s.,;:&()/“”\"+-]$")
_LEAD = re.compile(r"[\s–—~*•·-]*")
_FAR = 1.2  # line heights between a name and a bracket that stands apart from it
_CLOSE = 0.35  # line heights by which a brace's purpose may miss the middle of its lines


@dataclass(frozen=True, slots=True)
class Entry:
    """One name as it stands: the spans of its lines, its purpose, whether it is the Lưu line."""

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
class Mark:
    """A purpose that stands beside several lines: after which entry it was read, and where on the page."""

    purpose: str
    after: int
    box: Box | None
    braced: bool


def entries(doc: Document, rows: Iterable[Row], *, ocr: bool) -> tuple[Entry, ...]:
    """Return the names of a block, in order."""
    found: list[Entry] = []
    marks: list[Mark] = []
    for row in _worth_reading(list(rows)):
        for piece in _pieces(row):
            _take(doc, piece, found, marks, ocr=ocr)
    named = [_named(doc, entry, marks, i, ocr=ocr) for i, entry in enumerate(found)]
    for mark in marks:
        for i in _covered(doc, mark, named):
            named[i] = replace(named[i], purpose=mark.purpose, sure=False)
    return tuple(entry for entry in named if entry.archive or not (is_noise(entry.text) or _is_speck(entry.text, ocr)))


def _is_speck(name: str, ocr: bool) -> bool:
    """Tell a stroke that OCR read as letters: no name of a body is without a capital."""
    return ocr and not any(char.isupper() for char in name)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a row up to a semicolon."""

    span: Span
    text: str
    begins: bool
    closed: bool


def _worth_reading(rows: Sequence[Row]) -> Iterator[Row]:
    """Leave out the signature's words, and whatever specks share the header's line."""
    bulleted = any(row.bullet for row in rows)
    for row in rows:
        alone = len(rows) == 1 or not bulleted
        if row.inline and not row.bullet and not alone and not row.text.rstrip().endswith((";", ".", ",")):
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
    archive = 0 if _ARCHIVE.match(folded) else later.start() if later else len(text)
    depth = 0
    for i, char in enumerate(text[:archive]):
        depth = max(0, depth + (char in "([") - (char in ")]"))
        if char == ";" and not depth:
            if _ARCHIVE.match(folded, i + 1):
                archive = len(text)
                yield i, True
                break
            yield i, True
    if 0 < archive < len(text):
        yield archive, True
    yield len(text), False


def _take(doc: Document, piece: _Piece, found: list[Entry], marks: list[Mark], *, ocr: bool) -> None:
    """Add a piece to the names: a new one, a part of the last one, a brace's purpose, or nothing."""
    last = found[-1] if found else None
    waiting = last is not None and not last.closed
    braced = on_brace(piece.text, ocr=ocr)
    if braced and last and (last.closed or braced.braced):
        box = doc.box(Span(piece.span.start + braced.start, piece.span.start + braced.end))
        marks.append(Mark(braced.purpose if False else braced.words, len(found) - 1, box, braced.braced))
        return
    if is_signature(piece.text) or (is_noise(piece.text) and not piece.text.strip().isalnum()):
        return
    if last and last.archive:
        if not piece.begins and not last.closed and _UNITS.match(piece.text) and not _LAST_PIECE.fullmatch(piece.text):
            found[-1] = _joined(last, piece)
        return
    archive = _ARCHIVE.match(fold(piece.text))
    if waiting and last and not piece.begins and not archive:
        found[-1] = _joined(last, piece)
    else:
        found.append(
            Entry((piece.span,), piece.text, archive=bool(archive), closed=piece.closed, sure=piece.begins or not found)
        )


def _joined(entry: Entry, piece: _Piece) -> Entry:
    text = f"{entry.text.rstrip()} {piece.text.strip()}"
    return replace(entry, spans=(*entry.spans, piece.span), text=text, closed=piece.closed, sure=False)


def _named(doc: Document, entry: Entry, marks: list[Mark], index: int, *, ocr: bool) -> Entry:
    """Take the purpose and the specks off a name; a purpose that stands far to its right is a brace's."""
    if entry.archive:
        return replace(entry, text=_archive_name(entry.text))
    text = _JUNK_TAIL.sub("", entry.text)
    found = at_end(text, ocr=ocr)
    name = _JUNK_TAIL.sub("", text[: found.start]) if found else text
    name = apart(name) if ocr else name
    if found is None:
        return replace(entry, text=name)
    distant = _apart(doc, entry, found)
    if distant:
        marks.append(Mark(found.words, index, distant, braced=False))
        return replace(entry, text=name)
    return replace(entry, text=name, purpose=found.words)


def apart(name: str) -> str:
    """Part words that OCR joined: `PhòngVHTT,TTVH` is `Phòng VHTT, TTVH`; `TTra` and `LĐTBXH` stay."""
    parted = " ".join(_apart_word(word) for word in name.split(" "))
    return re.sub(r",(?=\w)", ", ", parted) if parted != name else name


def _apart_word(word: str) -> str:
    for i in range(2, len(word)):
        if word[i - 1].islower() and word[i : i + 2].isupper() and len(word[i : i + 2]) == 2:
            return f"{word[:i]} {_apart_word(word[i:])}"
        if word[:i].isupper() and _LEVEL.fullmatch(fold(word[i:])) and word[i].islower():
            return f"{word[:i]} {word[i:]}"
    return word


def _archive_name(text: str) -> str:
    """Return what follows `Lưu:`, without the specks that signatures and seals leave behind it."""
    begin = _ARCHIVE.match(fold(text))
    name = text[begin.end() :] if begin else text
    name = _AFTER_BRACKET.sub(")", name, count=1)
    kept = list(takewhile(lambda word: not _SPECK.search(word), name.split()))
    return re.sub(r"[\s.,;:*]+$", "", " ".join(kept))


def _apart(doc: Document, entry: Entry, purpose: Purpose) -> Box | None:
    """Return the box of a bracket that a wide gap parts from its name, or None."""
    words = doc.words(entry.spans[-1])
    bracket = next((i for i, word in enumerate(words) if word.text.startswith(("(", "[", "{"))), None)
    if not bracket:
        return None
    before, first = words[bracket - 1].box, words[bracket].box
    if before is None or first is None or first.x0 - before.x1 < _FAR * before.height:
        return None
    return union(word.box for word in words[bracket:])


def _covered(doc: Document, mark: Mark, named: Sequence[Entry]) -> range:
    """Return which entries a brace covers: those whose lines lie evenly above and below its purpose."""
    open_to = [not (e.purpose or e.archive or _AS_ABOVE.match(fold(e.text))) for e in named]
    if mark.box is None:
        first = mark.after
        while mark.braced and first > 0 and open_to[first - 1]:
            first -= 1
        return range(first, mark.after + 1)
    boxes = [doc.box(entry.span) for entry in named]
    best = range(mark.after, mark.after + 1)
    for first in range(mark.after + 1):
        for last in range(mark.after, len(named)):
            if all(open_to[first : last + 1]) and last - first + 1 > len(best):
                top, bottom = boxes[first], boxes[last]
                if top and bottom and top.page == bottom.page == mark.box.page:
                    middle, height = (top.top + bottom.bottom) / 2, mark.box.height
                    if abs(middle - mark.box.middle) <= _CLOSE * height:
                        best = range(first, last + 1)
    return best
