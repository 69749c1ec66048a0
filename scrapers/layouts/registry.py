"""All layouts by name, and which of them a page is of: for whoever opens a page."""

from __future__ import annotations

from scrapers.layouts import hemera, liferay, onecms, vccorp
from scrapers.layouts.layout import Layout
from scrapers.reading.index import Index
from scrapers.reading.tree import Element, alternatives, matches, names_in, names_needed, words_needed

# The order matters where signs overlap: the more telling ones first.
LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (onecms.LAYOUT, hemera.LAYOUT, vccorp.LAYOUT, liferay.LAYOUT)
}


def by_name(name: str) -> Layout | None:
    """Return the layout of that name, or None."""
    return LAYOUTS.get(name)


def detect(tree: Element, *, names: frozenset[str] | None = None, markup: str = "") -> Layout | None:
    """Return the family whose signs the page shows, or None.

    Given the page's classes and ids (``names``) and its text (``markup``), which the caller may have, it is faster.
    """
    names = names_in(tree) if names is None else names
    return next((layout for layout in LAYOUTS.values() if _shows(tree, names, markup, layout)), None)


def recognise(index: Index, named: str, *, markup: str) -> Layout | None:
    """Return the layout a source names, unless the page shows no sign of it but those of another: websites move."""
    layout, tree, names = by_name(named), index.root, index.names
    if layout and any(
        _may_stand(sign, names, markup) and any(True for _ in index.select(sign)) for sign in _signs(layout)
    ):
        return layout
    return detect(tree, names=names, markup=markup) or layout


def _shows(tree: Element, names: frozenset[str], markup: str, layout: Layout) -> bool:
    return any(_may_stand(sign, names, markup) and matches(tree, sign) for sign in _signs(layout))


def _signs(layout: Layout) -> list[str]:
    return [sign for signs in layout.signs for sign in alternatives(signs)]


def _may_stand(sign: str, names: frozenset[str], markup: str) -> bool:
    return names_needed(sign) <= names and (not markup or all(word in markup for word in words_needed(sign)))
