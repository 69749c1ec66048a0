"""The daemon: asks the archive what is due, has it visited, records what came back and publishes the feeds.

APScheduler only beats; what is due stands in the database, so a restart neither starves nor repeats a source.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from feeds.publish import Published, PublishError, publish
from health import ended, judge, next_look
from home import Home, Settings, prepare
from scrapers.items import Change, Record, Verdict
from scrapers.sources import Source, SourceError, load_folder
from storage import visits
from storage.changes import made_by
from storage.database import ArchiveError, Database, open_archive, open_readonly
from storage.memory import memory
from storage.record import record
from storage.sources import due, plan, sync
from workers import Order, Outcome, Pool, SpoolError, read_spooled, spooled

log = logging.getLogger("bantin")

P = ParamSpec("P")
T = TypeVar("T")

BEAT = timedelta(seconds=1)
GRACE = timedelta(seconds=20)
"""How long running visits may take to hand in what they have when the daemon stops."""
OVERTIME = timedelta(seconds=30)
"""What a visit gets beyond its source's limit before its worker is killed."""
REST = timedelta(seconds=5)
"""While visits go on, feeds are made anew this often at most: one article may belong to several of them."""
HISTORY = 10


class Visited(Record, frozen=True, kw_only=True):
    """One visit as the person who asked for it wants to hear of it."""

    source: str
    verdict: Verdict
    why: str
    changes: tuple[Change, ...] = ()


def utc_now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """The only writer: one thread, one connection, everything in turn."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._db: Database | None = None

    async def open(self) -> None:
        self._db = await self.ask(lambda: open_archive(self._home.database), opened=False)

    async def ask(self, function: Callable[..., T], *args: Any, opened: bool = True, **named: Any) -> T:
        """Run ``function(db, *args, **named)`` in the archive's thread."""
        first = (self._db, *args) if opened else args
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*first, **named))

    async def close(self) -> None:
        if self._db is not None:
            await self.ask(lambda db: db.close())
        self._thread.shutdown(wait=True)


