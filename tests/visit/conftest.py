"""Visits run in one reactor for all tests, in a thread of its own; websites are on loopback."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from scrapers.items import Memory, Visit
from scrapers.sources import Source
from scrapers.visit import visit
from tests.visit.sites import Site, website

Look = Callable[..., Visit]


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    from twisted.internet import asyncioreactor

    loop = asyncio.new_event_loop()
    asyncioreactor.install(loop)
    reactor: Any = import_module("twisted.internet.reactor")
    running = threading.Event()
    reactor.callWhenRunning(running.set)

    def run() -> None:
        asyncio.set_event_loop(loop)
        reactor.run(installSignalHandlers=False)

    thread = threading.Thread(target=run)
    thread.start()
    running.wait()
    yield loop
    reactor.callFromThread(reactor.stop)
    thread.join()
    loop.close()


@pytest.fixture
def look(loop: asyncio.AbstractEventLoop) -> Look:
    """Visit a source and return what comes back."""

    def look(source: Source, memory: Memory | None = None, **named: Any) -> Visit:
        named = {"id": "v1", "now": lambda: datetime.now(UTC), **named}
        coroutine = visit(source, memory or Memory(source=source.slug), **named)
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=20)

    return look


@pytest.fixture
def site() -> Iterator[Site]:
    with website() as site:
        yield site
