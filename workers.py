"""Runs visits in worker processes that can be killed, for the daemon and for ``bantin crawl``.

A worker that overruns a visit's deadline, or crashes, costs nobody else's visit: the others are made again, the
suspects once more alone, and what fails even then is reported as failed. This side never imports Scrapy.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrapers.guard import own_host
from scrapers.items import Record
from scrapers.messages import Ended, Job, Order, Ping, Pong, Ready, Spooling, Stop, Up
from scrapers.processes import WorkerProcess
from scrapers.spool import SpoolError, clear_drafts, read_spooled, spooled

__all__ = ["Order", "Outcome", "Pool", "SpoolError", "read_spooled", "spooled"]

log = logging.getLogger("bantin.workers")

_MEGABYTE = 1024 * 1024
_LONGEST_GRACE = 25.0
"""Seconds; with what it takes to end the processes, stopping stays under 30 s."""
_ANSWER = 1.0
"""Seconds in which a worker that can hear answers."""
_STILLBORN = 3
"""Workers in a row that end before they are ready; after so many, no order waits for another."""
_PAUSE, _LONGEST_PAUSE = 0.25, 30.0
"""Seconds before another worker is tried after one that ended before it was ready; doubles with each."""


class Outcome(Record, frozen=True, kw_only=True):
    """A visit is over."""

    source: str
    visit: str | None
    """The visit's id."""
    failure: str | None = None
    """Why it did not come to its end; None when its last part is in the spool."""


