"""A finished feed document read back, whatever its format, for the rules that judge it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Literal

from lxml import etree

from scrapers.items import Record

Kind = Literal["rss", "atom", "json"]
Level = Literal["error", "warning"]

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPES: dict[Kind, str] = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


_Reader = Callable[[Any, int], "SeenEntry"]


class Problem(Record, frozen=True, kw_only=True):
    """Something a reader would stumble over."""

    rule: str
    """The line of the checklist in docs/feeds.md."""
    level: Level = "error"
    """A feed with an error is not published; a warning is only told."""
    where: str
    message: str
    entry: int = 0
    """Place of the entry it is about, counted from 1; 0 when it is about the whole."""

    def __str__(self) -> str:
        return f"{self.rule} {self.where}: {self.message}"


class SeenLink(Record, frozen=True, kw_only=True):
    rel: str
    href: str
    type: str = ""
    title: str = ""
    length: str | None = None


class SeenEntry(Record, frozen=True, kw_only=True):
    """One entry as a reader finds it; "" or empty where the document says nothing."""

    position: int
    id: str
    title: str
    summary: str
    content: str
    published: str
    updated: str
    language: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    links: tuple[SeenLink, ...]
    images: tuple[str, ...]
    node: Any
    """The element or object itself, for rules about one format."""

    def problem(self, rule: str, message: str, *, level: Level = "error") -> Problem:
        return Problem(rule=rule, level=level, where=self.where, message=message, entry=self.position)

    @property
    def where(self) -> str:
        return f"entry {self.position} “{self.title[:40]}”"

    def linked(self, rel: str) -> list[SeenLink]:
        return [link for link in self.links if link.rel == rel]


class Seen(Record, frozen=True, kw_only=True):
    """A whole document, and what is known about it from outside."""

    kind: Kind
    payload: bytes
    text: str
    title: str
    description: str
    language: str
    updated: str
    home: str
    links: tuple[SeenLink, ...]
    generator: str
    icon: str
    entries: tuple[SeenEntry, ...]
    node: Any
    url: str
    """Where it is published."""
    now: datetime | None
    private: bool
    """Hosts of a private network are meant to be in it."""
    combined: bool
    """Its entries come from several sources."""

    def problem(self, rule: str, message: str, *, level: Level = "error") -> Problem:
        return Problem(rule=rule, level=level, where="feed", message=message)


class Unreadable(Exception):  # noqa: N818
    """The document is no feed at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read(
    payload: bytes,
    kind: Kind,
    *,
    url: str,
    now: datetime | None,
    private: bool,
    combined: bool,
    thin: Collection[int] = (),
) -> Seen:
    """Take a document apart, or raise Unreadable; of the entries in ``thin`` places only ids and times are read."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(rule="B01", where="document", message=f"is not UTF-8: {error}")) from error
    if text.startswith("\ufeff"):
        raise Unreadable(Problem(rule="B01", where="document", message="begins with a byte order mark"))
    outside = {"payload": payload, "text": text, "url": url, "now": now, "private": private, "combined": combined}
    if kind == "json":
        return _json(text, outside, thin)
    root = _root(payload)
    return _rss(root, outside, thin) if kind == "rss" else _atom(root, outside, thin)


def _entries(nodes: Iterable[Any], thin: Collection[int], short: _Reader, whole: _Reader) -> tuple[SeenEntry, ...]:
    return tuple((short if number in thin else whole)(node, number) for number, node in enumerate(nodes, 1))


def _root(payload: bytes) -> Any:
    if b"<!DOCTYPE" in payload or b"<!ENTITY" in payload:
        raise Unreadable(Problem(rule="A03", where="document", message="declares a document type or entities"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(payload, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(Problem(rule="A01", where="document", message=f"is not well-formed: {error}")) from error


def _atom(root: Any, outside: dict[str, Any], thin: Collection[int]) -> Seen:
    if root.tag != f"{ATOM}feed":
        raise Unreadable(Problem(rule="A02", where="document", message=f"is no Atom feed but {root.tag}"))
    return Seen(
        kind="atom",
        node=root,
        title=_text(root, f"{ATOM}title"),
        description=_text(root, f"{ATOM}subtitle"),
        language=root.get(LANG, ""),
        updated=_text(root, f"{ATOM}updated"),
        links=(links := _atom_links(root)),
        home=next((link.href for link in links if link.rel == "alternate"), ""),
        generator=_text(root, f"{ATOM}generator"),
        icon=_text(root, f"{ATOM}icon"),
        entries=_entries(root.findall(f"{ATOM}entry"), thin, _thin_atom, _atom_entry),
        **outside,
    )


def _atom_entry(entry: Any, number: int) -> SeenEntry:
    title = _text(entry, f"{ATOM}title")
    return SeenEntry(
        position=number,
        id=_text(entry, f"{ATOM}id"),
        title=title,
        summary=_text(entry, f"{ATOM}summary"),
        content=_text(entry, f"{ATOM}content"),
        published=_text(entry, f"{ATOM}published"),
        updated=_text(entry, f"{ATOM}updated"),
        language=entry.get(LANG, ""),
        authors=tuple(_texts(entry, f"{ATOM}author/{ATOM}name")),
        categories=tuple(category.get("term", "") for category in entry.findall(f"{ATOM}category")),
        links=_atom_links(entry),
        images=_media(entry),
        node=entry,
    )


def _atom_links(parent: Any) -> tuple[SeenLink, ...]:
    return tuple(
        SeenLink(
            rel=link.get("rel", "alternate"),
            href=link.get("href", ""),
            type=link.get("type", ""),
            title=link.get("title", ""),
            length=link.get("length"),
        )
        for link in parent.findall(f"{ATOM}link")
    )


def _rss(root: Any, outside: dict[str, Any], thin: Collection[int]) -> Seen:
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise Unreadable(Problem(rule="A02", where="document", message="is no RSS 2.0 feed"))
    return Seen(
        kind="rss",
        node=channel,
        title=_text(channel, "title"),
        description=_text(channel, "description"),
        language=_text(channel, "language"),
        updated=_text(channel, "lastBuildDate"),
        links=_atom_links(channel),
        home=_text(channel, "link"),
        generator=_text(channel, "generator"),
        icon=_text(channel, "image/url"),
        entries=_entries(channel.findall("item"), thin, _thin_rss, _rss_entry),
        **outside,
    )


def _rss_entry(item: Any, number: int) -> SeenEntry:
    title = _text(item, "title")
    alternate = [SeenLink(rel="alternate", href=href, type="text/html") for href in _texts(item, "link")]
    enclosures = [
        SeenLink(rel="enclosure", href=file.get("url", ""), type=file.get("type", ""), length=file.get("length"))
        for file in item.findall("enclosure")
    ]
    return SeenEntry(
        position=number,
        id=_text(item, "guid"),
        title=title,
        summary=_text(item, "description"),
        content=_text(item, f"{CONTENT}encoded"),
        published=_text(item, "pubDate"),
        updated="",
        language=_text(item, f"{DC}language"),
        authors=tuple(_texts(item, f"{DC}creator")),
        categories=tuple(_texts(item, "category")),
        links=(*alternate, *enclosures),
        images=_media(item),
        node=item,
    )


def _json(text: str, outside: dict[str, Any], thin: Collection[int]) -> Seen:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise Unreadable(Problem(rule="A01", where="document", message=f"is not JSON: {error}")) from error
    if not isinstance(document, dict) or not all(isinstance(item, dict) for item in document.get("items", [None])):
        raise Unreadable(Problem(rule="A02", where="document", message="is no JSON Feed: it has no list of items"))
    return Seen(
        kind="json",
        node=document,
        title=_string(document, "title"),
        description=_string(document, "description"),
        language=_string(document, "language"),
        updated="",
        links=(SeenLink(rel="self", href=_string(document, "feed_url"), type=TYPES["json"]),),
        home=_string(document, "home_page_url"),
        generator="Bantin" if "_bantin" in document else "",
        icon=_string(document, "icon"),
        entries=_entries(document["items"], thin, _thin_json, _json_entry),
        **outside,
    )


def _json_entry(item: dict[str, Any], number: int) -> SeenEntry:
    enclosures = [
        SeenLink(
            rel="enclosure",
            href=_string(file, "url"),
            type=_string(file, "mime_type"),
            title=_string(file, "title"),
            length=str(file["size_in_bytes"]) if "size_in_bytes" in file else None,
        )
        for file in item.get("attachments", [])
    ]
    return SeenEntry(
        position=number,
        id=_string(item, "id"),
        title=_string(item, "title"),
        summary=_string(item, "summary"),
        content=_string(item, "content_html"),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        language=_string(item, "language"),
        authors=tuple(_string(author, "name") for author in item.get("authors", [])),
        categories=tuple(item.get("tags", [])),
        links=(SeenLink(rel="alternate", href=_string(item, "url"), type="text/html"), *enclosures),
        images=(_string(item, "image"),) if "image" in item else (),
        node=item,
    )


def _thin_atom(node: Any, number: int) -> SeenEntry:
    id_, published, updated = (_text(node, f"{ATOM}{name}") for name in ("id", "published", "updated"))
    return _thin(node, number, id_, published, updated)


def _thin_rss(node: Any, number: int) -> SeenEntry:
    return _thin(node, number, _text(node, "guid"), _text(node, "pubDate"))


def _thin_json(node: Any, number: int) -> SeenEntry:
    return _thin(node, number, *(_string(node, key) for key in ("id", "date_published", "date_modified")))


def _thin(node: Any, number: int, id_: str, published: str, updated: str = "") -> SeenEntry:
    return SeenEntry(
        position=number,
        id=id_,
        published=published,
        updated=updated,
        node=node,
        title="",
        summary="",
        content="",
        language="",
        authors=(),
        categories=(),
        links=(),
        images=(),
    )


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _text(parent: Any, path: str) -> str:
    return parent.findtext(path) or ""


def _texts(parent: Any, path: str) -> Iterator[str]:
    return (element.text or "" for element in parent.iterfind(path))


def _media(parent: Any) -> tuple[str, ...]:
    return tuple(media.get("url", "") for media in parent.iterfind(f".//{MEDIA}content"))
