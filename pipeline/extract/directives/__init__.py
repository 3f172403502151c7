"""Finds what a dispatch orders, asks or plans: labelled items at the finest label, and unlabelled orders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.annotations import DateMention, Directive, Movement, ZoneKind
from pipeline.document import Document
from pipeline.extract.directives import orders
from pipeline.extract.directives.actions import of_passages
from pipeline.extract.directives.assignees import assignees
from pipeline.extract.directives.outline import BULLETS, Item, heading, outline
from pipeline.extract.directives.sections import PARTICULARS, Kind, kind_of, operative
from pipeline.extract.directives.verbs import first_verb
from pipeline.text.date_roles import roles
from pipeline.text.organizations import Organizations
from pipeline.text.passages import passages, zone
from pipeline.text.speaker import speaker
from pipeline.text.unicode import fold

CERTAIN = {"article": 0.96, "labelled": 0.92, "asked": 0.9, "loose": 0.75}
"""How often a directive found in that way is right."""


_UP_TO_LEVEL = re.compile(r".{6,}? (?:tinh|huyen|thanh pho|xa|phuong|quan)(?= )")
"""A body's name without that of its place: in its own papers `Sở … tỉnh` is enough."""
_HAPPENED = re.compile(r"\W*ngay \d.{0,100}?\b(?:ban hanh|co (?:cong van|van ban|ke hoach|quyet dinh)|da|nhan duoc)\b")
"""What a recital tells of a day that is past: `Ngày 03/4/2023, Sở … ban hành …`."""

_TELLS = ("can cu", "thuc hien", "xet ", "nhan ", "tren day", "thong tin", "lien he")
"""How paragraphs begin that tell on what ground, or whom to ask, though with a verb of work."""

_ABOVE_ALL = re.compile(r"\btrong do\b[^.;:]{0,60}:$")
"""With which an order goes on to what matters most in it: `…; trong đó lưu ý:`."""
_ANNOUNCES = re.compile(r"\b(?:noi dung|nhiem vu|cong viec|viec|van de|yeu cau)\b[\w\s]{0,20}\bsau(?: day)? ?:$")
"""How a sentence ends that holds nothing but the announcement: `… thực hiện các nội dung sau:`."""


def extract(doc: Document, directory: Organizations) -> Iterator[Directive]:
    """Yield the directives in reading order."""
    titles = zone(doc, ZoneKind.TITLE)
    kind = kind_of(doc.quote(titles[0].span) if titles and titles[0].span else None)
    items = outline(passages(doc))
    ordinals: dict[int, int] = {}
    own = issuer(doc)
    who = speaker(doc, directory)
    for item, how, lead in tasks(items, kind):
        if how == "loose" and fold(item.head).startswith(own) and not orders.orders(item.head.partition(": ")[2]):
            continue
        ordinals[id(item)] = len(ordinals) + 1
        outer = next((ordinals[id(at)] for at in list(item.line())[1:] if id(at) in ordinals), None)
        names = assignees(item, lead)
        yield Directive(
            span=item.span,
            confidence=CERTAIN[how],
            by="rule:directives",
            label=item.path,
            parent=outer,
            action=of_passages([passage.view.text.strip() for passage in item.passages]),
            assignees=names,
            assignee_ids=tuple(id_ for name in names if (id_ := who.resolve(name, directory))),
            deadline=deadline(doc, item),
            movement_id=movement(doc, item),
        )


def issuer(doc: Document) -> tuple[str, ...]:
    """Return how sentences name the body that issues: what it says that it does itself is no order."""
    zones = zone(doc, ZoneKind.AGENCY)
    lines = [fold(line).strip(" .,:;_-|") for z in zones if z.span for line in doc.quote(z.span).split("\n")]
    whole = " ".join(lines)
    names = {lines[-1], whole} if lines else set()
    names |= {match[0] for name in names if (match := _UP_TO_LEVEL.match(name))}
    if whole.startswith(("uy ban nhan dan", "ubnd")):
        names |= {"ubnd tinh", "uy ban nhan dan tinh", "ubnd huyen", "uy ban nhan dan huyen"}
        names |= {name.replace("uy ban nhan dan", "ubnd") for name in names}
    return tuple(sorted(name for name in names if len(name) > 5))


def tasks(items: Sequence[Item], kind: Kind) -> Iterator[tuple[Item, str, str | None]]:
    """Yield the items that are tasks, how each was found, and the lead-in above it."""
    lead: str | None = None
    asked = False
    labelled = any(item.label for item in items)
    for i, item in enumerate(items):
        if item.label is not None:
            asked = False
            own = own_order(item)
            if own is not None and operative(item, kind):
                yield own, ("article" if item.article else "labelled") if own.label else "asked", lead
            continue
        loose = items[i + 1] if i + 1 < len(items) and items[i + 1].label is None else None
        if leads(item, list(takewhile(lambda at: at.label is not None, items[i + 1 :])), loose):
            lead = item.head
            if len(item.passages) > 1:
                yield from bullets(item)
            continue
        before = labelled and not any(at.label for at in items[:i])
        how = unlabelled(item, before=before) or ("loose" if asked and goes_on(item) else None)
        asked = how is not None
        if how:
            yield item, how, None


