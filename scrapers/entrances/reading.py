"""Reads any entrance to a ministry's news, listing, feed, sitemap or API, into headlines: for visits and the command line."""

from __future__ import annotations

import re
from typing import Any

from msgspec import structs

from scrapers.addresses import tidy
from scrapers.entrances import api, counting, feed, listing, markup, sitemap
from scrapers.entrances.setting import Setting, setting
from scrapers.items import Headlines
from scrapers.layouts import registry
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.text import Decoded, decode
from scrapers.sources import Entrance, Source

_HEAD = 4096
_XML = re.compile(
    r"^[\s\ufeff]*(?:<\?xml|<!--|<rss\b|<feed\b|<rdf:|<urlset\b|<sitemapindex\b|<channel\b)", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(rss|rdf|feed|channel|urlset|sitemapindex|html|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:!doctype|head|div|section|article|main|nav|ul|ol|li|dl|table|tr|h[1-6]|p|span|a)\b[^<>]*>", re.I
)
"""What a page, or a piece of one, cannot be without when it lists anything."""
_ADDRESS = re.compile(r"^\s*https?://\S+\s*$")
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"RIFF")


def read_headlines(
    payload: bytes,
    *,
    url: str,
    content_type: str | None,
    source: Source | None = None,
    entrance: Entrance | None = None,
) -> Headlines:
    """Return what an entrance shows, by its kind, or by what the bytes are.

    Raises Unreadable for what is none of the kinds, LayoutChanged for a listing on which what must match does not.
    """
    url = url if tidy(url) else ""
    payload = sitemap.unpacked(payload, url=url)
    if not payload.strip():
        raise Unreadable(url, "the answer is empty; it will be asked for again")
    if payload.startswith(_BINARY):
        raise Unreadable(url, "this is a document or picture, not a list of news; check the entrance's address")
    decoded = decode(payload, content_type=content_type)
    looks = _looks_like(decoded.text)
    if looks in ("feed", "sitemap"):
        return _from_xml(payload, looks, url=url, content_type=content_type, source=source, entrance=entrance)
    if looks == "json":
        return _from_json(payload, url=url, content_type=content_type, source=source, entrance=entrance)
    kind = entrance.kind if entrance else looks
    where = _setting(url, source, entrance)
    if looks == "addresses" and kind in ("sitemap", "addresses"):
        return sitemap.read_text(payload, where, site=source.homepage if source else "")
    if kind in ("feed", "sitemap"):
        raise Unreadable(
            url,
            f"a {kind} was expected, and this is {_called(looks)}; open the address to see what the site sends instead",
        )
    if looks == "text":
        raise Unreadable(url, "this is no web page, feed or sitemap; check the entrance's address")
    found = listing.read(decoded, url=url, source=source, entrance=entrance)
    if kind == "api" and found.next_page is None:
        # Pieces of a page that "load more" asks for, such as /timelinelist/1021/2.htm, name no page after them.
        following = counting.advanced(url, rows=len(found.rows))
        return structs.replace(found, next_page=where.absolute(following.url) if following else None)
    return found


def _looks_like(text: str) -> str:
    """What the text is: json, feed, sitemap, html, addresses or text."""
    head = api.bare(text[:_HEAD])
    if head[:1] in ("{", "["):
        return "json"
    root = _ROOT.search(head)
    name = root[1].lower() if root else ""
    if name in feed.ROOTS and (_XML.match(head) or name != "channel"):
        return "feed"
    if name in sitemap.ROOTS:
        return "sitemap"
    if name or _TAG.search(text):
        return "html"
    return "addresses" if all(_ADDRESS.match(line) for line in _first(head)) else "text"


def _first(head: str) -> list[str]:
    """The first lines, without notes."""
    return [line for line in head.splitlines() if line.strip() and line.lstrip()[0] != "#"][:5] or [head]


def _called(looks: str) -> str:
    return {"html": "a web page", "addresses": "a list of addresses", "text": "plain text"}[looks]


def _setting(url: str, source: Source | None, entrance: Entrance | None, language: str = "") -> Setting:
    return setting(url=url, source=source, entrance=entrance, language=language)


def _from_xml(
    payload: bytes, looks: str, *, url: str, content_type: str | None, source: Source | None, entrance: Entrance | None
) -> Headlines:
    root = markup.xml(payload, url=url, content_type=content_type)
    if looks == "feed":
        return feed.read(root, _setting(url, source, entrance, feed.language(root)))
    if markup.name(root) not in sitemap.ROOTS:
        raise Unreadable(url, "the sitemap is damaged from its first line on; it will be asked for again")
    layout = registry.by_name(source.layout) if source else None
    where = _setting(url, source, entrance)
    return sitemap.read(root, where, site=source.homepage if source else "", family=layout.name if layout else "")


def _from_json(
    payload: bytes, *, url: str, content_type: str | None, source: Source | None, entrance: Entrance | None
) -> Headlines:
    loaded: Any = api.document(payload, url=url, content_type=content_type)
    where = _setting(url, source, entrance)
    if isinstance(loaded, dict) and "jsonfeed.org" in str(loaded.get("version", "")):
        return feed.read_json(loaded, where)
    found = api.read(loaded, where)
    if not found.rows and (fragment := api.fragments(loaded)):
        return listing.read(Decoded(text=fragment, encoding="utf-8"), url=url, source=source, entrance=entrance)
    if not found.rows and (source or entrance) and not api.is_empty(loaded):
        raise LayoutChanged(
            url, "url, title", "no list in the reply has addresses and titles; the API was changed, or is another one"
        )
    return found
