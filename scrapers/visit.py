"""Looks at a source once and returns all that came back as one value: the only thing a worker does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import cast

from msgspec.structs import replace
from scrapy.crawler import Crawler

from scrapers.findings import Findings
from scrapers.items import Memory, Verdict, Visit
from scrapers.robots import RobotsMemory
from scrapers.settings import settings
from scrapers.sources import Source
from scrapers.spider import SourceSpider

log = logging.getLogger(__name__)


class StoppedError(Exception):
    """The visit was stopped before anything could be said about the source."""


async def visit(
    source: Source,
    memory: Memory,
    *,
    now: Callable[[], datetime],
    id: str,  # noqa: A002
    part: Callable[[Visit], None] | None = None,
    first_part: int = 0,
    contact: str = "",
    robots: RobotsMemory | None = None,
    stop: asyncio.Event | None = None,
) -> Visit:
    """Look at ``source`` with Scrapy in the running asyncio reactor; return the visit, or its last part.

    A long visit hands its earlier parts to ``part`` as it goes, numbered from ``first_part``. Setting ``stop`` ends
    it at once with what it has; StoppedError is raised when that says nothing about the source. ``robots`` remembers
    robots.txt between visits. An OSError of ``part`` is raised.
    """
    findings = Findings(id=id, source=source.slug, now=now, part=part, first_part=first_part)
    # Not through AsyncCrawlerRunner, which only keeps a list of crawlers and copies all settings twice for it.
    crawler = Crawler(SourceSpider, settings(source, contact=contact))
    await crawler.crawl_async(source=source, memory=memory, findings=findings, now=now, robots=robots, stop=stop)
    return _finished(cast(SourceSpider, crawler.spider), findings)


def _finished(spider: SourceSpider, findings: Findings) -> Visit:
    look = spider.look
    if look is None:
        raise RuntimeError("Scrapy closed the spider before it started; its log says why")
    if spider.crash is None and not look.has_learned and spider.is_stopped:
        raise StoppedError(spider.source.slug)
    if isinstance(spider.crash, OSError):
        raise spider.crash
    visit = findings.finish()
    if spider.crash is None:
        return visit
    why = (
        f"the visit ended with an unexpected error ({type(spider.crash).__name__}: {spider.crash}); please report this"
    )
    return replace(visit, verdict=Verdict.BROKEN, why=why)
