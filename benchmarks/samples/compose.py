"""Makes dispatches: chooses a body, a kind and words, and writes down what it chose."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from benchmarks.samples import chance, content, words
from benchmarks.samples.chance import Issuer
from benchmarks.samples.content import Content, Theme
from benchmarks.samples.truth import Arrival, Dispatch, Movement, Piece, Recipient, join

_FIRST: Final = date(2010, 1, 4)
_LAST: Final = date(2025, 11, 28)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of dispatch: its printed name, its abbreviation, how its body is made, and its weight."""

    name: str
    code: str
    body: Callable[[random.Random, Theme], Content]
    weight: int
    forms: tuple[str, ...] = ("state", "party", "union", "youth")


KINDS: Final = (
    Kind("Công văn", "CV", content.letter, 5),
    Kind("Kế hoạch", "KH", content.plan, 5),
    Kind("Quyết định", "QĐ", content.decision, 4, ("state", "union", "youth")),
    Kind("Thông báo", "TB", content.letter, 2),
    Kind("Chỉ thị", "CT", content.letter, 2, ("state", "party")),
    Kind("Hướng dẫn", "HD", content.plan, 2),
    Kind("Phát động", "PĐ", content.plan, 2, ("union", "youth")),
)


def make(count: int, *, seed: int) -> Iterator[Dispatch]:
    """Yield `count` dispatches; the same seed gives the same dispatches, however many are asked for."""
    for n in range(count):
        yield one(random.Random(f"{seed}:{n}"), slug=f"s{seed}-{n:05d}")


def one(rng: random.Random, *, slug: str) -> Dispatch:
    """Make one dispatch."""
    by = chance.issuer(rng)
    kinds = [kind for kind in KINDS if by.body.form in kind.forms]
    (kind,) = rng.choices(kinds, [kind.weight for kind in kinds])
    issued = chance.day(rng, _FIRST, _LAST)
    subject, launched = _subject(rng, kind, issued)
    theme = Theme(by, issued, kind.name, rng.choice(words.TOPICS), subject.text, launched)
    made = kind.body(rng, theme)
    letter = kind.name == "Công văn"
    addressed = letter or (kind.name in ("Thông báo",) and rng.random() < 0.4)
    authorities, position = _signing(rng, by)
    recipients, brace = _recipients(rng, by, addressed)
    return Dispatch(
        slug=slug,
        form=by.body.form,
        parent_agency=by.fill(by.body.parent) if by.body.parent else None,
        agency_lines=tuple(by.fill(line) for line in by.body.lines),
        number=f"{rng.randrange(1, 3000):02d}",
        notation=_notation(by, kind),
        place=by.place,
        issued_on=issued.isoformat(),
        type_name=kind.name,
        title=None if letter else kind.name.upper(),
        subject_prefix="V/v " if letter else "Về việc " if subject.text[0].islower() else "",
        subject=subject.text,
        addressees=_addressees(rng) if addressed else (),
        body=made.items,
        directives=made.directives,
        recipients=recipients,
        brace=brace,
        authorities=authorities,
        position=position,
        signer=chance.person(rng),
        urgency=rng.choice(("KHẨN", "HỎA TỐC")) if rng.random() < 0.06 else None,
        arrival=_arrival(rng, issued) if rng.random() < 0.3 else None,
        handwritten=rng.random() < 0.4,
        appendix=_appendix(rng) if kind.name in ("Kế hoạch", "Quyết định") and rng.random() < 0.4 else (),
        subject_pieces=subject,
    )


def _subject(rng: random.Random, kind: Kind, issued: date) -> tuple[Piece, str | None]:
    """Return the subject, and the movement that the dispatch launches."""
    topic = rng.choice(words.TOPICS)
    if kind.name == "Phát động" or (kind.body is content.plan and rng.random() < 0.5):
        name = rng.choice(words.OWN_MOVEMENTS)
        lead = "Phong trào thi đua" if kind.name == "Phát động" else "Phát động phong trào thi đua"
        claim = Piece(f"{lead} “{name}” ", movements=(Movement(name, "movement", launched=True),))
        return join(claim, chance.period(rng, issued.year)), name
    if kind.name == "Quyết định":
        return Piece(f"ban hành Quy định về {topic}"), None
    if kind.body is content.plan:
        return join(f"Triển khai công tác {topic} ", chance.period(rng, issued.year)), None
    return Piece(f"tăng cường công tác {topic}"), None


def _notation(by: Issuer, kind: Kind) -> str:
    if by.body.form == "party":
        return f"{kind.code}/{by.body.code}"
    return f"{by.body.code}-{by.body.office}" if kind.code == "CV" else f"{kind.code}-{by.body.code}"


def _signing(rng: random.Random, by: Issuer) -> tuple[tuple[str, ...], str]:
    """Return the lines of authority and the signer's position."""
    body = by.body
    authority = (body.authority,) if body.authority else ()
    if rng.random() < 0.4:
        return authority, body.chief
    sole = body.form == "party" and not body.authority
    stands_in = (f"KT. {body.chief}",) if body.form == "state" else (f"K/T {body.chief}",) if sole else ()
    return authority + stands_in, body.deputy


def _recipients(
    rng: random.Random, by: Issuer, addressed: bool
) -> tuple[tuple[Recipient, ...], tuple[int, int] | None]:
    """Return the recipients; now and then one brace gives its purpose to several rows."""
    reported = rng.sample(words.REPORTED_TO, rng.randint(1, 3))
    others = rng.sample(words.INFORMED[1:], rng.randint(1, 4))
    brace: tuple[int, int] | None = None
    first = [Recipient("Như trên")] if addressed else []
    if len(reported) > 1 and rng.random() < 0.4:
        brace = (len(first), len(first) + len(reported))
    purpose = rng.choice(("b/c", "báo cáo"))
    rows = [
        *first,
        *(Recipient(name, purpose if brace or rng.random() < 0.7 else None) for name in reported),
        *(Recipient(name, rng.choice(words.PURPOSES) if rng.random() < 0.3 else None) for name in others),
        Recipient(f"VT, {by.body.office}", archive=True),
    ]
    return tuple(rows), brace


def _addressees(rng: random.Random) -> tuple[str, ...]:
    return tuple(rng.sample(words.GROUPS, rng.randint(1, 3)))


def _arrival(rng: random.Random, issued: date) -> Arrival:
    when = issued + timedelta(days=rng.randint(1, 9))
    return Arrival(str(rng.randrange(10, 4000)), when.isoformat())


def _appendix(rng: random.Random) -> tuple[tuple[str, ...], ...]:
    units = rng.sample(words.UNITS, rng.randint(3, 6))
    rows = ((str(n), unit, f"{rng.randint(2, 40):02d}") for n, unit in enumerate(units, start=1))
    return (("TT", "Đơn vị", "Chỉ tiêu"), *rows)
