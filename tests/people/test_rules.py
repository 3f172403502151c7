"""Rules: they give tags to what a query finds, and respect what a person set."""

import sqlite3
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.people import log, rules, tags
from pipeline.people.tags import Edit

from .conftest import IDS, LAN

FILE = """
[[rule]]
name = "mới"
query = "số 13"
tags = ["Đợt 1"]
retention = "20 năm"
heading = "Thi đua, khen thưởng"
"""
AT = "2026-03-03T00:00:00"


@pytest.fixture
def rule_set(tmp_path: Path) -> tuple[rules.Rule, ...]:
    (tmp_path / "rules.toml").write_text(FILE, "utf-8")
    return rules.read_rules(tmp_path / "rules.toml")


def find(query: str) -> tuple[str, ...]:
    return IDS[:2] if query == "số 13" else ()


def test_a_rule_gives_tags_retention_and_heading(
    catalogue: sqlite3.Connection, rule_set: tuple[rules.Rule, ...]
) -> None:
    rules.run(catalogue, rule_set, find, at=AT)
    expected = ("bảo-quản/20-năm", "đề-mục/thi-đua-khen-thưởng", "đợt-1")
    assert tags.tags_of(catalogue, IDS[:3]) == {IDS[0]: expected, IDS[1]: expected, IDS[2]: ()}
    assert {row["actor"] for row in log(catalogue)} == {"rule:mới"}


def test_a_dry_run_changes_nothing_and_says_what_would(
    catalogue: sqlite3.Connection, rule_set: tuple[rules.Rule, ...]
) -> None:
    outcomes = rules.run(catalogue, rule_set, find, at=AT, dry_run=True)
    assert [outcome.rows for outcome in outcomes.values()] == [2, 2, 2]
    assert log(catalogue) == []


def test_only_what_an_ingest_brought(catalogue: sqlite3.Connection, rule_set: tuple[rules.Rule, ...]) -> None:
    rules.run(catalogue, rule_set, find, at=AT, only=frozenset(IDS[1:]))
    assert tags.tags_of(catalogue, IDS[:1]) == {IDS[0]: ()}


def test_what_a_person_took_off_is_not_put_back(
    catalogue: sqlite3.Connection, rule_set: tuple[rules.Rule, ...]
) -> None:
    rules.run(catalogue, rule_set, find, at=AT)
    tags.apply(catalogue, IDS[:1], Edit.of([], ["đợt-1"]), LAN)
    rules.run(catalogue, rule_set, find, at=AT)
    assert "đợt-1" not in tags.tags_of(catalogue, IDS[:1])[IDS[0]]
    assert "đợt-1" in tags.tags_of(catalogue, IDS[1:2])[IDS[1]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[[rule]", id="not TOML"),
        pytest.param('[[rule]]\nname = "a"', id="no query"),
        pytest.param('[[rule]]\nname = "a"\nquery = "b"', id="no tags"),
        pytest.param('[[rule]]\nname = "a"\nquery = "b"\ntags = "c"', id="tags not a list"),
        pytest.param('[[rule]]\nname = "a"\nquery = "b"\ntags = ["c"]\ncolour = 1', id="unknown key"),
    ],
)
def test_a_bad_rules_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"r\.toml"):
        rules.read_rules(tmp_path / "r.toml")
