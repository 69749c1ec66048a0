"""Which parts of a page are never its text: menus, shares, comments, hidden parts. For the general reader."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from scrapers.reading.tree import Element, length

_NOT_TEXT = frozenset(
    ("nav", "aside", "footer", "button", "select", "dialog", "svg", "iframe", "noscript", "script", "style", "template")
)
_WORDS = frozenset(
    str.split(
        "share shares sharing sharedaddy social socials addtoany addthis related relatedposts recommended recommendations comment comments respond "
        "disqus sidebar advert adverts advertisement ad ads adsbygoogle banner banners promo promos newsletter subscribe subscription cookie "
        "cookies consent breadcrumb breadcrumbs pagination pager nav navbar navigation menu menus footer masthead widget widgets popup modal toolbar "
        "tags tagcloud outbrain taboola sponsor sponsored mostread trending popular visuallyhidden noprint rating voting login signup paywall "
        "lightbox player tinkhac nextprev copyright disclaimer newsletters recommend recommends suggestions kommentar kommentare kommentieren "
        "commentaires comentarios comentario commenti binhluan teilen partager compartir verwandte relacionadas relacionados correlati lienquan werbung "
        "anzeige anzeigen publicidad publicidade publicite reklama quangcao advertorial mostviewed mostpopular meistgelesen topstories backlink cta consent "
        "gdpr abonnement abonnieren disclosure warenkorb minicart cart basket ratings reactions toc backlinks paging sitemap followus tagline contactbox"
    )
)
_PAIRS = frozenset(
    str.split(
        "author-bio about-author most-read skip-link reader-text sr-only visually-hidden hidden-print lien-quan binh-luan tin-khac tin-moi doc-them "
        "more-news other-news print-link language-switcher author-box author-card author-info author-details author-description "
        "author-profile autor-box contact-box news-letter print-button pdf-download see-also view-more saiba-mais leia-mais veja-mais leia-tambem veja-tambem "
        "ver-mas most-viewed most-popular mas-leidas mais-lidas more-stories more-articles more-from up-next top-stories table-of of-contents also-like "
        "follow-us sign-up app-store back-to back-link login-box privacy-notice third-party contact-teaser"
    )
)
_DOUBTFUL = frozenset(
    str.split(
        "sidebar widget widgets player banner banners popup modal toolbar promo promos cta lightbox trending popular tags rating ratings"
    )
)
"""Words that page builders also use for parts of the text itself."""
_INNOCENT_WORDS = frozenset(str.split("date publishdate published headline headlines title byline sapo lede caption"))
_LINES = frozenset(str.split("entry-meta post-meta entry-footer article-meta posted-on cat-links"))
_LINE_WORDS = frozenset(str.split("author authors autor autoren auteur autore byline bylines tacgia tagged"))
_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_INNOCENT = re.compile(r"content|article|story|body|entry-text|main", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


Kind = Literal["box", "doubt", "more", "line", ""]


class Junk(NamedTuple):
    """The topmost elements of a page that are no part of its text."""

    boxes: frozenset[Element]
    """Menus, shares, comments, other articles, hidden parts."""
    lines: frozenset[Element]
    """Lines about the article: date, author, tags."""


def find_junk(root: Element) -> Junk:
    """Return what is no text whatever the page is about."""
    whole = _prose(root)
    found: dict[Kind, set[Element]] = {"box": set(), "doubt": set(), "line": set()}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kind = _kind(element)
        if kind == "more":
            kind = "" if _unfolds(element) else "box"
        if kind and not _holds_much(element, whole):
            found[kind].add(element)
        if kind in ("", "line") or element not in found[kind]:
            waiting.extend(element)
    boxes = found["box"] | _without_text(found["doubt"], found["box"], whole)
    return Junk(frozenset(boxes), frozenset(found["line"]))


def _unfolds(element: Element) -> bool:
    """Whether "read more" opens the rest of the text here, and leads nowhere."""
    linked = sum(length(link) for link in element.iter("a"))
    return length(element) > _UNFOLDED and linked < 0.3 * length(element)


_UNFOLDED = 150


def _without_text(doubtful: set[Element], boxes: set[Element], whole: int) -> set[Element]:
    """The doubtful boxes that are junk; when hardly any prose is left without them, those with prose are the text."""
    prose = {box: _prose(box) for box in doubtful}
    total = sum(prose.values())
    if total < _MUCH * (whole - sum(map(_prose, boxes))):
        return doubtful
    return {box for box, own in prose.items() if own < _MUCH * total / len(prose)}


_MUCH = 0.6


def _kind(element: Element) -> Kind:
    tag = element.tag
    if tag in _NOT_TEXT:
        # Under a quotation it names who is quoted.
        return "" if tag == "footer" and _is_quotation(element.getparent()) else "box"
    if tag in ("html", "body", "main", "article"):
        return ""
    if tag == "a" and "lightbox" in element.get("class", ""):
        # A picture that opens larger; the lightbox itself is no link.
        return ""
    if _HIDDEN.search(element.get("style", "")) or (element.get("aria-hidden") == "true" and tag != "figure"):
        return "box"
    if element.get("role") in ("navigation", "complementary", "search", "banner", "contentinfo", "dialog", "alert"):
        return "box"
    return _kind_named(element.get("class", "")) or _kind_named(element.get("id", ""))


def _is_quotation(element: Element | None) -> bool:
    return element is not None and element.tag in ("blockquote", "figure")


@lru_cache(maxsize=16384)
def _kind_named(names: str) -> Kind:
    """What a class or an id says of its element; the same ones return on every page of a website."""
    words = [word.lower() for word in _PARTS.split(names) if word]
    pairs = {f"{one}-{other}" for one, other in pairwise(words)}
    if not _INNOCENT_WORDS.isdisjoint(words):
        return ""
    meant = _WORDS.intersection(words)
    if meant or not _PAIRS.isdisjoint(pairs):
        return "doubt" if meant and meant <= _DOUBTFUL and _PAIRS.isdisjoint(pairs) else "box"
    if "readmore" in words or "read-more" in pairs:
        return "more"
    return "line" if not (_LINES.isdisjoint(pairs) and _LINE_WORDS.isdisjoint(words)) else ""


def _holds_much(element: Element, whole: int) -> bool:
    """Whether so much of the page's prose stands in it that its name must mean something else."""
    if element.tag in _NEVER:
        return False
    own = _prose(element)
    if element.get("role") == "banner" and element.find(".//h1") is None:
        # A carousel at the head of a page may hold more prose than a short text does.
        return own > _NEARLY_ALL * whole
    return own * 2 > whole or (own * 3 > whole and _INNOCENT.search(element.get("class", "")) is not None)


def _prose(element: Element) -> int:
    """Characters in paragraphs of some length without links."""
    lengths = (len("".join(map(str, p.itertext()))) for p in element.iter("p") if p.find(".//a") is None)
    return sum(length for length in lengths if length > _SENTENCE)


_NEARLY_ALL = 0.95
_NEVER = frozenset(("script", "style", "noscript", "template", "svg", "select"))
_SENTENCE = 60
