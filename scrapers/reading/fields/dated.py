"""Dates people see on a page: near the headline, in marked lines, before the first sentence, under the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from scrapers.items import Record
from scrapers.reading.fields.clock import Clock
from scrapers.reading.fields.stated import Said, candidate, read_machine
from scrapers.reading.page import Page
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, text_of

PUBLISHED = re.compile(
    r"\b(?:publi|posted|released?\b|date|issued|ngày|đăng|cập nhật|veröffentlicht|erschienen|erstellt|fecha|fechado|data|datum|tanggal|"
    r"diterbitkan|dipublikasikan|opublikowano|published|created|mis en ligne|le\b|am\b|vom\b|yayın|発表|公開|掲載|发布|發布|日期|时间|時間|일자|등록일|"
    r"게시일|작성일|입력|作成|опубликован|дата|δημοσ|تاريخ|نشر|انتشار)",
    re.I,
)
UPDATED = re.compile(
    r"(?:last\s+|zuletzt\s+)?(?:updated?|modified|revised|edited|reviewed)\b(?:\s+on)?|last (?:changed|change|update|revision)|cập nhật|mis(?:e)? à jour|"
    r"modifié|(?:letzte\s+)?(?:aktualisier|änderung)\w*|geändert|stand:|actualizad[oa]|atualizado|aggiornat[oa]|diperbarui|dikemaskini|bijgewerkt|"
    r"uppdatera\w*|opdatere\w*|oppdatert|päivitetty|zaktualizowano|aktualizováno|обновлен\w*|изменен\w*|güncelle\w*|更新|修改|수정|تحديث",
    re.I,
)
_OTHER_DAYS = re.compile(
    r"\b(?:joined|registered|registriert|member since|mitglied seit|born|geboren|deadline|expires?|closing date|valid until|effective|"
    r"start(?:s|ing)?|ends?|event|frist|beginn|hạn|hiệu lực|copyright)\b|©|\(c\)|†",
    re.I,
)
_DIGITS = re.compile(r"[\d๐-๙໐-໙០-៩၀-၉०-९٠-٩۰-۹〇一二三四五六七八九十]")
_NO_DATES = frozenset(("script", "style", "option", "h1", "title", "template", "noscript", "svg", "select", "nav", "iframe"))  # fmt: skip
_COUNTER = re.compile(
    r"\s*[|•·,-]?\s*\(?(?:view count|views?|lượt (?:xem|đọc|truy cập)|đã xem|số lần xem|xem|hits?|dilihat|dibaca|visto|vues?|aufrufe)\s*[:：]?\s*"
    r"\d.*$|\s*[|•·-]\s*\d[\d.,]*\s*(?:views?|lượt (?:xem|đọc)|hits?|vues?|aufrufe|kali)\b.*$",
    re.I,
)
_MARKED = re.compile(
    r"^(?:date|datum|fecha|data|time|posted|published|pubdate|submitted|created|dateline|timestamp|ngay|ngay-dang|thoi-gian|tanggal)$|"
    r"publish|publikation|pubdate|pub-date|(?:^|[a-z\d]?[-_])(?:date|datum|fecha|posted-on|dateline)(?:$|[-_])|(?:post|news|entry|article|item|meta|release|"
    r"press|issue|detail|content|create)[-_]*(?:date|time|datum)|date[-_]*(?:post|time|created|published)|"
    r"(?:[a-z])(?:Date|Datum|Published)$",
    re.I,
)
_CHANGED = re.compile(r"updat|modif|chang|revis|aktualis", re.I)
_EVENTS = re.compile(
    r"event|calendar|comment|deadline|expir|copyright|registr|birth|until|from|start|end(?:$|[-_])", re.I
)
_ATTRIBUTES = (
    "datetime",
    "data-datetime",
    "data-published",
    "data-date-iso",
    "data-date",
    "data-time",
    "content",
    "title",
)
_EPOCHS = ("data-timestamp", "data-utime", "data-unixtime", "unixtime")
_SENTENCE = re.compile(r"[。？！]|[^\W\d_]{3,}[.!?]\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}|を|は、")
_SAID = re.compile(
    r"veröffentlicht|erstellt|geschrieben|eingestellt|published|posted|publié|publicado|pubblicato|đăng|gepubliceerd|publicerad|created",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_DATELINE = re.compile(r"^\s*[(\[]?(?P<line>.{6,70}?)(?:[)\]]\s*[-–—:|,]?|\s*[–—|]|\s-|:)\s+(?=\S)")
_BARE = re.compile(r"^\s*(?P<line>\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d\d-\d\d)\s+(?=[^\W\d_]|[\"“„»])")
_LONGEST = 120
_LONGEST_SAID = 240
_NEAR_AFTER, _NEAR_BEFORE, _FAR, _WIDE = 90, 40, 60, 400
_SMALL = 300
_FOREIGN = re.compile(
    r"comment|relat|recommend|popular|most|promo|advert|widget|sidebar|teaser|copyright|cookie|newsletter|hidden", re.I
)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_ABOUT = re.compile(r"meta|footer|byline|info|submitted|author|posted", re.I)
"""Classes of lines about an article, which can be whole sentences."""
_WHOLE = frozenset(("html", "body"))
_FEW = 3
"""So many elements of one class with different days are rows of a list."""


class Seen(Record, frozen=True, kw_only=True):
    """A date people see, and where."""

    said: Said
    element: Element | None = None
    """What holds the date and nothing else of the text."""
    changed: bool = False
    """Whether it is called the day of the last change."""


def seen(page: Page, headline: Element | None, text: Element | None, clock: Clock) -> list[Seen]:
    """Return the likeliest date of publication the page shows, and of its last change; at most one of each."""
    found: dict[bool, Seen] = {}
    for lenient in (False, True):
        for one in _Eye(page, headline, text, clock, lenient=lenient).dates():
            found.setdefault(one.changed, one)
            if False in found:
                return [found[changed] for changed in sorted(found)]
    return list(found.values())


def shown_text(printed: str) -> str:
    """Return a date's line without the count of views many sites print beside it, another one on every visit."""
    return _COUNTER.sub("", printed)


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

    def dates(self) -> Iterator[Seen]:
        if self.start is not None:
            yield from self._along(islice(self._after(self.start), _NEAR_AFTER))
            yield from self._along(islice(self._before(self.start), _NEAR_BEFORE))
        if not self.lenient:
            yield from self._marked()
        if self.text is not None:
            if not self.lenient:
                yield from self._datelines(self.text)
            yield from self._under(self.text)
        if self.start is not None and self.lenient:
            lines = (one for one in islice(self._after(self.start), _WIDE) if _is_about(one))
            yield from self._labelled(lines, "general: line about the article")

    # -- ways over the page

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
        """What precedes an element, the nearest first."""
        node: Element | None = start
        while node is not None:
            sibling = node.getprevious()
            while sibling is not None:
                yield from reversed(list(islice(self._within(sibling), _WIDE)))
                sibling = sibling.getprevious()
            node = node.getparent()

    def _within(self, element: Element) -> Iterator[Element]:
        waiting = [element]
        while waiting:
            element = waiting.pop()
            if element.tag not in _NO_DATES and not self._is_closed(element):
                yield element
                waiting.extend(reversed(element))

    def _is_closed(self, element: Element) -> bool:
        """Whether the element is a menu, a comment, a box that leads to other articles … and not what we look for."""
        if element not in self.page.junk.boxes or element in self.around:
            return False
        if not self.lenient or _FOREIGN.search(f"{element.get('class', '')} {element.get('id', '')}"):
            return True
        near = any(above in self.around for above in islice(element.iterancestors(), 3) if above.tag not in _WHOLE)
        return not near or len(text_of(element)) > _SMALL

    # -- places

    def _along(self, elements: Iterator[Element]) -> Iterator[Seen]:
        for element in elements:
            if _has_digits(element):
                for one in self._dated(element, "general: date near the headline"):
                    yield self._closest(one)

    def _marked(self) -> Iterator[Seen]:
        """Dates in elements whose class or tag says that they hold one."""
        elements = [element for element in self.page.root.iter("time") if element.get("pubdate") is not None]
        names = sorted(name for name in self.page.names if _is_mark(name))
        for group in (elements, *(list(self.page.index.select(f".{name}")) for name in names)):
            found = [one for element in group[:20] for one in self._dated(element, "general: marked date")]
            if len({one.said.key for one in found}) <= 1 or len(found) < _FEW:
                yield from found

    def _datelines(self, text: Element) -> Iterator[Seen]:
        """The date before the first sentence: "(18.01.2018) Farmers …", "Hanoi, 24 August 2023 – The Ministry …"."""
        paragraphs = islice(
            (one for one in text.iter("p", "div", "td") if (one.text or "").strip() or one.tag == "p"), 3
        )
        for paragraph in paragraphs:
            line = text_of(paragraph)[:200]
            match = _DATELINE.match(line) or _BARE.match(line)
            head = match["line"] if match else ""
            moment = self.clock.printed(head) if head and _may_be_date(head) else None
            if moment and not self.clock.is_ahead(moment):
                yield Seen(said=candidate(moment, clean(head), "visible", "general: dateline", clock=self.clock))

    def _under(self, text: Element) -> Iterator[Seen]:
        """Labelled dates in the last lines of the text and below it."""
        last = list(text.iter("p", "div", "span", "small", "time", "em"))[-8:]
        yield from self._labelled((*reversed(last), *islice(self._after(text), _FAR)), "general: date below the text")

    def _labelled(self, elements: Iterable[Element], rule: str) -> Iterator[Seen]:
        for element in elements:
            if _has_digits(element):
                yield from self._dated(element, rule, labelled=True)

    # -- one element

    def _closest(self, found: Seen) -> Seen:
        """The innermost element that says the same: the line around it may hold names and counts."""
        for child in found.element if found.element is not None else ():
            inner = self._dated(child, found.said.rule.partition(";")[0]) if _has_digits(child) else ()
            for one in inner:
                same = (one.said.value.at, one.said.value.precision) == (
                    found.said.value.at,
                    found.said.value.precision,
                )
                if same and one.changed == found.changed:
                    return self._closest(one)
        return found

    def _dated(self, element: Element, rule: str, *, labelled: bool = False) -> Iterator[Seen]:
        """What the element says of the article's days, when it says little else."""
        found = list(_read(element, self.clock, rule, labelled=labelled))
        if found and not self._is_hidden(element) and not _is_of_another(self.page, element):
            yield from found

    def _is_hidden(self, element: Element) -> bool:
        return any(self._is_closed(one) for one in (element, *element.iterancestors()))


