"""The visible lines that can be a page's headline, each without what else stands in it. For the headline's reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapers.items import Record
from scrapers.reading.fields.titles import LONGEST
from scrapers.reading.page import Page, folded
from scrapers.reading.template import repeats
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, text_of

_TAGS = ("h1", "h2", "h3")
_MOST = 80
_DROPPED = frozenset(("rt", "rp", "script", "style", "template", "noscript", "svg", "button"))
_APART_TAGS = frozenset(("small", "time"))
_HIDDEN = re.compile(r"visually-?hidden|sr-only|screen-?reader|invisible|assistive", re.I)
_APART = re.compile(
    r"kicker|over-?line|roof-?line|top-?line|top-?title|dachzeile|spitzmarke|oberzeile|unterzeile|eyebrow|pre-?title|"
    r"sur-?title|surtitre|antet[ií]tulo|volanta|occhiello|sub-?(?:title|line|head)",
    re.I,
)
_PERHAPS_APART = re.compile(
    r"(?:^|[\s_-])(?:label|category|section|topic|date|time|badge|rubri\w+|meta|byline|author|views?)(?=$|[\s_-])|small$",
    re.I,
)
_NAMES_TITLE = re.compile(r"title|headline|heading", re.I)
_EDGES = re.compile(r"^[\s|–—·•:»-]+|[\s|–—·•»-]+$")
_TITLED = re.compile(
    r"(?:^|[-_])(?:(?:article|news|post|entry|page|detail|main|content|node|story|doc|item)[-_]?)?"
    r"(?:title|headline|heading|tieu-?de|titulo|titre|titel|judul|baslik)(?:[-_]?(?:detail|chi-?tiet|news|article))?\w{0,3}$",
    re.I,
)
_LESSER_TITLE = re.compile(
    r"(?:sub|sup|second|page|site|module|portlet|block|box|menu|widget|section)[-_]?(?:title|head)", re.I
)
_MOST_TITLED = 12
_LANGUAGE = re.compile(r"(?:lang|locale|hl|language)\w*=[\w-]*$", re.I)


class Shown(Record, frozen=True, kw_only=True):
    """One heading."""

    element: Element
    words: str
    kicker: str = ""
    """What stands above the words in the same heading."""
    pieces: tuple[str, ...] = ()
    """Other ways to read the heading: whole, and each piece of it alone."""
    level: int
    """1 to 3 for h1 to h3, 4 for lesser headings and what is only called a title."""
    junk: bool = False
    teaser: bool = False
    """Whether it leads to another page."""


def headings(page: Page) -> list[Shown]:
    """Return the headings with words, outside menus and boxes, h1 first; none that only names the website."""
    found: list[Shown] = []
    for level, tag in enumerate(_TAGS, 1):
        for element in page.root.iter(tag):
            one = _shown(page, element, level)
            if one and (level == 1 or not one.junk):
                found.append(one)
            if len(found) >= _MOST:
                return found
    return found


def is_titled(name: str) -> bool:
    """Whether a class or an id calls its element the title of what it stands above."""
    return _TITLED.search(name) is not None and not _LESSER_TITLE.search(name)


def lesser(page: Page) -> list[Shown]:
    """Return lesser headings, and other short lines whose class or id calls them a title."""
    elements = [element for tag in ("h4", "h5", "h6") for element in page.root.iter(tag)]
    for name in sorted(page.names):
        if _TITLED.search(name):
            elements += list(page.index.named(name))[:_MOST_TITLED]
    shown = (
        _shown(page, element, 4) for element in dict.fromkeys(elements) if element.tag not in (*_TAGS, "a", "body")
    )
    return [one for one in shown if one and not one.junk and not one.teaser][:_MOST]


def _shown(page: Page, element: Element, level: int) -> Shown | None:
    whole = text_of(element)
    if not whole or len(whole) > LONGEST or repeats(page.template, whole):
        return None
    words, kicker, pieces = (whole, "", ()) if len(element) == 0 else _taken_apart(element, whole)
    if folded(words) in page.site_names or folded(whole) in page.site_names or not folded(words):
        return None
    target = _target(page, element, whole)
    if target is not None and target in ("", "/"):
        return None
    return Shown(
        element=element,
        words=words,
        kicker=kicker,
        pieces=pieces,
        level=level,
        junk=page.in_junk(element),
        teaser=target is not None and target != _path(page.address),
    )


def leads_elsewhere(page: Page, one: Shown) -> bool:
    """Whether the page has a link in the heading's words that leads to another page: a menu's or a breadcrumb's."""
    key = folded(one.words)
    here = _path(page.address)
    for link in page.root.iter("a") if page.address else ():
        words = text_of(link) if len(link) < _MOST_TITLED else ""
        if len(words) < 2 * len(one.words) + 8 and folded(words) == key:
            url = page.absolute(link.get("href") or "")
            if url and _path(url) != here and _path(url) and _is_apart(link, one.element):
                return True
    return False


