"""Visits and articles made up for tests, complete enough to be recorded, with every detail changeable by keyword."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from typing import Any
from uuid import uuid4

from scrapers.items import (
    Article,
    Evidence,
    Exchange,
    Headline,
    Image,
    Moment,
    Reading,
    Sighting,
    Verdict,
    Visit,
)
from scrapers.sources import Entrance, Source

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""Noon in Hà Nội on a Monday."""
HANOI = timezone(timedelta(hours=7))
AUTHORITY = "bantin.internal"
SLUG = "vn-example"
HOME = "https://www.example.gov.vn/"
LISTING = f"{HOME}tin-tuc"


def source(slug: str = SLUG, **details: Any) -> Source:
    settings: dict[str, Any] = {
        "slug": slug,
        "ministry": {"vi": "Bộ Ví dụ", "en": "Ministry of Examples"},
        "country": "VN",
        "language": "vi",
        "timezone": "Asia/Ho_Chi_Minh",
        "homepage": HOME,
        "entrances": (Entrance(kind="listing", url=LISTING),),
    }
    return Source(**{**settings, **details})


def moment(hours: float = 0, *, precision: Any = "minute", printed: str = "") -> Moment:
    """Return a moment so many hours after NOON, in Hà Nội's time."""
    at = (NOON + timedelta(hours=hours)).astimezone(HANOI)
    if precision == "day":
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(at=at, precision=precision, printed=printed)


def url(number: int = 1, *, home: str = HOME) -> str:
    return f"{home}tin-so-{363000 + number}.html"


def article(number: int = 1, **details: Any) -> Article:
    """Return the article with this number: always the same, and different from every other number's."""
    fields: dict[str, Any] = {
        "url": url(number),
        "canonical_url": url(number),
        "headline": f"Bộ trưởng trả lời câu hỏi thứ {number}",
        "section": "Tin tức",
        "lede": f"(VD) Câu hỏi thứ {number} nói về đa dạng sinh học.",
        "authors": ("Nguyễn Văn An",),
        "published": moment(-number),
        "body_html": f"<p>Nội dung thứ {number}, đoạn một.</p><p>Đoạn hai./.</p>",
        "body_text": f"Nội dung thứ {number}, đoạn một.\n\nĐoạn hai./.",
        "images": (Image(url=f"{HOME}anh/{number}.jpg", caption="Toàn cảnh hội nghị"),),
        "tags": ("môi trường",),
        "language": "vi",
        "layout": "onecms",
    }
    return Article(**{**fields, **details})


def page(read: Article, **details: Any) -> Evidence:
    """Return the page that an article was read from: the same article, the same bytes."""
    payload = f"<html><h1>{read.headline}</h1>{read.lede}{read.body_html}{_beside(read)}</html>".encode()
    fields: dict[str, Any] = {
        "url": read.url,
        "fetched": NOON,
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
        "payload": payload,
        "ip": "203.0.113.7",
    }
    fields = {**fields, **details}
    fields.setdefault("sha256", hashlib.sha256(fields["payload"]).hexdigest())
    return Evidence(**fields)


def _beside(read: Article) -> str:
    """What else a page shows of an article that was changed by keyword: the bytes of the others stay for ever."""
    when = read.published.printed if read.published else ""
    files = [text for one in read.attachments for text in (one.url, one.title)]
    pictures = [text for one in read.images for text in (one.url, one.caption, one.credit)]
    lines = [read.kicker, read.section, *read.authors, read.origin, when, *read.tags, *files, *pictures]
    told = f"{_USUAL} {read.headline} {read.lede} {read.body_html}"
    lines = [line for line in (*lines, *read.body_text.splitlines()) if line not in told]
    return "".join(f"<p>{escape(line)}</p>" for line in lines if not line.startswith(f"{HOME}anh/"))


_USUAL = "Tin tức; Nguyễn Văn An; Toàn cảnh hội nghị; môi trường"
"""What every article has that is not told otherwise, besides its text."""


def reading(read: Article, **details: Any) -> Reading:
    return Reading(**{"article": read, "sha256": page(read).sha256, "etag": '"1"', **details})


def sighting(read: Article, *, entrance: str = LISTING, position: int = 0) -> Sighting:
    row = Headline(url=read.url, title=read.headline, published=read.published, position=position)
    return Sighting(entrance=entrance, headline=row)


def exchange(address: str = LISTING, **details: Any) -> Exchange:
    fields: dict[str, Any] = {
        "url": address,
        "final_url": address,
        "purpose": "entrance",
        "started": NOON,
        "elapsed": 0.2,
        "status": 200,
        "size": 60_000,
    }
    return Exchange(**{**fields, **details})


def visit(
    *articles: Article, slug: str = SLUG, at: datetime = NOON, seen: Iterable[Article] = (), **details: Any
) -> Visit:
    """Return a fine visit that read these articles, and saw these and ``seen`` on the listing."""
    rows = [sighting(read, position=position) for position, read in enumerate((*articles, *seen))]
    fields: dict[str, Any] = {
        "id": uuid4().hex,
        "source": slug,
        "started": at,
        "finished": at + timedelta(seconds=10),
        "verdict": Verdict.FINE,
        "exchanges": (
            exchange(started=at, etag='"list"'),
            *(exchange(read.url, started=at, purpose="article") for read in articles),
        ),
        "sightings": tuple(rows),
        "readings": tuple(reading(read) for read in articles),
        "evidence": tuple(page(read, fetched=at) for read in articles),
    }
    return Visit(**{**fields, **details})
