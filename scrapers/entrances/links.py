"""The links of a page with where they stand: what tells a headline from a menu. For the finder of rows."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, cast

from lxml import etree

from scrapers.reading.tree import Element

_ASIDE_TAGS = frozenset(("nav", "aside", "form", "select", "noscript"))
_ASIDE_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog"))
_ROW_TAGS = frozenset(("article", "li", "tr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ASIDE = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|submenu|footer|sidebar|aside|breadcrumbs?|pager|pagination|paging|related|"
    r"popular|trending|most-?(?:read|viewed|popular)|xem-nhieu|doc-nhieu|lien-quan|tags?|tagcloud|share|sharing|social|banner|"
    r"ads?|adv|advert|advertisement|quangcao|login|lang|language|languages|partners?|weblinks?|copyright|toolbar|topbar|masthead|"
    r"subscribe|newsletter|cookies?|modal|popup|comments?|widget-area|right-rail|skip|skiplinks?|search-?(?:form|box)|archives-list|"
    r"calendar|accessibility|dropdown|mega-?menu|off-?canvas(?!-main)|lightbox|utility|crumbs?)(?:$|[-_ ])"
)
# "has-sidebar" and "show-social-block" tell what is around or inside, "tag-coast" what a story is about, not what an element is.
_FLAG = re.compile(
    r"(?:^|(?<=\s))(?:(?:[a-z]{1,4}-)?(?:has|show|no|with|without|hide)-\S+|tag-(?!list|cloud|link|wrap|box|block|widget|menu|nav)\S+)"
)
_SITE_HEADER = re.compile(r"(?:^|[_ ])(?:(?:site|main|global|top|l)-?)?header(?:$|[-_ ])")
_MAIN = re.compile(r"(?:^|[-_ ])(?:main|content|primary|maincontent|main-content|page-content|contents)(?:$|[-_ ])")
_VOLATILE = re.compile(
    r"^(?:odd|even|first|last|active|current|visited|external|is-|has-|category-|tag-|status-|format-)|^\d+$"
)
_WIDTH = re.compile(r"^(?:col|span|grid|large|medium|small|w|width|uk-width|pure-u|g|l|m|s|xl|one|two)-?[\w-]*\d")
_DIGITS = re.compile(r"\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GOES_TO = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\(|navigate\()\s*['"]([^'"]{1,500})['"]"""
)
_DATA = (
    "data-href",
    "data-url",
    "data-link",
    "data-next-url",
    "data-next-page-url",
    "data-nexturl",
    "hx-get",
    "data-hx-get",
)
_ADDRESS = re.compile(r"https?://|[/?]|\.{1,2}/|[\w.-]+\.(?:html?|php|aspx?|jsp|do)\b")
# Rows and buttons that are no links, but lead somewhere.
_OTHER = "self::tr or self::li or self::div or self::td or self::button or self::span or self::article"
_SCRIPTED = etree.XPath(f"//*[contains(@onclick, 'location') or @data-href][{_OTHER}]")
_LEADING = etree.XPath(
    f"//a | //*[contains(@onclick, 'location') or @data-href][{_OTHER}][not(descendant::a[@href and not(starts-with(@href, '#'))])]"
)
_FEW = 2
_MOST = 4000
"""Links that are looked at: pages with more are directories."""


class Link:
    """An anchor in the page."""

    __slots__ = ("aside", "element", "heading", "href", "in_main", "order", "path")

    def __init__(self, element: Element, *, href: str, order: int, place: Place) -> None:
        self.element = element
        self.href = href
        self.order = order
        self.path = place.path
        """Links with the same number are reached through the same tags."""
        self.aside = place.aside
        """In a menu, sidebar, footer or the like."""
        self.in_main = place.in_main
        self.heading = place.heading or _heading_in(element)
        """The tag of the heading the link is in or around, or ""."""


def links(root: Element, *, markup: str = "onclick") -> list[Link]:
    """Return the page's links that lead anywhere, in its order; ``markup`` tells whether scripts may be links too."""
    scripted = _SCRIPTED(root) if "onclick" in markup or "data-href" in markup else ()
    anchors = cast("list[Element]", _LEADING(root)) if scripted else list(root.iter("a"))
    around = _Surroundings(len(anchors))
    found: list[Link] = []
    for anchor in anchors[:_MOST]:
        href = address_of(anchor)
        if href:
            found.append(Link(anchor, href=href, order=len(found), place=around.of(anchor)))
    return found


