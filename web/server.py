"""Serves the application in the daemon's own event loop, and leaves the process's signals to the daemon."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS = 200
"""More at once are answered with 503. Readers keep a connection for seconds, so this is thousands of readers."""
KEEP_ALIVE = 5
HEADER_SECONDS = 10
"""How long a client may take to send a request's head."""
HEADER_BYTES = 16 * 1024
GRACE = 3


async def serve(
    app: ASGIApp,
    *,
    host: str,
    port: int,
    ready: Callable[[str], None] = lambda url: None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until ``stop`` is set or this is cancelled; port 0 takes a free one. ``ready`` is told the address.

    Raises OSError naming the address when nobody can listen there.
    """
    listener = _listen(host, port)
    server = _Server(_config(app))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _started(server, serving)
        ready(_url(host, listener.getsockname()[1]))
        await _until(stop, serving)
    finally:
        server.should_exit = True
        # Shielded, because whoever cancels us still wants the sockets closed.
        await asyncio.shield(serving)
        listener.close()


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_Patience,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=HEADER_BYTES,
    )


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Patience(H11Protocol):
    """Hangs up on clients that take too long to say what they want."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._timer:
            self._timer.cancel()

    def _watch(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(HEADER_SECONDS, self._hang_up)

    def _hang_up(self) -> None:
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), f"{host}:{port}") from error
    # asyncio does this only for sockets that name their protocol, which create_server's do not; without it, a head
    # and a body written apart wait 40 ms for each other. Accepted connections inherit it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def _started(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)


async def _until(stop: asyncio.Event | None, serving: asyncio.Task[None]) -> None:
    """Wait until somebody wants us to stop, or the server ended by itself."""
    asked = asyncio.create_task((stop or asyncio.Event()).wait())
    try:
        await asyncio.wait({asked, serving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asked.cancel()


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
