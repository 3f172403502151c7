"""One field of many records at once: what the preview says is what the change does, and no more than a limit."""

import sqlite3

import pytest

from pipeline import store
from pipeline.people import ChangeError, corrections, filling

from .conftest import IDS, LAN


def places(connection: sqlite3.Connection) -> list[object]:
    return [row["place"] for row in store.read(connection, "dispatches")]


def test_the_change_does_what_the_preview_says(catalogue: sqlite3.Connection) -> None:
    corrections.set_field(catalogue, IDS[0], "place", "Lũng Phìn", LAN)
    ids = [*IDS[:3], IDS[1], "f" * 16]
    preview = filling.preview(catalogue, ids, "place", " Lũng Phìn ")
    assert [(c.dispatch_id, c.before, c.after) for c in preview.changes] == [
        (IDS[1], None, "Lũng Phìn"),
        (IDS[2], None, "Lũng Phìn"),
    ]
    made = filling.apply(catalogue, ids, "place", " Lũng Phìn ", LAN)
    assert (made.rows, made.changes) == (preview.rows, preview.changes)
    assert places(catalogue) == ["Lũng Phìn"] * 3 + [None] * 2
    assert filling.apply(catalogue, ids, "place", "Lũng Phìn", LAN).change_id is None
    assert filling.apply(catalogue, [IDS[0]], "place", "", LAN).rows == 1
    assert places(catalogue)[0] is None


def test_too_many_are_refused(catalogue: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "MOST", 3)
    assert filling.preview(catalogue, IDS[:3], "place", "x").rows == 3
    with pytest.raises(ChangeError):
        filling.apply(catalogue, IDS, "place", "x", LAN)
    assert places(catalogue) == [None] * 5


@pytest.mark.parametrize("name", ["text", 'place" = 1 --', "review_state", ""])
def test_only_fields_are_filled(catalogue: sqlite3.Connection, name: str) -> None:
    with pytest.raises(ChangeError):
        filling.preview(catalogue, IDS, name, "x")
