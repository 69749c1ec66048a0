"""Makes every source a spider for ``scrapy list``, ``scrapy crawl`` and ``scrapy shell`` in the checkout."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapers.guard import guard
from scrapers.settings import limits
from scrapers.sources import Source, catalogue, load_folder
from scrapers.spider import SourceSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.settings import BaseSettings

log = logging.getLogger(__name__)


class SourceLoader:
    """The ministries we ship, and those in ``$BANTIN_HOME/sources`` (else ``./var/sources``), which win."""

    def __init__(self, home: Path) -> None:
        own, mistakes = load_folder(home / "sources")
        for mistake in mistakes:
            log.error("%s", mistake)
        self._sources = {**catalogue(), **own}

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceLoader:
        return cls(Path(os.environ.get("BANTIN_HOME") or "var"))

    def list(self) -> list[str]:
        return sorted(self._sources)

    def load(self, spider_name: str) -> type[SourceSpider]:
        """Return the spider of a source. Raises KeyError, as Scrapy expects, when there is none."""
        if spider_name not in self._sources:
            raise KeyError(f"no source is called {spider_name!r}; see: scrapy list")
        return _spider(self._sources[spider_name])

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        host = urlsplit(request.url).hostname or ""
        return [slug for slug, source in sorted(self._sources.items()) if guard(source).holds(host)]


def _spider(source: Source) -> type[SourceSpider]:
    names = {"name": source.slug, "source": source, "custom_settings": limits(source), "__module__": __name__}
    return type("SourceSpider", (SourceSpider,), names)
