"""Tags on thousands of records at once: preview, apply, undo, rename.

Tags are hierarchical, joined with a slash: `thi-đua/2020/nông-thôn-mới`. A bulk change is one
transaction and one `change_id`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline import store
from pipeline.people import Author, ChangeError, ChangeKind, new_id, record
from pipeline.text.unicode import nfc

SHOWN = 200
"""How many records a preview spells out; the count is always whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The tags of one record before and after a change."""

    dispatch_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change of tags: its id (None for a preview), how many records it changes, and the first of them."""

    change_id: str | None
    rows: int
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be done to every chosen record: tags put on, tags taken off."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @staticmethod
    def of(add: Iterable[str] = (), remove: Iterable[str] = ()) -> Edit:
        """Make an edit from tags as people type them; raises ChangeError for a bad tag or an empty edit."""
        edit = Edit(tuple(dict.fromkeys(map(clean, add))), tuple(dict.fromkeys(map(clean, remove))))
        if not edit.add and not edit.remove:
            raise ChangeError("no tag given: --add or --remove", "chưa nêu thẻ nào: --add hoặc --remove")
        if both := set(edit.add) & set(edit.remove):
            raise ChangeError(f"both added and removed: {sorted(both)}", f"vừa thêm vừa bỏ: {sorted(both)}")
        return edit


def clean(tag: str) -> str:
    """Return a tag in its one spelling: NFC, lower case, hyphens for spaces, no empty part; raises ChangeError."""
    parts = [re.sub(r"[\s_]+", "-", part.strip()) for part in nfc(tag).casefold().strip("/ ").split("/")]
    bad = not all(parts) or len(tag) > 200 or re.search(r"[^\w./ \-–&()+]", "/".join(parts))
    if bad:
        raise ChangeError(
            f"not a tag: {tag!r}; use letters, digits and hyphens, with / between levels",
            f"thẻ không hợp lệ: {tag!r}; dùng chữ, số, gạch nối, và / giữa các cấp",
        )
    return "/".join(parts)


def preview(connection: sqlite3.Connection, ids: Iterable[str], edit: Edit, *, shown: int = SHOWN) -> Outcome:
    """Return what an edit would change on these records, changing nothing."""
    _choose(connection, ids)
    return _outcome(connection, edit, shown)


def apply(
    connection: sqlite3.Connection,
    ids: Iterable[str],
    edit: Edit,
    by: Author,
    *,
    query: str | None = None,
    kind: ChangeKind = "tag",
    shown: int = SHOWN,
) -> Outcome:
    """Make an edit on these records in one transaction; a change that changes nothing is not logged."""
    with store.transaction(connection):
        _choose(connection, ids)
        outcome = _outcome(connection, edit, shown)
        if not outcome.rows:
            return outcome
        change_id = record(connection, by, kind, rows=outcome.rows, query=query, change_id=new_id(by))
        for tag in edit.remove:
            _take_off(connection, change_id, tag)
        for tag in edit.add:
            _put_on(connection, change_id, tag)
    return Outcome(change_id, outcome.rows, outcome.changes)


@dataclass(frozen=True, slots=True)
class Move:
    """One tag put on, or taken off, these records."""

    tag: str
    added: bool
    ids: tuple[str, ...]


def plan(connection: sqlite3.Connection, wanted: Mapping[str, Iterable[str]]) -> tuple[tuple[Move, ...], Outcome]:
    """Return the moves that give each record just the tags wanted, and what they change."""
    after = {dispatch_id: tuple(sorted({clean(tag) for tag in given})) for dispatch_id, given in wanted.items()}
    before = tags_of(connection, list(after))
    changes = tuple(Difference(i, before[i], after[i]) for i in after if before[i] != after[i])
    moves: dict[tuple[str, bool], list[str]] = {}
    for change in changes:
        for tag in {*change.before, *change.after}:
            if (tag in change.before) != (tag in change.after):
                moves.setdefault((tag, tag in change.after), []).append(change.dispatch_id)
    steps = tuple(Move(tag, added, tuple(ids)) for (tag, added), ids in sorted(moves.items()))
    return steps, Outcome(None, len(changes), changes)


