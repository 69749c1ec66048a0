"""The words of a paragraph, as clean HTML and as text: for the reader of bodies."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString

from scrapers.reading.text import clean, repair, tidy

KEPT = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "a": "a", "sub": "sub", "sup": "sup",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code", "q": "q", "abbr": "abbr", "ins": "ins", "del": "del", "s": "del",
    "strike": "del", "mark": "mark", "small": "small",
}  # fmt: skip
INLINE = frozenset(KEPT) | frozenset(
    (
        "span",
        "font",
        "u",
        "big",
        "time",
        "label",
        "data",
        "bdi",
        "bdo",
        "var",
        "br",
        "wbr",
        "nobr",
        "acronym",
        "address",
        "o:p",
        "ruby",
        "rb",
        "st1:place",
    )
)
UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "embed", "form", "button", "input", "select", "textarea", "svg", "canvas",
     "link", "meta", "head", "title", "audio", "video", "map", "nav", "math", "img", "colgroup", "col", "rt", "rp")
)  # fmt: skip


class Words:
    """A run of text and inline elements being collected."""

    def __init__(self, absolute: Callable[[str], str]) -> None:
        self.html: list[str] = []
        self.text: list[str] = []
        self.absolute = absolute

    def add(self, node: PageElement) -> None:
        if isinstance(node, NavigableString):
            self._add_text(node)
        elif isinstance(node, Tag) and node.name == "br":
            self.html.append("<br>")
            self.text.append("\n")
        elif isinstance(node, Tag) and node.name not in UNSEEN:
            self._add_tag(node)

    def _add_text(self, node: NavigableString) -> None:
        if isinstance(node, PreformattedString) and not isinstance(node, CData):
            return
        words = repair(tidy(node))
        self.html.append(escape(words, quote=False))
        self.text.append(words)

    def _add_tag(self, node: Tag) -> None:
        inside = Words(self.absolute)
        for child in node.children:
            inside.add(child)
        self.text += inside.text
        self.html += _wrapped(
            node, "".join(inside.html), worded="".join(inside.text).strip() != "", absolute=self.absolute
        )

    def take(self) -> tuple[str, str]:
        """Return what was collected as (html, text), and begin anew."""
        if not self.text:
            return "", ""
        html, text = _trimmed("".join(self.html)), spoken_lines("".join(self.text))
        self.html, self.text = [], []
        return html, text


def spoken(element: Tag) -> str:
    """Return the element's words; a line for each br and each block."""
    pieces: list[str] = []
    for node in element.descendants:
        if isinstance(node, Tag):
            pieces.append("\n" if node.name not in INLINE or node.name == "br" else "")
        elif isinstance(node, NavigableString) and (node.parent is None or node.parent.name not in UNSEEN):
            pieces.append("" if isinstance(node, PreformattedString) else _SPACES.sub(" ", node))
    return spoken_lines("".join(pieces))


def spoken_lines(text: str) -> str:
    if "\n" not in text:
        return repair(clean(text))
    return "\n".join(line for line in (repair(clean(line)) for line in text.split("\n")) if line)


def _wrapped(node: Tag, html: str, *, worded: bool, absolute: Callable[[str], str]) -> list[str]:
    name = KEPT.get(node.name, "")
    if not name or not worded:
        return [html]
    if name != "a":
        return [f"<{name}>", html, f"</{name}>"]
    href = absolute(str(node.get("href") or ""))
    return (
        [f'<a href="{escape(href)}">', html, "</a>"] if href and not str(node.get("href")).startswith("#") else [html]
    )


_SPACES = re.compile(r"\s+")
_AROUND_BREAK = re.compile(r"\s*<br>\s*")
_EDGE_BREAKS = re.compile(r"^(?:<br>|\s)+|(?:<br>|\s)+$")
_DOUBLED = re.compile(r"</(strong|em|del|ins|mark|sup|sub)>(\s*)<\1>")


def _trimmed(html: str) -> str:
    html = " ".join(html.split())
    if "<br>" in html:
        html = _EDGE_BREAKS.sub("", _AROUND_BREAK.sub("<br>", html))
    return _DOUBLED.sub(r"\2", html) if "</" in html else html
