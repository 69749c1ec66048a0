"""All layouts by name, and which of them a page is of: for whoever opens a page."""

from __future__ import annotations

from scrapers.layouts import hemera, liferay, onecms, vccorp
from scrapers.layouts.layout import Layout
from scrapers.reading.tree import Element, alternatives, matches, names_in, names_needed

# The order matters where signs overlap: the more telling ones first.
LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (onecms.LAYOUT, hemera.LAYOUT, vccorp.LAYOUT, liferay.LAYOUT)
}


def by_name(name: str) -> Layout | None:
    """Return the layout of that name, or None."""
    return LAYOUTS.get(name)


def detect(tree: Element) -> Layout | None:
    """Return the family whose signs the page shows, or None."""
    names = names_in(tree)
    return next((layout for layout in LAYOUTS.values() if _shows(tree, names, layout)), None)


def _shows(tree: Element, names: frozenset[str], layout: Layout) -> bool:
    return any(
        names_needed(sign) <= names and matches(tree, sign) for signs in layout.signs for sign in alternatives(signs)
    )
