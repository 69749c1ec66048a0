"""Damages saved pages in a thousand ways and reads them: ``make fuzz``, or ``python -m tests.fuzz --pages 100000 --seed 7``.

Prints what went wrong, keeps each page that failed, and exits 1 when any did: a page must be read or be refused with
a reason, within two seconds of processor time.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from scrapers.entrances.plain import plain as plain_headlines
from scrapers.entrances.reading import read_headlines
from scrapers.reading.article import read_article
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.plain import plain

FIXTURES = Path(__file__).parent / "fixtures"
MOST_SECONDS = 2.0
PIECES = (
    b"<", b">", b"&", b"\x00", b"\xff", b"</div>", b"<div>", b"<p>", b"<br>", b"<table><tr><td>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b'"', b"'",
    b"<script>", b"<style>", b"<b><p>", b"&#0;", b"&#xD800;", b"&#1;", b"&amp;amp;", b"&;", b"<img src=x>", b"<a href='http://[", b"<title>", b"<h1>",
    b"<base href='//['>", b"{", b"[", b"\\u0000", b"<figure><img src=a.jpg>", b"\xe1\xba", b"\xcc\x81", b"<svg><style>", b"<select><option>",
    b"<frameset>", b"</body>", b"<ul><li><ul>", b"<time datetime=9999-99-99>", b"31/02/2023", b"0000-00-00T00:00:00Z", b"99999999999999999999",
    b"<meta property='article:published_time' content='", b'<script type="application/ld+json">', b"\xef\xbb\xbf", b"\xff\xfe", b"<video src=//[>",
)  # fmt: skip
TYPES = (None, None, None, "text/html; charset=utf-16", "text/html; charset=big5", "text/html; charset=none")
ADDRESSES = ("", "https://tin.example.gov.vn/tin-tuc/2024/05/17/mot-tin-123.html", "http://[", "https://a.example/")


class Fault(NamedTuple):
    reader: str
    payload: bytes
    story: str


def pages() -> list[bytes]:
    """Every page we wrote, and those of the corpus where there is one."""
    own = [path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.suffix in (".html", ".xml", ".json")]
    saved = [
        page.html for name in corpus.sets() for kind in ("article", "listing") for page in corpus.pages(name, kind)
    ]
    return own + saved


def damaged(payload: bytes, chance: random.Random) -> bytes:
    """Return the page with some pieces of it overwritten, repeated, moved or cut off."""
    for _ in range(chance.randint(1, 8)):
        start, length = chance.randrange(len(payload) + 1), chance.choice((0, 0, 1, 5, 50, 500, 5000))
        payload = (
            payload[:start] + _piece(payload, chance) * chance.choice((1, 1, 1, 2, 5, 200)) + payload[start + length :]
        )
    return payload[: chance.randrange(len(payload) + 1)] if chance.random() < 0.3 else payload


def _piece(payload: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        start = chance.randrange(len(payload) + 1)
        return payload[start : start + chance.randint(1, 3000)]
    return chance.choice((*PIECES, chance.randbytes(chance.randint(1, 8))))


def attempt(reader: str, payload: bytes, chance: random.Random) -> tuple[Fault | None, float]:
    """Return what is wrong with the answer to a page, and the processor seconds it took."""
    url, content_type = chance.choice(ADDRESSES), chance.choice(TYPES)
    began, story = time.process_time(), ""
    try:
        if reader == "article":
            plain(read_article(payload, url=url, content_type=content_type))
        else:
            plain_headlines(read_headlines(payload, url=url, content_type=content_type))
    except (Unreadable, LayoutChanged) as refusal:
        story = "" if refusal.message else "refused without a reason"
    except Exception:
        story = traceback.format_exc(limit=-4)
    took = time.process_time() - began
    if not story and took > MOST_SECONDS:
        story = f"took {took:.1f} s of processor time"
    return Fault(reader, payload, story) if story else None, took


def prefixes(some: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Yield beginnings of some pages, cut at random."""
    while True:
        payload = chance.choice(some)
        yield payload[: chance.randrange(len(payload) + 1)]


def wild(some: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Yield damaged pages without end."""
    cut = prefixes(chance.sample(some, min(10, len(some))), chance)
    while True:
        yield next(cut) if chance.random() < 0.1 else damaged(chance.choice(some), chance)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, some = random.Random(options.seed), pages()
    faults, slowest = 0, 0.0
    whole = ((reader, payload) for reader in ("article", "headlines") for payload in some)
    broken = ((chance.choice(("article", "article", "headlines")), payload) for payload in wild(some, chance))
    for reader, payload in itertools.chain(whole, itertools.islice(broken, options.pages)):
        fault, took = attempt(reader, payload, chance)
        slowest = max(slowest, took)
        if fault:
            faults += 1
            _keep(fault)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{2 * len(some):,} readings of {len(some):,} whole pages and {options.pages:,} of damaged ones (seed {options.seed}): "
        f"{faults} faults, the slowest took {slowest:.2f} s of processor time, memory stayed below {megabytes:,.0f} MB"
    )
    sys.exit(1 if faults else 0)


def _keep(fault: Fault) -> None:
    with tempfile.NamedTemporaryFile(prefix=f"bantin-fuzz-{fault.reader}-", suffix=".bin", delete=False) as file:
        file.write(fault.payload)
    print(f"{file.name}: {fault.story}", flush=True)


if __name__ == "__main__":
    main()
