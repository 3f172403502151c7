"""Reads Word files (DOCX): one line for each paragraph, in the order in which a person reads.

Tables that only lay out the head and the foot come out column by column; other tables row by row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.document import Line, Page, Word
from pipeline.ocr import Recognizer
from pipeline.read.columns import arrange, is_rule
from pipeline.read.reading import Reading
from pipeline.read.word.blocks import Block, Builder, Paragraph, Run, Table
from pipeline.read.word.drawn import pictured
from pipeline.read.word.numbering import Counter, read_listings
from pipeline.read.word.package import Package, attribute, child, children, nested_too_deeply, open_package
from pipeline.read.word.stamp import stamped
from pipeline.read.word.styles import read_styles
from pipeline.settings import Settings
from pipeline.text.legacy import Encoding, decode_runs, guess, is_unicode, legacy_font, to_unicode
from pipeline.text.syllables import telling_words
from pipeline.text.unicode import fold

_MAIN: Final = "word/document.xml"
_PAGE_NUMBER: Final = re.compile(r"[\s\-–—|]*(?:trang|page)?[\s\-–—|]*\d*(?:\s*/\s*\d+)?[\s\-–—|]*", re.IGNORECASE)
_SIDE_BY_SIDE: Final = re.compile(
    r"cong hoa xa hoi chu nghia|doc lap\W+tu do\W+hanh phuc|dang cong san viet nam|^\W*noi (?:nhan|gui)\b", re.MULTILINE
)
_UNSEEN: Final = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"), None)


def read(data: bytes, *, media_type: str, settings: Settings, recognizer: Recognizer) -> Reading:
    """Read a DOCX file; raises UnreadableSourceError for a broken file, LimitError for a bomb.

    OcrError or MissingToolError are raised where a picture in it may be a stamp that has to be read.
    """
    package = open_package(data)
    claims = stamped(package) or pictured(package, settings, recognizer)
    return Reading(media_type, (_page(package),), "word", annotations=claims)


def page(data: bytes) -> Page:
    """Return the text of a DOCX file as one page without measures."""
    return _page(open_package(data))


def _page(package: Package) -> Page:
    try:
        lines = _document_lines(package)
    except RecursionError as error:
        raise nested_too_deeply() from error
    return Page(
        1, None, None, tuple(Line(tuple(Word(word) for word in line.split())) for line in lines if line), "word"
    )


def _document_lines(package: Package) -> list[str]:
    root = package.part(_MAIN)
    body = child(root, "body")
    if body is None:
        return []
    builder = Builder(
        read_styles(package.part("word/styles.xml")), Counter(read_listings(package.part("word/numbering.xml")))
    )
    blocks = tuple(builder.blocks(body))
    first, rest, last = _margins(package, body, builder)
    text = Text.of((*first, *blocks, *rest, *last))
    notes = _notes(package, body, builder)
    return [
        *text.margin(first),
        *text.lines(blocks),
        *text.lines(notes),
        *text.margin((*rest, *last)),
    ]


@dataclass(frozen=True, slots=True)
class Text:
    """Turns blocks into lines of Unicode; `encoding` is what text in no known old font is written in."""

    encoding: Encoding | None

    @staticmethod
    def of(blocks: Iterable[Block]) -> Text:
        """Judge the text in no known old font as a whole: single words may tell nothing."""
        return Text(guess("\n".join("".join(_unknown(p)) for p in _paragraphs(blocks))))

    def lines(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Yield one line for each paragraph or forced line break, in reading order."""
        for is_table, group in groupby(blocks, key=lambda block: isinstance(block, Table)):
            if is_table:
                for table in group:
                    if isinstance(table, Table):
                        yield from self._table(table)
            else:
                texts = [self._text(p) for p in group if isinstance(p, Paragraph)]
                yield from (line.text for line in arrange([line for t in texts for line in t.split("\n")]) if line.text)

    def margin(self, blocks: Sequence[Block]) -> list[str]:
        """Return the lines of headers and footers, each once and without bare page numbers."""
        found = dict.fromkeys(line for line in self.lines(blocks) if not _PAGE_NUMBER.fullmatch(line))
        return list(found)

    def _table(self, table: Table) -> Iterator[str]:
        rows = [[list(self._cell(cell)) for cell in row] for row in table.rows]
        for wide, group in groupby(rows, key=lambda row: len(row) > 1):
            members = list(group)
            if wide and any(_SIDE_BY_SIDE.search(fold("\n".join(cell))) for row in members for cell in row):
                for i in range(max(map(len, members))):
                    yield from (line for row in members if i < len(row) for line in row[i])
            else:
                yield from (line for row in members for cell in row for line in cell)

    def _cell(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Table):
                yield from self._table(block)
            else:
                texts = (" ".join(line.split()) for line in self._text(block).split("\n"))
                yield from (text for text in texts if text and not is_rule(text))

    def _text(self, paragraph: Paragraph) -> str:
        """Return a paragraph's text in Unicode NFC, with its tabs and line breaks."""
        texts = decode_runs((run.text, run.font) for run in paragraph.runs)
        encoding = self._own_encoding("".join(_unknown(paragraph)))
        shown = (_show(text, run, encoding) for text, run in zip(texts, paragraph.runs, strict=True))
        return unicodedata.normalize("NFC", "".join(shown)).translate(_UNSEEN)

    def _own_encoding(self, text: str) -> Encoding | None:
        """Return the old encoding of a paragraph's text in no known old font, if it has one."""
        if text.isascii() or is_unicode(text):
            return None
        if self.encoding and telling_words(to_unicode(text, self.encoding))[0] >= telling_words(text)[0]:
            return self.encoding
        return guess(text)


