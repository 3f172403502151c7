"""The parts of `docs/search.md` that are made from the code, and what `congvan search --fields` prints."""

from __future__ import annotations

from typing import Literal

from pipeline.search.fields import FIELDS, OPERATORS, STATES
from pipeline.search.index import COLUMNS


def fields_table(lang: Literal["vi", "en"]) -> str:
    """Return the fields of the query language as a Markdown table."""
    head = ("| Trường | Tìm trong | Ví dụ |", "| Field | Looks at | Example |")[lang == "en"]
    rows = []
    for field in FIELDS:
        others = [name for name in field.names if name != field.names[lang == "en"]]
        first = f"`{field.names[lang == 'en']}:`"
        also = ", ".join(f"`{name}:`" for name in dict.fromkeys(others))
        about = field.about_en if lang == "en" else field.about_vi
        rows.append(f"| {first}{f' ({also})' if also else ''} | {about} | `{field.example}` |")
    return "\n".join([head, "|---|---|---|", *rows])


def operators_table() -> str:
    """Return the operators in both languages as a Markdown table."""
    means: dict[str, list[str]] = {}
    for word, operator in OPERATORS.items():
        means.setdefault(operator, []).append(f"`{word}`")
    rows = [f"| {' '.join(words)} |" for words in means.values()]
    return "\n".join(["| Toán tử / Operator |", "|---|", *rows])


def states_table() -> str:
    """Return the review states and their names as a Markdown table."""
    means: dict[str, list[str]] = {}
    for word, state in STATES.items():
        means.setdefault(state, []).append(f"`{word}`")
    rows = [f"| `{state}` | {' '.join(words)} |" for state, words in means.items()]
    return "\n".join(["| `review_state` | `trangthai:` / `state:` |", "|---|---|", *rows])


def weights_table() -> str:
    """Return the columns of the index and their weights as a Markdown table."""
    rows = [f"| `{column.name}` | {column.weight:g} |" for column in sorted(COLUMNS, key=lambda c: -c.weight)]
    return "\n".join(["| Column of `search_folded` | Weight |", "|---|---:|", *rows])


GENERATED = {
    "fields-vi": lambda: fields_table("vi"),
    "fields-en": lambda: fields_table("en"),
    "operators": operators_table,
    "states": states_table,
    "weights": weights_table,
}
"""The generated parts of `docs/search.md` by name."""


def renew(page: str) -> str:
    """Return a page with every part between `<!-- name -->` and `<!-- /name -->` made anew."""
    for name, make in GENERATED.items():
        before, begin, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}{begin}{make()}\n{end}{after}" if end else page
    return page
