"""Who issues when the head is lost: the body that launches, orders or asks in the text itself."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.annotations import ZoneKind
from pipeline.document import Document, Span
from pipeline.extract.heading.agency import begins
from pipeline.text.strips import over, strips
from pipeline.text.unicode import CAPITALS

_ACTS = (
    r"(?:ban hành|xây dựng|phát động|kêu gọi|đề nghị|yêu cầu|thông báo|báo cáo|hướng dẫn|triển khai|tổ chức"
    r"|chỉ đạo|quyết định|kính mời|trân trọng|kính đề nghị|giao|phối hợp)"
)
_WORD = rf"[{CAPITALS}][\w&]*"
_NAME = re.compile(
    rf"(?P<committee>(?:Ban (?:Thường vụ|Chấp hành|Thường trực|Giám đốc|Giám hiệu)|Đảng ủy|Lãnh đạo)\s)?"
    rf"(?P<name>{_WORD}(?:\s[\w&-]+){{1,14}}?)\s{_ACTS}\b"
)


def issuer_in_body(doc: Document) -> tuple[str, Span] | None:
    """Return the body that acts most often in the main text, with its last place; None if none does."""
    lines = strips(doc, ZoneKind.BODY)
    if not lines:
        return None
    view = doc.view(over(lines))
    found = [match for match in _NAME.finditer(view.text) if begins(match["name"])]
    if not found:
        return None
    name, _ = Counter(match["name"] for match in found).most_common(1)[0]
    last = [match for match in found if match["name"] == name][-1]
    return name, view.span(*last.span("name"))