def address_of(element: Element) -> str:
    """Return where a click leads: the link's own address, else one its script or its data spell out; "" for none."""
    href = (element.get("href") or "").strip()
    if _leads_somewhere(href):
        return href
    onclick = element.get("onclick") or (href if href[:11].lower() == "javascript:" else "")
    if onclick and (called := _GOES_TO.search(onclick)):
        return called[1].strip() if _leads_somewhere(called[1].strip()) else ""
    stated = next((value for key in _DATA if (value := (element.get(key) or "").strip())), "")
    return stated if _ADDRESS.match(stated) else ""


class Place(NamedTuple):
    """What an element inherits from those around it."""

    path: int
    aside: bool
    in_main: bool
    heading: str
    in_row: bool


class _Surroundings:
    """Works out each element's place once, from its parent's."""

    def __init__(self, anchors: int) -> None:
        self._anchors = anchors
        self._paths: dict[tuple[int, str], int] = {}
        self._places: dict[Element, Place] = {}

    def of(self, element: Element) -> Place:
        unknown = [element]
        while (parent := unknown[-1].getparent()) is not None and parent not in self._places:
            unknown.append(parent)
        place = (
            self._places[parent]
            if parent is not None
            else Place(0, aside=False, in_main=False, heading="", in_row=False)
        )
        for each in reversed(unknown):
            place = self._places[each] = self._inside(place, each)
        return place

    def _inside(self, outer: Place, element: Element) -> Place:
        tag = str(element.tag)
        in_row = outer.in_row or tag in _ROW_TAGS
        in_main = outer.in_main or tag == "main" or element.get("role") == "main"
        name = f"a.{stable(element)}" if tag == "a" else tag
        return Place(
            path=self._paths.setdefault((outer.path, name), len(self._paths) + 1),
            aside=outer.aside or self._is_aside(element, tag, in_row=in_row, in_main=in_main),
            in_main=in_main,
            heading=tag if tag in _HEADINGS else outer.heading,
            in_row=in_row,
        )

    def _is_aside(self, element: Element, tag: str, *, in_row: bool, in_main: bool) -> bool:
        if tag in ("header", "footer") and not in_row and not in_main:
            return True
        if tag in _ASIDE_TAGS or element.get("role") in _ASIDE_ROLES:
            return not self._is_page(element)
        classes, identity = element.get("class"), element.get("id")
        if tag in ("body", "html", "a", "main") or not (classes or identity):
            return False
        if not is_aside_name(f"{classes or ''} {identity or ''}", in_main) or _holds_few_links(element):
            return False
        return not self._is_page(element) and not _holds_the_main_column(element)

    def _is_page(self, element: Element) -> bool:
        """Whether most of the page is in it: themes call the whole page "has sidebar" or put it into a form."""
        return sum(1 for _ in element.iter("a")) > 0.6 * self._anchors


def _holds_few_links(element: Element) -> bool:
    """A row's own "header" or "share" is no menu."""
    return len(list(islice(element.iter("a"), _FEW + 1))) <= _FEW


def _holds_the_main_column(element: Element) -> bool:
    """ "content-sidebar-wrap" is around both columns."""
    return any(
        inner is not element and (inner.tag in ("main", "h1") or inner.get("role") == "main")
        for inner in element.iter()
    )


@lru_cache(maxsize=8192)
def is_aside_name(classes: str, in_main: bool) -> bool:
    """Whether classes and id name something beside the main column."""
    plain = _FLAG.sub(" ", _CAMEL.sub("-", classes).lower())
    return bool(_ASIDE.search(plain)) or (not in_main and bool(_SITE_HEADER.search(plain)))


@lru_cache(maxsize=8192)
def _stable(classes: str) -> str:
    # A column's width tells the main one from the sidebar; other numbers only count.
    names = (
        name if _WIDTH.match(name) else _DIGITS.sub("", name)
        for name in classes.lower().split()
        if not _VOLATILE.search(name)
    )
    return ".".join(sorted(set(names))[:4])


def stable(element: Element) -> str:
    """Return the classes that an element shares with its like."""
    return _stable(element.get("class") or "")


def is_main_name(element: Element) -> bool:
    classes = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag == "main" or bool(_MAIN.search(_CAMEL.sub("-", classes).lower()))


def _leads_somewhere(href: str) -> bool:
    return (
        bool(href)
        and href[0] != "#"
        and not href[:11].lower().startswith(("javascript:", "mailto:", "tel:", "data:", "sms:"))
    )


def _heading_in(element: Element) -> str:
    return next((str(child.tag) for child in element.iter() if child.tag in _HEADINGS), "") if len(element) else ""
