"""From a read and annotated document to table rows: pure functions, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.annotations import FIELD_NAMES, KINDS, Field, Recipient, Zone, ZoneKind
from pipeline.calibration import Calibration, reading_of
from pipeline.document import Annotation, Document, Span
from pipeline.store.reasons import DECISIVE, Sure, reasons
from pipeline.store.schema import OWN

Value: TypeAlias = "str | int | float | bool | list[str] | None"
Row: TypeAlias = "dict[str, Value]"

_AS_SAID = Calibration()


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one dispatch: its own, and those of each claim table."""

    dispatch: Row
    claims: dict[str, list[Row]]


def rows_of(
    document: Document,
    *,
    sha256: str,
    pipeline_version: str,
    ingested_at: str,
    review_below: float = 0.8,
    calibration: Calibration = _AS_SAID,
) -> Rows:
    """Return every row that a document gives; `ingested_at` is an ISO time."""
    gauge = Gauge(document, calibration, mean_ocr_confidence(document))
    best = best_fields(gauge)
    why = reasons(best, document, review_below)
    sure = [best[name].confidence for name in DECISIVE if name in best]
    dispatch: Row = {
        "dispatch_id": document.id,
        "source_path": document.source,
        "sha256": sha256,
        "media_type": document.media_type,
        "origin": document.origin,
        "page_count": len(document.pages) if any(page.width for page in document.pages) else None,
        "language": "vi",
        **{name: best[name].claim.value if name in best else None for name in FIELD_NAMES},
        "text": document.text,
        "ocr_confidence": gauge.ocr_confidence,
        "confidence": min(sure, default=None),
        "review_state": "needs_review" if why else "machine",
        "review_reason": "; ".join(reason.code for reason in why) or None,
        "review_message": "; ".join(reason.en for reason in why) or None,
        "review_message_vi": "; ".join(reason.vi for reason in why) or None,
        "pipeline_version": pipeline_version,
        "ingested_at": ingested_at,
    }
    return Rows(dispatch, {name: _claim_rows(gauge, name, kind) for name, kind in KINDS.items()})


@dataclass(frozen=True, slots=True)
class Gauge:
    """Says how often a document's claims are right: what calibration makes of their authors' scores.

    `ocr_confidence` is OCR's mean confidence in the document's words.
    """

    document: Document
    calibration: Calibration
    ocr_confidence: float | None

    def __call__(self, table: str, claim: Annotation) -> float:
        """Return the confidence of a claim, to four digits."""
        name = claim.name if isinstance(claim, Field) else claim.block if isinstance(claim, Recipient) else ""
        worst = self.document.ocr_confidence(claim.span) if claim.span else None
        reading = reading_of(worst, self.ocr_confidence)
        return round(self.calibration.confidence(table, name, claim.by, reading, claim.confidence), 4)


def best_fields(gauge: Gauge) -> dict[str, Sure]:
    """Return for each field name the claim of the highest score; a person's outranks every machine's.

    The first wins a tie. Calibration has no say in it: it tells what a value is worth and changes none.
    """
    best: dict[str, Field] = {}
    for claim in gauge.document.of(Field):
        if claim.name not in best or _rank(claim) > _rank(best[claim.name]):
            best[claim.name] = claim
    return {name: Sure(claim, gauge("fields", claim)) for name, claim in best.items()}


def _rank(claim: Field) -> tuple[bool, float]:
    return (claim.by.startswith("human:"), claim.confidence)


def best_score(row: Row) -> float:
    """Return by what a row of `fields` outranks others of its field: its author's score, a person's confidence."""
    return float(str(row["confidence"] if row.get("score") is None else row["score"]))


def mean_ocr_confidence(document: Document) -> float | None:
    """Return OCR's confidence in a document's words on average; None where OCR read none of them."""
    known = [word.confidence for word in document.flat if word.confidence is not None]
    return round(sum(known) / len(known), 4) if known else None


def furniture(document: Document) -> tuple[Span, ...]:
    """Return the spans of page numbers and running heads, which no sentence contains."""
    return tuple(z.span for z in document.of(Zone) if z.kind == ZoneKind.FURNITURE and z.span)


def _claim_rows(gauge: Gauge, name: str, kind: type[Annotation]) -> list[Row]:
    document = gauge.document
    own = OWN[name]
    skip = furniture(document)
    rows = []
    for ordinal, claim in enumerate(document.of(kind), 1):
        row = provenance(document, claim, ordinal, skip)
        row["confidence"] = gauge(name, claim)
        for column in own:
            value = getattr(claim, column.name)
            row[column.name] = list(value) if column.type == "list" else value
        if name == "references":
            row["target_dispatch_id"] = None
        rows.append(row)
    return rows


def provenance(document: Document, claim: Annotation, ordinal: int, skip: tuple[Span, ...]) -> Row:
    """Return a claim's provenance columns; its text is without line breaks and page furniture."""
    row: Row = {
        "dispatch_id": document.id,
        "ordinal": ordinal,
        **dict.fromkeys(("text", "char_start", "char_end", "page", "x0", "top", "x1", "bottom")),
        "confidence": round(claim.confidence, 4),
        "ocr_confidence": None,
        "score": round(claim.confidence, 4),
        "author": claim.by,
    }
    if claim.span is None:
        return row
    around = (span for span in skip if not span.contains(claim.span))  # a claim may stand in a footnote
    row["text"] = re.sub(r"\s+", " ", document.view(claim.span, around).text).strip()
    row["char_start"], row["char_end"] = claim.span.start, claim.span.end
    row["ocr_confidence"] = document.ocr_confidence(claim.span)
    if box := document.filed_box(claim.span):
        row["page"] = box.page
        row |= {edge: round(getattr(box, edge), 1) for edge in ("x0", "top", "x1", "bottom")}
    return row
