"""The lede: what stands between headline and text, else what the page says of itself. For the reader of articles."""

from __future__ import annotations

import re
from collections import Counter

from scrapers.items import Record
from scrapers.reading.candidates import Candidate, Witness
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Found, Place, look, said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element

_METAS = ("og:description", "description", "dcterms.description", "dc.description", "twitter:description")
# "(TN&MT) - ", "(Chinhphu.vn) – ": papers mark their ledes, and leave the mark out of their descriptions.
_MARK = re.compile(r"^\([^()]{2,30}\)\s*[-–—]?\s*")
_LONGEST = 1500
_SHORTEST = 25


class Lede(Record, frozen=True, kw_only=True):
    won: Candidate[str] | None = None
    said: tuple[Candidate[str], ...] = ()
    element: Element | None = None
    """Where it stands on the page, so that the text can leave it out."""


def read_lede(page: Page, where: tuple[Place, ...]) -> Lede:
    """Return the lede the page shows, with what its description says as a second witness."""
    stated = tuple(_stated(page))
    for found in look(page, where, "lede"):
        printed = said(found.element)
        if _SHORTEST <= len(printed) <= _LONGEST and _is_text(page, found):
            won = _candidate(printed, found.place.witness, found.rule)
            return Lede(won=won, said=(won, *stated), element=found.element)
    return Lede(said=stated)


def _is_text(page: Page, found: Found) -> bool:
    return found.place.name != "general" or not page.in_junk(found.element)


def described(lede: Lede, *, headline: str, text: str) -> Candidate[str] | None:
    """Return the page's description as its lede, when it speaks of this article and not of the website.

    A description that only repeats how the text begins is no lede.
    """
    words = Counter(folded(f"{headline} {text}").split())
    for candidate in lede.said:
        own = Counter(candidate.key.split())
        shared = (own & words).total()
        if len(candidate.value) < _SHORTEST or candidate.key == folded(headline) or shared < 0.5 * own.total():
            continue
        beginning = candidate.key[:60]
        return None if folded(text[: 4 * _LONGEST]).find(beginning) != -1 else candidate
    return None


def _candidate(printed: str, witness: Witness, rule: str) -> Candidate[str]:
    value = repair(printed)
    return Candidate(value=value, key=folded(_MARK.sub("", value)), printed=printed, witness=witness, rule=rule)


def _stated(page: Page) -> list[Candidate[str]]:
    found = [_candidate(words, "meta", f"meta: {name}") for name in _METAS if (words := clean(page.meta(name)))]
    things = [thing.text("description") for thing in page.things[:2] if thing.is_article]
    return found + [_candidate(words, "json-ld", "json-ld: description") for words in things if words]
