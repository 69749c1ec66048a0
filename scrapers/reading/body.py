"""The text of an article: cut out of the page, cleaned, with its pictures and further reading apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from lxml import etree

from scrapers.items import Image, Link, Record
from scrapers.layouts.layout import Layout
from scrapers.reading.blocks import Block, Writer
from scrapers.reading.candidates import Witness
from scrapers.reading.density import find_text
from scrapers.reading.figures import make_figures
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Found, Place, look
from scrapers.reading.tree import Element, remove, select, text_of

_PIECES = frozenset(("p", "li", "h2", "h3", "h4", "blockquote", "pre"))


class Cut(Record, frozen=True, kw_only=True):
    """Where the text stands, before it is cut out."""

    elements: tuple[Element, ...]
    witness: Witness
    rule: str
    place: Place | None = None


class Body(Record, frozen=True, kw_only=True):
    html: str = ""
    text: str = ""
    images: tuple[Image, ...] = ()
    related: tuple[Link, ...] = ()


def find_body(page: Page, where: tuple[Place, ...]) -> Cut | None:
    """Return where the article's text stands, or None when the page has none."""
    for found in look(page, where, "body"):
        if text_of(found.element) or found.element.find(".//img") is not None:
            elements = _all_pieces(page, found) if found.element.tag in _PIECES else (found.element,)
            return Cut(elements=elements, witness=found.place.witness, rule=found.rule, place=found.place)
    return _by_density(page)


def _all_pieces(page: Page, found: Found) -> tuple[Element, ...]:
    """A selector that names paragraphs means all of them."""
    pieces = list(page.select(found.selector))
    within = set(pieces)
    return tuple(piece for piece in pieces if not any(around in within for around in piece.iterancestors()))


def _by_density(page: Page) -> Cut | None:
    text = find_text(page, page.junk)
    if text is None:
        return None
    element, sign = text
    if not sign:
        return Cut(elements=(element,), witness="guess", rule="general: where the text is densest")
    return Cut(
        elements=(element,), witness="microdata" if "articleBody" in sign else "visible", rule=f"general: {sign}"
    )


def read_body(page: Page, cut: Cut, *, apart: Iterable[Element], headline: str, layout: Layout | None) -> Body:
    """Cut the text out of the page and clean it; the page's tree is spent afterwards.

    ``apart`` are elements read as other fields; what the text repeats of the headline goes too.
    """
    for element in _cuttings(page, cut, apart):
        remove(element)
    # A tail belongs to the page around the cut.
    pieces = [etree.tostring(element, encoding="unicode", method="html", with_tail=False) for element in cut.elements]
    soup = BeautifulSoup("".join(pieces), "lxml")
    images = make_figures(soup, page.absolute)
    writer = Writer(page.absolute).write(soup)
    writer.blocks = list(_useful(writer.blocks, headline, known=cut.place is not None))
    return Body(
        html=writer.html,
        text=writer.text,
        images=tuple(images),
        related=tuple(writer.related),
    )


def _cuttings(page: Page, cut: Cut, apart: Iterable[Element]) -> Iterator[Element]:
    whole = set(cut.elements)
    if cut.place is not None:
        for element in cut.elements:
            yield from (found for found in select(element, cut.place.selectors.drop) if found not in whole)
    else:
        yield from (junk for junk in page.junk if whole.intersection(junk.iterancestors()))
    yield from (element for element in apart if whole.intersection(element.iterancestors()))


def _useful(blocks: list[Block], headline: str, *, known: bool) -> Iterator[Block]:
    said = folded(headline)
    for block in blocks:
        if said and block.kind in ("text", "heading") and folded(block.text) == said:
            continue
        if known or not _is_menu(block):
            yield block


def _is_menu(block: Block) -> bool:
    """A list that is nothing but links leads away from the text, unless it leads to files."""
    return block.kind == "list" and block.links > 0.8 * len(block.text) and not _FILES.search(block.html)


_FILES = re.compile(r'href="[^"]+\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv|ods|odt)\b', re.I)
