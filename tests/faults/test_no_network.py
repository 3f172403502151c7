"""Law 3: nothing leaves the machine. Every command runs where opening a socket to anywhere is death."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.samples.compose import make
from benchmarks.samples.files import sample
from pipeline.batch.status import read_status
from tests.batch.folder import dispatch
from tests.faults.no_network import AVAILABLE, forbidden

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not AVAILABLE, reason="needs seccomp of Linux")]


def cut_off(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a Python command cut off from the network, with all that it starts."""
    full = [sys.executable, *command]
    return subprocess.run(full, capture_output=True, text=True, timeout=600, preexec_fn=forbidden())


@pytest.mark.parametrize(
    ("family", "code"), [("AF_INET", -signal.SIGSYS), ("AF_PACKET", -signal.SIGSYS), ("AF_INET6", 1), ("AF_UNIX", 0)]
)
def test_a_socket_is_death_or_is_refused(family: str, code: int) -> None:
    assert cut_off("-c", f"import socket; socket.socket(socket.{family})").returncode == code


def test_a_name_cannot_be_looked_up() -> None:
    assert cut_off("-c", "import socket; socket.getaddrinfo('example.org', 80)").returncode != 0


def test_a_socket_of_what_it_starts_is_death_too() -> None:
    asks = "import socket; socket.socket(socket.AF_INET)"
    code = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {asks!r}]).returncode != -31)"
    assert cut_off("-c", code).returncode == 0


@pytest.fixture(scope="module")
def read_without_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of an ingest of every kind of reader, cut off."""
    folder = tmp_path_factory.mktemp("cut-off")
    inbox, out = folder / "in", folder / "out"
    inbox.mkdir()
    for made, kind in zip(make(6, seed=11), ("scan", "pdf", "signed", "docx", "odt", "png"), strict=True):
        file = sample(made, kind, seed=11)
        (inbox / f"{kind}-{file.name}").write_bytes(file.data)
    (inbox / "text.txt").write_text(dispatch(3))
    done = cut_off("-m", "pipeline", "ingest", str(inbox), "--out", str(out), "--jobs", "2", "--lang", "en")
    assert done.returncode == 0, done.stderr[-2000:]
    return out


@pytest.mark.ocr
@pytest.mark.office
def test_every_reader_does_without(read_without_network: Path) -> None:
    assert read_status(read_without_network).counts["done"] == 7


@pytest.mark.ocr
@pytest.mark.office
@pytest.mark.parametrize(
    "command",
    [
        ["search", "kế hoạch", "--format", "json"],
        ["status"],
        ["export", "--format", "csv", "--to", "{out}/csv"],
        ["export", "--format", "xlsx", "--to", "{out}/xlsx"],
        ["stats"],
        ["verify"],
        ["backup"],
        ["tag", "preview", "--query", "kế hoạch", "--add", "thu", "--actor", "Lan"],
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_every_command_does_without(read_without_network: Path, command: list[str]) -> None:
    words = [word.format(out=read_without_network) for word in command]
    done = cut_off("-m", "pipeline", *words, "--out", str(read_without_network), "--lang", "en")
    assert done.returncode == 0, done.stderr[-2000:]
    if "json" in words:
        assert json.loads(done.stdout)["total"] >= 1