def own_order(item: Item) -> Item | None:
    """Return what an item orders in its own words, None if it only stands above others.

    What is asked between a section's heading and its items is an order without a label.
    """
    if not item.children:
        return item
    if not orders_itself(item):
        return None
    below = item.passages[1:]
    if below and item.article is None and heading(item.head) and orders.asks(below[0].view.text):
        return Item(None, 0, below)
    return item


def orders_itself(item: Item) -> bool:
    """Tell whether an item with items below it orders something in its own words, before it announces them."""
    text, below = item.text.rstrip(), item.text[len(item.head) :].lstrip()
    if text.endswith(":"):
        above_all = _ABOVE_ALL.search(fold(text)) is not None and orders.asks(text) is not None
        return above_all or (len(below) > 60 and orders.commands(below))
    return len(below) > 60 or (not below and not heading(item.head) and len(item.head) > 120)


def leads(item: Item, below: Sequence[Item], loose: Item | None = None) -> bool:
    """Tell whether a loose paragraph only announces what stands below it, labelled or `loose`.

    One that asks, with nothing but time and place of it or its particulars below, is the order itself.
    """
    head = fold(item.head).rstrip()
    if not head.endswith(":"):
        return False
    if len(item.passages) == 1:
        if loose is not None:
            return _ANNOUNCES.search(head) is not None and unlabelled(loose, before=False) is not None
        where = [at for at in below if PARTICULARS.match(fold(at.head))]
        return bool(below) and not (orders.asks(item.head) and len(where) > 0.6 * len(below))
    if PARTICULARS.match(head) and not head.startswith(("luu y", "ghi chu")):
        return False
    commands = [orders.commands(passage.view.text) for passage in item.passages[1:]]
    if not orders.asks(item.head) and all(commands):
        return True
    if orders.asks(item.head) and not commands[0] and sum(commands) <= len(commands) / 2:
        return False
    announced = head.endswith(("sau:", "sau day:", "luu y:", "nhu sau :", "sau :"))
    return announced or (not orders.asks(item.head) and len(item.head) < 40)


def bullets(item: Item) -> Iterator[tuple[Item, str, str | None]]:
    """Yield each bullet below a lead-in that orders something, with what hangs on it."""
    found: list[Item] = []
    for passage in item.passages[1:]:
        if passage.paragraph.label == "-" or not found:
            found.append(Item(None, 0, [passage]))
        else:
            found[-1].passages.append(passage)
    for bullet in found:
        if orders.commands(bullet.head):
            yield bullet, "loose", item.head


def unlabelled(item: Item, *, before: bool) -> str | None:
    """Return how a loose paragraph orders something, None if it does not.

    What stands `before` the labelled items gives their background unless it asks in so many words.
    """
    text = fold(item.head)
    if text.startswith("tren day") or orders.informs(text) or (PARTICULARS.match(text) and not orders.asks(item.text)):
        return None
    if item.passages[0].paragraph.label in BULLETS:
        return "loose" if orders.orders(item.text) else None
    if orders.asks(item.text):
        return "asked"
    recital = (
        before or _HAPPENED.match(text) or text.startswith(("can cu", "thuc hien", "xet ", "theo ", "de ", "nham "))
    )
    return "loose" if not recital and orders.orders(item.text) else None


def goes_on(item: Item) -> bool:
    """Tell whether a paragraph right below an order goes on ordering: it begins with a verb of work."""
    text = fold(item.head)
    told = text.startswith(_TELLS) or text.rstrip().endswith(":")
    begins = first_verb(item.head)
    return not told and not orders.informs(text) and begins is not None and begins[0] == 0


def deadline(doc: Document, item: Item) -> str | None:
    """Return the earliest day by which something in an item is due.

    The table of dates holds each deadline once, where it stands first; the item's own words tell the others.
    """
    known = doc.of(DateMention)
    issued = next((date.start for date in known if date.role == "issued"), "")
    cited = frozenset(date.start for date in known if date.role == "cited")
    days = [date.end for date in known if date.role == "deadline" and date.span and item.span.contains(date.span)]
    for passage in item.passages:
        found = roles(passage.view.text, cited, issued)
        days += [one.last.isoformat() for one, role in found if role == "deadline"]
    return min(days, default=None)


def movement(doc: Document, item: Item) -> str | None:
    """Return the movement that an item speaks of first."""
    text = fold(item.text)
    found = [(text.find(fold(m.name)), m.movement_id) for m in doc.of(Movement)]
    return min((pair for pair in found if pair[0] >= 0), default=(0, None))[1]
