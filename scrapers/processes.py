"""A worker process as the daemon holds it: started from a warm server, spoken to, and killed when it must be."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import cast

from scrapers.messages import Down, Up, receive, send
from scrapers.worker import work

_PATIENCE = 5.0
"""Seconds in which a killed process is gone."""
_OURS = str(Path(__file__).resolve().parents[1])
"""The folder that the package of this very module lies in."""
_ONE_AT_A_TIME = threading.Lock()
"""A launch borrows what the whole process has: its environment and its main module."""


class WorkerProcess:
    """One worker."""

    def __init__(self, process: ForkServerProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._process, self._reader, self._writer = process, reader, writer

    @classmethod
    async def start(cls, spool: Path, *, contact: str = "", debug: bool = False) -> WorkerProcess:
        """Start a worker. The first takes a second, for its server imports all they need. Raises OSError."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.to_thread(_launch, theirs, str(spool), contact, debug)
        reader, writer = await asyncio.open_connection(sock=ours)
        return cls(process, reader, writer)

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def send(self, message: Down) -> None:
        send(self._writer, message)

    async def receive(self) -> Up | None:
        """Return what it says next; None when it is gone."""
        return cast("Up | None", await receive(self._reader, Up))

    def kill(self) -> None:
        if self._process.is_alive():
            self._process.kill()

    async def end(self) -> str:
        """Wait until the process is gone, which it is about to be, and return how it went."""
        self._writer.close()
        await asyncio.to_thread(self._process.join, _PATIENCE)
        if self._process.is_alive():
            self.kill()
            await asyncio.to_thread(self._process.join, _PATIENCE)
        return _in_words(self._process.exitcode)


def _in_words(code: int | None) -> str:
    if code is None:
        return "does not end"
    if code >= 0:
        return f"ended with exit code {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    memory = ", which the system does when memory runs out" if -code == signal.SIGKILL else ""
    return f"was killed by {name}{memory}"


def _launch(channel: socket.socket, *arguments: object) -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["scrapers.preload"])
    process = context.Process(target=work, args=(channel, *arguments), name="bantin-worker", daemon=True)
    with _ONE_AT_A_TIME, _nameless_main(), _our_own_code():
        process.start()
    return process


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep multiprocessing from importing the program that runs here (the whole command line) into every worker."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _our_own_code() -> Iterator[None]:
    """Have the server load the code that runs here: Python would look in the current folder first, whatever lies there."""
    paths = [_OURS, *filter(None, [os.environ.get("PYTHONPATH")])]
    borrowed = {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(paths)}
    before = {name: os.environ.get(name) for name in borrowed}
    os.environ.update(borrowed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
