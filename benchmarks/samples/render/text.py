"""Dispatches as plain text, in one column or with head and foot typed side by side."""

from __future__ import annotations

from itertools import zip_longest

from benchmarks.samples.render import parts
from benchmarks.samples.truth import Dispatch

_COLUMN = 44


def text(dispatch: Dispatch, *, side_by_side: bool = False) -> str:
    """Return the dispatch as text; `side_by_side` types head and foot in two columns of blanks."""
    recipients = ["Nơi nhận:", *parts.recipient_lines(dispatch)]
    if dispatch.brace:
        recipients[dispatch.brace[1]] += f" }} {parts.brace_purpose(dispatch)}"
    pairs = (
        (parts.left_head(dispatch), parts.right_head(dispatch)),
        (recipients, parts.signature_lines(dispatch)),
    )
    head, foot = (_beside(*pair) if side_by_side else [*pair[0], *pair[1]] for pair in pairs)
    middle = [*parts.title_lines(dispatch), *parts.addressee_lines(dispatch), *parts.body_lines(dispatch)]
    marks = [dispatch.urgency] if dispatch.urgency else []
    appendix = ["PHỤ LỤC", *(" ".join(row) for row in dispatch.appendix)] if dispatch.appendix else []
    return "\n".join([*head, "", *marks, *middle, "", *foot, *([""] if appendix else []), *appendix]) + "\n"


def _beside(left: list[str], right: list[str]) -> list[str]:
    width = max(_COLUMN, *(len(line) + 5 for line in left))
    return [f"{a:<{width}}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]
