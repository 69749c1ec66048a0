"""Tells what a ministry edited from what is only read otherwise than before, by the two pages themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from scrapers.items import Article
from storage.wording import plain

_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says how it is written."""
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')


def edited(before: Article, after: Article, *, was: bytes, now: bytes) -> bool:
    """Say whether something that the two readings tell differently stands in only one of the pages they were read from.

    Another template finds other lines of a page worth telling; then both pages have them.
    """
    here, there = set(_said(before)), set(_said(after))
    old, new = _squeezed_page(was), _squeezed_page(now)
    shared = here & there
    if shared and not any(line in new for line in shared):
        # The page is written in letters we cannot compare; an edit must not go unnoticed.
        return True
    return any((line in old) != (line in new) for line in here ^ there)


def _said(article: Article) -> Iterator[str]:
    published = article.published.printed if article.published else ""
    lines = [article.headline, article.kicker, article.section, article.lede, article.origin, published]
    lines += [*article.authors, *article.tags, *article.body_text.splitlines()]
    lines += [text for image in article.images for text in (image.caption, image.credit, _name(image.url))]
    lines += [text for file in article.attachments for text in (file.title, _name(file.url))]
    lines += [_name(unescape(url)) for url in _LINK.findall(article.body_html)]
    yield from (_squeezed(line) for line in lines if line)


def _name(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]


def _squeezed(text: str) -> str:
    """Nothing but what can be seen: where markup breaks words and lines is no difference."""
    return "".join(plain(text).split())


def _squeezed_page(page: bytes) -> str:
    declared = _CHARSET.search(page, 0, _HEAD)
    try:
        markup = page.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        markup = page.decode("utf-8", "replace")
    words = _squeezed(unescape(_TAG.sub("", _UNSEEN.sub("", markup))))
    # Addresses and what is said to machines alone stand in the markup.
    return f"{words} {_squeezed(unescape(markup))}"
