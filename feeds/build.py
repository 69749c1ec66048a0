"""A channel and its entries as RSS 2.0 and Atom 1.0 documents: the same archive gives the same bytes, whenever it is asked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from feeds.channels import Addresses, Channel, address, section_slug
from feeds.entries import Entry
from feeds.extension import ChannelExtension, EntryExtension
from feeds.fragments import assembled
from scrapers.items import Record

ICON = "bantin.png"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of a feed that has never held anything: Atom wants one, and the time of writing would change with each."""


class Feed(Record, frozen=True, kw_only=True):
    """All that a document of any format says."""

    channel: Channel
    entries: tuple[Entry, ...]
    base_url: str

    @property
    def addresses(self) -> Addresses:
        return address(self.channel.slug, self.channel.title, self.base_url)

    @property
    def updated(self) -> datetime | None:
        """When an entry last came or changed; None without entries."""
        return max((one.noticed for one in self.entries), default=None)

    @property
    def place(self) -> tuple[str, str]:
        """All that the form of an entry depends on besides the entry itself and the format."""
        return self.base_url, self.channel.language

    @property
    def author(self) -> str:
        return self.channel.publisher.name if self.channel.publisher else self.channel.title

    @property
    def home(self) -> str:
        return f"{self.base_url.rstrip('/')}/"

    @property
    def icon(self) -> str:
        return f"{self.home}feeds/{ICON}"


@cache
def program() -> str:
    """Return the version of Bantin that writes, "" from a checkout that is not installed."""
    try:
        return version("bantin")
    except PackageNotFoundError:
        return ""


def channel_id(slug: str) -> str:
    """Return the permanent id of a channel: not its address, which may move."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"bantin:feeds/{slug}").urn


def rss(feed: Feed) -> bytes:
    return assembled(feed.entries, "rss", feed.place, lambda entries: _rss(feed, entries))


def atom(feed: Feed) -> bytes:
    return assembled(feed.entries, "atom", feed.place, lambda entries: _atom(feed, entries))


def _rss(feed: Feed, entries: Iterable[Entry]) -> bytes:
    generator = _generator(feed)
    generator.generator(" ".join(part for part in ("Bantin", program(), f"({feed.home})") if part))
    generator.link(href=feed.addresses.rss, rel="self", type="application/rss+xml")
    # The last link given is the channel's own in RSS.
    generator.link(href=feed.addresses.html, rel="alternate", type="text/html")
    generator.ttl(max(1, round(feed.channel.every.total_seconds() / 60)))
    generator.image(url=feed.icon, title=feed.channel.title, link=feed.addresses.html, width="144", height="144")
    for one in entries:
        item = _add(generator, one, feed)
        item.link(href=one.link, rel="alternate")
        if one.origin:
            item.source(url=address(one.origin.slug, "", feed.base_url).rss, title=one.origin.title)
    return bytes(generator.rss_str(pretty=True))


def _atom(feed: Feed, entries: Iterable[Entry]) -> bytes:
    generator = _generator(feed)
    generator.generator("Bantin", version=program() or None, uri=feed.home)
    generator.id(channel_id(feed.channel.slug))
    generator.updated(feed.updated or NEVER)
    generator.author(name=feed.author)
    generator.link(href=feed.addresses.atom, rel="self", type="application/atom+xml")
    generator.link(href=feed.addresses.html, rel="alternate", type="text/html")
    generator.icon(feed.icon)
    generator.logo(feed.icon)
    for one in entries:
        item = _add(generator, one, feed)
        item.published(one.published)
        item.updated(one.updated)
        item.author([{"name": name} for name in one.authors])
        item.contributor([{"name": name} for name in one.contributors])
    return bytes(generator.atom_str(pretty=True))


class _Generator(FeedGenerator):  # type: ignore[misc]
    """feedgen without its clock: it stamps the time of writing on an RSS channel unless told a time, and then
    switches the locale of the whole process to write it. ChannelExtension writes the archive's time instead."""

    def __init__(self) -> None:
        super().__init__()
        self._FeedGenerator__rss_lastBuildDate = None


def _generator(feed: Feed) -> FeedGenerator:
    generator = _Generator()
    generator.register_extension("bantin", ChannelExtension, EntryExtension)
    generator.bantin.updated = feed.updated
    generator.bantin.every = feed.channel.every
    generator.title(feed.channel.title)
    generator.description(feed.channel.description)
    generator.subtitle(feed.channel.description)
    generator.language(feed.channel.language)
    return generator


def _add(generator: FeedGenerator, one: Entry, feed: Feed) -> FeedEntry:
    """Add what both formats take from feedgen; the rest is EntryExtension's."""
    item = generator.add_entry(order="append")
    item.id(one.id)
    item.title(one.title)
    item.summary(one.summary)
    item.content(one.content, type="html")
    for label, scheme in _categories(one, feed):
        item.category({"term": label, "scheme": scheme} if scheme else {"term": label})
    item.bantin.entry = one
    item.bantin.foreign = one.language if one.language != feed.channel.language else ""
    if one.origin:
        item.bantin.origin_id = channel_id(one.origin.slug)
        item.bantin.origin = address(one.origin.slug, one.origin.title, feed.base_url)
    return item


def _categories(one: Entry, feed: Feed) -> list[tuple[str, str]]:
    """Return the entry's categories, each with the address of the page that shows it alone, if there is one."""
    found = [(tag, "") for tag in one.tags]
    if one.section:
        channel = address(section_slug(one.source, one.section), "", feed.base_url)
        found.insert(0, (one.section, channel.html))
    return found
