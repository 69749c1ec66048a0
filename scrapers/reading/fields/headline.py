"""Which words are the headline: what the layout names, else the heading that listing or title repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from scrapers.items import Headline, Record
from scrapers.reading.body import Cut
from scrapers.reading.candidates import Candidate
from scrapers.reading.fields.headings import Shown, headings, leads_elsewhere, lesser, parted
from scrapers.reading.fields.listed import listing_of, says
from scrapers.reading.fields.looks import Looks, title_by_looks
from scrapers.reading.fields.titles import (
    LONGEST,
    NEWS,
    candidate,
    likeness,
    parts,
    stated_titles,
    title_part,
    without_website,
)
from scrapers.reading.page import Page, folded
from scrapers.reading.places import Place, look, said
from scrapers.reading.template import repeats
from scrapers.reading.text import repair
from scrapers.reading.tree import Element, text_of

_ALIKE = 0.55
_SURE = 0.8
_HELD = 0.6
"""For words that a title holds among others."""
_MOST_KNOWN = 12
_LEAST_CUT = 15


class Heading(Record, frozen=True, kw_only=True):
    won: Candidate[str]
    said: tuple[Candidate[str], ...]
    element: Element | None = None
    kicker: str = ""
    """What stands above the headline in the same element."""


NO_HEADLINE = Heading(won=Candidate(value="", key="", printed="", witness="guess", rule=""), said=())


def read_headline(
    page: Page, where: tuple[Place, ...], cut: Cut | None, *, listed: Headline | None = None
) -> Heading | None:
    """Return the headline and all that was said of it, or None when the page has none and no entrance shows one."""
    stated, listing = stated_titles(page), listing_of(listed)
    known = [found for found in islice(look(page, where, "headline"), _MOST_KNOWN) if said(found.element)]
    known = [one for one in known if not one.place.is_learnt or _is_own(page, said(one.element), listing)]
    if known:
        found = next((one for one in known if listing and says(listing.value, parted(one.element)[0])), known[0])
        words, kicker = parted(found.element)
        if listing and found.place.witness != "source" and likeness(words, listing.value) < _ALIKE:
            # On some websites of a family the place holds the section's name.
            shown = _Choice(page, stated, cut, listing).listed()
            if shown:
                return shown
        won = candidate(words or said(found.element), found.place.witness, found.rule)
        sure = not found.place.is_loose or _is_told(page, won, stated)
        other = None if sure else _Choice(page, stated, cut, listing).made()
        if other and other.element is not None and other.element is not found.element:
            return other
        return _heading(page, won, stated, listing, element=found.element, kicker=kicker)
    return _Choice(page, stated, cut, listing).made()


def _is_told(page: Page, won: Candidate[str], stated: list[Candidate[str]]) -> bool:
    """Whether machines are told the same: in widespread systems a section's name can stand in the headline's place."""
    if any(one.key == won.key for one in stated):
        return True
    return not _is_section(won.value) and any(True for _ in title_part(page, won.value))


def _is_own(page: Page, words: str, listing: Candidate[str] | None) -> bool:
    """Whether what stands in a learnt place is this page's: not on every page, and no other than an entrance shows."""
    return not repeats(page.template, words) and (listing is None or says(listing.value, words))


def _heading(
    page: Page,
    won: Candidate[str],
    stated: Iterable[Candidate[str]],
    listing: Candidate[str] | None,
    *,
    element: Element | None = None,
    kicker: str = "",
) -> Heading:
    """``won`` with its witnesses; a listing that cuts it off agrees with it."""
    said_so = [won, *stated, *title_part(page, won.value)]
    if listing and won.witness != "listing":
        agrees = says(listing.value, won.value)
        said_so.append(candidate(won.value if agrees else listing.value, "listing", listing.rule))
    return Heading(won=won, said=tuple(said_so), element=element, kicker=kicker)


