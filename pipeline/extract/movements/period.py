"""When a movement runs: the period in its name, just behind it, or where the launching dispatch tells its time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotations import DateMention
from pipeline.document import Document, Span, View
from pipeline.extract.movements.mentions import Mention
from pipeline.text.names import aligned
from pipeline.text.passages import passages

_TO_PERIOD = re.compile(r"[”\"»’*\s(]*(?:trong\s+|tu\s+|cua\s+)?(?:giai doan\s+|nhiem ky\s+)?")
_TIME_OF_IT = re.compile(
    r"(?:dot thi dua|phong trao|thoi gian)\b[^.;]{0,40}(?:bat dau|tu ngay|tu thang|tu nam|keo dai|:)"
    r"|\bthoi gian thuc hien\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A mention with its way back to the document, and whether it stands in the heading."""

    mention: Mention
    view: View
    heading: bool

    @property
    def span(self) -> Span:
        """The name's span in the document."""
        return self.view.span(self.mention.start, self.mention.end)


def period(doc: Document, group: Sequence[Found], *, launched: bool) -> tuple[str | None, str | None]:
    """Return the first and last day of a movement, as far as the dispatch tells them."""
    periods = [date for date in doc.of(DateMention) if date.role == "period"]
    for date in _candidates(doc, group, periods, launched=launched):
        return date.start, date.end
    return None, None


def _candidates(
    doc: Document, group: Sequence[Found], periods: Sequence[DateMention], *, launched: bool
) -> Iterator[DateMention]:
    for one in group:
        near = (date for date in periods if date.span and _belongs(one, date.span))
        yield from (date for date in near if launched or _lasts(one, date))
        if launched and one.mention.launch and not one.heading:
            yield from _inside(one.view.span(one.mention.start, len(one.view.text)), periods)
    if launched:
        for passage in passages(doc):
            if passage.paragraph.span and _TIME_OF_IT.search(aligned(passage.view.text)):
                yield from _inside(passage.paragraph.span, periods)


def _lasts(one: Found, date: DateMention) -> bool:
    """Tell the years of a movement from the time that a report on it covers: `phong trào “…” 9 tháng đầu năm 2020`."""
    named = date.span is not None and one.span.overlaps(date.span)
    return named or date.start[:4] < date.end[:4]


def _inside(span: Span, periods: Sequence[DateMention]) -> Iterator[DateMention]:
    return (date for date in periods if date.span and span.contains(date.span))


def _belongs(one: Found, date: Span) -> bool:
    """Tell whether a date stands in the name, or behind it with nothing but `trong`, `từ`, `giai đoạn` between."""
    if one.span.overlaps(date):
        return True
    if date.start < one.span.end or date.start not in one.view.offsets:
        return False
    between = one.view.text[one.mention.end : one.view.offsets.index(date.start)]
    return bool(_TO_PERIOD.fullmatch(aligned(between)))
