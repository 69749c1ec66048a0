"""How fast a big archive records, lists and searches, beside bare SQLite taking in the same rows.

A million articles take half an hour to an hour: every one is recorded the way the daemon does it, in visits of
twenty with their pages as evidence, made up by ``benchmarks.making`` from the sentences of the saved pages. About
330 words each, three in five in Vietnamese, from 200 sources of very different size over ten years; one in thirty
was published long before it was found. Only the waiting for the disk is left out while the archive fills up, and
web archives of days gone by are thrown away. The last 20,000 are recorded exactly as in earnest; those are timed.

``python -m benchmarks archive --articles 100000`` is quicker; ``--at FOLDER`` keeps the archive there, and uses the
one that is there already.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.asking import questions
from benchmarks.copying import copied
from benchmarks.corpus import FOLDER
from benchmarks.making import READINGS, Maker, Texts, texts
from storage.articles import latest
from storage.database import Database, open_archive, open_readonly
from storage.record import record
from storage.search import search

ARTICLES = 1_000_000
TIMED = 20_000
"""Articles at the end whose recording is timed; fewer in a small archive."""
TIMES = 3
RECORDED, LATEST, NEWEST, RANKED, GROWTH = 500, 5.0, 100.0, 1000.0, 1.25
"""The bars: articles a second, milliseconds (95 of 100 are below), and how much the process may grow after a tenth."""


def run(articles: int = ARTICLES, at: Path | None = None) -> list[str]:
    """Print the figures; return what fell short, in sentences."""
    found = texts()
    if not found.vietnamese or not found.english:
        print(f"archive: no corpus at {FOLDER}; its figures are skipped")
        return []
    with tempfile.TemporaryDirectory() as folder:
        place = at or Path(folder)
        short = _recording(place, found, articles)
        with_archive = open_readonly(place / "bantin.db")
        try:
            return short + _listing(with_archive) + _searching(with_archive)
        finally:
            with_archive.close()


def _recording(place: Path, found: Texts, articles: int) -> list[str]:
    """Fill the archive as far as it is not, time the end of it, and the same rows in bare SQLite."""
    timed = min(TIMED, articles // 5) // READINGS * READINGS
    db = open_archive(place / "bantin.db")
    try:
        begun = db.conn.execute("select coalesce(max(number), 0) from articles").fetchone()[0]
        maker = Maker(found, articles=articles, seed=begun)
        grown = _fill(db, place, maker, first=begun, last=max(articles - timed, begun))
        first = db.conn.execute("select coalesce(max(number), 0) from articles").fetchone()[0]
        db.execute("pragma synchronous = full")
        seconds = _record(db, place, maker, range(first, first + timed, READINGS))
        grown.append(_resident())
        bare = copied(db, place, maker, first + timed, timed)
    finally:
        db.close()
    size = sum(file.stat().st_size for file in place.glob("bantin.db*")) / (first + 2 * timed)
    rate, peer = timed / seconds, timed / bare
    print(f"archive: {first + 2 * timed:,} articles, {size / 1024:.1f} KiB of database each")
    print(f"  recording {timed:,} more  {rate:7.0f} articles/s   bare sqlite3 {peer:7.0f}   ratio {rate / peer:.2f}")
    print(f"  resident memory while recording: {', '.join(f'{one:.0f}' for one in grown)} MiB")
    short = [] if rate >= RECORDED else [f"archive: {rate:.0f} articles a second recorded, not {RECORDED}"]
    if grown[-1] > grown[0] * GROWTH:
        short.append(f"archive: the process grew from {grown[0]:.0f} to {grown[-1]:.0f} MiB")
    return short


def _fill(db: Database, place: Path, maker: Maker, *, first: int, last: int) -> list[float]:
    """Record without waiting for the disk; return the process's memory after each tenth."""
    db.execute("pragma synchronous = off")
    step = max((last - first) // 10 // READINGS * READINGS, READINGS)
    grown = []
    for tenth in range(first, last, step):
        seconds = _record(db, place, maker, range(tenth, min(tenth + step, last), READINGS))
        grown.append(_resident())
        print(f"  filling: {min(tenth + step, last):,} articles, {step / seconds:.0f}/s", file=sys.stderr, flush=True)
    return grown or [_resident()]


def _record(db: Database, place: Path, maker: Maker, firsts: range) -> float:
    """Record visits; return the seconds it takes, without those for making them up."""
    seconds = 0.0
    for first in firsts:
        visit = maker.visit(first)
        began = time.perf_counter()
        record(db, visit, warc=place / "warc", authority="bench.example", now=visit.finished)
        seconds += time.perf_counter() - began
        for old in (place / "warc").glob("*/*.warc.gz"):
            if old.name < f"{visit.finished:%Y-%m-%d}":
                old.unlink()
    return seconds


def _listing(db: Database) -> list[str]:
    slugs = [row[0] for row in db.conn.execute("select slug from sources")]
    times = [_milliseconds(partial(latest, db, source=slug, limit=50)) for slug in slugs]
    print(f"  latest 50 of a source       {_told(times)}")
    return _above("latest 50 of a source", times, LATEST)


def _searching(db: Database) -> list[str]:
    short = []
    for name, ranked, bar in (("newest first", False, NEWEST), ("ranked", True, RANKED)):
        everything: list[float] = []
        for kind, asked in questions(db).items():
            times = [_milliseconds(partial(search, db, words, ranked=ranked)) for words in asked for _ in range(TIMES)]
            print(f"  search {name:12} {kind:30} {_told(times)}", flush=True)
            everything += times
        print(f"  search {name:12} {'everything':30} {_told(everything)}")
        short += _above(f"search {name}", everything, bar)
    return short


def _milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


def _percentile(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) * 95 // 100, len(times) - 1)]


def _told(times: Sequence[float]) -> str:
    return f"median {statistics.median(times):7.1f}   p95 {_percentile(times):7.1f}   worst {max(times):7.1f} ms"


def _above(what: str, times: Sequence[float], bar: float) -> list[str]:
    value = _percentile(times)
    return [] if value < bar else [f"archive: {what} takes {value:.0f} ms (p95), not below {bar:.0f}"]


def _resident() -> float:
    """Return the MiB of memory the process has now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
