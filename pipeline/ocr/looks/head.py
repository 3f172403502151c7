"""A look at the head's lines that hold a doubtful word: agency, type, subject.

Each is read once more by itself, and once enlarged if that reads otherwise. A word gives way only
where both of these readings agree on another that can be Vietnamese; words standing apart that
were hardly read go where neither of these readings has a word at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.ocr import Glyphs, Lines, Recognizer
from pipeline.ocr.looks.area import Sight, read
from pipeline.text import wording
from pipeline.text.syllables import is_syllable
from pipeline.text.unicode import fold

_ABOVE: Final = 75  # points above the line of place and date in which the head's lines stand
_BELOW: Final = 110  # … and below
_UPPER: Final = 0.5  # share of the page's height in which that line is looked for
_WIDEST: Final = 0.72  # share of the page's width; what is wider is the body
_GAP: Final = 1.5  # heights of a line, that part two columns
_GAP_OF_NOISE: Final = 0.7  # … that part what was hardly read from other words
_MARGIN: Final = 2.5  # points of paper around a line
_SIZES: Final = (1.0, 1.5)
_DOUBTFUL: Final = 0.93
_NOISE: Final = 0.3  # confidence of words standing apart that may be specks, a rule or a stamp's frame
_SEEN: Final = 0.5  # … of a word that another reading must have there, lest they go
_SURE: Final = 0.8  # of both readings that change a word


def reread(sight: Sight, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines, those of a head as most readings have them."""
    height, width = sight.grey.shape
    at = next((line[0].top for line in lines if line[0].bottom < _UPPER * height and _dated(line)), None)
    if at is None:
        return lines
    top, bottom = at - sight.points(_ABOVE), at + sight.points(_BELOW)
    seen = (
        tuple(word for run in _runs(line) for word in _again(run, sight, recognizer, _WIDEST * width))
        if top < line[0].top < bottom
        else line
        for line in lines
    )
    return tuple(line for line in seen if line)


def _dated(line: Sequence[Glyphs]) -> bool:
    return bool(wording.PLACE_DATE.search(_folded(line)))


def _folded(words: Sequence[Glyphs]) -> str:
    return fold(" ".join(word.text for word in words))


def _runs(line: Sequence[Glyphs]) -> Iterator[list[Glyphs]]:
    """Yield the parts of a line that stand in different columns."""
    run: list[Glyphs] = []
    height = max(word.bottom - word.top for word in line)
    for word in line:
        noise = run and min(word.confidence, run[-1].confidence) < _NOISE
        if run and word.x0 - run[-1].x1 > (_GAP_OF_NOISE if noise else _GAP) * height:
            yield run
            run = []
        run.append(word)
    yield run


def _again(run: Sequence[Glyphs], sight: Sight, recognizer: Recognizer, widest: float) -> Sequence[Glyphs]:
    """Return a run of words as its readings agree on; number and date are looked at elsewhere."""
    text = _folded(run)
    filled_in = (
        wording.NUMBER.match(text) or wording.PLACE_DATE.search(text) or wording.motto_at(text.upper()) is not None
    )
    if filled_in or run[-1].x1 - run[0].x0 > widest or not any(_doubtful(word) for word in run):
        return run
    margin = sight.points(_MARGIN)
    top, bottom = min(word.top for word in run) - margin, max(word.bottom for word in run) + margin
    area = sight.area(run[0].x0 - margin, top, run[-1].x1 + margin, bottom)
    if area.empty:
        return run
    noise = all(word.confidence < _NOISE for word in run)
    seen: list[list[Glyphs]] = []
    for size in _SIZES:
        lines = read(area.of(sight.grey), area, sight.dpi, recognizer, "line", size)
        seen.append([word for line in lines for word in line])
        if all(_agreed(word, seen) is word for word in run) and not noise:
            return run
    if noise and not any(word.confidence >= _SEEN and _letters(word) for reading in seen for word in reading):
        return []
    return [_agreed(word, seen) for word in run]


def _doubtful(word: Glyphs) -> bool:
    return word.confidence < _DOUBTFUL and _letters(word) > 1


def _letters(word: Glyphs) -> int:
    return sum(char.isalpha() for char in word.text)


def _agreed(word: Glyphs, seen: Sequence[Sequence[Glyphs]]) -> Glyphs:
    """Return a word, or what all other readings have in its place."""
    others = [other for reading in seen for other in reading if _same_place(word, other)]
    texts = {other.text for other in others}
    if len(others) < len(seen) or len(texts) > 1 or word.text in texts:
        return word
    sure = min(other.confidence for other in others)
    (text,) = texts
    if sure < _SURE or not is_syllable(text.strip('.,;:()“”"')):
        return word
    return replace(word, text=text, confidence=sure, raw=word.raw or word.text)


def _same_place(one: Glyphs, other: Glyphs) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.7 * max(one.x1 - one.x0, other.x1 - other.x0)
