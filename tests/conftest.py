"""What tests of several rooms need: the command, the make-believe ministry, and a reactor to visit it in."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from demo.ministry import Ministry
from demo.server import Served, serve
from demo.source import SLUG, source_toml
from scrapers.items import Memory, Visit
from scrapers.sources import Source
from tests.churn import World
from tests.command import Command

# The same examples for everybody, and no deadline: machines differ, and a test that fails now and then helps nobody.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture
def bantin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command on a home that does not exist yet."""
    return Command(tmp_path / "home", capsys)


@pytest.fixture
def site() -> Iterator[Served]:
    """The make-believe ministry on the air."""
    with serve(Ministry()) as served:
        yield served


@pytest.fixture
def following(bantin: Command, site: Served) -> Command:
    """The command on a home that follows the make-believe ministry and has not visited it yet."""
    sources = bantin.home / "sources"
    sources.mkdir(parents=True)
    hurried = source_toml(site.url).replace('delay = "0.05s"', 'delay = "0s"')
    (sources / f"{SLUG}.toml").write_text(hurried, encoding="utf-8")
    return bantin


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
    from scrapers.visit import visit  # Scrapy, which most tests do without

    def look(source: Source, memory: Memory | None = None, **named: Any) -> Visit:
        named = {"id": "v1", "now": lambda: datetime.now(UTC), **named}
        coroutine = visit(source, memory or Memory(source=source.slug), **named)
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=20)

    return look


@pytest.fixture(params=["numbered", "numberless"])
def world(request: pytest.FixtureRequest, tmp_path: Path, look: Look) -> Iterator[World]:
    """The make-believe ministry followed for an hour; its addresses have a number, or only words."""
    world = World(tmp_path, look, numbered=request.param == "numbered")
    with serve(world.ministry) as world.served:
        world.follow(world.served)
        world.settle()
        yield world
    world.db.close()
