"""A cut-out piece of a page, rewritten as clean paragraphs, lists, tables and figures: for the reader of bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Literal

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from scrapers.items import Link, Media, Record
from scrapers.reading.inline import INLINE, UNSEEN, Words, spoken, spoken_lines

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_RELATED = re.compile(
    r"^(?:>>+|»+|➤|►|Xem thêm\s*:|Đọc thêm\s*:|Tin liên quan\s*:|Read more\s*:|Read also\s*:|Related\s*:|Lire aussi\s*:|Leia também\s*:|"
    r"Lea también\s*:|Baca juga\s*:|Lesen Sie auch\s*:)\s*",
    re.I,
)
_LONG_CELL = 400
_DEEPEST = 12
"""Lists, quotes and tables nested deeper are written as plain paragraphs."""


class Block(Record, frozen=True, kw_only=True):
    kind: Literal["text", "heading", "list", "table", "figure", "quote", "media"]
    html: str
    text: str
    links: int = 0
    """Characters of ``text`` that stand in links."""


class Writer:
    """Walks a tree and writes its blocks."""

    def __init__(self, absolute: Callable[[str], str], *, depth: int = 0) -> None:
        self.absolute = absolute
        self.depth = depth
        self.blocks: list[Block] = []
        self.related: list[Link] = []
        self.media: list[Media] = []
        self.words = Words(absolute)
        self.linked = 0

    def write(self, element: Tag) -> Writer:
        self._children(element)
        self._flush()
        return self

    @property
    def html(self) -> str:
        return "\n".join(block.html for block in self.blocks)

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks if block.text)

    def _children(self, element: Tag) -> None:
        for child in element.children:
            self._node(child)

    def _node(self, node: PageElement) -> None:
        if not isinstance(node, Tag):
            if isinstance(node, NavigableString):
                self.words.add(node)
            return
        if node.name in UNSEEN and not _holds_page(node):
            return
        if node.name in INLINE and not _holds_block(node):
            self._inline(node)
        else:
            self._flush()
            writer = _WRITERS.get(node.name, Writer._children) if self.depth < _DEEPEST else Writer._children
            writer(self, node)
            self._flush()

    def _inline(self, node: Tag) -> None:
        if node.name == "br" and self._after_break():
            # Two line breaks are how old editors end a paragraph.
            self._flush()
            return
        self.linked += sum(len(link.get_text()) for link in _links(node))
        self.words.add(node)

    def _after_break(self) -> bool:
        for piece in reversed(self.words.text):
            if piece.strip(" "):
                return piece.endswith("\n")
        return False

    def _flush(self) -> None:
        html, text = self.words.take()
        linked, self.linked = self.linked, 0
        if not text or self._is_related(html, text):
            return
        self._block("text", f"<p>{html}</p>", text, linked)

    def _is_related(self, html: str, text: str) -> bool:
        """Keep a paragraph that is one link to another article apart."""
        mark = _RELATED.match(text)
        link = _ONE_LINK.search(html)
        if not mark or not link or len(text) > 400:
            return False
        self.related.append(Link(url=unescaped(link.group(1)), title=text[mark.end() :].strip()))
        return True

    def _block(
        self,
        kind: Literal["text", "heading", "list", "table", "figure", "quote", "media"],
        html: str,
        text: str,
        links: int = 0,
    ) -> None:
        self.blocks.append(Block(kind=kind, html=html, text=text, links=min(links, len(text))))

    def _heading(self, element: Tag) -> None:
        for child in element.children:
            self.words.add(child)
        html, text = self.words.take()
        name = _HEADINGS[element.name]
        if text:
            self._block("heading", f"<{name}>{html}</{name}>", text, _linked_length(element))
        self._figures(element)

    def _figures(self, element: Tag) -> None:
        for figure in element.find_all("figure", recursive=True):
            self._figure(figure)

    def _figure(self, element: Tag) -> None:
        if not element.get("data-read"):
            self._without_picture(element)
            return
        pictures = [
            f'<img src="{escape(str(one["src"]))}" alt="{escape(str(one["alt"]))}">' for one in element.find_all("img")
        ]
        caption = element.find("figcaption")
        said = f"<figcaption>{escape(caption.get_text(), quote=False)}</figcaption>" if caption else ""
        self._block("figure", f"<figure>{''.join(pictures)}{said}</figure>", "")

    def _without_picture(self, element: Tag) -> None:
        """A figure of a table or a quote; the caption of a picture that only a script would show is left out."""
        keeps = element.find(("table", "blockquote", "pre", "ul", "ol")) is not None
        for child in element.children:
            if keeps or not isinstance(child, Tag) or child.name != "figcaption":
                self._node(child)

    def _media(self, element: Tag) -> None:
        """A player becomes a link; its words are not the article's."""
        url, title, kind = (str(element.get(name) or "") for name in ("src", "title", "type"))
        media = Media(url=url, title=title, type=kind)
        if not kind:
            # A tag of the page's own invention.
            self._children(element)
        elif media.url not in (one.url for one in self.media):
            self.media.append(media)
            words = escape(media.title or media.url, quote=False)
            self._block("media", f'<p><a href="{escape(media.url)}">{words}</a></p>', "")

    def _list(self, element: Tag) -> None:
        items = [self._inside(item) for item in element.find_all(("li", "dt", "dd"), recursive=False)] or [
            self._inside(element)
        ]
        items = [item for item in items if item.blocks]
        if not items:
            return
        name = "ol" if element.name == "ol" else "ul"
        html = "".join(f"<li>{item.within}</li>" for item in items)
        text = "\n".join(item.text.replace("\n\n", "\n") for item in items if item.text)
        self._block("list", f"<{name}>{html}</{name}>", text, _linked_length(element))

    def _inside(self, element: Tag) -> Writer:
        writer = Writer(self.absolute, depth=self.depth + 1).write(element)
        self.related += writer.related
        self.media += writer.media
        return writer

    @property
    def within(self) -> str:
        """The html for a list item or a cell: a lone paragraph without its tags."""
        if len(self.blocks) == 1 and self.blocks[0].kind == "text":
            return self.blocks[0].html.removeprefix("<p>").removesuffix("</p>")
        return "".join(block.html for block in self.blocks)

    def _quote(self, element: Tag) -> None:
        inside = self._inside(element)
        if inside.blocks:
            self._block("quote", f"<blockquote>{inside.html}</blockquote>", inside.text, _linked_length(element))

    def _preformatted(self, element: Tag) -> None:
        text = spoken_lines(element.get_text())
        if text:
            self._block("text", f"<pre>{escape(text, quote=False)}</pre>", text)

    def _table(self, element: Tag) -> None:
        rows = [] if element.find("table") else element.find_all("tr")
        cells = [row.find_all(("td", "th"), recursive=False) for row in rows]
        if _only_arranges(element, cells):
            self._children(element)
            return
        html, lines = [], []
        for row in cells:
            written = [(cell, self._inside(cell)) for cell in row]
            if any(inside.blocks for _, inside in written):
                html.append(f"<tr>{''.join(_cell(cell, inside.within) for cell, inside in written)}</tr>")
                lines.append("\t".join(inside.text.replace("\n", " ").strip() for _, inside in written).strip())
        text = "\n".join(line for line in lines if line)
        if html:
            self._block("table", f"<table>{_title(element)}{''.join(html)}</table>", text, _linked_length(element))

    def _definition(self, element: Tag) -> None:
        for child in element.children:
            self.words.add(child)
        html, text = self.words.take()
        if text:
            self._block("text", f"<p><strong>{html}</strong></p>", text)


