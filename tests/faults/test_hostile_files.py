"""Every kind of hostile or broken file ends with its code, quickly, and the next file is done."""

import os
import resource
from pathlib import Path

import pytest

from pipeline.batch import Options, work
from pipeline.batch.status import read_status
from pipeline.read.bombs import LARGEST, unpacked_size
from pipeline.settings import Settings
from tests.batch.folder import dispatch, results, table
from tests.faults.hostile import KINDS, STRANGE_NAMES, Hostile, packed_zeros, put

INLINE = Options(engine="inline")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_its_code(kind: Hostile, inbox: Path, out: Path) -> None:
    (inbox / kind.name).write_bytes(kind.make())
    (result,) = results(inbox, out, INLINE)
    assert result.state == "quarantined", result
    assert result.code in kind.codes, result
    assert result.message
    assert result.vi != result.message


def test_all_of_them_leave_the_honest_files_alone(inbox: Path, out: Path) -> None:
    expected = put(inbox)
    for number, name in enumerate(STRANGE_NAMES, 1):
        with open(os.path.join(os.fsencode(inbox), name), "w") as file:  # noqa: PTH118, PTH123 - names as bytes
            file.write(dispatch(number))
    found = {r.source_path: r for r in results(inbox, out, INLINE)}
    assert {path: found[path].code in codes for path, codes in expected.items()} == dict.fromkeys(expected, True)
    assert sum(r.state == "done" for r in found.values()) == len(STRANGE_NAMES)
    status = read_status(out)
    assert status.found == len(expected) + len(STRANGE_NAMES) == sum(status.counts.values())
    assert len({row["source_path"] for row in table(out, "sources")}) == status.found
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000  # KiB


def test_more_letters_than_any_dispatch_has_are_refused(inbox: Path, out: Path) -> None:
    (inbox / "a.txt").write_text(f"{dispatch(1)}{'lời ' * 7000}")
    (result,) = results(inbox, out, Options(engine="inline", settings=Settings(max_pages=1)))
    assert (result.state, result.code) == ("quarantined", "over-limit")
    (result,) = results(inbox, out, Options(engine="inline", settings=Settings(max_pages=2)))
    assert result.state == "done"


def test_a_fault_of_the_program_says_where_and_not_what(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text(dispatch(1, stamp="MẬT"))
    monkeypatch.setattr(work, "evidence", lambda document: int(document.text))
    (result,) = results(inbox, out, INLINE)
    assert (result.state, result.code) == ("failed", "unexpected-error")
    (problem,) = table(out, "problems")
    assert "ValueError, test_hostile_files.py:" in str(problem["message"])
    assert "SUỐI LAM" not in f"{problem}{result}"


def test_a_bomb_is_counted_no_further_than_the_limit() -> None:
    assert LARGEST < unpacked_size(packed_zeros(LARGEST * 2)) <= LARGEST + (2 << 20)
    assert unpacked_size(b"no deflate") == 0
    assert unpacked_size(b"") == 0


def test_a_file_that_grows_while_it_is_read_is_done_by_a_later_run(
    inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = inbox / "a.txt"
    path.write_text(dispatch(1))
    real = work.read_stable

    def slowly(source: Path, sha256: str) -> bytes:
        with source.open("a") as file:  # as a copy under way does
            file.write("Lưu: VT.\n")
        return real(source, sha256)

    monkeypatch.setattr(work, "read_stable", slowly)
    for _ in range(4):  # more than `max_attempts`: it is not the file's fault
        assert [(r.state, r.code) for r in results(inbox, out, INLINE)] == [("failed", "source-changed")]
    monkeypatch.setattr(work, "read_stable", real)
    assert [r.state for r in results(inbox, out, INLINE)] == ["done"]
    assert read_status(out).found == 1
