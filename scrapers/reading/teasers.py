"""Boxes within a text that show other articles: a linked headline, often with a picture and a line. For the general reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from scrapers.reading.tree import Element, text_of

_HEADINGS = etree.XPath(
    ".//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6][.//a[@href] or ancestor::a[@href]]"
)
_LINKED_PICTURES = etree.XPath(".//a[@href]//img")
_LENGTH = etree.XPath("string-length(normalize-space(.))")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv|ods|odt|jpe?g|png|gif|webp)(?:$|[?#])", re.I)
_LARGEST, _SPOKEN = 600, 320
_FOLLOWED = 120
_FEW, _PART = 60, 0.3
"""Boxes that say more than so much beside their headline may be what the text is about, when they are a good part of it."""
_ROWS = 3


def find_teasers(root: Element) -> Iterator[Element]:
    """Yield the boxes in ``root`` that lead to other articles, not the linked headings of the text's own sections."""
    linked = [heading for heading in cast("list[Element]", _HEADINGS(root)) if _is_linked(heading, root)]
    among = set(linked)
    telling: list[Element] = []
    for heading in linked:
        box = _box(heading, root, among)
        if box is heading:
            if not _is_followed(box):
                yield box
        elif (unlinked := _unlinked(box)) < _FEW:
            yield box
        elif unlinked < _SPOKEN:
            telling.append(box)
    if sum(map(_length, telling)) < _PART * _length(root):
        yield from telling
    yield from _picture_rows(root)


def _is_linked(heading: Element, root: Element) -> bool:
    within = [around for around in heading.iterancestors("a") if root in around.iterancestors()]
    links = within or [link for link in heading.iter("a") if link.get("href")]
    if any(_stays(link) for link in links):
        return False
    text = text_of(heading)
    return len(text) > _SHORTEST and (bool(within) or sum(len(text_of(link)) for link in links) >= 0.9 * len(text))


_SHORTEST = 15


def _stays(link: Element) -> bool:
    """Whether the link leads to a place in the page, or to a file."""
    href = (link.get("href") or "").strip()
    return href.startswith(("#", "mailto:", "tel:")) or _FILE.search(href) is not None


def _box(heading: Element, root: Element, among: set[Element]) -> Element:
    """The largest element around a linked heading that is about nothing else."""
    box = heading
    for around in heading.iterancestors():
        if around is root or around.tag in ("body", "main") or _length(around) > _LARGEST:
            break
        if any(other in among for other in around.iter("h2", "h3", "h4", "h5", "h6") if other is not heading):
            break
        box = around
    return box


def _length(element: Element) -> float:
    return cast("float", _LENGTH(element))


def _is_followed(box: Element) -> bool:
    """Whether sentences follow: then it is the heading of a section."""
    following = box.getnext()
    said = (box.tail or "").strip() + (text_of(following) if following is not None else "")
    return len(said) > _FOLLOWED


def _unlinked(box: Element) -> int:
    return len(text_of(box)) - sum(len(text_of(link)) for link in box.iter("a"))


def _picture_rows(root: Element) -> Iterator[Element]:
    """Rows of boxes of one shape, each a linked picture with linked words."""
    seen: set[Element] = set()
    for picture in cast("list[Element]", _LINKED_PICTURES(root)):
        for around in picture.iterancestors():
            if around is root:
                break
            rows = [child for child in around if child.tag == around[0].tag]
            if len(rows) >= _ROWS and around not in seen:
                seen.add(around)
                if sum(map(_is_teaser, rows)) > 0.7 * len(around):
                    yield around
                break


def _is_teaser(row: Element) -> bool:
    text = text_of(row)
    links = [link for link in row.iter("a") if not _stays(link)]
    linked = sum(len(text_of(link)) for link in links)
    return _SHORTEST < len(text) <= _LARGEST and linked > 0.4 * len(text) and row.find(".//img") is not None
