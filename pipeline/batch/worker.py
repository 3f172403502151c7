"""A worker process: takes one task at a time from its pipe, and answers with what became of it."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.batch.limits import allow_cpu, confine, give_back_memory
from pipeline.batch.outcome import task_from, to_bytes
from pipeline.batch.work import Setup, tools_of, work
from pipeline.errors import CongvanError

READY = b"ready"


def serve(pipe: Connection, setup: Setup, scratch: str) -> None:
    """Process tasks until the pipe closes. `scratch` is this worker's own folder for temporary files."""
    confine(setup.settings)
    _be_quiet()
    _use_scratch(Path(scratch))
    try:
        tools = tools_of(setup)
    except CongvanError as error:
        pipe.send_bytes(json.dumps([error.code, error.message, error.vi]).encode())
        return
    pipe.send_bytes(READY)
    while True:
        try:
            data = pipe.recv_bytes()
        except EOFError:  # the parent is gone or needs no more
            return
        allow_cpu(setup.settings)
        outcome = work(task_from(data), tools)
        pipe.send_bytes(to_bytes(outcome))
        if outcome.code == "out-of-memory":  # what is left of this process is not to be trusted
            return
        give_back_memory()


def _be_quiet() -> None:
    """Send what native libraries print nowhere: it may quote the document."""
    sys.stdout.flush()
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _use_scratch(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = str(folder)
    os.chdir(folder)  # by which whatever it starts is found when it is killed
