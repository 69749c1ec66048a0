"""Headlines from a listing page: by the source's selectors, its layout's, or by finding the rows."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import cast

from cssselect import HTMLTranslator, SelectorError
from lxml import etree
from msgspec import structs

from scrapers.entrances import paging, row, rows
from scrapers.entrances.links import is_aside_name
from scrapers.entrances.setting import Setting, setting
from scrapers.items import Headline, Headlines, Moment
from scrapers.layouts import registry
from scrapers.layouts.layout import Layout
from scrapers.reading.errors import LayoutChanged, Unreadable
from scrapers.reading.languages import language_of
from scrapers.reading.page import Page
from scrapers.reading.text import Decoded, clean
from scrapers.reading.tree import Element, parse, select, text_of
from scrapers.sources import Entrance, ListingSelectors, Source

_SAMPLE = 2000
_FEW = 3
"""Rows from which on the markup of a widespread system is believed to be the listing."""


def read(decoded: Decoded, *, url: str, source: Source | None, entrance: Entrance | None) -> Headlines:
    """Return what the page lists.

    Raises LayoutChanged when the source's selectors or its layout's match no row, or when a source's page shows no
    rows at all; Unreadable for what is no HTML.
    """
    root = parse(decoded.text)
    if root is None or len(root) == 0:
        raise Unreadable(
            url, "there is no HTML in it; open the address in a browser to see what the site sends instead"
        )
    page = Page(root, url=url, decoded=decoded)
    own = source.selectors.listing if source else None
    layout = registry.by_name(source.layout) if source and source.layout else None
    detected = () if own or layout else registry.recognise(page.index, "", markup=decoded.text)
    where = _setting(page, source, entrance, layout or next(iter(detected), None))
    if own:
        return _expected(page, own, where, name="selectors.listing")
    if layout and layout.listing:
        return _expected(page, layout.listing, where, name=f"layout {layout.name}", main_only=True)
    for one in detected:
        found = _selected(page, one.listing, where, main_only=True) if one.listing else Headlines(rows=())
        if len(found.rows) >= (_FEW if one.loose else 1):
            return found
    found = _general(page, where)
    if source and not found.rows:
        raise LayoutChanged(
            url, "a[href]", "no list of headlines can be made out; state where its rows are in selectors.listing"
        )
    return found


def _setting(page: Page, source: Source | None, entrance: Entrance | None, layout: Layout | None) -> Setting:
    language = "" if source else language_of(page, _sample(page.root))
    return setting(
        url=page.address or page.url, source=source, entrance=entrance, layout=layout, language=language, base=page.base
    )


def _sample(root: Element) -> str:
    """Enough of the page's words to tell its language."""
    words: list[str] = []
    length = 0
    for element in root.iter("a", "p", "h1", "h2", "h3", "h4", "td", "li", "span"):
        text = (element.text or "").strip()
        # Menus are short, and often in several languages.
        if len(text) > 24:
            words.append(text)
            length += len(text)
        if length > _SAMPLE:
            break
    return " ".join(words)


def _expected(
    page: Page, selectors: ListingSelectors, where: Setting, *, name: str, main_only: bool = False
) -> Headlines:
    found = _selected(page, selectors, where, main_only=main_only)
    if not found.rows:
        raise LayoutChanged(
            page.url,
            selectors.row,
            f"no row matches {name}; if the page shows entries in a browser, the website was rebuilt",
        )
    return found


def _selected(page: Page, selectors: ListingSelectors, where: Setting, *, main_only: bool = False) -> Headlines:
    skipped = set(select(page.root, selectors.skip)) if selectors.skip else set()
    holders = {ancestor for element in skipped for ancestor in element.iterancestors()}
    matched = [
        element
        for element in _in_order(page.root, selectors.row)
        if element not in holders and skipped.isdisjoint((element, *element.iterancestors()))
    ]
    if main_only:
        matched = [element for element in matched if not _is_beside(element)] or matched
    if selectors.published:
        where = where.ordered(
            text_of(each) for element in matched for each in islice(select(element, selectors.published), 2)
        )
    merged: dict[str, Headline] = {}
    for element in matched:
        headline = _headline(element, selectors, where)
        if headline:
            known = merged.get(headline.url)
            merged[headline.url] = _merged(known, headline) if known else headline
    placed = tuple(structs.replace(each, position=n) for n, each in enumerate(merged.values()))
    return Headlines(
        rows=placed,
        next_page=paging.next_page(page.root, where, selector=selectors.next, names=page.names, markup=page.markup),
    )