class _Choice:
    """The decision for pages whose layout does not name the headline's place."""

    def __init__(
        self, page: Page, stated: list[Candidate[str]], cut: Cut | None, listing: Candidate[str] | None
    ) -> None:
        self.page, self.stated, self.cut, self.listing = page, stated, cut, listing
        self.title = repair(page.title)
        self.references = list(
            dict.fromkeys(
                [one.value for one in stated] + ([self.title] if folded(page.title) not in page.site_names else [])
            )
        )[:6]
        self.keys = {folded(text) for text in self.references}
        self.part_keys = {folded(part) for text in self.references for part in parts(text)} - page.site_names
        self.shown = headings(page)

    def made(self) -> Heading | None:
        return self.listed() or self._likest() or self._titled() or self._from_stated()

    def _won(self, one: Shown, words: str, why: str) -> Heading:
        name = str(one.element.tag)
        won = candidate(words, "visible", f"general: {name} {why}")
        kicker = one.kicker if words == one.words else ""
        return _heading(self.page, won, self.stated, self.listing, element=one.element, kicker=kicker)

    # -- what the entrance calls it ---------------------------------------------------------------------------------

    def listed(self) -> Heading | None:
        """The heading that an entrance shows for this page, word by word or cut off."""
        if not self.listing:
            return None
        wanted = self.listing.value
        for one in (*self.shown, *self._lesser):
            for words in (one.words, *one.pieces):
                if says(wanted, words):
                    return self._won(one, words, "as the entrance shows it")
        line = self._line({folded(wanted)})
        return self._won(line, line.words, "as the entrance shows it") if line else None

    # -- headings ---------------------------------------------------------------------------------------------------

    def _likest(self) -> Heading | None:
        best, words, score = self._best(self.shown)
        if best and self._names_section(best) and (inner := self._beyond(best, words)):
            return inner
        if best and score >= _SURE:
            return self._won(best, words, "like the page's title")
        if best and not self.stated and (called := self._by_looks(best, called=True)):
            return called
        main = self._main
        if main and (best is None or best is not main):
            return self._won(main, main.words, "the page's main heading")
        found = None if self.stated else self._untold(best)
        return found or (self._won(best, words, "like the page's title") if best else None)

    def _beyond(self, section: Shown, words: str) -> Heading | None:
        """The headline on a page whose likest heading is the section's name."""
        other, others_words, likely = self._best([one for one in self.shown if folded(one.words) != folded(words)])
        if other and likely >= _SURE:
            return self._won(other, others_words, "like the page's title")
        if inner := self._within_section(section):
            return self._won(inner, inner.words, "right above the text")
        if found := self._by_looks(section):
            return found
        line = self._line((self.keys | self.part_keys) - {folded(words)})
        return self._won(line, line.words, "that the page's title repeats") if line else None

    def _untold(self, best: Shown | None) -> Heading | None:
        """The headline where machines are told none, and hardly a heading is like the page's title."""
        if best and not _is_section(best.words):
            return None
        above = self._above or self._only
        if above and above is self._only and _is_section(above.words) and (found := self._by_looks(above)):
            # The only h1 is the section's name.
            return found
        if above and NEWS.fullmatch(above.words) and (inner := self._within_section(above)):
            above = inner
        if above and (self._follows(above, best) if best else self._nameless()):
            return self._won(above, above.words, "right above the text")
        if best and not NEWS.fullmatch(best.words):
            return None
        likest, _, score = self._best(self._lesser)
        titled = (likest and score >= _ALIKE) or self._line(self.keys | self.part_keys)
        looks = self._looks
        return self._looked(looks) if looks and (looks.is_marked or not self.shown) and not titled else None

    def _by_looks(self, after: Shown, *, called: bool = False) -> Heading | None:
        """What looks like a title below a heading; if ``called``, only what a class calls one as well."""
        looks = self._looks
        if (
            not looks
            or not looks.is_marked
            or not self._follows(looks.shown, after)
            or (called and not looks.is_called)
        ):
            return None
        return self._looked(looks)

    def _looked(self, looks: Looks) -> Heading:
        return self._won(looks.shown, looks.shown.words, looks.why)

    def _names_section(self, one: Shown) -> bool:
        """Whether a short heading is the section's name: news are sections everywhere, others have a link of that name."""
        if not _is_section(one.words):
            return False
        if NEWS.fullmatch(one.words):
            return True
        return all(folded(one.words) != told.key for told in self.stated) and leads_elsewhere(self.page, one)

    def _within_section(self, section: Shown) -> Shown | None:
        """What stands between the section's name and the text: a heading, or a line that is called a title."""
        above = self._above
        if above and self._follows(above, section):
            return above
        between = [
            one
            for one in self._lesser
            if self._order[section.element] < self._order.get(one.element, self._begin) < self._begin
            and not _is_section(one.words)
        ]
        return between[-1] if between else None

    def _best(self, shown: list[Shown]) -> tuple[Shown | None, str, float]:
        best, won, most = None, "", 0.0
        for one in shown:
            words, score = self._score(one)
            if score > most:
                best, won, most = one, words, score
        return (best, won, most) if most >= _ALIKE else (None, "", 0.0)

    def _score(self, one: Shown) -> tuple[str, float]:
        """How far a heading is what the page says it is called, and in which of its readings."""
        # What a heading calls its kicker is none of the headline, though titles often repeat it.
        readings = (one.words, *(piece for piece in one.pieces[bool(one.kicker) :] if piece != one.kicker))
        for keys in (self.keys, self.part_keys):
            words = next((words for words in readings if folded(words) in keys), "")
            if words:
                break
        words, key = words or one.words, folded(words or one.words)
        score = max((likeness(words, reference) for reference in self.references), default=0.0)
        if key in self.part_keys:
            score = max(score, 0.72 + 0.25 * score)
        elif " " in key and any(f" {key} " in f" {whole} " for whole in self.keys):
            score = max(score, _HELD)
        score -= (
            0.08 * (one.level - 1)
            + (0.1 if one.junk else 0.0)
            + _away(one, exact=key in self.keys or key in self.part_keys)
        )
        return words, score

    @cached_property
    def _main(self) -> Shown | None:
        """The only telling h1 above the text: that it is unlike what machines are told does not matter."""
        begin = self._begin
        above = [
            one
            for one in self.shown
            if one.level == 1 and not one.junk and not one.teaser and self._order.get(one.element, begin) < begin
        ]
        return above[0] if len(above) == 1 and not _is_section(above[0].words) else None

    @cached_property
    def _above(self) -> Shown | None:
        """The last heading of some length before the text begins, else one at its very top."""
        if self._begin < 0:
            return None
        telling = [one for one in self.shown if len(one.words.split()) >= 4 or len(one.words) > 25]
        telling = [one for one in telling if not NEWS.fullmatch(one.words)]
        before = [one for one in telling if self._order.get(one.element, self._begin) < self._begin]
        before.sort(key=lambda one: self._order[one.element])
        # A smaller heading under another in the same box says more of the same.
        while len(before) > 1 and _is_under(before[-1], before[-2]):
            before.pop()
        return before[-1] if before else None

    @cached_property
    def _only(self) -> Shown | None:
        """The page's only h1, for pages that are called nothing else."""
        ones = [one for one in self.shown if one.level == 1 and not one.teaser]
        return ones[0] if len(ones) == 1 else None

    def _follows(self, one: Shown, other: Shown) -> bool:
        return one is not other and self._order[one.element] > self._order.get(other.element, 0)

    def _nameless(self) -> bool:
        """Whether the page's title is the website's rather than the page's."""
        if not self.title or _is_section(self.title) or folded(self.title) in self.page.site_names:
            return True
        return sum(one.level == 1 for one in self.shown) == 1

    @cached_property
    def _order(self) -> dict[Element, int]:
        return {element: number for number, element in enumerate(self.page.root.iter())}

    @cached_property
    def _begin(self) -> float:
        """Where the text's first words of some length stand; -1 where the page shows no text."""
        if self.cut is None or self.cut.witness == "json-ld":
            return -1
        return _first_words(self.cut.elements[0], self._order)

    # -- what is no heading but says what the title says --------------------------------------------------------------

    @cached_property
    def _lesser(self) -> list[Shown]:
        return lesser(self.page)

    def _titled(self) -> Heading | None:
        best, words, score = self._best(self._lesser)
        if best and score >= _ALIKE:
            return self._won(best, words, "like the page's title")
        line = self._line(self.keys | self.part_keys) or self._held()
        return self._won(line, line.words, "that the page's title repeats") if line else None

    def _held(self) -> Shown | None:
        """What looks like a title where the page's title begins or ends with it, however it is parted from the rest."""
        words, title = (self._looks.shown.words if self._looks else ""), self.title
        tied = words != title and (title.startswith(words) or title.endswith(words))
        return self._looks.shown if self._looks and tied and len(words) * 3 > len(title) else None

    @cached_property
    def _looks(self) -> Looks | None:
        return title_by_looks(self.page)

    def _line(self, keys: set[str]) -> Shown | None:
        """The longest line of the page, of whatever kind, that is one of ``keys``."""
        found: list[Shown] = []
        wanted = {key for key in keys if (len(key.split()) > 1 or len(key) >= _LEAST_CUT) and not NEWS.fullmatch(key)}
        for element in self.page.root.iter(*_LINES) if wanted else ():
            if len(element) > 3 or not (element.text or len(element)):
                continue
            words = text_of(element)
            if len(words) <= LONGEST and folded(words) in wanted and not self.page.in_junk(element):
                found.append(Shown(element=element, words=words, level=5))
        return max(found, key=lambda one: len(one.words), default=None)

    # -- what only machines are told ----------------------------------------------------------------------------------

    def _from_stated(self) -> Heading | None:
        """The headline as only machines are told it, without the website's name around it; else what the entrance says."""
        if self.listing and not self.stated and self._has_text and not self._is_told(self.listing.value):
            return _heading(self.page, self.listing, (), None)
        told = self.stated[0] if self.stated else candidate(self.title, "meta", "title") if self.title else None
        if told is None:
            return None
        bare = without_website(self.page, told.value)
        won = candidate(bare, told.witness, told.rule)
        return _heading(self.page, won, self.stated, self.listing)

    @property
    def _has_text(self) -> bool:
        return self.cut is not None and any(text_of(element) for element in self.cut.elements)

    def _is_told(self, listed: str) -> bool:
        """Whether the page's title is about what the entrance says, or is at least more than the website's name."""
        return likeness(self.title, listed) >= _ALIKE or any(says(listed, part) for part in parts(self.title))


