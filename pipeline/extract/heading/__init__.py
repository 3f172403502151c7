"""The head of a dispatch, field by field: who issues, number, place and day, type, subject, marks.

Each field is claimed once from where it stands; other places in the document are witnesses, which
raise or lower the confidence and decide between readings (`witnesses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.annotations import Field, ZoneKind
from pipeline.document import Document, Span
from pipeline.extract.heading import marks, witnesses
from pipeline.extract.heading.agency import Body, Letterhead, letterhead
from pipeline.extract.heading.dateline import date_line, read_date_line
from pipeline.extract.heading.echoes import Echo, echoes
from pipeline.extract.heading.lost import issuer_in_body
from pipeline.extract.heading.places import settle_body, settle_place
from pipeline.extract.heading.title import read_title, subject, without_enacting, without_issuer
from pipeline.models import Models
from pipeline.text.match import Entry
from pipeline.text.notation import DocumentNumber, head
from pipeline.text.strips import Strip, over, strips
from pipeline.text.unicode import flat

BY = "rule:heading"

LEGIBLE = 0.75
"""OCR's confidence below which a number is no reading at all; a day has its line's words to bear it out."""

LEGIBLE_BY_HAND = 0.4
"""The same of the network for handwriting, which is wrong less often than OCR when it says so."""

RELIABLE_BY_HAND = 0.9
"""How often the network's digits are right where it is no surer than that."""

SURE_OF_DIGITS = 0.85
"""OCR's confidence from which digits in the head are taken for print, or for clear handwriting."""


@dataclass(frozen=True)
class Head:
    """What the parts of the head say together, before witnesses are heard."""

    bodies: Letterhead
    number: DocumentNumber | None
    number_line: Strip | None
    type_name: str | None
    type_entry: Entry | None
    type_sure: bool
    type_span: Span | None
    subject: str
    subject_lines: tuple[Strip, ...] = field(default=())

    @property
    def agency(self) -> str:
        """The issuing bodies' names, joined."""
        return "; ".join(body.name for body in self.bodies.issuers)


def extract(doc: Document, models: Models) -> Iterator[Field]:
    """Yield a claim for each field of the head that stands in the document."""
    found = read_head(doc, models)
    yield from _agencies(doc, found, models)
    yield from _numbers(doc, found, models)
    yield from _type(found, models)
    if found.subject:
        doubtful = found.subject_lines[0].ocr and not witnesses.all_known(found.subject, models)
        yield _claim("subject", found.subject, over(found.subject_lines), 0.8 if doubtful else 0.95)
    yield from _place_and_day(doc, found, models)
    for name, value, span, confidence in marks.extract(strips(doc, ZoneKind.MARKS)):
        yield _claim(name, value, span, confidence)


def read_head(doc: Document, models: Models) -> Head:
    """Read the zones of the head together."""
    number, number_line = _read_number(strips(doc, ZoneKind.NUMBER), models)
    title_lines = strips(doc, ZoneKind.TITLE)
    title = read_title(" ".join(line.text for line in title_lines), models.types)
    rest = without_issuer(title.rest) if title else ""
    subject_lines = [line for line in strips(doc, ZoneKind.SUBJECT) if not _DRAFT.match(flat(line.text))]
    bodies = letterhead(strips(doc, ZoneKind.AGENCY), type_name=title.printed if title else "")
    text = without_enacting(subject([rest, *(line.text for line in subject_lines)]), [b.name for b in bodies.issuers])
    return Head(
        bodies=_settled(bodies, doc, models),
        number=number,
        number_line=number_line,
        type_name=title.printed if title else None,
        type_entry=title.entry if title else None,
        type_sure=bool(title and title.sure),
        type_span=over(title_lines) if title else None,
        subject=text,
        subject_lines=(*(title_lines if rest else ()), *subject_lines),
    )


def _settled(found: Letterhead, doc: Document, models: Models) -> Letterhead:
    """Return the bodies with the places in their names rightly spelt, where OCR read them."""

    def settle(body: Body) -> Body:
        ocr = body.lines[0].ocr
        return replace(body, name=settle_body(body.name, models, doc.text)) if ocr else body

    return Letterhead(tuple(map(settle, found.parents)), tuple(map(settle, found.issuers)))


_DRAFT = re.compile(r"^\W*du thao\W*$")


def _read_number(lines: Sequence[Strip], models: Models) -> tuple[DocumentNumber | None, Strip | None]:
    """Read the first line that holds a number or a notation; OCR's slips in codes are mended, print is kept."""
    for line in lines:
        number = head(line.text, models.codes if line.ocr else None)
        if number.number or number.notation:
            return number, line
    return None, None


def _agencies(doc: Document, found: Head, models: Models) -> Iterator[Field]:
    issuers, parents = found.bodies.issuers, found.bodies.parents
    if issuers:
        notation = found.number.notation if found.number else None
        fits = notation is not None and any(witnesses.fits_agency(notation, body.name) for body in issuers)
        confidence = 0.8 if len(issuers) > 1 else 0.97 if fits else 0.95
        yield _claim("agency", found.agency, _span(issuers), _doubted(confidence, issuers, models))
    else:
        issuer = issuer_in_body(doc)
        if issuer:
            yield _claim("agency", issuer[0], issuer[1], 0.7)
    if parents:
        value = " ".join(body.name for body in parents)
        yield _claim("parent_agency", value, _span(parents), _doubted(0.96, parents, models))


