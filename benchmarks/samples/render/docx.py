"""Dispatches as Word files: head and foot in tables or with tabs, in Unicode or in an old font."""

from __future__ import annotations

import io
from itertools import groupby, zip_longest
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from benchmarks.samples.render import parts
from benchmarks.samples.truth import Dispatch, Item
from pipeline.text.legacy import Encoding, from_unicode

_FONTS: Final = {None: "Times New Roman", "tcvn3": ".VnTime", "vni": "VNI-Times"}
_CAPITALS: Final = ".VnTimeH"
_SHOWN_SMALL: Final = frozenset("ĂÂÊÔƠƯĐ")  # the only capitals beyond ASCII that .VnTime itself shows


def docx_file(dispatch: Dispatch, *, encoding: Encoding | None = None, tables: bool = True) -> bytes:
    """Return the dispatch as a Word file; without `tables` head and foot are typed with tabs."""
    document = docx.Document()
    page = _Page(document, encoding)
    page.beside(parts.left_head(dispatch), parts.right_head(dispatch), tables=tables)
    if dispatch.urgency:
        page.write(dispatch.urgency, bold=True)
    for line in parts.title_lines(dispatch):
        page.write(line, bold=True, centred=True)
    for line in parts.addressee_lines(dispatch):
        page.write(line, centred=True)
    for item in dispatch.body:
        page.item(item)
    recipients = ["Nơi nhận:", *parts.recipient_lines(dispatch)]
    if dispatch.brace:
        recipients[dispatch.brace[1]] += f" }} {parts.brace_purpose(dispatch)}"
    page.beside(recipients, parts.signature_lines(dispatch), tables=tables)
    if dispatch.appendix:
        page.appendix(dispatch.appendix)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Page:
    """Writes paragraphs into one document in one encoding."""

    def __init__(self, document: Any, encoding: Encoding | None) -> None:
        self.document = document
        self.encoding = encoding

    def write(self, text: str, *, bold: bool = False, centred: bool = False, paragraph: Any = None) -> None:
        paragraph = paragraph or self.document.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for font, words in runs(text, self.encoding):
            run = paragraph.add_run(words)
            run.bold = bold
            run.font.size = Pt(13)
            run.font.name = font
            run._element.rPr.rFonts.set(qn("w:cs"), font)

    def item(self, item: Item) -> None:
        centred = item.style == "order"
        self.write(
            f"{item.label} {item.piece.text}".strip(),
            bold=item.style in ("section", "heading", "order"),
            centred=centred,
        )

    def beside(self, left: list[str], right: list[str], *, tables: bool) -> None:
        if not tables:
            for a, b in zip_longest(left, right, fillvalue=""):
                self.write(f"{a}\t\t{b}" if b else a)
            return
        row = self.document.add_table(rows=1, cols=2).rows[0]
        for cell, lines in zip(row.cells, (left, right), strict=True):
            for n, line in enumerate(lines):
                self.write(line, paragraph=cell.paragraphs[0] if n == 0 else cell.add_paragraph())

    def appendix(self, rows: tuple[tuple[str, ...], ...]) -> None:
        self.document.add_page_break()
        self.write("PHỤ LỤC", bold=True, centred=True)
        table = self.document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                self.write(text, paragraph=cell.paragraphs[0])


def runs(text: str, encoding: Encoding | None) -> list[tuple[str, str]]:
    """Return text as runs of font and codes; TCVN3's capitals with tone go to the font that shows capitals."""
    if encoding != "tcvn3":
        return [(_FONTS[encoding], from_unicode(text, encoding) if encoding else text)]
    found: list[tuple[str, str]] = []
    for capital, chars in groupby(text, key=_needs_capitals):
        part = "".join(chars)
        found.append(
            (_CAPITALS if capital else _FONTS["tcvn3"], from_unicode(part.lower() if capital else part, "tcvn3"))
        )
    return found


def _needs_capitals(char: str) -> bool:
    return char.isupper() and not char.isascii() and char not in _SHOWN_SMALL