def _headline(element: Element, selectors: ListingSelectors, where: Setting) -> Headline | None:
    links = [link for link in select(element, selectors.link) if where.absolute(_href(link))]
    if not links:
        return None
    url = where.absolute(_href(links[0]))
    same = [link for link in links if where.absolute(_href(link)) == url]
    title = _first_text(element, selectors.title) if selectors.title else ""
    published = _published(element, selectors, where) or where.in_address(url)
    summary = _summary(element, selectors.summary) if selectors.summary else ""
    return Headline(
        url=url,
        title=_fuller(title, same) or row.title_of(same, (element,)),
        published=published,
        summary=_without(published.printed, summary) if published else summary,
        section=where.section,
    )


def _without(date: str, summary: str) -> str:
    """Some websites begin a summary with its date."""
    return summary.removeprefix(date).lstrip(" -–—|:") if date and summary.startswith(date) else summary


def _fuller(title: str, links: list[Element]) -> str:
    """A title cut short on the page is often whole in the link's title attribute."""
    start = title.rstrip(".… ")
    stated = (clean(link.get("title") or "") for link in links)
    return next(
        (text for text in stated if start and start != title and len(text) > len(title) and text.startswith(start)),
        title,
    )


def _published(element: Element, selectors: ListingSelectors, where: Setting) -> Moment | None:
    if not selectors.published:
        return None
    return next((moment for each in select(element, selectors.published) if (moment := row.dated(each, where))), None)


def _first_text(element: Element, css: str) -> str:
    return next((text for each in select(element, css) if (text := text_of(each))), "")


def _summary(element: Element, css: str) -> str:
    """A selector for a teaser's paragraphs often finds the date's too."""
    texts = (text_of(each) for each in select(element, css))
    return next((text for text in texts if text and not row.is_date(text)), "")


def _merged(known: Headline, other: Headline) -> Headline:
    """A picture's link and a text's link to one article are one row."""
    return structs.replace(
        known,
        title=max(known.title, other.title, key=len) if not known.title else known.title,
        published=known.published or other.published,
        summary=known.summary or other.summary,
    )


def _href(link: Element) -> str:
    return link.get("href") or ""


def _is_beside(element: Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag in ("aside", "nav", "footer"):
            return True
        if ancestor.tag not in ("body", "html") and is_aside_name(
            f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}", True
        ):
            return True
    return False


def _in_order(root: Element, css: str) -> list[Element]:
    finder = _union(css)
    return cast("list[Element]", finder(root)) if finder else []


@lru_cache(maxsize=1024)
def _union(css: str) -> etree.XPath | None:
    """All alternatives at once, so that the rows come in the page's order."""
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(css, prefix="descendant-or-self::"))
    except (SelectorError, etree.XPathSyntaxError):
        return None


def _general(page: Page, where: Setting) -> Headlines:
    merged: dict[str, Headline] = {}
    front = where.absolute("/")
    told = [(found, row.lines(found.held)) for found in rows.find_rows(page.root, markup=page.markup)]
    where = where.ordered(line for _, said in told for line in said if len(line) <= row.DATE_LINE)
    for found, said in told:
        url = where.absolute(found.link.href)
        if not url or url in (where.url, front):
            continue
        headline = Headline(
            url=url,
            title=found.title,
            published=row.date_of(found.held, said, found.title, where) or where.in_address(url),
            summary=row.summary_of(said, found.title),
            section=where.section,
        )
        known = merged.get(url)
        merged[url] = _merged(known, headline) if known else headline
    placed = tuple(structs.replace(each, position=n) for n, each in enumerate(merged.values()))
    return Headlines(rows=placed, next_page=paging.next_page(page.root, where, names=page.names, markup=page.markup))
