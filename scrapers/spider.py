"""The one spider for all sources: Scrapy's face of a look at one of them."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.structs import replace
from scrapy import Spider

from scrapers.fetching import Fetcher
from scrapers.findings import Findings
from scrapers.items import Article, Memory, Moment
from scrapers.look import Look
from scrapers.robots import RobotsMemory
from scrapers.sources import Source

log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SourceSpider(Spider):
    """Looks at one source. ``source`` is given when it starts, or by the class that the loader makes."""

    name = "source"
    source: Source

    def __init__(
        self,
        name: str | None = None,
        *,
        source: Source | None = None,
        memory: Memory | None = None,
        findings: Findings | None = None,
        now: Callable[[], datetime] = _utc_now,
        robots: RobotsMemory | None = None,
        stop: asyncio.Event | None = None,
    ) -> None:
        self.source = source or self.source
        super().__init__(name or self.source.slug)
        self.memory = memory or Memory(source=self.source.slug)
        self.prints = findings is None
        """Run by ``scrapy crawl``: its articles are items. A visit takes them from ``findings``."""
        self.findings = findings or Findings(id=uuid.uuid4().hex, source=self.source.slug, now=now)
        self.robots = robots
        self.crash: Exception | None = None
        self.look: Look | None = None
        self._now, self._stop = now, stop or asyncio.Event()

    @property
    def is_stopped(self) -> bool:
        """Somebody asked it to end early."""
        return self._stop.is_set()

    async def start(self) -> AsyncIterator[Any]:
        # What is only printed has no use for files.
        source = replace(self.source, attachments="list") if self.prints else self.source
        self.look = Look(source, self.memory, Fetcher(self.crawler, self._now), self.findings)
        interruption = ""
        try:
            interruption = await self._run(self.look)
        except Exception as error:
            log.debug("looking at %s", self.source.slug, exc_info=True)
            self.crash = error
            self.look.abandon()
        self.look.conclude(interruption)
        if self.prints:
            for reading in self.findings.readings:
                yield record(reading.article)

    async def _run(self, look: Look) -> str:
        """Look until done, out of time or told to stop; return why it ended early, or ""."""
        duration = self.source.limits.duration.total_seconds()
        try:
            async with asyncio.timeout(duration) as clock:
                watch = asyncio.create_task(_stop_clock(self._stop, clock))
                try:
                    await look.run()
                finally:
                    watch.cancel()
        except TimeoutError:
            return "it was stopped" if self.is_stopped else f"it took longer than {duration:g} s (limits.duration)"
        return ""


async def _stop_clock(stop: asyncio.Event, clock: asyncio.Timeout) -> None:
    await stop.wait()
    clock.reschedule(asyncio.get_running_loop().time())


def record(article: Article) -> dict[str, Any]:
    """Return an article as ``scrapy crawl`` writes it: plain values, dates as ISO 8601, no passport."""
    names = (name for name in article.__struct_fields__ if name != "passport")
    published = article.published
    return {
        **{name: _plain(getattr(article, name)) for name in names},
        "published_text": published.printed if published else "",
        "published_precision": published.precision if published else None,
    }


def _plain(value: Any) -> Any:
    return value.iso if isinstance(value, Moment) else msgspec.to_builtins(value)
