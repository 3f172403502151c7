"""The values that fill the fields of a file and of a document, and what is wrong with them.

A value is known or None; nothing is guessed, and nothing is cut: a value that is too long stays whole and is remarked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.archive.dossiers import Dossier
from pipeline.archive.profile import Field, Profile
from pipeline.archive.records import ACCESS, AUTOGRAPH, CONDITION, INFO_SIGN, RISK, Record, under
from pipeline.people.rules import HEADING, RETENTION
from pipeline.text.match import Gazetteer
from pipeline.text.unicode import fold

Values: TypeAlias = "dict[str, str | None]"
Level = Literal["error", "warning"]
KEYWORDS = 100
"""Characters that both circulars give to keywords; those that fit are written, those that do not are remarked."""

_ORIGINS = {"scan": "scanned", "mixed": "hybrid", "born_digital": "digital", "word": "digital", "text": "digital"}
_ACCESS = {"cong khai": "public", "co dieu kien": "conditional", "mat": "secret"}
_CONDITIONS = {"tot": "good", "binh thuong": "fair", "hong": "damaged"}
_STRICTEST = ("public", "conditional", "secret")
_WORST = ("good", "fair", "damaged")
_OTHER_TYPE = "32"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to settle: what it concerns (the code of a file or document), a stable code, and why, in two languages.

    An error keeps the record from being ready; a warning is for a person to weigh.
    """

    subject: str
    code: str
    level: Level
    vi: str
    en: str
    dispatch_id: str | None = None
    field: str | None = None

    def say(self, lang: str) -> str:
        """Return the message in a language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Described:
    """A file or a document with its fields filled: `values` as the circular writes them, by the names of its fields.

    `plain` has the values before they became codes, by their names here.
    """

    code: str
    values: Values
    plain: Values
    remarks: tuple[Remark, ...]
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A whole file as a profile describes it: itself and its documents, in order."""

    dossier: Dossier
    profile: Profile
    file: Described
    documents: tuple[Described, ...]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Everything to settle about the fields of the file and of its documents."""
        return self.file.remarks + tuple(remark for document in self.documents for remark in document.remarks)


def describe(dossier: Dossier, profile: Profile, types: Gazetteer) -> Filed:
    """Fill a profile's fields for a file and each of its documents."""
    whole, dropped = file_values(dossier)
    file = _described(dossier.code, profile, profile.file, whole, dropped, None)
    documents = tuple(
        _described(
            f"{dossier.code}{profile.joint}{number:07d}", profile, profile.document,
            *document_values(record, dossier, number, whole, profile.joint, types), record,
        )
        for number, record in enumerate(dossier.records, 1)
    )  # fmt: skip
    return Filed(dossier, profile, file, documents)


def document_values(
    record: Record, dossier: Dossier, number: int, whole: Values, joint: str, types: Gazetteer
) -> tuple[Values, tuple[str, ...]]:
    """Return a document's values by name, and the keywords that had no room."""
    keywords, dropped = _fitting(_keywords((record,)))
    entry = types.get(record.type_code or "") or types.find(record.type_name or "")
    kind = entry.more["archive_code"] if entry else _OTHER_TYPE if record.type_name else None
    values: Values = {
        "id": record.id,
        "doc_code": f"{dossier.code}{joint}{number:07d}",
        "ordinal": f"{number:07d}",
        "retention": retention(record.tags) or whole["retention"],
        "type": kind,
        "type_name": record.type_name,
        "number": record.number,
        "notation": record.notation,
        "issued": written_day(record.day),
        "agency": record.agency,
        "subject": record.subject,
        "language": record.language,
        "pages": _count(record.pages),
        "info_sign": _said(record.tags, INFO_SIGN) or whole["info_sign"],
        "keywords": keywords,
        "access": access(record, dossier.given),
        "origin": _ORIGINS.get(record.origin),
        "autograph": _said(record.tags, AUTOGRAPH),
        "condition": _coded(record.tags, CONDITION, _CONDITIONS) or whole["condition"],
        "risk": _said(record.tags, RISK) or whole["risk"],
        "risk_state": whole["risk_state"],
        "process": None,
        "note": None,
        **{name: whole[name] for name in ("archive_code", "organ_id", "catalogue", "file_notation")},
    }
    return values, dropped


def file_values(dossier: Dossier) -> tuple[Values, tuple[str, ...]]:
    """Return a file's values by name, and the keywords that had no room."""
    records, given = dossier.records, dossier.given
    days = [record.day for record in records]
    pages = [record.pages for record in records]
    known = [count for count in pages if count is not None]
    keywords, dropped = _fitting(_keywords(records))
    return {
        "code": dossier.code,
        "title": given.get("title"),
        "retention": _given_retention(given) or longest(retention(record.tags) for record in records),
        "access": _most([access(record, given) for record in records], _STRICTEST),
        "language": _all_same(record.language for record in records),
        "start": _day_if_all(days, min),
        "end": _day_if_all(days, max),
        "keywords": given.get("keywords") or keywords,
        "total_documents": str(len(records)),
        "sheets": given.get("sheets"),
        "pages": str(sum(known)) if records and len(known) == len(pages) else None,
        "condition": _key(given.get("condition"), _CONDITIONS)
        or _most([_coded(record.tags, CONDITION, _CONDITIONS) for record in records], _WORST),
        "info_sign": given.get("info_sign"),
        "origin": _origin(records),
        **{
            name: given.get(name)
            for name in ("paper_code", "risk", "risk_state", "note", "archive_code", "organ_id", "catalogue",
                         "file_notation")
        },
    }, () if given.get("keywords") else dropped  # fmt: skip


