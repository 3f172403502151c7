"""Repairs what OCR misreads in Vietnamese words, before offsets exist; the raw reading stays in `Word.raw`.

A run of syllables is read as the most probable one under a small language model, when that gains
more than the slips cost: `TỐNG LIÊN ĐOÀN` becomes `TỔNG LIÊN ĐOÀN`. Numbers, codes, marks of
punctuation and names of people stay as they are, and so does everything that OCR did not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Box, Line, Page, Word
from pipeline.text.lexicon import Lexicon
from pipeline.text.match import Gazetteer
from pipeline.text.unicode import fold, nfc, same_tones

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
    """A word that may be repaired: its place among the page's words, its letters and what surrounds them."""

    at: int
    before: str
    core: str
    after: str
    confidence: float
    name: bool


def repair(pages: Sequence[Page], lexicon: Lexicon, families: Gazetteer) -> tuple[Page, ...]:
    """Return a document's pages with misread syllables mended and `ngày28` set apart; words not read by OCR stay.

    What the document says more than once is probable in it: a second round knows what the first has read.
    """
    apart = [_page_apart(page) for page in pages]
    if not any(word.confidence is not None for page in apart for word in _words(page)):
        return tuple(pages)
    runs = [list(_runs(list(_words(page)), families)) for page in apart]
    first = [[best_reading(run, lexicon) for run in page] for page in runs]
    once = [_reread(page, zip(*found, strict=True)) for page, *found in zip(apart, runs, first, strict=True)]
    said = _said(once)
    second = [
        [_settled(run, best, lexicon, said) for run, best in zip(*found, strict=True)]
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
            if reading != same_tones(syllable.core.casefold()):
                word = words[syllable.at]
                text = f"{syllable.before}{_cased(reading, syllable.core)}{syllable.after}"
                words[syllable.at] = replace(word, text=text, raw=word.raw or word.text)
    rest = iter(words)
    return replace(page, lines=tuple(Line(tuple(next(rest) for _ in line.words)) for line in page.lines))


def _said(pages: Iterable[Page]) -> Lexicon:
    """Return which syllables and pairs of them a document repeats, each counted without its first time."""
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for page in pages:
        before = None
        for word in _words(page):
            match = _CORE.match(word.text)
            sure = word.confidence is None or word.confidence >= _READ_SURELY
            core = same_tones(match["core"].casefold()) if match and sure else None
            if core and match:
                single[core] += 1
                if before and not _BREAKS.search(match["before"]):
                    pairs[f"{before} {core}"] += 1
            before = None if match is None or _BREAKS.search(match["after"]) else core
    return Lexicon(_again(single), _again(pairs))


def _again(counts: Counter[str]) -> dict[str, int]:
    return {key: count - 1 for key, count in counts.items() if count > 1}


def _settled(run: list[Syllable], best: list[str], lexicon: Lexicon, said: Lexicon) -> list[str]:
    """Return the best reading of a run; what the document says again and again decides where words allow it.

    OCR misreads a word in one way over and over: the document's own reading must be at least as usual.
    """
    readings = (reading for syllable in run for reading, _ in _open(syllable, lexicon))
    if not any(reading in said.single for reading in set(readings).difference(best)):
        return best
    around = zip((None, *best), best, (*best[1:], None), strict=False)
    return [
        mine if lexicon.standing(mine, before, after) >= lexicon.standing(ours, before, after) else ours
        for mine, (before, ours, after) in zip(best_reading(run, lexicon, said), around, strict=True)
    ]


def best_reading(run: list[Syllable], lexicon: Lexicon, said: Lexicon | None = None) -> list[str]:
    """Return the most probable syllables of a run; one that gains less than `SURE` keeps its reading."""
    paths: dict[str | None, tuple[float, list[str]]] = {None: (0.0, [])}
    for syllable in run:
        ahead: dict[str | None, tuple[float, list[str]]] = {}
        for reading, slip in _open(syllable, lexicon):
            cost = slip * TRUST * syllable.confidence + (SURE if slip else 0.0)
            score, path = max(
                (
                    (total + lexicon.chance(reading, before, said) - cost, past)
                    for before, (total, past) in paths.items()
                ),
                key=lambda item: item[0],
            )
            ahead[reading] = (score, [*path, reading])
        paths = ahead
    return max(paths.values(), key=lambda item: item[0])[1]


def _open(syllable: Syllable, lexicon: Lexicon) -> tuple[tuple[str, float], ...]:
    """Return the readings to weigh; only its own for part of a person's name, and for initials."""
    readings = lexicon.readings(syllable.core)
    return readings[:1] if syllable.name or _initials(syllable.core) else readings


def _initials(core: str) -> bool:
    """Tell capitals that no vowel makes a syllable: CN, TCM."""
    return len(core) > 1 and core.isupper() and not set(fold(core)) & set("aeiouy")


def _runs(words: list[Word], families: Gazetteer) -> Iterator[list[Syllable]]:
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
        run.append(Syllable(at, match["before"], match["core"], match["after"], word.confidence, at in names))
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
