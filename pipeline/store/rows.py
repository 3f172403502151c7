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
    best = best_fields(document, calibration)
    why = reasons(best, document, review_below)
    sure = [best[name].confidence for name in DECISIVE if name in best]
    confidences = [w.confidence for w in document.flat if w.confidence is not None]
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
        "ocr_confidence": round(sum(confidences) / len(confidences), 4) if confidences else None,
        "confidence": round(min(sure), 4) if sure else None,
        "review_state": "needs_review" if why else "machine",
        "review_reason": "; ".join(reason.code for reason in why) or None,
        "review_message": "; ".join(reason.en for reason in why) or None,
        "review_message_vi": "; ".join(reason.vi for reason in why) or None,
        "pipeline_version": pipeline_version,
        "ingested_at": ingested_at,
    }
    return Rows(dispatch, {name: _claim_rows(document, name, kind, calibration) for name, kind in KINDS.items()})


def best_fields(document: Document, calibration: Calibration = _AS_SAID) -> dict[str, Sure]:
    """Return for each field name its surest claim; a person's outranks every machine's, the first wins a tie."""
    best: dict[str, Sure] = {}
    for claim in document.of(Field):
        sure = Sure(claim, _confidence(document, claim, "fields", calibration))
        if claim.name not in best or _rank(sure) > _rank(best[claim.name]):
            best[claim.name] = sure
    return best


def _rank(sure: Sure) -> tuple[bool, float, float]:
    return (sure.claim.by.startswith("human:"), sure.confidence, sure.claim.confidence)


def _confidence(document: Document, claim: Annotation, table: str, calibration: Calibration) -> float:
    """Return how often such a claim is right: what calibration makes of its author's score."""
    name = claim.name if isinstance(claim, Field) else claim.block if isinstance(claim, Recipient) else ""
    reading = reading_of(document.ocr_confidence(claim.span) if claim.span else None)
    return calibration.confidence(table, name, claim.by, reading, claim.confidence)


def furniture(document: Document) -> tuple[Span, ...]:
    """Return the spans of page numbers and running heads, which no sentence contains."""
    return tuple(z.span for z in document.of(Zone) if z.kind == ZoneKind.FURNITURE and z.span)


def _claim_rows(document: Document, name: str, kind: type[Annotation], calibration: Calibration) -> list[Row]:
    own = OWN[name]
    skip = furniture(document)
    rows = []
    for ordinal, claim in enumerate(document.of(kind), 1):
        row = provenance(document, claim, ordinal, skip)
        row["confidence"] = round(_confidence(document, claim, name, calibration), 4)
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
