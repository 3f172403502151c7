"""What is to be done: the verb of an order, by the lexicon of work and, where that is silent, by part of speech."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.directives import orders
from pipeline.extract.directives.bodies import begins_with_body
from pipeline.extract.directives.outline import heading
from pipeline.extract.directives.verbs import MANNERS, first_verb, verbs, whole_verb
from pipeline.text.unicode import fold
from pipeline.text.words import Tagged, tagged

_FAR = 250  # characters: a verb further off belongs to another sentence
_NEAR = 90  # characters in which an unknown verb is looked for
_NO_WORK = {
    "ban", "bao gồm", "bị", "căn cứ", "cần", "có", "có thể", "do", "dựa", "được", "giúp việc", "gồm", "hoạt động",
    "kể", "kết thúc",
    "là", "liên quan", "muốn", "nhằm", "nhận được", "phải", "phục vụ", "theo", "thuộc", "tiến hành", "tình nguyện",
    "trừ", "trực thuộc", "về", "xin", "đối với", "hiện hành", "quy định", "quyết định",
}  # fmt: skip
"""What taggers call verbs, and no order consists in."""
_PARTICLES = {"ra", "lên", "lại"}
"""Small words that end a verb of one syllable: `đề ra`."""
_TOPIC = re.compile(r"[^.;]{0,60}:\s")
_BODY = re.compile(r"^\W*(ubnd|uy ban|hdnd|chanh|thu truong|truong|pho|ldld|dang uy|cap uy|so\b|ban\b|hoi\b|phong\b)")


def action(text: str) -> str | None:
    """Return the verb of what is ordered, past words that only say how or who asks.

    The lexicon of work comes first. An order that begins with a verb which the lexicon does not know is
    about that verb, not about one further on: `Lưu giữ hồ sơ, báo cáo …`.
    """
    asked = orders.asks(text)
    own = first_verb(text.lstrip("-–+• "))
    begins = own is not None and own[0] == 0 and own[1] not in {*MANNERS, "nhận"}
    at = asked.end() if asked and asked.start() < 120 and not (begins and asked.start()) else 0
    known, where = _known(text, at)
    if known and where - at < 3:
        return known
    if known or not at:
        return (None if at else _opening(text)) or known
    found = unknown(text[at:])
    return found[1] if found else None


def of_passages(texts: Sequence[str]) -> str | None:
    """Return the verb of an item of several paragraphs: that of the first which orders, a title before them aside."""
    first, rest = texts[0], texts[1:]
    if rest and heading(first) and (first_verb(first) is None or begins_with_body(first)):
        return next(filter(None, map(action, rest)), None) or action(first)
    return action(" ".join(texts))


def _known(text: str, at: int) -> tuple[str | None, int]:
    """Return the first verb of the lexicon from some place on and where a verb first stands."""
    fallback: str | None = None
    first = len(text)
    for start, verb in verbs(text, at):
        if start - at > _FAR:
            break
        whole = verb if " " in verb else whole_verb(text, start)
        if whole is None:
            continue
        first = min(first, start)
        if verb not in MANNERS:
            return whole, first
        fallback = fallback or whole
    return fallback, first


def _opening(text: str) -> str | None:
    """Return the verb with which an order begins, None if it begins with a name or a topic (`Kinh phí: …`)."""
    text = text.lstrip("-–+• ")
    if _BODY.match(fold(text[:40])) or _TOPIC.match(text):
        return None
    found = tagged(text[:_NEAR])
    if not found or not _is_work(found[0]) or (len(found) > 1 and found[1].word.text == "của"):
        return None
    return _with_particle(found, 0)


def unknown(text: str) -> tuple[int, str] | None:
    """Return where the first verb in small letters stands after a name, and the verb, by part of speech alone."""
    found = tagged(text[:_NEAR])
    return next(((at.word.start, _with_particle(found, i)) for i, at in enumerate(found) if i and _is_work(at)), None)


def _is_work(at: Tagged) -> bool:
    """Tell whether a word is a verb that may be ordered."""
    word = at.word.text
    capital = at.word.start > 0 and word[:1].isupper()
    return at.speech == "verb" and not capital and word.lower() not in _NO_WORK


def _with_particle(found: tuple[Tagged, ...], i: int) -> str:
    verb = found[i].word.text.lower()
    after = found[i + 1].word.text if i + 1 < len(found) else ""
    return f"{verb} {after}" if " " not in verb and after in _PARTICLES else verb
