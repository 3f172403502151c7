"""Corrections: laid over every run, the machine's value kept beside them, undone without a trace in the tables."""

import sqlite3

import pytest

from pipeline import store
from pipeline.people import ChangeError, corrections

from .conftest import IDS, LAN, MINH, ingest

ID = IDS[0]


def dispatch(connection: sqlite3.Connection) -> dict[str, object]:
    (row,) = store.read(connection, "dispatches", "dispatch_id = ?", (ID,))
    return dict(row)


def names(connection: sqlite3.Connection) -> list[object]:
    return [row["name"] for row in store.read(connection, "recipients", "dispatch_id = ?", (ID,))]


def rerun(connection: sqlite3.Connection, number: str, *recipients: str) -> None:
    ingest(connection, ID, number=number, names=recipients)
    with store.transaction(connection):
        corrections.lay_over(connection, ID, fresh=True)


def test_a_corrected_field_is_a_persons_and_outlives_a_run(catalogue: sqlite3.Connection) -> None:
    corrections.set_field(catalogue, ID, "number", "31", LAN)
    rerun(catalogue, "18", "Sở A")
    assert dispatch(catalogue)["number"] == "31"
    assert dispatch(catalogue)["review_state"] == "checked"
    evidence = [
        (r["value"], r["author"])
        for r in store.read(catalogue, "fields", "dispatch_id = ?", (ID,))
        if r["name"] == "number"
    ]
    assert evidence == [("18", "rule:test"), ("31", "human:Lan")]


def test_the_last_correction_holds_and_undo_uncovers_the_one_before(catalogue: sqlite3.Connection) -> None:
    corrections.set_field(catalogue, ID, "number", "31", LAN)
    second = corrections.set_field(catalogue, ID, "number", "32", MINH)
    assert dispatch(catalogue)["number"] == "32"
    corrections.undo(catalogue, second, LAN)
    assert dispatch(catalogue)["number"] == "31"


def test_undoing_everything_leaves_the_machines_rows(catalogue: sqlite3.Connection) -> None:
    before = dispatch(catalogue), names(catalogue)
    made = [
        corrections.set_field(catalogue, ID, "subject", "về việc khác", LAN),
        corrections.strike_rows(catalogue, ID, "recipients", ["Sở A#1"], LAN),
        corrections.add_row(catalogue, ID, "recipients", {"name": "Sở C", "block": "recipient"}, LAN),
    ]
    assert names(catalogue) == ["Sở B", "Sở C"]
    for change in reversed(made):
        corrections.undo(catalogue, change, MINH)
    assert (dispatch(catalogue), names(catalogue)) == before


def test_rows_are_found_again_by_their_words(catalogue: sqlite3.Connection) -> None:
    corrections.set_cells(catalogue, ID, "recipients", ["Sở B#1"], "name", "Sở Bê", LAN)
    rerun(catalogue, "13", "Sở Mới", "Sở B")
    assert names(catalogue) == ["Sở Mới", "Sở Bê"]
    rerun(catalogue, "13", "Sở Mới")
    assert names(catalogue) == ["Sở Mới", "Sở Bê"]


def test_an_added_row_can_be_corrected_and_struck_out(catalogue: sqlite3.Connection) -> None:
    corrections.add_row(catalogue, ID, "recipients", {"name": "Sở C"}, LAN)
    key = corrections.keys(catalogue, ID)["recipients"][-1]
    corrections.set_cells(catalogue, ID, "recipients", [key], "purpose", "b/c", LAN)
    assert list(store.read(catalogue, "recipients", "dispatch_id = ?", (ID,)))[-1]["purpose"] == "b/c"
    corrections.strike_rows(catalogue, ID, "recipients", [key], LAN)
    assert names(catalogue) == ["Sở A", "Sở B"]


def test_several_rows_are_one_change(catalogue: sqlite3.Connection) -> None:
    both = ["Sở A#1", "Sở B#1"]
    change = corrections.set_cells(catalogue, ID, "recipients", both, "purpose", "b/c", LAN)
    purposes = [row["purpose"] for row in store.read(catalogue, "recipients", "dispatch_id = ?", (ID,))]
    assert purposes == ["b/c", "b/c"]
    struck = corrections.strike_rows(catalogue, ID, "recipients", both, LAN)
    assert names(catalogue) == []
    corrections.undo(catalogue, struck, LAN)
    corrections.undo(catalogue, change, LAN)
    assert [row["purpose"] for row in store.read(catalogue, "recipients", "dispatch_id = ?", (ID,))] == [None, None]
    assert [row["rows"] for row in store.read(catalogue, "changes")] == [1, 1, 1, 1]


