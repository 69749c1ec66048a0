"""All layouts by name, and which of them a page is of: for whoever opens a page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, NamedTuple, cast

from lxml import etree

from scrapers.layouts import (
    dnn,
    drupal,
    drupal7,
    dsfr,
    ecl,
    gcweb,
    goid,
    gojp,
    gokr,
    govcms,
    govcn,
    govhk,
    govuk,
    hemera,
    isomer,
    joomla,
    liferay,
    moit,
    onecms,
    plone,
    tandan,
    typo3,
    uswds,
    vccorp,
    vietnamnews,
    vnpt,
    volto,
    wordpress,
)
from scrapers.layouts.layout import Layout
from scrapers.reading.index import Index
from scrapers.reading.tree import Element, alternatives, names_needed, select, words_needed

# The order matters on pages that show signs of several: first what one vendor or design system alone writes, then
# the systems underneath, which fill in what the former do not name.
LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        onecms.LAYOUT,
        hemera.LAYOUT,
        govuk.LAYOUT,
        ecl.LAYOUT,
        dsfr.LAYOUT,
        gcweb.LAYOUT,
        vccorp.LAYOUT,
        tandan.LAYOUT,
        vnpt.LAYOUT,
        vietnamnews.LAYOUT,
        moit.LAYOUT,
        dnn.LAYOUT,
        govcn.LAYOUT,
        gojp.LAYOUT,
        gokr.LAYOUT,
        govhk.LAYOUT,
        isomer.LAYOUT,
        goid.LAYOUT,
        volto.LAYOUT,
        plone.LAYOUT,
        typo3.LAYOUT,
        joomla.LAYOUT,
        liferay.LAYOUT,
        govcms.LAYOUT,
        uswds.LAYOUT,
        drupal.LAYOUT,
        drupal7.LAYOUT,
        wordpress.LAYOUT,
    )
}


_HEAD = etree.XPath("/html/head/*/@*", smart_strings=False)
_VALUE = re.compile(r"""=\s*["']?([^"'\]]+)""")
_PLAIN = re.compile(r"[.#][\w-]+")


class _Sign(NamedTuple):
    layout: str
    css: str
    names: frozenset[str]
    words: tuple[str, ...]
    part: Literal["names", "head", "page"]
    """Which part of the page must hold the words."""


def by_name(name: str) -> Layout | None:
    """Return the layout of that name, or None."""
    return LAYOUTS.get(name)


def recognise(index: Index, named: str, *, markup: str) -> tuple[Layout, ...]:
    """Return the layouts whose signs the page shows, most telling first; the one a source names before all others.

    When the page shows no sign of the named one, but of others, they are right: websites move. When it shows none at
    all, the named one is tried.
    """
    shown = _shown(index, markup)
    found = tuple(layout for layout in LAYOUTS.values() if layout.name in shown)
    layout = by_name(named)
    if layout is None or (found and layout not in found):
        return found
    return (layout, *(other for other in found if other is not layout))


def detect(tree: Element, *, markup: str = "") -> Layout | None:
    """Return the most telling family whose signs the page shows, or None."""
    return next(iter(recognise(Index(tree), "", markup=markup)), None)


def _shown(index: Index, markup: str) -> set[str]:
    """Only signs whose class or id stands in the page are looked for, and those that name neither."""
    likely = [sign for name in index.names & _NAMES for sign in _BY_NAME[name]]
    texts = {"names": " ".join(index.names), "head": _told_in_head(index.root), "page": markup}
    shown: set[str] = set()
    for sign in (*likely, *_NAMELESS):
        if sign.layout not in shown and _may_stand(sign, index.names, texts) and _stands(sign, index):
            shown.add(sign.layout)
    return shown


def _may_stand(sign: _Sign, names: frozenset[str], texts: Mapping[str, str]) -> bool:
    """Whether the classes and ids are there, and the words, looked for in the smallest text that must hold them."""
    text = texts[sign.part]
    return sign.names <= names and (not text or all(word in text for word in sign.words))


def _told_in_head(root: Element) -> str:
    return "\n".join(cast("list[str]", _HEAD(root)))


def _stands(sign: _Sign, index: Index) -> bool:
    if _PLAIN.fullmatch(sign.css):
        # Its name stands in the page, and nothing more is asked.
        return True
    head = index.root.find("head") if sign.part == "head" else None
    return any(True for _ in (index.select(sign.css) if head is None else select(head, sign.css)))


def _signs() -> list[_Sign]:
    return [
        _sign(layout.name, css) for layout in LAYOUTS.values() for signs in layout.signs for css in alternatives(signs)
    ]


def _sign(layout: str, css: str) -> _Sign:
    words = words_needed(css)
    if "id" in words:
        return _Sign(layout, css, names_needed(css), tuple(word for word in words if word != "id"), "names")
    if css.startswith(("meta", "link", "script")):
        return _Sign(layout, css, names_needed(css), tuple(_VALUE.findall(css)), "head")
    return _Sign(layout, css, names_needed(css), words, "page")


def _by_name(signs: list[_Sign]) -> dict[str, list[_Sign]]:
    by_name: defaultdict[str, list[_Sign]] = defaultdict(list)
    for sign in signs:
        if sign.names:
            # The longest name is the rarest.
            by_name[max(sign.names, key=len)].append(sign)
    return dict(by_name)


_BY_NAME = _by_name(_signs())
_NAMES = frozenset(_BY_NAME)
_NAMELESS = [sign for sign in _signs() if not sign.names]
