r"""The document that flows through the pipeline: pages of lines of words with boxes, and one text.

Offsets are counted in Unicode code points of `Document.text`, which is put together once from the
words and never changed. Lengths are PDF points (1/72 inch) from the top left of the page.

    >>> page = Page(1, None, None, (Line((Word("Số:"), Word("13"))), Line((Word("Lai"), Word("Châu")))))
    >>> doc = Document.build(id="0" * 16, source="a.txt", pages=(page,))
    >>> doc.text
    'Số: 13\nLai Châu'
    >>> [word.text for word in doc.words(Span(4, 10))]
    ['13', 'Lai']
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

PageSource = Literal["ocr", "text_layer", "word", "text"]
Origin = Literal["scan", "born_digital", "mixed", "word", "text"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of a document's text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, found {self.start}..{self.end}")

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 1), in PDF points from the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The vertical middle in points."""
        return (self.top + self.bottom) / 2

    def union(self, other: Box) -> Box:
        """Return the smallest box around both, on this box's page."""
        return Box(
            self.page,
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read: its text, its box if the format has pages, and OCR's confidence (0 to 1) if OCR read it.

    `raw` is the recogniser's own reading where a repair changed it.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand side by side, in reading order; in Word and text files a whole paragraph."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box | None:
        """The box around all words, or None where the format has no page."""
        return union(word.box for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in reading order; width and height in points, None without pages.

    `source` records what the words came from. `turn` is by how many degrees clockwise the page as
    filed was turned to stand upright: a sheet may have lain sideways on the scanner's glass.
    """

    number: int
    width: float | None
    height: float | None
    lines: tuple[Line, ...]
    source: PageSource = "text"
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as data: where it happened, its stable code, and what to do."""

    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A claim about a span of the text: how sure its author is (0 to 1), and who says so.

    `by` is `rule:<stage>`, `model:<name>` or `human:<name>`. `span` is None only for what stands
    in the file but in no words, such as a digital signature without an appearance.
    """

    span: Span | None
    confidence: float
    by: str


A = TypeVar("A", bound=Annotation)

LINE_BREAK = "\n"
PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class View:
    """A reading of parts of a document as one string, with the way back to the document's offsets.

    Line breaks and page breaks read as one space; what was skipped (a page number in the middle
    of a sentence) is not there. `offsets[i]` is the document offset of `text[i]`.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the document span of `text[start:end]`, without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A dispatch as read, with what has been claimed about it so far. Immutable.

    `id` is the first 16 hex digits of the SHA-256 of the file's bytes, `source` its path relative
    to the input folder. `text` is the words joined with spaces, lines with a line break and pages
    with a form feed; `starts[i]` is the offset of the i-th word in reading order.
    """

    id: str
    source: str
    pages: tuple[Page, ...]
    text: str
    starts: tuple[int, ...]
    media_type: str = "text/plain"
    origin: Origin = "text"
    annotations: tuple[Annotation, ...] = ()
    problems: tuple[Problem, ...] = ()
    flat: tuple[Word, ...] = field(default=(), repr=False, compare=False)

    @staticmethod
    def build(
        *,
        id: str,
        source: str,
        pages: Iterable[Page],
        media_type: str = "text/plain",
        origin: Origin = "text",
        annotations: tuple[Annotation, ...] = (),
        problems: tuple[Problem, ...] = (),
    ) -> Document:
        """Put a document together from its pages; the text follows from the words."""
        pages = tuple(pages)
        pieces: list[str] = []
        starts: list[int] = []
        flat: list[Word] = []
        at = 0
        for p, page in enumerate(pages):
            if p:
                pieces.append(PAGE_BREAK)
                at += 1
            for n, line in enumerate(page.lines):
                if n:
                    pieces.append(LINE_BREAK)
                    at += 1
                for w, word in enumerate(line.words):
                    if w:
                        pieces.append(" ")
                        at += 1
                    starts.append(at)
                    flat.append(word)
                    pieces.append(word.text)
                    at += len(word.text)
        return Document(
            id=id,
            source=source,
            pages=pages,
            text="".join(pieces),
            starts=tuple(starts),
            media_type=media_type,
            origin=origin,
            annotations=annotations,
            problems=problems,
            flat=tuple(flat),
        )

    def of(self, kind: type[A]) -> tuple[A, ...]:
        """Return the annotations of one kind, in the order in which they were made."""
        return tuple(a for a in self.annotations if isinstance(a, kind))

    def annotate(self, new: Iterable[Annotation]) -> Document:
        """Return the document with more annotations."""
        return replace(self, annotations=self.annotations + tuple(new))

    def trouble(self, *problems: Problem) -> Document:
        """Return the document with more problems."""
        return replace(self, problems=self.problems + problems)

    def quote(self, span: Span) -> str:
        """Return the words of a span exactly as they stand."""
        return self.text[span.start : span.end]

    def words(self, span: Span) -> tuple[Word, ...]:
        """Return the words that a span touches."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = bisect_left(self.starts, span.end)
        return tuple(
            word
            for start, word in zip(self.starts[first:last], self.flat[first:last], strict=True)
            if start + len(word.text) > span.start
        )

    def page_of(self, span: Span) -> int:
        """Return the number (from 1) of the page on which a span begins."""
        return self.pages[self.text.count(PAGE_BREAK, 0, span.start)].number

    def box(self, span: Span) -> Box | None:
        """Return the box around a span's words on the page where it begins; None without pages."""
        boxes = [word.box for word in self.words(span) if word.box]
        return union(box for box in boxes if box.page == boxes[0].page)

    def filed_box(self, span: Span) -> Box | None:
        """Return the box around a span's words on the page as filed, not turned upright."""
        box = self.box(span)
        page = self.pages[self.text.count(PAGE_BREAK, 0, span.start)]
        if box is None or page.width is None or page.height is None:
            return box
        return turned(box, -page.turn % 360, width=page.width, height=page.height)

    def ocr_confidence(self, span: Span) -> float | None:
        """Return the lowest OCR confidence among a span's words; None where OCR read none of them."""
        return min((w.confidence for w in self.words(span) if w.confidence is not None), default=None)

    def lines(self) -> Iterator[tuple[Span, Line, Page]]:
        """Yield every line that has words, with its span and its page, in reading order."""
        at = 0
        for p, page in enumerate(self.pages):
            at += 1 if p else 0
            for n, line in enumerate(page.lines):
                at += 1 if n else 0
                length = len(line.text)
                if length:
                    yield Span(at, at + length), line, page
                at += length

    def view(self, span: Span, skip: Iterable[Span] = ()) -> View:
        """Return a span as one string without line breaks and without the spans in `skip`."""
        skips = sorted(s for s in skip if s.overlaps(span))
        keep: list[int] = []
        at = span.start
        for s in skips:
            keep.extend(range(at, max(at, s.start)))
            at = max(at, s.end)
        keep.extend(range(at, span.end))
        chars: list[str] = []
        offsets: list[int] = []
        for i in keep:
            char = " " if self.text[i].isspace() else self.text[i]
            if char == " " and chars and chars[-1] == " ":
                continue
            chars.append(char)
            offsets.append(i)
        return View("".join(chars), tuple(offsets))


def turned(box: Box, degrees: int, *, width: float, height: float) -> Box:
    """Return where a box stands once its page, `width` by `height`, is turned clockwise by a multiple of 90 degrees."""
    if degrees == 90:
        return Box(box.page, height - box.bottom, box.x0, height - box.top, box.x1)
    if degrees == 180:
        return Box(box.page, width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if degrees == 270:
        return Box(box.page, box.top, width - box.x1, box.bottom, width - box.x0)
    return box


def union(boxes: Iterable[Box | None]) -> Box | None:
    """Return the smallest box around all boxes that are there, or None."""
    found: Box | None = None
    for box in boxes:
        if box is not None:
            found = box if found is None else found.union(box)
    return found
