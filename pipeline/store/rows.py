"""From a read and annotated document to table rows: pure functions, no database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.annotations import FIELD_NAMES, KINDS, Field, Zone, ZoneKind
from pipeline.document import Annotation, Document, Span
from pipeline.store.schema import OWN

Value: TypeAlias = "str | int | float | bool | list[str] | None"
Row: TypeAlias = "dict[str, Value]"

DECISIVE = ("agency", "number", "notation", "issued_on", "type_name", "subject", "signer_name")
"""The fields without which a record cannot be filed: a weak or absent one sends the record to review."""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one dispatch: its own, and those of each claim table."""

    dispatch: Row
    claims: dict[str, list[Row]]


def rows_of(
    document: Document, *, sha256: str, pipeline_version: str, ingested_at: str, review_below: float = 0.8
) -> Rows:
    """Return every row that a document gives; `ingested_at` is an ISO time."""
    best = best_fields(document.of(Field))
    reasons = review_reasons(best, document, review_below)
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
        **{name: best[name].value if name in best else None for name in FIELD_NAMES},
        "text": document.text,
        "ocr_confidence": round(sum(confidences) / len(confidences), 4) if confidences else None,
        "confidence": round(min(sure), 4) if sure else None,
        "review_state": "needs_review" if reasons else "machine",
        "review_reason": "; ".join(reasons) or None,
        "pipeline_version": pipeline_version,
        "ingested_at": ingested_at,
    }
    return Rows(dispatch, {name: _claim_rows(document, name, kind) for name, kind in KINDS.items()})


def best_fields(found: Iterable[Field]) -> dict[str, Field]:
    """Return for each field name its surest claim; a person's outranks every machine's, the first wins a tie."""
    best: dict[str, Field] = {}
    for claim in found:
        rank = (claim.by.startswith("human:"), claim.confidence)
        if claim.name not in best or rank > (best[claim.name].by.startswith("human:"), best[claim.name].confidence):
            best[claim.name] = claim
    return best


def review_reasons(best: dict[str, Field], document: Document, below: float) -> list[str]:
    """Return why a person should look: `missing:<field>`, `unsure:<field>`, `problem:<code>`."""
    missing = [f"missing:{name}" for name in DECISIVE if name not in best]
    unsure = [f"unsure:{name}" for name in FIELD_NAMES if name in best and best[name].confidence < below]
    return missing + unsure + sorted({f"problem:{problem.code}" for problem in document.problems})


def furniture(document: Document) -> tuple[Span, ...]:
    """Return the spans of page numbers and running heads, which no sentence contains."""
    return tuple(z.span for z in document.of(Zone) if z.kind == ZoneKind.FURNITURE and z.span)


def _claim_rows(document: Document, name: str, kind: type[Annotation]) -> list[Row]:
    own = OWN[name]
    skip = furniture(document)
    rows = []
    for ordinal, claim in enumerate(document.of(kind), 1):
        row = provenance(document, claim, ordinal, skip)
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
