"""One page opened for reading: its tree, its metadata and where it stands, for the readers of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from lxml import etree

from scrapers.addresses import absolute, tidy
from scrapers.items import Template
from scrapers.reading import linked
from scrapers.reading.index import Index
from scrapers.reading.junk import Junk, find_junk
from scrapers.reading.lines import repeated
from scrapers.reading.text import Decoded, clean
from scrapers.reading.tree import Element, alternatives, names_needed, select, text_of, words_needed

_METAS = etree.XPath("//meta[@content or @value]")
_PROPERTIES = etree.XPath("//*[@property][not(self::meta)]")
_ITEMS = etree.XPath("//*[@itemprop or (@property and not(self::meta))]")
# RDFa says the same as microdata in names of several vocabularies.
_RDFA = {
    "title": "headline",
    "headline": "headline",
    "datepublished": "datePublished",
    "issued": "datePublished",
    "date": "datePublished",
    "created": "datePublished",
    "datemodified": "dateModified",
    "modified": "dateModified",
    "articlesection": "articleSection",
    "articlebody": "articleBody",
    "description": "description",
}
_SCRIPTS = etree.XPath("//script[contains(@type, 'ld+json')]")
_BASES = etree.XPath("//base/@href")
_PAGE_KEYS = ("property", "name", "itemprop", "http-equiv")
_SITE_NAMES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dcterms.publisher",
    "dc.publisher",
    "publisher",
    "copyright",
)


def _is_above(url: str, own: str) -> bool:
    """Whether an address is the front page's or a section's, which some templates name on every page in it."""
    path = urlsplit(url).path.rstrip("/")
    below = own.removeprefix(path) if own.startswith(f"{path}/") else ""
    return bool(below) and (not path or _SLUG.search(below) is not None)


# What an article's address ends in, and a variant's ("/amp", "/print", "/2") does not.
_SLUG = re.compile(r"\d{4}|[a-z]+-[a-z]+-[a-z]+", re.I)


def _words_of_link(link: Element) -> list[str]:
    words = [text_of(link), clean(link.get("title", "")), *(clean(image.get("alt", "")) for image in link.iter("img"))]
    return [text for text in words if text and len(text.split()) <= _LONGEST_NAME]


_LONGEST_NAME = 12
_LONGEST_TITLE = 500


class Page:
    """What several field readers need of one page, worked out once."""

    def __init__(self, root: Element, *, url: str, decoded: Decoded) -> None:
        self.root = root
        self.url = url
        self.markup = decoded.text
        self.notes = decoded.notes
        self.template: Template | None = None
        """What the website's other pages have taught."""

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Every meta element's content by its lower-case name, in the page's order, as printed."""
        found: dict[str, list[str]] = {}
        for element in cast("list[Element]", _METAS(self.root)):
            content = (element.get("content") or element.get("value") or "").strip()
            for key in _PAGE_KEYS:
                name = element.get(key)
                if name and content:
                    found.setdefault(name.strip().lower(), []).append(content)
        return found

    def meta(self, *names: str) -> str:
        """Return the first meta element that says something under one of ``names``, as printed."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    @cached_property
    def folded_metas(self) -> dict[str, tuple[str, str]]:
        """Name and first content of the meta elements, by their names without case, punctuation and, also, prefix."""
        found: dict[str, tuple[str, str]] = {}
        for name, values in self.metas.items():
            found.setdefault(_PUNCTUATION.sub("", name), (name, values[0]))
            if ":" in name:
                found.setdefault(_PUNCTUATION.sub("", name.rpartition(":")[2]), (name, values[0]))
        return found

    @cached_property
    def title(self) -> str:
        """The title element's words."""
        element = next(select(self.root, "head > title, title"), None)
        return text_of(element)[:_LONGEST_TITLE] if element is not None else ""

    @cached_property
    def things(self) -> list[linked.Thing]:
        """What JSON-LD says the page is about, most telling first."""
        scripts = cast("list[Element]", _SCRIPTS(self.root))
        found = linked.things(script.text or "" for script in scripts)
        # Teasers are articles too: the one that names this page's address comes first.
        return (
            sorted(found, key=lambda thing: not (thing.is_article and self._is_here(thing)))
            if len(found) > 1
            else found
        )

    def _is_here(self, thing: linked.Thing) -> bool:
        stated = [url for key in ("url", "mainEntityOfPage", "@id") for url in thing.texts(key)]
        paths = {urlsplit(url.partition("#")[0]).path.rstrip("/") for url in stated}
        return bool(self.address) and urlsplit(self.address).path.rstrip("/") in paths

    @cached_property
    def items(self) -> dict[str, list[Element]]:
        """Elements with microdata or RDFa, by microdata's names of the properties."""
        found: dict[str, list[Element]] = {}
        if "itemprop" not in self.markup and not self._has_rdfa:
            return found
        for element in cast("list[Element]", _ITEMS(self.root)):
            known = (_RDFA.get(re.split("[:/#]", name)[-1].lower(), "") for name in element.get("property", "").split())
            for name in dict.fromkeys((*element.get("itemprop", "").split(), *filter(None, known))):
                found.setdefault(name, []).append(element)
        return found

    @cached_property
    def _has_rdfa(self) -> bool:
        """Whether properties may be stated elsewhere than in meta elements: most pages have none, and looking is a pass."""
        metas = sum(element.get("property") is not None for element in self.root.iter("meta"))
        return self.markup.count("property") + self.markup.count("PROPERTY") > metas

    @cached_property
    def properties(self) -> tuple[tuple[str, Element], ...]:
        """Elements with RDFa, a pair for each property's name in lower case, without its vocabulary."""
        stated = cast("list[Element]", _PROPERTIES(self.root)) if self._has_rdfa else []
        pairs = ((name, element) for element in stated for name in element.get("property", "").lower().split())
        return tuple((name.rpartition(":")[2].rpartition("/")[2], element) for name, element in pairs)

    @cached_property
    def index(self) -> Index:
        return Index(self.root)

    @property
    def names(self) -> frozenset[str]:
        """Every class and id of the page."""
        return self.index.names

    @cached_property
    def junk(self) -> Junk:
        """What is no text whatever the page is about."""
        return find_junk(self.root)

    def in_junk(self, element: Element) -> bool:
        """Whether the element stands in a menu, a comment, a box that leads to other articles …"""
        return element in self.junk.boxes or any(around in self.junk.boxes for around in element.iterancestors())

    def repeated(self, within: Element) -> frozenset[Element]:
        """What stands in ``within`` and on the website's other pages just as well; junk is left out."""
        lines = self.template.lines if self.template else b""
        return repeated(within, lines, without=self.junk.boxes) if lines else frozenset()

    @cached_property
    def base(self) -> str:
        """What the page's relative addresses are relative to."""
        stated = cast("list[str]", _BASES(self.root))
        return (absolute(stated[0], base=self.address) if stated else "") or self.address

    @cached_property
    def address(self) -> str:
        """The page's address, or the one it gives itself when we were told none."""
        return tidy(self.url) or next(filter(None, map(tidy, self._stated_addresses)), "")

    @cached_property
    def canonical(self) -> str:
        """The address the page gives itself, else its own without what only counts visitors."""
        stated = [url for text in self._stated_addresses if (url := absolute(text, base=self.address))]
        own = urlsplit(self.address).path.rstrip("/")
        itself = next((url for url in stated if own and urlsplit(url).path.rstrip("/") == own), "")
        return itself or next((url for url in stated if not _is_above(url, own)), "") or tidy(self.url)

    @cached_property
    def _stated_addresses(self) -> list[str]:
        links = [link.get("href", "") for link in islice(select(self.root, "link[rel~='canonical'][href]"), 2)]
        return [text.strip() for text in (*links, self.meta("og:url")) if text.strip()]

    @cached_property
    def host(self) -> str:
        return (urlsplit(self.address).hostname or "").removeprefix("www.")

    @cached_property
    def site_names(self) -> frozenset[str]:
        """What the website calls itself, folded: no headline and no author bears such a name."""
        named = [clean(text) for name in _SITE_NAMES for text in self.metas.get(name, ())]
        named += [thing.text("publisher") for thing in self.things]
        named += [self.host, self.host.split(".")[0], max(self.host.split("."), key=len)]
        # A page that links to the front page in its own words is the front page, or says so by mistake.
        named += [words for link in self._homeward for words in _words_of_link(link) if words != self.title]
        named += self.template.names if self.template else ()
        return frozenset(name for name in map(folded, named) if name)

    @cached_property
    def _homeward(self) -> list[Element]:
        """The first links that lead to the website's front page: usually its name or its logo."""
        parts = urlsplit(self.address)
        front = f"{parts.scheme}://{parts.netloc}"
        fronts = frozenset(("/", "./", front, f"{front}/"))
        links = (a for a in self.root.iter("a") if a.get("href") in fronts or a.get("rel") == "home")
        return list(islice(links, 6))

    def select(self, css: str) -> Iterator[Element]:
        """Yield what matches, alternative by alternative; those that cannot match on this page cost nothing."""
        for alternative in alternatives(css):
            if self.may_hold(alternative):
                yield from self.index.select(alternative)

    def may_hold(self, alternative: str) -> bool:
        """Whether the classes, ids and attributes ``alternative`` needs stand anywhere in the page."""
        return names_needed(alternative) <= self.names and all(
            word in self.markup for word in words_needed(alternative)
        )

    def absolute(self, url: str) -> str:
        return absolute(url, base=self.base)


def folded(text: str) -> str:
    """Return ``text`` without case, punctuation and spacing, to tell whether two say the same."""
    return _PUNCTUATION.sub(" ", text.casefold()).strip()


_PUNCTUATION = re.compile(r"[\W_]+")