_WRITERS: dict[str, Callable[[Writer, Tag], None]] = {
    **dict.fromkeys(_HEADINGS, Writer._heading),
    "figure": Writer._figure,
    "media": Writer._media,
    "ul": Writer._list,
    "ol": Writer._list,
    "menu": Writer._list,
    "blockquote": Writer._quote,
    "pre": Writer._preformatted,
    "table": Writer._table,
    "dt": Writer._definition,
}
_ONE_LINK = re.compile(r'<a href="([^"]+)">')


def unescaped(address: str) -> str:
    return address.replace("&amp;", "&").replace("&quot;", '"').replace("&#x27;", "'")


def _holds_page(node: Tag) -> bool:
    """Whether a form is no form: ASP.NET puts the whole page into one."""
    return node.name == "form" and sum(len(p.get_text()) for p in node.find_all(("p", "td", "div"))) > _MUCH


_MUCH = 300


def _holds_block(node: Tag) -> bool:
    return any(
        isinstance(inner, Tag) and inner.name not in INLINE and inner.name not in UNSEEN for inner in node.descendants
    )


def _links(node: Tag) -> list[Tag]:
    return [node] if node.name == "a" else node.find_all("a")


def _linked_length(element: Tag) -> int:
    return sum(len(link.get_text()) for link in element.find_all("a"))


def _only_arranges(table: Tag, cells: Sequence[Sequence[Tag]]) -> bool:
    """Whether a table is there for the page's looks, not for data."""
    if max((len(row) for row in cells), default=0) < 2:
        return True
    if table.find("th") is not None:
        return False
    long = sum(
        len(spoken(cell)) > _LONG_CELL and len(cell.find_all(("p", "br", "div"))) > 2 for row in cells for cell in row
    )
    return long > 0 and len(cells) <= 2


def _cell(cell: Tag, inside: str) -> str:
    spans = "".join(
        f' {name}="{cell[name]}"'
        for name in ("colspan", "rowspan")
        if re.fullmatch(r"\d{1,3}", str(cell.get(name) or ""))
    )
    return f"<{cell.name}{spans}>{inside}</{cell.name}>"


def _title(table: Tag) -> str:
    caption = table.find("caption", recursive=False)
    return f"<caption>{escape(spoken(caption), quote=False)}</caption>" if caption and spoken(caption) else ""
