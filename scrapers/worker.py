"""A worker: a process that makes visits for the daemon, several at once, and puts what they bring into the spool.

The daemon imports this module to name it to the new process, so what is heavy is only imported there.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from scrapers.items import Visit
from scrapers.messages import Down, Ended, Job, Ping, Pong, Ready, Spooling, Stop, receive, send
from scrapers.spool import file_name, write_spooled

log = logging.getLogger("bantin.worker")

_PR_SET_PDEATHSIG = 1


def work(channel: socket.socket, spool: str, contact: str, debug: bool) -> None:
    """Make visits until told to stop, or until the daemon is gone."""
    _tie_to_the_daemon()
    _set_up_log(debug=debug)
    # Visits make many small objects that live as long as the page; the default threshold collects all the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    from twisted.internet import asyncioreactor

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    asyncioreactor.install(loop)  # type: ignore[no-untyped-call]
    reactor: Any = import_module("twisted.internet.reactor")
    worker = _Worker(channel, Path(spool), contact)
    reactor.callWhenRunning(lambda: worker.begin(loop, reactor.stop))
    reactor.run(installSignalHandlers=False)


class _Worker:
    def __init__(self, channel: socket.socket, spool: Path, contact: str) -> None:
        from scrapers.robots import RobotsMemory

        self._channel, self._spool, self._contact = channel, spool, contact
        self._robots = RobotsMemory()
        self._stop = asyncio.Event()
        self._visits: set[asyncio.Task[None]] = set()

    def begin(self, loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> None:
        self._task = loop.create_task(self._run())
        self._task.add_done_callback(lambda _: end())

    async def _run(self) -> None:
        reader, self._writer = await asyncio.open_connection(sock=self._channel)
        send(self._writer, Ready())
        while message := await receive(reader, Down):
            if isinstance(message, Job):
                task = asyncio.create_task(self._visit(message))
                self._visits.add(task)
                task.add_done_callback(self._visits.discard)
            elif isinstance(message, Ping):
                send(self._writer, Pong())
            elif isinstance(message, Stop):
                break
        else:
            os._exit(1)  # the daemon is gone; whatever was not spooled is visited again
        self._stop.set()
        await asyncio.gather(*self._visits)
        self._writer.close()
        await self._writer.wait_closed()

    async def _visit(self, job: Job) -> None:
        from scrapers.visit import StoppedError, visit

        order = job.order
        failure, stopped = "", False
        try:
            last = await visit(
                order.source,
                order.memory,
                now=_utc_now,
                id=order.visit,
                part=self._put,
                first_part=job.first_part,
                contact=self._contact,
                robots=self._robots,
                stop=self._stop,
            )
            self._put(last)
        except StoppedError:
            stopped = True
        except OSError as error:
            failure = f"what the visit brought could not be written to {self._spool}: {error.strerror or error}"
        except Exception as error:
            log.debug("visiting %s", order.source.slug, exc_info=True)
            failure = f"the visit ended with an unexpected error ({type(error).__name__}: {error}); please report this"
        send(self._writer, Ended(order.visit, memory=_resident(), failure=failure, stopped=stopped))

    def _put(self, visit: Visit) -> None:
        # Told first: a number that may stand in the spool must not be given out again, even if we die right here.
        send(self._writer, Spooling(visit.id, part=visit.part, last=visit.last, file=file_name(visit)))
        write_spooled(self._spool, visit)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _tie_to_the_daemon() -> None:
    """End when the daemon ends, even while a page keeps this process busy; leave its signals to the daemon."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # Our parent, the fork server, lives as long as anybody holds this pipe. If its workers did, too, it would never
    # end when the daemon is killed, and neither would they.
    server: Any = forkserver._forkserver
    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


def _set_up_log(*, debug: bool) -> None:
    """What goes wrong with a source stands in its visit; only what is wrong with us belongs on the terminal."""
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    for name in ("scrapy", "twisted", "protego", "asyncio"):
        logging.getLogger(name).setLevel(logging.INFO if debug else logging.CRITICAL)


def _resident() -> int:
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()
