"""The outline of a body: labelled items with the paragraphs that belong to each, and loose paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.document import Span
from pipeline.text.passages import Passage
from pipeline.text.unicode import fold

BULLETS = {"-", "+"}
_PERSON = re.compile(
    r"^\W{0,2}(ong|ba|d/c|dong chi|bs|ths|ts|pgs|gs|thay|co)\b[.: ]|"
    r"[,:-] .{0,60}\b(pho|uy vien|thanh vien|truong ban|thu ky|chu tich|giam doc)\b.{0,60}$"
)


@dataclass(slots=True)
class Item:
    """A labelled item, or a loose paragraph (label None) with the bullets below it."""

    label: str | None
    level: int
    passages: list[Passage]
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The text of the first paragraph."""
        return self.passages[0].view.text.strip()

    @property
    def text(self) -> str:
        """The whole own text on one line."""
        return " ".join(passage.view.text.strip() for passage in self.passages)

    @property
    def span(self) -> Span:
        """Where the own text stands."""
        first, last = self.passages[0].paragraph.span, self.passages[-1].paragraph.span
        assert first is not None
        assert last is not None
        return Span(first.start, last.end)

    @property
    def article(self) -> Item | None:
        """The Điều that this item is or stands in."""
        return next((item for item in self.line() if (item.label or "").startswith("Điều")), None)

    def line(self) -> Iterator[Item]:
        """Yield the item and the items that it stands in, from the inside."""
        at: Item | None = self
        while at is not None:
            yield at
            at = at.parent

    @property
    def path(self) -> str | None:
        """The labels from the outside in, joined with a dot: II.1.a, Điều 3.1."""
        if self.label is None:
            return None
        labels = [item.label for item in self.line() if item.label]
        kept: list[str] = []
        for label in labels:
            inner = kept[-1] if kept else ""
            if label.startswith(("Chương", "Mục")) and kept:
                continue  # articles are numbered through them
            if inner.startswith(f"{label}.") or (inner.startswith("Điều") and not label.startswith("Điều")):
                continue
            kept.append(label)
        return ".".join(reversed(kept))


def outline(passages: Sequence[Passage]) -> list[Item]:
    """Return labelled items and loose paragraphs in reading order."""
    items: list[Item] = []
    open_items: list[Item] = []
    for passage in passages:
        label, level = passage.paragraph.label, passage.paragraph.level
        if label is None or label in BULLETS:
            _below(items, open_items, passage)
            continue
        while open_items and open_items[-1].level >= level:
            open_items.pop()
        item = Item(label, level, [passage], parent=open_items[-1] if open_items else None)
        if item.parent:
            item.parent.children.append(item)
        open_items.append(item)
        items.append(item)
    _fold_names(items)
    _free_tail(items)
    return items


def _below(items: list[Item], open_items: list[Item], passage: Passage) -> None:
    """Put a paragraph without a number under the item above it, or where it stands alone."""
    bullet = passage.paragraph.label in BULLETS
    if (items and (open_items or (bullet and _announces(items[-1])))) or (items and passage.paragraph.label == "+"):
        items[-1].passages.append(passage)
    else:
        items.append(Item(None, 0, [passage]))


def _announces(item: Item) -> bool:
    """Tell whether bullets may hang on a loose paragraph: it ends with a colon, or already has some."""
    last = item.passages[-1]
    return item.head.rstrip().endswith(":") and (len(item.passages) == 1 or last.paragraph.label in BULLETS)


def _fold_names(items: list[Item]) -> None:
    """Give an Điều the numbered persons below it as its own text."""
    for item in list(items):
        names = [child for child in item.children if not child.children]
        if item.article is None or len(names) < 2 or len(names) != len(item.children):
            continue
        if sum(bool(_PERSON.search(fold(child.text))) for child in names) < 0.6 * len(names):
            continue
        for child in names:
            item.passages.extend(child.passages)
            items.remove(child)
        item.children.clear()


def _free_tail(items: list[Item]) -> None:
    """Let paragraphs after the last item of a body without Điều stand alone."""
    if not items or items[-1].label is None or items[-1].article is not None:
        return
    last = items[-1]
    keep = 1
    title = last.head.rstrip().endswith(":") or last.head.isupper()
    bare = heading(last.head) and not re.search(r"\d{1,2}/\d{1,2}/\d{4}|@", last.head)
    if len(last.passages) > 1 and bare and (title or not closes(last.passages[1].view.text)):
        keep = 2
    while keep < len(last.passages) and (
        last.passages[keep].paragraph.label in BULLETS
        or (heading(last.head) and keep + 1 < len(last.passages) and not closes(last.passages[keep].view.text))
    ):
        keep += 1
    loose = last.passages[keep:]
    del last.passages[keep:]
    for passage in loose:
        if passage.paragraph.label in BULLETS and items[-1].label is None and _announces(items[-1]):
            items[-1].passages.append(passage)
        else:
            items.append(Item(None, 0, [passage]))


_CLOSES = re.compile(
    r"^\W{0,3}(tren day|trong qua trinh|qua trinh|de n?ghi|yeu cau|giao |nhan duoc|vay\b|kinh |can cu |"
    r"(chi thi|ke hoach|chuong trinh|huong dan|thong bao|quy dinh|nghi quyet|quyet dinh|van ban)[\w\s]{0,30} nay|"
    r"phat huy|moi (thong tin|vuong mac|chi tiet)|(trong )?truong hop|neu |ub|uy ban [\w\s]{3,60}(de nghi|yeu cau)|"
    r"(so|ban|phong|cuc|chi cuc|vien|toa an|truong|trung tam|lien doan|cong doan|hoi|doan|tinh doan|huyen doan) "
    r"[\w\s,-]{2,70}? (kinh (trinh|de nghi|bao cao|mong|moi|thong bao)|tran trong|de nghi|yeu cau|rat mong))"
)


def closes(text: str) -> bool:
    """Tell whether a paragraph begins as those at the end of a dispatch do."""
    return bool(_CLOSES.match(fold(text.lstrip("_| "))))


def heading(text: str) -> bool:
    """Tell whether a paragraph is a mere heading: no sentence ends in it."""
    text = text.strip()
    ended = text.endswith((".", ";", "!", "/")) or ". " in text
    return len(text) < 250 and not ended
