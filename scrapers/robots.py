"""What robots.txt allows, for every request a visit makes.

As RFC 9309 has it: no robots.txt (4xx) allows everything; one that cannot be fetched (5xx, no answer) allows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest, NotConfigured, StopDownload
from scrapy.http.request import NO_CALLBACK

from scrapers.compression import BEGINNING
from scrapers.connections import ELSEWHERE, SENT, RefusedError
from scrapers.failures import explain
from scrapers.pace import Pace
from scrapers.settings import ROBOT

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_BEGINNING = 500 * 1024
"""Bytes of a robots.txt that are read, as RFC 9309 asks for; what follows them is not even fetched."""
_RECEIVED = "received"
_MAX_DELAY = 30.0
_KEPT = 3600.0
_MOST = 2000


class DisallowedError(IgnoreRequest):
    """An address robots.txt asks us to leave alone."""

    def __init__(self, url: str, robots: str) -> None:
        super().__init__(f"{robots} asks robots not to fetch {url}")
        self.url = url


class RobotsUnreachableError(IgnoreRequest):
    """robots.txt could not be fetched, so nothing else may be."""

    def __init__(self, robots: str, reason: str) -> None:
        super().__init__(f"{robots} {reason}; until it can be read, nothing on this host may be fetched")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says to us."""

    robots: str
    parser: Protego | None = None
    """None: everything is allowed."""
    unreachable: str = ""
    """Why nothing is allowed."""

    @property
    def delay(self) -> float:
        """Crawl-delay in seconds, up to what a visit can bear."""
        return min(float(self.parser.crawl_delay(ROBOT) or 0.0), _MAX_DELAY) if self.parser else 0.0

    def check(self, url: str) -> None:
        """Raise DisallowedError or RobotsUnreachableError when ``url`` may not be fetched."""
        if self.unreachable:
            raise RobotsUnreachableError(self.robots, self.unreachable)
        if self.parser and not self.parser.can_fetch(url, ROBOT):
            raise DisallowedError(url, self.robots)


class RobotsMemory:
    """The rules of hosts seen lately, so that not every visit asks again; a worker process keeps one."""

    def __init__(self, *, seconds: float = _KEPT) -> None:
        self._seconds = seconds
        self._kept: dict[str, tuple[float, Rules]] = {}

    def get(self, robots: str) -> Rules | None:
        until, rules = self._kept.get(robots, (0.0, None))
        return rules if monotonic() < until else None

    def keep(self, rules: Rules) -> None:
        """Remember ``rules``, unless they are only a failure."""
        if rules.unreachable:
            return
        while len(self._kept) >= _MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[rules.robots] = (monotonic() + self._seconds, rules)


class RobotsMiddleware:
    """Asks for robots.txt before the first request to a host, and holds every request to it."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._rules: dict[str, Rules] = {}
        crawler.signals.connect(self._stop_when_enough, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        # Where a file may lead, its host's robots.txt may be asked for.
        elsewhere = {ELSEWHERE: True} if ELSEWHERE in request.meta else {}
        rules = await self._rules_of(f"{parts.scheme}://{parts.netloc}/robots.txt", elsewhere)
        rules.check(request.url)

    async def _rules_of(self, robots: str, elsewhere: dict[str, bool]) -> Rules:
        if robots not in self._rules:
            memory: RobotsMemory | None = getattr(self._crawler.spider, "robots", None)
            rules = (memory.get(robots) if memory else None) or await self._fetch(robots, elsewhere)
            if memory:
                memory.keep(rules)
            self._rules[robots] = rules
            self._slow_down(rules.delay)
        return self._rules[robots]

    def _slow_down(self, seconds: float) -> None:
        pace = self._crawler.get_extension(Pace)
        if pace and seconds:
            pace.hold(seconds)

    async def _fetch(self, robots: str, elsewhere: dict[str, bool]) -> Rules:
        meta = {"dont_obey_robotstxt": True, "download_maxsize": 0, BEGINNING: _BEGINNING, **elsewhere}
        request = Request(robots, meta=meta, callback=NO_CALLBACK)
        began = monotonic()
        try:
            response = await self._crawler.engine.download_async(request)
        except RefusedError:
            # A robots.txt that leads elsewhere is none; the guard judges the pages themselves.
            return Rules(robots)
        except Exception as error:
            failure = explain(error, self._crawler.settings)
            self._note(robots, began=request.meta.get(SENT, began), error=failure.sentence)
            return Rules(robots) if failure.elsewhere else Rules(robots, unreachable=failure.sentence)
        self._note(robots, began=request.meta.get(SENT, began), status=response.status, size=len(response.body))
        if response.status >= 500:
            return Rules(robots, unreachable=f"answered {response.status}")
        if response.status >= 300:
            return Rules(robots)
        return Rules(robots, parser=Protego.parse(_beginning(response.body).decode("utf-8-sig", "ignore")))

    def _stop_when_enough(self, data: bytes, request: Request) -> None:
        if BEGINNING in request.meta:
            request.meta[_RECEIVED] = request.meta.get(_RECEIVED, 0) + len(data)
            if request.meta[_RECEIVED] >= request.meta[BEGINNING]:
                raise StopDownload(fail=False)

    def _note(self, robots: str, *, began: float, status: int | None = None, size: int = 0, error: str = "") -> None:
        findings = getattr(self._crawler.spider, "findings", None)
        if findings is not None:
            findings.note_robots(robots, elapsed=monotonic() - began, status=status, size=size, error=error)


def _beginning(body: bytes) -> bytes:
    """The lines that are read: half a line may forbid more than the whole one."""
    return body if len(body) < _BEGINNING else body[:_BEGINNING].rpartition(b"\n")[0]
