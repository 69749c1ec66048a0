"""Which parts of a page are never its text: menus, shares, comments, hidden parts. For the general reader."""

from __future__ import annotations

import re

from scrapers.reading.tree import Element

_NOT_TEXT = frozenset(
    ("nav", "aside", "footer", "button", "select", "dialog", "svg", "iframe", "noscript", "script", "style", "template")
)
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:share|shares|sharing|sharedaddy|social|socials|addtoany|addthis|related|relatedposts|recommended|recommendations|comments?|"
    r"respond|disqus|sidebar|sidebar-\w+|adverts?|advertisement|ads?|adsbygoogle|banners?|promo|promos|newsletter|subscribe|subscription|cookies?|"
    r"consent|breadcrumbs?|pagination|pager|nav|navbar|navigation|menu|menus|footer|masthead|widget|widgets|popup|modal|toolbar|tags|tagcloud|"
    r"author-bio|about-author|outbrain|taboola|sponsor|sponsored|most-read|mostread|trending|popular|skip-link|screen-reader-text|sr-only|"
    r"visually-hidden|visuallyhidden|hidden-print|noprint|rating|voting|login|signup|paywall|lightbox|player|tin-lien-quan|lien-quan|binh-luan|"
    r"tin-khac|tinkhac|tin-moi|doc-them|read-more|readmore|more-news|other-news|post-navigation|nextprev|print-link|entry-meta|post-meta|"
    r"entry-footer|language-switcher|copyright|disclaimer)(?=$|[\s_-])",
    re.I,
)
_INNOCENT = re.compile(r"content|article|story|body|entry-text|main", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def find_junk(root: Element) -> frozenset[Element]:
    """Return what is no text whatever the page is about: menus, shares, comments, hidden parts."""
    found = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if _is_junk(element) and not _holds_much(element):
            found.add(element)
        else:
            waiting.extend(element)
    return frozenset(found)


def _is_junk(element: Element) -> bool:
    tag = element.tag
    if tag in _NOT_TEXT:
        return True
    if tag in ("html", "body", "main", "article"):
        return False
    if _HIDDEN.search(element.get("style", "")) or (element.get("aria-hidden") == "true" and tag != "figure"):
        return True
    if element.get("role") in ("navigation", "complementary", "search", "banner", "contentinfo", "dialog", "alert"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 1 and _JUNK.search(names) is not None


def _holds_much(element: Element) -> bool:
    """Whether so much prose stands in it that its name must mean something else."""
    if element.tag in ("script", "style", "noscript", "template", "svg", "select"):
        return False
    paragraphs = [p for p in element.iter("p") if len("".join(map(str, p.itertext()))) > 80 and p.find(".//a") is None]
    return (len(paragraphs) >= 4 and element.find(".//article") is not None) or (
        _INNOCENT.search(element.get("class", "")) is not None and len(paragraphs) >= 3
    )
