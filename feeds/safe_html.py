"""HTML that every reader shows alike: a few elements, absolute addresses, nothing that runs or counts visitors."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape, unescape

import nh3

from feeds.links import link
from feeds.text import clean


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


TAGS = _names(
    "a abbr b blockquote br code dd del dl dt em figure figcaption h2 h3 h4 h5 h6 hr i img ins li ol p pre q s small "
    "strong sub sup table tbody td tfoot th thead tr u ul time"
)
ATTRIBUTES = {
    "*": {"title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "ins": {"datetime"},
    "del": {"datetime"},
}
REL = "noopener noreferrer nofollow"
DEEPEST = 60
"""Levels of nesting; a page with more is damaged, and readers fall over it."""

# Boxes are only taken away once they have been turned into paragraphs: else the words in them grow together.
_BOXES = _names("div section article main header footer aside center address details summary caption form h1")
_BOX = re.compile(rf"<(/?)(?:{'|'.join(sorted(_BOXES - {'h1'}))})(?: [^<>]*)?>")
_GONE = _names(
    "script style iframe noscript template svg math applet noembed noframes textarea select button title head"
)
_ADDRESSES = {("a", "href"), ("img", "src")}
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_NOWHERE = re.compile(r'<a(?: (?!href)[a-z]+="[^"]*")*>(.*?)</a>', re.DOTALL)
# Some parsers do not know that a caption keeps a list apart from the list around it.
_ODD_CAPTION = re.compile(r"<figcaption[ >](?:(?!</figcaption>).)*<(?:li|d[dt]|figcaption)[ >]", re.DOTALL)
_EMPTY = re.compile(
    r"<(p|figure|figcaption|ul|ol|h[2-6]|blockquote|a|b|strong|i|em|u|small|table|tbody)(?: [^<>]*)?>(?:\s|<br>)*</\1>"
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_BLOCK_END = re.compile(r"</(?:p|li|tr|figure|table|ul|ol|dl|dd|blockquote|h[2-6]|pre)>")
_VOID = frozenset({"br", "hr", "img"})
PLACEHOLDER = re.compile(
    r"/(?:blank|spacer|pixel|transparent|placeholder|lazy(?:load)?|loading|1x1)\.(?:gif|png|svg|jpg)$"
)


@lru_cache(maxsize=512)
def safe_html(html: str, base: str, *, private: bool = False) -> str:
    """Return ``html`` reduced to what a feed may carry, addresses resolved against ``base``."""
    tidy = nh3.clean(
        clean(html),
        tags=TAGS | _BOXES,
        clean_content_tags=_GONE,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, base, private=private),
        link_rel=REL,
        url_schemes={"http", "https", "mailto"},
    )
    # Once more: "&#0;" and its like have become characters only now.
    tidy = _BOX.sub(r"<\1p>", clean(tidy)).replace("<h1", "<h2").replace("</h1>", "</h2>").replace("&nbsp;", "\u00a0")
    if _ODD_CAPTION.search(tidy):
        tidy = tidy.replace("<figcaption>", "<p>").replace("</figcaption>", "</p>")
    settled = _settled(_IMAGE.sub(_image, tidy))
    if settled and "<" not in settled:
        settled = f"<p>{settled}</p>"
    return settled if _depth(settled) <= DEEPEST else paragraphs(plain_text(settled))


def cut(html: str, limit: int) -> tuple[str, bool]:
    """Return safe HTML of at most about ``limit`` bytes, and whether anything had to go."""
    whole = html.encode()
    if len(whole) <= limit:
        return html, False
    start = whole[:limit].decode(errors="ignore")
    end = max((found.end() for found in _BLOCK_END.finditer(start, limit // 4)), default=0)
    if not end:
        start = re.sub(r"<[^>]*$", "", start)
        start = f"{start.rsplit(' ', 1)[0]}…"
    return _settled(start[:end] if end else start), True


def paragraphs(text: str) -> str:
    """Return plain text as paragraphs; blank lines separate them."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in re.split(r"\n\s*\n", clean(text)) if part.strip())


def plain_text(html: str) -> str:
    """Return the words of safe HTML, a blank line after each block."""
    return unescape(re.sub(r"<[^<>]*>", "", _BLOCK_END.sub("\n\n", html)))


def _attribute(tag: str, name: str, value: str, base: str, *, private: bool) -> str | None:
    if (tag, name) in _ADDRESSES:
        return link(value, base, private=private) or None
    if name in ("width", "height", "colspan", "rowspan"):
        return value.strip() if value.strip().isdecimal() and value.isascii() else None
    return value


def _image(found: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    source = attributes.get("src", "")
    if not source or PLACEHOLDER.search(source.lower()) or _is_pixel(attributes):
        return ""
    written = [f'{name}="{attributes[name]}"' for name in ("alt", "width", "height", "title") if name in attributes]
    return " ".join([f'<img src="{source}"', *(written if "alt" in attributes else ['alt=""', *written])]) + ">"


def _is_pixel(attributes: dict[str, str]) -> bool:
    return any(int(attributes.get(side, "2")) <= 1 for side in ("width", "height"))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, link_rel=REL)


def _settled(html: str) -> str:
    """Parse and write until nothing moves: what was taken out may leave the rest where no parser would put it."""
    for _ in range(8):
        again = _cleaner().clean(html).replace("&nbsp;", "\u00a0").replace("<pre>\n", "<pre>")
        again = _without_empty(again)
        if again == html:
            return html
        html = again
    return paragraphs(plain_text(html))


def _without_empty(html: str) -> str:
    for _ in range(8):
        less = _NOWHERE.sub(r"\1", _EMPTY.sub("", html))
        if less == html:
            break
        html = less
    return html.strip()


def _depth(html: str) -> int:
    deepest = depth = 0
    for closing, name in _TAG.findall(html):
        if name not in _VOID:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest
