"""Counts every step by which a run changes the disk, and does something at a chosen one.

A step is an SQL statement that writes, a call that forces data to the disk, or one that makes, renames or removes
a file. What is done at the step is done before it, so step k stands for the moment between k-1 and k.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

CALLS = ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir")

_READING = ("SELECT", "PRAGMA")


class Steps:
    """Counts steps; at the chosen one calls `act` with the step's name."""

    def __init__(self, chosen: int, act: Callable[[str], object]) -> None:
        self.count = 0
        self.chosen = chosen
        self.act = act

    def step(self, name: str) -> None:
        self.count += 1
        if self.count == self.chosen:
            self.act(name)


@contextmanager
def counted(steps: Steps) -> Iterator[Steps]:
    """Have every step of this process counted."""

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:  # type: ignore[override]
            if not sql.lstrip().startswith(_READING):
                steps.step(sql.split("\n", 1)[0])
            return super().execute(sql, *rest)  # type: ignore[arg-type]

        def executemany(self, sql: str, *rest: object) -> sqlite3.Cursor:  # type: ignore[override]
            steps.step(sql.split("\n", 1)[0])
            return super().executemany(sql, *rest)  # type: ignore[arg-type]

    def wrapped(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(*args: object, **options: object) -> object:
            steps.step(name)
            return real(*args, **options)

        return call

    real_connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **o: real_connect(*a, factory=Connection, **o))
        for name in CALLS:
            patch.setattr(os, name, wrapped(name))
        yield steps
