"""Table `recipients`: whom a dispatch addresses (Kính gửi) and who gets a copy, and what for (Nơi nhận)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.annotations import Field, Recipient, ZoneKind
from pipeline.document import Document, Span
from pipeline.extract.recipients.entries import Entry, entries
from pipeline.extract.recipients.rows import rows
from pipeline.text.organizations import Organizations
from pipeline.text.passages import zone

_BLOCKS = {ZoneKind.ADDRESSEES: "addressee", ZoneKind.RECIPIENTS: "recipient"}
_PLAIN = 0.96
_JOINED = 0.88  # wrapped lines, lost bullets, a brace's purpose


def extract(doc: Document, directory: Organizations) -> Iterator[Recipient]:
    """Yield every name of both blocks, in reading order."""
    heading = _heading(doc)
    day = heading.get("issued_on")
    day = day if day and len(day) == len("2020-01-01") else None
    seat = directory.seat((heading.get("agency"), heading.get("parent_agency")), place=heading.get("place"), day=day)
    for block in sorted(zone(doc, *_BLOCKS), key=lambda z: z.span or Span(0, 1)):
        if block.span is None:
            continue
        page = doc.pages[doc.page_of(block.span) - doc.pages[0].number]
        for entry in entries(doc, rows(doc, block.span), ocr=page.source == "ocr"):
            yield Recipient(
                span=entry.span,
                confidence=_PLAIN if entry.sure else _JOINED,
                by="rule:recipients",
                block=_BLOCKS[block.kind],
                name=entry.text,
                purpose=entry.purpose,
                archive=entry.archive,
                organization_id=_organization(
                    entry, directory, province=seat.province, district=seat.district, day=day
                ),
            )


def _organization(
    entry: Entry, directory: Organizations, *, province: str | None, district: str | None, day: str | None
) -> str | None:
    if entry.archive:
        return None
    return directory.resolve(entry.text, province=province, district=district, day=day)


def _heading(doc: Document) -> dict[str, str]:
    """Return the best value of each field that the heading gave; empty where the heading was not read."""
    best: dict[str, Field] = {}
    for field in doc.of(Field):
        if field.name not in best or field.confidence > best[field.name].confidence:
            best[field.name] = field
    return {name: field.value for name, field in best.items()}
