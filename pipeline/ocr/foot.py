"""A second look at the signature: seal, rubber stamps and ink lie there, and a page's layout gets lost in them.

The block beside `Nơi nhận` is cut out and read on its own. Of that reading only the lines that say
something are taken, a form of authority, a position, a person's name, and only where the first
reading had nothing as good at that height.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import cv2
import numpy as np
from rapidfuzz import fuzz

from pipeline.ocr import Array, Glyphs, Lines, Recognizer
from pipeline.text import wording
from pipeline.text.unicode import CAPITALS, fold

Telling = Literal["authority", "position", "person"]

_POINTS: Final = 72
_LEFT: Final = 0.43  # share of the page's width where the signature's column begins
_ABOVE: Final = 40  # points of paper above the height of Nơi nhận
_BELOW: Final = 200  # … and below
_MARGIN: Final = 4  # points of paper around a line
_LARGER: Final = 1.5
_SURE: Final = 0.85  # mean confidence of a position and a name that need no second look
_READABLE: Final = 0.45
_POSITIONS: Final = (
    "chu tich", "giam doc", "bi thu", "truong ban", "truong phong", "truong khoa", "truong doan", "hieu truong",
    "cuc truong", "vu truong", "vien truong", "chanh van phong", "chanh an", "chanh thanh tra", "bo truong",
    "thu truong", "thu tuong", "chu nhiem", "tong thu ky", "doi truong", "tram truong", "hat truong",
)  # fmt: skip
_LIKE_A_POSITION: Final = 87
_LIKE_A_DEPUTY: Final = 80
_NAME: Final = re.compile(rf"[{CAPITALS}][^\W\d_{CAPITALS}]+$")
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$"
)
_LEAST_NAME: Final = 6  # letters
_MIDDLE: Final = frozenset({"thi", "van"})  # no name begins with them: its first word was lost


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of a line that say something, and what."""

    kind: Telling
    words: tuple[Glyphs, ...]

    @property
    def weight(self) -> float:
        """How much was read how surely: the letters, each counting as much as its word's confidence."""
        return sum(len(word.text) * word.confidence for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean confidence of the letters."""
        return self.weight / sum(len(word.text) for word in self.words)


def reread(grey: Array, dpi: int, lines: Lines, recognizer: Recognizer) -> Lines:
    """Return a page's lines with the signature as a second look reads it, where that tells more."""
    at = _recipients(lines, grey.shape[1])
    if at is None:
        return lines
    point = dpi / _POINTS
    top, bottom = max(0, round(at - _ABOVE * point)), min(grey.shape[0], round(at + _BELOW * point))
    left = round(_LEFT * grey.shape[1])
    first = [words for line in lines if (words := _inside(line, left, top, bottom))]
    if bottom - top < 20 or _enough(first):
        return lines
    seen = recognizer.read(np.ascontiguousarray(grey[top:bottom, left:]), dpi, "block")
    for line in seen:
        piece = telling(tuple(_moved(word, left, top) for word in line))
        if piece:
            lines = _with(lines, _once_more(piece, grey, dpi, left, recognizer), left)
    return lines


def _once_more(piece: Piece, grey: Array, dpi: int, left: int, recognizer: Recognizer) -> Piece:
    """Return a piece as its line reads by itself and enlarged, where that gives more of it."""
    margin = round(_MARGIN * dpi / _POINTS)
    top = max(0, round(min(word.top for word in piece.words)) - margin)
    bottom = round(max(word.bottom for word in piece.words)) + margin
    strip = cv2.resize(grey[top:bottom, left:], None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    lines = recognizer.read(np.asarray(strip, np.uint8), round(dpi * _LARGER), "line")
    words = tuple(_moved(_smaller(word), left, top) for line in lines for word in line)
    again = telling(words)
    return again if again and again.kind == piece.kind and again.weight > piece.weight else piece


def _recipients(lines: Lines, width: int) -> float | None:
    """Return the height of `Nơi nhận` in the left column."""
    for line in lines:
        for i, word in enumerate(line):
            text = fold(" ".join(other.text for other in line[i : i + 2]))
            if word.x0 < 0.35 * width and wording.RECIPIENTS.match(text):
                return word.top
    return None


def _inside(line: Sequence[Glyphs], left: float, top: float, bottom: float) -> tuple[Glyphs, ...]:
    return tuple(word for word in line if word.x0 >= left and word.top >= top and word.bottom <= bottom)


def _enough(lines: Sequence[tuple[Glyphs, ...]]) -> bool:
    """Tell whether position and name were read well at first."""
    sure = [piece for line in lines if (piece := telling(line)) and piece.confidence >= _SURE]
    whole = any(piece.kind == "person" and _whole(piece.words) for piece in sure)
    return whole and any(piece.kind == "position" for piece in sure)


def _whole(name: Sequence[Glyphs]) -> bool:
    """Tell a name that begins with its family name, by its first word's look."""
    first = name[0].text
    return len(name) > 2 and bool(_NAME.match(first)) and fold(first) not in _MIDDLE


def telling(line: Sequence[Glyphs]) -> Piece | None:
    """Return the part of a line that is an authority, a position or a name; None if nothing is."""
    words = [replace(word, text=text) for word in line if (text := _bare(word.text))]
    text = " ".join(word.text for word in words)
    folded = fold(text)
    if wording.capitals(text):
        if wording.AUTHORITY.match(folded):
            return Piece("authority", tuple(words))
        if any(_like(folded, position) for position in _POSITIONS):
            return _readable(Piece("position", tuple(words)))
        return None
    runs = sorted(_names(words), key=len)
    return _readable(Piece("person", runs[-1])) if runs else None


def _like(folded: str, position: str) -> bool:
    """Tell whether a line holds a position, or is the deputy of one, misread by a few letters."""
    return (
        fuzz.partial_ratio(position, folded) >= _LIKE_A_POSITION
        or fuzz.ratio(f"pho {position}", folded) >= _LIKE_A_DEPUTY
    )


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
            near = broken is not None and 0 <= run[0].x0 - broken.x1 < run[0].bottom - run[0].top
            yield (broken, *run) if broken is not None and near else tuple(run)
        run, broken = [], word


def _smaller(word: Glyphs) -> Glyphs:
    """Return a word of an enlarged picture where it stands in the picture itself."""
    scaled = (value / _LARGER for value in (word.x0, word.top, word.x1, word.bottom))
    x0, top, x1, bottom = scaled
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom)


def _moved(word: Glyphs, left: int, top: int) -> Glyphs:
    return replace(word, x0=word.x0 + left, x1=word.x1 + left, top=word.top + top, bottom=word.bottom + top)


def _with(lines: Lines, piece: Piece, left: float) -> Lines:
    """Return lines with a piece in place of what the first reading had at its height, unless that told as much."""
    top = min(word.top for word in piece.words)
    bottom = max(word.bottom for word in piece.words)
    there = [word for line in lines for word in line if word.x0 >= left and _beside(word, top, bottom)]
    known = telling(sorted(there, key=lambda word: word.x0))
    if known and (known.kind != piece.kind or known.weight >= piece.weight):
        return lines
    kept = tuple(tuple(word for word in line if word not in there) for line in lines)
    return (*(line for line in kept if line), piece.words)


def _beside(word: Glyphs, top: float, bottom: float) -> bool:
    """Tell whether a word stands at a height, more than half of it or of the other."""
    shared = min(word.bottom, bottom) - max(word.top, top)
    return shared > 0.5 * min(word.bottom - word.top, bottom - top)
