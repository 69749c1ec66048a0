"""What a website's other pages have taught, put to use on one page: for the general reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from scrapers.items import Spot, Template
from scrapers.reading.lines import digest, known_lines, read_lines, tells
from scrapers.reading.page import Page
from scrapers.reading.places import Place
from scrapers.reading.tree import Element, length
from scrapers.sources import ArticleSelectors

SURE = 3
"""So many pages make a learnt place as good as one that a layout names; with fewer it is a likely one."""
_SHORT = 200
"""A text of fewer characters is looked at twice before it is believed."""


def called(template: Template) -> str:
    """What rules and notes call it: "template 3 (12 pages)"."""
    pages = "1 page" if template.pages == 1 else f"{template.pages} pages"
    return f"template {template.version} ({pages})" if template.version else f"template ({pages})"


def trust(spot: Spot) -> Literal["template", "visible"]:
    return "template" if spot.pages >= SURE else "visible"


def learnt(template: Template | None) -> Iterator[Place]:
    """Yield where headline and date stand, for those who look a page's fields up; the text is weighed apart."""
    if template and template.headlines:
        selectors = ArticleSelectors(headline=_css(template.headlines))
        yield Place(witness=trust(template.headlines[0]), name=called(template), selectors=selectors)
    if template and template.dates:
        # What a page states to machines is surer than the line that looks like its date on other pages.
        selectors = ArticleSelectors(published=_css(template.dates))
        yield Place(witness="visible", name=called(template), selectors=selectors)


def _css(spots: tuple[Spot, ...]) -> str:
    return ", ".join(spot.selector for spot in spots)


def departures(page: Page, rule: str) -> tuple[str, ...]:
    """Return what people should know when a page is not as its website's other pages; ``rule`` found its text."""
    template = page.template
    if template is None or not template.texts or rule.startswith(("template", "layout", "source")):
        return ()
    said = (
        f"The text does not stand where {called(template)} says, {_css(template.texts)}; the general reader found it."
    )
    return (f"{said} If this goes on, the website was rebuilt, and is learnt anew.",)


def text_place(page: Page) -> tuple[Element, Spot] | None:
    """Return where the page's text stands as far as the website's other pages tell, or None."""
    for spot in page.template.texts if page.template else ():
        for element in page.select(spot.selector):
            if _holds_text(page, element):
                return element, spot
            break
    return None


def _holds_text(page: Page, element: Element) -> bool:
    """Whether something of the page's own is said there."""
    if length(element) > 4 * _SHORT:
        return True
    lines = read_lines(element, without=page.junk.boxes)
    return any(tells(line.text) and not repeats(page.template, line.text) for line in lines if not line.linked)


def repeats(template: Template | None, text: str) -> bool:
    """Whether a line stands on every page of the website, so that it can be neither headline nor text."""
    return template is not None and bool(template.lines) and digest(text) in known_lines(template.lines)
