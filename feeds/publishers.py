"""What a feed must know about the source of an article, small enough to be remembered with it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feeds.links import bare_host
from feeds.text import line
from scrapers.items import Record
from scrapers.sources import Source
from storage.articles import StoredArticle

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""BCP 47, as far as a feed needs it."""


class Publisher(Record, frozen=True, kw_only=True):
    """The ministry behind an article."""

    slug: str
    name: str
    language: str
    timezone: str
    homepage: str
    hosts: frozenset[str] = frozenset()
    """Where the ministry's website lives, without "www."; what is below them is its own too."""
    private: bool = False
    """Its pages live on a private network, by the user's own word."""


def publisher(source: Source) -> Publisher:
    return Publisher(
        slug=source.slug,
        name=line(source.name, 200) or source.slug,
        language=language(source.language, "en"),
        timezone=source.timezone,
        homepage=source.homepage,
        hosts=frozenset(bare_host(url) for url in (source.homepage, *(entrance.url for entrance in source.entrances))),
        private=bool(source.limits.allow_private),
    )


def stranger(stored: StoredArticle) -> Publisher:
    """Return what an article itself tells of a source that is no longer followed."""
    host = urlsplit(stored.article.url).hostname or stored.source
    return Publisher(
        slug=stored.source,
        name=host,
        language=language(stored.article.language, "en"),
        timezone="UTC",
        homepage=stored.article.url,
    )


def language(tag: str, otherwise: str) -> str:
    return tag if LANGUAGE.fullmatch(tag) else otherwise
