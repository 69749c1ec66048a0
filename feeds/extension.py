"""What feedgen leaves out, gets wrong or cannot say, as an extension registered with it.

It drops rel, type, length and title of an Atom entry's links, knows one enclosure, no atom:source worth the name,
writes RSS dates by switching the process's locale, and misspells the syndication module.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.util import xml_elem

from feeds.channels import Addresses
from feeds.entries import Entry
from scrapers.media_types import media_type

DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
SY = "http://purl.org/rss/1.0/modules/syndication/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element = Any


class ChannelExtension(BaseExtension):  # type: ignore[misc]
    """What the channel says besides."""

    updated: datetime | None = None
    every = timedelta(hours=1)

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "media": MEDIA, "sy": SY}

    def extend_rss(self, rss: Element) -> Element:
        channel = rss[0]
        if self.updated:
            _text(channel, "lastBuildDate", format_datetime(self.updated))
        period, frequency = rhythm(self.every)
        _text(channel, f"{{{SY}}}updatePeriod", period)
        _text(channel, f"{{{SY}}}updateFrequency", str(frequency))
        return rss


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """What an entry says besides."""

    entry: Entry
    foreign = ""
    """The entry's language, if it is not the channel's."""
    origin: Addresses | None = None
    origin_id = ""

    def extend_atom(self, element: Element) -> Element:
        one = self.entry
        if self.foreign:
            element.set(LANG, self.foreign)
        _empty(element, "link", href=one.link, rel="alternate", type="text/html")
        for file in one.attachments:
            size = {"length": str(file.size)} if file.size else {}
            _empty(element, "link", href=file.url, rel="enclosure", type=file.type, title=file.title, **size)
        if self.origin:
            self._source(element, self.origin)
        _media(element, one)
        return element

    def extend_rss(self, item: Element) -> Element:
        one = self.entry
        _text(item, "pubDate", format_datetime(one.published))
        _text(item, f"{{{DC}}}creator", ", ".join(one.authors))
        for name in one.contributors:
            _text(item, f"{{{DC}}}contributor", name)
        if self.foreign:
            _text(item, f"{{{DC}}}language", self.foreign)
        if one.attachments:
            file = one.attachments[0]
            # RSS wants a length even of a file nobody has measured; by convention that is 0.
            _empty(item, "enclosure", url=file.url, length=str(file.size or 0), type=file.type)
        _media(item, one)
        return item

    def _source(self, element: Element, origin: Addresses) -> None:
        source = _empty(element, "source")
        _text(source, "id", self.origin_id)
        _text(source, "title", origin.title)
        # The source's feed was new when this entry came into it; its time of today would change all its entries.
        _text(source, "updated", self.entry.noticed.isoformat())
        _empty(source, "link", href=origin.atom, rel="self", type="application/atom+xml")
        _empty(source, "link", href=origin.html, rel="alternate", type="text/html")


def rhythm(every: timedelta) -> tuple[str, int]:
    """Return the syndication module's words for an interval."""
    for period, length in (("hourly", timedelta(hours=1)), ("daily", timedelta(days=1))):
        if every <= length:
            return period, max(1, round(length / every))
    return "weekly", max(1, round(timedelta(weeks=1) / every))


def _media(parent: Element, one: Entry) -> None:
    for image in one.images:
        kind = media_type(image.url)
        told = {"type": kind} if kind.startswith("image/") else {}
        content = _empty(parent, f"{{{MEDIA}}}content", url=image.url, medium="image", **told)
        if image.caption:
            _text(content, f"{{{MEDIA}}}description", image.caption).set("type", "plain")
        if image.credit:
            _text(content, f"{{{MEDIA}}}credit", image.credit)


def _text(parent: Element, name: str, text: str) -> Element:
    element = xml_elem(name, parent)
    element.text = text
    return element


def _empty(parent: Element, name: str, **attributes: str) -> Element:
    element = xml_elem(name, parent)
    for attribute, value in attributes.items():
        element.set(attribute, value)
    return element
