"""Learns what the pages of a website have in common: the lines they share, and where text, headline and date stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec.structs import replace

from scrapers.items import Sample, Spot, Template
from scrapers.reading.body import Cut, find_body
from scrapers.reading.dates import read_date
from scrapers.reading.errors import Unreadable
from scrapers.reading.lines import Line, digest, read_lines, tells
from scrapers.reading.naming import selectors
from scrapers.reading.opening import page_of, refuse
from scrapers.reading.page import Page, folded
from scrapers.reading.text import decode
from scrapers.reading.tree import Element, length, text_of

MOST_LINES = 4000
_SAME, _SAME_STORY = 0.9, 0.5
"""Two pages that share so much of their words are one; less is enough under the same headline."""
_FEW = 4
"""Of fewer pages nothing tells the website's own words from a text at two addresses."""
_MANY = 6
_SHINGLE = 4
_MOST_SPOTS = 4
_MOST_TRIED = 60
_HIGHEST = 4
_LONGEST_DATE = 80
_DIGIT = re.compile(r"\d")
_UNPARTED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u4e00-\u9fff]")


def learn(samples: Iterable[Sample]) -> Template:
    """Return what the pages have in common; nothing but counts where there are not two different ones to compare.

    Pages that tell the same (at two addresses, for printing) count once: what they share is their text. What cannot
    be opened is left out.
    """
    groups = _distinct([one for one in map(_opened, samples) if one])
    if len(groups) < 2:
        return Template(pages=len(groups))
    lines = _common(groups)
    pages = [group[0] for group in groups]
    for one in pages:
        one.page.template = Template(pages=len(pages), lines=lines)
    return Template(
        pages=len(pages),
        lines=lines,
        texts=_texts(pages),
        headlines=_one_place(pages, _Opened.heading, lambda one, found: folded(text_of(found)) == one.title),
        dates=_one_place(pages, _Opened.date, lambda one, found: one.is_day(text_of(found))),
    )


def following(before: Template | None, learnt: Template) -> Template:
    """Return what was learnt under its number: a new one only where it reads pages otherwise than the one before."""
    same = before is not None and _gist(before) == _gist(learnt)
    return replace(learnt, version=(before.version if before else 0) + (not same))


def _gist(template: Template) -> tuple[bytes, tuple[tuple[str, ...], ...]]:
    groups = (template.texts, template.headlines, template.dates)
    return template.lines, tuple(tuple(spot.selector for spot in group) for group in groups)


class _Opened:
    """A sample with its page open."""

    def __init__(self, sample: Sample, page: Page) -> None:
        self.sample, self.page = sample, page
        self.words = _shingles(sample.article.body_text)
        listed = sample.listed.rstrip()
        stated = sample.article.headline if self._is_sure("headline") else ""
        self.title = folded(stated if not listed or listed.endswith(("…", "...")) else listed)
        """The headline, when it is sure; else ""."""

    def _is_sure(self, field: str) -> bool:
        return any(one.field == field and one.grade == "A" for one in self.sample.article.passport)

    @cached_property
    def lines(self) -> list[Line]:
        return [line for line in read_lines(self.page.root, without=self.page.junk.boxes) if tells(line.text)]

    @cached_property
    def cut(self) -> Cut | None:
        found = find_body(self.page, ())
        return found if found and found.witness != "json-ld" else None

    def heading(self) -> Element | None:
        """Where the headline stands alone."""
        found = [line.element for line in self.lines if not line.linked and folded(line.text) == self.title != ""]
        return next((one for one in found if one.tag in ("h1", "h2", "h3", "h4")), next(iter(found), None))

    def date(self) -> Element | None:
        """The first place that prints the day of publication and little else."""
        if self.sample.article.published is None or not self._is_sure("published"):
            return None
        for element in self.page.root.iter("time"):
            if not self.page.in_junk(element) and self.is_day(text_of(element)):
                return element
        short = (line for line in read_lines(self.page.root, without=self.page.junk.boxes) if not line.linked)
        return next((line.element for line in short if self.is_day(text_of(line.element))), None)

    def is_day(self, text: str) -> bool:
        published = self.sample.article.published
        if published is None or len(text) > _LONGEST_DATE or not _DIGIT.search(text):
            return False
        zone = str(published.at.tzinfo) if "/" in str(published.at.tzinfo) else "Etc/UTC"
        read = read_date(text, language=self.sample.article.language or "en", timezone=zone)
        return read is not None and read.at.date() == published.at.date()


def _opened(sample: Sample) -> _Opened | None:
    try:
        refuse(sample.payload, sample.article.url)
        decoded = decode(sample.payload, content_type=sample.content_type or None)
        return _Opened(sample, page_of(decoded, url=sample.article.url))
    except Unreadable:
        return None


# -- which pages are different -------------------------------------------------------------------------------------------


def _shingles(text: str) -> frozenset[str]:
    words = list(text) if len(_UNPARTED.findall(text)) * 4 > len(text) else folded(text).split()
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1)))