def _doubted(confidence: float, bodies: Sequence[Body], models: Models) -> float:
    """Return a confidence, lower where OCR read something in a name that is no Vietnamese syllable."""
    doubtful = any(body.lines[0].ocr and not witnesses.all_known(body.name, models) for body in bodies)
    return min(confidence, 0.75) if doubtful else confidence


def _numbers(doc: Document, found: Head, models: Models) -> Iterator[Field]:
    """Claim the number and the notation; the attachments' echoes of them are heard."""
    number, line = found.number, found.number_line
    if number is None or line is None:
        return
    notation = number.notation
    if notation and line.ocr:
        notation = witnesses.mend_agency(
            witnesses.mend_type(notation, found.type_entry, models.codes), found.agency, models.codes
        )
        before = line.text[: number.notation_at[0]] if number.notation_at else ""
        notation = witnesses.add_type(notation, before, found.type_entry)
    heard = [(echo.number, echo.number_span) for echo in _echoes(doc, notation, models)]
    own = None
    if number.number and number.number_at:
        span = line.part(*number.number_at)
        read = doc.ocr_confidence(span)
        by_hand = any(word.raw is not None for word in doc.words(span))
        least = LEGIBLE_BY_HAND if by_hand else LEGIBLE
        if read is None or read >= least:  # below it, digits are strokes of a pen that OCR guessed at
            own = (number.number, span, _reliability(doc, span))
    yield from _voted("number", own, heard)
    if notation and number.notation_at:
        agree = witnesses.agree_on_type(notation, found.type_entry, models.codes)
        confidence = 0.97 if agree else 0.92 if agree is None else 0.75
        yield _claim("notation", notation, line.part(*number.notation_at), confidence)


def _type(found: Head, models: Models) -> Iterator[Field]:
    """Claim the printed type; where none is printed, the one that the notation's code stands for."""
    notation = found.number.notation if found.number else None
    if found.type_name and found.type_span:
        agree = witnesses.agree_on_type(notation, found.type_entry, models.codes) if notation else None
        confidence = (0.97 if found.type_sure else 0.9) + (0.02 if agree else -0.05 if agree is False else 0)
        yield _claim("type_name", found.type_name, found.type_span, confidence)
        if found.type_entry:
            yield _claim("type_code", found.type_entry.id, found.type_span, confidence)
        return
    if not notation or found.number_line is None or found.number is None or found.number.notation_at is None:
        return
    entries = models.codes.types_of(notation)
    if len(entries) == 1:
        span = found.number_line.part(*found.number.notation_at)
        confidence = 0.96 if entries[0].id == "CV" and found.subject else 0.85
        yield _claim("type_name", entries[0].name, span, confidence)
        yield _claim("type_code", entries[0].id, span, confidence)


def _place_and_day(doc: Document, found: Head, models: Models) -> Iterator[Field]:
    """Claim the place and the day of issue; attachments, signature boxes and cited papers are heard."""
    line = date_line(doc)
    if line is None:
        return
    view = doc.view(line.span)
    read = read_date_line(view.text, handwritten=line.ocr)
    if read.place and read.place_at:
        place, known = settle_place(read.place, models, found.agency, doc.text) if line.ocr else (read.place, True)
        yield _claim("place", place, view.span(*read.place_at), 0.97 if known else 0.85)
    own = None
    if read.issued_on and read.date_at and _legible(doc, view.span(*read.date_at)):
        span = view.span(*read.date_at)
        doubtful = witnesses.impossible(read.issued_on, doc) or (len(read.issued_on) < 10 and line.layer)
        meant = witnesses.likely_year(read.issued_on, doc) if doubtful and line.ocr else None
        own = (meant or read.issued_on, span, 0.5 if doubtful else _reliability(doc, span))
    notation = found.number.notation if found.number else None
    heard = [(e.issued_on, e.date_span) for e in _echoes(doc, notation, models) if e.issued_on and e.date_span]
    yield from _voted("issued_on", own, heard)


def _legible(doc: Document, span: Span) -> bool:
    """Tell whether no digits in a span were doubted by a second look."""
    again = (word for word in doc.words(span) if word.raw is not None and word.text.isdigit())
    return all(word.confidence is None or word.confidence >= LEGIBLE_BY_HAND for word in again)


Reading = tuple[str, Span, float]


def _echoes(doc: Document, notation: str | None, models: Models) -> tuple[Echo, ...]:
    return tuple(echoes(doc, notation, models.codes)) if notation else ()


def _voted(name: str, own: Reading | None, heard: Sequence[tuple[str, Span]]) -> Iterator[Field]:
    """Claim the head's reading, surer for an echo that agrees; an echo that differs is claimed beside it."""
    others = {value for value, _ in heard}
    if own:
        value, span, confidence = own
        yield _claim(name, value, span, 0.98 if value in others else min(confidence, 0.6) if others else confidence)
    for value, span in heard:
        if own is None or own[0] != value:
            yield _claim(name, value, span, 0.85)


def _reliability(doc: Document, span: Span) -> float:
    """Return how often digits in the head are right: print nearly always, what OCR alone doubts hardly."""
    read = doc.ocr_confidence(span)
    if read is None or read >= SURE_OF_DIGITS:
        return 0.98 if read is None else 0.95
    again = [word for word in doc.words(span) if word.raw is not None and word.text.isdigit()]
    return RELIABLE_BY_HAND if again and read >= LEGIBLE_BY_HAND else 0.6


def _span(bodies: Sequence[Body]) -> Span:
    return over(line for body in bodies for line in body.lines)


def _claim(name: str, value: str, span: Span, confidence: float) -> Field:
    return Field(span=span, confidence=round(min(confidence, 0.99), 3), by=BY, name=name, value=value)
