"""Table `recipients`: whom a dispatch addresses (Kính gửi) and who gets a copy, and what for (Nơi nhận)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.annotations import Recipient, ZoneKind
from pipeline.document import Document, Span
from pipeline.extract.recipients.entries import Entry, entries
from pipeline.extract.recipients.rows import rows
from pipeline.text.organizations import Organizations
from pipeline.text.passages import zone
from pipeline.text.speaker import speaker

_BLOCKS = {ZoneKind.ADDRESSEES: "addressee", ZoneKind.RECIPIENTS: "recipient"}
_PLAIN, _JOINED, _ARCHIVE = 0.94, 0.85, 0.86
"""How often a name is right to the letter: on its own line; joined or with a brace's purpose; the Lưu line."""


def extract(doc: Document, directory: Organizations) -> Iterator[Recipient]:
    """Yield every name of both blocks, in reading order."""
    who = speaker(doc, directory)
    for block in sorted(zone(doc, *_BLOCKS), key=lambda z: z.span or Span(0, 1)):
        if block.span is None:
            continue
        page = doc.pages[doc.page_of(block.span) - doc.pages[0].number]
        for entry in entries(doc, block.span, rows(doc, block.span), ocr=page.source == "ocr"):
            yield Recipient(
                span=entry.span,
                confidence=_confidence(entry),
                by="rule:recipients",
                block=_BLOCKS[block.kind],
                name=entry.text,
                purpose=entry.purpose,
                archive=entry.archive,
                organization_id=None if entry.archive else who.resolve(entry.text, directory),
            )


def _confidence(entry: Entry) -> float:
    if entry.archive:
        return _ARCHIVE
    return _PLAIN if entry.sure else _JOINED
