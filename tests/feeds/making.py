"""Feeds made up for tests: stored articles, channels and documents, with every detail changeable by keyword."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

from feeds.build import Feed
from feeds.channels import Channel, channels
from feeds.check import check
from feeds.editions import FORMATS, edition
from feeds.entries import Entry, entry
from feeds.parsed import Kind, Problem
from feeds.publishers import Publisher, publisher
from feeds.windows import LIMITS, window
from scrapers.items import Article, Attachment, Image, Visit
from scrapers.sources import Source
from storage.articles import StoredArticle
from storage.database import Database, open_archive
from storage.record import record
from storage.sources import sync
from tests.storage.making import AUTHORITY, HOME, NOON, article, source

BASE = "https://bantin.example.org"
LATER = NOON + timedelta(hours=1)
KINDS: tuple[Kind, ...] = ("rss", "atom", "json")
RNG = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
LONG = "Đoạn văn dài về bảo vệ môi trường và đa dạng sinh học. "


def archive(folder: Path, *visits: Visit, sources: tuple[Source, ...] = (), now: datetime = NOON) -> Database:
    """Open an archive that holds what these visits brought."""
    db = open_archive(folder / "bantin.db")
    sync(db, sources or (source(),), now=now)
    for one in visits:
        record(db, one, warc=folder / "warc" / f"{one.source}.warc.gz", authority=AUTHORITY, now=one.finished)
    return db


def by(**details: Any) -> Publisher:
    return publisher(source(**details))


def stored(number: int = 1, *, read: Article | None = None, **details: Any) -> StoredArticle:
    fields: dict[str, Any] = {
        "id": f"tag:bantin.internal,2026-03-02:vn-example/{number:032x}",
        "number": number,
        "source": "vn-example",
        "state": "present",
        "first_seen": NOON,
        "revised": NOON,
        "looked_at": NOON,
        "versions": 1,
        "article": read or article(number),
    }
    return StoredArticle(**{**fields, **details})


def told(number: int = 1, *, limit: int = LIMITS[0], of: Publisher | None = None, **details: Any) -> Entry:
    """Return the entry of a made-up article; details are the article's."""
    return entry(stored(number, read=article(number, **details)), of or by(), limit=limit)


def channel(**details: Any) -> Channel:
    fields: dict[str, Any] = {
        "slug": "vn-example",
        "title": "Bộ Ví dụ",
        "description": "Toàn văn tin bài của Bộ Ví dụ.",
        "language": "vi",
        "publisher": by(),
        "every": timedelta(minutes=30),
    }
    return Channel(**{**fields, **details})


def feed(*entries: Entry, **details: Any) -> Feed:
    return Feed(channel=channel(**details), entries=entries, base_url=BASE)


def rich(number: int = 1, **details: Any) -> Article:
    """Return an article that has everything an article can have."""
    fields: dict[str, Any] = {
        "body_html": (
            "<h2>Bối cảnh</h2><p>Thứ nhất & thứ hai.</p>"
            f'<figure><img src="{HOME}anh/{number}.jpg" alt="Hội nghị"><figcaption>Toàn cảnh</figcaption></figure>'
            "<table><tbody><tr><th>Năm</th><td>2026</td></tr></tbody></table><p>Hết./.</p>"
        ),
        "body_text": "Bối cảnh\n\nThứ nhất & thứ hai.\n\nHết./.",
        "images": (Image(url=f"{HOME}anh/{number}.jpg", caption="Toàn cảnh", credit="Ảnh: Minh Anh"),),
        "attachments": (
            Attachment(url=f"{HOME}tep/{number}/thong-tu.pdf", title="Thông tư 12/2026", size=182_044),
            Attachment(url=f"{HOME}tep/{number}/phu-luc.docx", title="Phụ lục <đợt 2>"),
        ),
        "authors": ("Nguyễn Văn An", "Vụ Hợp tác quốc tế (Bộ VD)"),
        "tags": ("môi trường", "khí hậu"),
    }
    return article(number, **{**fields, **details})


def documents(made: Feed, *, now: datetime = LATER, warnings: bool = False) -> dict[Kind, bytes]:
    """Write a feed in every format; none of them may have a problem (but ``warnings``, if they are expected)."""
    editions = {kind: edition(made, kind, now=now) for kind in KINDS}
    found = [(kind, problem) for kind, one in editions.items() for problem in one.problems]
    # A mended entry would show up as the warning "C06": what is expected here is only text that looks odd.
    assert not [(kind, str(problem)) for kind, problem in found if not (warnings and problem.rule in ("B04", "C02"))]
    return {kind: one.payload for kind, one in editions.items()}


def raw(made: Feed, kind: Kind) -> str:
    return FORMATS[kind](made).decode()


def found(payload: bytes | str, kind: Kind, **asked: Any) -> set[str]:
    """Return the rules that a document breaks."""
    data = payload.encode() if isinstance(payload, str) else payload
    return {problem.rule for problem in problems(data, kind, **asked)}


def problems(payload: bytes, kind: Kind, **asked: Any) -> list[Problem]:
    return check(payload, kind, **{"url": f"{BASE}/feeds/vn-example.{kind}", "now": LATER, **asked})


def all_feeds(db: Database, *sources: Source) -> dict[str, Feed]:
    """Return every feed of an archive by its slug."""
    followed = sources or (source(),)
    publishers = {one.slug: publisher(one) for one in followed}
    return {
        one.slug: Feed(channel=one, entries=window(db, one, publishers), base_url=BASE)
        for one in channels(db, followed)
    }


def as_read(payload: bytes, kind: Kind) -> Any:
    """Read a document as a reader's program would: feedparser's entries, or JSON's items."""
    if kind == "json":
        return json.loads(payload)["items"]
    parsed = feedparser.parse(payload, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed.entries
