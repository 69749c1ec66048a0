"""How true our reading of saved pages is, and how fast, beside public extractors in the same run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.corpus import FOLDER, Page, pages, sets
from benchmarks.figures import Marks, mark_article, mark_listing, means
from benchmarks.floors import WRONG, broken
from scrapers.entrances.plain import plain as plain_headlines
from scrapers.entrances.reading import read_headlines
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.plain import plain

Reader = Callable[[bytes, str], dict[str, Any]]

COLUMNS = ("title", "day", "day wrong", "minute", "body", "with", "leak", "author", "author invented", "err")
ROWS = ("rows P", "rows R", "next", "err")
BETTER = {"news_htmldate_dev": ("day",), "news_trafilatura_dev": ("with", "leak")}
"""Where we mean to be better than every peer, in the same run."""
FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
"""Whole pages of the layouts we know, written by us."""
KNOWN, UNKNOWN = 0.4, 1.2
"""How much of trafilatura's time a page may take."""
ROUNDS = 3


def ours(html: bytes, url: str) -> dict[str, Any]:
    return plain(read_article(html, url=url, content_type=None))


def our_headlines(html: bytes, url: str) -> dict[str, Any]:
    return plain_headlines(read_headlines(html, url=url, content_type=None))


def measure(
    read: Reader,
    some: Iterable[Page],
    mark: Callable[[dict[str, Any], dict[str, Any], Marks], None] = mark_article,
) -> tuple[dict[str, float], float]:
    """Return the figures of one reader over some pages, and its CPU milliseconds a page."""
    marks: Marks = defaultdict(list)
    spent, count = 0.0, 0
    for page in some:
        record, took = _attempt(read, page.html, page.url)
        spent, count = spent + took, count + 1
        mark(page.facts, record, marks)
    return means(marks), 1000 * spent / max(count, 1)


def figures_of(name: str) -> dict[str, float]:
    """Return our figures over one set."""
    found: dict[str, float] = {}
    for kind, read, mark in (("article", ours, mark_article), ("listing", our_headlines, mark_listing)):
        if some := list(pages(name, kind)):
            figures, _ = measure(read, some, mark)
            found = {**figures, **found, "err": max(figures["err"], found.get("err", 0.0))}
    return found


def run() -> list[str]:
    """Print the figures of every set, ours first; return what fell short, in sentences."""
    everybody = {"bantin": ours, **peers.readers()}
    short = _speed(everybody)
    if not sets():
        print(f"reading: no corpus at {FOLDER}; its figures are skipped")
        return short
    for name in sets():
        short += _set(name, everybody)
    return short


def _set(name: str, everybody: dict[str, Reader]) -> list[str]:
    measured: dict[str, dict[str, float]] = {}
    articles, listings = list(pages(name, "article")), list(pages(name, "listing"))
    if articles:
        print(f"{name}: {len(articles)} articles")
        for reader, read in everybody.items():
            measured[reader], milliseconds = measure(read, articles)
            _show(reader, measured[reader], milliseconds, columns=COLUMNS)
        if name == "news_htmldate_dev" and (find := peers.htmldate()):
            measured["htmldate"], milliseconds = measure(find, articles)
            _show("htmldate", measured["htmldate"], milliseconds, columns=("day", "day wrong"))
    own = measured.get("bantin", {})
    if listings:
        print(f"{name}: {len(listings)} listings")
        rows, milliseconds = measure(our_headlines, listings, mark_listing)
        _show("bantin", rows, milliseconds, columns=ROWS)
        own = {**rows, **own, "err": max(rows["err"], own.get("err", 0.0))}
    return broken(name, own) + _worse(name, own, measured)


def _worse(name: str, own: dict[str, float], measured: dict[str, dict[str, float]]) -> list[str]:
    """Where a peer is as good as we are, though we mean to be better."""
    return [
        f"{name}: {figure} is {own[figure]:.3f}, and {peer}'s {measured[peer][figure]:.3f}"
        for figure in BETTER.get(name, ())
        for peer in ("trafilatura", "htmldate")
        if figure in measured.get(peer, {})
        and not (own[figure] < measured[peer][figure] if figure in WRONG else own[figure] > measured[peer][figure])
    ]


def _speed(everybody: dict[str, Reader]) -> list[str]:
    """Print what a page costs of a layout we know, and of one we do not, as shares of trafilatura's time."""
    peer = everybody.get("trafilatura")
    if peer is None:
        return []
    known = [(path.read_bytes(), "") for path in sorted(FIXTURES.glob("*/article*.html"))]
    known = [one for one in known if _is_known(*one)]
    unknown = [(page.html, page.url) for name in sets() for page in pages(name, "article") if name.startswith("news_")]
    unknown = [one for one in unknown[::8] if not _is_known(*one)]
    short = []
    for what, some, most in (("known", known, KNOWN), ("unknown", unknown, UNKNOWN)):
        if some:
            share, milliseconds = _beside(peer, some)
            print(
                f"time a page, layout {what}: {milliseconds:.1f} ms, {share:.2f} of trafilatura's ({len(some)} pages)"
            )
            if share > most:
                short.append(f"a page of a layout {what} takes {share:.2f} of trafilatura's time, more than {most}")
    return short


def _is_known(html: bytes, url: str) -> bool:
    record, _ = _attempt(ours, html, url)
    return bool(record.get("layout", "general") != "general")


def _beside(peer: Reader, some: list[tuple[bytes, str]]) -> tuple[float, float]:
    """Return our share of the peer's CPU time and our milliseconds a page, both readers in turns, the best of some rounds."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for place, read in enumerate((ours, peer)):
            best[place] = min(best[place], sum(_attempt(read, *one)[1] for one in some))
    return best[0] / best[1], 1000 * best[0] / len(some)


def _attempt(read: Reader, html: bytes, url: str) -> tuple[dict[str, Any], float]:
    """Return what a reader makes of a page, and the CPU seconds it takes."""
    began = time.process_time()
    try:
        record = read(html, url)
    except (Unreadable, LayoutChanged) as error:
        record = {"error": str(error)}
    except Exception as error:  # a peer that fails on a page has not read it
        record = {"error": f"{type(error).__name__}: {error}"}
    return record, time.process_time() - began


def _show(reader: str, figures: dict[str, float], milliseconds: float, *, columns: Iterable[str]) -> None:
    shown = "  ".join(f"{name} {figures[name]:.3f}" for name in columns if name in figures)
    print(f"  {reader:12} {milliseconds:6.1f} ms  {shown}", flush=True)
