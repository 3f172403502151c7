"""What Datasette says of the catalogue: titles, explanations, facets and questions, made from the schema."""

from __future__ import annotations

from textwrap import dedent

from pipeline.explore.questions import QUESTIONS
from pipeline.store.labels import COLUMN_LABELS, TABLE_LABELS, Lang
from pipeline.store.schema import CLAIM_TABLES, TABLES

SHOWN = ("dispatches", *CLAIM_TABLES, "tags", "changes")
"""The tables that are shown. The ledger, which names restricted files too, and what keeps house are not."""

OPEN = frozenset((*SHOWN, "search_folded", "search_exact", "search_rows", "search_state"))
"""The tables that a query may read, with the search index."""

_FACETS: dict[str, list[object]] = {
    "dispatches": ["type_name", "agency", "review_state"],
    "zones": ["kind"],
    "fields": ["name", "author"],
    "recipients": ["block", "purpose"],
    "movements": ["name", "kind", "launched"],
    "dates": ["role", "precision"],
    "references": ["relation", "type_name"],
    "directives": [{"array": "assignees"}, "action"],
    "tags": ["tag"],
    "changes": ["kind", "actor"],
}
_ASIDE = frozenset((
    "sha256", "media_type", "language", "agency_id", "type_code", "char_start", "char_end", "x0", "top", "x1", "bottom",
    "author", "pipeline_version", "ingested_at", "organization_id", "movement_id",
))  # fmt: skip
"""Columns that the ways into a table leave out at first; one click shows them."""

_TITLES = {
    "vi": ("Kho công văn", "Các bảng đọc được từ văn bản. Chỉ xem, không sửa được ở đây."),
    "en": ("The catalogue of dispatches", "The tables that were read from dispatches. To be looked at, not changed."),
}


def metadata(lang: Lang, *, database: str) -> dict[str, object]:
    """Return Datasette's metadata in one language."""
    title, description = _TITLES[lang]
    return {
        "title": title,
        "description": description,
        "databases": {
            database: {
                "title": title,
                "description": description,
                "tables": {name: _table(name, lang) for name in SHOWN}
                | {name: {"hidden": True} for name in ("search_folded", "search_exact", "search_rows", "search_state")},
                "queries": {
                    question.name: {
                        "title": question.vi if lang == "vi" else question.en,
                        "description": question.about_vi if lang == "vi" else question.about_en,
                        "sql": dedent(question.sql).strip(),
                        "hide_sql": True,
                    }
                    for question in QUESTIONS
                },
            }
        },
    }


def _table(name: str, lang: Lang) -> dict[str, object]:
    label = TABLE_LABELS[name]
    columns = (column.name for column in TABLES[name])
    table: dict[str, object] = {
        "title": f"{label.title(lang)} ({name})",
        "description": label.about(lang),
        "columns": {
            column: f"{COLUMN_LABELS[column].title(lang)}: {COLUMN_LABELS[column].about(lang)}" for column in columns
        },
        "facets": _FACETS.get(name, []),
    }
    if name == "dispatches":
        table |= {"label_column": "subject", "sort_desc": "issued_on"}
    return table


def way(table: str) -> str:
    """Return what stands after `?` in a link to a table, so that its first columns are those that people read."""
    aside = [column.name for column in TABLES[table] if column.name in _ASIDE]
    if table == "dispatches":
        aside.append("text")
    return "&".join(f"_nocol={name}" for name in aside)
