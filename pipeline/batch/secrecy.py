"""Law 4: a dispatch that bears a secrecy stamp is kept out of everything until a person releases it.

The stamp is what the reader or the heading stage found; beside it stands a check of its own on the lines as read,
so that a stage that failed lets no secret through.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.annotations import Field
from pipeline.document import Document, Line, Page
from pipeline.text.secrecy import Level, level
from pipeline.text.unicode import flat

_HEAD_LINES = 40  # a stamp stands at the head of a first page
_HEAD = 0.6  # ... in this share of its height
_OPENS = ("cong hoa xa hoi chu nghia", "dang cong san viet nam")
_COLUMN = ("do mat", "muc do mat", "do mat cua")


def evidence(document: Document) -> str | None:
    """Return where a document says that it is secret, or None; the answer holds no other text of it."""
    for claim in document.of(Field):
        if claim.name == "secrecy":
            return f"{claim.value}, {f'page {document.page_of(claim.span)}' if claim.span else 'outside the text'}"
    for number, page in enumerate(document.pages):
        if (number == 0 or opens(page)) and (found := stamp(page)):
            return f"{found}, page {page.number}"
    return None


def opens(page: Page) -> bool:
    """Tell whether a page is the first of a dispatch: it has the motto of the state or of the Party at its head."""
    return any(words in flat(line.text) for line in page.lines[:_HEAD_LINES] for words in _OPENS)


def stamp(page: Page) -> Level | None:
    """Return the level of secrecy at the head of a page; a column of a table that names such levels is none."""
    for line in _head(page):
        if flat(line.text).strip(" :.|") in _COLUMN:
            return None
        if found := level(line.text):
            return found
    return None


def _head(page: Page) -> Iterator[Line]:
    """Yield the lines at the head of a page, where they have places by these."""
    for line in page.lines[:_HEAD_LINES] if page.height is None else page.lines:
        box = line.box
        if box is None or page.height is None or box.top < _HEAD * page.height:
            yield line
