"""A report as one HTML page that works offline, in Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.evaluate import words
from pipeline.evaluate.figures import Bar, Dots, bars, diagrams, dots
from pipeline.evaluate.reliability import SURE, Bin, Reliability
from pipeline.evaluate.report import Report
from pipeline.evaluate.scores import Scores, Share
from pipeline.stats.figure import Cell, Figure, Say
from pipeline.stats.page import page
from pipeline.store.labels import Lang


def html(report: Report, *, lang: Lang, today: date) -> str:
    """Return the page of an evaluation that was made on a day."""
    say = words.speaker(lang)
    scores = report.scores
    exact = scores.all_fields.exact if "all" in scores.fields else Share(0, 0, 0.0, 0.0)
    fields = report.calibration.get("fields")
    tiles = [
        (say("văn bản", "dispatches"), scores.documents),
        (say("% trường đúng hẳn", "% of fields exact"), round(100 * exact.value, 1)),
        (
            say("% văn bản đúng mọi trường", "% of dispatches with every field exact"),
            round(100 * scores.whole.value, 1),
        ),
        (say("văn bản thiếu", "absent"), len(report.absent)),
        *([(say("sai lệch hiệu chỉnh", "calibration error"), round(fields.error, 3))] if fields else []),
    ]
    return page(
        (
            _fields(scores, say),
            _claims(scores, say),
            _sources(report, say),
            _review(scores, say),
            *((_calibration(report.calibration["fields"], say),) if "fields" in report.calibration else ()),
            _calibration_of_claims({k: r for k, r in report.calibration.items() if k != "fields"}, say),
        ),
        tiles,
        title=say("Mức đúng của dữ liệu", "How right the values are"),
        made=say(
            f"Lập ngày {today:%d/%m/%Y}, so với {scores.documents} tệp mẫu. Vạch ngang là khoảng tin cậy 95%, "
            "tính bằng cách lấy mẫu lại theo văn bản.",
            f"Made on {today}, against {scores.documents} gold files. Whiskers are 95% intervals from resampling "
            "dispatches.",
        ),
        lang=lang,
        say=say,
    )


def _fields(scores: Scores, say: Say) -> Figure:
    rows = [Bar(words.field_name(name, say), s.exact, s.close) for name, s in scores.fields.items()]
    title = say("Từng trường", "Fields")
    return Figure(
        "fields", title,
        say("Đậm: đúng hẳn. Nhạt: gần đúng (giống ít nhất 90%).", "Dark: exact. Light: close (at least 90% alike)."),
        bars(rows, title, say("tỷ lệ đúng", "share that is right"), say),
        (say("Trường", "Field"), say("Đúng hẳn", "Exact"), "95%", say("Gần đúng", "Close"), say("Đúng", "Right"),
         say("Trên", "Of")),
        tuple(
            (words.field_name(name, say), _round(s.exact), _interval(s.exact, say), _round(s.close), s.exact.right,
             s.exact.of)
            for name, s in scores.fields.items()
        ),
    )  # fmt: skip


def _claims(scores: Scores, say: Say) -> Figure:
    shown = {name: e for name, e in scores.entities.items() if e.precision.of or e.recall.of}
    names = (say("Chính xác", "Precision"), say("Đủ", "Recall"), "F1")
    title = say("Nơi nhận, phong trào, mốc thời gian, viện dẫn, nhiệm vụ", "Recipients, movements, dates and the rest")
    return Figure(
        "claims", title,
        say("Chính xác: trong những gì tìm được. Đủ: trong những gì phải tìm.",
            "Precision: of what was found. Recall: of what was there to find."),
        dots(
            [Dots(words.entity_name(n, say), (e.precision.value, e.recall.value, e.f1), e.f1_low, e.f1_high)
             for n, e in shown.items()],
            names, title, say("tỷ lệ", "share"), say,
        ),
        (say("Mục", "Claims"), *names, "95%", say("Đúng", "Right"), say("Thừa", "Extra"), say("Sót", "Missed"),
         say("Chi tiết khớp", "Details that agree")),
        tuple(
            (words.entity_name(name, say), _round(e.precision), _round(e.recall), round(e.f1, 3),
             words.interval(e.f1_low, e.f1_high, say), e.precision.right,
             e.precision.of - e.precision.right, e.recall.of - e.recall.right,
             ", ".join(f"{detail} {words.percent(share.value, say)}" for detail, share in e.agree.items() if share.of))
            for name, e in shown.items()
        ),
    )  # fmt: skip


def _sources(report: Report, say: Say) -> Figure:
    title = say("Theo loại nguồn", "By kind of source")
    named = [(words.source_name(name, say), s) for name, s in report.sources.items() if "all" in s.fields]
    rows = [Bar(name, s.all_fields.exact, s.all_fields.close) for name, s in named]
    kinds = tuple(report.scores.entities)
    return Figure(
        "sources", title,
        say("Tỷ lệ trường đúng hẳn (đậm) và gần đúng (nhạt).", "The share of fields exact (dark) and close (light)."),
        bars(rows, title, say("tỷ lệ trường đúng", "share of fields that is right"), say),
        (say("Nguồn", "Source"), say("Văn bản", "Dispatches"), say("Trường đúng hẳn", "Fields exact"),
         say("Đúng mọi trường", "Every field exact"), *(f"F1 {words.entity_name(kind, say)}" for kind in kinds)),
        tuple(
            (name, s.documents, _round(s.all_fields.exact), _round(s.whole),
             *(round(s.entities[kind].f1, 3) for kind in kinds))
            for name, s in named
        ),
    )  # fmt: skip


def _review(scores: Scores, say: Say) -> Figure:
    title = say("Lời xin duyệt", "Requests for review")
    named = (
        (say("Không xin: đúng", "Unasked: right"), scores.trusted),
        (say("Có sai: đã xin", "Wrong: asked"), scores.caught),
    )
    return Figure(
        "review", title,
        say("Văn bản không xin duyệt phải đúng; văn bản có trường sai phải xin duyệt.",
            "What nobody is asked to look at should be right; what has a wrong field should ask."),
        bars(
            [Bar(name, share) for name, share in named if share.of],
            title, say("tỷ lệ văn bản", "share of dispatches"), say,
        ),
        (say("Văn bản", "Dispatches"), say("Tỷ lệ", "Share"), "95%", say("Số", "Right"), say("Trên", "Of")),
        tuple((name, _round(share), _interval(share, say), share.right, share.of) for name, share in named),
    )  # fmt: skip


def _calibration(found: Reliability, say: Say) -> Figure:
    sure = found.sure
    title = say("Độ tin cậy của từng trường", "Confidence of fields")
    return Figure(
        "confidence", title,
        say(f"Trên đường chéo là nói đúng. Từ {words.percent(SURE, say)} trở lên: đúng {sure.right} trên {sure.of}. "
            f"Sai lệch hiệu chỉnh {words.percent(found.error, say)}.",
            f"On the diagonal, confidence says what is so. At {words.percent(SURE, say)} or more: {sure.right} right "
            f"of {sure.of}. Expected calibration error {words.percent(found.error, say)}."),
        diagrams([("", found)], title, say),
        _band_headings(say),
        tuple(_band(one, say) for one in found.bins),
    )  # fmt: skip


def _calibration_of_claims(found: Mapping[str, Reliability], say: Say) -> Figure:
    title = say("Độ tin cậy của các bảng khác", "Confidence of the other tables")
    named = [(words.table_name(kind, say), one) for kind, one in found.items()]
    return Figure(
        "confidence-claims", title,
        say("Chấm lớn: nhiều giá trị.", "The larger a dot, the more values it stands for."),
        diagrams(named, title, say),
        (say("Bảng", "Table"), *_band_headings(say)),
        tuple((name, *_band(one, say)) for name, each in named for one in each.bins),
    )  # fmt: skip


def _band_headings(say: Say) -> tuple[str, ...]:
    return (
        say("Độ tin cậy", "Confidence"), say("Trung bình", "Mean"), say("Thực tế đúng", "Share right"),
        say("Đúng", "Right"), say("Trên", "Of"),
    )  # fmt: skip


def _band(one: Bin, say: Say) -> tuple[Cell, ...]:
    band = f"{one.low:.2f}-{one.high:.2f}".replace(".", say(",", "."))
    return (band, round(one.said, 3), round(one.share, 3), one.right, one.of)


def _round(share: Share) -> Cell:
    return round(share.value, 3) if share.of else None


def _interval(share: Share, say: Say) -> str:
    return words.interval(share.low, share.high, say) if share.of else ""
