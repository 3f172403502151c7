"""Real worker processes: whatever one of them does or suffers, only its own document pays."""

import json
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.batch import Options
from pipeline.batch.status import read_status
from pipeline.errors import CongvanError
from pipeline.settings import Settings
from tests.batch.folder import dispatch, results, table
from tests.faults import hostile_worker

SETTINGS = Settings(max_seconds=40, max_memory_mib=3000, recycle_after=3, max_attempts=1)


def processes_in(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink().is_relative_to(folder):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def wait_for(condition: object, seconds: float = 120) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_each_act_costs_its_own_document_only(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.workers.serve", hostile_worker.serve)
    for number, name in enumerate(hostile_worker.ACTS):
        (inbox / f"{number}-{name}.txt").write_text(f"{name}\n{dispatch(100 + number)}")
        (inbox / f"{number}-good.txt").write_text(dispatch(number + 1))
    codes = {r.source_path.split("-")[1]: r.code for r in results(inbox, out, Options(settings=SETTINGS, jobs=2))}
    assert codes == {
        "good.txt": None,
        "crash.txt": "worker-died",
        "hang.txt": "timed-out",
        "eat.txt": "out-of-memory",
        "die_quietly.txt": "worker-died",
        "fill_the_disk.txt": "unexpected-error",
        "open_everything.txt": "unexpected-error",
        "call_home.txt": "unexpected-error",
    }
    assert len(table(out, "dispatches")) == len(hostile_worker.ACTS)
    assert all(bad.message for bad in read_status(out, lang="vi").problems)
    assert processes_in(out) == []
    assert not (out / ".work").exists()
    assert read_status(out).counts["failed"] == 0
    assert read_status(out).counts["quarantined"] == len(hostile_worker.ACTS)


@pytest.mark.slow
def test_workers_that_cannot_start_end_the_job(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.workers.serve", hostile_worker.stillborn)
    (inbox / "a.txt").write_text(dispatch(1))
    with pytest.raises(CongvanError) as caught:
        results(inbox, out, Options(jobs=1))
    assert caught.value.code == "no-workers"


@pytest.mark.slow
def test_workers_work_at_the_same_time(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.workers.serve", hostile_worker.meet)
    for number in (1, 2):
        (inbox / f"{number}.txt").write_text(dispatch(number))
    assert {r.state for r in results(inbox, out, Options(jobs=2))} == {"done"}


def start(inbox: Path, out: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "pipeline", "ingest", str(inbox), "--out", str(out), "--lang", "en", *words]
    # Where the tests run in the background, SIGINT is ignored and would be in their children too.
    listen = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, preexec_fn=listen)


def code_of(process: "subprocess.Popen[str]") -> int:
    process.communicate(timeout=180)
    return process.returncode


def done(out: Path) -> int:
    try:
        return read_status(out).counts["done"]
    except (CongvanError, OSError):
        return 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_an_end_of_the_parent_keeps_what_is_finished_and_leaves_no_process(
    inbox: Path, out: Path, sent: signal.Signals, code: int
) -> None:
    for number in range(1, 300):
        (inbox / f"{number:04}.txt").write_text(dispatch(number))
    process = start(inbox, out, "--jobs", "2")
    assert wait_for(lambda: done(out) >= 5), process.communicate(timeout=120)
    process.send_signal(sent)
    assert code_of(process) == code
    kept = done(out)
    assert 5 <= kept < 299
    assert wait_for(lambda: processes_in(out) == [], 20)
    for path in list(inbox.iterdir())[kept + 20 :]:
        path.unlink()
    assert code_of(start(inbox, out)) == 0
    assert done(out) >= kept
    status = read_status(out)
    assert status.found == sum(status.counts.values()) == status.counts["done"]


@pytest.mark.slow
def test_a_second_ingest_says_who_holds_the_lock(inbox: Path, out: Path) -> None:
    for number in range(1, 200):
        (inbox / f"{number:04}.txt").write_text(dispatch(number))
    first = start(inbox, out, "--jobs", "1")
    assert wait_for(lambda: done(out) >= 1), first.communicate(timeout=120)
    second = start(inbox, out)
    _, said = second.communicate(timeout=120)
    assert second.returncode == 1
    assert "locked" in said
    assert f"process {first.pid} on" in said
    first.send_signal(signal.SIGINT)
    assert code_of(first) == 130


@pytest.mark.slow
def test_the_exit_codes_and_the_shape_of_the_answer(inbox: Path, out: Path) -> None:
    (inbox / "a.txt").write_text(dispatch(1))
    assert code_of(start(inbox, out)) == 0
    (inbox / "b.pdf").write_bytes(b"")
    process = start(inbox, out, "--format", "json")
    answer, said = process.communicate(timeout=120)
    assert process.returncode == 3
    assert json.loads(answer) | {"problems": None} == {
        "found": 2, "done": 1, "duplicate": 0, "quarantined": 1, "failed": 0, "restricted": 0, "gone": 0,
        "problems": None,
    }  # fmt: skip
    assert "b.pdf: empty-file" in said
    assert code_of(start(inbox, out)) == 0
    assert code_of(start(inbox / "none", out)) == 1
