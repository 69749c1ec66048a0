"""When an article was published and changed: what the layout shows, what the page states to machines, what stands near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Literal, cast
from zoneinfo import ZoneInfo

from lxml import etree

from scrapers.items import Moment, Record
from scrapers.layouts.layout import Layout
from scrapers.reading.candidates import Candidate
from scrapers.reading.dates import read_date, read_machine_date
from scrapers.reading.page import Page
from scrapers.reading.places import Place, look
from scrapers.reading.text import clean, repair
from scrapers.reading.tree import Element, text_of

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "dcterms.issued", "dc.date.issued",
    "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "dcterms.available", "publishdate", "publish-date", "publish_date",
    "pubdate", "pub_date", "publication_date", "published_date", "article.published", "article_date_original", "originalpublicationdate",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "displaydate", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "article:modified", "revision_date", "modified_time",
)  # fmt: skip
_MARKED = "time[pubdate], time.published, time.entry-date, time[class*=publish], [class*=publishdate], [class*=publish-date], [class*=postdate]"
_AFTER = etree.XPath("following::*")
_BEFORE = etree.XPath("preceding::*")
_LABEL = re.compile(
    r"\b(?:publi|posted|released?\b|date|issued|ngày|đăng|cập nhật|veröffentlicht|erschienen|fecha|fechado|data|tanggal|diterbitkan|dipublikasikan|"
    r"opublikowano|published|mis en ligne|le\b|am\b|yayın|発表|公開|发布|發布|일자|등록일|作成)",
    re.I,
)
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|revised)|cập nhật|mis à jour|modifié|aktualisiert|actualizado|atualizado|diperbarui|更新|수정",
    re.I,
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.t-]|\d{2,6}[/_.-]|$)")
_DIGITS = re.compile(r"[\d๐-๙໐-໙០-៩၀-၉०-९٠-٩۰-۹〇一二三四五六七八九十]")
_NO_DATES = frozenset(("script", "style", "a", "option", "h1", "h2", "h3", "title"))
_COUNTER = re.compile(
    r"\s*[|•·,-]?\s*\(?(?:view count|views?|lượt (?:xem|đọc|truy cập)|đã xem|số lần xem|xem|hits?|dilihat|dibaca|visto|vues?|aufrufe)\s*[:：]?\s*"
    r"\d.*$|\s*[|•·-]\s*\d[\d.,]*\s*(?:views?|lượt (?:xem|đọc)|hits?|vues?|aufrufe|kali)\b.*$",
    re.I,
)
_LONGEST = 120
_NEAR_AFTER, _NEAR_BEFORE = 90, 40


class Moments(Record, frozen=True, kw_only=True):
    published: Candidate[Moment] | None = None
    published_said: tuple[Candidate[Moment], ...] = ()
    modified: Candidate[Moment] | None = None
    elements: tuple[Element, ...] = ()
    """Where the dates stand on the page, so that the text can leave them out."""


class Clock(Record, frozen=True, kw_only=True):
    """How this page's dates are to be read."""

    language: str
    timezone: str
    """"" when nothing tells; then times that state no offset count as days."""
    country: str = ""
    meta_order: Literal["ymd", "mdy", "dmy"] = "ymd"
    midnight_is_day: bool = False

    def printed(self, text: str) -> Moment | None:
        return self._settled([read_date(text, language=self.language, timezone=zone) for zone in self._zones])

    def machine(self, text: str) -> Moment | None:
        return self._settled([read_machine_date(text, timezone=zone, order=self.meta_order) for zone in self._zones])

    @property
    def _zones(self) -> tuple[str, ...]:
        if self.timezone:
            return (self.timezone,)
        if self.country == "us":
            return _AMERICAN
        # English of no country writes 5/8/2023 both ways: Canadian custom is to read neither.
        return _ANYWHERE if self.country else _NOWHERE

    def _settled(self, read: list[Moment | None]) -> Moment | None:
        first, last = read[0], read[-1]
        if first is None or last is None:
            return None
        # Two zones that give one instant mean that the text states its own.
        if first.at != last.at:
            return Moment(
                at=first.at.replace(hour=0, minute=0, second=0, microsecond=0), precision="day", printed=first.printed
            )
        return self._day_at_midnight(self._at_home(first))

    def _at_home(self, moment: Moment) -> Moment:
        """A time stated in UTC, as machines do, by the clock of the page's readers: the day can be another."""
        if not self.timezone or moment.precision == "day" or moment.at.utcoffset():
            return moment
        return Moment(
            at=moment.at.astimezone(ZoneInfo(self.timezone)), precision=moment.precision, printed=moment.printed
        )

    def _day_at_midnight(self, moment: Moment | None) -> Moment | None:
        if moment and self.midnight_is_day and (moment.at.hour, moment.at.minute, moment.at.second) == (0, 0, 0):
            return Moment(at=moment.at, precision="day", printed=moment.printed)
        return moment


