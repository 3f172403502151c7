"""Bulk tagging: what a preview says is what apply does, and undo brings back exactly what was."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.people import ChangeError, log, tags
from pipeline.people.tags import Edit

from .conftest import IDS, LAN, MINH


def state(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    return {tuple(row) for row in connection.execute("SELECT dispatch_id, tag, change_id FROM tags")}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("Thi đua/2020/Nông thôn mới", "thi-đua/2020/nông-thôn-mới", id="levels"),
        pytest.param(" /quan trọng/ ", "quan-trọng", id="slashes at the ends"),
        pytest.param("thi\u0300", "thì", id="combining mark"),
    ],
)
def test_one_spelling(typed: str, kept: str) -> None:
    assert tags.clean(typed) == kept


@pytest.mark.parametrize("bad", ["", "/", "a//b", "x" * 300, "<script>", "a\nb\x00"])
def test_a_bad_tag_is_refused(bad: str) -> None:
    with pytest.raises(ChangeError):
        tags.clean(bad)


@given(st.text(max_size=40))
def test_a_clean_tag_stays_itself(text: str) -> None:
    try:
        once = tags.clean(text)
    except ChangeError:
        return
    assert tags.clean(once) == once


def test_preview_is_what_apply_does(catalogue: sqlite3.Connection) -> None:
    tags.apply(catalogue, IDS[:1], Edit.of(["a"]), LAN)
    edit = Edit.of(["b"], ["a"])
    shown = tags.preview(catalogue, IDS[:3], edit)
    assert (shown.change_id, shown.rows) == (None, 3)
    assert shown.changes[0].before == ("a",)
    assert shown.changes[0].after == ("b",)
    done = tags.apply(catalogue, IDS[:3], edit, LAN)
    assert (done.rows, done.changes) == (shown.rows, shown.changes)
    assert tags.tags_of(catalogue, IDS[:4]) == {**dict.fromkeys(IDS[:3], ("b",)), IDS[3]: ()}
    assert tags.tree(catalogue) == [("b", 3)]


def test_a_change_that_changes_nothing_is_not_logged(catalogue: sqlite3.Connection) -> None:
    assert tags.apply(catalogue, ["f" * 16], Edit.of(["a"]), LAN).change_id is None
    assert log(catalogue) == []


def test_undo_brings_back_exactly_what_was(catalogue: sqlite3.Connection) -> None:
    tags.apply(catalogue, IDS[:2], Edit.of(["cũ"]), LAN)
    before = state(catalogue)
    change = tags.apply(catalogue, IDS, Edit.of(["mới"], ["cũ"]), MINH).change_id
    tags.apply(catalogue, IDS, Edit.of(["khác"]), MINH)
    assert change
    outcome = tags.undo(catalogue, change, LAN)
    assert outcome.rows == len(IDS)
    assert {row for row in state(catalogue) if row[1] != "khác"} == before
    assert next(row["undone_by"] for row in log(catalogue) if row["change_id"] == change) == outcome.change_id


def test_an_undo_can_be_undone(catalogue: sqlite3.Connection) -> None:
    change = tags.apply(catalogue, IDS[:2], Edit.of(["a"]), LAN).change_id
    after = state(catalogue)
    assert change
    undo = tags.undo(catalogue, change, LAN).change_id
    assert undo
    assert state(catalogue) == set()
    tags.undo(catalogue, undo, LAN)
    assert state(catalogue) == after


def test_undo_is_refused_with_the_records_that_changed_again(catalogue: sqlite3.Connection) -> None:
    change = tags.apply(catalogue, IDS[:2], Edit.of(["a"]), LAN).change_id
    tags.apply(catalogue, IDS[1:2], Edit.of([], ["a"]), MINH)
    assert change
    with pytest.raises(ChangeError, match=IDS[1]):
        tags.undo(catalogue, change, LAN)
    assert tags.tags_of(catalogue, IDS[:1]) == {IDS[0]: ("a",)}


def test_rename_moves_the_branch_and_merges(catalogue: sqlite3.Connection) -> None:
    tags.apply(catalogue, IDS[:1], Edit.of(["a", "a/b"]), LAN)
    tags.apply(catalogue, IDS[1:2], Edit.of(["ab", "c"]), LAN)
    tags.apply(catalogue, IDS[:1], Edit.of(["c"]), LAN)
    before = state(catalogue)
    change = tags.carry_out(catalogue, tags.rename_plan(catalogue, "a", "c"), MINH, kind="rename")
    assert tags.tree(catalogue) == [("ab", 1), ("c", 2), ("c/b", 1)]
    assert change.change_id
    tags.undo(catalogue, change.change_id, MINH)
    assert state(catalogue) == before


def test_tags_outlive_a_new_run(catalogue: sqlite3.Connection) -> None:
    from .conftest import ingest

    tags.apply(catalogue, IDS[:1], Edit.of(["a"]), LAN)
    ingest(catalogue, IDS[0], number="14")
    assert tags.tags_of(catalogue, IDS[:1]) == {IDS[0]: ("a",)}


def test_a_plan_gives_each_record_just_the_tags_wanted(catalogue: sqlite3.Connection) -> None:
    tags.apply(catalogue, IDS[:2], Edit.of(["a", "b"]), LAN)
    moves, shown = tags.plan(catalogue, {IDS[0]: ["B", "c"], IDS[1]: ["a", "b"], IDS[2]: []})
    assert [(d.dispatch_id, d.before, d.after) for d in shown.changes] == [(IDS[0], ("a", "b"), ("b", "c"))]
    done = tags.carry_out(catalogue, moves, MINH, kind="tag")
    assert (done.rows, tags.tags_of(catalogue, IDS[:1])) == (1, {IDS[0]: ("b", "c")})
    assert tags.carry_out(catalogue, (), MINH, kind="tag").change_id is None


def test_renaming_what_is_not_there_is_refused(catalogue: sqlite3.Connection) -> None:
    with pytest.raises(ChangeError):
        tags.rename_plan(catalogue, "a", "b")
