"""How fast a visit asks: AutoThrottle, which robots.txt can slow down further."""

from __future__ import annotations

from scrapy.extensions.throttle import AutoThrottle


class Pace(AutoThrottle):
    """Slows down with the host, and never goes faster than it was told to."""

    def hold(self, seconds: float) -> None:
        """Leave at least ``seconds`` between two requests from now on."""
        self.mindelay = max(self.mindelay, seconds)
        self.maxdelay = max(self.maxdelay, seconds)
        downloader = self.crawler.engine.downloader
        downloader._delay = max(downloader._delay, seconds)
        for slot in downloader.slots.values():
            slot.delay = max(slot.delay, seconds)
