"""The lines of a page, and which of them stand on every page of the website: for templates and those who use them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from scrapers.reading.text import clean
from scrapers.reading.tree import BLOCKS, UNSEEN, Element

WIDTH = 8
"""Bytes that stand for a line in a template; the same in every process."""
_FAITHFUL = frozenset(("td", "th", "tr", "tbody", "thead", "dt", "dd", "caption", "figcaption", "figure"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


class Line(NamedTuple):
    element: Element
    """The block it stands in."""
    text: str
    linked: bool
    """Whether most of it leads somewhere."""


def read_lines(root: Element, *, without: frozenset[Element] = frozenset()) -> list[Line]:
    """Return the visible lines in ``root`` in the page's order, without those in the elements ``without``."""
    gatherer = _Gatherer(without)
    gatherer.block(root)
    return gatherer.lines


class _Gatherer:
    def __init__(self, without: frozenset[Element]) -> None:
        self.lines: list[Line] = []
        self._without = without
        self._pieces: list[str] = []
        self._linked = self._whole = 0

    def block(self, element: Element) -> None:
        self._inside(element, element, linked=next(element.iterancestors("a"), None) is not None)
        self._end(element)

    def _inside(self, element: Element, block: Element, *, linked: bool) -> None:
        self._add(element.text, linked)
        for child in element:
            if child.tag in UNSEEN or child in self._without:
                pass
            elif child.tag in BLOCKS:
                self._end(block)
                self._inside(child, child, linked=linked)
                self._end(child if child.tag != "br" else block)
            else:
                self._inside(child, block, linked=linked or child.tag == "a")
            self._add(child.tail, linked)

    def _add(self, text: str | None, linked: bool) -> None:
        if text:
            self._pieces.append(text.replace("\n", " "))
            length = len(text.strip())
            self._whole += length
            self._linked += length if linked else 0

    def _end(self, block: Element) -> None:
        text = clean("".join(self._pieces)) if self._pieces else ""
        if text:
            self.lines.append(Line(block, text, self._linked * 3 > self._whole * 2))
        self._pieces.clear()
        self._linked = self._whole = 0


def digest(text: str, *, linked: bool = False) -> bytes:
    """Return what stands for a line. A headline is no link's words, though other pages link to it by its words."""
    words = f"\N{LINK SYMBOL}{text}" if linked else text
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=WIDTH).digest()


def tells(text: str) -> bool:
    """Whether a line can be told from others: numbers and rows of dots return by chance."""
    return sum(map(str.isalpha, text)) > sum(map(str.isdigit, text))


@lru_cache(maxsize=64)
def known_lines(digests: bytes) -> frozenset[bytes]:
    """Return a template's lines one by one."""
    return frozenset(digests[start : start + WIDTH] for start in range(0, len(digests), WIDTH))


class _Count:
    __slots__ = ("alone", "linked", "repeated", "whole")

    def __init__(self) -> None:
        self.whole = self.repeated = self.linked = self.alone = 0


def repeated(root: Element, digests: bytes, *, without: frozenset[Element] = frozenset()) -> frozenset[Element]:
    """Return the topmost elements in ``root`` that hold only what every page of the website holds.

    Lists that lead elsewhere count when most of their lines are known: the newest articles are others every day.
    What stands alone in a table, under a picture or as a heading may belong to what is beside it, and stays.
    """
    known = known_lines(digests)
    counts = _counted(
        root, [(line, digest(line.text, linked=line.linked) in known) for line in read_lines(root, without=without)]
    )
    whole = counts.get(root)
    if whole is None or not whole.repeated or whole.repeated == whole.whole:
        return frozenset()
    return frozenset(_topmost(root, counts))


def _counted(root: Element, lines: list[tuple[Line, bool]]) -> dict[Element, _Count]:
    counts: defaultdict[Element, _Count] = defaultdict(_Count)
    for line, is_known in lines:
        element: Element | None = line.element
        while element is not None:
            count = counts[element]
            count.whole += 1
            count.repeated += is_known
            count.linked += line.linked
            count.alone += line.linked or is_known
            element = None if element is root else element.getparent()
    return counts


def _topmost(root: Element, counts: dict[Element, _Count]) -> Iterator[Element]:
    waiting = list(root)
    while waiting:
        element = waiting.pop()
        count = counts.get(element)
        if count is None or not count.repeated:
            continue
        if _is_chrome(count):
            if not _belongs(element, count, counts):
                yield element
        else:
            waiting.extend(element)


def _is_chrome(count: _Count) -> bool:
    leads_elsewhere = count.alone == count.whole and count.whole >= 3 and count.repeated * 2 >= count.whole
    return count.repeated == count.whole or leads_elsewhere


def _belongs(element: Element, count: _Count, counts: dict[Element, _Count]) -> bool:
    """Whether the element may be part of a table, a picture or a chapter that is the article's own."""
    if count.whole > 2:
        return False
    if element.tag in _FAITHFUL:
        return count.linked < count.whole
    if element.tag in _HEADINGS:
        after = counts.get(following) if (following := element.getnext()) is not None else None
        return after is not None and not _is_chrome(after)
    return count.linked < count.whole and element.find(".//img") is not None


def teaser_boxes(lines: list[Line]) -> frozenset[Element]:
    """Return the boxes, several alike side by side, that each lead elsewhere and say something of it."""
    count = Counter(box for line in lines for box in _boxes(line.element))
    leading = {box for line in lines if line.linked for box in _boxes(line.element) if 1 < count[box] <= _MOST_TEASED}
    alike: defaultdict[tuple[Element | None, object, str], list[Element]] = defaultdict(list)
    for box in leading:
        alike[box.getparent(), box.tag, box.get("class", "")].append(box)
    return frozenset(box for boxes in alike.values() if len(boxes) > 1 for box in boxes)


def _boxes(element: Element) -> tuple[Element, ...]:
    parent = element.getparent()
    return (element,) if parent is None else (element, parent)


_MOST_TEASED = 6
"""Lines: title, day, section and a sentence or two."""