def _distinct(pages: Sequence[_Opened]) -> list[list[_Opened]]:
    """Return the pages, those that tell the same together."""
    among = Counter(shingle for one in pages for shingle in one.words)
    usual = frozenset(word for word, count in among.items() if count * 2 > len(pages)) if len(pages) >= _FEW else None
    groups: list[list[_Opened]] = []
    for one in pages:
        same = next((group for group in groups if _tell_the_same(one, group[0], usual or frozenset())), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    return groups


def _tell_the_same(one: _Opened, other: _Opened, usual: frozenset[str]) -> bool:
    here, there = one.words - usual, other.words - usual
    least = _SAME_STORY if _headline(one) == _headline(other) else _SAME
    whole = len(here | there)
    return len(here & there) >= least * whole if whole else _headline(one) == _headline(other)


def _headline(one: _Opened) -> str:
    return folded(one.sample.article.headline)


# -- lines ---------------------------------------------------------------------------------------------------------------


def _common(groups: Sequence[Sequence[_Opened]]) -> bytes:
    """The lines that pages telling different things share.

    Links return wherever a website names its latest news; other words must stand on most pages, for ministries repeat
    themselves in their texts too.
    """
    on, unlinked = Counter[str](), set[str]()
    for group in groups:
        lines = [line for one in group for line in one.lines]
        on.update({line.text for line in lines})
        unlinked.update(line.text for line in lines if not line.linked)
    link, words = (2 if len(groups) < _MANY else 3), max(2, len(groups) // 2 + 1)
    common = [text for text, count in on.items() if count >= (words if text in unlinked else link)]
    common.sort(key=lambda text: -on[text])
    return b"".join(sorted(map(digest, common[:MOST_LINES])))


# -- places --------------------------------------------------------------------------------------------------------------


def _texts(pages: Sequence[_Opened]) -> tuple[Spot, ...]:
    """Where the text stands, by the votes of the pages; again for those that the places found so far do not serve."""
    spots: list[Spot] = []
    waiting = [one for one in pages if one.cut]
    while len(waiting) >= 2 and len(spots) < _MOST_SPOTS:
        spot = _text_place(waiting)
        if spot is None:
            break
        spots.append(spot)
        waiting = [one for one in waiting if next(one.page.select(spot.selector), None) is None]
    return tuple(spots)


def _text_place(pages: Sequence[_Opened]) -> Spot | None:
    votes = Counter(css for one in pages for css in dict.fromkeys(_ways_to_text(one)))
    best: tuple[tuple[int, int, int], Spot] | None = None
    for css, count in votes.most_common(_MOST_TRIED):
        hits = [_hit(one, next(one.page.select(css), None)) for one in pages] if count >= 2 else []
        right, wrong, exactly = hits.count("around") + hits.count("exact"), hits.count("wrong"), hits.count("exact")
        vague = sum(len(list(one.page.select(css))) > 1 for one in pages) if right >= 2 else 0
        if right >= 2 and wrong * 5 <= right:
            exact = 2 * sum(one.cut.exact for one, hit in zip(pages, hits, strict=True) if one.cut and hit == "exact")
            rank = (right - 2 * wrong + exactly - vague, exactly, -len(css))
            if best is None or rank > best[0]:
                best = rank, Spot(selector=css, pages=right, exact=exact > right)
    return best[1] if best else None


def _ways_to_text(one: _Opened) -> list[str]:
    return [css for element in _around_text(one) for css in selectors(one.page, element)]


def _around_text(one: _Opened) -> list[Element]:
    """The text's element and those around it that a website might have meant."""
    assert one.cut
    element = one.cut.elements[0]
    around = [element, *list(element.iterancestors())[:_HIGHEST]]
    return [each for each in around if each.tag not in ("p", "span", "body", "html")]


def _hit(one: _Opened, found: Element | None) -> str:
    if found is None or one.cut is None:
        return "none"
    text = one.cut.elements[0]
    if found is text:
        return "exact"
    if found in _around_text(one):
        return "around"
    inside = text in list(found.iterancestors()) and length(found) > 0.8 * length(text)
    return "around" if inside else "wrong"


def _one_place(
    pages: Sequence[_Opened],
    where: Callable[[_Opened], Element | None],
    is_right: Callable[[_Opened, Element], bool],
) -> tuple[Spot, ...]:
    """Where a short field stands; the place that is right on most pages where the field is known."""
    known = [(one, element) for one in pages if (element := where(one)) is not None]
    votes = Counter(css for one, element in known for css in selectors(one.page, element))
    for css, count in votes.most_common(_MOST_TRIED):
        found = [(one, list(one.page.select(css))) for one, _ in known]
        hits = [len(elements) == 1 and is_right(one, elements[0]) for one, elements in found if elements]
        right = sum(hits)
        if right >= 2 and count >= 2 and (len(hits) - right) * 5 <= right:
            return (Spot(selector=css, pages=right),)
    return ()
