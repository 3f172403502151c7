"""Puts the paragraphs of the main body together across lines and pages, with the labels of numbered items.

A paragraph of a dispatch begins with an indent; where there are no places on a page, with a new
line. A line that goes on in lower case belongs to the paragraph above, whatever stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.annotations import Paragraph, Zone, ZoneKind
from pipeline.document import Box, Document, Line, Page, Span
from pipeline.text.labels import Series, read_label
from pipeline.text.misread_labels import read_labels

ENDS = (".", ";", ":", "!", "?", "./.")
_TITLED = ("part", "chapter", "section", "article")
_LONGEST_QUOTATION = 15  # paragraphs
_LONGEST_NEW_WORDING = 120  # paragraphs: whole articles, `được sửa đổi như sau: “Điều 5. …”`
_QUOTE_OPENS = re.compile(r"^[“\"„«]|\bnhư sau ?: ?[“\"„«][^”\"»]*$")
_QUOTE_CLOSES = re.compile(r"[”\"»]\W*$")
_SPECKS = "_|`'’. "


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the body with the margins of its page."""

    span: Span
    text: str
    box: Box | None
    left: float
    right: float

    @property
    def indent(self) -> float:
        """How far it begins to the right of the margin, in heights of a line; 0 without pages."""
        return (self.box.x0 - self.left) / max(self.box.height, 8) if self.box else 0.0

    @property
    def room(self) -> float:
        """How far it ends before the right margin, in heights of a line; 0 without pages."""
        return (self.right - self.box.x1) / max(self.box.height, 8) if self.box else 0.0


def extract(doc: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of the main body in reading order."""
    lines = body_lines(doc)
    series = Series()
    found = list(groups(lines))
    texts = [_text(group) for group in found]
    inside = quoted(texts)
    labels = read_labels(["" if i in inside else text for i, text in enumerate(texts)])
    for group, read in zip(found, labels, strict=True):
        label = series.settle(read)
        start = group[0].span.start + (label.length if label else 0)
        if start >= group[-1].span.end:
            label, start = None, group[0].span.start
        yield Paragraph(
            span=Span(start, group[-1].span.end),
            confidence=0.9,
            by="rule:paragraphs",
            label=label.printed if label else None,
            level=series.enter(label),
        )


def _text(group: Sequence[BodyLine]) -> str:
    return " ".join(line.text for line in group)


def quoted(texts: Sequence[str]) -> frozenset[int]:
    """Return which paragraphs go on with a quotation of several: their numbers are those of the text quoted."""
    found: set[int] = set()
    for i, text in enumerate(texts):
        if i in found or not _QUOTE_OPENS.search(text) or _QUOTE_CLOSES.search(text, 1):
            continue
        worded = any("như sau" in lead for lead in texts[max(0, i - 1) : i + 1])
        rest = range(i + 1, min(len(texts), i + (_LONGEST_NEW_WORDING if worded else _LONGEST_QUOTATION)))
        last = next((j for j in rest if _closes(texts[j])), None)
        if last is not None and not any(_QUOTE_OPENS.search(texts[j]) for j in range(i + 1, last + 1)):
            found.update(range(i + 1, last + 1))
    return frozenset(found)


def _closes(text: str) -> bool:
    """Tell whether a paragraph ends a quotation that it has not opened itself."""
    opened = text.count("“") + text.count("«") + text.count("„")
    unpaired = text.count("”") + text.count("»") > opened or text.count('"') % 2 == 1
    return unpaired and _QUOTE_CLOSES.search(text) is not None


def body_lines(doc: Document) -> list[BodyLine]:
    """Return the lines of the main body with their pages' margins."""
    spans = [z.span for z in doc.of(Zone) if z.kind is ZoneKind.BODY and z.span]
    inside = [(span, line, page) for span, line, page in doc.lines() if any(s.contains(span) for s in spans)]
    pages: dict[int, list[Line]] = {}
    for _, line, page in inside:
        pages.setdefault(page.number, []).append(line)
    margins = {number: margins_of(lines) for number, lines in pages.items()}
    return [
        BodyLine(span, line.text, line.box if _has_place(line, page) else None, *margins[page.number])
        for span, line, page in inside
    ]


def _has_place(line: Line, page: Page) -> bool:
    return line.box is not None and page.width is not None


def margins_of(lines: Sequence[Line]) -> tuple[float, float]:
    """Return where most lines of a page begin and end."""
    boxes = [box for line in lines if (box := line.box)]
    if not boxes:
        return 0.0, wrapped_at([len(line.text) for line in lines])
    widest = max(box.width for box in boxes)
    full = [box for box in boxes if box.width > 0.75 * widest]
    return sorted(box.x0 for box in boxes)[len(boxes) // 10], median([box.x1 for box in full])


def wrapped_at(lengths: Sequence[int]) -> float:
    """Return the length at which a plain text's lines were broken, 0 where each line is a paragraph."""
    longest = max(lengths, default=0)
    full = sum(length > 0.8 * longest for length in lengths)
    return float(longest) if longest <= 130 and full >= 3 and full >= 0.3 * len(lengths) else 0.0


def groups(lines: Sequence[BodyLine]) -> Iterator[list[BodyLine]]:
    """Yield the lines of each paragraph."""
    group: list[BodyLine] = []
    for line in lines:
        if group and begins(line, group[-1], group):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def begins(line: BodyLine, before: BodyLine, group: Sequence[BodyLine]) -> bool:
    """Tell whether a line begins a new paragraph after `before`."""
    label = read_label(line.text)
    if label is None and _only_label(group):
        return False
    ended = before.text.rstrip(" ’'`|,_").endswith(ENDS)
    if line.box is None or before.box is None:
        broken = line.text[:1].islower() or len(before.text) > 0.8 * (before.right or float("inf"))
        return label is not None or ended or not broken
    if line.text[:1].islower() and (label is None or label.style != "letter"):
        return False
    if line.indent > 1.0:
        return ended or before.room > 1.5 or label is not None or line.indent < 5
    if label is not None and label.style not in {"dash", "plus"}:
        return ended or before.room > 1.5
    return ended and before.room > 1.5 and line.text.lstrip(_SPECKS)[:1].isupper()


def _only_label(group: Sequence[BodyLine]) -> bool:
    """Tell whether a paragraph so far holds but `Phần II` or `Chương I`, whose title stands on the next line."""
    text = _text(group)
    label = read_label(text)
    return label is not None and label.style in _TITLED and label.length >= len(text)
