"""What stands once for several documents: `A và B ngày … của …`, `Sở … tại A và B`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.text.citations.citation import Citation
from pipeline.text.citations.issuers import issuer_before
from pipeline.text.notation import Codes, segments

_JOINED = re.compile(r"\s*(?:,|và|;|,\s*và)\s*(?:các\s)?")
_AND = re.compile(r"[^;.]*và\s(?:các\s)?")


def share(text: str, found: Iterable[Citation], codes: Codes) -> list[Citation]:
    """Return the citations of a passage, each with the day and issuer that it shares with its neighbours."""
    return _forward(text, _backward(text, list(found), codes))


def _backward(text: str, found: list[Citation], codes: Codes) -> list[Citation]:
    """`A và B ngày … của …`: what follows the last one holds for those before it."""
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        joined = _JOINED.fullmatch(text[one.details.end : following.start])
        if one.details.issuer or not joined or not _of_one_body(one, following, codes):
            continue
        day = one.details.issued_on
        if day is None or one.type_name == following.type_name:
            details = replace(
                one.details, issued_on=day or following.details.issued_on, issuer=following.details.issuer
            )
            found[i] = replace(one, details=details)
    return found


def _of_one_body(one: Citation, other: Citation, codes: Codes) -> bool:
    """Tell whether two notations may be of one body: they have a code of bodies in common, or one tells none."""
    a, b = (
        {code for code in segments(cited.notation or "") if not code.isdigit() and not codes.is_type(code)}
        for cited in (one, other)
    )
    return not a or not b or not a.isdisjoint(b)


def _forward(text: str, found: list[Citation]) -> list[Citation]:
    """`Sở … tại A và B`: what leads the first one holds for the next."""
    for i in range(1, len(found)):
        before, one = found[i - 1], found[i]
        if one.details.issuer or not _AND.fullmatch(text[before.details.end : one.start]):
            continue
        if before.details.issuer and issuer_before(text, before.start):
            found[i] = replace(one, details=replace(one.details, issuer=before.details.issuer))
    return found
