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
from scrapers.reading.fields.titles import parts
from scrapers.reading.lines import Line, digest, read_lines, teaser_boxes, tells
from scrapers.reading.naming import selectors
from scrapers.reading.opening import page_of, refuse
from scrapers.reading.page import Page, folded
from scrapers.reading.text import decode
from scrapers.reading.tree import Element, size, text_of

MOST_LINES = 4000
LARGEST = 20_000
"""Elements; a website can be learnt from its smaller pages."""
_SAME, _SAME_STORY = 0.9, 0.5
"""Two pages that share so much of their words are one; less is enough under the same headline."""
_FEW = 4
"""Of fewer pages nothing tells the website's own words from a text at two addresses."""
_MANY = 6
_SHINGLE = 4
_MOST_SPOTS = 4
_MOSTLY = 0.8
_NEARLY_ALL = 0.8
_PIECES = ("p", "span", "font", "tr", "tbody", "li", "ul", "ol", "table", "blockquote")
_MOST_TRIED = 60
_HIGHEST = 4
_MORE = 1.2
"""An element with a fifth more of the page's own words than its text has is another."""
_LONGEST_DATE = 80
_ANY = re.compile(r"^(?:article|main|\w+\[role=.*\])$")
"""Says no more of one website than of all."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_UNPARTED = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u4e00-\u9fff]")


def learn(samples: Iterable[Sample]) -> Template:
    """Return what the pages have in common; nothing but counts where there are not two different ones to compare.

    Pages that tell the same (at two addresses, for printing) count once: what they share is their text. What cannot
    be opened is left out.
    """
    groups = _distinct([one for one in map(_opened, samples) if one])
    if len(groups) < 2:
        return Template(pages=len(groups))
    common = _common(groups)
    lines = b"".join(sorted(digest(text, linked=linked) for text, linked in common))
    pages = [group[0] for group in groups]
    usual = frozenset(text for text, linked in _common(groups, plain=_without_numbers) if not linked)
    for one in pages:
        one.page.template = Template(pages=len(pages), lines=lines)
        one.look_at_text(usual)
    _look_below_headlines(pages)
    return Template(
        pages=len(pages),
        lines=lines,
        names=_names(groups),
        texts=_texts(pages),
        headlines=_one_place(pages, lambda one: one.heading, lambda one, found: folded(text_of(found)) == one.title),
        dates=_one_place(pages, _Opened.date, lambda one, found: one.is_day(text_of(found))),
    )


def following(before: Template | None, learnt: Template) -> Template:
    """Return what was learnt under its number: a new one only where it reads pages otherwise than the one before."""
    same = before is not None and _gist(before) == _gist(learnt)
    return replace(learnt, version=(before.version if before else 0) + (not same))


def _gist(template: Template) -> tuple[object, ...]:
    groups = (template.texts, template.headlines, template.dates)
    return template.lines, template.names, [[(spot.selector, spot.exact) for spot in group] for group in groups]


class _Opened:
    """A sample with its page open."""

    def __init__(self, sample: Sample, page: Page) -> None:
        self.sample, self.page = sample, page
        self.words = _shingles(sample.article.body_text)
        self.cut: Cut | None = None
        self.text: Element | None = None
        self.prose = Counter[Element]()
        """Characters in each element that are the page's own and lead nowhere."""
        listed = sample.listed.rstrip()
        stated = sample.article.headline if self._is_sure("headline") else ""
        self.title = folded(stated if not listed or listed.endswith(("…", "...")) else listed)
        """The headline, when it is sure; else ""."""

    def _is_sure(self, field: str) -> bool:
        return any(one.field == field and one.grade == "A" for one in self.sample.article.passport)

    @cached_property
    def lines(self) -> list[Line]:
        return [line for line in read_lines(self.page.root, without=self.page.junk.boxes) if tells(line.text)]

    def look_at_text(self, usual: frozenset[str]) -> None:
        """Find the text, knowing which lines are ``usual`` when numbers are left out of them."""
        found = find_body(self.page, ())
        self.cut = found if found and found.witness != "json-ld" else None
        self.text = self.cut.elements[0] if self.cut else None
        self.prose.clear()
        teasers = teaser_boxes(self.lines)
        for line in self.lines:
            if not line.linked and _without_numbers(line.text) not in usual:
                around = [line.element, *line.element.iterancestors()]
                if teasers.isdisjoint(around[:3]):
                    self.prose.update(dict.fromkeys(around, len(line.text)))

    def near(self) -> Element | None:
        """The element with the page's own words that is nearest to the headline."""
        heading = self.heading
        if heading is None:
            return None
        around = next((one for one in heading.iterancestors() if self.own_prose(one)), None)
        while around is not None:
            whole = self.own_prose(around)
            best = max((one for one in around if one is not heading), key=lambda one: self.prose[one], default=None)
            if best is None or best.tag in _PIECES or best in set(heading.iterancestors()):
                break
            if self.prose[best] < _MOSTLY * whole:
                break
            around = best
        return around

    def own_prose(self, element: Element) -> int:
        """Characters of the page's own in the element, the headline not counted."""
        heading = self.heading
        inside = heading is not None and element in (heading, *heading.iterancestors())
        return self.prose[element] - (self.prose[heading] if heading is not None and inside else 0)

    @property
    def is_exact(self) -> bool:
        return self.cut is not None and self.cut.exact and self.text is self.cut.elements[0]

    @cached_property
    def heading(self) -> Element | None:
        """Where the headline stands alone."""
        found = [line.element for line in self.lines if not line.linked and folded(line.text) == self.title != ""]
        return next((one for one in found if one.tag in ("h1", "h2", "h3", "h4")), next(iter(found), None))

    def date(self) -> Element | None:
        """The first place that prints the day of publication and little else; None where the page marks it itself."""
        if self.sample.article.published is None or not self._is_sure("published"):
            return None
        if any(self.is_day(text_of(element)) for element in self.page.root.iter("time")):
            return None
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
        page = page_of(decoded, url=sample.article.url)
        return _Opened(sample, page) if size(page.root) <= LARGEST else None
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
    return one.title or folded(one.sample.article.headline)


