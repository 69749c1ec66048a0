"""The text of an article: cut out of the page, cleaned, with its pictures and further reading apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape

from bs4 import BeautifulSoup
from lxml import etree

from scrapers.items import Image, Link, Media, Record
from scrapers.layouts.layout import Layout
from scrapers.reading.away import Trust, own_blocks
from scrapers.reading.blocks import Writer
from scrapers.reading.candidates import Witness
from scrapers.reading.density import ROOMY, Weights, find_text
from scrapers.reading.figures import make_figures
from scrapers.reading.leads import find_leads
from scrapers.reading.media import mark_media, stated_media
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Found, Place, look
from scrapers.reading.signature import take_signature
from scrapers.reading.teasers import find_teasers
from scrapers.reading.template import called, text_place, trust
from scrapers.reading.text import repair
from scrapers.reading.tree import Element, alternatives, lines_of, parse, remove, select, size, text_of

MOST_CLEANED = 12_000
"""Elements of a text that are cleaned one by one; a long law has some thousands."""
_PIECES = frozenset(("p", "li", "h2", "h3", "h4", "blockquote", "pre"))


class Cut(Record, frozen=True, kw_only=True):
    """Where the text stands, before it is cut out."""

    elements: tuple[Element, ...]
    witness: Witness
    rule: str
    place: Place | None = None
    """The place whose selector found it; None when it was found by its looks."""
    exact: bool = True
    """Whether the element holds the text and nothing else, as far as its own name goes."""

    @property
    def is_loose(self) -> bool:
        """Whether what is no text must still be told apart by its looks."""
        return self.place is None or self.place.is_loose


class Body(Record, frozen=True, kw_only=True):
    html: str = ""
    text: str = ""
    images: tuple[Image, ...] = ()
    media: tuple[Media, ...] = ()
    related: tuple[Link, ...] = ()
    signature: str = ""
    """The name under the text, as printed; the text no longer holds it."""


def find_body(page: Page, where: tuple[Place, ...]) -> Cut | None:
    """Return where the article's text stands, or None when the page has none."""
    strict = tuple(place for place in where if not place.is_loose)
    loose = tuple(place for place in where if place.is_loose)
    return (
        _by_place(page, strict)
        or _by_template(page)
        or _by_likely_place(page, loose)
        or _by_density(page)
        or _as_stated(page)
    )


def _by_place(page: Page, where: tuple[Place, ...]) -> Cut | None:
    for found in look(page, where, "body"):
        if text_of(found.element) or found.element.find(".//img") is not None:
            elements = _all_pieces(page, found) if found.element.tag in _PIECES else (found.element,)
            return Cut(elements=elements, witness=found.place.witness, rule=found.rule, place=found.place)
    return None


def _by_likely_place(page: Page, where: tuple[Place, ...]) -> Cut | None:
    """The largest element in a place of a widespread system, when it holds a good part of the page's prose.

    Teasers and boxes bear the same names there as texts do.
    """
    if not any(place.selectors.body for place in where):
        return None
    weights = Weights(page.root, page.junk.boxes | page.junk.lines)
    for place in where:
        for selector in alternatives(place.selectors.body):
            best = max(page.select(selector), key=weights.of, default=None)
            if best is not None and weights.of(best) > _PART * weights.of(page.root):
                found = Found(element=best, place=place, selector=selector)
                return Cut(elements=(best,), witness=place.witness, rule=found.rule, place=place)
    return None


_PART = 0.4


def _all_pieces(page: Page, found: Found) -> tuple[Element, ...]:
    """A selector that names paragraphs means all of them."""
    pieces = list(page.select(found.selector))
    within = set(pieces)
    return tuple(piece for piece in pieces if not any(around in within for around in piece.iterancestors()))


def _by_template(page: Page) -> Cut | None:
    found = text_place(page)
    if found is None or page.template is None:
        return None
    element, spot = found
    rule = f"{called(page.template)}: {spot.selector}"
    return Cut(elements=(element,), witness=trust(spot), rule=rule, exact=spot.exact)


def _by_density(page: Page) -> Cut | None:
    text = find_text(page, page.junk.boxes | page.junk.lines | page.repeated(page.root))
    if text is None:
        return None
    element, sign = text
    known = f", without what {called(page.template)} knows" if page.template and page.template.lines else ""
    if not sign:
        rule = f"general: where the text is densest{known}"
        return Cut(elements=(element,), witness="guess", rule=rule, exact=False)
    witness: Witness = "microdata" if "articleBody" in sign else "visible"
    return Cut(elements=(element,), witness=witness, rule=f"general: {sign}{known}", exact=sign not in ROOMY)


def _as_stated(page: Page) -> Cut | None:
    """The text that JSON-LD gives, for pages whose visible text only scripts would write."""
    for thing in page.things[:3]:
        stated = thing.node.get("articleBody")
        root = parse(_marked_up(stated)) if thing.is_article and isinstance(stated, str) else None
        if root is not None and text_of(root):
            return Cut(elements=(root,), witness="json-ld", rule="json-ld: articleBody")
    return None


