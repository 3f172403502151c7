"""Scores the tables against gold files: precision, recall and F1 by kind of claim, fields, calibration.

A gold file is JSON, one for a dispatch, in the shape that `docs/evaluation.md` describes and
`congvan gold` writes. Gold and dispatch are paired by the file's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rapidfuzz.distance import Levenshtein

from pipeline.errors import CatalogueError
from pipeline.text.unicode import nfc

Record = Mapping[str, Any]
Similarity = Callable[[Record, Record], float]

FIELDS = (
    "parent_agency", "agency", "number", "notation", "place", "issued_on", "type_name", "subject",
    "urgency", "secrecy", "signing_authority", "signer_position", "signer_name",
)  # fmt: skip
CODED = frozenset({"number", "notation", "issued_on", "urgency", "secrecy"})
CLOSE = 0.90
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_ENDS = " \t\n.,;:-_*\"'‘’()[]/"
_FOLDS = str.maketrans({**dict.fromkeys("–—‐‑−", "-"), **dict.fromkeys("“”„«»", '"')})


@dataclass(frozen=True, slots=True)
class Entity:
    """How one kind of claim is compared: where it lies, when two are the same, what else must agree."""

    table: str
    block: str | None
    same: Similarity
    threshold: float
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How often a field was right: exactly, nearly, and in how many dispatches it counted."""

    exact: int
    close: int
    support: int


