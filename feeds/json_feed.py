"""A channel and its entries as JSON Feed 1.1."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from feeds.build import Feed, program
from feeds.entries import Entry
from scrapers.items import Attachment


def json_feed(feed: Feed) -> bytes:
    channel, where = feed.channel, feed.addresses
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": where.html,
        "feed_url": where.json,
        "description": channel.description,
        "icon": feed.icon,
        "authors": [{"name": feed.author}],
        "language": channel.language,
        "_bantin": _without_gaps({"about": feed.home, "version": program()}),
        "items": [],
    }
    items = ",".join(_item(one, channel.language) for one in feed.entries)
    return f"{_text(document).removesuffix(']}')}{items}]}}\n".encode()


@lru_cache(maxsize=512)
def _item(one: Entry, spoken: str) -> str:
    item = _without_gaps(
        {
            "id": one.id,
            "url": one.link,
            "title": one.title,
            "content_html": one.content,
            "summary": one.summary,
            "image": one.images[0].url if one.images else "",
            "date_published": one.published.isoformat(),
            "date_modified": one.updated.isoformat(),
            "authors": [{"name": name} for name in one.authors],
            "tags": [one.section, *one.tags] if one.section else list(one.tags),
            "language": one.language if one.language != spoken else "",
            "attachments": [_attachment(file) for file in one.attachments],
        }
    )
    return _text(item)


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _attachment(file: Attachment) -> dict[str, Any]:
    return _without_gaps({"url": file.url, "mime_type": file.type, "title": file.title, "size_in_bytes": file.size})


def _without_gaps(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}