def rename_plan(connection: sqlite3.Connection, old: str, new: str) -> tuple[Move, ...]:
    """Return the moves that rename a tag and all below it; where the new name is there already, the two become one."""
    old, new = clean(old), clean(new)
    family = "SELECT tag, dispatch_id FROM tags WHERE tag = ? OR tag LIKE ? ESCAPE '\\' ORDER BY tag, dispatch_id"
    holders: dict[str, list[str]] = {}
    for tag, dispatch_id in connection.execute(family, (old, _like(old) + "/%")):
        holders.setdefault(tag, []).append(dispatch_id)
    if old == new or not holders:
        raise ChangeError(
            f"no record has the tag {old}, or that is its name", f"không có thẻ {old}, hoặc tên không đổi"
        )
    return tuple(
        move
        for tag, ids in holders.items()
        for move in (Move(tag, False, tuple(ids)), Move(new + tag[len(old) :], True, tuple(ids)))
    )


def carry_out(
    connection: sqlite3.Connection, moves: Iterable[Move], by: Author, *, kind: ChangeKind, query: str | None = None
) -> Outcome:
    """Carry out moves as one change in one transaction; moves that change nothing are not logged."""
    with store.transaction(connection):
        change_id = new_id(by)
        for move in moves:
            _choose(connection, move.ids)
            (_put_on if move.added else _take_off)(connection, change_id, move.tag)
        sql = "SELECT count(DISTINCT dispatch_id) FROM tag_events WHERE change_id = ?"
        (rows,) = connection.execute(sql, (change_id,)).fetchone()
        if not rows:
            return Outcome(None, 0, ())
        record(connection, by, kind, rows=rows, query=query, change_id=change_id)
    return Outcome(change_id, rows, ())


def undo(connection: sqlite3.Connection, change_id: str, by: Author) -> Outcome:
    """Bring tags back to exactly what they were before a change.

    Later changes to other records do not matter; where a later change touched the same tag of the
    same record, the undo is refused with the list of those records.
    """
    with store.transaction(connection):
        events = connection.execute("SELECT count(*) FROM tag_events WHERE change_id = ?", (change_id,)).fetchone()[0]
        if not events:
            raise ChangeError(f"no change of tags {change_id}", f"không có thay đổi thẻ {change_id}")
        blocked = [row[0] for row in connection.execute(_BLOCKED, (change_id,))]
        if blocked:
            names = ", ".join(blocked[:20]) + (" …" if len(blocked) > 20 else "")
            raise ChangeError(
                f"{len(blocked)} records were changed again later, undo that first: {names}",
                f"{len(blocked)} văn bản đã bị thay đổi lại sau đó, hãy hoàn tác thay đổi sau trước: {names}",
            )
        undo_id = new_id(by)
        rows = _reverse(connection, change_id, undo_id)
        record(connection, by, "undo", rows=rows, undoes=change_id, change_id=undo_id)
    return Outcome(undo_id, rows, ())


