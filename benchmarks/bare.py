"""The named peer: Scrapy as it comes, fetching the same pages and doing nothing with them.

Run as ``python -m benchmarks.bare < addresses``; prints the seconds between first request and last response.
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess


class Bare(scrapy.Spider):
    name = "bare"
    began = ended = 0.0
    count = 0

    async def start(self) -> AsyncIterator[Any]:
        Bare.began = time.perf_counter()
        for url in sys.stdin.read().split():
            yield scrapy.Request(url, callback=self.parse, dont_filter=True)

    def parse(self, response: Any, **_: Any) -> None:
        Bare.count += 1
        Bare.ended = time.perf_counter()


def main() -> None:
    """Fetch every address on standard input; 16 at once, 8 a host, no delay: Scrapy's defaults."""
    process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
    process.crawl(Bare)
    process.start()
    print(Bare.ended - Bare.began, Bare.count)


if __name__ == "__main__":
    main()