@dataclass(frozen=True, slots=True)
class EntityScore:
    """True and false positives and false negatives of one kind; `strict` of the true ones are equal to the letter."""

    tp: int
    fp: int
    fn: int
    strict: int
    agree: Mapping[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        """The share of found claims that are right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of gold claims that were found."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """All scores of one evaluation; `whole` counts dispatches in which every field is exactly right.

    `calibration` has for each band of confidence (low, high) how many field values are right, of how many.
    """

    documents: int
    absent: tuple[str, ...]
    whole: int
    fields: Mapping[str, FieldScore]
    entities: Mapping[str, EntityScore]
    calibration: Mapping[tuple[float, float], tuple[int, int]]
    errors: tuple[str, ...]


def normal(value: object) -> str:
    """Return a value without what does not matter: form, case, space, kinds of dash and quote, marks at the ends."""
    if value is None:
        return ""
    text = re.sub(r"\s+", " ", nfc(str(value)).casefold().translate(_FOLDS))
    return re.sub(r"\s*([-/])\s*", r"\1", text).strip(_ENDS)


def similarity(a: object, b: object) -> float:
    """Return the Levenshtein similarity (0 to 1) of two normal forms."""
    return Levenshtein.normalized_similarity(normal(a), normal(b))


def _same_recipient(gold: Record, found: Record) -> float:
    return similarity(gold["name"], found["name"]) if bool(gold.get("archive")) == bool(found.get("archive")) else 0.0


def _same_name(gold: Record, found: Record) -> float:
    return similarity(gold["name"], found["name"])


def _same_date(gold: Record, found: Record) -> float:
    return float(gold["start"] == found["start"] and gold["end"] == found["end"])


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


def evaluate(gold: Path, tables: Path) -> Report:
    """Score the Parquet files of `tables` against the gold files of a folder; raises CatalogueError for none."""
    documents = [json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))]
    if not documents:
        raise CatalogueError(f"no gold files (*.json) in {gold}", f"không có tệp mẫu (*.json) trong {gold}")
    frames = {name: _table(tables, name) for name in {"dispatches", "fields", *(e.table for e in ENTITIES.values())}}
    rows = {Path(str(row["source_path"])).name: row for row in frames["dispatches"]}
    pairs = [(document, rows.get(Path(document["file"]).name)) for document in documents]
    errors: list[str] = []
    per_field = {name: [_field(doc, row, name, errors) for doc, row in pairs] for name in FIELDS}
    return Report(
        documents=len(pairs),
        absent=tuple(document["file"] for document, row in pairs if row is None),
        whole=sum(all(marks[i] in (None, (True, True)) for marks in per_field.values()) for i in range(len(pairs))),
        fields={name: _field_score(marks) for name, marks in per_field.items()},
        entities={name: _entity(name, kind, pairs, frames[kind.table], errors) for name, kind in ENTITIES.items()},
        calibration=_calibration(pairs, frames["fields"]),
        errors=tuple(errors),
    )


def _table(tables: Path, name: str) -> list[dict[str, Any]]:
    path = tables / f"{name}.parquet"
    if not path.is_file():
        raise CatalogueError(f"no table at {path}: ingest first", f"chưa có {path}: hãy chạy `congvan ingest` trước")
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def _judge(name: str, gold: object, found: object) -> tuple[bool, bool] | None:
    """Return (exact, close) for a field, or None where neither side has a value."""
    wanted, got = normal(gold), normal(found)
    if not wanted and not got:
        return None
    if name == "issued_on" and wanted:
        got = got[: len(wanted)]
    exact = wanted == got
    near = bool(wanted and got) and name not in CODED and Levenshtein.normalized_similarity(wanted, got) >= CLOSE
    return exact, exact or near


def _field(document: Record, row: Record | None, name: str, errors: list[str]) -> tuple[bool, bool] | None:
    gold, found = document["dispatch"].get(name), (row or {}).get(name)
    mark = _judge(name, gold, found)
    if mark and not mark[0]:
        errors.append(f"{document['file']}: {name}: gold {gold!r}, found {found!r}{' (close)' if mark[1] else ''}")
    return mark


def _field_score(marks: Iterable[tuple[bool, bool] | None]) -> FieldScore:
    counted = [mark for mark in marks if mark]
    return FieldScore(sum(exact for exact, _ in counted), sum(close for _, close in counted), len(counted))


def _gold_list(document: Record, name: str) -> list[Record]:
    entries = document.get(name) or []
    return [{"name": entry} for entry in entries] if name == "addressees" else entries


def _entity(
    name: str,
    kind: Entity,
    pairs: Sequence[tuple[Record, Record | None]],
    table: list[dict[str, Any]],
    errors: list[str],
) -> EntityScore:
    counts = {"tp": 0, "fp": 0, "fn": 0, "strict": 0}
    agree = dict.fromkeys(kind.details, (0, 0))
    for document, row in pairs:
        gold = _gold_list(document, name)
        found = [r for r in table if row and r["dispatch_id"] == row["dispatch_id"] and r.get("block") == kind.block]
        matched = align(gold, found, kind.same, kind.threshold)
        counted = [(i, j) for i, j in matched if not gold[i].get("optional")]
        missed = [g for i, g in enumerate(gold) if i not in dict(matched) and not g.get("optional")]
        extra = [f for j, f in enumerate(found) if j not in {j for _, j in matched}]
        counts["tp"] += len(counted)
        counts["fn"] += len(missed)
        counts["fp"] += len(extra)
        counts["strict"] += sum(kind.same(gold[i], found[j]) == 1.0 for i, j in counted)
        for detail in kind.details:
            right = sum(_agrees(gold[i].get(detail), found[j].get(detail)) for i, j in counted)
            agree[detail] = (agree[detail][0] + right, agree[detail][1] + len(counted))
        errors += [f"{document['file']}: {name}: missed {_show(g)}" for g in missed]
        errors += [f"{document['file']}: {name}: extra {_show(f)}" for f in extra]
    return EntityScore(**counts, agree=agree)


def _agrees(gold: object, found: object) -> bool:
    return bool(gold) == bool(found) if isinstance(gold, bool) else normal(gold) == normal(found)


def _show(record: Record) -> str:
    keys = ("name", "text", "start", "end", "role", "label", "number", "notation")
    return ", ".join(f"{key} {str(record[key])[:100]!r}" for key in keys if record.get(key))


def align(gold: Sequence[Record], found: Sequence[Record], same: Similarity, at_least: float) -> list[tuple[int, int]]:
    """Return one-to-one pairs (gold index, found index), the most similar first, none below the threshold."""
    scored = sorted(((same(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if score >= at_least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _calibration(
    pairs: Sequence[tuple[Record, Record | None]], claims: list[dict[str, Any]]
) -> dict[tuple[float, float], tuple[int, int]]:
    bands = dict.fromkeys(pairwise(BINS), (0, 0))
    best: dict[tuple[str, str], float] = {}
    for claim in claims:
        key = (claim["dispatch_id"], claim["name"])
        best[key] = max(best.get(key, 0.0), claim["confidence"])
    for document, row in pairs:
        for name in FIELDS if row else ():
            assert row is not None
            confidence = best.get((row["dispatch_id"], name))
            mark = _judge(name, document["dispatch"].get(name), row.get(name))
            if confidence is None or mark is None:
                continue
            band = next(band for band in bands if band[0] <= confidence < band[1])
            bands[band] = (bands[band][0] + mark[0], bands[band][1] + 1)
    return bands


def to_json(report: Report) -> dict[str, Any]:
    """Return a report as plain JSON values."""
    return {
        "documents": report.documents,
        "absent": list(report.absent),
        "whole": report.whole,
        "fields": {
            name: {"exact": s.exact / s.support, "close": s.close / s.support, "support": s.support}
            for name, s in {**report.fields, "all": total(report)}.items()
            if s.support
        },
        "entities": {
            name: {
                "precision": s.precision,
                "recall": s.recall,
                "f1": s.f1,
                "support": s.tp + s.fn,
                "strict": s.strict / s.tp if s.tp else 0.0,
                "agree": {detail: right / n for detail, (right, n) in s.agree.items() if n},
            }
            for name, s in report.entities.items()
        },
        "calibration": [
            {"from": low, "to": min(high, 1.0), "right": right, "of": n}
            for (low, high), (right, n) in report.calibration.items()
        ],
    }


def total(report: Report) -> FieldScore:
    """Return the score over all fields together."""
    scores = report.fields.values()
    return FieldScore(sum(s.exact for s in scores), sum(s.close for s in scores), sum(s.support for s in scores))


def to_text(report: Report) -> str:
    """Return a report as tables for a terminal."""
    lines = [f"{report.documents} dispatches, {len(report.absent)} absent, {report.whole} with every field exact", ""]
    lines.append(f"{'field':<20}{'exact':>8}{'close':>8}{'support':>9}")
    for name, s in {**report.fields, "all": total(report)}.items():
        if s.support:
            lines.append(f"{name:<20}{s.exact / s.support:>8.3f}{s.close / s.support:>8.3f}{s.support:>9}")
    lines += ["", f"{'claims':<20}{'prec':>8}{'recall':>8}{'F1':>8}{'strict':>8}{'support':>9}   details that agree"]
    for name, e in report.entities.items():
        agree = "  ".join(f"{detail} {right / n:.2f}" for detail, (right, n) in e.agree.items() if n)
        strict = e.strict / e.tp if e.tp else 0.0
        lines.append(
            f"{name:<20}{e.precision:>8.3f}{e.recall:>8.3f}{e.f1:>8.3f}{strict:>8.3f}{e.tp + e.fn:>9}   {agree}"
        )
    lines += ["", "confidence of fields    right      of   share"]
    for (low, high), (right, n) in report.calibration.items():
        if n:
            lines.append(f"{low:.2f} to {min(high, 1.0):.2f}        {right:>8}{n:>8}{right / n:>8.3f}")
    return "\n".join(lines)
