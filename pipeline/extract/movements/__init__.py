"""Table `movements`: the named emulation movements, campaigns and programmes of a dispatch, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.annotations import Movement, Zone, ZoneKind
from pipeline.document import Document, Span, View
from pipeline.extract.movements.launching import Launch, bodies, subject_launch
from pipeline.extract.movements.mentions import Mention, is_name, mentions
from pipeline.extract.movements.period import Found, period
from pipeline.extract.movements.registry import Registry, bare, count
from pipeline.text.match import Gazetteer
from pipeline.text.names import aligned
from pipeline.text.passages import passages, zone
from pipeline.text.speaker import best_fields

if TYPE_CHECKING:
    from spacy.language import Language

_QUOTED, _KNOWN, _GUESSED, _SUBJECT = 0.92, 0.9, 0.7, 0.9
_HEADING = (ZoneKind.TITLE, ZoneKind.SUBJECT)
_PROPOSES = re.compile(r"\W*(?:to trinh|bao cao|bien ban)\b")
_AS_FOLLOWS = re.compile(r"\b(?:sau|sau day|nhu sau)\s*:")


def extract(doc: Document, nlp: Language, gazetteer: Gazetteer) -> Iterator[Movement]:
    """Yield each named movement once, in the order of first mention."""
    heading = _heading(doc)
    views = [*([heading] if heading else []), *(passage.view for passage in passages(doc))]
    found = [Found(m, view, view is heading) for view in views for m in mentions(view.text, nlp)]
    subject = _launched_subject(heading) if heading else None
    if heading and subject and not any(f.heading and f.mention.launch for f in found):
        found.insert(0, Found(subject, heading, heading=True))
    registry = Registry(gazetteer)
    texts = [aligned(view.text) for view in views]
    agency = bodies(_agency(doc), nlp)
    proposing = heading is not None and _PROPOSES.match(aligned(heading.text)) is not None
    for group in _groups(found, registry):
        yield _movement(doc, group, registry, texts, launched=not proposing and _launched(group, agency))


def _heading(doc: Document) -> View | None:
    """Return the type's name and the subject as one text."""
    spans = [z.span for z in zone(doc, *_HEADING) if z.span]
    if not spans:
        return None
    others = [z.span for z in doc.of(Zone) if z.kind not in _HEADING and z.span]
    return doc.view(Span(min(s.start for s in spans), max(s.end for s in spans)), others)


def _launched_subject(heading: View) -> Mention | None:
    """Return the movement without quotes that the subject says is launched, named as there."""
    found = subject_launch(heading.text)
    if found is None:
        return None
    start, kind = found
    name = heading.text[start:].rstrip(" .*()")
    if not is_name(name) or not is_name(bare(name)):
        return None
    launch = Launch(frozenset(), None, now=True)
    return Mention(name, start, start + len(name), kind, quoted=False, launch=launch)


def _groups(found: Sequence[Found], registry: Registry) -> list[list[Found]]:
    groups: list[list[Found]] = []
    for one in found:
        for group in groups:
            if registry.same(group[0].mention.name, one.mention.name):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _movement(
    doc: Document, group: Sequence[Found], registry: Registry, texts: Sequence[str], *, launched: bool
) -> Movement:
    best = max(group, key=lambda one: (one.heading, one.mention.quoted))
    entry = registry.known(best.mention.name)
    start, end = period(doc, group, launched=launched)
    return Movement(
        span=best.span,
        confidence=_confidence(best, known=entry is not None),
        by="rule:movements",
        name=best.mention.name,
        kind=_kind(group, entry.more.get("kind") if entry else None),
        movement_id=registry.id(best.mention.name),
        launched=launched,
        launched_by=_agency(doc) if launched else _launched_by(group),
        period_start=start,
        period_end=end,
        mentions=max(len(group), count(best.mention.name, texts)),
    )


def _agency(doc: Document) -> str | None:
    agency = best_fields(doc).get("agency")
    return agency.value if agency else None


def _confidence(best: Found, *, known: bool) -> float:
    if best.mention.quoted:
        return _QUOTED
    if best.heading:
        return _SUBJECT
    return _KNOWN if known else _GUESSED


def _kind(group: Sequence[Found], known: str | None) -> str:
    """Return the kind that the dispatch itself says most often; the gazetteer decides where it leaves that open."""
    kinds = [one.mention.kind for one in group if one.mention.kind]
    if not kinds:
        return known or "movement"
    return max(kinds, key=lambda kind: (kinds.count(kind), kind == known))


def _launched(group: Sequence[Found], agency: frozenset[str]) -> bool:
    """Tell whether the dispatch launches it: its subject says so, or a sentence of its agency with its tasks."""
    for one in group:
        launch = one.mention.launch
        if launch is None or (agency and launch.bodies and not agency & launch.bodies):
            continue
        if one.heading and launch.now:
            return True
        follow = _AS_FOLLOWS.search(aligned(one.view.text), one.mention.end)
        if launch.now and (follow or any(other.heading for other in group)):
            return True
    return False


def _launched_by(group: Sequence[Found]) -> str | None:
    behind = [one.mention.launched_by for one in group if one.mention.launched_by]
    before = [one.mention.launch.by for one in group if one.mention.launch and one.mention.launch.by]
    return next(iter([*behind, *before]), None)
