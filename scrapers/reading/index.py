"""Where each class, id and tag of a page stands, so that a selector looks at its neighbourhood and not at the whole page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from lxml import etree

from scrapers.reading.tree import Element, alternatives, select

_CLASSED = etree.XPath("//*[@class]")
_IDENTIFIED = etree.XPath("//*[@id]")
_CONDITIONS = re.compile(r"\[[^\]]*\]|:[\w-]+\([^)]*\)+")
_FIRST = re.compile(r"^([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+|:[\w-]+)*)")
_NAME = re.compile(r"[.#][\w-]+")
_MANY = 30
"""From so many starting points on, one search of the whole page is cheaper."""

_LONGEST = 10_000
"""Characters of a class attribute that are looked at; no template writes more."""


class Index:
    """The elements of a page by what the first part of a selector names: ".class", "#id"."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._classes: defaultdict[str, list[Element]] = defaultdict(list)
        self._ids: defaultdict[str, list[Element]] = defaultdict(list)
        for element in cast("list[Element]", _CLASSED(root)):
            for name in element.get("class", "")[:_LONGEST].split():
                self._classes[name].append(element)
        for element in cast("list[Element]", _IDENTIFIED(root)):
            self._ids[element.get("id", "").strip()].append(element)
        self.names = frozenset((*self._classes, *self._ids))
        """Every class and id of the page."""

    def named(self, name: str) -> list[Element]:
        """Return the elements with the class or the id ``name``."""
        return [*self._classes.get(name, ()), *self._ids.get(name, ())]

    def select(self, css: str) -> Iterator[Element]:
        """Yield what ``tree.select(root, css)`` yields, in the same order."""
        for alternative in alternatives(css):
            starts = self._starts(alternative)
            if starts is None:
                yield from select(self.root, alternative)
            else:
                for start in starts:
                    yield from select(start, alternative)

    def _starts(self, alternative: str) -> list[Element] | None:
        """The outermost elements the first part of the selector can match; None means anywhere."""
        name = _first_name(alternative)
        if not name:
            return None
        found = (self._classes if name[0] == "." else self._ids).get(name[1:], [])
        if len(found) > _MANY:
            return None
        members, outermost = dict.fromkeys(found), []
        for element in members:
            above = list(element.iterancestors())
            # Parts of the page that were cut since the index was made are no longer in it.
            attached = (above[-1] if above else element) is self.root
            if attached and members.keys().isdisjoint(above):
                outermost.append(element)
        return outermost


@lru_cache(maxsize=4096)
def _first_name(alternative: str) -> str:
    """Return the class or id the first part of a selector names, "" when it names none."""
    plain = _CONDITIONS.sub("", alternative)
    match = _FIRST.match(plain)
    names: list[str] = _NAME.findall(match.group(2)) if match else []
    ids = [name for name in names if name.startswith("#")]
    return (ids or names or [""])[0]
