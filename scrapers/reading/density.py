"""Where the text of a page is, found by looking at where its words are: for pages of no known layout."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from scrapers.reading.endings import is_office
from scrapers.reading.page import Page
from scrapers.reading.tree import Element, select, text_of

# Said by a website's own editors to be the text; the more telling first.
STATED = (
    "[itemprop=articleBody]", "[property='schema:articleBody']", ".field--name-body", ".field-name-body", ".entry-content", ".post-content",
    ".article-content", ".article-body", ".article__body", ".article__content", ".news-content", ".news-detail-content", ".detail-content",
    ".content-detail", ".story-body", ".single-content", ".post-body", ".govspeak", ".item-page", ".com-content-article__body", "article",
    "main", "[role=main]", "#main-content", "#content",
)  # fmt: skip
_TEXTUAL = frozenset(
    str.split("p pre blockquote li td dd h2 h3 h4 div section article font span center main body form")
)
_INLINE = frozenset(str.split("a b strong i em u span font sup sub br small mark abbr code cite q time ins del s"))
_COUNTED = _INLINE | {"p", "li", "td"}
_PROSE = 25
_SHARE = 0.95
_FEW = 300


class Weights:
    """How much prose stands in each element, links and junk not counted."""

    def __init__(self, root: Element, junk: frozenset[Element], *, least: int = _PROSE) -> None:
        self._of: dict[Element, float] = {}
        for element in seen(root, junk):
            weight = _prose(element, least) if element.tag in _TEXTUAL else 0.0
            if weight:
                self._add(element, weight)

    def _add(self, element: Element, weight: float) -> None:
        self._of[element] = self._of.get(element, 0.0) + weight
        for around in element.iterancestors():
            self._of[around] = self._of.get(around, 0.0) + weight

    def of(self, element: Element) -> float:
        return self._of.get(element, 0.0)


def seen(root: Element, junk: frozenset[Element]) -> Iterator[Element]:
    """Yield the elements in ``root`` in the page's order, without what is junk and what stands in it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element not in junk:
            yield element
            waiting.extend(reversed(element))


def _prose(element: Element, least: int) -> float:
    text, linked = _own_words(element)
    prose = text - 2 * linked
    if prose < least or (prose < _OFFICE and is_office(opening_of(element))):
        return 0.0
    # List items, table cells and headings are text too, but seldom what makes a page an article.
    return prose if element.tag in _MAIN else prose * 0.6


_OFFICE = 400
"""Characters to which lines can be an office's address and telephone."""


def opening_of(element: Element) -> str:
    """The first words in the element."""
    return next((words for text in islice(element.itertext(), 8) if (words := str(text).strip())), "")[:80]


_MAIN = frozenset(("p", "blockquote", "pre", "div", "span", "font"))


def _own_words(element: Element) -> tuple[int, int]:
    """Characters that stand in the element itself or in inline elements in it; and how many of them are links."""
    around = element.getparent()
    if element.tag in _INLINE and around is not None and around.tag in _COUNTED:
        return 0, 0
    total, linked = _length(element.text), 0
    for child in element:
        total += _length(child.tail)
        if child.tag in _INLINE:
            words = len("".join(map(str, child.itertext())).strip()) if len(child) < 40 else 0
            total += words
            linked += words if child.tag == "a" else sum(_length(a.text) for a in child.iter("a"))
    return total, linked


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def find_text(page: Page, junk: frozenset[Element]) -> tuple[Element, str] | None:
    """Return the element that holds the page's text and the sign it bears, or None when there is no text."""
    body = next(select(page.root, "body"), page.root)
    weights = Weights(body, junk)
    if weights.of(body) < _FEW:
        # A notice of five words is a text too.
        weights = Weights(body, junk, least=1)
    whole = weights.of(body)
    if not whole:
        return _named(page, junk)
    for css in STATED:
        best = max(page.select(css), key=weights.of, default=None)
        if best is not None and weights.of(best) > 0.4 * whole:
            return (_narrowed(best, weights) if css in ROOMY else best), css
    return _narrowed(body, weights), ""


def _named(page: Page, junk: frozenset[Element]) -> tuple[Element, str] | None:
    """An element that bears a sign of text, for texts that are links or lists alone."""
    for css in STATED[: STATED.index("article")]:
        for element in page.select(css):
            if element not in junk and text_of(element):
                return element, css
    return None


ROOMY = frozenset(STATED[STATED.index("article") :])


def _narrowed(element: Element, weights: Weights) -> Element:
    """Follow the text down until it parts."""
    while True:
        best = _cell(element, weights)
        if best is None:
            best = max(element, key=weights.of, default=None)
        if best is None or weights.of(best) < _SHARE * weights.of(element) or best.tag in _UNDIVIDED:
            return element
        if any(_is_alike(best, other) and weights.of(other) for other in element if other is not best):
            return element
        element = best


def _cell(element: Element, weights: Weights) -> Element | None:
    """The one cell that holds a table's text: then the table only arranges the page."""
    if element.tag not in ("table", "tbody", "tr"):
        return None
    depth = ("tr", "tbody", "table").index(str(element.tag))
    cells = [cell for row in _rows(element, depth) for cell in row if cell.tag == "td"]
    best = max(cells, key=weights.of, default=None)
    return best if best is not None and weights.of(best) > _FEW else None


def _rows(element: Element, depth: int) -> Iterator[Element]:
    if element.tag == "tr":
        yield element
    elif depth:
        for child in element:
            if child.tag in ("tr", "tbody"):
                yield from _rows(child, depth - 1)


_UNDIVIDED = frozenset(("p", "span", "font", "tr", "tbody", "li"))


def _is_alike(one: Element, other: Element) -> bool:
    """Whether two elements are pieces of the same kind, as page builders write them."""
    return other.tag == one.tag and bool(one.get("class")) and other.get("class") == one.get("class")