def test_a_field_of_many_records_is_one_change_and_checks_none(catalogue: sqlite3.Connection) -> None:
    before = dispatch(catalogue)
    assert "missing:agency" in str(before["review_reason"])
    change = corrections.fill(catalogue, IDS[:3], "agency", "SỞ NỘI VỤ", LAN, query="so a")
    after = dispatch(catalogue)
    assert (after["agency"], after["review_state"]) == ("SỞ NỘI VỤ", "needs_review")
    assert after["review_reason"] == str(before["review_reason"]).replace("missing:agency; ", "")
    rerun(catalogue, "13", "Sở A", "Sở B")
    assert dispatch(catalogue)["agency"] == "SỞ NỘI VỤ"
    corrections.undo(catalogue, change, LAN)
    assert dispatch(catalogue) == before
    assert [row["agency"] for row in store.read(catalogue, "dispatches")] == [None] * 5
    logged = {(row["kind"], row["rows"], row["query"]) for row in store.read(catalogue, "changes")}
    assert logged == {("correct", 3, "so a"), ("undo", 3, None)}


def test_a_record_whose_every_reason_is_filled_waits_no_more(catalogue: sqlite3.Connection) -> None:
    for reason in str(dispatch(catalogue)["review_reason"]).split("; "):
        assert dispatch(catalogue)["review_state"] == "needs_review"
        name = reason.partition(":")[2]
        corrections.fill(catalogue, [ID], name, "2020" if name == "issued_on" else "x", LAN, query=None)
    assert (dispatch(catalogue)["review_state"], dispatch(catalogue)["review_reason"]) == ("machine", None)


@pytest.mark.parametrize(
    ("column", "written", "kept"),
    [
        ("issued_on", "2020-06-26", "2020-06-26"),
        ("issued_on", " 26/6/2020 ", "2020-06-26"),
        ("issued_on", "2020-06", "2020-06"),
        ("issued_on", "2020", "2020"),
        ("issued_on", "6/2020", "2020-06"),
        ("issued_on", "13/2020", None),
        ("arrived_on", "7/2020", None),
        ("arrived_on", "1.7.2020", "2020-07-01"),
        ("arrived_on", "2020-07", None),
        ("issued_on", "31/6/2020", None),
        ("issued_on", "2020-13", None),
        ("issued_on", "hôm qua", None),
    ],
)
def test_days_are_days(column: str, written: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ChangeError):
            corrections.field_value(column, written)
    else:
        assert corrections.field_value(column, written) == kept


def test_checking_says_so_and_changes_nothing_else(catalogue: sqlite3.Connection) -> None:
    before = dispatch(catalogue)
    corrections.check(catalogue, ID, LAN)
    assert dispatch(catalogue) == before | {"review_state": "checked", **dict.fromkeys(corrections.WHY)}


def test_an_uncorrected_dispatch_keeps_no_copy(catalogue: sqlite3.Connection) -> None:
    rerun(catalogue, "13", "Sở A")
    assert list(store.read(catalogue, "machine_rows")) == []


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda c: corrections.set_field(c, ID, "text", "x", LAN), id="no such field"),
        pytest.param(lambda c: corrections.set_field(c, "f" * 16, "number", "1", LAN), id="no such dispatch"),
        pytest.param(lambda c: corrections.strike_rows(c, ID, "recipients", ["Sở Z#1"], LAN), id="no such row"),
        pytest.param(lambda c: corrections.strike_rows(c, ID, "sources", ["x"], LAN), id="no such table"),
        pytest.param(
            lambda c: corrections.set_cells(c, ID, "recipients", ["Sở A#1"], "colour", "x", LAN), id="no such column"
        ),
        pytest.param(lambda c: corrections.add_row(c, ID, "movements", {"mentions": "nhiều"}, LAN), id="not a number"),
        pytest.param(lambda c: corrections.set_field(c, ID, "issued_on", "mai", LAN), id="not a day"),
        pytest.param(lambda c: corrections.set_cells(c, ID, "dates", [], "start", "2020-01-01", LAN), id="no rows"),
        pytest.param(lambda c: corrections.fill(c, [ID, "f" * 16], "place", "Hà", LAN, query=None), id="one not there"),
        pytest.param(lambda c: corrections.undo(c, "2020-abc", LAN), id="no such change"),
    ],
)
def test_what_cannot_be_corrected_is_refused(catalogue: sqlite3.Connection, act: object) -> None:
    assert callable(act)
    with pytest.raises(ChangeError):
        act(catalogue)
    assert list(store.read(catalogue, "changes")) == []
