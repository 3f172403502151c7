"""Which documents a dispatch refers to: laws, decrees, decisions, plans, letters, each once.

Mentions of one document are brought together: the first gives the words, all of them the details.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from pipeline.annotations import Reference, ZoneKind
from pipeline.document import Document, Span
from pipeline.text import notation
from pipeline.text.citations import Citation, Grammar
from pipeline.text.organizations import Organizations
from pipeline.text.passages import footnotes, texts, zone
from pipeline.text.speaker import speaker
from pipeline.text.unicode import flat


@dataclass(frozen=True, slots=True)
class _Mention:
    """A citation in its place, with what the words before it make of it."""

    span: Span
    cited: Citation
    relation: str
    words: str


def extract(doc: Document, grammar: Grammar, directory: Organizations) -> Iterator[Reference]:
    """Yield the documents referred to in the subject and the main body, in order of first mention."""
    own = own_number(doc)
    groups: list[list[_Mention]] = []
    for mention in _mentions(doc, grammar):
        if own and _same_number(mention.cited, own):
            continue
        alike = [group for group in groups if _same_document(group[0], mention)]
        if alike:
            max(alike, key=lambda group: group[0].cited.number == mention.cited.number).append(mention)
        else:
            groups.append([mention])
    who = speaker(doc, directory)
    for group in groups:
        found = _together(group)
        yield replace(found, issuer_id=who.resolve(found.issuer, directory) if found.issuer else None)


def own_number(doc: Document) -> notation.DocumentNumber | None:
    """Return the dispatch's own number, which is no reference."""
    for found in zone(doc, ZoneKind.NUMBER):
        if found.span:
            return notation.head(doc.view(found.span).text)
    return None


def _mentions(doc: Document, grammar: Grammar) -> Iterator[_Mention]:
    for view in (*texts(doc), *footnotes(doc)):
        scanned = doc.pages[0].source == "ocr"
        for cited in grammar.find(view.text, mend=scanned):
            yield _Mention(
                span=view.span(cited.start, cited.end),
                cited=cited,
                relation=relation_of(view.text[: cited.start]),
                words=view.text[cited.start : cited.end],
            )


# ---- relation ----

_SENTENCE = r"(?:(?!\.\s)[^;])"
"""Any character of the sentence: what an earlier one says holds for its own documents."""

_RELATIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("replies_to", re.compile(r"\b(?:phuc dap|tra loi|hoi am)\b[^;.]{0,80}$")),
    ("replaces", re.compile(r"\b(?:thay the|bai bo|huy bo)\b[^;.]{0,60}$")),
    (
        "amends",
        re.compile(r"(?:^\W*|dieu \d+[.:]?\s|ve viec\s|v/v\s)(?:sua doi|bo sung)\b[^;.]{0,90}(?<!\btai )(?<!\btheo )$"),
    ),
    (
        "basis",
        re.compile(rf"\bcan cu\b{_SENTENCE}{{0,400}}$|(?:\b(?:xet|theo) de nghi|^\W*xet)\b{_SENTENCE}{{0,200}}$"),
    ),
    (
        "carries_out",
        re.compile(rf"\b(?:thuc hien|trien khai|thi hanh|quan triet|hoc tap|huong ung)\b{_SENTENCE}{{0,300}}$"),
    ),
)


def relation_of(before: str) -> str:
    """Return how a dispatch stands to a document, from the words before the mention in its paragraph."""
    plain = flat(before)
    lead = re.match(r"\W*(?:can cu|thuc hien|trien khai)\b", plain)
    for name, pattern in _RELATIONS:
        if pattern.search(plain):
            return name
    if lead and "." not in plain:
        return "basis" if "can cu" in lead[0] else "carries_out"
    return "mentions"


# ---- one document, several mentions ----


_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})


def _key(text: str | None) -> str:
    return re.sub(r"[\s\-/.,]", "", flat(text or ""))


def _same_number(cited: Citation, own: notation.DocumentNumber) -> bool:
    return bool(own.notation) and cited.number == own.number and _key(cited.notation) == _key(own.notation)


def _same_document(first: _Mention, mention: _Mention) -> bool:
    """Tell whether two mentions mean one document, misread notations and repeated names included."""
    one, other = first.cited, mention.cited
    same_type = one.type_name == other.type_name
    days = {day for day in (one.details.issued_on, other.details.issued_on) if day}
    if one.number and other.number:
        return one.number == other.number and _same_notation(one, other, days)
    if not same_type or len(days) > 1:
        return False
    if one.number or other.number:  # a law, once by its number and once by its name alone
        short, long = (mention, first) if one.number else (first, mention)
        name = _key(short.words)
        return one.type_name in _LAWS and "suadoi" not in name and _key(long.words).startswith(name + "so")
    a, b = sorted((_key(first.words), _key(mention.words)), key=len)
    return b.startswith(a) or Levenshtein.normalized_similarity(a, b) >= 0.9


def _same_notation(one: Citation, other: Citation, days: set[str]) -> bool:
    """Tell whether two citations of one number are of one document."""
    a, b = _key(one.notation), _key(other.notation)
    if a and a == b:
        return len({day[:4] for day in days}) < 2 or notation.year(one.notation or "") is not None
    if len(days) > 1:
        return False
    if a and b and one.type_name == other.type_name and (a.startswith(b) or b.startswith(a)):
        return True  # a notation cut short
    if a and b and one.details.issued_on and other.details.issued_on:
        return Levenshtein.normalized_similarity(a, b) >= 0.75
    return one.type_name == other.type_name and (not (a and b) or Levenshtein.normalized_similarity(a, b) >= 0.8)


def _together(group: list[_Mention]) -> Reference:
    """Make one reference of all mentions of a document."""
    numbered = next((mention for mention in group if mention.cited.number), None)
    first = numbered or max(group, key=lambda mention: len(mention.words))
    cited = first.cited
    details = [cited.details, *(mention.cited.details for mention in group)]
    relation = next((m.relation for m in group if m.relation != "mentions"), "mentions")
    return Reference(
        span=first.span,
        confidence=_confidence(cited),
        by="rule:references",
        type_name=_most_common(m.cited.type_name for m in group if not m.words.casefold().startswith("số"))
        or cited.type_name,
        number=cited.number,
        notation=_most_common(m.cited.notation for m in group),
        issued_on=next((one.issued_on for one in details if one.issued_on), None),
        issuer=next((one.issuer for one in details if one.issuer), None),
        title=next((one.title for one in details if one.title), None),
        relation=relation,
    )


def _confidence(cited: Citation) -> float:
    """How often such a reference is right: by number and notation, a law by name, by a bare number, by another name."""
    if cited.notation:
        return 0.98
    if cited.type_name in _LAWS:
        return 0.95
    return 0.85 if cited.number else 0.75


def _most_common(values: Iterable[str | None]) -> str | None:
    """Return the value that stands most often, the first among equals."""
    known = [value for value in values if value]
    return max(known, key=known.count) if known else None
