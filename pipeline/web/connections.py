"""The catalogue as many requests share it: readers beside one writer, each on a connection that is theirs meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from pipeline import store
from pipeline.errors import CongvanError
from pipeline.search import Searcher

READERS = 8
"""Requests that read at the same time; further ones wait, and hold no thread while they do."""

PATIENCE = 30.0
"""Seconds that a request waits for its turn, and then for a lock that another program holds."""


class BusyError(CongvanError):
    """A turn that did not come in time: others are at work on the catalogue."""

    code = "busy"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """An open catalogue and its search, for one thread at a time."""

    connection: sqlite3.Connection
    searcher: Searcher


class Connections:
    """Hands out open catalogues, each to one request at a time.

    A reader sees the catalogue as it stood at its first look, whatever is written beside it (WAL). Writers take
    turns; what a writer reads is what it will change. Nobody who reads may wait for a writer's turn.
    """

    def __init__(self, out: Path, *, readers: int = READERS, patience: float = PATIENCE) -> None:
        self._out = out
        self._patience = patience
        self._seats = asyncio.Semaphore(readers)
        self._turn = asyncio.Lock()
        # The reader that was last at work goes first: its search has its columns still.
        self._free = [self._open(readonly=True)]
        self._writer = self._open(readonly=False)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Catalogue]:
        """Give a catalogue to read; raises BusyError where no seat is free in time."""
        await self._acquire(self._seats)
        try:
            reader = self._free.pop() if self._free else await run_in_threadpool(self._open, readonly=True)
            try:
                reader.connection.execute("BEGIN")
                yield reader
            finally:
                reader.connection.rollback()
                self._free.append(reader)
        finally:
            self._seats.release()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Catalogue]:
        """Give the catalogue to change; raises BusyError where the turn does not come in time."""
        await self._acquire(self._turn)
        try:
            yield self._writer
        finally:
            self._turn.release()

    async def close(self) -> None:
        """Close every connection that nobody works with: a thread may outlive the request that started it."""
        for reader in self._free:
            reader.connection.close()
        with suppress(BusyError):
            async with self.writing() as writer:
                writer.connection.close()

    async def _acquire(self, lock: asyncio.Semaphore | asyncio.Lock) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await lock.acquire()
        except TimeoutError as error:
            raise BusyError(
                "others are at work on the catalogue; nothing was changed: try again in a moment",
                "kho đang bận việc của người khác; chưa có gì thay đổi: hãy thử lại sau ít phút",
            ) from error

    def _open(self, *, readonly: bool) -> Catalogue:
        connection = store.connect(self._out, readonly=readonly, across_threads=True)
        connection.execute(f"PRAGMA busy_timeout={round(self._patience * 1000)}")
        return Catalogue(connection, Searcher(connection))
