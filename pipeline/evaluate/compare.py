"""When a found value is the same as the gold one: exactly, nearly, or as the same claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.text.unicode import nfc

Record = Mapping[str, Any]
Similarity = Callable[[Record, Record], float]

FIELDS = (
    "parent_agency", "agency", "number", "notation", "place", "issued_on", "type_name", "subject",
    "urgency", "secrecy", "signing_authority", "signer_position", "signer_name",
)  # fmt: skip
CODED = frozenset({"number", "notation", "issued_on", "urgency", "secrecy"})
"""Fields of which a value that is nearly right is wrong."""
CLOSE = 0.90

_ENDS = " \t\n.,;:-_*\"'‘’()[]/"
_FOLDS = str.maketrans({**dict.fromkeys("–—‐‑−", "-"), **dict.fromkeys("“”„«»", '"')})
_DAYS = frozenset({"issued_on", "deadline"})


@dataclass(frozen=True, slots=True)
class Entity:
    """How one kind of claim is compared: where it lies, when two are the same, what else must agree.

    `block` narrows the table `recipients`. A pair matches at or above `threshold`.
    """

    table: str
    block: str | None
    same: Similarity
    threshold: float
    details: tuple[str, ...] = ()


def normal(value: object) -> str:
    """Return a value without what does not matter: form, case, space, kinds of dash and quote, marks at the ends.

    >>> normal(" 12 – QĐ/UBND. "), normal(None)
    ('12-qđ/ubnd', '')
    """
    if value is None:
        return ""
    text = re.sub(r"\s+", " ", nfc(str(value)).casefold().translate(_FOLDS))
    return re.sub(r"\s*([-/])\s*", r"\1", text).strip(_ENDS)


def similarity(a: object, b: object) -> float:
    """Return the Levenshtein similarity (0 to 1) of two normal forms."""
    return Levenshtein.normalized_similarity(normal(a), normal(b))


def judge(name: str, gold: object, found: object) -> tuple[bool, bool] | None:
    """Return whether a field is right exactly, and nearly; None where neither side has a value."""
    wanted, got = normal(gold), normal(found)
    if not wanted and not got:
        return None
    if name == "issued_on":  # gold may know the month or the year alone
        got = got[: len(wanted) or 10]
    exact = wanted == got
    near = bool(wanted and got) and name not in CODED and Levenshtein.normalized_similarity(wanted, got) >= CLOSE
    return exact, exact or near


def agrees(detail: str, gold: object, found: object) -> bool:
    """Tell whether a detail of a matched pair is the same on both sides."""
    if isinstance(gold, bool):
        return gold == bool(found)
    wanted, got = normal(gold), normal(found)
    return wanted[:10] == got[:10] if detail in _DAYS else wanted == got


def align(gold: Sequence[Record], found: Sequence[Record], same: Similarity, at_least: float) -> list[tuple[int, int]]:
    """Return one-to-one pairs (gold index, found index), the most similar first, none below the threshold."""
    scored = sorted(((same(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if score >= at_least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _same_recipient(gold: Record, found: Record) -> float:
    return similarity(gold["name"], found["name"]) if bool(gold.get("archive")) == bool(found.get("archive")) else 0.0


def _same_name(gold: Record, found: Record) -> float:
    return similarity(gold["name"], found["name"])


def _same_date(gold: Record, found: Record) -> float:
    return float(all(normal(gold[end])[:10] == normal(found[end])[:10] for end in ("start", "end")))


def _same_reference(gold: Record, found: Record) -> float:
    if normal(gold.get("number")) or normal(found.get("number")):
        number = normal(gold.get("number")) == normal(found.get("number"))
        return float(number and similarity(gold.get("notation"), found.get("notation")) >= 0.99)
    alike = normal(gold.get("type_name")) == normal(found.get("type_name"))
    return similarity(gold["text"], found["text"]) if alike else 0.0


def _same_directive(gold: Record, found: Record) -> float:
    return similarity(gold["text"], found["text"])


ENTITIES = {
    "recipients": Entity("recipients", "recipient", _same_recipient, 0.85, ("purpose",)),
    "addressees": Entity("recipients", "addressee", _same_name, 0.85),
    "movements": Entity("movements", None, _same_name, 0.80, ("kind", "launched")),
    "dates": Entity("dates", None, _same_date, 1.0, ("role",)),
    "references": Entity("references", None, _same_reference, 0.80, ("type_name", "issued_on", "issuer")),
    "directives": Entity("directives", None, _same_directive, 0.80, ("label", "deadline")),
}
"""Every kind of claim by the name that gold files give it."""