_AMERICAN = ("America/New_York", "America/Los_Angeles")
_ANYWHERE = ("Etc/UTC", "Asia/Tokyo")
_NOWHERE = ("America/Toronto", "America/Vancouver")


def read_moments(
    page: Page,
    where: tuple[Place, ...],
    *,
    clock: Clock,
    layout: Layout | None,
    headline: Element | None,
    text: Element | None,
) -> Moments:
    """Return when the article was published and last changed, as far as the page says."""
    found = list(islice(_shown(page, where, clock), 1)) or list(islice(_visible(page, headline, text, clock), 1))
    shown = [candidate for _, candidate in found]
    stated = list(_stated(page, _PUBLISHED, "datePublished", clock))
    known = bool(shown) and shown[0].witness != "visible"
    said = (*shown, *stated) if known else (*stated, *shown)
    said = (*said, *_in_address(page, layout, clock))
    published = _finest(said)
    return Moments(
        published=published,
        published_said=said,
        modified=_modified(page, where, clock, published),
        elements=tuple(element for element, _ in found),
    )


def _visible(
    page: Page, headline: Element | None, text: Element | None, clock: Clock
) -> Iterator[tuple[Element, Candidate[Moment]]]:
    """Dates that look like the article's, the likeliest first."""
    near = _near(page, headline, clock)
    if near:
        yield near
    for element in page.select(_MARKED):
        found = _dated(page, element, clock)
        if found:
            yield element, found
    for element in cast("list[Element]", _AFTER(text))[:_NEAR_BEFORE] if text is not None else ():
        found = _dated(page, element, clock) if _has_digits(element) else None
        if found and _LABEL.search(found.printed):
            yield element, found


def _finest(said: tuple[Candidate[Moment], ...]) -> Candidate[Moment] | None:
    """The most trusted witness, or one of the same day that knows the time as well."""
    if not said:
        return None
    first = said[0]
    if first.value.precision == "day":
        same = (
            one for one in said if one.key == first.key and one.value.precision != "day" and one.witness != "address"
        )
        return next(same, first)
    seen = next((one for one in said if one.witness == "visible"), None)
    # UTC tells the moment, but where the zone is unknown only the page's own words tell the day.
    return seen if seen and not first.value.at.utcoffset() and _is_next_day(first.value, seen.value) else first


def _is_next_day(one: Moment, other: Moment) -> bool:
    return other.precision == "day" and abs((one.at.date() - other.at.date()).days) == 1


def _candidate(moment: Moment, printed: str, witness: str, rule: str) -> Candidate[Moment]:
    # How often a page was seen stands beside its date on many sites, and is another on every visit.
    printed = _COUNTER.sub("", printed)
    value = Moment(at=moment.at, precision=moment.precision, printed=printed)
    return Candidate(value=value, key=moment.at.date().isoformat(), printed=printed, witness=witness, rule=rule)  # type: ignore[arg-type]


def _shown(
    page: Page, where: tuple[Place, ...], clock: Clock, field: Literal["published", "modified"] = "published"
) -> Iterator[tuple[Element, Candidate[Moment]]]:
    for found in look(page, where, field):
        for text in _texts(found.element):
            moment = clock.printed(text)
            if moment:
                yield found.element, _candidate(moment, text, found.place.witness, found.rule)
                break


def _texts(element: Element) -> list[str]:
    texts = (text_of(element), clean(element.get("datetime") or ""), clean(element.get("content") or ""))
    return [repair(text)[:300] for text in texts if text]


def _stated(page: Page, metas: tuple[str, ...], key: str, clock: Clock) -> Iterator[Candidate[Moment]]:
    for thing in page.things[:4]:
        yield from _machine([thing.text(key)], clock, "json-ld", f"json-ld: {key}")
    for name in metas:
        yield from _machine(page.metas.get(name, [])[:1], clock, "meta", f"meta: {name}")
    for element in page.items.get(key, ())[:3]:
        if element.tag != "meta":
            texts = [element.get("datetime") or "", element.get("content") or "", text_of(element)]
            yield from islice(_machine(texts, clock, "microdata", f"microdata: {key}"), 1)