def _marked_up(stated: str) -> str:
    if re.search(r"<(?:p|div|br)\b", stated, re.I):
        return stated
    return "".join(f"<p>{escape(line)}</p>" for line in stated.splitlines() if line.strip())


class Surroundings(Record, frozen=True, kw_only=True):
    """What is known of a page when its text is cut out."""

    headline: str
    heading: Element | None
    apart: tuple[Element, ...]
    """Elements read as other fields, which the text leaves out."""
    layout: Layout | None
    signs: Callable[[str], bool]
    """Whether a name under the text is its author's."""


def read_body(page: Page, cut: Cut, around: Surroundings) -> Body:
    """Cut the text out of the page and clean it; the page's tree is spent afterwards."""
    # Leads stand outside the text, and only where its place is not sure.
    within, boxes = ((page.root,), page.junk.boxes) if cut.is_loose else (cut.elements, frozenset[Element]())
    mark_media(within, boxes, page.absolute, markup=page.markup)
    lead = find_leads(page, cut.elements[0], around.heading, set(around.apart)) if cut.is_loose else []
    for element in list(_cuttings(page, cut, around)):
        remove(element)
    if is_huge(cut.elements):
        return plainly(cut.elements, without=around.headline)
    soup = soup_of((*lead, *cut.elements))
    images = make_figures(soup, partial(_picture_at, page, around.layout))
    signature = take_signature(soup, trusting=not cut.is_loose, wanted=around.signs)
    writer = Writer(page.absolute).write(soup)
    writer.blocks = own_blocks(writer.blocks, around.headline, Trust(loose=cut.is_loose, exact=cut.exact))
    return Body(
        html=writer.html,
        text=writer.text,
        images=tuple(images),
        media=tuple(writer.media) or tuple(stated_media(page.things, page.absolute)),
        related=tuple(writer.related),
        signature=signature,
    )


def is_huge(elements: Iterable[Element]) -> bool:
    return sum(map(size, elements)) > MOST_CLEANED


def soup_of(elements: Iterable[Element]) -> BeautifulSoup:
    """Return the elements, without the text after them, as BeautifulSoup knows them."""
    pieces = [etree.tostring(one, encoding="unicode", method="html", with_tail=False) for one in elements]
    return BeautifulSoup("".join(pieces), "lxml")


def plainly(elements: Iterable[Element], *, without: str) -> Body:
    """The words alone of a text so large that keeping its form would take seconds."""
    said = folded(without)
    lines = [line for element in elements for line in lines_of(element)]
    lines = [line for line in map(repair, lines) if folded(line) != said]
    return Body(html="\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines), text="\n\n".join(lines))


def _picture_at(page: Page, layout: Layout | None, address: str) -> str:
    """The absolute address of a picture at its full size."""
    found = page.absolute(address)
    return re.sub(layout.image_sizes, "", found) if layout and layout.image_sizes else found


def _cuttings(page: Page, cut: Cut, around: Surroundings) -> Iterator[Element]:
    whole = set(cut.elements)
    if cut.place is not None:
        drops = [one for one in alternatives(cut.place.selectors.drop) if page.may_hold(one)]
        for element in cut.elements:
            yield from (found for one in drops for found in select(element, one) if found not in whole)
    if cut.is_loose:
        yield from (junk for junk in (*page.junk.boxes, *page.junk.lines) if whole.intersection(junk.iterancestors()))
        yield from (found for element in cut.elements for found in find_teasers(element))
        if cut.place is None:
            yield from (found for element in cut.elements for found in page.repeated(element))
        yield from _above_headline(cut.elements[0], around.heading)
    for element in around.apart:
        if whole.intersection(element.iterancestors()) and not (cut.is_loose and _is_prose(element, around.heading)):
            yield _line_of(element, whole, around.heading) if cut.is_loose else element


def _is_prose(element: Element, heading: Element | None) -> bool:
    """Whether a date or a name was read in the midst of a sentence, or leads into one: "<b>Paris, le 24 août</b> – Le …"."""
    if element is heading:
        return False
    around = element.getparent()
    leads_in = element.tag in _STRESS and around is not None and around.tag == "p"
    return len(text_of(around if leads_in and around is not None else element)) > _LONGEST_ABOVE - 80 * leads_in


def _line_of(element: Element, whole: set[Element], heading: Element | None) -> Element:
    """The short line that a date or a name stands in: "by X on 5 May 2024"."""
    if element is heading or len(text_of(element)) > _LONGEST_LINE:
        return element
    for around in element.iterancestors():
        if around in whole or len(around) > 8 or len(text_of(around)) > _LONGEST_LINE:
            break
        element = around
    return element


_LONGEST_LINE = 100


def _above_headline(text: Element, heading: Element | None) -> Iterator[Element]:
    """What stands in the text's element before the headline: dates, sections, ministries; but not pictures."""
    steps = [heading, *heading.iterancestors()] if heading is not None else []
    if text not in steps:
        return
    for step in steps[: steps.index(text)]:
        for before in step.itersiblings(preceding=True):
            if before.find(".//img") is None and before.tag != "img" and len(text_of(before)) < _LONGEST_ABOVE:
                yield before


_STRESS = frozenset(("strong", "b", "em", "i"))
_LONGEST_ABOVE = 200
