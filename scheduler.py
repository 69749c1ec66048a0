"""The daemon: asks the archive what is due, has it visited, records what came back and publishes the feeds.

APScheduler only beats; what is due stands in the database, so a restart neither starves nor repeats a source.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

import errands
from errands import Visited, tally, utc_now
from feeds.publish import Published, PublishError, publish
from health import ended, judge, next_look
from home import Home, Settings, prepare
from scrapers.items import Change, Verdict, Visit
from scrapers.sources import Source, SourceError, load_folder
from storage import evidence, seals, visits
from storage.database import ArchiveError, Database, explained, hurry, open_archive
from storage.memory import memory
from storage.record import record
from storage.sources import due, plan, sync
from workers import Order, Outcome, Pool, SpoolError, read_spooled, spooled

log = logging.getLogger("bantin")

T = TypeVar("T")

BEAT = timedelta(seconds=1)
GRACE = timedelta(seconds=15)
"""How long running visits may take to hand in what they have when the daemon stops."""
OVERTIME = timedelta(seconds=30)
"""What a visit gets beyond its source's limit before its worker is killed."""
REST = timedelta(seconds=5)
"""While visits go on, feeds are made anew this often at most: one article may belong to several of them."""
HISTORY = 10


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

        def run() -> T:
            with explained(self._home.database):
                return function(*first, **named)

        return await asyncio.get_running_loop().run_in_executor(self._thread, run)

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
        self._sealed: date | None = None

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
        sent = await self._send(dict.fromkeys(slugs))
        done = await self._turn()
        while len(done) < len(sent):
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
        await self._seal()
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
        except OSError as error:
            self._complain(f"{error.filename or self.home.path}: {error.strerror}; it is tried again")
        else:
            self._complain("")

    async def _take_spool(self) -> None:
        for path in await asyncio.to_thread(spooled, self.home.spool):
            try:
                visit = await asyncio.to_thread(read_spooled, path)
            except SpoolError as error:
                log.error("%s", error)
                continue
            try:
                changes = await self._archive.ask(
                    record, visit, warc=self.home.warc, authority=self.settings.authority, now=self.now()
                )
            except ArchiveError:
                raise
            except Exception as error:  # one visit must not stop all that come after it, whatever it holds
                await self._put_aside(path, visit, error)
                continue
            self._changes.setdefault(visit.source, []).extend(changes.changes)
            if changes.changes:
                self._unpublished.add(visit.source)
            path.unlink()

    async def _seal(self) -> None:
        """Once a day, and at the start: seal what earlier days brought, before anything of today's is recorded."""
        today = self.now().astimezone(UTC).date()
        if today == self._sealed:
            return
        try:
            if self._sealed is None:
                await self._archive.ask(evidence.mend, self.home.warc)
                await self._archive.ask(seals.mend, self.home.warc)
            while sealed := await self._archive.ask(seals.seal, self.home.warc, now=self.now()):
                log.info("Sealed %s: %d rows; publish sha256 %s", sealed.day, sealed.leaves, sealed.sha256)
        except ArchiveError as error:  # recording must go on; it is tried again tomorrow, or at the next start
            log.error("Nothing was sealed. %s", error)
        self._sealed = today

    async def _put_aside(self, path: Path, visit: Visit, error: Exception) -> None:
        aside = path.with_suffix(".bad")
        why = f"what the visit brought cannot be recorded ({type(error).__name__}: {error}); it is kept as {aside}"
        log.error("%s: %s; please report this", visit.source, why, exc_info=log.isEnabledFor(logging.DEBUG))
        path.rename(aside)
        await self._archive.ask(
            visits.failed, visit.source, id=visit.id, started=visit.started, now=self.now(), why=why
        )
        await self._archive.ask(evidence.mend, self.home.warc)

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

    async def _send(self, slugs: Iterable[str]) -> list[str]:
        """Send visits out, but none to a source that is being visited; return where to."""
        ready = [self.sources[slug] for slug in slugs if slug in self.sources and slug not in self._busy]
        for source in ready:
            known = await self._archive.ask(memory, source, now=self.now(), warc=self.home.warc)
            self._submitted[source.slug] = self.now()
            deadline = (source.limits.duration + OVERTIME).total_seconds()
            self._pool.submit(Order(source=source, memory=known, visit=uuid.uuid4().hex, deadline=deadline))
        return [source.slug for source in ready]

    @property
    def _busy(self) -> set[str]:
        return {*self._pool.in_flight, *(outcome.source for outcome in self._outcomes)}

    async def _due(self) -> list[str]:
        await self._reread()
        wanted = await asyncio.to_thread(errands.take, self.home, self._busy)
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
            least_grade=self.settings.least_grade,
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
            await self._archive.ask(hurry)
            await self._turn()
        except (ArchiveError, PublishError) as error:
            log.error("%s What is finished waits in %s and is recorded at the next start.", error, self.home.spool)
        finally:
            await self._archive.close()

    def _beating(self) -> AsyncIOScheduler:
        beat = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        beat.add_job(self._beat, "interval", seconds=BEAT.total_seconds())
        beat.start()
        return beat

    async def _beat(self) -> None:
        # A coroutine, so that it runs in the loop: an asyncio.Event must not be set from another thread.
        self._wake.set()

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


def _stamp(home: Home) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a source file was added, changed or taken away."""
    stamps = []
    for path in sorted(home.sources.glob("[!.]*.toml")):
        with suppress(FileNotFoundError):  # taken away this very moment
            stat = path.stat()
            stamps.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(stamps)


def _broken(mistakes: Iterable[SourceError]) -> set[str]:
    return {mistake.file.rsplit("/", 1)[-1].removesuffix(".toml") for mistake in mistakes}
