"""Which parts of a page are never its text: menus, shares, comments, hidden parts. For the general reader."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from scrapers.reading.tree import Element

_NOT_TEXT = frozenset(
    ("nav", "aside", "footer", "button", "select", "dialog", "svg", "iframe", "noscript", "script", "style", "template")
)
_WORDS = frozenset(
    str.split(
        "share shares sharing sharedaddy social socials addtoany addthis related relatedposts recommended recommendations comment comments respond "
        "disqus sidebar advert adverts advertisement ad ads adsbygoogle banner banners promo promos newsletter subscribe subscription cookie "
        "cookies consent breadcrumb breadcrumbs pagination pager nav navbar navigation menu menus footer masthead widget widgets popup modal toolbar "
        "tags tagcloud outbrain taboola sponsor sponsored mostread trending popular visuallyhidden noprint rating voting login signup paywall "
        "lightbox player tinkhac readmore nextprev copyright disclaimer newsletters recommend recommends suggestions kommentar kommentare kommentieren "
        "commentaires comentarios comentario commenti binhluan teilen partager compartir verwandte relacionadas relacionados correlati lienquan werbung "
        "anzeige anzeigen publicidad publicidade publicite reklama quangcao advertorial mostviewed mostpopular meistgelesen topstories backlink cta consent "
        "gdpr abonnement abonnieren disclosure warenkorb minicart cart basket ratings reactions toc backlinks paging sitemap followus tagline contactbox"
    )
)
_PAIRS = frozenset(
    str.split(
        "author-bio about-author most-read skip-link reader-text sr-only visually-hidden hidden-print lien-quan binh-luan tin-khac tin-moi doc-them "
        "read-more more-news other-news print-link language-switcher author-box author-card author-info author-details author-description "
        "author-profile autor-box contact-box news-letter print-button pdf-download see-also view-more saiba-mais leia-mais veja-mais leia-tambem veja-tambem "
        "ver-mas most-viewed most-popular mas-leidas mais-lidas more-stories more-articles more-from up-next top-stories table-of of-contents also-like "
        "follow-us sign-up app-store back-to back-link login-box privacy-notice third-party contact-teaser"
    )
)
_INNOCENT_WORDS = frozenset(str.split("date publishdate published headline headlines title byline sapo lede caption"))
_LINES = frozenset(str.split("entry-meta post-meta entry-footer article-meta posted-on cat-links"))
_LINE_WORDS = frozenset(str.split("author authors autor autoren auteur autore byline bylines tacgia tagged"))
_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_INNOCENT = re.compile(r"content|article|story|body|entry-text|main", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class Junk(NamedTuple):
    """The topmost elements of a page that are no part of its text."""

    boxes: frozenset[Element]
    """Menus, shares, comments, other articles, hidden parts."""
    lines: frozenset[Element]
    """Lines about the article: date, author, tags."""


def find_junk(root: Element) -> Junk:
    """Return what is no text whatever the page is about."""
    whole = _prose(root)
    boxes, lines = set(), set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kind = _kind(element)
        if kind == "box" and not _holds_much(element, whole):
            boxes.add(element)
        else:
            if kind == "line" and not _holds_much(element, whole):
                lines.add(element)
            waiting.extend(element)
    return Junk(frozenset(boxes), frozenset(lines))


def _kind(element: Element) -> Literal["box", "line", ""]:
    tag = element.tag
    if tag in _NOT_TEXT:
        return "box"
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


@lru_cache(maxsize=16384)
def _kind_named(names: str) -> Literal["box", "line", ""]:
    """What a class or an id says of its element; the same ones return on every page of a website."""
    words = [word.lower() for word in _PARTS.split(names) if word]
    pairs = {f"{one}-{other}" for one, other in pairwise(words)}
    if not _INNOCENT_WORDS.isdisjoint(words):
        return ""
    if not _WORDS.isdisjoint(words) or not _PAIRS.isdisjoint(pairs):
        return "box"
    return "line" if not (_LINES.isdisjoint(pairs) and _LINE_WORDS.isdisjoint(words)) else ""


def _holds_much(element: Element, whole: int) -> bool:
    """Whether so much of the page's prose stands in it that its name must mean something else."""
    if element.tag in _NEVER:
        return False
    own = _prose(element)
    return own * 2 > whole or (own * 3 > whole and _INNOCENT.search(element.get("class", "")) is not None)


def _prose(element: Element) -> int:
    """Characters in paragraphs of some length without links."""
    lengths = (len("".join(map(str, p.itertext()))) for p in element.iter("p") if p.find(".//a") is None)
    return sum(length for length in lengths if length > _SENTENCE)


_NEVER = frozenset(("script", "style", "noscript", "template", "svg", "select"))
_SENTENCE = 60
