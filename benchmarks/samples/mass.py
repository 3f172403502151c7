"""Read and annotated documents by the hundred thousand, without drawing or reading anything.

What the pipeline would have found is taken from the truth. For benchmarks of search, tags and
exports, and for tests that need a catalogue.

    >>> from pipeline.annotations import Field
    >>> [document] = documents(1, seed=3)
    >>> {claim.name for claim in document.of(Field)} >= {"agency", "number", "issued_on"}
    True
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from benchmarks.samples import compose
from benchmarks.samples.render import parts
from benchmarks.samples.truth import Dispatch, written_day
from pipeline.annotations import DateMention, Directive, Field, Movement, Recipient, Reference
from pipeline.document import Annotation, Document, Line, Page, Span, Word
from pipeline.text.unicode import fold

_BY = "rule:sample"
_SURE = 0.97
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def documents(count: int, *, seed: int) -> Iterator[Document]:
    """Yield annotated documents one by one; the same seed gives the same ones."""
    for dispatch in compose.make(count, seed=seed):
        yield document(dispatch)


def document(dispatch: Dispatch) -> Document:
    """Return a dispatch as the document that a perfect reading and extraction would give."""
    lines = [
        *parts.left_head(dispatch),
        *parts.right_head(dispatch),
        *([dispatch.urgency] if dispatch.urgency else []),
        *parts.title_lines(dispatch),
        *parts.addressee_lines(dispatch),
        *parts.body_lines(dispatch),
        "Nơi nhận:",
        *(parts.recipient_line(recipient) for recipient in dispatch.recipients),
        *parts.signature_lines(dispatch),
    ]
    page = Page(1, None, None, tuple(map(_line, lines)), "text")
    made = Document.build(
        id=hashlib.sha256(dispatch.slug.encode()).hexdigest()[:16],
        source=f"{dispatch.issued_on[:4]}/{dispatch.slug}.txt",
        pages=(page,),
    )
    return made.annotate(_claims(dispatch, _Finder(made.text)))


@lru_cache(maxsize=50_000)
def _word(text: str) -> Word:
    return Word(sys.intern(text))


@lru_cache(maxsize=5_000)
def _line(text: str) -> Line:
    return Line(tuple(map(_word, text.split())))


class _Finder:
    """Finds quotes in a text, on and on from where the last one was found."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\n", " ")
        self.at = 0

    def __call__(self, quote: str, *, onward: bool = False) -> Span | None:
        """Return where a quote stands, None where it does not; `onward` looks only behind the last one."""
        start = self.text.find(quote, self.at if onward else 0)
        if start < 0 or not quote:
            return None
        self.at = start + len(quote) if onward else self.at
        return Span(start, start + len(quote))


def _claims(dispatch: Dispatch, find: _Finder) -> Iterator[Annotation]:
    yield from _fields(dispatch, find)
    yield from _names(dispatch, find)
    for movement in dispatch.movements:
        yield Movement(
            span=find(movement.name), confidence=_SURE, by=_BY, name=movement.name, kind=movement.kind,
            movement_id=_NOT_A_LETTER.sub("-", fold(movement.name)).strip("-"), launched=movement.launched,
            launched_by=dispatch.agency if movement.launched else None, period_start=None, period_end=None,
            mentions=sum(movement.name in piece.text for piece in dispatch.pieces),
        )  # fmt: skip
    for date in dispatch.dates:
        precision = "day" if date.start == date.end else "year"
        yield DateMention(
            span=find(date.text), confidence=_SURE, by=_BY, start=date.start, end=date.end, precision=precision,
            role=date.role,
        )  # fmt: skip
    for reference in dispatch.references:
        yield Reference(
            span=find(reference.text), confidence=_SURE, by=_BY, type_name=reference.type_name,
            number=reference.number, notation=reference.notation, issued_on=reference.issued_on,
            issuer=reference.issuer, title=None, relation=reference.relation,
        )  # fmt: skip
    find.at = 0
    for directive in dispatch.directives:
        yield Directive(
            span=find(directive.text, onward=True), confidence=_SURE, by=_BY, label=directive.label, parent=None,
            action=None, assignees=directive.assignees, deadline=directive.deadline, movement_id=None,
        )  # fmt: skip


def _fields(dispatch: Dispatch, find: _Finder) -> Iterator[Annotation]:
    printed = {
        "issued_on": written_day(dispatch.issued_on),
        "type_name": dispatch.title or "",
        "signing_authority": dispatch.authorities[0] if dispatch.authorities else "",
    }
    for name, value in dispatch.fields.items():
        if value is not None:
            span = find(printed.get(name, value))
            yield Field(span=span, confidence=_SURE, by=_BY, name=name, value=value)


def _names(dispatch: Dispatch, find: _Finder) -> Iterator[Annotation]:
    for name in dispatch.addressees:
        yield Recipient(
            span=find(name), confidence=_SURE, by=_BY, block="addressee", name=name, purpose=None, archive=False,
            organization_id=None,
        )  # fmt: skip
    for recipient in dispatch.recipients:
        yield Recipient(
            span=find(recipient.name), confidence=_SURE, by=_BY, block="recipient", name=recipient.name,
            purpose=recipient.purpose, archive=recipient.archive, organization_id=None,
        )  # fmt: skip