# -- lines ---------------------------------------------------------------------------------------------------------------


def _without_numbers(text: str) -> str:
    return _NUMBER.sub("", text)


def _common(groups: Sequence[Sequence[_Opened]], *, plain: Callable[[str], str] = str) -> list[tuple[str, bool]]:
    """The lines that pages telling different things share.

    Links return wherever a website names its latest news; other words must stand on most pages, for ministries repeat
    themselves in their texts too.
    """
    on = Counter[tuple[str, bool]]()
    for group in groups:
        on.update({(plain(line.text), line.linked) for one in group for line in one.lines})
    link, words = (2 if len(groups) < _MANY else 3), max(2, len(groups) // 2 + 1)
    titles = _headlines(groups)
    common = [line for line, count in on.items() if count >= (link if line[1] else words)]
    common = [(text, linked) for text, linked in common if linked or folded(text) not in titles]
    common.sort(key=lambda line: -on[line])
    return common[:MOST_LINES]


def _headlines(groups: Sequence[Sequence[_Opened]]) -> set[str]:
    """The articles' own headlines; what most pages are called is the website's name, unless entrances call them so."""
    on = Counter(title for group in groups for title in {one.title for one in group})
    listed = {one.title for group in groups for one in group if one.sample.listed}
    return {title for title, count in on.items() if count * 2 <= len(groups)} | listed


def _names(groups: Sequence[Sequence[_Opened]]) -> tuple[str, ...]:
    """What most pages have in their titles beside their headlines."""
    on = Counter(name for group in groups for name in {name for one in group for name in _titled(one)})
    titles = _headlines(groups)
    return tuple(sorted(name for name, count in on.items() if count * 2 > len(groups) and name not in titles))


def _titled(one: _Opened) -> set[str]:
    titles = [title for title in (one.page.title, one.page.meta("og:title")) if title]
    return {name for title in titles for part in (title, *parts(title)) if (name := folded(part))}


# -- places --------------------------------------------------------------------------------------------------------------


def _look_below_headlines(pages: Sequence[_Opened]) -> None:
    """Prefer what stands nearest to the headline to what has most words, if it is the same where there are many words.

    On a page of two sentences a column of teasers has more; on a long one a lede right below the headline has less.
    """
    near = [(one, one.text, found) for one in pages if one.text is not None and (found := one.near()) is not None]
    sizes = sorted(((one.own_prose(text), one.own_prose(found)) for one, text, found in near), reverse=True)
    longest = sizes[: (len(near) + 2) // 3]
    if sum(found for _, found in longest) < _NEARLY_ALL * sum(text for text, _ in longest):
        return
    for one, _, found in near:
        one.text = found


def _texts(pages: Sequence[_Opened]) -> tuple[Spot, ...]:
    """Where the text stands, by the votes of the pages; again for those that the places found so far do not serve."""
    spots: list[Spot] = []
    waiting = [one for one in pages if one.text is not None]
    while len(waiting) >= 2 and len(spots) < _MOST_SPOTS:
        spot = _text_place(waiting)
        if spot is None:
            break
        spots.append(spot)
        waiting = [one for one in waiting if next(one.page.select(spot.selector), None) is None]
    return tuple(spots)


def _text_place(pages: Sequence[_Opened]) -> Spot | None:
    votes = Counter(css for one in pages for css in dict.fromkeys(_ways_to_text(one)))
    best: tuple[tuple[bool, int, int, int], Spot] | None = None
    for css, count in votes.most_common(_MOST_TRIED):
        hits = [_hit(one, next(one.page.select(css), None)) for one in pages] if count >= 2 else []
        right, wrong, exactly = hits.count("around") + hits.count("exact"), hits.count("wrong"), hits.count("exact")
        vague = sum(len(list(one.page.select(css))) > 1 for one in pages) if right >= 2 else 0
        if right >= 2 and wrong * 5 <= right:
            exact = 2 * sum(one.is_exact for one, hit in zip(pages, hits, strict=True) if hit == "exact")
            # A place that is only counted off is another as soon as something is put before it.
            rank = (":nth" not in css, right - 2 * wrong + exactly - vague, exactly, -len(css))
            if best is None or rank > best[0]:
                best = rank, Spot(selector=css, pages=right, exact=exact > right)
    return best[1] if best else None


def _ways_to_text(one: _Opened) -> list[str]:
    return [css for element in _around_text(one) for css in selectors(one.page, element) if not _ANY.match(css)]


def _around_text(one: _Opened) -> list[Element]:
    """The text's element, and those around it that hold little more."""
    text = one.text
    if text is None:
        return []
    around = [text, *list(text.iterancestors())[:_HIGHEST]]
    most = _MORE * one.prose[text]
    return [each for each in around if each.tag not in ("p", "span", "body", "html") and one.prose[each] <= most]


def _hit(one: _Opened, found: Element | None) -> str:
    text = one.text
    if found is None or text is None:
        return "none"
    if found is text:
        return "exact"
    if found in _around_text(one):
        return "around"
    inside = text in list(found.iterancestors()) and _MORE * one.prose[found] >= one.prose[text]
    return "around" if inside else "wrong"


def _one_place(
    pages: Sequence[_Opened],
    where: Callable[[_Opened], Element | None],
    is_right: Callable[[_Opened, Element], bool],
) -> tuple[Spot, ...]:
    """Where a short field stands; the place that is right on most pages where the field is known."""
    known = [(one, element) for one in pages if (element := where(one)) is not None]
    votes = Counter(css for one, element in known for css in selectors(one.page, element))
    for css, count in sorted(votes.most_common(_MOST_TRIED), key=lambda vote: ":nth" in vote[0]):
        found = [(one, list(one.page.select(css))) for one, _ in known]
        hits = [len(elements) == 1 and is_right(one, elements[0]) for one, elements in found if elements]
        right = sum(hits)
        if right >= 2 and count >= 2 and (len(hits) - right) * 5 <= right:
            return (Spot(selector=css, pages=right),)
    return ()