@lru_cache(maxsize=8192)
def _is_mark(name: str) -> bool:
    return _MARKED.search(name) is not None and not _EVENTS.search(name) and _PLAIN_NAME.match(name) is not None


_PLAIN_NAME = re.compile(r"^[A-Za-z][\w-]*$")


def _is_about(element: Element) -> bool:
    above = element.getparent()
    names = f"{element.get('class', '')} {above.get('class', '') if above is not None else ''}"
    return element.tag in ("small", "footer") or _ABOUT.search(names) is not None


def _has_digits(element: Element) -> bool:
    """Whether digits stand in the element itself or one level below; larger pieces of the page are no dates."""
    if element.tag in _NO_DATES or len(element) > 12 or (element.tag in _HEADINGS and len(text_of(element)) > 40):
        return False
    pieces = [element.text, element.get("datetime")] + [text for child in element for text in (child.text, child.tail)]
    return any(_DIGITS.search(piece[:400]) for piece in pieces if piece)


def _read(element: Element, clock: Clock, rule: str, *, labelled: bool) -> Iterator[Seen]:
    text = text_of(element)
    text = text[:_LONGEST_SAID] if labelled else text
    changed = _CHANGED.search(element.get("class", "")) is not None and not PUBLISHED.search(element.get("class", ""))
    attributed = _attributed(element, clock, rule)
    if attributed and not labelled:
        said = _finer(attributed, text, clock, rule)
        yield Seen(said=said, element=element, changed=changed or _is_update(text))
    elif (
        len(text) <= (_LONGEST_SAID if labelled else _LONGEST) and _DIGITS.search(text) and not _OTHER_DAYS.search(text)
    ):
        for part, is_update in _parts(text):
            if labelled and not (is_update or PUBLISHED.search(part)):
                continue
            if _may_be_date(part) or (labelled and _is_about(element) and _SAID.search(text)):
                moment = clock.printed(part)
                if moment and not clock.is_ahead(moment):
                    said = candidate(moment, shown_text(part), "visible", rule, clock=clock)
                    yield Seen(said=said, element=element, changed=changed or is_update)


