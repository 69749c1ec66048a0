"""Pools of real worker processes, against websites on loopback."""

import asyncio
import os
import select
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import pytest

from scrapers.items import Memory
from scrapers.sources import Source
from tests.visit.sites import Site, website
from workers import Order, Outcome, Pool

PATIENCE = 20


class Running:
    """A pool, and what a test asks of it."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def submit(self, *sources: Source, deadline: float = PATIENCE) -> None:
        for source in sources:
            memory = Memory(source=source.slug)
            self.pool.submit(Order(source=source, memory=memory, visit=f"id-{source.slug}", deadline=deadline))

    async def outcomes(self, count: int) -> dict[str, Outcome]:
        async with asyncio.timeout(PATIENCE):
            found = [await self.pool.finished.get() for _ in range(count)]
        return {outcome.source: outcome for outcome in found}


@asynccontextmanager
async def running(*arguments: Any, **named: Any) -> AsyncIterator[Running]:
    pool = Pool(*arguments, **named)
    await pool.start()
    try:
        yield Running(pool)
    finally:
        await pool.stop(5)


@pytest.fixture
def site() -> Iterator[Site]:
    with website() as site:
        yield site


@pytest.fixture
def websites() -> Iterator[Callable[[int], list[Site]]]:
    """Several websites, each on a host of its own."""
    with ExitStack() as stack:
        yield lambda count: [stack.enter_context(website(f"127.0.1.{number}")) for number in range(1, count + 1)]


def run(work: Awaitable[None]) -> None:
    async def within() -> None:
        async with asyncio.timeout(2 * PATIENCE):
            await work

    asyncio.run(within())


def wait_for_end(pid: int) -> bool:
    """Wait until a process is gone; False when it stays."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], PATIENCE)[0])
    finally:
        os.close(descriptor)
