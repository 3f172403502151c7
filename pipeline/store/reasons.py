"""Why a person should look at a record: each reason as a code, and as a sentence in Vietnamese and English.

Codes: `missing:<field>` (no line for it was found), `blank:<field>` (its line is there, in print, without a
value), `unread:<field>` (its line is there, and OCR could not read the value), `unsure:<field>` (a value of
low confidence), `disagree:<field>` (the document says it in several places, differently),
`doubtful:secrecy` (what may be a secrecy stamp), `problem:<code>` (something went wrong).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.annotations import FIELD_NAMES, Field, Zone, ZoneKind
from pipeline.document import Document, Span
from pipeline.store.labels import COLUMN_LABELS
from pipeline.text.unicode import fold

DECISIVE = ("agency", "number", "notation", "issued_on", "type_name", "subject", "signer_name")
"""The fields without which a record cannot be filed: a weak or absent one sends the record to review."""

DERIVED = frozenset({"agency_id", "type_code"})
"""Fields that follow from others: whoever looks at those has looked at these."""

ZONES = {
    "agency": ZoneKind.AGENCY,
    "number": ZoneKind.NUMBER,
    "notation": ZoneKind.NUMBER,
    "issued_on": ZoneKind.PLACE_DATE,
    "type_name": ZoneKind.TITLE,
    "subject": ZoneKind.SUBJECT,
    "signer_name": ZoneKind.SIGNATURE,
}
"""The part of a dispatch that each decisive field stands in."""

_STAMP = re.compile(r"\W*(?:tuyet mat|toi mat|mat)\W*")
_HEAD_LINES = 40  # a stamp stands at the head of the first page


@dataclass(frozen=True, slots=True)
class Sure:
    """A field's chosen claim with its confidence."""

    claim: Field
    confidence: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its kind, what it is about, and the sentences."""

    kind: str
    name: str
    vi: str
    en: str

    @property
    def code(self) -> str:
        """The reason for programs, such as `missing:number`."""
        return f"{self.kind}:{self.name}"


def reasons(best: Mapping[str, Sure], document: Document, below: float) -> tuple[Reason, ...]:
    """Return every reason to look at a record; `best` has the chosen claim of each field."""
    return (
        *(_absent(name, document) for name in DECISIVE if name not in best),
        *_partial_day(best, document),
        *(_unsure(name, best[name]) for name in FIELD_NAMES if _is_weak(name, best, below)),
        *_disagreements(document.of(Field), best),
        *(() if "secrecy" in best else _stamps(document)),
        *map(_problem, sorted({problem.code for problem in document.problems})),
    )


def _is_weak(name: str, best: Mapping[str, Sure], below: float) -> bool:
    return name not in DERIVED and name in best and best[name].confidence < below


def _absent(name: str, document: Document) -> Reason:
    zones = [zone.span for zone in document.of(Zone) if zone.kind == ZONES[name] and zone.span]
    if not zones:
        return Reason(
            "missing", name,
            f"thiếu {_vi(name)}: không thấy dòng này trong văn bản",
            f"{_en(name)} is missing: no line for it was found",
        )  # fmt: skip
    if _by_ocr(document, zones):
        return _unread(name)
    return Reason("blank", name, f"{_vi(name)} để trống trong văn bản", f"{_en(name)} is left blank in the document")


def _partial_day(best: Mapping[str, Sure], document: Document) -> Iterator[Reason]:
    """Yield a reason for a day of issue of which OCR read the month or the year alone."""
    day = best.get("issued_on")
    if day and len(day.claim.value) < 10 and day.claim.span and _by_ocr(document, [day.claim.span]):
        yield _unread("issued_on")


def _by_ocr(document: Document, spans: Iterable[Span]) -> bool:
    return any(document.ocr_confidence(span) is not None for span in spans)


def _unread(name: str) -> Reason:
    return Reason(
        "unread", name,
        f"{_vi(name)}: có dòng này nhưng chưa đọc được (viết tay, mờ, hoặc bị dấu che)",
        f"{_en(name)}: the line is there but could not be read (handwriting, faint print, or a seal over it)",
    )  # fmt: skip


def _unsure(name: str, sure: Sure) -> Reason:
    value, share = _one(sure.claim.value), f"{100 * sure.confidence:.0f}%"
    return Reason(
        "unsure", name,
        f"{_vi(name)} chưa chắc: “{value}” (độ tin cậy {share})",
        f"{_en(name)} is unsure: “{value}” (confidence {share})",
    )  # fmt: skip


def _disagreements(claims: Iterable[Field], best: Mapping[str, Sure]) -> Iterator[Reason]:
    """Yield the fields that stand in several places with different values; what a person says ends the matter."""
    heard: dict[str, dict[str, str]] = {}
    for claim in claims:
        heard.setdefault(claim.name, {}).setdefault(_plain(claim.value), claim.value)
    for name, values in heard.items():
        if len(values) > 1 and name not in DERIVED and not best[name].claim.by.startswith("human:"):
            shown = " / ".join(map(_one, values.values()))
            yield Reason(
                "disagree", name,
                f"{_vi(name)}: các chỗ trong văn bản ghi khác nhau ({shown})",
                f"{_en(name)}: places in the document differ ({shown})",
            )  # fmt: skip


def _one(value: str) -> str:
    """Return a value without the mark that stands between reasons."""
    return value.replace(";", ",")


def _plain(value: str) -> str:
    return re.sub(r"\W", "", value.casefold()).lstrip("0")


def _stamps(document: Document) -> Iterator[Reason]:
    """Yield a reason for a line of capitals in the head that is a secrecy stamp but for its marks."""
    for page in document.pages[:1]:
        for line in page.lines[:_HEAD_LINES]:
            if line.text.isupper() and _STAMP.fullmatch(fold(line.text)):
                yield Reason(
                    "doubtful", "secrecy",
                    f"có thể có dấu mật (“{_one(line.text)}”): hãy xem trang đầu",
                    f"there may be a secrecy stamp (“{_one(line.text)}”): look at the first page",
                )  # fmt: skip
                return


def _problem(code: str) -> Reason:
    return Reason("problem", code, f"vấn đề khi xử lý: {code}", f"a problem in processing: {code}")


def _vi(name: str) -> str:
    return COLUMN_LABELS[name].vi


def _en(name: str) -> str:
    return COLUMN_LABELS[name].en
