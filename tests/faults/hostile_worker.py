"""A worker that does what a parser taken by surprise might do, when the first word of the file says so."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from pipeline.batch import work, worker
from pipeline.batch.work import Setup


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    """Hang with a program of its own that would go on for long, in a session of its own."""
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    time.sleep(1000)


def eat() -> None:
    held = []
    while True:
        held.append(np.zeros(1 << 28, dtype=np.uint8))


def die_quietly() -> None:
    os._exit(7)


def fill_the_disk() -> None:
    with Path("big").open("wb") as file:
        file.seek(3 << 30)
        file.write(b"x")


def open_everything() -> None:
    os.dup2(2, 999)


def call_home() -> None:
    """Die if the kernel lets a socket be made that could leave the machine, or a call to a service on it."""
    for family in (socket.AF_INET, socket.AF_INET6):
        with suppress(PermissionError):
            socket.socket(family)
            os._exit(8)
    with socket.socket(socket.AF_UNIX) as neighbour:
        try:
            neighbour.connect("/nobody/listens/here")
        except PermissionError:
            raise RuntimeError("refused") from None
        os._exit(9)


ACTS: dict[str, Callable[[], None]] = {
    act.__name__: act for act in (crash, hang, eat, die_quietly, fill_the_disk, open_everything, call_home)
}


def serve(pipe: Connection, setup: Setup, scratch: str) -> None:
    """Stand in for `worker.serve`."""
    real = work.read_stable

    def read_stable(path: Path, sha256: str) -> bytes:
        data = real(path, sha256)
        if act := ACTS.get(data.split(None, 1)[0].decode(errors="replace")):
            act()
        return data

    work.read_stable = read_stable  # type: ignore[assignment]
    worker.serve(pipe, setup, scratch)


def meet(pipe: Connection, setup: Setup, scratch: str) -> None:
    """Stand in for a worker that goes on only when another has a document of its own."""
    real = work.read_stable

    def read_stable(path: Path, sha256: str) -> bytes:
        place = Path(setup.out).parent / "met"
        place.mkdir(exist_ok=True)
        (place / path.name).touch()
        late = time.monotonic() + 60
        while len(list(place.iterdir())) < 2:
            if time.monotonic() > late:
                os._exit(1)
            time.sleep(0.02)
        return real(path, sha256)

    work.read_stable = read_stable  # type: ignore[assignment]
    worker.serve(pipe, setup, scratch)


def stillborn(pipe: Connection, setup: Setup, scratch: str) -> None:
    """Stand in for a worker that cannot start."""
    os._exit(1)
