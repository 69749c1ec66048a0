"""What a page tells machines it is called: JSON-LD, microdata, meta elements, the title without the website's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from scrapers.reading.candidates import Candidate, Witness
from scrapers.reading.page import Page, folded
from scrapers.reading.places import said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import select, text_of

_METAS = (
    "og:title",
    "twitter:title",
    "dcterms.title",
    "dc.title",
    "dcterms:title",
    "dc:title",
    "dc.title.main",
    "aglsterms.title",
    "egms.title",
    "citation_title",
    "title",
    "headline",
    "sailthru.title",
    "parsely-title",
)
_SEPARATORS = re.compile(r"\s+(?:[|–—·•»«:/<>←→-]+\s+)+|\s*[|»«]\s*")
# Chinese and Japanese titles need no spaces: "标题-新华网", "見出し｜環境省".
_TIGHT_SEPARATORS = re.compile(r"\s*(?:[|｜»«_＿]|-{1,3}|[–—－―])\s*")
_UNPARTED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u4e00-\u9fff]{2}")
_HAN = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
LONGEST = 500
_MOST_ITEMS = 3


def candidate(printed: str, witness: Witness, rule: str) -> Candidate[str]:
    value = repair(printed)[:LONGEST].strip()
    return Candidate(value=value, key=folded(value), printed=printed[:LONGEST], witness=witness, rule=rule)


def stated_titles(page: Page) -> list[Candidate[str]]:
    """Return every title that is written for machines, most telling first, the website's own names left out."""
    return [one for one in _stated(page) if one.key and one.key not in page.site_names]


def _stated(page: Page) -> Iterator[Candidate[str]]:
    for thing in page.things:
        words = (thing.text("headline") or thing.text("name")) if thing.is_article else ""
        if words:
            yield candidate(words, "json-ld", "json-ld: headline")
    for name in _METAS:
        words = clean(page.meta(name))
        if words:
            yield candidate(words, "meta", f"meta: {name}")
    marked = page.items.get("headline", ())
    for element in marked[:_MOST_ITEMS] if len(marked) <= _MOST_ITEMS else ():
        words = said(element)
        if words:
            yield candidate(words, "microdata", "microdata: headline")


def title_of(page: Page) -> str:
    """Return the title element's words."""
    element = next(select(page.root, "head > title, title"), None)
    return text_of(element)[:LONGEST] if element is not None else ""


def parts(title: str) -> list[str]:
    """Return every run of the pieces that separators make of a title, but the whole: "Ministry - News - Heading"."""
    separators = _TIGHT_SEPARATORS if _HAN.search(title) else _SEPARATORS
    cuts = [(match.start(), match.end()) for match in islice(separators.finditer(title), 8)]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(title)]
    runs = [title[begin:end] for begin in begins for end in ends if begin < end]
    return [run for run in sorted(runs, key=len, reverse=True) if run != title and run.strip()]


def title_part(page: Page, near: str) -> Iterator[Candidate[str]]:
    """The title element's part that is ``near``, if any: a witness for it."""
    whole = title_of(page)
    part = next((part for part in (whole, *parts(whole)) if folded(part) == folded(near)), "")
    if part:
        yield candidate(part, "meta", "title")


def without_website(page: Page, title: str) -> str:
    """Return a title without the names of website and section around it."""
    keys = [(part, folded(part)) for part in parts(title)]
    named = [part for part, key in keys if _is_website(page, key) and (title.startswith(part) or title.endswith(part))]
    for name in sorted(named, key=len):
        rest = title[len(name) :] if title.startswith(name) else title[: -len(name)]
        rest = _EDGES.sub("", rest)
        if rest and folded(rest) not in page.site_names:
            return without_website(page, rest) if rest in dict(keys) else rest
    return title


_EDGES = re.compile(r"^[\s|｜–—－―·•»«:_/<>←→-]+|[\s|｜–—－―·•»«_/<>←→-]+$|\s+:+\s*$")
_LEAST = 4


def _is_website(page: Page, key: str) -> bool:
    """Whether these words, folded, are the name of the website or hold it."""
    if not key:
        return False
    if key in page.site_names:
        return True
    tight = key.replace(" ", "")
    host = page.host.replace(".", "").replace("-", "")
    label = max(page.host.split("."), key=len).replace("-", "")
    initials = "".join(word[0] for word in key.split())
    return (
        (len(tight) >= _LEAST and tight in host)
        or (len(label) >= _LEAST and label in tight)
        or (len(initials) > 2 and initials == label)
        or any(len(name) > _LEAST * 2 and (name in key or key in name) for name in page.site_names)
        or (_HAN.search(key) is not None and _CHINESE_SITE.search(key) is not None and len(key) <= 24)
    )


_CHINESE_SITE = re.compile("(?:[网網部局厅廳省]|政府|委员会|委員會|新闻|新聞|首页|首頁|ホームページ|公式サイト)$")


def likeness(one: str, other: str) -> float:
    """Return how far two titles share their words, 0 to 1."""
    a, b = (Counter(_words(text)) for text in (one, other))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    words = folded(text)
    # Chinese, Japanese and Thai do not part words.
    return [character for character in words if character != " "] if _UNPARTED.search(words) else words.split()
