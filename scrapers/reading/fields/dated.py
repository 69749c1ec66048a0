"""Where people see dates on a page: near the headline, in marked lines, before the first sentence, under the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from scrapers.items import Moment
from scrapers.reading.fields.clock import Clock, day_of
from scrapers.reading.fields.dateline import Seen, has_digits, is_about, may_be_date, read_labelled, read_line
from scrapers.reading.fields.stated import candidate
from scrapers.reading.page import Page
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, length, text_of

_NO_DATES = frozenset(("script", "style", "option", "h1", "title", "template", "noscript", "svg", "select", "nav", "iframe"))  # fmt: skip
_MARKED = re.compile(
    r"^(?:date|datum|fecha|data|time|posted|published|pubdate|submitted|created|dateline|timestamp|ngay|ngay-dang|thoi-gian|tanggal)$|"
    r"publish|publikation|pubdate|pub-date|(?:^|[a-z\d]?[-_])(?:date|datum|fecha|posted-on|dateline)(?:$|[-_])|(?:post|news|entry|article|item|meta|release|"
    r"press|issue|detail|content|create)[-_]*(?:date|time|datum)|date[-_]*(?:post|time|created|published)|"
    r"(?:[a-z])(?:Date|Datum|Published)$",
    re.I,
)
_EVENTS = re.compile(
    r"event|calendar|comment|deadline|expir|copyright|registr|birth|until|from|start|end(?:$|[-_])", re.I
)
_DATELINE = re.compile(r"^\s*[(\[]?(?P<line>.{6,70}?)(?:[)\]]\s*[-–—:|,]?|\s*[–—|]|\s-|:)\s+(?=\S)")
_BARE = re.compile(r"^\s*(?P<line>\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d\d-\d\d)\s+(?=[^\W\d_]|[\"“„»])")
_NEAR_AFTER, _NEAR_BEFORE, _FAR, _WIDE = 90, 40, 60, 400
_SMALL, _MUCH, _IN_HEADLINE, _ABOVE, _MARKS = 400, 4000, 6, 4, 40
_FOREIGN = re.compile(
    r"comment|relat|recommend|popular|most|promo|advert|widget|sidebar|teaser|copyright|cookie|newsletter|hidden|breadcrumb|menu|today|clock",
    re.I,
)
_WHOLE = frozenset(("html", "body"))
_NO_CARDS = frozenset(("html", "body", "main", "article"))
_TITLE = 30
"""Characters from which on a link can be a headline."""
_BESIDE, _LINE = 8, 4
_SENTENCE = 60
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_FEW, _NEXT = 3, 3
"""So many elements of one class with different days are rows of a list."""
_PLAIN_NAME = re.compile(r"^[A-Za-z][\w-]*$")


def seen(page: Page, headline: Element | None, text: Element | None, clock: Clock) -> list[Seen]:
    """Return the likeliest date of publication the page shows, and of its last change; at most one of each."""
    found: dict[bool, Seen] = {}
    for lenient in (False, True):
        for line in _Eye(page, headline, text, clock, lenient=lenient).lines():
            for one in line:
                found.setdefault(one.changed, one)
            if False in found:
                break
        if False in found:
            break
    if False in found and True not in found:
        found.update((True, one) for one in _Eye(page, headline, text, clock, lenient=False).change(found[False]))
    return [found[changed] for changed in sorted(found)]


class _Eye:
    """Looks over one page for dates, the likeliest places first; a lenient one also into small boxes beside the text."""

    def __init__(
        self, page: Page, headline: Element | None, text: Element | None, clock: Clock, *, lenient: bool
    ) -> None:
        self.page, self.clock, self.lenient = page, clock, lenient
        self.start = headline if headline is not None else next(page.root.iter("h1"), None)
        self.text = text
        anchors = [one for one in (self.start, text) if one is not None]
        self.around = {one for anchor in anchors for one in (anchor, *anchor.iterancestors())}
        """What holds the headline or the text is open, whatever it is called."""

    def lines(self) -> Iterator[list[Seen]]:
        if self.start is not None:
            yield from self._along(islice(self.start.iterdescendants(), _IN_HEADLINE))
            after, behind = self._parted(islice(self._after(self.start), _NEAR_AFTER))
            yield from self._along(iter(after))
            yield from self._along(islice(self._before(self.start), _NEAR_BEFORE))
            yield from self._along(iter(behind))
        if not self.lenient:
            yield from self._marked()
        if self.text is not None:
            if not self.lenient:
                yield from self._datelines(self.text)
            yield from self._under(self.text)
        if self.lenient:
            yield from self._only_time()
        if self.start is not None and self.lenient:
            lines = (one for one in islice(self._after(self.start), _WIDE) if is_about(one))
            yield from self._labelled(lines, "general: line about the article")

    def change(self, published: Seen) -> Iterator[Seen]:
        """The day of the last change, when it is called so right beside the day of publication or under the text."""
        beside = islice(self._after(published.element), _BESIDE) if published.element is not None else iter(())
        lines = [iter([self._dated(one, "general: change beside the date") for one in beside if has_digits(one)])]
        lines += [self._under(self.text)] if self.text is not None else []
        found = (one for way in lines for line in way for one in line if one.changed)
        yield from islice((one for one in found if one.said.value.at >= day_of(published.said.value).at), 1)

    # -- ways over the page

    def _parted(self, after: Iterator[Element]) -> tuple[list[Element], list[Element]]:
        """What follows the headline up to the text's end, and what follows the text: likelier about something else."""
        following = list(after)
        begun = self.text is not None and self.start is not None and self.text in self.start.iterancestors()
        told = False
        for number, element in enumerate(following):
            within = element is self.text or (self.text is not None and self.text in element.iterancestors())
            # A heading behind sentences can be that of the next box.
            if (begun and not within) or (told and element.tag in _HEADINGS):
                # The box opens before its heading.
                around = set(element.iterancestors())
                end = next((n for n in range(number, 0, -1) if following[n - 1] not in around), 0)
                return following[:end], following[end:]
            begun = begun or within
            told = told or (element.tag == "p" and len(text_of(element)) > _SENTENCE)
        return following, []

    def _after(self, start: Element) -> Iterator[Element]:
        """What follows an element in the page's order, without what is no text."""
        node: Element | None = start
        while node is not None:
            sibling = node.getnext()
            while sibling is not None:
                yield from self._within(sibling)
                sibling = sibling.getnext()
            node = node.getparent()

    def _before(self, start: Element) -> Iterator[Element]:
        """What precedes an element, the nearest first; not so far up that it is the website's head with today's date."""
        for node in (start, *islice(start.iterancestors(), _ABOVE)):
            sibling = node.getprevious()
            while sibling is not None:
                yield from reversed(list(islice(self._within(sibling), _WIDE)))
                sibling = sibling.getprevious()

    def _within(self, element: Element) -> Iterator[Element]:
        waiting = [element]
        while waiting:
            element = waiting.pop()
            if element.tag not in _NO_DATES and not self._is_closed(element):
                yield element
                waiting.extend(reversed(element))

    def _is_closed(self, element: Element) -> bool:
        """Whether the element is a menu, a comment, a box that leads to other articles … and not what we look for."""
        if element in self.around:
            return False
        if element not in self.page.junk.boxes:
            return element.tag == "header" and next(element.iter("nav"), None) is not None
        if not self.lenient or _is_foreign(element):
            return True
        near = any(above in self.around for above in islice(element.iterancestors(), 3) if above.tag not in _WHOLE)
        return not near or not _is_small(element)

    # -- places

    def _along(self, elements: Iterator[Element]) -> Iterator[list[Seen]]:
        for element in elements:
            if has_digits(element):
                found = self._dated(element, "general: date near the headline")
                yield [self._with_time(self._closest(one)) for one in found]

    def _marked(self) -> Iterator[list[Seen]]:
        """Dates in elements whose class or tag says that they hold one."""
        elements = [element for element in self.page.root.iter("time") if element.get("pubdate") is not None]
        names = sorted(name for name in self.page.names if _is_mark(name))[:_MARKS]
        for group in (elements, *(list(self.page.index.select(f".{name}")) for name in names)):
            found = [one for element in group[:20] for one in self._dated(element, "general: marked date")]
            if len({one.said.key for one in found}) <= 1 or len(found) < _FEW:
                yield found

    def _only_time(self) -> Iterator[list[Seen]]:
        """What the page's time elements say, wherever they stand, when all of them say the same day."""
        elements = [one for one in self.page.root.iter("time", "abbr", "relative-time") if not self._is_foreign(one)]
        found = [one for element in elements[:20] for one in read_line(element, self.clock, "general: only time")]
        ours = [one for one in found if one.element is not None and not _is_of_another(self.page, one.element)]
        if len({one.said.key for one in found if not one.changed}) == 1:
            yield ours

    def _datelines(self, text: Element) -> Iterator[list[Seen]]:
        """The date before the first sentence: "(18.01.2018) Farmers …", "Hanoi, 24 August 2023 – The Ministry …"."""
        paragraphs = islice(
            (one for one in text.iter("p", "div", "td") if (one.text or "").strip() or one.tag == "p"), 3
        )
        for paragraph in paragraphs:
            line = text_of(paragraph)[:200]
            match = _DATELINE.match(line) or _BARE.match(line)
            head = match["line"] if match else ""
            moment = self.clock.printed(head) if head and may_be_date(head) else None
            if moment and not self.clock.is_ahead(moment):
                said = candidate(moment, clean(head), "visible", "general: dateline", clock=self.clock)
                yield [Seen(said=said)]

    def _under(self, text: Element) -> Iterator[list[Seen]]:
        """Labelled dates in the last lines of the text and below it."""
        last = list(text.iter("p", "div", "span", "small", "time", "em"))[-8:]
        yield from self._labelled((*reversed(last), *islice(self._after(text), _FAR)), "general: date below the text")

    def _labelled(self, elements: Iterable[Element], rule: str) -> Iterator[list[Seen]]:
        for element in elements:
            if has_digits(element):
                yield self._ours(element, read_labelled(element, self.clock, rule))

    # -- one element

    def _closest(self, found: Seen) -> Seen:
        """The innermost element that says the same: the line around it may hold names and counts."""
        for child in found.element if found.element is not None else ():
            inner = self._dated(child, found.said.rule.partition(";")[0]) if has_digits(child) else []
            for one in inner:
                if one.changed == found.changed and _is_as_fine(one.said.value, found.said.value):
                    return self._closest(one)
        return found

    def _with_time(self, found: Seen) -> Seen:
        """What the short line around a bare day says of it, when that is the time: "<b>24/08/2023</b> <i>15:52</i>"."""
        around = found.element.getparent() if found.element is not None else None
        if around is None or around.tag in _NO_CARDS or found.said.value.precision != "day" or len(around) > _LINE:
            return found
        if len(text_of(around)) > _TITLE:
            return found
        whole = (one for one in self._dated(around, found.said.rule.partition(";")[0]) if one.changed == found.changed)
        return next((one for one in whole if _is_as_fine(one.said.value, found.said.value)), found)

    def _dated(self, element: Element, rule: str) -> list[Seen]:
        strict = self.text is not None and any(above is self.text for above in islice(element.iterancestors(), 12))
        return self._ours(element, read_line(element, self.clock, rule, strict=strict))

    def _ours(self, element: Element, read: Iterable[Seen]) -> list[Seen]:
        found = list(read)
        others = not found or self._is_hidden(element) or _is_of_another(self.page, element)
        return [] if others else found

    def _is_foreign(self, element: Element) -> bool:
        return any(_is_foreign(above) for above in element.iterancestors() if above not in self.around)

    def _is_hidden(self, element: Element) -> bool:
        return any(self._is_closed(one) for one in (element, *element.iterancestors()))


