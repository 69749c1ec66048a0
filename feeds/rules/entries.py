"""Rules about what each entry says in words: title, summary, content, authors, categories, and its identity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from feeds.links import host, is_private
from feeds.parsed import ATOM, CONTENT, DC, Problem, Seen, SeenEntry
from feeds.rules.html import judge

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_TRACKING = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|phpsessid|jsessionid|zarsrc)=", re.IGNORECASE)
_IRI = re.compile(r"(?:tag:[^,\s]+,\d{4}(?:-\d\d){0,2}:\S+|urn:[a-z0-9-]+:\S+|https?://\S+)$")
_PASSWORD = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)


def complete(seen: Seen) -> Iterator[Problem]:
    """A02, C01: no entry without title and content; Atom wants its times as well."""
    for entry in seen.entries:
        if not entry.title.strip():
            yield entry.problem("C02", message="has no title")
        if not entry.content.strip():
            yield entry.problem("C01", message="has no content")
        if not entry.published or (not entry.updated and seen.kind != "rss"):
            yield entry.problem("D03", message="lacks a time of publication or of the last change")


def plain(seen: Seen) -> Iterator[Problem]:
    """C02, C03: titles, authors and categories are plain text, escaped once, one line."""
    for entry in seen.entries:
        for text in (entry.title, *entry.authors, *entry.categories):
            if found := _ENTITY.search(text):
                message = f"is escaped twice: {found[0]} in {text[:60]!r}"
                yield entry.problem("C02", level="warning", message=message)
            if text != " ".join(text.split()):
                yield entry.problem("C03", f"has loose spaces: {text[:60]!r}", level="warning")


def summaries(seen: Seen) -> Iterator[Problem]:
    """C11: the summary is short, and not the content again."""
    for entry in seen.entries:
        if (entry.summary and entry.summary == entry.content) or len(entry.summary) > 1000:
            message = "summary is the content again, or as long"
            yield entry.problem("C11", level="warning", message=message)


def authors(seen: Seen) -> Iterator[Problem]:
    """C12: every entry has an author where every reader looks for it."""
    for entry in seen.entries:
        if not entry.authors or not all(name.strip() for name in entry.authors):
            yield entry.problem("C12", message="has no author, or one without a name")
        if seen.kind == "rss" and (len(entry.authors) > 1 or entry.node.find("author") is not None):
            yield entry.problem("C12", message="has several creators, or <author> beside dc:creator")


def categories(seen: Seen) -> Iterator[Problem]:
    """C13: categories are words for people, without commas."""
    for entry in seen.entries:
        for category in entry.categories:
            if not category.strip() or "," in category:
                yield entry.problem("C13", level="warning", message=f"category {category!r}")


def rss_order(seen: Seen) -> Iterator[Problem]:
    """C10: one description, then one content:encoded."""
    for entry in seen.entries if seen.kind == "rss" else ():
        tags = [child.tag for child in entry.node if child.tag in ("description", f"{CONTENT}encoded")]
        if tags != ["description", f"{CONTENT}encoded"]:
            yield entry.problem("C10", message="wants one description, then one content:encoded")


def atom_types(seen: Seen) -> Iterator[Problem]:
    """C02, C14: Atom's titles are text and its contents HTML, and say so."""
    for entry in seen.entries if seen.kind == "atom" else ():
        title, content = entry.node.find(f"{ATOM}title"), entry.node.find(f"{ATOM}content")
        if title is not None and title.get("type", "text") != "text":
            yield entry.problem("C02", message=f"title has type {title.get('type')!r}")
        if content is not None and content.get("type") != "html":
            yield entry.problem("C14", message=f"content has type {content.get('type')!r}")


def identity(seen: Seen) -> Iterator[Problem]:
    """E02, E03, E04: ids are there, absolute, and belong to one entry."""
    for name, times in Counter(entry.id for entry in seen.entries).items():
        if times > 1:
            yield Problem(rule="E02", where=f"id {name}", message=f"belongs to {times} entries")
    for entry in seen.entries:
        if not _IRI.match(entry.id):
            yield entry.problem("E03", message=f"id is no absolute address: {entry.id!r}")
        if seen.kind == "rss":
            yield from _permalink(entry)


def links(seen: Seen) -> Iterator[Problem]:
    """E05, E06: one page for people, first, without visitor counting."""
    for entry in seen.entries:
        pages = entry.linked("alternate")
        first = entry.links[0] if entry.links else None
        if len(pages) != 1 or first != pages[0] or pages[0].type != "text/html" or not _is_web(pages[0].href):
            found = ", ".join(f"{link.href!r} ({link.type})" for link in pages)
            yield entry.problem("E05", message=f"wants one link to a page, first; has {found or 'none'}")
        for link in pages:
            if _TRACKING.search(link.href):
                yield entry.problem("E06", level="warning", message=f"counts visitors: {link.href}")


def hosts(seen: Seen) -> Iterator[Problem]:
    """F05: no address that only the publisher's machine or network knows, no file path, no password."""
    for url in (seen.home, seen.icon, *(link.href for link in seen.links)):
        if unfit := reach(url, private=seen.private):
            yield seen.problem("F05", unfit)
    for entry in seen.entries:
        for url in (*(link.href for link in entry.links), *entry.images, *judge(entry.content).hosts):
            if unfit := reach(url, private=seen.private):
                yield entry.problem("F05", unfit)


@lru_cache(maxsize=4096)
def reach(url: str, *, private: bool) -> str:
    """Return why an address is not for strangers, "" when it is."""
    if url.lower().startswith("file:") or _PASSWORD.match(url):
        return f"holds a password or a file path: {url}"
    if not private and url.lower().startswith("http") and is_private(host(url)):
        return f"leads to a private host: {url}"
    return ""


def sources(seen: Seen) -> Iterator[Problem]:
    """I06: an entry of a combined feed names the feed it comes from."""
    if not seen.combined or seen.kind == "json":
        return
    for entry in seen.entries:
        source = entry.node.find("source" if seen.kind == "rss" else f"{ATOM}source")
        if source is None or not (_is_whole(source) if seen.kind == "atom" else _is_web(source.get("url", ""))):
            yield entry.problem("I06", message="does not name the feed it comes from")


def disagreeing(seen: Seen) -> Iterator[Problem]:
    """D09: no second date beside the first; Miniflux and NetNewsWire prefer dc:date."""
    for entry in seen.entries if seen.kind != "json" else ():
        if entry.node.find(f"{DC}date") is not None:
            yield entry.problem("D09", level="warning", message="has a dc:date")


def _permalink(entry: SeenEntry) -> Iterator[Problem]:
    guid = entry.node.find("guid")
    said = None if guid is None else guid.get("isPermaLink")
    if said not in ("true", "false"):
        yield entry.problem("E04", message="does not say whether its guid is an address")
    elif said == "true" and entry.id != next((link.href for link in entry.linked("alternate")), ""):
        yield entry.problem("E04", message=f"says its guid is its address, which it is not: {entry.id}")


def _is_web(url: str) -> bool:
    return bool(re.match(r"https?://[^/\s]+", url))


def _is_whole(source: object) -> bool:
    find = source.findtext  # type: ignore[attr-defined]
    own = source.findall(f"{ATOM}link[@rel='self']")  # type: ignore[attr-defined]
    return all(find(f"{ATOM}{name}") for name in ("id", "title", "updated")) and len(own) == 1
