"""`docs/data-model.md`: its tables are made from the schema and the labels. `python -m tests.data_model` renews it."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.store.labels import COLUMN_LABELS, TABLE_LABELS
from pipeline.store.schema import CLAIM_TABLES, PROVENANCE, TABLES, Column

PAGE = Path(__file__).parents[1] / "docs/data-model.md"
_SECTION = re.compile(r"<!-- tables -->\n.*<!-- /tables -->", re.DOTALL)


def renewed(page: str) -> str:
    """Return the page with the tables between its two marks made anew."""
    parts = [_section("Provenance columns", "", PROVENANCE)]
    for name, columns in TABLES.items():
        own = columns[len(PROVENANCE) :] if name in CLAIM_TABLES else columns
        parts.append(_section(f"`{name}`", TABLE_LABELS[name].about_en, own))
    body = "\n\n".join(parts)
    return _SECTION.sub(lambda _: f"<!-- tables -->\n{body}\n<!-- /tables -->", page)


def _section(title: str, about: str, columns: tuple[Column, ...]) -> str:
    rows = [f"| `{c.name}` | {c.type} | {COLUMN_LABELS[c.name].about_en} |" for c in columns]
    return "\n".join(
        [f"### {title}", "", *([about, ""] if about else []), "| column | type | |", "|---|---|---|", *rows]
    )


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