@lru_cache(maxsize=8192)
def _is_mark(name: str) -> bool:
    return _MARKED.search(name) is not None and not _EVENTS.search(name) and _PLAIN_NAME.match(name) is not None


def _is_foreign(element: Element) -> bool:
    return element.tag == "nav" or _FOREIGN.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _is_of_another(page: Page, element: Element) -> bool:
    """Whether the date stands in a card or row that leads to another article."""
    for around in (element, *islice(element.iterancestors(), 3)):
        # The headline's own line and the text are no card.
        if (
            around.tag in _NO_CARDS
            or len(around) > 12
            or around.tag == "h1"
            or next(around.iter("h1"), None) is not None
        ):
            return False
        if _is_repeated(around) and _leads_elsewhere(page, around):
            return True
        if not _is_small(around):
            return False
    return False


def _is_as_fine(inner: Moment, outer: Moment) -> bool:
    """Whether the inner element says the same, or the time of the same day as well."""
    if inner.precision == "day" or outer.precision != "day":
        return (inner.at, inner.precision) == (outer.at, outer.precision)
    return inner.at.date() == outer.at.date()


def _is_small(element: Element) -> bool:
    return length(element) <= _MUCH and len(text_of(element)) <= _SMALL


def _is_repeated(element: Element) -> bool:
    """Whether an element like it stands beside it, as rows do."""
    beside = (
        *islice(element.itersiblings(element.tag), _NEXT),
        *islice(element.itersiblings(element.tag, preceding=True), _NEXT),
    )
    return any(one.get("class") == element.get("class") for one in beside)


def _leads_elsewhere(page: Page, around: Element) -> bool:
    links = (around,) if around.tag == "a" else islice(around.iter("a"), 6)
    return any(
        len(text_of(link)) >= _TITLE and page.absolute(link.get("href", "")).partition("#")[0] != page.address
        for link in links
    )
