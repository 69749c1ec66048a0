"""What stands between a headline and the text it belongs to: pictures and opening words. For the general reader."""

from __future__ import annotations

from itertools import islice
from typing import cast

from lxml import etree

from scrapers.reading.figures import CAPTION
from scrapers.reading.media import MARK
from scrapers.reading.page import Page
from scrapers.reading.teasers import find_teasers
from scrapers.reading.tree import Element, size, text_of

_FOLLOWING = etree.XPath("following::*")
_MOST, _MOST_WORDS = 3, 8
_SHORTEST, _LONGEST = 50, 1500
_SPOKEN = frozenset(("p", "div", "h2", "h3", "h4", "strong", "span", "blockquote"))
_INLINE = frozenset(str.split("a b strong i em u span font sup sub br small mark abbr cite q time s"))
_FARTHEST = 400
"""Elements that may stand between a headline and its text."""


def find_leads(page: Page, begin: Element, heading: Element | None, apart: set[Element]) -> list[Element]:
    """Return what belongs to the article between its headline and ``begin``, without what is read ``apart``."""
    if heading is None or heading.tag == "meta":
        return []
    found: dict[Element, None] = {}
    for element in _between(heading, begin):
        lead = _lead(page, element)
        if lead is not None and found.keys().isdisjoint(lead.iterancestors()) and not _touches(lead, apart):
            found[lead] = None
    return _few(list(found), heading, begin) if found else []


def _touches(lead: Element, apart: set[Element]) -> bool:
    return not (apart.isdisjoint(lead.iter()) and apart.isdisjoint(lead.iterancestors()))


def _between(heading: Element, begin: Element) -> list[Element]:
    """The elements from headline to text; none when the text does not follow the headline."""
    if begin in set(heading.iterancestors()):
        return []
    found: list[Element] = []
    for element in islice(cast("list[Element]", _FOLLOWING(heading)), _FARTHEST):
        if element is begin:
            return found
        found.append(element)
    return []


def _few(found: list[Element], heading: Element, begin: Element) -> list[Element]:
    """The first pictures, and the words unless they are so many that most must be something else."""
    around = set(heading.iterancestors())
    region = next(one for one in begin.iterancestors() if one in around)
    teasers = set(find_teasers(region))
    found = [one for one in found if teasers.isdisjoint((one, *one.iterancestors()))]
    pictures = [one for one in found if _is_picture(one)][:_MOST]
    words = [one for one in found if not _is_picture(one)]
    kept = {*pictures, *(words if len(words) <= _MOST_WORDS else ())}
    return [one for one in found if one in kept]


def _is_picture(element: Element) -> bool:
    return element.tag in ("img", "figure", MARK)


def _lead(page: Page, element: Element) -> Element | None:
    if element.tag == MARK:
        return None if page.in_junk(element) else element
    if element.tag == "img":
        return None if page.in_junk(element) else next(element.iterancestors("figure"), element)
    if element.tag in _SPOKEN and _opens(element) and not page.in_junk(element):
        return None if _apart(page, element) else element
    return None


def _opens(element: Element) -> bool:
    """Whether the element is one paragraph of sentences."""
    if size(element) > 40 or any(child.tag not in _INLINE for child in element.iterdescendants()):
        return False
    text = text_of(element)
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return _SHORTEST <= len(text) <= _LONGEST and linked < 0.4 * len(text) and text.count(" ") >= _FEWEST


_FEWEST = 6


def _apart(page: Page, element: Element) -> bool:
    """Whether the words belong to a link, a picture or a line about the article."""
    lines = page.junk.lines
    return any(
        one in lines or one.tag in _NO_WORDS or CAPTION.search(one.get("class", "").split(" ")[0]) is not None
        for one in (element, *element.iterancestors())
    )


_NO_WORDS = frozenset(("a", "figure", "figcaption", "table", "li"))
