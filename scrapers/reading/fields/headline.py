"""Which words are the headline: what the layout names, else the heading that the page's own title repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree

from scrapers.items import Record
from scrapers.reading.body import Cut
from scrapers.reading.candidates import Candidate
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Place, look, said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, select, text_of

_METAS = (
    "og:title",
    "twitter:title",
    "dcterms.title",
    "dc.title",
    "title",
    "headline",
    "sailthru.title",
    "parsely-title",
)
_SEPARATORS = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*|\s+::\s+|\s+//\s+")
_ALIKE = 0.55
_LONGEST = 500


class Heading(Record, frozen=True, kw_only=True):
    won: Candidate[str]
    said: tuple[Candidate[str], ...]
    element: Element | None = None


NO_HEADLINE = Heading(won=Candidate(value="", key="", printed="", witness="guess", rule=""), said=())


def read_headline(page: Page, where: tuple[Place, ...], cut: Cut | None) -> Heading | None:
    """Return the headline and all that was said of it, or None when the page has none."""
    stated = list(_stated(page))
    known = next((found for found in look(page, where, "headline") if said(found.element)), None)
    if known:
        won = _candidate(said(known.element), known.place.witness, known.rule)
        return Heading(won=won, said=(won, *stated, *_titles(page, won.value)), element=known.element)
    return _by_likeness(page, stated, cut)


def _candidate(printed: str, witness: str, rule: str) -> Candidate[str]:
    value = repair(printed)[:_LONGEST].strip()
    return Candidate(value=value, key=folded(value), printed=printed[:_LONGEST], witness=witness, rule=rule)  # type: ignore[arg-type]


def _stated(page: Page) -> Iterator[Candidate[str]]:
    for thing in page.things:
        words = thing.text("headline") if thing.is_article else ""
        if words:
            yield _candidate(words, "json-ld", "json-ld: headline")
    for name in _METAS:
        words = clean(page.meta(name))
        if words and folded(words) not in page.site_names:
            yield _candidate(words, "meta", f"meta: {name}")
    for element in page.items.get("headline", ())[:3]:
        words = said(element)
        if words:
            yield _candidate(words, "microdata", "microdata: headline")


def _titles(page: Page, near: str) -> Iterator[Candidate[str]]:
    """The title element's part that is ``near``, if any: a witness for it."""
    whole = _title(page)
    part = next((part for part in (whole, *_parts(whole)) if folded(part) == folded(near)), "")
    if part:
        yield _candidate(part, "meta", "title")


def _title(page: Page) -> str:
    element = next(select(page.root, "head > title, title"), None)
    return text_of(element)[:_LONGEST] if element is not None else ""


def _parts(title: str) -> list[str]:
    """The title without its first or last parts: "Ministry - News - Heading" in every way it can be cut."""
    cuts = [(match.start(), match.end()) for match in islice(_SEPARATORS.finditer(title), 8)]
    return [title[:start] for start, _ in cuts] + [title[end:] for _, end in cuts]


def _by_likeness(page: Page, stated: list[Candidate[str]], cut: Cut | None) -> Heading | None:
    title = _title(page)
    references = [candidate.value for candidate in stated]
    if title and folded(title) not in page.site_names:
        references.append(repair(title))
    headings = [heading for heading in _headings(page) if folded(heading[1]) not in page.site_names]
    best, why = _likest(headings, references), "like the page's title"
    if not stated and (best is None or _is_section(best[1])):
        above = _above_text(page, headings, cut)
        if above and (_follows(above[0], best[0]) if best else _nameless(title, headings)):
            best, why = above, "right above the text"
    if best is not None:
        won = _candidate(best[1], "visible", f"general: {best[0].tag} {why}")
        return Heading(won=won, said=(won, *stated, *_titles(page, won.value)), element=best[0])
    return _from_stated(page, stated, title)


def _is_section(words: str) -> bool:
    """Whether these words can be a section's name: "News Releases"."""
    return len(words.split()) <= 4 and len(words) < 40


def _follows(heading: Element, section: Element) -> bool:
    return heading is not section and section in set(cast("list[Element]", _PRECEDING(heading)))


def _nameless(title: str, headings: list[tuple[Element, str]]) -> bool:
    """Whether the page's title is the website's rather than the page's."""
    return not title or _is_section(title) or sum(element.tag == "h1" for element, _ in headings) == 1


_PRECEDING = etree.XPath("preceding::*")


def _headings(page: Page) -> list[tuple[Element, str]]:
    """Headings with words, outside menus and boxes; h1 first."""
    found = []
    for tag in ("h1", "h2", "h3"):
        for element in page.root.iter(tag):
            words = text_of(element)
            if words and len(words) <= _LONGEST and (tag == "h1" or not page.in_junk(element)):
                found.append((element, words))
    return found[:80]


def _likest(headings: list[tuple[Element, str]], references: list[str]) -> tuple[Element, str] | None:
    scored = [
        (likeness(words, reference) - 0.08 * ["h1", "h2", "h3"].index(str(element.tag)), -number)
        for number, (element, words) in enumerate(headings)
        for reference in references[:6]
    ]
    best = max(scored, default=None)
    return headings[-best[1]] if best and best[0] >= _ALIKE else None


def likeness(one: str, other: str) -> float:
    """Return how far two titles share their words, 0 to 1."""
    a, b = (Counter(_words(text)) for text in (one, other))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    words = folded(text)
    # Chinese, Japanese and Thai do not part words.
    return [character for character in words if character != " "] if _UNPARTED.search(words) else words.split()


_UNPARTED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u4e00-\u9fff]{2}")


def _above_text(page: Page, headings: list[tuple[Element, str]], cut: Cut | None) -> tuple[Element, str] | None:
    """The last heading of some length before the text begins, else one at its very top."""
    if cut is None or cut.witness == "json-ld":
        return None
    order = {element: number for number, element in enumerate(page.root.iter())}
    begin = _first_words(cut.elements[0], order)
    long = [one for one in headings if len(one[1].split()) >= 4 or len(one[1]) > 25]
    before = [one for one in long if order[one[0]] < begin]
    return max(before, key=lambda one: order[one[0]], default=None)


def _first_words(text: Element, order: dict[Element, int]) -> float:
    """Where the text's first words of some length stand."""
    for element in text.iter():
        if element.tag not in _TITLES and len((element.text or "").strip()) > _SHORT:
            return order[element]
        if element is not text and len((element.tail or "").strip()) > _SHORT:
            return order[element] + 0.5
    return order[next(text.iter("p", "li", "td"), text)]


_TITLES = ("h1", "h2", "h3", "a", "script", "style")
_SHORT = 40


def _from_stated(page: Page, stated: list[Candidate[str]], title: str) -> Heading | None:
    """The headline as only machines are told it, without the website's name around it."""
    if not stated and not title:
        return None
    won = stated[0] if stated else _candidate(title, "meta", "title")
    bare = next((part for part in _parts(won.value) if _is_rest_site(page, won.value, part)), won.value)
    won = _candidate(bare, won.witness, won.rule)
    return Heading(won=won, said=(won, *stated))


def _is_rest_site(page: Page, whole: str, part: str) -> bool:
    """Whether what is left of the title beside ``part`` is the website's name."""
    rest = folded(whole.replace(part, "", 1))
    return bool(rest) and (
        rest in page.site_names
        or (folded(part) not in page.site_names and rest.replace(" ", "") in page.host.replace(".", ""))
    )
