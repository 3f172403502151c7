"""What the reports call things, in Vietnamese and English."""

from __future__ import annotations

from pipeline.stats.figure import Say
from pipeline.store.labels import COLUMN_LABELS, TABLE_LABELS, Lang

SOURCES = {
    "print": ("PDF gốc điện tử", "Born-digital PDF"),
    "word": ("Word, văn bản", "Word and text"),
    "scan-clear": ("Bản quét rõ", "Clear scan"),
    "scan-poor": ("Bản quét mờ", "Poor scan"),
    "scan-0": ("Bản quét sạch", "Scan, undamaged"),
    "scan-1": ("Bản quét tốt", "Scan, good scanner"),
    "scan-2": ("Bản quét kém", "Scan, tired scanner"),
    "scan-3": ("Bản chụp xấu", "Scan, bad copy"),
}
ENTITIES = {
    "recipients": ("Nơi nhận", "Recipients"),
    "addressees": ("Kính gửi", "Addressees"),
    "movements": ("Phong trào", "Movements"),
    "dates": ("Mốc thời gian", "Dates"),
    "references": ("Văn bản viện dẫn", "References"),
    "directives": ("Nhiệm vụ", "Directives"),
}


def speaker(lang: Lang) -> Say:
    """Return what says a thing in one language."""
    return lambda vi, en: vi if lang == "vi" else en


def field_name(name: str, say: Say) -> str:
    """Return what a field is called."""
    if name == "all":
        return say("Mọi trường", "All fields")
    return say(COLUMN_LABELS[name].vi, COLUMN_LABELS[name].en)


def entity_name(name: str, say: Say) -> str:
    """Return what a kind of claim is called."""
    return say(*ENTITIES[name])


def source_name(name: str, say: Say) -> str:
    """Return what a kind of source is called."""
    return say(*SOURCES[name])


def table_name(kind: str, say: Say) -> str:
    """Return what a table of judged values is called."""
    if kind == "fields":
        return say("Trường", "Fields")
    return say(TABLE_LABELS[kind].vi, TABLE_LABELS[kind].en)


def percent(share: float, say: Say) -> str:
    """Return a share as people write it: 97,5% in Vietnamese."""
    shown = f"{100 * share:.1f}%"
    return say(shown.replace(".", ","), shown)


def interval(low: float, high: float, say: Say) -> str:
    """Return an interval of shares: 0,633-0,850 in Vietnamese."""
    shown = f"{low:.3f}-{high:.3f}"
    return say(shown.replace(".", ","), shown)
