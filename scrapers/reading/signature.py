"""The name under a text: newspapers sign at the end of the last paragraph. For the reader of bodies."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag

from scrapers.reading.inline import spoken

_SIGNED = re.compile(r"^(?:tin|bài|ảnh|tác giả|thực hiện)(?:\s*(?:,|và|-)\s*(?:bài|ảnh))?\s*:\s*\S", re.I)
_TAKEN_FROM = re.compile(r"^\(?\s*(?:theo|nguồn\s*:|source\s*:|quelle\s*:)\s+\S", re.I)
_NAME = re.compile(r"^(?:[^\W\d_][\w'’.-]*)(?:[\s,/&-]+[^\W\d_][\w'’.-]*){0,9}$")
_LONGEST = 60
_PARTS = ("p", "div", "h3", "h4", "h5", "h6", "blockquote")


def take_signature(soup: BeautifulSoup, *, trusting: bool, wanted: Callable[[str], bool]) -> str:
    """Take the signature off the end of the text and return it, or "" when there is none that is ``wanted``.

    When ``trusting``, a name that is all bold counts although it stands at the left, as it does in newspapers
    whose layout we know.
    """
    last = _last_words(soup)
    if last is None:
        return ""
    words = spoken(last).replace("\n", " ")
    if not _is_signature(last, words, trusting=trusting) or not wanted(words):
        return ""
    last.decompose()
    return words


def _last_words(soup: BeautifulSoup) -> Tag | None:
    for element in reversed(soup.find_all(_PARTS)):
        if spoken(element):
            within = element.find((*_PARTS, "ul", "ol", "table", "figure", "img"))
            return element if within is None and _ends_text(element) else None
    return None


def _ends_text(element: Tag) -> bool:
    """Whether nothing else is said after it, and something before."""
    following = any(
        str(node).strip()
        for node in element.next_elements
        if not isinstance(node, Tag) and node not in element.descendants
    )
    return not following and element.find_previous(("p", "div", "br")) is not None


def _is_signature(element: Tag, words: str, *, trusting: bool) -> bool:
    if not 2 < len(words) <= _LONGEST or any(character.isdigit() for character in words) or words[-1] in ".!?:;":
        return False
    if _SIGNED.match(words):
        return True
    if _TAKEN_FROM.match(words):
        return len(words.split()) <= 6
    if not _NAME.match(words) or not words[0].isupper():
        return False
    return _at_the_right(element) or (trusting and _is_bold(element, words) and _is_name(words))


def _at_the_right(element: Tag) -> bool:
    style = str(element.get("style") or "").replace(" ", "").lower()
    names = " ".join(name for name in element.get_attribute_list("class") if name).lower()
    aligned = "text-align:right" in style or str(element.get("align") or "").lower() == "right"
    return aligned or re.search(r"(?:^|[\s-])(?:align|text)-?right\b|^right$", names) is not None


def _is_bold(element: Tag, words: str) -> bool:
    return len("".join(spoken(part) for part in element.find_all(("b", "strong")))) >= len(words) - 2


def _is_name(words: str) -> bool:
    parts = words.replace("-", " ").split()
    return len(parts) <= 5 and all(part[0].isupper() for part in parts)
