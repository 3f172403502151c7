"""Field `agency_id`: which body of the directory issued the dispatch."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.annotations import Field
from pipeline.document import Document
from pipeline.text.organizations import Organizations
from pipeline.text.speaker import best_fields, speaker

_CONFIDENCE = 0.95


def extract(doc: Document, directory: Organizations) -> Iterator[Field]:
    """Yield the id of the issuing agency; of several that issue together, that of the first."""
    agency = best_fields(doc).get("agency")
    if agency is None:
        return
    id_ = speaker(doc, directory).resolve(agency.value.split(";")[0], directory)
    if id_:
        confidence = min(_CONFIDENCE, agency.confidence)
        yield Field(span=agency.span, confidence=confidence, by="rule:agency", name="agency_id", value=id_)
