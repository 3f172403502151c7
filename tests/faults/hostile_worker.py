"""A worker that does what a parser taken by surprise might do, when the first word of the file says so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
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
    import socket

    socket.create_connection(("192.0.2.1", 80), timeout=1)


ACTS: dict[str, Callable[[], None]] = {
    act.__name__: act for act in (crash, hang, eat, die_quietly, fill_the_disk, open_everything, call_home)
}


def serve(pipe: Connection, setup: Setup, scratch: str) -> None:
    """Stand in for `worker.serve`, without network."""
    real = work.read_stable

    def read_stable(path: Path, sha256: str) -> bytes:
        data = real(path, sha256)
        if act := ACTS.get(data.split(None, 1)[0].decode(errors="replace")):
            act()
        return data

    sys.addaudithook(no_network)
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


def no_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse any connection that could leave the machine."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise PermissionError(event)
    if event in ("socket.connect", "socket.bind", "socket.sendto") and isinstance(arguments[1], tuple):
        raise PermissionError(event)
