"""The list of feeds as OPML 2.0, for readers that subscribe to all of them at once or follow the list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from lxml import etree

from feeds.channels import Channel, address
from feeds.text import line


def opml(channels: Iterable[Channel], *, title: str, base_url: str) -> bytes:
    """Return the list of every source's feed, a folder for each country.

    It changes only when the feeds do, so it names no date. Sections and the feed of everything hold the same articles again; whoever takes the list wants each once.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = line(title)
    etree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = etree.SubElement(root, "body")
    whole = [channel for channel in channels if channel.publisher and not channel.sections]
    for country, members in groupby(sorted(whole, key=lambda channel: (channel.country, channel.slug)), _country):
        folder = etree.SubElement(body, "outline", text=country)
        for channel in members:
            where = address(channel.slug, channel.title, base_url)
            outline = etree.SubElement(folder, "outline", text=channel.title, title=channel.title, type="rss")
            outline.set("xmlUrl", where.atom)
            outline.set("htmlUrl", where.html)
            outline.set("description", channel.description)
            outline.set("language", channel.language)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _country(channel: Channel) -> str:
    return channel.country or channel.language
