"""A report as tables for a terminal, and as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.evaluate import words
from pipeline.evaluate.reliability import SURE, Bin, Reliability
from pipeline.evaluate.report import Report
from pipeline.evaluate.scores import EntityScore, Scores, Share
from pipeline.stats.figure import Say
from pipeline.store.labels import Lang


def to_json(report: Report) -> dict[str, Any]:
    """Return a report as plain JSON values; every share has its counts and its 95% interval."""
    return {
        **_scores(report.scores),
        "absent": list(report.absent),
        "sources": {name: _scores(scores) for name, scores in report.sources.items()},
        "calibration": {kind: reliability_json(found) for kind, found in report.calibration.items()},
    }


def _scores(scores: Scores) -> dict[str, Any]:
    return {
        "documents": scores.documents,
        "whole": _share(scores.whole),
        "review": {"machine_whole": _share(scores.trusted), "wrong_needs_review": _share(scores.caught)},
        "fields": {
            name: {"exact": _share(s.exact), "close": _share(s.close), "support": s.exact.of}
            for name, s in scores.fields.items()
        },
        "entities": {name: _entity(score) for name, score in scores.entities.items()},
    }


def _share(share: Share) -> dict[str, Any]:
    interval = [round(share.low, 4), round(share.high, 4)] if share.of else None
    return {
        "share": round(share.value, 4) if share.of else None,
        "right": share.right, "of": share.of, "interval": interval,
    }  # fmt: skip


def _entity(score: EntityScore) -> dict[str, Any]:
    return {
        "precision": _share(score.precision),
        "recall": _share(score.recall),
        "f1": round(score.f1, 4),
        "f1_interval": [round(score.f1_low, 4), round(score.f1_high, 4)],
        "strict": _share(score.strict),
        "agree": {detail: _share(share) for detail, share in score.agree.items()},
        "support": score.recall.of,
    }


def reliability_json(found: Reliability) -> dict[str, Any]:
    """Return bands, their error, and those that are sure, as plain values."""
    return {"error": round(found.error, 4), "sure": _bin(found.sure), "bands": [_bin(one) for one in found.bins]}


def _bin(one: Bin) -> dict[str, Any]:
    return {
        "from": one.low, "to": one.high, "said": round(one.said, 4), "share": round(one.share, 4),
        "right": one.right, "of": one.of,
    }  # fmt: skip


def to_text(report: Report, lang: Lang = "en") -> str:
    """Return a report as tables for a terminal."""
    say = words.speaker(lang)
    scores = report.scores
    parts = [
        _headline(report, say),
        _grid(_field_rows(scores, say)),
        _grid(_entity_rows(scores, say)),
        _grid(_source_rows(report, say)) if len(report.sources) > 1 else "",
        *reliability_text(report.calibration.items(), say),
    ]
    return "\n\n".join(part for part in parts if part)


def reliability_text(found: Iterable[tuple[str, Reliability]], say: Say) -> Iterator[str]:
    """Yield a table of bands for each kind of value."""
    for kind, one in found:
        title = say(
            f"{words.table_name(kind, say)}: độ tin cậy và mức đúng; sai lệch hiệu chỉnh {one.error:.3f}",
            f"{words.table_name(kind, say)}: confidence and how much is right; calibration error {one.error:.3f}",
        )
        head = (
            say("độ tin cậy", "confidence"),
            say("trung bình", "mean"),
            say("đúng", "right"),
            say("trên", "of"),
            say("tỷ lệ", "share"),
        )
        rows = [(f"{b.low:.2f}-{b.high:.2f}", f"{b.said:.3f}", b.right, b.of, f"{b.share:.3f}") for b in one.bins]
        sure = one.sure
        rows.append((f"≥ {SURE:.2f}", f"{sure.said:.3f}", sure.right, sure.of, f"{sure.share:.3f}"))
        yield title + "\n" + _grid([head, *rows])


def _headline(report: Report, say: Say) -> str:
    s = report.scores
    lines = [
        say(
            f"{s.documents} văn bản, {len(report.absent)} không có trong bảng; "
            f"{s.whole.right} đúng mọi trường ({_with_interval(s.whole)})",
            f"{s.documents} dispatches, {len(report.absent)} absent; "
            f"{s.whole.right} with every field exact ({_with_interval(s.whole)})",
        ),
        say(
            f"không cần duyệt: {s.trusted.of}, trong đó đúng mọi trường {s.trusted.right}; "
            f"có trường sai: {s.caught.of}, trong đó đã xin duyệt {s.caught.right}",
            f"not for review: {s.trusted.of}, of which {s.trusted.right} with every field exact; "
            f"with a wrong field: {s.caught.of}, of which {s.caught.right} ask for review",
        ),
    ]
    return "\n".join(lines)


def _field_rows(scores: Scores, say: Say) -> Iterator[tuple[object, ...]]:
    yield (say("trường", "field"), say("đúng hẳn", "exact"), "95%", say("gần đúng", "close"), say("số", "support"))
    for name, s in scores.fields.items():
        yield (
            words.field_name(name, say), f"{s.exact.value:.3f}", _interval(s.exact), f"{s.close.value:.3f}", s.exact.of,
        )  # fmt: skip


def _entity_rows(scores: Scores, say: Say) -> Iterator[tuple[object, ...]]:
    yield (
        say("mục", "claims"), say("chính xác", "prec"), say("đủ", "recall"), "F1", "95%",
        say("từng chữ", "strict"), say("số", "support"), say("chi tiết khớp", "details that agree"),
    )  # fmt: skip
    for name, e in scores.entities.items():
        agree = "  ".join(f"{detail} {share.value:.2f}" for detail, share in e.agree.items() if share.of)
        yield (
            words.entity_name(name, say), f"{e.precision.value:.3f}", f"{e.recall.value:.3f}", f"{e.f1:.3f}",
            f"{e.f1_low:.3f}-{e.f1_high:.3f}", f"{e.strict.value:.3f}", e.recall.of, agree,
        )  # fmt: skip


def _source_rows(report: Report, say: Say) -> Iterator[tuple[object, ...]]:
    yield (
        say("nguồn", "source"), say("văn bản", "dispatches"), say("trường đúng", "fields"), "95%",
        say("đúng trọn", "whole"), *(f"F1 {words.entity_name(name, say)}" for name in report.scores.entities),
    )  # fmt: skip
    for name, s in report.sources.items():
        exact = s.all_fields.exact
        yield (
            words.source_name(name, say), s.documents, f"{exact.value:.3f}", _interval(exact), f"{s.whole.value:.3f}",
            *(f"{e.f1:.3f}" for e in s.entities.values()),
        )  # fmt: skip


def _interval(share: Share) -> str:
    return f"{share.low:.3f}-{share.high:.3f}"


def _with_interval(share: Share) -> str:
    return f"{share.value:.3f}, 95% {_interval(share)}"


def _grid(rows: Iterable[tuple[object, ...]]) -> str:
    """Return rows as columns of equal width, the first and the last at the left, numbers at the right."""
    shown = [tuple(map(str, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    last = len(widths) - 1
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n == 0 or (n == last and not _is_number(shown[-1][n])) else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in shown
    )


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").isdigit()