def _show(text: str, run: Run, encoding: Encoding | None) -> str:
    if encoding and legacy_font(run.font) is None:
        text = to_unicode(text, encoding)
    return text.upper() if run.capitals else text


def _unknown(paragraph: Paragraph) -> Iterator[str]:
    return (run.text for run in paragraph.runs if legacy_font(run.font) is None)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell)


def _margins(
    package: Package, body: Element, builder: Builder
) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[Block, ...]]:
    """Return the header of page one, the other headers, and all footers."""
    targets = package.targets(_MAIN)
    first: list[Block] = []
    rest: list[Block] = []
    last: list[Block] = []
    for n, section in enumerate(_sections(body)):
        front = "first" if child(section, "titlePg") is not None else "default"
        for name, place in (("headerReference", rest), ("footerReference", last)):
            for reference in children(section, name):
                root = package.part(targets.get(attribute(reference, "id") or "", ""))
                if root is None:
                    continue
                opens = name == "headerReference" and n == 0 and attribute(reference, "type") == front
                (first if opens else place).extend(builder.blocks(root))
    return tuple(first), tuple(rest), tuple(last)


def _sections(body: Element) -> Iterator[Element]:
    for node in body:
        yield from children(child(node, "pPr"), "sectPr")
    yield from children(body, "sectPr")


def _notes(package: Package, body: Element, builder: Builder) -> tuple[Block, ...]:
    """Return the footnotes and endnotes, each with its number before it, in the order of their marks."""
    blocks: list[Block] = []
    for kind in ("footnote", "endnote"):
        notes = {attribute(node, "id"): node for node in children(package.part(f"word/{kind}s.xml"), kind)}
        marks = (attribute(mark, "id") for mark in body.iter() if _is_mark(mark, kind))
        for count, mark in enumerate(dict.fromkeys(marks), start=1):
            if mark not in notes:
                continue
            head, *tail = tuple(builder.blocks(notes[mark])) or (Paragraph(()),)
            if isinstance(head, Paragraph):
                head = Paragraph((Run(f"{count} "), *head.runs))
            blocks += [head, *tail]
    return tuple(blocks)


def _is_mark(node: Element, kind: str) -> bool:
    return isinstance(node.tag, str) and node.tag.endswith(f"}}{kind}Reference")