class Daemon:
    """Visits sources and keeps the archive and the feeds up to date, until told to stop."""

    def __init__(self, home: Home, settings: Settings, *, now: Callable[[], datetime] = utc_now) -> None:
        self.home, self.settings, self.now = home, settings, now
        self.sources: dict[str, Source] = {}
        self._archive = Archive(home)
        self._pool = Pool(home.spool, size=settings.workers, concurrency=settings.concurrency, contact=settings.contact)
        self._wake = asyncio.Event()
        self._outcomes: list[Outcome] = []
        self._changes: dict[str, list[Change]] = {}
        self._unpublished: set[str] = set()
        self._published = float("-inf")
        self._submitted: dict[str, datetime] = {}
        self._stamp: object = None
        self._complaint = ""

    # -- ways to run ------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Open the archive, read the sources and start the workers; at the end, record what is finished and close.

        Raises SourceError when a source file has a mistake, ArchiveError when the archive cannot be used.
        """
        prepare(self.home)
        await self._archive.open()
        try:
            await self._reread(strict=True)
            await self._pool.start()
        except BaseException:
            await self._archive.close()
            raise
        beat, listener = self._beating(), asyncio.create_task(self._listen())
        try:
            await self._turn()
            yield
        finally:
            beat.shutdown(wait=False)
            await self._close()
            await _end([listener])

    async def run(self, *, beside: Callable[[asyncio.Event], Coroutine[Any, Any, None]] | None = None) -> None:
        """Work until SIGTERM or SIGINT, with ``beside`` (the web server) in the same loop; a second signal kills."""
        stop = asyncio.Event()
        _on_signals(stop)
        async with self.open():
            await self._publish(None)
            server = asyncio.create_task(_until_it_ends(beside(stop), stop) if beside else stop.wait())
            try:
                while not stop.is_set():
                    await self._patient_turn()
                    await _first(self._wake.wait(), stop.wait())
                    self._wake.clear()
            finally:
                stop.set()
                await server

    async def once(self, slugs: Iterable[str] | None = None) -> list[Visited]:
        """Visit what is due, or ``slugs``, record and publish; return how each visit went, in the order they ended."""
        async with self.open():
            done = await self.visit(await self._due() if slugs is None else slugs)
            await self._publish(None)
            return done

    async def visit(self, slugs: Iterable[str]) -> list[Visited]:
        """Visit these sources now and wait for them."""
        wanted = list(dict.fromkeys(slugs))
        await self._send(wanted)
        done = await self._turn()
        while len(done) < len(wanted):
            await self._wake.wait()
            self._wake.clear()
            done += await self._turn()
        return done

    # -- one turn ---------------------------------------------------------------------------------------------------

    async def _turn(self) -> list[Visited]:
        """Record what came back, plan when to look again, and publish.

        Raises ArchiveError or PublishError; what was not done then is done in the next turn.
        """
        # Whatever ended by now is in the spool by now; what ends while the spool is taken waits for the next turn.
        ended, done = len(self._outcomes), []
        await self._take_spool()
        for _ in range(ended):
            done.append(await self._conclude(self._outcomes[0]))
            del self._outcomes[0]
        rested = time.monotonic() - self._published >= REST.total_seconds()
        if self._unpublished and (rested or not self._pool.in_flight):
            await self._publish(set(self._unpublished))
        return done

    async def _patient_turn(self) -> None:
        """One turn of the unattended daemon: a full disk or a busy archive is said once, and tried again."""
        try:
            await self._turn()
            # Asked only now: a visit that has just ended is due no longer.
            await self._send(await self._due())
        except (ArchiveError, PublishError) as error:
            self._complain(str(error))
        else:
            self._complain("")

    async def _take_spool(self) -> None:
        for path in await asyncio.to_thread(spooled, self.home.spool):
            try:
                visit = await asyncio.to_thread(read_spooled, path)
            except SpoolError as error:
                log.error("%s", error)
                continue
            changes = await self._archive.ask(
                record, visit, warc=self.home.warc, authority=self.settings.authority, now=self.now()
            )
            self._changes.setdefault(visit.source, []).extend(changes.changes)
            if changes.changes:
                self._unpublished.add(visit.source)
            path.unlink()

    async def _conclude(self, outcome: Outcome) -> Visited:
        """Note a visit that never came back, say when the next one is, and tell how this one went."""
        slug, now = outcome.source, self.now()
        if outcome.failure:
            started = self._submitted.get(slug, now)
            await self._archive.ask(
                visits.failed, slug, id=outcome.visit, started=started, now=now, why=outcome.failure
            )
        history = await self._archive.ask(visits.last, slug, HISTORY)
        if source := self.sources.get(slug):
            following = next_look(source, history, now=now)
            await self._archive.ask(plan, slug, at=following.at, why=following.why, failures=following.failures)
        health = judge(history)
        changes = tuple(self._changes.pop(slug, ()))
        verdict = history[0].verdict if history else Verdict.BROKEN
        log.log(
            logging.WARNING if health.attention else logging.INFO,
            "%s: %s (%s); %s",
            slug, health.state, health.why, tally(changes),
        )  # fmt: skip
        return Visited(source=slug, verdict=verdict, why=health.why, changes=changes)

    async def _send(self, slugs: Iterable[str]) -> None:
        busy = {*self._pool.in_flight, *(outcome.source for outcome in self._outcomes)}
        for source in [self.sources[slug] for slug in slugs if slug in self.sources and slug not in busy]:
            known = await self._archive.ask(memory, source, now=self.now())
            self._submitted[source.slug] = self.now()
            deadline = (source.limits.duration + OVERTIME).total_seconds()
            self._pool.submit(Order(source=source, memory=known, visit=uuid.uuid4().hex, deadline=deadline))

    async def _due(self) -> list[str]:
        await self._reread()
        wanted = await asyncio.to_thread(_take_wanted, self.home, self._pool.in_flight)
        today = self.now().date()
        over = {slug for slug, source in self.sources.items() if ended(source, today)}
        ready = await self._archive.ask(due, now=self.now())
        return [*wanted, *(slug for slug in ready if slug not in over and slug not in wanted)]

    async def _publish(self, only: set[str] | None) -> Published:
        done = await self._archive.ask(
            publish,
            tuple(self.sources.values()),
            public=self.home.public,
            base_url=self.settings.base_url,
            title=self.settings.title,
            only=only,
            now=self.now(),
        )
        self._unpublished -= only or set(self.sources)
        self._published = time.monotonic()
        for kept in done.kept:
            log.error("feed %s was not replaced: %s", kept.path, kept.problem)
        return done

    # -- sources ----------------------------------------------------------------------------------------------------

    async def _reread(self, *, strict: bool = False) -> None:
        """Read the source files again when one changed; a broken file leaves the source as it was.

        With ``strict`` the first mistake is raised as SourceError instead.
        """
        stamp = await asyncio.to_thread(_stamp, self.home)
        if stamp == self._stamp:
            return
        found, mistakes = await asyncio.to_thread(load_folder, self.home.sources)
        if strict and mistakes:
            raise mistakes[0]
        kept = {slug: self.sources[slug] for slug in _broken(mistakes) if slug in self.sources}
        for mistake in mistakes:
            log.error("%s", mistake)
        self.sources = {**found, **kept}
        self._stamp = stamp
        await self._archive.ask(sync, tuple(self.sources.values()), now=self.now())

    # -- beginning and end ------------------------------------------------------------------------------------------

    async def _close(self) -> None:
        await self._pool.stop(GRACE.total_seconds())
        while not self._pool.finished.empty():
            self._outcomes.append(self._pool.finished.get_nowait())
        try:
            await self._turn()
        finally:
            await self._archive.close()

    def _beating(self) -> AsyncIOScheduler:
        beat = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        beat.add_job(self._wake.set, "interval", seconds=BEAT.total_seconds())
        beat.start()
        return beat

    async def _listen(self) -> None:
        while True:
            self._outcomes.append(await self._pool.finished.get())
            self._wake.set()

    def _complain(self, sentence: str) -> None:
        """Say a lasting trouble once, not at every beat, and say when it is over."""
        if sentence and sentence != self._complaint:
            log.error("%s", sentence)
        elif self._complaint and not sentence:
            log.info("That is over; everything is recorded and published again.")
        self._complaint = sentence


def ask_daemon(home: Home, sources: Sequence[Source], *, now: Callable[[], datetime] = utc_now) -> list[Visited]:
    """Have the daemon that runs on ``home`` visit ``sources`` now; wait, and return how it went.

    A source that does not come back within its own time limit is reported as broken.
    """
    asked = now()
    for source in sources:
        (home.wanted / source.slug).touch()
    with closing(open_readonly(home.database)) as db:
        return [_await_visit(db, source, home.wanted / source.slug, asked=asked, now=now) for source in sources]


def _await_visit(db: Database, source: Source, note: Path, *, asked: datetime, now: Callable[[], datetime]) -> Visited:
    """Wait until the daemon has taken ``note`` and made a visit that was not there before."""
    before: set[str] = set()
    while now() < asked + 2 * (source.limits.duration + OVERTIME):
        history = visits.last(db, source.slug, 3)
        if note.exists():
            before = {visit.id for visit in history}
        elif history and history[0].complete and history[0].id not in before:
            visit = history[0]
            return Visited(
                source=source.slug, verdict=visit.verdict, why=judge(history).why, changes=made_by(db, visit.id)
            )
        time.sleep(0.1)
    return Visited(source=source.slug, verdict=Verdict.BROKEN, why="the daemon did not visit it in time; see its log")


def tally(changes: Iterable[Change]) -> str:
    """Sum changes up in words: "3 new, 1 revised", or "no news"."""
    kinds = [change.kind for change in changes]
    counts = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
    return ", ".join(counts) or "no news"


def _on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def asked() -> None:
        if stop.is_set():
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    await _end(tasks)


async def _until_it_ends(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Run ``work``; when it ends by itself, good or bad, everything else must stop too."""
    try:
        await work
    finally:
        stop.set()


async def _end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


def _take_wanted(home: Home, in_flight: Collection[str]) -> list[str]:
    """The sources somebody asked for; one that is being visited stays asked for until it can be visited anew."""
    names = sorted(path.name for path in home.wanted.iterdir()) if home.wanted.is_dir() else []
    ready = [name for name in names if name not in in_flight]
    for name in ready:
        (home.wanted / name).unlink(missing_ok=True)
    return ready


def _stamp(home: Home) -> tuple[tuple[str, int, int], ...]:
    files = sorted(home.sources.glob("*.toml"))
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path in files for stat in [path.stat()])


def _broken(mistakes: Iterable[SourceError]) -> set[str]:
    return {mistake.file.rsplit("/", 1)[-1].removesuffix(".toml") for mistake in mistakes}
