"""Rules about a document as a whole: structure, encoding, size, and what the channel says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from feeds.parsed import ATOM, CONTENT, DC, MEDIA, TYPES, Problem, Seen, SeenEntry
from feeds.publishers import LANGUAGE
from feeds.rules.characters import suspicious

LARGEST = 512 * 1024
_PREFIXES = {
    CONTENT[1:-1]: "content",
    DC[1:-1]: "dc",
    MEDIA[1:-1]: "media",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/atompub/tombstones/1.0": "at",
}
_METADATA = {f"{ATOM}entry", "item"}


def declaration(seen: Seen) -> Iterator[Problem]:
    """A01, B01: the document begins as it must."""
    if seen.kind == "json":
        return
    if not re.match(rb"<\?xml version=['\"]1\.0['\"]", seen.payload):
        yield seen.problem("A01", "does not begin with an XML declaration")
    elif not re.match(rb"<\?xml [^>]*encoding=['\"]utf-8['\"]", seen.payload, re.IGNORECASE):
        yield seen.problem("B01", "does not declare UTF-8")
    if b"<?xml-stylesheet" in seen.payload:
        yield seen.problem("K03", "has a stylesheet, which browsers no longer apply")


def namespaces(seen: Seen) -> Iterator[Problem]:
    """A04: Atom's elements stand in the default namespace, the others behind the prefixes everybody expects."""
    if seen.kind == "json":
        return
    root = seen.node.getroottree().getroot()
    if seen.kind == "atom" and root.prefix:
        yield seen.problem("A04", f"Atom's elements have the prefix {root.prefix}:")
    used = {(element.prefix, element.tag[1:].partition("}")[0]) for element in _elements(seen) if element.prefix}
    expected = {**_PREFIXES, ATOM[1:-1]: "atom"}
    for prefix, uri in sorted(used):
        if expected.get(uri, prefix) != prefix or re.fullmatch(r"ns\d+", prefix):
            yield seen.problem("A04", f"prefix {prefix}: for {uri}")


def _elements(seen: Seen) -> Iterator[Any]:
    """Every element but those of entries that are not asked about."""
    asked = {entry.node for entry in seen.entries}
    for element in seen.node:
        if element.tag not in _METADATA or element in asked:
            yield from element.iter("{*}*")


def order(seen: Seen) -> Iterator[Problem]:
    """A05: readers that stop early find the channel's own data first."""
    if seen.kind == "json":
        if next(iter(seen.node), "") != "version":
            yield seen.problem("A05", "“version” is not the first key", level="warning")
        return
    entries = [element.tag in _METADATA for element in seen.node if isinstance(element.tag, str)]
    if True in entries and not all(entries[entries.index(True) :]):
        yield seen.problem("A05", "has channel data after an entry", level="warning")


def required(seen: Seen) -> Iterator[Problem]:
    """A02: what each format cannot do without."""
    wanted = {"title": seen.title}
    if seen.kind == "atom":
        wanted |= {"id": seen.node.findtext(f"{ATOM}id") or "", "updated": seen.updated}
    elif seen.kind == "rss":
        wanted |= {"link": seen.home, "description": seen.description}
    else:
        wanted |= {"version 1.1": "x" if seen.node.get("version") == "https://jsonfeed.org/version/1.1" else ""}
    for name, value in wanted.items():
        if not value.strip():
            yield seen.problem("A02", f"has no {name}")


def characters(seen: Seen) -> Iterator[Problem]:
    """B03, B04, B05 for everything but the contents, which are judged once for all formats."""
    fields: list[tuple[Seen | SeenEntry, str]] = [(seen, seen.title), (seen, seen.description)]
    for entry in seen.entries:
        files = (link.title for link in entry.links)
        words = " ".join([entry.title, entry.summary, *entry.authors, *entry.categories, *files])
        fields.append((entry, words))
    for told, text in fields:
        for rule, level, message in suspicious(text):
            yield told.problem(rule, message, level=level)


def language(seen: Seen) -> Iterator[Problem]:
    """B06: every language is a BCP 47 tag, and the feed has one."""
    if not LANGUAGE.fullmatch(seen.language):
        yield seen.problem("B06", f"language is {seen.language!r}")
    for entry in seen.entries:
        if entry.language and not LANGUAGE.fullmatch(entry.language):
            yield entry.problem("B06", f"language is {entry.language!r}")


def size(seen: Seen) -> Iterator[Problem]:
    """F01, F02: as much as readers like to fetch."""
    if len(seen.payload) > LARGEST:
        message = f"has {len(seen.payload):,} bytes; readers are comfortable below {LARGEST:,}"
        yield seen.problem("F01", message, level="warning")
    if len(seen.entries) > 100:
        yield seen.problem("F02", f"has {len(seen.entries)} entries", level="warning")


def addresses(seen: Seen) -> Iterator[Problem]:
    """E01, I03: where the feed and its page for people are."""
    own = [link for link in seen.links if link.rel == "self"]
    if len(own) != 1 or own[0].type != TYPES[seen.kind] or (seen.url and own[0].href != seen.url):
        found = ", ".join(f"{link.href} ({link.type})" for link in own) or "none"
        yield seen.problem("E01", f"its own address should be {seen.url or 'one'}, is {found}")
    if not re.match(r"https?://", seen.home) or seen.home in {link.href for link in own}:
        yield seen.problem("I03", f"its page for people is {seen.home!r}")


def introduction(seen: Seen) -> Iterator[Problem]:
    """I02, I04, I05: what the channel says of itself."""
    if not seen.description.strip():
        yield seen.problem("I02", "has no description", level="warning")
    if "feedgen" in seen.generator or not seen.generator:
        yield seen.problem("I05", f"generator is {seen.generator!r}", level="warning")
    image = seen.node.find("image") if seen.kind == "rss" else None
    if image is not None and (image.findtext("title"), image.findtext("link")) != (seen.title, seen.home):
        yield seen.problem("I04", "its image has another title or link", level="warning")
