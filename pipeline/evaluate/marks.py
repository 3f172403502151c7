"""What is right and wrong about one dispatch. Every score is a sum of these over dispatches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.calibration import Reading, reading_of
from pipeline.evaluate.compare import ENTITIES, FIELDS, Record, agrees, align, judge
from pipeline.evaluate.pairs import Pair


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one kind of claim: true and false positives, and false negatives.

    `strict` of the true ones are equal letter by letter; `agree` has how many of them have each detail right.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0
    strict: int = 0
    agree: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One value with what was said of it and whether it is right.

    `kind` is the table, `name` the field or the block of recipients; `score` is what its author said,
    `confidence` what calibration made of that.
    """

    kind: str
    name: str
    author: str
    reading: Reading
    score: float
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one dispatch; `fields` has (exact, close) for each field that counts."""

    file: str
    source: str
    absent: bool
    needs_review: bool
    fields: Mapping[str, tuple[bool, bool]]
    entities: Mapping[str, Counts]
    judged: tuple[Judged, ...]
    errors: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every field is exactly right."""
        return not self.absent and all(exact for exact, _ in self.fields.values())


def mark(pair: Pair) -> Marks:
    """Return the marks of a dispatch."""
    row = pair.row or {}
    fields = {name: judged for name in FIELDS if (judged := judge(name, _gold(pair, name), row.get(name)))}
    matches = {name: _Match.of(name, pair) for name in ENTITIES}
    return Marks(
        file=pair.file,
        source=pair.source,
        absent=pair.row is None,
        needs_review=row.get("review_state") == "needs_review",
        fields=fields,
        entities={name: match.counts for name, match in matches.items()},
        judged=(*_judged_fields(pair, fields), *(one for match in matches.values() for one in match.judged(pair.row))),
        errors=(
            *_wrong_fields(pair, fields),
            *(line for match in matches.values() for line in match.errors(pair.file)),
        ),
    )


def _gold(pair: Pair, name: str) -> object:
    return pair.gold["dispatch"].get(name)


def _judged_fields(pair: Pair, marks: Mapping[str, tuple[bool, bool]]) -> Iterator[Judged]:
    """Yield the fields that have a value, with the claim that the value was taken from."""
    for name, (exact, _) in marks.items():
        value = (pair.row or {}).get(name)
        claims = [c for c in pair.claims.get("fields", ()) if c["name"] == name and c["value"] == value]
        if claims:
            yield _judged("fields", name, max(claims, key=lambda claim: claim["confidence"]), exact, pair.row)


def _judged(kind: str, name: str, claim: Record, right: bool, row: Record | None) -> Judged:
    score = claim.get("score")
    return Judged(
        kind=kind,
        name=name,
        author=claim["author"],
        reading=reading_of(claim["ocr_confidence"], (row or {}).get("ocr_confidence")),
        score=claim["confidence"] if score is None else score,
        confidence=claim["confidence"],
        right=right,
    )


def _wrong_fields(pair: Pair, marks: Mapping[str, tuple[bool, bool]]) -> Iterator[str]:
    for name, (exact, close) in marks.items():
        if not exact:
            found = (pair.row or {}).get(name)
            near = " (close)" if close else ""
            yield f"{pair.file}: {name}: gold {_gold(pair, name)!r}, found {found!r}{near}"


@dataclass(frozen=True, slots=True)
class _Match:
    """Gold and found claims of one kind in one dispatch, and which of them are the same."""

    name: str
    gold: list[Record]
    found: list[Record]
    pairs: tuple[tuple[int, int], ...]

    @staticmethod
    def of(name: str, pair: Pair) -> _Match:
        kind = ENTITIES[name]
        gold, found = pair.wanted(name), pair.found(name)
        return _Match(name, gold, found, tuple(align(gold, found, kind.same, kind.threshold)))

    @property
    def counted(self) -> list[tuple[Record, Record]]:
        return [(self.gold[i], self.found[j]) for i, j in self.pairs if not self.gold[i].get("optional")]

    @property
    def missed(self) -> list[Record]:
        hit = {i for i, _ in self.pairs}
        return [g for i, g in enumerate(self.gold) if i not in hit and not g.get("optional")]

    @property
    def extra(self) -> list[Record]:
        hit = {j for _, j in self.pairs}
        return [f for j, f in enumerate(self.found) if j not in hit]

    @property
    def counts(self) -> Counts:
        kind, counted = ENTITIES[self.name], self.counted
        return Counts(
            tp=len(counted),
            fp=len(self.extra),
            fn=len(self.missed),
            strict=sum(kind.same(g, f) == 1.0 for g, f in counted),
            agree={d: sum(agrees(d, g.get(d), f.get(d)) for g, f in counted) for d in kind.details},
        )

    def judged(self, row: Record | None) -> Iterator[Judged]:
        kind = ENTITIES[self.name]
        for right, claims in ((True, [f for _, f in self.counted]), (False, self.extra)):
            for claim in claims:
                yield _judged(kind.table, kind.block or "", claim, right, row)

    def errors(self, file: str) -> Iterator[str]:
        yield from (f"{file}: {self.name}: missed {_show(g)}" for g in self.missed)
        yield from (f"{file}: {self.name}: extra {_show(f)}" for f in self.extra)


def _show(record: Record) -> str:
    keys = ("name", "text", "start", "end", "role", "label", "number", "notation")
    return ", ".join(f"{key} {str(record[key])[:100]!r}" for key in keys if record.get(key))
