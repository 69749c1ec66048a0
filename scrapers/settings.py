"""How Scrapy is set up here: politely and safely. Read by scrapy.cfg as it stands, by a visit through ``settings``."""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Self

from scrapy.settings import BaseSettings, Settings, SettingsAttribute

from scrapers.sources import Source

BOT_NAME = "bantin"
ROBOT = "Bantin"
"""The name under which robots.txt speaks to us."""

# Who asks. USER_AGENT is completed with a contact below.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = ROBOT
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}

# How often: one request at a time a host, never faster than the source's delay, slower when the host is slow.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
# Nothing is asked again that said it is too busy (429, 503) or let us wait until the timeout.
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524]
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
    "twisted.internet.error.ConnectionDone",
    "twisted.internet.error.ConnectionLost",
]

# How much.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
CONCURRENT_ITEMS = 4
"""The default of 100 starts a hundred tasks for every response."""

# Where to: nothing but http and https, to where the source's guard lets it.
DOWNLOAD_HANDLERS = {
    "http": "scrapers.connections.GuardedHandler",
    "https": "scrapers.connections.GuardedHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
HTTPPROXY_ENABLED = False
HTTPCACHE_ENABLED = False
DNSCACHE_ENABLED = False
# What stands here is all that runs: Scrapy's own lists are replaced, so that no release adds to them behind our back
# (and so that it does not import what is switched off: a quarter of a second and 15 MB a worker).
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapers.connections.GuardMiddleware": 40,
    "scrapers.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapers.compression.CompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
}
SPIDER_MIDDLEWARES_BASE = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": 50,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
}

# Two doors through which other programs could run code here.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS_BASE = {
    "scrapers.pace.Pace": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
STATS_DUMP = False
LOG_LEVEL = "INFO"
FEED_EXPORT_ENCODING = "utf-8"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
SPIDER_LOADER_CLASS = "scrapers.loader.SourceLoader"


def user_agent(contact: str = "") -> str:
    """Say who asks and where a webmaster can write to: ``contact``, else $BANTIN_CONTACT."""
    try:
        number = version("bantin")
    except PackageNotFoundError:
        number = "0"
    contact = contact or os.environ.get("BANTIN_CONTACT", "") or "no contact configured"
    return f"{ROBOT}/{number} (+{' '.join(contact.split())})"


USER_AGENT = user_agent()


class VisitSettings(Settings):
    """The settings of one crawler alone; Scrapy's deep copy of them would cost more than looking at a listing."""

    def copy(self) -> Self:
        return self

    def fork(self) -> Self:
        """Return settings that can be changed without changing these."""
        twin = type(self).__new__(type(self))
        BaseSettings.__init__(twin)
        for name, setting in self.attributes.items():
            twin.attributes[name] = SettingsAttribute(setting.value, setting.priority)
        return twin


def settings(source: Source, *, contact: str = "") -> Settings:
    """Return everything a visit of ``source`` sets in Scrapy."""
    ours = _ours().fork()
    ours.update({**limits(source), "USER_AGENT": user_agent(contact)}, priority="spider")
    return ours


@cache
def _ours() -> VisitSettings:
    """Return what is the same in every visit."""
    here = {name: value for name, value in globals().items() if name.isupper()}
    # A visit brings its spider along and hands its articles over itself.
    here["SPIDER_LOADER_CLASS"] = "scrapy.spiderloader.SpiderLoader"
    here["EXTENSIONS_BASE"] = {"scrapers.pace.Pace": 0}
    return VisitSettings(here)


def limits(source: Source) -> dict[str, Any]:
    """Return what a source's limits mean in Scrapy's words."""
    delay = source.limits.delay.total_seconds()
    return {
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": max(AUTOTHROTTLE_MAX_DELAY, delay),
        "DOWNLOAD_TIMEOUT": source.limits.timeout.total_seconds(),
        "DOWNLOAD_MAXSIZE": source.limits.max_bytes,
    }
