"""XML from strangers into a tree without entities, network or surprise; HTML in a field into text. For feeds and sitemaps."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import cast

from lxml import etree

from scrapers.reading.errors import Unreadable
from scrapers.reading.text import clean, decode, repair
from scrapers.reading.tree import Element, parse, text_of

MOST_BYTES = 32 * 1024 * 1024
"""The sitemap protocol allows 50 MB; nobody who wants to be read comes near."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_PROLOGUE = re.compile(r"(?:(?!<[A-Za-z]).){0,65536}", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,400}>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.{0,8192}?-->", re.DOTALL)
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]{1,30});|&(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};)", re.DOTALL
)
_VOID = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(br|hr|wbr|img\b[^<>]{0,500}?)\s*/?>", re.DOTALL | re.IGNORECASE)
_COMPLAINT = re.compile(r"<(?:br|b|p|div|font|table|pre)\b", re.IGNORECASE)
_BEGIN = re.compile(r"<\?xml\b|<(?:[A-Za-z][\w.-]{0,20}:)?(?:rss|rdf|feed|urlset|sitemapindex)\b", re.IGNORECASE)
_COMPLAINTS = 4096
"""Characters before the document that are looked through."""
_XML_ENTITIES = ("amp", "lt", "gt", "quot", "apos")
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]{0,4000}>")


def xml(payload: bytes, *, url: str, content_type: str | None) -> Element:
    """Return the root of an XML document whatever encoding it claims.

    Raises Unreadable for what is no XML, is too large or brings a DTD of its own.
    """
    if len(payload) > MOST_BYTES:
        raise Unreadable(url, f"{len(payload)} bytes are more than a feed or sitemap has; check the address")
    # Feeds declare encodings they do not have: the text decides, and the declaration goes.
    text = decode(payload, content_type=content_type).text
    text = _DECLARATION.sub("", _from_root(text.lstrip("\ufeff \r\n\t")), count=1)
    prologue = _PROLOGUE.match(text)
    before = _DOCTYPE.sub("", prologue[0] if prologue else "")
    if "<!" in _COMMENT.sub("", before):
        raise Unreadable(url, "the document brings a DTD of its own, as attacks do; it was not read")
    root = _root(before + text[prologue.end() if prologue else 0 :])
    if root is None:
        raise Unreadable(url, "this is no XML; open the address in a browser to see what the site sends instead")
    return root


def _from_root(text: str) -> str:
    """Leave out what a server's scripts complained about before the document."""
    if text[:1] != "<" or _COMPLAINT.match(text):
        begin = _BEGIN.search(text[:_COMPLAINTS])
        return text[begin.start() :] if begin else text
    return text


def _root(text: str) -> Element | None:
    text = _AMPERSAND.sub(_character, text)
    root, is_whole = _parsed(text)
    if not is_whole and _VOID.search(text):
        # <br> without an end swallows what follows it.
        root, _ = _parsed(_VOID.sub(lambda found: found[0] if found[1] is None else " ", text))
    return root


def _parsed(text: str) -> tuple[Element | None, bool]:
    """The root, and whether nothing had to be mended."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=False,
        encoding="utf-8",
    )
    try:
        root = cast("Element | None", etree.fromstring(text.encode("utf-8", errors="replace"), parser))
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    return root, not len(parser.error_log)


def _character(found: re.Match[str]) -> str:
    """HTML's names of characters are no names in XML, and a bare "&" is none at all; in CDATA both are text."""
    if found[0] != "&":
        known = not found[1] or found[1] in _XML_ENTITIES
        return found[0] if known else html5.get(f"{found[1]};", f"&amp;{found[1]};")
    return "&amp;"


def name(element: Element) -> str:
    """Return the tag in lower case without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0].lower() if isinstance(tag, str) and tag.startswith("{") else ""


def plain_text(markup: str, *, limit: int = 0) -> str:
    """Return the text of a field that may hold HTML, in one clean line, cut at a word to ``limit`` characters."""
    text = _without_tags(markup) if _TAG.search(markup) else markup
    text = clean(repair(text))
    text = clean(_without_tags(unescape(text)) if _TAG.search(unescape(text)) else unescape(text))
    if not limit or len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _without_tags(markup: str) -> str:
    root = parse(f"<body>{markup[:200_000]}</body>")
    return text_of(root) if root is not None else ""