def _away(one: Shown, *, exact: bool) -> float:
    """What a heading loses that leads elsewhere; session numbers make a page's link to itself look so too."""
    return 0.0 if not one.teaser else 0.05 if exact else 0.25


def _is_under(one: Shown, other: Shown) -> bool:
    beside = one.element.getprevious() is other.element and other.level < one.level
    return beside and not (other.teaser or other.junk or _is_section(other.words))


_LINES = ("p", "div", "span", "strong", "b", "td", "font", "dt", "th", "center", "big", "em", "caption", "legend")


_SAYS_SOMETHING = re.compile(r"\w[:?!,]\s|[?!]$|\d")


def _is_section(words: str) -> bool:
    """Whether these words can be a section's name: "News Releases"."""
    return len(words.split()) <= 4 and len(words) < 40 and _SAYS_SOMETHING.search(words) is None


def _first_words(text: Element, order: dict[Element, int]) -> float:
    for element in text.iter():
        if element.tag not in _TITLES and len((element.text or "").strip()) > _SHORT:
            return order.get(element, -1)
        if element is not text and len((element.tail or "").strip()) > _SHORT:
            return order.get(element, -1) + 0.5
    return order.get(next(text.iter("p", "li", "td"), text), -1)


_TITLES = ("h1", "h2", "h3", "a", "script", "style")
_SHORT = 40
