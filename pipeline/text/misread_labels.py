"""Labels that OCR misread beyond recognition, told by those before and after them: `4.`, `Š.`, `6.` are 4, 5, 6.

A gap in a series is filled only where just as many paragraphs stand in it that begin as a label would;
where more or fewer do, none is taken for one.

>>> [label.printed if label else None for label in read_labels(["1. Nhà", "§. Kho", "3. Sân"])]
['1', '2', '3']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pipeline.text.labels import RANK, Label, read_label, to_roman

_Series = Literal["roman", "number"]

_TOKENS: dict[_Series, re.Pattern[str]] = {
    "roman": re.compile(r"^\W{0,2}[A-ZĐÀ-Ỹ1l|!\]]{1,5}[.,:]\s*(?=[A-ZĐÀ-Ỹ])"),
    "number": re.compile(r"^(?![-–—+•*])\S{1,3}?(?:[.,:)/-]{1,2}|%)\s+(?=[A-ZĐÀ-Ỹ])"),
}
"""What may be a label of the series: a short token with a mark behind it, then a capital letter."""
_A_TITLE = 90  # characters: a section's heading is shorter


def read_labels(texts: Sequence[str]) -> list[Label | None]:
    """Return the label of each paragraph of a body, misread ones by their place; not settled yet."""
    labels = [read_label(text) for text in texts]
    for style in ("roman", "number"):
        _fill(labels, texts, style)
    return labels


def _fill(labels: list[Label | None], texts: Sequence[str], style: _Series) -> None:
    """Give the paragraphs in the gaps of each series of a style their labels, in place."""
    last, doubtful = 0, list[int]()
    for i, label in enumerate(labels):
        ends = label is not None and not label.weak and RANK[label.style] < RANK[style]
        if label is None or label.style != style or label.weak or label.ordinal <= last:
            if ends:
                last, doubtful = 0, []
            if _length(labels, texts, i, style):
                doubtful.append(i)
            continue
        if label.ordinal - last - 1 == len(doubtful):
            for ordinal, at in enumerate(doubtful, last + 1):
                printed = to_roman(ordinal) if style == "roman" else str(ordinal)
                labels[at] = Label(style, printed, ordinal, _length(labels, texts, at, style))
        last, doubtful = label.ordinal, []


def _length(labels: Sequence[Label | None], texts: Sequence[str], i: int, style: _Series) -> int:
    """Return how many characters the label of a paragraph takes if it is a misread one of a style, 0 if it is none."""
    label, text = labels[i], texts[i]
    if label is not None and label.style == style:
        return label.length
    if label is not None and label.style in {"roman", "number"}:
        return label.length if label.ordinal == 1 and _mistaken(labels, texts, i, style) else 0
    if label is not None and label.style == "dash":
        inner = read_label(text[label.length :])
        if inner is not None and inner.style == style:
            return label.length + inner.length
    elif label is not None:
        return 0
    token = _TOKENS[style].match(text)
    return token.end() if token else 0


def _mistaken(labels: Sequence[Label | None], texts: Sequence[str], i: int, style: _Series) -> bool:
    """Tell I. from 1.: which of the two series goes on says which one it opens."""
    if (style == "roman") != (len(texts[i]) < _A_TITLE):
        return False
    after = [label for label in labels[i + 1 :] if label and not label.weak]
    reach = next((n for n, label in enumerate(after) if RANK[label.style] < RANK["roman"]), len(after))
    later = [label.style for label in after[:reach] if label.ordinal > 1 and label.style in {"roman", "number"}]
    return bool(later) and later[0] == style and (style == "roman" or "roman" not in later)
