"""Law 4: a dispatch that bears a secrecy stamp is kept out of everything until a person releases it.

The stamp is what the heading stage found; beside it stands a check of its own on the lines as read, so
that a stage that failed lets no secret through.

>>> stamp("Số: 12/BC-ĐA"), stamp("[ TỐI MẬT ]"), stamp("MẬT TRẬN TỔ QUỐC"), stamp("BẢO VỆ BÍ MẬT NHÀ NƯỚC")
(None, 'TỐI MẬT', None, None)
"""

from __future__ import annotations

import re

from pipeline.annotations import Field
from pipeline.document import Document
from pipeline.text.unicode import same_tones

_STAMP = re.compile(r"\W*(?:(?:ĐỘ|MỨC ĐỘ|DẤU) MẬT\s*:\s*)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\W*")
_HEAD_LINES = 40  # a stamp stands at the head of the first page


def stamp(line: str) -> str | None:
    """Return the level of secrecy where a line is a stamp and nothing else."""
    match = _STAMP.fullmatch(same_tones(line))
    return " ".join(match[1].split()) if match else None


def evidence(document: Document) -> str | None:
    """Return where a document says that it is secret, or None; the answer holds no other text of it."""
    for claim in document.of(Field):
        if claim.name == "secrecy" and claim.span:
            return f"{claim.value}, page {document.page_of(claim.span)}"
    for page in document.pages[:1]:
        for line in page.lines[:_HEAD_LINES]:
            if level := stamp(line.text):
                return f"{level}, page {page.number}"
    return None
