"""The command line: languages, exit codes, and the common options of every command."""

import errno
import os
from pathlib import Path

import pytest

from pipeline import cli, store
from pipeline.batch.lock import lock


@pytest.fixture
def out(tmp_path: Path) -> Path:
    connection = store.connect(tmp_path)
    rows = [
        {"source_path": "a.pdf", "state": "done"},
        {"source_path": "b.pdf", "state": "quarantined", "problem_code": "empty-file", "dispatch_id": "b"},
        {"source_path": "c\x1b[2J.pdf", "state": "failed", "problem_code": "timed-out", "dispatch_id": "c"},
    ]
    store.insert(connection, "sources", [row | {"gone": False} for row in rows])
    bad = {"dispatch_id": "b", "source_path": "b.pdf", "stage": "read", "code": "empty-file"}
    store.insert(connection, "problems", [bad | {"message": "empty", "message_vi": "rỗng"}])
    connection.close()
    return tmp_path


def test_status_adds_up(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", "--out", str(out), "--lang", "vi"]) == 0
    shown = capsys.readouterr().out
    assert "Tìm thấy 3 tập tin" in shown
    assert "b.pdf: empty-file: rỗng" in shown


def test_a_hostile_name_cannot_move_the_cursor(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["status", "--out", str(out), "--lang", "en"])
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("where", [("--lang", "en", "status"), ("status", "--lang", "en"), ("status", "--lang=en")])
def test_the_language_may_stand_before_or_after_the_command(
    where: tuple[str, ...], out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main([*where, "--out", str(out)])
    assert "3 files found" in capsys.readouterr().out


def test_without_a_catalogue_the_error_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", "--out", str(tmp_path / "none"), "--lang", "vi"]) == 1
    assert "congvan ingest" in capsys.readouterr().err


def test_a_full_disk_is_told_by_every_command(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere/dispatches.csv")

    monkeypatch.setattr("pipeline.export.export", full)
    assert cli.main(["export", "--out", str(out), "--lang", "en"]) == 1
    assert "cannot-write: cannot write to somewhere/dispatches.csv (No space left" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["frobnicate"], ["status", "--lang", "xx"]])
def test_wrong_usage_is_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(words)
    assert exit_.value.code == 2


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_command_has_help_in_both_languages(
    command: cli.Command, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main([command.name, "--help", "--lang", lang])
    assert exit_.value.code == 0
    assert (command.vi if lang == "vi" else command.en)[:40] in " ".join(capsys.readouterr().out.split())


def test_a_watch_outlasts_an_ingest_that_holds_the_lock(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    (tmp_path / "in").mkdir()
    with lock(out, since="2020-01-01T00:00:00"):
        assert cli.main(["watch", str(tmp_path / "in"), "--out", str(out), "--lang", "en"]) == 130
    assert len(looks) == 3
    assert capsys.readouterr().err.count("another ingest is at work") == 1
