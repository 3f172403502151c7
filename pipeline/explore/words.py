"""What our own pages in Datasette say, in both languages."""

from __future__ import annotations

from pipeline.store.labels import Lang

_WORDS = {
    "title": ("Tìm kiếm", "Search"),
    "search": ("Tìm trong văn bản, có dấu hay không dấu:", "Search the dispatches, with or without diacritics:"),
    "find": ("Tìm", "Search"),
    "tables": ("Các bảng", "Tables"),
    "questions": ("Câu hỏi thường gặp", "Questions that come up often"),
    "columns": ("Các cột", "Columns"),
    "sql": ("Viết câu lệnh SQL", "Write SQL of your own"),
    "nothing": ("Không tìm thấy gì.", "Nothing was found."),
    "meant": ("Có phải muốn tìm:", "Did you mean:"),
    "dispatches": ("văn bản", "dispatches"),
    "as_table": ("xem thành bảng", "as a table"),
    "their_directives": ("nhiệm vụ trong đó", "their directives"),
    "before": ("trước", "before"),
    "after": ("sau", "after"),
    "page": ("trang", "page"),
    "found_by": ("tìm thấy với", "found by"),
}
_FACETS = (
    ("type_name", "Loại", "Type", "loai"),
    ("agency", "Cơ quan", "Agency", "coquan"),
    ("year", "Năm", "Year", "nam"),
    ("movement", "Phong trào", "Movement", "phongtrao"),
    ("tag", "Nhãn", "Tag", "tag"),
    ("review_state", "Rà soát", "Review", "trangthai"),
)


def words(lang: Lang) -> dict[str, str]:
    """Return what the pages say."""
    return {name: said[lang == "en"] for name, said in _WORDS.items()}


def facets(lang: Lang) -> list[tuple[str, str, str]]:
    """Return the facets of a search: name, title, and the field of a query that narrows to one."""
    return [(name, en if lang == "en" else vi, field) for name, vi, en, field in _FACETS]
