"""Repairs what OCR misreads in Vietnamese words, before offsets exist; the raw reading stays in `Word.raw`.

A run of syllables is read as the most probable one under a small language model, when that gains
more than the slips cost: `TỐNG LIÊN ĐOÀN` becomes `TỔNG LIÊN ĐOÀN`. Numbers, codes, marks of
punctuation and names of people stay as they are, and so does everything that OCR did not read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Box, Line, Page, Word
from pipeline.text.lexicon import Lexicon, small
from pipeline.text.match import Gazetteer
from pipeline.text.unicode import fold, nfc

SURE = 1.4
"""The least gain, in decimal logarithms over the reading as it stands, that changes a word."""

TRUST = 1.3
"""How far a slip's cost grows with OCR's confidence in the word, from nothing at 0 to this at 1."""

_READ_SURELY = 0.85
"""OCR's confidence from which a word tells what else the document says."""

_CORE = re.compile(r"^(?P<before>[\W_]*)(?P<core>[^\W\d_]+)(?P<after>[\W_]*)$")
_GLUED = re.compile(
    r"^(?P<word>(?i:ngày|tháng|năm|số))(?P<number>\d[\d/.,\-]*\W*)$|^(?P<day>\d{1,2})(?P<next>(?i:tháng|năm))$"
)
_BREAKS = re.compile(r"[.,;:!?()\[\]“”\"«»…]")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A word that may be repaired: its place among the page's words, its letters and what surrounds them.

    `readings` are what it may stand for, itself first, each with what it must gain.
    """

    at: int
    before: str
    core: str
    after: str
    readings: tuple[tuple[str, float], ...]


def repair(pages: Sequence[Page], lexicon: Lexicon, families: Gazetteer) -> tuple[Page, ...]:
    """Return a document's pages with misread syllables mended and `ngày28` set apart; words not read by OCR stay.

    What the document says more than once is probable in it: a second round knows what the first has read.
    """
    apart = [_page_apart(page) for page in pages]
    if not any(word.confidence is not None for page in apart for word in _words(page)):
        return tuple(pages)
    runs = [list(_runs(list(_words(page)), lexicon, families)) for page in apart]
    first = [[best_reading(run, lexicon) for run in page] for page in runs]
    once = [_reread(page, zip(*found, strict=True)) for page, *found in zip(apart, runs, first, strict=True)]
    said = _said(once)
    heard = lexicon.hearing(said)
    second = [
        [_settled(run, best, lexicon, said, heard) for run, best in zip(*found, strict=True)]
        for found in zip(runs, first, strict=True)
    ]
    return tuple(_reread(page, zip(*found, strict=True)) for page, *found in zip(apart, runs, second, strict=True))


def _page_apart(page: Page) -> Page:
    lines = (Line(tuple(piece for word in line.words for piece in _apart(_lettered(word)))) for line in page.lines)
    return replace(page, lines=tuple(lines))


def _words(page: Page) -> Iterator[Word]:
    return (word for line in page.lines for word in line.words)


def _reread(page: Page, readings: Iterable[tuple[list[Syllable], list[str]]]) -> Page:
    """Return a page with the syllables of its runs as they are to be read."""
    words = list(_words(page))
    for run, best in readings:
        for syllable, reading in zip(run, best, strict=True):
            if reading != syllable.readings[0][0]:
                word = words[syllable.at]
                text = f"{syllable.before}{_cased(reading, syllable.core)}{syllable.after}"
                words[syllable.at] = replace(word, text=text, raw=word.raw or word.text)
    rest = iter(words)
    return replace(page, lines=tuple(Line(tuple(next(rest) for _ in line.words)) for line in page.lines))


def _said(pages: Iterable[Page]) -> Lexicon:
    """Return which syllables and pairs of them a document repeats, each counted without its first time."""
    single: Counter[str] = Counter()
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        before = None
        for word in _words(page):
            match = _CORE.match(word.text)
            sure = word.confidence is None or word.confidence >= _READ_SURELY
            core = small(match["core"]) if match and sure else None
            if core and match:
                single[core] += 1
                if before and not _BREAKS.search(match["before"]):
                    after[before][core] += 1
            before = None if match is None or _BREAKS.search(match["after"]) else core
    return Lexicon(_again(single), {before: _again(counts) for before, counts in after.items()})


def _again(counts: Counter[str]) -> dict[str, int]:
    return {key: count - 1 for key, count in counts.items() if count > 1}


def _settled(run: list[Syllable], best: list[str], lexicon: Lexicon, said: Lexicon, heard: Lexicon) -> list[str]:
    """Return the best reading of a run; what the document says again and again decides where words allow it.

    OCR misreads a word in one way over and over: the document's own reading must be at least as usual.
    """
    readings = {reading for syllable in run for reading, _ in syllable.readings}
    if said.single.keys().isdisjoint(readings.difference(best)):
        return best
    around = zip(("", *best), best, (*best[1:], ""), strict=False)
    return [
        mine if lexicon.standing(mine, before, after) >= lexicon.standing(ours, before, after) else ours
        for mine, (before, ours, after) in zip(best_reading(run, heard), around, strict=True)
    ]


def best_reading(run: list[Syllable], lexicon: Lexicon) -> list[str]:
    """Return the most probable syllables of a run; one that gains less than `SURE` keeps its reading.

    Viterbi's algorithm, exact and short: one of the readings before is the best for all that were never
    seen after it, so the others are tried only with those that were.
    """
    scores = {"": 0.0}
    steps: list[dict[str, str]] = []
    for syllable in run:
        costs = dict(syllable.readings)
        ends = {before: score + lexicon.backoff(before) for before, score in scores.items()}
        nearest = max(ends, key=ends.__getitem__)
        ahead = {reading: ends[nearest] + lexicon.unseen(reading) for reading in costs}
        step = dict.fromkeys(costs, nearest)
        for before, score in scores.items():
            for reading in costs.keys() & lexicon.following(before).keys():
                total = score + lexicon.chance(reading, before)
                if total > ahead[reading]:
                    ahead[reading], step[reading] = total, before
        scores = {reading: ahead[reading] - cost for reading, cost in costs.items()}
        steps.append(step)
    path = [max(scores, key=scores.__getitem__)]
    for step in reversed(steps[1:]):
        path.append(step[path[-1]])
    return path[::-1]


def _readings(core: str, confidence: float, *, name: bool, lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """Return the readings to weigh, with what each must gain; only its own for part of a name, and for initials."""
    readings = lexicon.readings(core)
    if name or _initials(core):
        return readings[:1]
    return tuple((reading, slip * TRUST * confidence + (SURE if slip else 0.0)) for reading, slip in readings)


def _initials(core: str) -> bool:
    """Tell capitals that no vowel makes a syllable: CN, THM."""
    return len(core) > 1 and core.isupper() and not set(fold(core)) & set("aeiouy")


def _runs(words: list[Word], lexicon: Lexicon, families: Gazetteer) -> Iterator[list[Syllable]]:
    """Yield the runs of syllables that no number, code or mark of punctuation breaks."""
    names = set(_names(words, families))
    run: list[Syllable] = []
    for at, word in enumerate(words):
        match = _CORE.match(word.text)
        if not match or word.confidence is None or not _one_case(match["core"]):
            if run and word.text not in {"-", "–"}:
                yield run
                run = []
            continue
        if run and _BREAKS.search(match["before"]):
            yield run
            run = []
        before, core, after = match.group("before", "core", "after")
        readings = _readings(core, word.confidence, name=at in names, lexicon=lexicon)
        run.append(Syllable(at, before, core, after, readings))
        if _BREAKS.search(match["after"]):
            yield run
            run = []
    if run:
        yield run


def _names(words: list[Word], families: Gazetteer) -> Iterator[int]:
    """Yield the places of names of people: two to five capitalised words, the first a family name."""
    at = 0
    while at < len(words):
        end = at
        while (
            end < len(words)
            and end - at < 5
            and _capitalised(words[end].text)
            and (end == at or _open_end(words[end - 1]))
        ):
            end += 1
        if end - at >= 2 and families.find(words[at].text.strip('.,;:()“”"')) is not None:
            yield from range(at, end)
            at = end
        else:
            at += 1


def _capitalised(text: str) -> bool:
    letters = text.strip('.,;:()“”"')
    return letters[:1].isupper() and (letters[1:].islower() or len(letters) == 1)


def _open_end(word: Word) -> bool:
    return word.text[-1:].isalpha()


def _one_case(core: str) -> bool:
    """Tell words from codes: TTg, SYTe; two letters or more, all capitals, all small, or one capital in front."""
    return core.isupper() or core[1:].islower() or len(core) == 1


def _cased(reading: str, like: str) -> str:
    if like.isupper() and (len(like) > 1 or len(reading) == 1):
        return reading.upper()
    return reading[:1].upper() + reading[1:] if like[:1].isupper() else reading


def _lettered(word: Word) -> Word:
    """Return a word in NFC and with Đ where OCR read the foreign letter eth."""
    text = nfc(word.text) if word.confidence is not None else word.text
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)


def _apart(word: Word) -> Iterable[Word]:
    """Set apart what was read as one word: `ngày28`, `28tháng`."""
    match = _GLUED.match(word.text) if word.confidence is not None else None
    if match is None:
        return (word,)
    cut = match.end("word") if match["word"] else match.end("day")
    left, right = _cut(word.box, cut / len(word.text))
    raw = word.raw or word.text
    return (
        replace(word, text=word.text[:cut], box=left, raw=raw),
        replace(word, text=word.text[cut:], box=right, raw=raw),
    )


def _cut(box: Box | None, share: float) -> tuple[Box | None, Box | None]:
    if box is None:
        return None, None
    at = box.x0 + box.width * share
    return replace(box, x1=at), replace(box, x0=at)
