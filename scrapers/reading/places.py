"""Where a page's fields are expected to stand: the source's own selectors, its layout's, the general ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from scrapers.items import Record
from scrapers.layouts.layout import Layout
from scrapers.reading.page import Page
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, alternatives, text_of
from scrapers.sources import ArticleSelectors, Source

Field = Literal[
    "headline", "kicker", "section", "published", "modified", "lede", "body", "authors", "origin", "tags", "attachments", "related",
    "comments", "drop",
]  # fmt: skip


class Place(Record, frozen=True, kw_only=True):
    witness: Literal["source", "layout", "template", "visible"]
    name: str
    """As rules call it: "source", "layout onecms", "template 3 (12 pages)", "general"."""
    selectors: ArticleSelectors
    layout: Layout | None = None

    @property
    def is_learnt(self) -> bool:
        """Whether other pages of the website taught it."""
        return self.name.startswith("template ")

    @property
    def is_loose(self) -> bool:
        """Whether what it finds must still be weighed."""
        return self.witness in ("template", "visible")


class Found(Record, frozen=True, kw_only=True):
    element: Element
    place: Place
    selector: str

    @property
    def rule(self) -> str:
        return f"{self.place.name}: {self.selector}"


def places(
    source: Source | None, layouts: Iterable[Layout], general: Layout, *, learnt: Iterable[Place] = ()
) -> tuple[Place, ...]:
    """Return where to look, most trusted first."""
    known: list[Place] = []
    if source and source.selectors.article:
        known.append(Place(witness="source", name="source", selectors=source.selectors.article))
    told = [
        Place(
            witness="visible" if one.loose else "layout",
            name=f"layout {one.name}",
            selectors=one.article,
            layout=one,
        )
        for one in layouts
        if one.article
    ]
    known += [place for place in told if not place.is_loose]
    known += learnt
    # What a widespread system calls its fields is no better a witness than how the page looks.
    known += [place for place in told if place.is_loose]
    if general.article:
        known.append(Place(witness="visible", name="general", selectors=general.article))
    return tuple(known)


def look(page: Page, where: tuple[Place, ...], field: Field) -> Iterator[Found]:
    """Yield what stands in the field's places, best place first."""
    for place in where:
        for selector in alternatives(getattr(place.selectors, field)):
            for element in page.select(selector):
                yield Found(element=element, place=place, selector=selector)


def look_all(page: Page, where: tuple[Place, ...], field: Field) -> list[Found]:
    """Return everything the first selector that matches something finds: for fields of several values."""
    for place in where:
        for selector in alternatives(getattr(place.selectors, field)):
            found = [Found(element=element, place=place, selector=selector) for element in page.select(selector)]
            if any(said(one.element) for one in found):
                return found
    return []


def said(element: Element) -> str:
    """Return what the element says: its text, else what a meta element or an image stands for."""
    return text_of(element) or clean(element.get("content", "") or "")