def _attributed(element: Element, clock: Clock, rule: str) -> Said | None:
    """What an attribute for machines states."""
    if element.tag not in ("time", "abbr", "relative-time", "time-ago", "span", "div", "p"):
        return None
    names = _ATTRIBUTES if element.tag in ("time", "abbr", "relative-time") else _ATTRIBUTES[1:6]
    texts = [element.get(name) or "" for name in names]
    stamps = [element.get(name) or "" for name in _EPOCHS]
    if not any(texts) and not any(stamps):
        return None
    found = [*read_machine(texts, clock, "visible", rule), *read_machine(stamps, clock, "visible", rule, epoch=True)]
    return next((one for one in found if not clock.is_ahead(one.value)), None)


def _finer(attributed: Said, text: str, clock: Clock, rule: str) -> Said:
    """The words, where they tell the time as well, or where the attribute's Greenwich time is the clock on the wall."""
    moment = clock.printed(text) if len(text) <= _LONGEST else None
    if moment is None or moment.precision == "day":
        return attributed
    stated = attributed.value
    if stated.precision == "day" and moment.at.date() == stated.at.date():
        return candidate(moment, text, "visible", rule, clock=clock)
    fake = re.search(r"(?:Z|\+00:?00)$", attributed.printed, re.I) and moment.at.utcoffset()
    if fake and _wall(attributed.printed) == moment.at.strftime("%Y-%m-%d %H:%M"):
        return candidate(moment, text, "visible", rule, clock=clock)
    return attributed


