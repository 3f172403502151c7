"""The stamps of urgency and secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from pipeline.document import Span
from pipeline.text.strips import Strip
from pipeline.text.unicode import flat
from pipeline.text.wording import SECRECY, URGENCY


def extract(lines: Iterable[Strip]) -> Iterator[tuple[str, str, Span, float]]:
    """Yield name, value, place and confidence of each mark; the longest name that fits wins."""
    for line in lines:
        read = re.sub(r"[^a-z0-9]", "", flat(line.text)).replace("0", "o")
        for name, values in (("urgency", URGENCY), ("secrecy", SECRECY)):
            best = max(values, key=lambda value: fuzz.ratio(read, _plain(value)))
            likeness = fuzz.ratio(read, _plain(best))
            if likeness >= 70:
                yield name, best, line.span, 0.96 if likeness == 100 else 0.85
                break


def _plain(mark: str) -> str:
    return flat(mark).replace(" ", "")
