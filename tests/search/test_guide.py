"""`docs/search.md` says what the code does."""

from pathlib import Path

from pipeline.search.fields import FIELDS
from pipeline.search.guide import GENERATED, renew

PAGE = Path(__file__).parents[2] / "docs/search.md"


def test_the_page_is_as_generated() -> None:
    """To renew it: `python -m tests.search.test_guide`."""
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- {name} -->" in page for name in GENERATED)
    assert renew(page) == page


def test_every_field_is_on_the_page_in_both_languages() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for field in FIELDS:
        assert all(f"`{name}:`" in page for name in field.names)


def test_a_changed_table_is_noticed() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("| `subject` | 10 |", "| `subject` | 11 |")
    assert renew(page) != page


if __name__ == "__main__":
    PAGE.write_text(renew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