def _machine(texts: list[str], clock: Clock, witness: str, rule: str) -> Iterator[Candidate[Moment]]:
    for text in texts:
        moment = clock.machine(text[:100]) if text else None
        if moment is None and text:
            # People fill in these fields too, in their own language.
            moment = clock.printed(text[:100])
        if moment:
            yield _candidate(moment, clean(text)[:100], witness, rule)


def _near(page: Page, headline: Element | None, clock: Clock) -> tuple[Element, Candidate[Moment]] | None:
    """The first date printed below the headline, else the last one above it."""
    start = headline if headline is not None else next(page.root.iter("h1"), None)
    if start is None:
        return None
    below, above = cast("list[Element]", _AFTER(start)), cast("list[Element]", _BEFORE(start))
    for element in (*below[:_NEAR_AFTER], *reversed(above[-_NEAR_BEFORE:])):
        found = _dated(page, element, clock) if _has_digits(element) else None
        if found:
            return _closest(page, element, found, clock)
    return None


def _closest(page: Page, element: Element, found: Candidate[Moment], clock: Clock) -> tuple[Element, Candidate[Moment]]:
    """The innermost element that says the same: the line around it may hold names and counts."""
    for child in element:
        inner = _dated(page, child, clock) if _has_digits(child) else None
        if inner and (inner.value.at, inner.value.precision) == (found.value.at, found.value.precision):
            return _closest(page, child, inner, clock)
    return element, found


def _has_digits(element: Element) -> bool:
    """Whether digits stand in the element itself or one level below; larger pieces of the page are no dates."""
    if element.tag in _NO_DATES or len(element) > 12:
        return False
    pieces = [element.text, element.get("datetime")] + [text for child in element for text in (child.text, child.tail)]
    return any(_DIGITS.search(piece) for piece in pieces if piece)


def _dated(page: Page, element: Element, clock: Clock) -> Candidate[Moment] | None:
    """What the element says of the day, when it says little else."""
    if element.tag == "time" and element.get("datetime"):
        stated = next(
            _machine([element.get("datetime", "")], clock, "visible", "general: time near the headline"), None
        )
        if stated and not page.in_junk(element):
            return stated
    text = text_of(element)
    moment = clock.printed(text) if _may_be_date(text) else None
    if moment is None or page.in_junk(element):
        return None
    return _candidate(moment, text, "visible", "general: date near the headline")


def _may_be_date(text: str) -> bool:
    """Whether the line is about a date, not a sentence that mentions one."""
    digits = len(_DIGITS.findall(text))
    if not digits or len(text) > _LONGEST or _SENTENCE.search(text):
        return False
    words = len(_WORD.findall(text))
    mostly = words <= 7 or digits * 5 >= len(text)
    return mostly if not _UPDATED.search(text) else _LABEL.search(_UPDATED.sub("", text)) is not None


_SENTENCE = re.compile(r"[。？！]|[^\W\d_]{3,}[.!?]\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}|を|は、")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _in_address(page: Page, layout: Layout | None, clock: Clock) -> Iterator[Candidate[Moment]]:
    if layout and layout.url_published:
        match = re.search(layout.url_published, page.address)
        if match:
            y, m, d, hour, minute, second = match.group("y", "m", "d", "H", "M", "S")
            printed = f"20{y}-{m}-{d}T{hour}:{minute}:{second}"
            yield from _machine([printed], clock, "address", "address: time in the article's number")
            return
    day = _URL_DAY.search(page.address)
    if day:
        yield from _machine(["-".join(day.groups())], clock, "address", "address: day in the path")


def _modified(
    page: Page, where: tuple[Place, ...], clock: Clock, published: Candidate[Moment] | None
) -> Candidate[Moment] | None:
    shown = (candidate for _, candidate in _shown(page, where, clock, "modified"))
    for candidate in chain(_stated(page, _MODIFIED, "dateModified", clock), shown):
        # Templates that write "modified" before anything was published write nonsense.
        if published is None or candidate.value.at >= published.value.at or candidate.key == published.key:
            return candidate
    return None
