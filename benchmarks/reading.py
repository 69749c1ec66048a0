"""How true our reading of saved pages is, and how fast, beside public extractors in the same run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks import peers
from benchmarks.corpus import FOLDER, Page, pages, sets
from benchmarks.figures import Marks, mark_article, mark_listing, means
from scrapers.entrances.plain import plain as plain_headlines
from scrapers.entrances.reading import read_headlines
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.plain import plain

COLUMNS = ("title", "day", "day wrong", "minute", "body", "with", "leak", "author invented", "err")


def ours(html: bytes, url: str) -> dict[str, Any]:
    return plain(read_article(html, url=url, content_type=None))


def our_headlines(html: bytes, url: str) -> dict[str, Any]:
    return plain_headlines(read_headlines(html, url=url, content_type=None))


def measure(
    read: Callable[[bytes, str], dict[str, Any]],
    some: Iterable[Page],
    mark: Callable[[dict[str, Any], dict[str, Any], Marks], None] = mark_article,
) -> tuple[dict[str, float], float]:
    """Return the figures of one reader over some pages, and its CPU milliseconds a page."""
    marks: Marks = defaultdict(list)
    spent, count = 0.0, 0
    for page in some:
        began = time.process_time()
        try:
            record = read(page.html, page.url)
        except (Unreadable, LayoutChanged) as error:
            record = {"error": str(error)}
        except Exception as error:  # a peer that fails on a page has not read it
            record = {"error": f"{type(error).__name__}: {error}"}
        spent, count = spent + time.process_time() - began, count + 1
        mark(page.facts, record, marks)
    return means(marks), 1000 * spent / max(count, 1)


def run() -> None:
    """Print the figures of every set, ours first."""
    if not sets():
        print(f"reading: no corpus at {FOLDER}; skipped")
        return
    everybody = {"bantin": ours, **peers.readers()}
    for name in sets():
        articles = list(pages(name, "article"))
        if articles:
            print(f"{name}: {len(articles)} articles")
            for reader, read in everybody.items():
                _show(reader, *measure(read, articles), columns=COLUMNS)
        if listings := list(pages(name, "listing")):
            print(f"{name}: {len(listings)} listings")
            _show(
                "bantin", *measure(our_headlines, listings, mark_listing), columns=("rows P", "rows R", "next", "err")
            )


def _show(reader: str, figures: dict[str, float], milliseconds: float, *, columns: Iterable[str]) -> None:
    shown = "  ".join(f"{name} {figures[name]:.3f}" for name in columns if name in figures)
    print(f"  {reader:12} {milliseconds:6.1f} ms  {shown}", flush=True)