def _is_apart(link: Element, heading: Element) -> bool:
    return heading not in link.iterancestors() and link not in heading.iterancestors()


def _path(url: str) -> str:
    parts = urlsplit(url)
    query = "" if _LANGUAGE.match(parts.query) else parts.query
    return parts.path.rstrip("/") + (f"?{query}" if query else "")


def _target(page: Page, element: Element, whole: str) -> str | None:
    """Where a heading leads that is a link as a whole; None when it leads nowhere else, or nobody knows where we are."""
    link = element.find(".//a[@href]") if len(element) else None
    link = link if link is not None else next(element.iterancestors("a"), None)
    href = (link.get("href") or "").strip() if link is not None else ""
    if link is None or not page.address or href.startswith(("#", "javascript:")) or not href:
        return None
    if element not in list(link.iterancestors()) or len(text_of(link)) * 10 >= len(whole) * 9:
        url = page.absolute(href)
        same = (urlsplit(url).hostname or "").removeprefix("www.") == page.host
        return (_path(url) if same or link.get("rel") != "home" else "") if url else None
    return None


def parted(element: Element) -> tuple[str, str]:
    """Return an element's words without what stands apart in it, and what stands above them in it."""
    whole = text_of(element)
    words, kicker, _ = _taken_apart(element, whole) if len(element) and whole else (whole, "", ())
    return words, kicker


def _taken_apart(heading: Element, whole: str) -> tuple[str, str, tuple[str, ...]]:
    pieces = [(kind, words) for kind, text in _pieces(heading) if (words := clean(text))]
    main = clean("".join(text for kind, text in _pieces(heading) if kind == "main"))
    kinds = [kind for kind, _ in pieces]
    if "apart" in kinds or "dropped" in kinds:
        main = _EDGES.sub("", main)
    if not folded(main):
        return whole, "", ()
    first = kinds.index("main")
    kicker = " ".join(words for kind, words in pieces[:first] if kind == "apart" and folded(words))
    alone = tuple(dict.fromkeys(words for _, words in pieces if len(words) > _SHORT))
    return main, _EDGES.sub("", kicker), (whole, *alone) if len(pieces) > 1 else ()


_SHORT = 3


def _pieces(element: Element) -> Iterator[tuple[str, str]]:
    """The heading's text in order, each piece with what it is: "main", "apart" or "dropped"."""
    yield "main", element.text or ""
    for child in element:
        kind = _kind(child)
        if kind == "main":
            gap = "" if child.tag in _INLINE else " "
            yield "main", gap
            yield from _pieces(child)
            yield "main", gap
        else:
            yield kind, text_of(child)
            yield "main", " " if child.tag not in _DROPPED else ""
        yield "main", child.tail or ""


_INLINE = frozenset(
    ("a", "b", "strong", "em", "i", "span", "font", "abbr", "ruby", "rb", "mark", "u", "cite", "q", "sub", "sup", "wbr")
)


def _kind(child: Element) -> str:
    if child.tag in _DROPPED:
        return "dropped"
    names = f"{child.get('class', '')} {child.get('id', '')}"
    if _HIDDEN.search(names):
        return "dropped"
    if child.tag in _APART_TAGS or _APART.search(names):
        return "apart"
    return "apart" if _PERHAPS_APART.search(names.strip()) and not _NAMES_TITLE.search(names) else "main"