def retention(tags: Iterable[str]) -> str | None:
    """Return the longest retention that a record's tags give: `permanent`, a number of years, or `other`.

    >>> retention(["bảo-quản/20-năm", "bảo-quản/vĩnh-viễn", "thi-đua"])
    'permanent'
    """
    return longest(_period(text) for text in under(tags, RETENTION))


def longest(periods: Iterable[str | None]) -> str | None:
    """Return the longest of several retention periods; a stated period outranks `other`, whose length is unknown."""

    def length(period: str) -> int:
        return 10_000 if period == "permanent" else int(period) if period.isdigit() else 0

    return max((period for period in periods if period), key=length, default=None)


def access(record: Record, given: Mapping[str, str]) -> str | None:
    """Return who may see a record: a secrecy mark outranks its tag, its tag what is said of the whole file."""
    if record.secrecy:
        return "secret"
    return _coded(record.tags, ACCESS, _ACCESS) or _key(given.get("access"), _ACCESS)


def written_day(day: str | None) -> str | None:
    """Return an ISO day as the circulars write it.

    >>> written_day("2020-06-26")
    '26/06/2020'
    """
    return "/".join(reversed(day.split("-"))) if day else None


def _period(text: str) -> str:
    words = fold(text).replace("-", " ").split()
    if words[:2] == ["vinh", "vien"]:
        return "permanent"
    return words[0] if len(words) == 2 and words[0].isdigit() and words[1] == "nam" else "other"


def _given_retention(given: Mapping[str, str]) -> str | None:
    return _period(given["retention"]) if given.get("retention") else None


def _said(tags: Iterable[str], branch: str) -> str | None:
    """Return what people wrote below a branch, several joined; the tag's hyphens become spaces again."""
    return "; ".join(text.replace("-", " ") for text in under(tags, branch)) or None


def _key(text: str | None, keys: Mapping[str, str]) -> str | None:
    return keys.get(" ".join(fold(text).replace("-", " ").split())) if text else None


def _coded(tags: Iterable[str], branch: str, keys: Mapping[str, str]) -> str | None:
    found = {key for text in under(tags, branch) if (key := _key(text, keys))}
    return found.pop() if len(found) == 1 else None  # two that contradict each other say nothing


def _keywords(records: Iterable[Record]) -> list[str]:
    """Return movements, then subject headings, each once however it is spelt."""
    records = tuple(records)
    names = [name for record in records for name in record.movements]
    names += [text.replace("-", " ") for record in records for text in under(record.tags, HEADING)]
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name), name)
    return list(once.values())


def _fitting(keywords: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the keywords that fit, each whole, and those that do not."""
    kept: list[str] = []
    dropped: list[str] = []
    for keyword in keywords:
        (kept if len("; ".join([*kept, keyword])) <= KEYWORDS else dropped).append(keyword)
    return "; ".join(kept) or None, tuple(dropped)


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)


def _all_same(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _most(values: list[str | None], scale: tuple[str, ...]) -> str | None:
    """Return the value that stands highest on a scale, if every one is known."""
    known = [value for value in values if value]
    return max(known, key=scale.index) if known and len(known) == len(values) else None


def _day_if_all(days: list[str | None], choose: object) -> str | None:
    """Return the first or last day, if every day is known: an unknown one might lie before or after."""
    assert callable(choose)
    return written_day(choose(days)) if days and all(days) else None


def _origin(records: Iterable[Record]) -> str | None:
    found = {_ORIGINS.get(record.origin) for record in records}
    if not found or None in found:
        return None
    return found.pop() if len(found) == 1 else "hybrid"


def _described(
    code: str, profile: Profile, fields: tuple[Field, ...], plain: Values, dropped: tuple[str, ...],
    record: Record | None,
) -> Described:  # fmt: skip
    values = {field.name: profile.written(field, plain[field.source]) for field in fields}
    found = tuple(remark for field in fields for remark in _remarks(code, field, values[field.name], plain, record))
    if dropped:
        names = "; ".join(dropped)
        found += (
            Remark(code, "keywords-left-out", "warning", f"không đủ chỗ cho từ khóa: {names}",
                   f"no room for keywords: {names}", record.id if record else None, "keyword"),
        )  # fmt: skip
    return Described(code, values, plain, found, record)


def _remarks(code: str, field: Field, value: str | None, plain: Values, record: Record | None) -> Iterable[Remark]:
    """Yield what is wrong with one field: it is missing, has no code in this circular, or is too long."""
    where = (record.id if record else None, field.name)
    level: Level = "error" if field.need == "must" else "warning"
    if value is None and plain[field.source] is not None:
        yield Remark(code, "no-code", level, f"{field.vi}: mẫu không có mã cho giá trị {plain[field.source]}",
                     f"{field.en}: the profile has no code for {plain[field.source]}", *where)  # fmt: skip
    elif value is None and field.need != "may":
        partly = record.issued_on if record and field.source == "issued" else None
        yield Remark(code, "missing-field", level, f"thiếu {field.vi}" + (f" (chỉ biết {partly})" if partly else ""),
                     f"no {field.en}" + (f" (only {partly} is known)" if partly else ""), *where)  # fmt: skip
    elif value is not None and field.size is not None and len(value) > field.size:
        size = f"{len(value)}/{field.size}"
        yield Remark(code, "field-too-long", "error", f"{field.vi} dài quá: {size} ký tự",
                     f"{field.en} is too long: {size} characters", *where)  # fmt: skip
