"""Imports all that a visit needs into the server that workers are forked from, so that a new one is there at once.

Named to multiprocessing's forkserver; it works while it is imported. It installs no reactor: each worker has its own.
"""

from __future__ import annotations

import codecs
import gc
import signal

from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

import scrapers.settings
import scrapers.visit

_COMPONENTS = ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "EXTENSIONS_BASE")
_CLASSES = (
    "DOWNLOADER",
    "DUPEFILTER_CLASS",
    "ITEM_PROCESSOR",
    "LOG_FORMATTER",
    "REQUEST_FINGERPRINTER_CLASS",
    "SCHEDULER",
    "SCHEDULER_MEMORY_QUEUE",
    "SCHEDULER_PRIORITY_QUEUE",
    "SCHEDULER_START_MEMORY_QUEUE",
    "STATS_CLASS",
)


def _names() -> set[str]:
    names = {getattr(default_settings, name) for name in _CLASSES}
    for setting in _COMPONENTS:
        names |= set(getattr(scrapers.settings, setting))
    return names | {name for name in scrapers.settings.DOWNLOAD_HANDLERS.values() if name}


for _name in _names():
    load_object(_name)
for _name in ("idna", "utf-8-sig", "utf-16", "windows-1258"):
    codecs.lookup(_name)
# A SIGTERM for the whole group must not take the server, and with it all workers, before the daemon has stopped them.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
gc.collect()
gc.freeze()
