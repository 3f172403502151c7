"""A line as the zone rules see it: its text in several readings and its place on the page."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import Box, Document, Span
from pipeline.text.unicode import fold


@dataclass(frozen=True, slots=True)
class Printed:
    """A line with what the rules ask of it; `box`, `width` and `height` are None without pages."""

    span: Span
    text: str
    folded: str
    page: int
    box: Box | None
    width: float | None
    height: float | None
    confidence: float | None

    @property
    def upper(self) -> bool:
        """Whether the letters are capitals but for a few misread ones."""
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) > 2 and sum(char.isupper() for char in letters) >= 0.85 * len(letters)

    @property
    def letters(self) -> int:
        """The number of letters."""
        return sum(char.isalpha() for char in self.text)

    @property
    def dashed(self) -> bool:
        """Whether it begins with a dash or what OCR makes of one."""
        return self.text[:1] in "-–—~•*+_" and len(self.text) > 1

    @property
    def left(self) -> float | None:
        """The left end as a share of the page's width."""
        return self.box.x0 / self.width if self.box and self.width else None

    @property
    def right(self) -> float | None:
        """The right end as a share of the page's width."""
        return self.box.x1 / self.width if self.box and self.width else None

    @property
    def top(self) -> float | None:
        """The upper end as a share of the page's height."""
        return self.box.top / self.height if self.box and self.height else None

    @property
    def right_half(self) -> bool:
        """Whether it stands in the right column of head or foot."""
        return self.left is not None and self.left > 0.42


def printed(doc: Document) -> list[Printed]:
    """Return every line of the document as the rules see it."""
    return [
        Printed(
            span=span,
            text=line.text,
            folded=fold(line.text),
            page=page.number,
            box=line.box,
            width=page.width,
            height=page.height,
            confidence=min((word.confidence for word in line.words if word.confidence is not None), default=None),
        )
        for span, line, page in doc.lines()
    ]
