"""Table `movements`: the named emulation movements, campaigns and programmes of a dispatch, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from pipeline.annotations import DateMention, Field, Movement, ZoneKind
from pipeline.document import Document, Span, View
from pipeline.extract.movements.mentions import Mention, is_name, mentions
from pipeline.extract.movements.registry import Registry, bare, count
from pipeline.text.match import Gazetteer
from pipeline.text.names import aligned
from pipeline.text.passages import furniture, passages, zone

_QUOTED, _KNOWN, _GUESSED, _SUBJECT = 0.93, 0.9, 0.7, 0.9
_LAUNCHES = re.compile(
    r"\bphat dong\s+(?:va\s+\w+\s+\w+\s+)?(?:cac\s+)?(?:phong trao\s+|dot\s+)?"
    r"(?P<name>(?:thi dua\b|(?<=phong trao )\w).*)$"
)
_PROPOSES = re.compile(r"\W*(?:to trinh|bao cao|bien ban)\b")
_AS_FOLLOWS = re.compile(r"\b(?:sau|sau day|nhu sau)\s*:")
_NEAR = 60  # characters after a name within which its period may stand


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention with its way back to the document."""

    mention: Mention
    view: View
    heading: bool

    @property
    def span(self) -> Span:
        return self.view.span(self.mention.start, self.mention.end)


def extract(doc: Document, nlp: Language, gazetteer: Gazetteer) -> Iterator[Movement]:
    """Yield each named movement once, in the order of first mention."""
    heading = _heading(doc)
    views = [*([heading] if heading else []), *(passage.view for passage in passages(doc))]
    found = [_Found(m, view, view is heading) for view in views for m in mentions(view.text, nlp)]
    subject = _launched_subject(heading) if heading else None
    if heading and subject and not any(f.heading for f in found):
        found.insert(0, _Found(subject, heading, heading=True))
    registry = Registry(gazetteer)
    texts = [aligned(view.text) for view in views]
    for group in _groups(found, registry):
        yield _movement(doc, group, registry, texts, proposing=bool(heading and _PROPOSES.match(aligned(heading.text))))


def _heading(doc: Document) -> View | None:
    """Return the type's name and the subject as one text."""
    spans = [z.span for z in zone(doc, ZoneKind.TITLE, ZoneKind.SUBJECT) if z.span]
    if not spans:
        return None
    return doc.view(Span(min(s.start for s in spans), max(s.end for s in spans)), furniture(doc))


def _launched_subject(heading: View) -> Mention | None:
    """Return the movement without quotes that the subject says is launched, named as there."""
    match = _LAUNCHES.search(aligned(heading.text))
    if match is None:
        return None
    name = heading.text[match.start("name") :].strip(" .*()")
    if not is_name(name) or not is_name(bare(name)):
        return None
    start = match.start("name")
    return Mention(name, start, start + len(name), "movement", quoted=False, launching=True)


def _groups(found: Sequence[_Found], registry: Registry) -> list[list[_Found]]:
    groups: list[list[_Found]] = []
    for one in found:
        for group in groups:
            if registry.same(group[0].mention.name, one.mention.name):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _movement(
    doc: Document, group: Sequence[_Found], registry: Registry, texts: Sequence[str], *, proposing: bool
) -> Movement:
    best = max(group, key=lambda one: (one.heading, one.mention.quoted))
    name = best.mention.name
    entry = registry.known(name)
    launched = not proposing and _launched(group)
    start, end = _period(doc, group, launched=launched)
    agency = next((f.value for f in doc.of(Field) if f.name == "agency"), None)
    return Movement(
        span=best.span,
        confidence=_confidence(best, known=entry is not None),
        by="rule:movements",
        name=name,
        kind=_kind(group, entry.more.get("kind") if entry else None),
        movement_id=registry.id(name),
        launched=launched,
        launched_by=agency if launched else next((f.mention.launched_by for f in group if f.mention.launched_by), None),
        period_start=start,
        period_end=end,
        mentions=max(len(group), count(name, texts)),
    )


def _confidence(best: _Found, *, known: bool) -> float:
    if best.mention.quoted:
        return _QUOTED
    if best.heading:
        return _SUBJECT
    return _KNOWN if known else _GUESSED


def _kind(group: Sequence[_Found], known: str | None) -> str:
    """Return the kind that the dispatch itself says most often; the gazetteer decides between equals."""
    kinds = [one.mention.kind for one in group]
    return max(kinds, key=lambda kind: (kinds.count(kind), kind == known))


def _launched(group: Sequence[_Found]) -> bool:
    """Tell whether the dispatch launches it: its subject says so, or a sentence that its tasks follow."""
    for one in group:
        if not one.mention.launching:
            continue
        after = aligned(one.view.text[one.mention.end :])
        if one.heading or any(other.heading for other in group) or _AS_FOLLOWS.search(after):
            return True
    return False


def _period(doc: Document, group: Sequence[_Found], *, launched: bool) -> tuple[str | None, str | None]:
    """Return the period that stands in or just behind the name, or in the sentence that launches it."""
    periods = [date for date in doc.of(DateMention) if date.role == "period" and date.span]
    for one in group:
        reach = len(one.view.text) if launched and one.mention.launching else one.mention.end + _NEAR
        stop = re.search(r"[.;:“]", one.view.text[one.mention.end : reach])
        end = one.mention.end + stop.start() if stop and not launched else min(reach, len(one.view.text))
        within = one.view.span(one.mention.start, end)
        for date in periods:
            if date.span and within.contains(date.span):
                return date.start, date.end
    return None, None
