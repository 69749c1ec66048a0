"""Connections that lead only where the source's guard lets them, for Scrapy."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Hashable
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import IgnoreRequest
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.web.client import HTTPConnectionPool
from zope.interface import directlyProvides, providedBy  # type: ignore[import-untyped]

from scrapers.guard import Guard, guard

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IStreamClientEndpoint
    from twisted.web._newclient import HTTP11ClientProtocol

log = logging.getLogger(__name__)

SENT = "sent"
"""Key in a request's meta: the monotonic time at which it left, after waiting for its turn."""


ELSEWHERE = "elsewhere"
"""Key in a request's meta: it may lead to any host, as a file that an article links to may."""


class RefusedError(IgnoreRequest):
    """An address that is not asked for."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} is not asked for: {reason}")
        self.url = url
        self.reason = reason


def walls(crawler: Crawler) -> Guard:
    """Return the guard of the crawler's source; of a spider without one, it is closed to private addresses."""
    source = getattr(crawler.spider, "source", None)
    return guard(source) if source else Guard()


class GuardMiddleware:
    """Refuses addresses by their text, those of redirects and of robots.txt too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._guard: Guard | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        self._guard = self._guard or walls(self._crawler)
        if reason := self._guard.refusal(request.url, elsewhere=ELSEWHERE in request.meta):
            log.info("%s is not asked for: %s", request.url, reason)
            raise RefusedError(request.url, reason)


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, over connections that are judged when they are made."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        pool = GuardedPool(reactor, guard=lambda: walls(crawler), policy=self._contextFactory)
        pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
        pool._factory = self._pool._factory
        self._pool = pool
        self._downloads: set[asyncio.Task[Any]] = set()

    async def download_request(self, request: Request) -> Response:
        request.meta[SENT] = monotonic()
        download = asyncio.current_task()
        assert download
        self._downloads.add(download)
        try:
            return await super().download_request(request)
        finally:
            self._downloads.discard(download)

    async def close(self) -> None:
        """Hang up. A visit that ended early must not still be waiting for an answer when the next one begins."""
        for download in self._downloads:
            download.cancel()
        await super().close()


class GuardedPool(HTTPConnectionPool):
    """Opens a connection only to an address that the guard does not forbid."""

    def __init__(self, reactor: Any, *, guard: Callable[[], Guard], policy: Any) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]
        self._reactor_itself = reactor
        self._guard = guard
        self._policy = policy

    def getConnection(self, key: Hashable, endpoint: IStreamClientEndpoint) -> Deferred[HTTP11ClientProtocol]:  # noqa: N802
        scheme, host, port = cast("tuple[bytes, bytes, int]", key)[:3]
        wall = _Wall(self._reactor_itself, self._guard(), host.decode("ascii", "replace"))
        guarded: Any = HostnameEndpoint(wall, host, port)
        if scheme == b"https":
            guarded = wrapClientTLS(self._policy.creatorForNetloc(host, port), guarded)
        return super().getConnection(key, guarded)


class _Wall:
    """The reactor as one host sees it: all of it, but for connections to forbidden addresses."""

    def __init__(self, reactor: Any, guard: Guard, host: str) -> None:
        self._reactor = reactor
        self._guard = guard
        self._host = host
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *others: Any, **named: Any) -> Any:  # noqa: N802
        """Connect to ``host``, which is numeric by now and the address really used."""
        if reason := self._guard.forbids(host, host=self._host):
            log.info("%s is not asked for: %s", self._host, reason)
            raise RefusedError(self._host, reason)
        return self._reactor.connectTCP(host, port, *others, **named)
