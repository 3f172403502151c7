"""The fields of the query language: one list, from which the parser, the help and `docs/search.md` are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.text.unicode import fold

FieldKind = Literal["text", "number", "notation", "reference", "days", "years", "due", "tag", "state"]


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field that a query may name: its Vietnamese and English names, and what it looks at.

    `columns` are columns of the folded index, empty for what is looked up in the tables.
    """

    vi: str
    en: str
    kind: FieldKind
    columns: tuple[str, ...]
    about_vi: str
    about_en: str
    example: str
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name, folded."""
        return (self.vi, self.en, *self.others)


FIELDS = (
    QueryField("so", "number", "number", ("number",), "số của văn bản", "the number of the dispatch", "so:13"),
    QueryField(
        "kyhieu", "notation", "notation", ("notation",), "ký hiệu, hoặc cả số và ký hiệu",
        "the notation, or the whole number", "kyhieu:PĐTD-LĐLĐ", ("sokyhieu", "key"),
    ),
    QueryField(
        "loai", "type", "text", ("type",), "tên loại văn bản, hoặc chữ viết tắt",
        "the type of dispatch, or its abbreviation", 'loai:"kế hoạch"',
    ),
    QueryField(
        "coquan", "agency", "text", ("agency",), "cơ quan ban hành hoặc cơ quan chủ quản",
        "the issuing agency or its parent", 'coquan:"liên đoàn lao động"',
    ),
    QueryField(
        "nguoiky", "signer", "text", ("signer",), "người ký: họ tên hoặc chức vụ",
        "who signed: name or position", 'nguoiky:"Lê Văn Bình"',
    ),
    QueryField(
        "noinhan", "recipient", "text", ("recipients",), "một nơi trong Kính gửi hoặc Nơi nhận",
        "a name under Kính gửi or Nơi nhận", 'noinhan:"sở nội vụ"',
    ),
    QueryField(
        "phongtrao", "movement", "text", ("movements",), "phong trào, cuộc vận động được nêu tên",
        "a named movement or campaign", 'phongtrao:"lao động giỏi"',
    ),
    QueryField(
        "trichyeu", "subject", "text", ("subject",), "trích yếu", "the subject", "trichyeu:khen*",
    ),
    QueryField(
        "nhiemvu", "directive", "text", ("directives",), "một nhiệm vụ được giao", "a directive", 'nhiemvu:"báo cáo"',
    ),
    QueryField(
        "viendan", "reference", "reference", ("references",), "văn bản được viện dẫn, theo số hoặc tên loại",
        "a document referred to, by number or type", "viendan:05-CT/TW", ("ref",),
    ),
    QueryField(
        "noidung", "body", "text", ("body",), "toàn văn", "the whole text", 'noidung:"chuyển đổi số"', ("text",),
    ),
    QueryField(
        "tag", "tag", "tag", (), "nhãn do người dùng gắn", "a tag that a person gave", "tag:khen-thuong", ("nhan",),
    ),
    QueryField(
        "ngay", "date", "days", (), "ngày ban hành: ngày, tháng, năm hoặc khoảng a..b",
        "date of issue: a day, month, year or range a..b", "ngay:2020-01..2020-06", ("issued",),
    ),
    QueryField("nam", "year", "years", (), "năm ban hành", "year of issue", "nam:2018..2020"),
    QueryField(
        "han", "due", "due", (), "văn bản có việc đến hạn trong khoảng đó",
        "dispatches with something due in that time", "han:15/12/2020", ("deadline",),
    ),
    QueryField(
        "trangthai", "state", "state", (), "may, canxem hoặc daxem",
        "machine, needs_review or checked", "trangthai:canxem", ("review",),
    ),
)  # fmt: skip

BY_NAME = {name: field for field in FIELDS for name in field.names}

STATES = {
    "machine": "machine", "may": "machine",
    "needs_review": "needs_review", "canxem": "needs_review",
    "checked": "checked", "daxem": "checked",
}  # fmt: skip
"""What may stand after `trangthai:`, and the review state that it means."""

OPERATORS = {"AND": "AND", "VÀ": "AND", "OR": "OR", "HOẶC": "OR", "NOT": "NOT", "KHÔNG": "NOT"}
"""The operators in capitals, in English and Vietnamese."""


def field_named(name: str) -> QueryField | None:
    """Return the field of that name in any case, with or without diacritics; None if there is none."""
    return BY_NAME.get(fold(name))
