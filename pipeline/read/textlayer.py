"""The text layer of a PDF page: is it sound, and its words with boxes.

A layer is sound when it reads as Vietnamese. Scanners' hidden layers made without knowledge of
Vietnamese (`DQc I~p - Tl! do`), fonts that lie about their letters and empty layers are not, and
such pages are read anew from their picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pdfplumber.page import Page as PlumberPage

from pipeline.document import Box, Line, Word, union
from pipeline.text.legacy import Encoding, decode_runs, guess, is_unicode, legacy_font, to_unicode
from pipeline.text.syllables import vietnamese_share
from pipeline.text.unicode import nfc

_SOUND_SYLLABLES: Final = 0.85
_SOUND_MARKS: Final = 0.4
_HIDDEN_SYLLABLES: Final = 0.97  # a scanner's layer must be better than what OCR gives today
_TOUCHING: Final = 0.5  # points
_FULL: Final = 400  # letters from which visible text over a picture is the page's text and not a note on it
_FEW: Final = 60  # letters below which the share of syllables says nothing

Char = dict[str, Any]  # pdfplumber's own


@dataclass(frozen=True, slots=True)
class Layer:
    """What is known about a page's text layer before its words are taken: its text, and what lies under it."""

    text: str
    pictured: bool  # one picture covers most of the page
    hidden: bool  # the text is drawn invisibly, as scanners' layers are
    aside: bool = False  # there is a picture, a drawing or a slanted line, such as a stamp, that the text may not hold

    @property
    def letters(self) -> int:
        """How many letters and digits the layer holds."""
        return sum(char.isalnum() for char in self.text)

    def is_the_text(self) -> bool:
        """Tell whether the layer is the page's text, so that the page needs no OCR."""
        syllables, marks = vietnamese_share(self.text.split())
        if not self.pictured:
            return self.letters > 0 and (
                self.letters < _FEW or (syllables >= _SOUND_SYLLABLES and marks >= _SOUND_MARKS)
            )
        enough = self.letters >= _FULL
        least = _HIDDEN_SYLLABLES if self.hidden else _SOUND_SYLLABLES
        return enough and syllables >= least and marks >= _SOUND_MARKS

    def is_note(self) -> bool:
        """Tell whether the layer is a visible note on a picture: a signature's box, a number typed in later."""
        return self.pictured and not self.hidden and 0 < self.letters < _FULL


def lines(page: PlumberPage, number: int) -> tuple[Line, ...]:
    """Return the words of a page's text layer, row by row."""
    left, top, *_ = page.cropbox if page.cropbox != page.mediabox else (0.0, 0.0)
    found = _extracted(page)
    encoding = guess(" ".join(word["text"] for word in found if not _in_old_font(word["chars"])))
    words = [_word(word, number, left, top, encoding) for word in found]
    return tuple(rows(word for word in words if word.text))


def _extracted(page: PlumberPage) -> list[dict[str, Any]]:
    upright = page.filter(lambda thing: thing.get("upright", True)).dedupe_chars(tolerance=0.5)
    return list(upright.extract_words(x_tolerance_ratio=0.15, y_tolerance=2, use_text_flow=False, return_chars=True))


def _word(found: dict[str, Any], number: int, left: float, top: float, encoding: Encoding | None) -> Word:
    box = Box(number, found["x0"] - left, found["top"] - top, found["x1"] - left, found["bottom"] - top)
    return Word(decoded(found["chars"], encoding), box)


def decoded(chars: Sequence[Char], encoding: Encoding | None = None) -> str:
    """Return the letters of a word in Unicode NFC.

    Old fonts are known by their names; text in other fonts is in `encoding` where its page's
    letters tell so, for a PDF may name its fonts as it likes.
    """
    text = "".join(decode_runs((char["text"], char["fontname"]) for char in chars)).strip()
    return to_unicode(text, encoding) if encoding and not _in_old_font(chars) and not is_unicode(text) else nfc(text)


def _in_old_font(chars: Iterable[Char]) -> bool:
    return any(legacy_font(char["fontname"]) for char in chars)


def rows(words: Iterable[Word]) -> Iterator[Line]:
    """Yield words row by row from the top; words stand in one row when their middles nearly agree."""
    row: list[Word] = []
    for word in sorted((word for word in words if word.box), key=lambda word: word.box.middle if word.box else 0.0):
        if row and not _level(row[-1], word):
            yield _across(row)
            row = []
        row.append(word)
    if row:
        yield _across(row)


def _level(one: Word, other: Word) -> bool:
    if one.box is None or other.box is None:
        return False
    return other.box.middle - one.box.middle < 0.35 * min(one.box.height, other.box.height)


def _across(row: Iterable[Word]) -> Line:
    words: list[Word] = []
    for word in sorted(row, key=lambda word: word.box.x0 if word.box else 0.0):
        if words and _touching_digits(words[-1], word):
            words[-1] = Word(words[-1].text + word.text, union((words[-1].box, word.box)))
        else:
            words.append(word)
    return Line(tuple(words))


def _touching_digits(one: Word, other: Word) -> bool:
    """Tell whether two words are one number: numbering stamps put a blank of no width between their digits."""
    if one.box is None or other.box is None or not (one.text.isdigit() and other.text.isdigit()):
        return False
    return other.box.x0 - one.box.x1 < _TOUCHING
