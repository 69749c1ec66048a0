"""Which words are the headline: what the layout names, else the heading that the page's own title repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scrapers.items import Record
from scrapers.reading.body import Cut
from scrapers.reading.candidates import Candidate
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Place, look, said
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, select, text_of

_METAS = (
    "og:title",
    "twitter:title",
    "dcterms.title",
    "dc.title",
    "title",
    "headline",
    "sailthru.title",
    "parsely-title",
)
_SEPARATORS = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*|\s+::\s+|\s+//\s+")
_ALIKE = 0.55
_LONGEST = 500


class Headline(Record, frozen=True, kw_only=True):
    won: Candidate[str]
    said: tuple[Candidate[str], ...]
    element: Element | None = None


NO_HEADLINE = Headline(won=Candidate(value="", key="", printed="", witness="guess", rule=""), said=())


def read_headline(page: Page, where: tuple[Place, ...], cut: Cut | None) -> Headline | None:
    """Return the headline and all that was said of it, or None when the page has none."""
    stated = list(_stated(page))
    known = next((found for found in look(page, where, "headline") if said(found.element)), None)
    if known:
        won = _candidate(said(known.element), known.place.witness, known.rule)
        return Headline(won=won, said=(won, *stated, *_titles(page, won.value)), element=known.element)
    return _by_likeness(page, stated, cut)


def _candidate(printed: str, witness: str, rule: str) -> Candidate[str]:
    value = repair(printed)[:_LONGEST].strip()
    return Candidate(value=value, key=folded(value), printed=printed[:_LONGEST], witness=witness, rule=rule)  # type: ignore[arg-type]


def _stated(page: Page) -> Iterator[Candidate[str]]:
    for thing in page.things:
        words = thing.text("headline") if thing.is_article else ""
        if words:
            yield _candidate(words, "json-ld", "json-ld: headline")
    for name in _METAS:
        words = clean(page.meta(name))
        if words and folded(words) not in page.site_names:
            yield _candidate(words, "meta", f"meta: {name}")
    for element in page.items.get("headline", ())[:3]:
        words = said(element)
        if words:
            yield _candidate(words, "microdata", "microdata: headline")


def _titles(page: Page, near: str) -> Iterator[Candidate[str]]:
    """The title element's part that is ``near``, if any: a witness for it."""
    whole = _title(page)
    part = next((part for part in (whole, *_parts(whole)) if folded(part) == folded(near)), "")
    if part:
        yield _candidate(part, "meta", "title")


def _title(page: Page) -> str:
    element = next(select(page.root, "head > title, title"), None)
    return text_of(element) if element is not None else ""


def _parts(title: str) -> list[str]:
    """The title without its first or last parts: "Ministry - News - Headline" in every way it can be cut."""
    cuts = [(match.start(), match.end()) for match in _SEPARATORS.finditer(title)]
    return [title[:start] for start, _ in cuts] + [title[end:] for _, end in cuts]


def _by_likeness(page: Page, stated: list[Candidate[str]], cut: Cut | None) -> Headline | None:
    title = _title(page)
    references = [candidate.value for candidate in stated]
    if title and folded(title) not in page.site_names:
        references.append(repair(title))
    headings = [heading for heading in _headings(page) if folded(heading[1]) not in page.site_names]
    best = _likest(headings, references)
    if best is None or _is_section(best, headings, references):
        best = _above_text(page, headings, cut) or best
    if best is not None:
        won = _candidate(best[1], "visible", f"general: {best[0].tag} like the page's title")
        return Headline(won=won, said=(won, *stated, *_titles(page, won.value)), element=best[0])
    return _from_stated(page, stated, title, headings, cut)


def _headings(page: Page) -> list[tuple[Element, str]]:
    """Headings with words, outside menus and boxes; h1 first."""
    found = []
    for tag in ("h1", "h2", "h3"):
        for element in page.root.iter(tag):
            words = text_of(element)
            if words and len(words) <= _LONGEST and (tag == "h1" or not page.in_junk(element)):
                found.append((element, words))
    return found[:80]


def _likest(headings: list[tuple[Element, str]], references: list[str]) -> tuple[Element, str] | None:
    scored = [
        (likeness(words, reference) - 0.08 * ["h1", "h2", "h3"].index(str(element.tag)), -number)
        for number, (element, words) in enumerate(headings)
        for reference in references[:6]
    ]
    best = max(scored, default=None)
    return headings[-best[1]] if best and best[0] >= _ALIKE else None


def likeness(one: str, other: str) -> float:
    """Return how far two titles share their words, 0 to 1."""
    a, b = (Counter(_words(text)) for text in (one, other))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    words = folded(text).split()
    # Chinese, Japanese and Thai do not part words.
    return words if len(words) > 2 or len(text) < 12 else list(folded(text).replace(" ", ""))


def _is_section(best: tuple[Element, str], headings: list[tuple[Element, str]], references: list[str]) -> bool:
    """Whether the heading found is the section's name: short, with a long heading below that the title knows nothing of."""
    return (
        len(best[1].split()) <= 3
        and len(best[1]) < 30
        and all(len(reference.split()) <= 8 for reference in references)
        and any(len(words.split()) >= 5 for _, words in headings)
    )


def _above_text(
    page: Page, headings: list[tuple[Element, str]], cut: Cut | None, *, inside: bool = True
) -> tuple[Element, str] | None:
    """The last heading of some length before the text begins, else the first ``inside`` it."""
    if cut is None:
        return None
    order = {element: number for number, element in enumerate(page.root.iter())}
    long = [one for one in headings if len(one[1].split()) >= 4 or len(one[1]) > 25]
    before = [one for one in long if order[one[0]] < order[cut.elements[0]]]
    if before:
        return max(before, key=lambda one: order[one[0]])
    within = [one for one in long if cut.elements[0] in set(one[0].iterancestors())] if inside else []
    return min(within, key=lambda one: order[one[0]], default=None)


def _from_stated(
    page: Page, stated: list[Candidate[str]], title: str, headings: list[tuple[Element, str]], cut: Cut | None
) -> Headline | None:
    if stated:
        won = stated[0]
        bare = next((part for part in _parts(won.value) if _is_rest_site(page, won.value, part)), won.value)
        won = _candidate(bare, won.witness, won.rule)
        return Headline(won=won, said=(won, *stated))
    if title:
        bare = next((part for part in _parts(title) if _is_rest_site(page, title, part)), title)
        return Headline(won=_candidate(bare, "meta", "title"), said=())
    if headings:
        return Headline(
            won=_candidate(headings[0][1], "guess", f"general: first {headings[0][0].tag}"),
            said=(),
            element=headings[0][0],
        )
    return None


def _is_rest_site(page: Page, whole: str, part: str) -> bool:
    """Whether what is left of the title beside ``part`` is the website's name."""
    rest = folded(whole.replace(part, "", 1))
    return bool(rest) and (
        rest in page.site_names
        or (folded(part) not in page.site_names and rest.replace(" ", "") in page.host.replace(".", ""))
    )
