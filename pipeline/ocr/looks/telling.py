"""What a line of a signature says: a form of authority, a position, a person's name, or a body's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from rapidfuzz import fuzz

from pipeline.ocr import Glyphs
from pipeline.text import wording
from pipeline.text.syllables import is_syllable
from pipeline.text.unicode import CAPITALS, fold

Telling = Literal["authority", "position", "person", "body"]

_READABLE: Final = 0.45
_SIGN_READ: Final = 0.3  # … of a line that begins with TM., KT., TL. … or is plainly a position
_POSITIONS: Final = (
    "chu tich", "giam doc", "bi thu", "truong ban", "truong phong", "truong khoa", "truong doan", "hieu truong",
    "cuc truong", "vu truong", "vien truong", "chanh van phong", "chanh an", "chanh thanh tra", "bo truong",
    "thu truong", "thu tuong", "chu nhiem", "tong thu ky", "doi truong", "tram truong", "hat truong",
)  # fmt: skip
_LIKE_A_POSITION: Final = 87
_LIKE_A_DEPUTY: Final = 80
PLAINLY: Final = 94
"""Likeness from which a line is a position so plainly that the recogniser's doubts count less."""

_TALL: Final = 2.2  # widths of a letter; one line with all its marks reaches 1.8
_BODY: Final = re.compile(
    r"^(uy ban|ubnd|hoi |lien (doan|minh)|so |ban |doan |mat tran|(dang|huyen|tinh|thanh) uy|truong |phong |cong doan)"
)
_NAME: Final = re.compile(rf"[{CAPITALS}][^\W\d_{CAPITALS}]+$")
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$"
)
_SCRAP: Final = 0.7  # confidence of two letters that may be the rest of a family name
_LEAST_NAME: Final = 6  # letters, of a position too
_MIDDLE: Final = frozenset({"thi", "van"})  # no name begins with them: its first word was lost
_SENTENCE: Final = 3  # sure words beside a name that make a line a sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of a line that say something, and what."""

    kind: Telling
    words: tuple[Glyphs, ...]

    @property
    def text(self) -> str:
        """The words, joined with blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def weight(self) -> float:
        """How much was read how surely: the letters, each counting as much as its word's confidence."""
        return sum(len(word.text) * word.confidence for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of the letters."""
        return self.weight / sum(len(word.text) for word in self.words)

    @property
    def top(self) -> float:
        """The highest edge of its words, in pixels."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The lowest edge of its words, in pixels."""
        return max(word.bottom for word in self.words)

    @property
    def whole(self) -> bool:
        """Whether a name begins with its family name, by its first word's look."""
        first = self.words[0].text
        return len(self.words) > 2 and bool(_NAME.match(first)) and fold(first) not in _MIDDLE

    @property
    def tall(self) -> bool:
        """Whether it is higher than a line of its letters: another line lies in its boxes."""
        return self.bottom - self.top > _TALL * (self.words[-1].x1 - self.words[0].x0) / len(self.text)

    @property
    def deputy(self) -> bool:
        """Whether it is a deputy's position."""
        return fold(self.text).startswith("pho ")


def telling(line: Sequence[Glyphs]) -> Piece | None:
    """Return the part of a line that is an authority, a position, a body or a name; None if nothing is."""
    words = [replace(word, text=text) for word in line if (text := _bare(word.text))]
    text = " ".join(word.text for word in words)
    folded = fold(text)
    if wording.capitals(text):
        if wording.AUTHORITY.match(folded):
            piece = Piece("authority", tuple(words))
            return piece if piece.confidence >= _SIGN_READ else None
        if len(folded) >= _LEAST_NAME and any(_like(folded, position) for position in _POSITIONS):
            return _position(words)
        if _BODY.match(folded) and len(words) > 1 and all(_spelt(word.text) for word in words):
            return _readable(Piece("body", tuple(words)))
        return None
    runs = sorted(_names(words), key=len)
    if (
        not runs
        or sum(word.confidence > _READABLE and len(word.text) > 1 for word in words) - len(runs[-1]) >= _SENTENCE
    ):
        return None
    return _readable(Piece("person", runs[-1]))


def _position(words: Sequence[Glyphs]) -> Piece | None:
    """Return a line that holds a position, if it is read well enough for how like one it is."""
    trimmed, whole = Piece("position", _without_scraps(words)), Piece("position", tuple(words))
    piece = max(whole, trimmed, key=likeness)
    if len(piece.words) == 1 and likeness(piece) < _LIKE_A_POSITION:
        return None
    return piece if piece.confidence >= (_SIGN_READ if likeness(piece) >= PLAINLY else _READABLE) else None


def _without_scraps(words: Sequence[Glyphs]) -> tuple[Glyphs, ...]:
    """Return a position's words without those of one letter or two at either end: a seal's or a pen's."""
    long = [i for i, word in enumerate(words) if len(word.text.strip(".,")) > 2]
    return tuple(words[long[0] : long[-1] + 1]) if long else tuple(words)


def likeness(piece: Piece) -> float:
    """Return how like a head's or a deputy's position a piece is, from 0 to 100."""
    folded = fold(piece.text)
    return max(fuzz.ratio(f"{rank}{position}", folded) for position in _POSITIONS for rank in ("", "pho "))


def plain(piece: Piece) -> bool:
    """Tell whether a piece holds a whole position, whatever else it says: of which body, of which rank."""
    folded = fold(piece.text)
    return any(position in folded for position in _POSITIONS) or likeness(piece) >= PLAINLY


def _like(folded: str, position: str) -> bool:
    """Tell whether a line holds a position, or is the deputy of one, misread by a few letters."""
    return (
        fuzz.partial_ratio(position, folded) >= _LIKE_A_POSITION
        or fuzz.ratio(f"pho {position}", folded) >= _LIKE_A_DEPUTY
    )


def _spelt(text: str) -> bool:
    """Tell whether a word in capitals can be Vietnamese, or is short as abbreviations are."""
    return is_syllable(text) or (text.isalpha() and text.isupper() and 2 < len(text) < 6)


def _readable(piece: Piece) -> Piece | None:
    return piece if piece.confidence >= _READABLE else None


def _bare(text: str) -> str:
    """Return a word without the specks around its letters; the dot of TM. stays."""
    letters = re.sub(r"^[\W\d_]+|[^\w.,/]+$", "", text)
    return letters if any(char.isalpha() for char in letters) else ""


def _names(words: Sequence[Glyphs]) -> Iterator[tuple[Glyphs, ...]]:
    """Yield runs of two to five words that look like a person's name, with what a seal left of a word before them."""
    run: list[Glyphs] = []
    broken: Glyphs | None = None
    for word in (*words, None):
        text = re.sub(r"[\W\d_]+$", "", word.text) if word else ""
        if word and _NAME.match(text) and _SYLLABLE.match(fold(text)):
            run.append(replace(word, text=text))
            continue
        if 2 <= len(run) <= 5 and sum(len(one.text) for one in run) >= _LEAST_NAME:
            yield (broken, *run) if broken is not None and _remains(broken, run[0]) else tuple(run)
        run, broken = [], word


def _remains(broken: Glyphs, name: Glyphs) -> bool:
    """Tell whether a word right before a name is what a seal left of its family name: enough of it, or read surely."""
    near = 0 <= name.x0 - broken.x1 < name.bottom - name.top
    return near and (len(broken.text) > 2 or broken.confidence >= _SCRAP)
