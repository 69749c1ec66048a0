"""Tells pages from what is none, and opens them: for whoever reads bytes that a ministry sent."""

from __future__ import annotations

import re
from html import escape

from scrapers.reading.errors import Unreadable
from scrapers.reading.page import Page
from scrapers.reading.text import Decoded
from scrapers.reading.tree import parse, size

MOST_BYTES = 8 * 1024 * 1024
MOST_TAGS = 500_000
MOST_ELEMENTS = 100_000
"""Ten times what the largest news page has; more would keep others waiting."""
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "compressed data"),
    (b"{\\rtf", "an RTF document"),
)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|title|meta|div|p|h[1-6]|article|span|table|a|br|img)\b", re.I)
_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I | re.S
)


def refuse(payload: bytes, url: str, *, most: int = MOST_BYTES) -> None:
    """Raise ``Unreadable`` for what cannot be text of a sensible size: at most ``most`` bytes."""
    if not payload.strip():
        raise Unreadable(url, "the page is empty")
    if len(payload) > most:
        has, reads = (count / 1024 / 1024 for count in (len(payload), most))
        raise Unreadable(url, f"the page has {has:.1f} MB; more than {reads:.0f} MB are not read")
    kind = next((kind for magic, kind in _MAGIC if payload.startswith(magic)), "")
    if kind:
        raise Unreadable(url, f"this is {kind}, not a web page")


def page_of(decoded: Decoded, *, url: str) -> Page:
    text = decoded.text
    if not text.strip():
        raise Unreadable(url, "this is no HTML: it holds nothing but control characters")
    feed = _FEED.search(text[:4000])
    if feed:
        raise Unreadable(
            url, f"this is a feed or a sitemap (<{feed.group(1)}>), not an article; name it as an entrance instead"
        )
    if text.lstrip()[:1] in ("{", "["):
        raise Unreadable(url, "this is JSON of a kind we do not know, not a web page")
    if text.count("<") > MOST_TAGS:
        raise Unreadable(url, f"the page has {text.count('<'):,} tags; more than {MOST_TAGS:,} are not read")
    root = parse(text if _MARKUP.search(text) else _marked_up(text, url))
    if root is None:
        raise Unreadable(url, "this is no HTML: nothing of it could be parsed")
    if size(root) > MOST_ELEMENTS:
        raise Unreadable(url, f"the page has {size(root):,} elements; more than {MOST_ELEMENTS:,} are not read")
    return Page(root, url=url, decoded=decoded)


def _marked_up(text: str, url: str) -> str:
    """Plain text as a page; some ministries publish statements so."""
    words = sum(character.isalnum() or character.isspace() for character in text[:4000])
    if "\ufffd" in text or words < 0.7 * len(text[:4000]):
        raise Unreadable(url, "this is no HTML: not one tag was found in it, and it is no plain text either")
    paragraphs = (escape(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())
    return "<body>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