def tree(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return every tag with its number of records in the tables, in order of name."""
    sql = "SELECT tag, count(*) FROM tags JOIN dispatches USING (dispatch_id) GROUP BY tag ORDER BY tag"
    return [(tag, count) for tag, count in connection.execute(sql)]


def tags_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags of these records, in order of name."""
    found: dict[str, list[str]] = {dispatch_id: [] for dispatch_id in ids}
    for at in range(0, len(ids), 500):
        part = ids[at : at + 500]
        marks = ",".join("?" * len(part))
        sql = f"SELECT dispatch_id, tag FROM tags WHERE dispatch_id IN ({marks}) ORDER BY tag"
        for dispatch_id, tag in connection.execute(sql, part):
            found[dispatch_id].append(tag)
    return {dispatch_id: tuple(tags) for dispatch_id, tags in found.items()}


def _like(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _choose(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Put the chosen records that exist into a temporary table."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (dispatch_id TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM chosen")
    connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((dispatch_id,) for dispatch_id in ids))
    connection.execute("DELETE FROM chosen WHERE dispatch_id NOT IN (SELECT dispatch_id FROM dispatches)")


def _affected(edit: Edit) -> tuple[str, list[str]]:
    """Return SQL (and its parameters) for the chosen records whose tags the edit changes."""
    tests, parameters = [], []
    for tag in edit.remove:
        tests.append("EXISTS (SELECT 1 FROM tags t WHERE t.dispatch_id = chosen.dispatch_id AND t.tag = ?)")
        parameters.append(tag)
    for tag in edit.add:
        tests.append("NOT EXISTS (SELECT 1 FROM tags t WHERE t.dispatch_id = chosen.dispatch_id AND t.tag = ?)")
        parameters.append(tag)
    return f"FROM chosen WHERE {' OR '.join(tests)}", parameters


def _outcome(connection: sqlite3.Connection, edit: Edit, shown: int) -> Outcome:
    where, parameters = _affected(edit)
    (rows,) = connection.execute(f"SELECT count(*) {where}", parameters).fetchone()
    sql = f"SELECT dispatch_id {where} ORDER BY dispatch_id LIMIT ?"
    ids = [row[0] for row in connection.execute(sql, [*parameters, shown])]
    before = tags_of(connection, ids)
    changes = tuple(
        Difference(dispatch_id, tags, tuple(sorted((set(tags) - set(edit.remove)) | set(edit.add))))
        for dispatch_id, tags in before.items()
    )
    return Outcome(None, rows, changes)


def _put_on(connection: sqlite3.Connection, change_id: str, tag: str) -> None:
    fresh = "FROM chosen WHERE NOT EXISTS (SELECT 1 FROM tags t WHERE t.dispatch_id = chosen.dispatch_id AND t.tag = ?)"
    sql = f"INSERT INTO tag_events SELECT ?, dispatch_id, ?, 1, ? {fresh}"
    connection.execute(sql, (change_id, tag, change_id, tag))
    connection.execute(f"INSERT INTO tags SELECT dispatch_id, ?, ? {fresh}", (tag, change_id, tag))


def _take_off(connection: sqlite3.Connection, change_id: str, tag: str) -> None:
    connection.execute(
        """INSERT INTO tag_events SELECT ?, t.dispatch_id, t.tag, 0, t.change_id
           FROM chosen JOIN tags t ON t.dispatch_id = chosen.dispatch_id AND t.tag = ?""",
        (change_id, tag),
    )
    connection.execute("DELETE FROM tags WHERE tag = ? AND dispatch_id IN (SELECT dispatch_id FROM chosen)", (tag,))


# A record blocks an undo when one of the change's tags is no longer as the change left it.
_BLOCKED = """SELECT DISTINCT e.dispatch_id FROM tag_events e
    LEFT JOIN tags t ON t.dispatch_id = e.dispatch_id AND t.tag = e.tag
    WHERE e.change_id = ? AND CASE e.added WHEN 1 THEN t.change_id IS NOT e.holder ELSE t.tag IS NOT NULL END
    ORDER BY 1"""


def _reverse(connection: sqlite3.Connection, change_id: str, undo_id: str) -> int:
    """Write the opposite of every event of a change and bring the tags in line; return the number of records."""
    connection.execute(
        "INSERT INTO tag_events SELECT ?, dispatch_id, tag, 1 - added, holder FROM tag_events WHERE change_id = ?",
        (undo_id, change_id),
    )
    connection.execute(
        """DELETE FROM tags WHERE (dispatch_id, tag) IN
           (SELECT dispatch_id, tag FROM tag_events WHERE change_id = ? AND added = 0)""",
        (undo_id,),
    )
    connection.execute(
        "INSERT INTO tags SELECT dispatch_id, tag, holder FROM tag_events WHERE change_id = ? AND added = 1", (undo_id,)
    )
    sql = "SELECT count(DISTINCT dispatch_id) FROM tag_events WHERE change_id = ?"
    return int(connection.execute(sql, (undo_id,)).fetchone()[0])
