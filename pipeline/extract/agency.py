"""Field `agency_id`: which body of the directory issued the dispatch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotations import Field, ZoneKind
from pipeline.document import Document
from pipeline.text.organizations import Organizations
from pipeline.text.passages import zone
from pipeline.text.speaker import best_fields, speaker
from pipeline.text.unicode import flat

_CONFIDENCE = 0.95
_COMMITTEE = re.compile(
    r"(?:ban (?:chap hanh|thuong vu)|bch|btv)\s+(?=(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)\b)"
)
_NATIONAL = re.compile(r"\s+viet nam$")
_PLACE = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)\s.*$")
_PARTY = re.compile(r"(?:tinh|thanh|huyen|quan|thi) uy\b")
_YOUTH_UNION = re.compile(r"\bdoan (?:tncs|thanh nien cong san) ho chi minh\b")


def extract(doc: Document, directory: Organizations) -> Iterator[Field]:
    """Yield the id of the issuing agency; of several that issue together, that of the first."""
    fields = best_fields(doc)
    agency = fields.get("agency")
    if agency is None:
        return
    who = speaker(doc, directory)
    parent = fields["parent_agency"].value if "parent_agency" in fields else None
    found = next(filter(None, (who.resolve(name, directory) for name in _names(doc, agency.value, parent))), None)
    if found:
        confidence = min(_CONFIDENCE, agency.confidence)
        yield Field(span=agency.span, confidence=confidence, by="rule:agency", name="agency_id", value=found)


def _names(doc: Document, agency: str, parent: str | None) -> Iterator[str]:
    """Yield the names under which the (first) issuer may be known, the printed one first.

    `BAN CHẤP HÀNH TỈNH …` is the committee of the union named above it, or beside it in place of the motto;
    a committee's office takes the committee's name (`BAN TỔ CHỨC` under `TỈNH ỦY …`);
    of two bodies that issue together the first may leave the place to the second.
    """
    first, *others = agency.split("; ")
    yield first
    committee = _COMMITTEE.match(flat(first))
    if committee:
        place = first[committee.end() :]
        union = parent or ("Đoàn TNCS Hồ Chí Minh" if _of_youth_union(doc) else None)
        if union:
            national = _NATIONAL.search(flat(union))
            yield f"{union[: national.start()] if national else union} {place}"
    if parent and _PARTY.match(flat(parent)):
        yield f"{first} {parent}"
    shared = _PLACE.search(flat(others[-1])) if others and not _PLACE.search(flat(first)) else None
    if shared:
        yield f"{first} {others[-1][shared.start() :]}"


def _of_youth_union(doc: Document) -> bool:
    return any(z.span and _YOUTH_UNION.search(flat(doc.quote(z.span))) for z in zone(doc, ZoneKind.MOTTO))
