"""How fast a visit asks: AutoThrottle, which robots.txt can slow down further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.http import Response


class Pace(AutoThrottle):
    """Slows down with the host, and never goes faster than it was told to.

    Where no pause is wanted at all, as on a website of one's own, it does not invent one.
    """

    def hold(self, seconds: float) -> None:
        """Leave at least ``seconds`` between two requests from now on."""
        self.mindelay = max(self.mindelay, seconds)
        self.maxdelay = max(self.maxdelay, seconds)
        downloader = self.crawler.engine.downloader
        downloader._delay = max(downloader._delay, seconds)
        for slot in downloader.slots.values():
            slot.delay = max(slot.delay, seconds)

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        if self.mindelay:
            super()._adjust_delay(slot, latency, response)
