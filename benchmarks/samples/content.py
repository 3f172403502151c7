"""The bodies of dispatches: plans in sections, decisions in articles, letters and notices in items.

A label is printed as offices print it (`II.`, `1.`, `a)`, `Điều 2.`); its path is what gold files hold.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from benchmarks.samples import chance, words
from benchmarks.samples.chance import Issuer
from benchmarks.samples.truth import Directive, Item, Piece, join


@dataclass(frozen=True, slots=True)
class Theme:
    """What a dispatch is about."""

    issuer: Issuer
    issued: date
    type_name: str
    topic: str
    subject: str
    movement: str | None  # the movement that it launches


@dataclass(frozen=True, slots=True)
class Content:
    """A body and the directives in it."""

    items: tuple[Item, ...]
    directives: tuple[Directive, ...]


def plan(rng: random.Random, theme: Theme) -> Content:
    """Make a body in Roman sections: aims, tasks, who does what."""
    aims = (
        Item(_opening(rng, theme, "ban hành"), style="plain"),
        Item(Piece("MỤC ĐÍCH, YÊU CẦU"), "I.", "section"),
        Item(Piece("Mục đích"), "1.", "heading"),
        Item(Piece(_filled(rng, theme, words.PURPOSE_TEXTS))),
        Item(Piece("Yêu cầu"), "2.", "heading"),
        Item(Piece(_filled(rng, theme, words.DEMAND_TEXTS))),
    )
    demand = Directive("I.2", aims[-1].piece.text, optional=True)
    tasks = _numbered(rng, theme, "II", rng.randint(3, 6), _task)
    who = _numbered(rng, theme, "III", rng.randint(2, 4), _assigned)
    closing = Piece(
        f"Trên đây là {theme.type_name} {_lower(theme.subject)}, đề nghị các đơn vị nghiêm túc triển khai thực hiện./."
    )
    return Content(
        (
            *aims,
            Item(Piece("NỘI DUNG"), "II.", "section"),
            *tasks.items,
            Item(Piece("TỔ CHỨC THỰC HIỆN"), "III.", "section"),
            *who.items,
            Item(closing),
        ),
        (demand, *tasks.directives, *who.directives, Directive(None, closing.text, optional=True)),
    )


def decision(rng: random.Random, theme: Theme) -> Content:
    """Make a body of grounds and articles."""
    law = chance.law(rng, theme.issued)
    grounds = [join("Căn cứ ", law, ";")] if law else []
    grounds.append(join("Căn cứ ", chance.reference(rng, theme.issuer, theme.issued, "basis"), f" về {theme.topic};"))
    grounds.append(Piece(f"Theo đề nghị của {rng.choice(words.UNITS)}."))
    body = theme.issuer.body
    head = theme.issuer.fill(" ".join(body.lines)) if body.authority else f"{body.chief} {' '.join(body.lines)}"
    first = Piece(f"Ban hành kèm theo Quyết định này Quy định về {theme.topic}.")
    second = _assigned(rng, theme)
    units = ", ".join(rng.sample(words.UNITS, 3))
    third = Piece(
        f"Quyết định này có hiệu lực kể từ ngày ký. {units} và các đơn vị, cá nhân có liên quan chịu trách nhiệm thi "
        "hành Quyết định này./."
    )
    articles = (first, second, third)
    return Content(
        (
            Item(Piece(head), style="order"),
            *(Item(ground, style="ground") for ground in grounds),
            Item(Piece("QUYẾT ĐỊNH:"), style="order"),
            *(Item(piece, f"Điều {n}.", "article") for n, piece in enumerate(articles, start=1)),
        ),
        tuple(_directive(f"Điều {n}", piece) for n, piece in enumerate(articles, start=1)),
    )


def letter(rng: random.Random, theme: Theme) -> Content:
    """Make the body of a công văn or a notice: why, what, and by when to report."""
    opening = join(
        "Thực hiện ",
        chance.reference(rng, theme.issuer, theme.issued, "carries_out"),
        f" về {theme.topic}, {theme.issuer.spoken} yêu cầu các đơn vị thực hiện một số nội dung sau:",
    )
    tasks = _numbered(rng, theme, "", rng.randint(2, 5), _task)
    office = rng.choice(words.UNITS)
    closing = join(
        f"Yêu cầu các đơn vị báo cáo kết quả thực hiện về {theme.issuer.spoken} (qua {office})",
        " trước ",
        chance.dated(rng, chance.day(rng, theme.issued, theme.issued.replace(month=12, day=31)), "deadline"),
        "./.",
    )
    met = join(" ", chance.event(rng, theme.issued)) if rng.random() < 0.4 else Piece("")
    background = Item(join(_filled(rng, theme, words.BACKGROUNDS), met))
    final = Directive(None, closing.text, ("các đơn vị",), closing.deadline)
    return Content((background, Item(opening), *tasks.items, Item(closing)), (*tasks.directives, final))


def _opening(rng: random.Random, theme: Theme, verb: str) -> Piece:
    launch = f" và phát động phong trào thi đua “{theme.movement}”" if theme.movement else ""
    return join(
        "Thực hiện ",
        chance.reference(rng, theme.issuer, theme.issued, "carries_out"),
        f" về {theme.topic}, {theme.issuer.spoken} {verb} {theme.type_name}{launch}, cụ thể như sau:",
    )


def _numbered(
    rng: random.Random, theme: Theme, section: str, count: int, make: Callable[[random.Random, Theme], Piece]
) -> Content:
    """Make numbered items; now and then one is parted into letters."""
    items: list[Item] = []
    directives: list[Directive] = []
    for n in range(1, count + 1):
        path = f"{section}.{n}" if section else str(n)
        if make is _task and rng.random() < 0.2:
            items.append(Item(Piece(f"Về {rng.choice(words.TOPICS)}:"), f"{n}.", "item"))
            for letter in "abc"[: rng.randint(2, 3)]:
                piece = make(rng, theme)
                items.append(Item(piece, f"{letter})", "item"))
                directives.append(_directive(f"{path}.{letter}", piece))
            continue
        piece = make(rng, theme)
        items.append(Item(piece, f"{n}.", "item"))
        dashes = _dashes(rng, theme) if make is _task and rng.random() < 0.15 else ()
        items += [Item(dash, "-", "item") for dash in dashes]
        directives.append(_directive(path, join(piece, *(join(" - ", dash) for dash in dashes))))
    return Content(tuple(items), tuple(directives))


def _dashes(rng: random.Random, theme: Theme) -> tuple[Piece, ...]:
    """Make the particulars of an item, which belong to its text."""
    return tuple(_task(rng, theme) for _ in range(rng.randint(2, 3)))


def _task(rng: random.Random, theme: Theme) -> Piece:
    text = rng.choice(words.TASKS).format(topic=rng.choice((theme.topic, *words.TOPICS)), n=f"{rng.randint(2, 9):02d}")
    chosen = rng.random()
    if chosen < 0.3:
        return join(text[:-1], ", gắn với ", chance.movement(rng), ".")
    if chosen < 0.6:
        return join(text[:-1], chance.due(rng, theme.issued), ".")
    return Piece(text)


def _assigned(rng: random.Random, theme: Theme) -> Piece:
    unit, other = rng.sample(words.UNITS, 2)
    text = rng.choice(words.ASSIGNED).format(topic=theme.topic, other=other)
    who = Piece(unit, assignees=(unit,))
    return join(who, f" {text}", chance.due(rng, theme.issued) if rng.random() < 0.6 else "", ".")


def _directive(label: str | None, piece: Piece) -> Directive:
    return Directive(label, piece.text, piece.assignees, piece.deadline)


def _filled(rng: random.Random, theme: Theme, texts: tuple[str, ...]) -> str:
    return rng.choice(texts).format(topic=theme.topic)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
