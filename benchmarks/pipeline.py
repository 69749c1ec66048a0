"""Articles a second through the whole pipeline, beside bare Scrapy fetching the same pages with no parsing."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from home import Home, Settings, prepare
from scheduler import Daemon

HOSTS, ARTICLES, ROUNDS = 8, 250, 3


def run() -> float:
    """Measure both in turn, print every round, and return the ratio of the medians."""
    with _site() as told:
        rounds = [(_bare(told["articles"]), _pipeline(told["urls"])) for _ in range(ROUNDS)]
    for bare, ours in rounds:
        print(f"  bare Scrapy {bare:6.0f} pages/s   whole pipeline {ours:6.0f} articles/s   ratio {ours / bare:.2f}")
    ratio = statistics.median(ours for _, ours in rounds) / statistics.median(bare for bare, _ in rounds)
    print(f"whole pipeline, 2 workers, against bare Scrapy without parsing: {ratio:.2f} (at least 0.50 wanted)")
    return ratio


@contextmanager
def _site() -> Iterator[dict[str, list[str]]]:
    command = [sys.executable, "-m", "benchmarks.site", str(HOSTS), str(ARTICLES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def _bare(addresses: Sequence[str]) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bare"],
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, fetched = done.stdout.split()
    assert int(fetched) == len(addresses), done.stderr
    return len(addresses) / float(seconds)


def _pipeline(urls: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(path=Path(folder))
        prepare(home)
        for number, url in enumerate(urls, 1):
            (home.sources / f"xx-bench-{number}.toml").write_text(_source(number, url), encoding="utf-8")
        return asyncio.run(_visit_all(home))


async def _visit_all(home: Home) -> float:
    """Articles a second from sending the visits out to the feeds being published; starting workers is not counted."""
    daemon = Daemon(home, Settings(workers=2, concurrency=4))
    async with daemon.open():
        began = time.perf_counter()
        visited = await daemon.visit(f"xx-bench-{number}" for number in range(1, HOSTS + 1))
        seconds = time.perf_counter() - began
    recorded = sum(len(one.changes) for one in visited)
    assert recorded == HOSTS * ARTICLES, f"{recorded} articles recorded of {HOSTS * ARTICLES}: {visited}"
    return recorded / seconds


def _source(number: int, url: str) -> str:
    return f"""
slug = "xx-bench-{number}"
ministry = {{ en = "Ministry {number}" }}
country = "XX"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
homepage = "{url}/"
layout = "onecms"
[[entrances]]
kind = "listing"
url = "{url}/tin-moi-nhat"
[limits]
delay = "0s"
articles = 1000
allow_private = ["127.0.0.0/8"]
"""
