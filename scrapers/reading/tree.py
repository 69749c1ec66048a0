"""Text into a tree, and CSS selectors on it: for layouts, entrances and everything that reads a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import cast

from cssselect import HTMLTranslator, SelectorError
from cssselect.xpath import XPathExpr
from lxml import etree

from scrapers.reading.text import clean

Element = etree._Element

DEEP = 100
"""No page written by people nests deeper."""
_AT_DEEP = etree.XPath("/*" * DEEP)
# libxml2 drops, in silence, what is nested deeper than 2048.
_TOO_DEEP = etree.XPath(f"boolean({'/*' * 2000})")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_NEVER_NESTED = frozenset(
    str.split(
        "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option "
        "html head body script style title textarea"
    )
)
UNSEEN = frozenset(("script", "style", "template", "noscript", "rt", "rp"))
BLOCKS = frozenset(
    str.split(
        "address article aside blockquote br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        "header hr li main nav ol option p pre section table tbody td tfoot th thead tr ul"
    )
)


def parse(text: str) -> Element | None:
    """Return the root of the page, or None when nothing of it is HTML. Trees are hardly deeper than ``DEEP``."""
    root = _parsed(text)
    if root is not None and _TOO_DEEP(root):
        root = _parsed(_shallow(text))
    if root is not None:
        for element in cast("list[Element]", _AT_DEEP(root)):
            _flatten(element)
    return root


def _parsed(text: str) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return cast("Element | None", etree.fromstring(text.encode("utf-8", errors="replace"), parser))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _shallow(text: str) -> str:
    """``text`` without the tags that nest deeper than the parser follows; what they hold stays."""
    opened: list[str] = []
    among: Counter[str] = Counter()

    def gap(name: str) -> str:
        return " " if name in BLOCKS else ""

    def kept(match: re.Match[str]) -> str:
        name = match.group(2).lower()
        if name in _NEVER_NESTED or match.group().endswith("/>"):
            return match.group()
        if not match.group(1):
            opened.append(name)
            among[name] += 1
            return match.group() if len(opened) <= DEEP else gap(name)
        depth = len(opened)
        while among[name]:
            among[last := opened.pop()] -= 1
            if last == name:
                break
        return match.group() if depth <= DEEP else gap(name)

    return _TAG.sub(kept, text)


def _flatten(element: Element) -> None:
    """Leave of what stands in the element only its text, a paragraph for each line."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in BLOCKS:
            pieces.append("\n")
        pieces.append(_unbroken(node.text if event == "start" and node.tag not in UNSEEN else "", "\n"))
        if event == "end" and node is not element:
            pieces.append(_unbroken(node.tail, "\n"))
    lines = [line for line in map(clean, "".join(pieces).split("\n")) if line]
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than lxml
    for line in lines:
        etree.SubElement(element, "p").text = line


def select(root: Element, css: str) -> Iterator[Element]:
    """Yield what ``css`` matches in ``root``, one alternative of the "a, b" list after the other.

    A selector that is none matches nothing; source files are checked for that when they are read.
    """
    for find in _finders(css):
        yield from cast("list[Element]", find(root))


def first(root: Element, css: str) -> Element | None:
    """Return the first match that holds text, in the order of the alternatives."""
    return next((element for element in select(root, css) if text_of(element)), None)


def matches(root: Element, css: str) -> bool:
    return any(True for _ in select(root, css))


def check_selector(css: str) -> str:
    """Return what is wrong with ``css``, or "" when it can be used."""
    try:
        for alternative in alternatives(css):
            _TRANSLATOR.css_to_xpath(alternative)
    except SelectorError as error:
        return str(error)
    return ""


