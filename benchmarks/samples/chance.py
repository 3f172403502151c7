"""Small random facts: people, days, documents referred to, movements."""

from __future__ import annotations

import random
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from benchmarks.samples import words
from benchmarks.samples.truth import Date, Movement, Piece, Reference, join

_TYPES: Final = (
    ("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT"), ("Hướng dẫn", "HD"), ("Thông báo", "TB"),
    ("Nghị quyết", "NQ"), ("Chương trình", "CTr"),
)  # fmt: skip
_LAWS: Final = (
    ("Luật Thi đua, khen thưởng", "2003-11-26", "2022-06-15"),
    ("Luật Thi đua, khen thưởng", "2022-06-15", "2100-01-01"),
    ("Luật Tổ chức chính quyền địa phương", "2015-06-19", "2025-02-19"),
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body at a place."""

    body: words.Body
    province: str
    district: str

    def fill(self, text: str) -> str:
        """Return text with the place's names filled in, in capitals for `{P}` and `{D}`."""
        return text.format(P=self.province.upper(), D=self.district.upper(), p=self.province, d=self.district)

    @property
    def place(self) -> str:
        """Where its dispatches are dated."""
        return self.district if self.body.at_district else self.province

    @property
    def spoken(self) -> str:
        """How its texts name it."""
        return self.fill(self.body.spoken)


def issuer(rng: random.Random) -> Issuer:
    """Choose a body and a place."""
    return Issuer(rng.choice(words.BODIES), rng.choice(words.PROVINCES), rng.choice(words.DISTRICTS))


def person(rng: random.Random) -> str:
    """Make up a person's name."""
    return f"{rng.choice(words.FAMILIES)} {rng.choice(words.MIDDLES)} {rng.choice(words.GIVEN)}"


def day(rng: random.Random, first: date, last: date) -> date:
    """Choose a day, both ends included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def written(rng: random.Random, when: date) -> str:
    """Write a day in one of the usual ways, without the word `ngày` before it."""
    return rng.choice(
        (
            f"{when.day:02d}/{when.month}/{when.year}" if when.month > 2 else f"{when:%d/%m/%Y}",
            f"{when:%d/%m/%Y}",
            f"{when.day:02d} tháng {when.month:02d} năm {when.year}",
            f"{when.day:02d} tháng {when.month if when.month > 2 else f'{when.month:02d}'} năm {when.year}",
        )
    )


def dated(rng: random.Random, when: date, role: str) -> Piece:
    """Write `ngày …` with its claim."""
    text = f"ngày {written(rng, when)}"
    iso = when.isoformat()
    return Piece(text, dates=(Date(text, iso, iso, role),), deadline=iso if role == "deadline" else None)


def period(rng: random.Random, year: int) -> Piece:
    """Write what a plan covers: a year, mostly; now and then a quarter, a month, a term or a school year."""
    quarter, month = rng.randint(1, 4), rng.randint(1, 12)
    last = monthrange(year, month)[1]
    choices = (
        (f"năm {year}", f"{year}-01-01", f"{year}-12-31"),
        (f"quý {('I', 'II', 'III', 'IV')[quarter - 1]} năm {year}", *_quarter(year, quarter)),
        (f"tháng {month} năm {year}", f"{year}-{month:02d}-01", f"{year}-{month:02d}-{last}"),
        (f"giai đoạn {year} - {year + 5}", f"{year}-01-01", f"{year + 5}-12-31"),
        (f"năm học {year}-{year + 1}", f"{year}-01-01", f"{year + 1}-12-31"),
    )
    ((text, start, end),) = rng.choices(choices, (5, 1, 1, 2, 1))
    return Piece(text, dates=(Date(text, start, end, "period"),))


def _quarter(year: int, quarter: int) -> tuple[str, str]:
    first, last = 3 * quarter - 2, 3 * quarter
    return f"{year}-{first:02d}-01", f"{year}-{last:02d}-{monthrange(year, last)[1]}"


def event(rng: random.Random, before: date) -> Piece:
    """Write a sentence about a meeting of the weeks before."""
    when = dated(rng, day(rng, before - timedelta(days=60), before - timedelta(days=2)), "event")
    return join("Hội nghị giao ban ", when, " đã thống nhất chủ trương này.")


def due(rng: random.Random, after: date) -> Piece:
    """Write a deadline some weeks after a day."""
    when = day(rng, after + timedelta(days=10), after + timedelta(days=90))
    return join(rng.choice((", hoàn thành trước ", ", xong trước ", " chậm nhất ")), dated(rng, when, "deadline"))


def reference(rng: random.Random, by: Issuer, before: date, relation: str) -> Piece:
    """Refer to a document of the body above or of the issuer itself."""
    name, code = rng.choice(_TYPES)
    number = f"{rng.randrange(1, 900):02d}"
    higher = rng.random() < 0.6
    party = by.body.form == "party"
    spoken = (f"Tỉnh ủy {by.province}" if party else f"Ủy ban nhân dân tỉnh {by.province}") if higher else by.spoken
    agency = ("TU" if party else "UBND") if higher else by.body.code
    notation = f"{code}/{agency}" if party else f"{code}-{agency}"
    text = f"{name} số {number}{'-' if party else '/'}{notation}"
    when = day(rng, before - timedelta(days=500), before - timedelta(days=3))
    cited = dated(rng, when, "cited")
    claim = Reference(text, name, number, notation, when.isoformat(), spoken, relation)
    return join(Piece(text, references=(claim,)), " ", cited, f" của {spoken}")


def law(rng: random.Random, before: date) -> Piece | None:
    """Refer to a law that was in force on a day."""
    found = [(name, day) for name, day, until in _LAWS if day < before.isoformat() <= until]
    if not found:
        return None
    name, iso = rng.choice(found)
    when = date.fromisoformat(iso)
    text = f"ngày {when.day} tháng {when.month} năm {when.year}"
    claim = Reference(name, "Luật", None, None, iso, None, "basis")
    return join(Piece(name, references=(claim,)), " ", Piece(text, dates=(Date(text, iso, iso, "cited"),)))


def movement(rng: random.Random) -> Piece:
    """Mention a national movement, campaign or programme by its name."""
    name, kind = rng.choice(words.KNOWN_MOVEMENTS)
    lead = {"movement": "phong trào thi đua", "campaign": "cuộc vận động", "programme": "chương trình"}[kind]
    return Piece(f"{lead} “{name}”", movements=(Movement(name, kind),))
