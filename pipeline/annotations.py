"""The kinds of claim: one class is one table, one field is one column.

The provenance columns (where, how sure, by whom) come from `Annotation` and are the same for all.
What each value means is written in `docs/data-model.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import Annotation


class ZoneKind(StrEnum):
    """The parts of a dispatch, after Nghị định 30/2020/NĐ-CP, Phụ lục I, and what scanners add."""

    MOTTO = "motto"  # quốc hiệu, tiêu ngữ; ĐẢNG CỘNG SẢN VIỆT NAM
    AGENCY = "agency"  # the top left block, parent body above the issuing body
    NUMBER = "number"  # Số: 13/PĐTD-LĐLĐ
    PLACE_DATE = "place_date"  # Lai Châu, ngày 26 tháng 6 năm 2020
    TITLE = "title"  # the name of the type
    SUBJECT = "subject"  # trích yếu, below the type or V/v under the number
    ADDRESSEES = "addressees"  # Kính gửi
    BODY = "body"
    RECIPIENTS = "recipients"  # Nơi nhận
    SIGNATURE = "signature"  # authority, position, name
    MARKS = "marks"  # KHẨN, HỎA TỐC, MẬT …
    ARRIVAL = "arrival"  # the arrival stamp, ĐẾN
    DIGITAL = "digital"  # a digital signature's box
    FURNITURE = "furniture"  # page numbers, running heads, specks read as letters
    APPENDIX = "appendix"  # whatever follows the main document
    OTHER_DISPATCH = "other_dispatch"  # a second, forwarded dispatch in the same file


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone(Annotation):
    """A run of lines that form one part of the dispatch."""

    kind: ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Annotation):
    """A paragraph of the main body, put together across lines and pages.

    `label` is the printed label of a numbered item (`Điều 2`, `1`, `a`, `-`), not part of the span;
    `level` the depth of that label, 0 for unlabelled.
    """

    label: str | None
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Annotation):
    """The evidence for one column of `dispatches`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Annotation):
    """A date or period, as the ISO days that enclose it."""

    start: str
    end: str
    precision: str  # day, month, quarter, year, span
    role: str  # issued, cited, deadline, period, event


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Annotation):
    """Another document that this one refers to."""

    type_name: str | None
    number: str | None
    notation: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    relation: str  # basis, carries_out, amends, replaces, replies_to, mentions
    issuer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient(Annotation):
    """One name under Kính gửi (`addressee`) or Nơi nhận (`recipient`)."""

    block: str
    name: str
    purpose: str | None
    archive: bool
    organization_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Annotation):
    """A named emulation movement, campaign or programme, once for a dispatch."""

    name: str
    kind: str  # movement, campaign, programme
    movement_id: str
    launched: bool
    launched_by: str | None
    period_start: str | None
    period_end: str | None
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(Annotation):
    """One task: what is ordered, of whom, by when. `parent` is the ordinal of the item above it."""

    label: str | None
    parent: int | None
    action: str | None
    assignees: tuple[str, ...]
    deadline: str | None
    movement_id: str | None
    assignee_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Annotation):
    """One digital signature in the file, checked offline."""

    signer: str | None
    organization: str | None
    signed_at: str | None
    intact: bool | None
    trusted: bool | None


KINDS: dict[str, type[Annotation]] = {
    "zones": Zone,
    "paragraphs": Paragraph,
    "fields": Field,
    "recipients": Recipient,
    "movements": Movement,
    "dates": DateMention,
    "references": Reference,
    "directives": Directive,
    "signatures": Signature,
}
"""Table name to annotation class, in the order in which tables are shown."""

FIELD_NAMES = (
    "parent_agency", "agency", "agency_id", "number", "notation", "type_code", "type_name", "subject",
    "place", "issued_on", "urgency", "secrecy", "signing_authority", "signer_position", "signer_name",
    "arrival_number", "arrived_on",
)  # fmt: skip
"""The columns of `dispatches` that rest on a `Field`."""
