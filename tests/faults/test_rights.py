"""Files and folders that this user may not read or write; root is made to obey as well (Linux)."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import store
from pipeline.batch.fixity import backup
from pipeline.batch.status import read_status
from tests.batch.folder import dispatch, table

_PR_CAPBSET_DROP = 24
_OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root reads and writes anything

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="root obeys on Linux only")]


def obey() -> None:
    """Give up root's right to read and write anything, before another program is run."""
    if os.geteuid() == 0:
        for right in _OVERRIDES:
            if ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0):
                raise OSError("root cannot be made to obey")


def python(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=300, preexec_fn=obey)


def ingest(inbox: Path, out: Path, lang: str = "en") -> "subprocess.CompletedProcess[str]":
    return python("-m", "pipeline", "ingest", str(inbox), "--out", str(out), "--jobs", "1", "--lang", lang)


def test_what_may_not_be_read_is_tried_again_without_end(inbox: Path, out: Path) -> None:
    (inbox / "good.txt").write_text(dispatch(1))
    (inbox / "a.txt").write_text(dispatch(2))
    (inbox / "a.txt").chmod(0)
    (inbox / "closed").mkdir(mode=0)
    for lang, advice in (("en", "give this user the right to read it"), ("vi", "hãy cấp quyền đọc")) * 2:
        done = ingest(inbox, out, lang)
        assert done.returncode == 3
        assert advice in done.stderr
        bad = {problem.source_path: problem.code for problem in read_status(out).problems}
        assert bad == dict.fromkeys(("a.txt", "closed/"), "no-permission")
        assert read_status(out).counts["failed"] == 2
    (inbox / "a.txt").chmod(0o600)
    (inbox / "closed").chmod(0o700)
    assert ingest(inbox, out).returncode == 0
    assert read_status(out).counts["done"] == read_status(out).found == 2


def test_a_read_only_output_is_an_error_of_the_job(inbox: Path, out: Path) -> None:
    (inbox / "a.txt").write_text(dispatch(1))
    out.mkdir()
    out.chmod(0o500)
    done = ingest(inbox, out)
    assert done.returncode == 1
    assert "cannot-write" in done.stderr
    out.chmod(0o700)
    assert ingest(inbox, out).returncode == 0


def test_an_output_that_becomes_read_only_keeps_what_was_finished(inbox: Path, out: Path) -> None:
    (inbox / "a.txt").write_text(dispatch(1))
    assert ingest(inbox, out).returncode == 0
    (inbox / "b.txt").write_text(dispatch(2))
    (out / "documents").chmod(0o500)
    done = ingest(inbox, out)
    assert done.returncode == 1
    assert "cannot-write" in done.stderr
    (out / "documents").chmod(0o700)
    assert ingest(inbox, out).returncode == 0
    assert read_status(out).counts["done"] == read_status(out).found == 2


def test_every_command_that_writes_says_that_it_cannot(inbox: Path, out: Path, tmp_path: Path) -> None:
    (inbox / "a.txt").write_text(dispatch(1))
    (inbox / "secret.txt").write_text(dispatch(2, stamp="MẬT"))
    assert ingest(inbox, out).returncode == 0
    copy = backup(out, tmp_path / "copy.sqlite")
    ids = {str(row["state"]): str(row["dispatch_id"]) for row in table(out, "sources")}
    places = [out, *(path for path in out.rglob("*") if path.is_dir())]
    (out / store.FILE).chmod(0o400)
    for place in places:
        place.chmod(0o500)
    commands = (
        ["backup"],
        ["restore", str(copy)],
        ["release", ids["restricted"], "--actor", "Lan"],
        ["tag", "apply", "--query", "kế hoạch", "--add", "thu", "--actor", "Lan"],
        ["correct", ids["done"], "place", "Suối Lam", "--actor", "Lan"],
    )
    words = [[*command, "--out", str(out), "--lang", "en"] for command in commands]
    done = python("-c", f"from pipeline.cli import main\nprint([main(words) for words in {words!r}])")
    for place in places:
        place.chmod(0o700)
    assert done.stdout.splitlines()[-1] == "[1, 1, 1, 1, 1]", done.stderr
    assert done.stderr.count("congvan: cannot-write: ") == len(commands)