class Pool:
    """Worker processes and the orders they work off, in the order of submission."""

    def __init__(
        self,
        spool: Path,
        *,
        size: int = 2,
        concurrency: int = 4,
        recycle_visits: int = 500,
        recycle_bytes: int = 400 * _MEGABYTE,
        contact: str = "",
    ) -> None:
        self.finished: asyncio.Queue[Outcome] = asyncio.Queue()
        self._spool, self._contact, self._size, self._concurrency = spool, contact, size, concurrency
        self._recycle_visits, self._recycle_bytes = recycle_visits, recycle_bytes
        self._queue: deque[_Ticket] = deque()
        self._workers: list[_Worker] = []
        self._reserved: _Worker | None = None
        """Takes nothing more until it is idle and can make a suspect's visit alone."""
        self._resting: dict[str, float] = {}
        """Hosts of visits just over, and when (loop time) their pause is."""
        self._launching = asyncio.Lock()
        self._stillborn = 0
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def in_flight(self) -> frozenset[str]:
        """The slugs of all sources with a visit that was submitted and is not over."""
        return frozenset(ticket.slug for ticket in (*self._queue, *self._running()))

    @property
    def pids(self) -> tuple[int, ...]:
        """The worker processes there are."""
        return tuple(worker.process.pid for worker in self._workers)

    async def start(self) -> None:
        """Clear what a crash left half written, and start the workers."""
        clear_drafts(self._spool)
        # Registered after multiprocessing's own, so it runs before it; that one waits for processes to end.
        atexit.register(self._kill_all)
        for _ in range(self._size):
            self._begin(self._employ())

    def submit(self, order: Order) -> None:
        """Have a visit made; its Outcome comes through ``finished``."""
        if self._stopping.is_set():
            raise RuntimeError("the pool is stopping and takes no more orders")
        self._queue.append(_Ticket(order))
        self._dispatch()

    async def stop(self, grace: float) -> None:
        """Have the running visits hand in what they have; after ``grace`` seconds, kill. Waiting orders are dropped."""
        self._stopping.set()
        self._queue.clear()
        for worker in self._workers:
            worker.process.send(Stop())
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=min(grace, _LONGEST_GRACE))
        self._kill_all()
        for failure in await asyncio.gather(*self._tasks, return_exceptions=True):
            if failure:
                log.error("stopping the workers: %r", failure)
        atexit.unregister(self._kill_all)

    # -- workers ----------------------------------------------------------------------------------------------------

    async def _employ(self) -> None:
        """Start a worker and listen to it until its end."""
        debug = log.isEnabledFor(logging.DEBUG)
        try:
            async with self._launching:
                process = await WorkerProcess.start(self._spool, contact=self._contact, debug=debug)
        except (OSError, EOFError) as error:
            self._stillborn += 1
            self._begin(self._replace(f"could not be started: {error}"))
            return
        worker = _Worker(process)
        self._workers.append(worker)
        if self._stopping.is_set():
            process.send(Stop())
        while message := await process.receive():
            self._hear(worker, message)
        how = await process.end()
        self._workers.remove(worker)
        self._bury(worker, how)

    def _hear(self, worker: _Worker, message: Up) -> None:
        match message:
            case Ready():
                worker.ready, self._stillborn = True, 0
                self._dispatch()
            case Pong():
                worker.heard.set()
            case Spooling():
                worker.running[message.visit].note(message)
            case Ended():
                self._finish(worker, message)

    def _finish(self, worker: _Worker, message: Ended) -> None:
        ticket = worker.release(message.visit)
        self._rest(ticket)
        if not message.stopped:
            self._report(ticket, message.failure or None)
        worker.visits += 1
        if worker.visits >= self._recycle_visits or message.memory >= self._recycle_bytes:
            self._retire(worker)
        if worker.retiring and not worker.running:
            worker.process.send(Stop())
        self._dispatch()

    def _retire(self, worker: _Worker) -> None:
        """Give a worker nothing more, and start the one that takes its place."""
        if not worker.retiring and not self._stopping.is_set():
            worker.retiring = True
            self._begin(self._employ())

    def _bury(self, worker: _Worker, how: str) -> None:
        """Find out what became of the visits of a worker that ended, and replace it."""
        if worker is self._reserved:
            self._reserved = None
        orphans = [worker.release(visit) for visit in list(worker.running)]
        if self._stopping.is_set():
            return
        if orphans:
            log.warning("a worker %s during %s", how, ", ".join(ticket.slug for ticket in orphans))
        for ticket in reversed(orphans):
            self._settle(ticket, worker, how)
        if not worker.ready:
            self._stillborn += 1
        if not worker.retiring:
            self._begin(self._replace(how))
        self._dispatch()

    def _settle(self, ticket: _Ticket, worker: _Worker, how: str) -> None:
        if ticket.last_file and (self._spool / ticket.last_file).exists():
            self._report(ticket)
        elif ticket.suspect:
            self._report(ticket, ticket.failure(how))
        else:
            ticket.suspect = worker.is_guilty(ticket)
            self._queue.appendleft(ticket)

    async def _replace(self, how: str) -> None:
        if self._stillborn >= _STILLBORN:
            log.error("%d workers in a row ended before they were ready: the last one %s", self._stillborn, how)
            while self._queue:
                self._report(self._queue.popleft(), f"no worker process can be started: it {how}; see the log")
        if self._stillborn:
            pause = min(_PAUSE * 2**self._stillborn, _LONGEST_PAUSE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
        if not self._stopping.is_set():
            await self._employ()

    # -- orders -----------------------------------------------------------------------------------------------------

    def _dispatch(self) -> None:
        """Give waiting orders to workers with room, as long as nobody else visits their source or host."""
        now = asyncio.get_running_loop().time()
        self._resting = {host: until for host, until in self._resting.items() if until > now}
        busy = {name for ticket in self._running() for name in ticket.names} | set(self._resting)
        for ticket in list(self._queue):
            if not ticket.suspect and not self._has_room():
                continue
            if busy & ticket.names:
                continue
            if worker := self._place(ticket):
                self._queue.remove(ticket)
                self._assign(worker, ticket)
                busy |= ticket.names

    def _place(self, ticket: _Ticket) -> _Worker | None:
        if not ticket.suspect:
            return min((worker for worker in self._workers if self._takes(worker)), key=_load, default=None)
        able = [worker for worker in self._workers if worker.ready and not worker.retiring]
        idle = next((worker for worker in able if not worker.running), None)
        if idle is None:
            self._reserved = self._reserved or min(able, key=_load, default=None)
        elif idle is self._reserved:
            self._reserved = None
        return idle

    def _has_room(self) -> bool:
        return any(self._takes(worker) for worker in self._workers)

    def _takes(self, worker: _Worker) -> bool:
        return worker is not self._reserved and worker.has_room(self._concurrency)

    def _assign(self, worker: _Worker, ticket: _Ticket) -> None:
        ticket.overran = False
        ticket.overdue = asyncio.get_running_loop().call_later(
            ticket.order.deadline, lambda: self._begin(_put_down(worker, ticket))
        )
        worker.running[ticket.order.visit] = ticket
        worker.process.send(Job(ticket.order, first_part=ticket.first_part))

    def _rest(self, ticket: _Ticket) -> None:
        """Keep the pause between two requests to a host between two visits, too."""
        delay = ticket.order.source.limits.delay.total_seconds()
        if delay and not self._stopping.is_set():
            loop = asyncio.get_running_loop()
            self._resting.update(dict.fromkeys(ticket.hosts, loop.time() + delay))
            loop.call_later(delay, self._dispatch)

    def _report(self, ticket: _Ticket, failure: str | None = None) -> None:
        self.finished.put_nowait(Outcome(source=ticket.slug, visit=ticket.order.visit, failure=failure))

    # -- both -------------------------------------------------------------------------------------------------------

    def _running(self) -> list[_Ticket]:
        return [ticket for worker in self._workers for ticket in worker.running.values()]

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _kill_all(self) -> None:
        for worker in self._workers:
            worker.process.kill()


class _Ticket:
    """An order on its way through the pool."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.slug = order.source.slug
        self.hosts = {own_host(url) for url in (order.source.homepage, *(e.url for e in order.source.entrances))}
        self.names = {*self.hosts, f"source {self.slug}"}
        """What nobody else may visit at the same time."""
        self.first_part = 0
        """Parts before it are in the spool, or were."""
        self.last_file = ""
        """The name of the file that was going to hold the last part."""
        self.suspect = False
        """Its worker died under it; it is tried once more, alone."""
        self.overran = False
        self.overdue: asyncio.TimerHandle | None = None

    def note(self, message: Spooling) -> None:
        self.first_part = message.part + 1
        if message.last:
            self.last_file = message.file

    def failure(self, how: str) -> str:
        if self.overran:
            return (
                f"the visit did not end within {self.order.deadline:g} s, not even alone in a process; it was stopped"
            )
        return f"the process that visited it {how}, even when it visited nothing else"


class _Worker:
    """A worker process and what it is doing."""

    def __init__(self, process: WorkerProcess) -> None:
        self.process = process
        self.running: dict[str, _Ticket] = {}
        self.ready = False
        self.retiring = False
        self.deaf = False
        """It did not answer: something kept it from its work, maybe not the visit whose time was up."""
        self.heard = asyncio.Event()
        self.overran = False
        """It is killed because the time of one of its visits was up."""
        self.visits = 0

    def has_room(self, concurrency: int) -> bool:
        is_alone = any(ticket.suspect for ticket in self.running.values())
        return self.ready and not self.retiring and not is_alone and len(self.running) < concurrency

    def release(self, visit: str) -> _Ticket:
        ticket = self.running.pop(visit)
        if ticket.overdue:
            ticket.overdue.cancel()
        return ticket

    def is_guilty(self, ticket: _Ticket) -> bool:
        """May this visit be what ended the worker? The one that overran is, if it could be told from the others."""
        return ticket.overran if self.overran and not self.deaf else True


def _load(worker: _Worker) -> int:
    return len(worker.running)


async def _put_down(worker: _Worker, ticket: _Ticket) -> None:
    """Kill a worker for a visit that overran, having found out whether it can still hear."""
    ticket.overran = worker.overran = True
    worker.heard.clear()
    worker.process.send(Ping())
    try:
        await asyncio.wait_for(worker.heard.wait(), _ANSWER)
    except TimeoutError:
        worker.deaf = True
    if ticket.order.visit in worker.running:
        worker.process.kill()
    else:
        worker.overran = worker.deaf = False  # it ended just in time