def _wall(printed: str) -> str:
    return printed[:16].replace("T", " ")


def _parts(text: str) -> list[tuple[str, bool]]:
    """The line cut at the words that call what follows a change or a publication; True for a change."""
    marks = sorted(
        [(match.start(), True) for match in UPDATED.finditer(text)]
        + [(match.start(), False) for match in _CREATED.finditer(text)]
    )
    if not any(update for _, update in marks):
        return [(text, False)]
    starts = [(0, False), *marks] if marks[0][0] > 0 else marks
    ends = [*(start for start, _ in starts[1:]), len(text)]
    parts = [
        (text[start:end].strip(" ,;|()[]-–·•/"), update) for (start, update), end in zip(starts, ends, strict=True)
    ]
    # "am 5. Mai 2020 aktualisiert": the word stands behind the only date.
    if len(parts) == 2 and not _DIGITS.search(parts[1][0]):
        return [(text, True)]
    return parts


_CREATED = re.compile(
    r"(?:originally |first |erst)?(?:published|posted|created|veröffentlicht|erstellt|publié|publicado|pubblicato|đăng|发布|發布|公開|掲載)",
    re.I,
)


def _is_update(text: str) -> bool:
    return UPDATED.search(text) is not None and not _CREATED.search(text)


def _may_be_date(text: str) -> bool:
    """Whether the line is about a date, not a sentence that mentions one."""
    digits = len(_DIGITS.findall(text))
    if not digits or len(text) > _LONGEST or _SENTENCE.search(text):
        return False
    words = len(_WORD.findall(text))
    return words <= 7 or digits * 5 >= len(text)


def _is_of_another(page: Page, element: Element) -> bool:
    """Whether the date stands in a card or row that leads to another article."""
    around = element
    for _ in range(3):
        above = around.getparent()
        if above is None or above.tag in ("body", "main", "article", "html") or len(above) > 8:
            break
        around = above
    # The headline's own line and the text are no card.
    if around is element or next(around.iter("h1"), None) is not None or len(text_of(around)) > 400:
        return False
    return any(
        len(text_of(link)) >= 30 and page.absolute(link.get("href", "")).partition("#")[0] != page.address
        for link in islice(around.iter("a"), 6)
    )