@lru_cache(maxsize=4096)
def alternatives(css: str) -> tuple[str, ...]:
    """Return the parts of a selector list: "a, b:is(c, d)" is two."""
    parts, start, nested, quote = [], 0, 0, ""
    for place, character in enumerate(css):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([":
            nested += 1
        elif character in ")]":
            nested -= 1
        elif character == "," and not nested:
            parts.append(css[start:place].strip())
            start = place + 1
    parts.append(css[start:].strip())
    return tuple(part for part in parts if part)


@lru_cache(maxsize=4096)
def _finders(css: str) -> tuple[Callable[[Element], object], ...]:
    return tuple(finder for finder in map(_finder, alternatives(css)) if finder)


def _finder(alternative: str) -> Callable[[Element], object] | None:
    try:
        path = _TRANSLATOR.css_to_xpath(alternative, prefix="descendant-or-self::")
        return etree.XPath(_SIBLINGS.sub(_without_counting, path))
    except (SelectorError, etree.XPathSyntaxError):
        return None


class _Translator(HTMLTranslator):
    """Looks at the next element alone for ``a + b``, where the usual translation looks at all that follow."""

    def xpath_direct_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return left.join("/following-sibling::*[1]/self::", right)


_TRANSLATOR = _Translator()
_SIBLINGS = re.compile(r"count\(((?:preceding|following)-sibling::[\w*:-]+)\) = (\d+)")


def _without_counting(found: re.Match[str]) -> str:
    """Say that there are so many and no more, which costs as much as there are; all are counted for each of them."""
    siblings, count = found[1], int(found[2])
    no_more = f"not({siblings}[{count + 1}])"
    return f"({siblings}[{count}] and {no_more})" if count else no_more


def names_in(root: Element) -> frozenset[str]:
    """Return every class and id of the page: what is not among them no selector need look for."""
    found = cast("list[str]", _NAMES(root))
    return frozenset(" ".join(found).split())


@lru_cache(maxsize=4096)
def names_needed(alternative: str) -> frozenset[str]:
    """Return the classes and ids without which ``alternative`` (no list) cannot match."""
    return frozenset(_NAME.findall(_CONDITIONS.sub("", alternative)))


@lru_cache(maxsize=4096)
def words_needed(alternative: str) -> tuple[str, ...]:
    """Return what must stand in a page's markup for the attributes of ``alternative`` (no list) to be there."""
    conditions = _ATTRIBUTE.findall(_NEGATIONS.sub("", alternative))
    return tuple(dict.fromkeys(word for name, value in conditions for word in (name, value) if word))


_NAMES = etree.XPath("//@class | //@id", smart_strings=False)
_NAME = re.compile(r"[.#]([\w-]+)")
_ATTRIBUTE = re.compile(r"""\[\s*([\w-]+)\s*(?:[~|^$*]?=\s*["']?([\w./-]*))?""")
_NEGATIONS = re.compile(r":(?:not|is|where|has)\([^)]*\)+")
_CONDITIONS = re.compile(r"\[[^\]]*\]|:[\w-]+\([^)]*\)+")


def text_of(element: Element) -> str:
    """Return the element's visible text in one clean line; blocks are set apart by a space."""
    pieces: list[str] = []
    _gather(element, pieces)
    return clean("".join(pieces))


def lines_of(element: Element) -> list[str]:
    """Return the element's visible text, a clean line for each block."""
    pieces: list[str] = []
    _gather(element, pieces, between="\n")
    return [line for line in map(clean, "".join(pieces).split("\n")) if line]


def _gather(element: Element, pieces: list[str], between: str = " ") -> None:
    pieces.append(_unbroken(element.text, between))
    for child in element:
        if child.tag in BLOCKS:
            pieces.append(between)
            _gather(child, pieces, between)
            pieces.append(between)
        elif child.tag not in UNSEEN:
            _gather(child, pieces, between)
        pieces.append(_unbroken(child.tail, between))


def _unbroken(text: str | None, between: str) -> str:
    """Line breaks in the markup are no line breaks on the page."""
    return (text or "") if between == " " else (text or "").replace("\n", " ")


def remove(element: Element) -> None:
    """Empty the element; the text after it stays.

    Emptied, not taken out: joining the text around it would fail where that holds control characters.
    """
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than lxml


def size(root: Element) -> int:
    """Return how many elements stand in ``root``."""
    return int(cast("float", _COUNT(root)))


def length(root: Element) -> int:
    """Return how many characters of text stand in ``root``, seen or not."""
    return int(cast("float", _LENGTH(root)))


_LENGTH = etree.XPath("string-length(.)")
_COUNT = etree.XPath("count(descendant-or-self::*)")
