"""Every kill point of the ledger: a run killed, or failing, before any step ends as an undisturbed one would."""

import errno
import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import models, store
from pipeline.batch import Options, run
from pipeline.batch.status import read_status
from pipeline.errors import CongvanError
from pipeline.models import Models
from pipeline.store.canonical import canonical
from pipeline.store.parquet import stale
from tests.batch.folder import NOW, dispatch
from tests.faults.steps import CALLS, Steps, counted

INLINE = Options(engine="inline")


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch, knowledge: Models) -> None:
    monkeypatch.setattr(models, "load", lambda *_: knowledge)


@pytest.fixture(scope="module")
def knowledge() -> Models:
    return models.load()


def ingest(inbox: Path, out: Path) -> None:
    for _ in run(inbox, out, INLINE, now=NOW):
        pass


def text_of(out: Path) -> str:
    connection = store.connect(out)
    try:
        assert not stale(connection, out / "tables")
        return "\n".join(canonical(connection))
    finally:
        connection.close()


def new_folder(inbox: Path, out: Path) -> None:
    """The first run over a folder: a dispatch, one that refers to it, a copy, a bad file, a secret."""
    inbox.mkdir()
    (inbox / "a.txt").write_text(dispatch(7))
    (inbox / "b.txt").write_text(dispatch(8))
    (inbox / "copy.txt").write_text(dispatch(7))
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "secret.txt").write_text(dispatch(9, stamp="MẬT"))


def changed_folder(inbox: Path, out: Path) -> None:
    """A later run: a first file rewritten, one mended, one moved, one gone, one come true, one new."""
    new_folder(inbox, out)
    (inbox / "c.txt").write_text(dispatch(10))
    (inbox / "d.txt").write_text(dispatch(11))
    ingest(inbox, out)
    (inbox / "a.txt").write_text(dispatch(12, about="phòng cháy rừng"))
    (inbox / "b.txt").write_text(dispatch(8, about="trồng cây mùa xuân"))
    (inbox / "c.txt").rename(inbox / "moved.txt")
    (inbox / "d.txt").unlink()
    (inbox / "empty.txt").write_text(dispatch(13))
    (inbox / "new.txt").write_text(dispatch(14))


FOLDERS = {"new": new_folder, "changed": changed_folder}


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a kill loses nothing of it, and forcing it to the disk costs nothing."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory)) if os.access(memory, os.W_OK) else tmp_path
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=FOLDERS)
def scene(request: pytest.FixtureRequest, in_memory: Path) -> tuple[Path, Path, str]:
    """An inbox, the output as it stands before the run, and what the undisturbed run makes of it."""
    inbox, before, calm = in_memory / "in", in_memory / "before", in_memory / "calm"
    before.mkdir()
    FOLDERS[request.param](inbox, before)
    shutil.copytree(before, calm)
    ingest(inbox, calm)
    return inbox, before, text_of(calm)


def check_states(out: Path) -> None:
    """Law 1 at any moment: one state a file, and found is the sum of the states."""
    if not (out / store.FILE).is_file():
        return
    try:
        status = read_status(out)
    except (CongvanError, sqlite3.OperationalError):  # killed while the very first tables were made
        return
    assert set(status.counts) == {"done", "duplicate", "quarantined", "failed", "restricted"}
    connection = store.connect(out, readonly=True)
    rows = connection.execute("SELECT inbox, source_path FROM sources WHERE gone = 0").fetchall()
    (dispatches,) = connection.execute("SELECT count(*) FROM dispatches").fetchone()
    connection.close()
    assert len(rows) == len(set(map(tuple, rows)))
    assert dispatches == status.counts["done"]


def every_step(scene: tuple[Path, Path, str], disturb: Callable[[Path, Path, int], bool]) -> int:
    """Disturb a run at step 1, 2, 3 … until one is not reached; returns how many there were."""
    inbox, before, undisturbed = scene
    chosen = 1
    while True:
        out = before.parent / "out"
        shutil.copytree(before, out)
        reached = disturb(inbox, out, chosen)
        check_states(out)
        ingest(inbox, out)
        assert text_of(out) == undisturbed, f"step {chosen}"
        assert not [path for path in out.rglob("*") if path.name.endswith(".part")]
        shutil.rmtree(out)
        if not reached:
            return chosen - 1
        chosen += 1


def killed(inbox: Path, out: Path, chosen: int) -> bool:
    """Run in a child of its own that is killed at the step."""
    child = os.fork()
    if child == 0:
        try:
            with counted(Steps(chosen, lambda _: os.kill(os.getpid(), signal.SIGKILL))):
                ingest(inbox, out)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def full_disk(inbox: Path, out: Path, chosen: int) -> bool:
    """Run with a step that fails as on a full disk; the job says so and nothing else."""

    def fail(name: str) -> None:
        if name in CALLS:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise sqlite3.OperationalError("database or disk is full")

    with counted(Steps(chosen, fail)) as steps:
        try:
            ingest(inbox, out)
        except CongvanError as error:
            assert error.code in ("cannot-write", "catalogue")  # noqa: PT017 - whether it raises is not the question
    return steps.count >= chosen


@pytest.mark.slow
@pytest.mark.parametrize("disturb", [killed, full_disk])
def test_a_run_disturbed_at_any_step_ends_as_an_undisturbed_one(
    scene: tuple[Path, Path, str], disturb: Callable[[Path, Path, int], bool]
) -> None:
    assert every_step(scene, disturb) > 100
