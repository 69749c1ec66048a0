"""Dates a page states to machines: JSON-LD, meta elements, microdata, RDFa, its address, data in its scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from scrapers.items import Moment
from scrapers.layouts.layout import Layout
from scrapers.reading.candidates import Candidate, Witness
from scrapers.reading.fields.clock import ARCHIVES, Clock
from scrapers.reading.linked import Thing
from scrapers.reading.page import Page
from scrapers.reading.text import clean
from scrapers.reading.tree import Element, text_of

Said = Candidate[Moment]
Key = Literal["datePublished", "dateModified"]

# Names of meta elements without case and punctuation.
_METAS = {
    "datePublished": (
        "articlepublishedtime", "ogarticlepublishedtime", "articlepublished", "ogpublishedtime", "datepublished", "publishedtime",
        "dctermsissued", "dcdateissued", "dcissued", "dcdatepublished", "dctermspublished", "govukfirstpublishedat", "firstpublishedat",
        "publishdate", "publisheddate", "publishedat", "pubdate", "publicationdate", "articlepubdate", "ogpubdate", "btpubdate",
        "articledateoriginal", "originalpublicationdate", "parselypubdate", "sailthrudate", "cxenseparserecspublishtime", "rnewsdatepublished",
        "citationpublicationdate", "citationonlinedate", "dctermsavailable", "dcdateavailable", "eprintsdate", "releasedate", "dateissued",
        "iso8601publishdate", "shareaholicarticlepublishedtime", "aglsdateissued", "published", "publishtime", "issuedate", "uploaddate", "uploaded",
    ),
    "dateModified": (
        "articlemodifiedtime", "ogupdatedtime", "ogarticlemodifiedtime", "ogmodifiedtime", "datemodified", "modifiedtime", "updatedtime",
        "dctermsmodified", "dcdatemodified", "dcmodified", "aglsdatemodified", "govukpublicupdatedat", "lastmodified", "lastmod", "moddate",
        "articlemodified", "articleupdated", "lastupdated", "updatedat", "revisiondate", "modificationdate", "modifieddate", "dateupdated",
    ),
}  # fmt: skip
# What templates fill with the day of publication, of an event, of the last build or of today.
_WEAK_METAS = ("dctermsdate", "dcdate", "dctermscreated", "dcdatecreated", "dccreated", "datecreated", "created", "creationdate", "displaydate", "date")  # fmt: skip
_PROPERTIES = {
    "datePublished": ("datepublished", "published", "issued", "published_time"),
    "dateModified": ("datemodified", "modified", "modified_time"),
}
_WEAK_PROPERTIES = ("date", "created", "datecreated")
_NOT_OURS = re.compile(r"Comment|Review|Event|Person|Organization")
_PUNCTUATION = re.compile(r"[\W_]+")
_MOST, _MANY = 4, 200

_DAY = r"(?P<y>(?:19|20)\d\d)(?P<sep>{sep})(?P<m>0[1-9]|1[0-2]){same}(?P<d>0[1-9]|[12]\d|3[01])"
_PATHS = (
    re.compile("/" + _DAY.format(sep="[/_-]", same="(?P=sep)") + r"(?=[/_.T-]|$)"),
    # 20240105 alone, before a clock's six digits or an article's number: t20240105_123.html, news-20240105.html
    re.compile(r"(?:/|[_-])t?" + _DAY.format(sep="", same="") + r"(?=[/_.-]|(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?[/_.-]|$)"),
    # /portal/Pages/2024-8-28/…: SharePoint in Việt Nam
    re.compile(r"/(?P<y>20\d\d)-(?P<m>1[0-2]|[1-9])-(?P<d>[12]\d|3[01]|[1-9])(?=/)"),
)  # fmt: skip
_IN_SCRIPTS = re.compile(
    r"""["'](?P<key>datePublished|date_published|publishedDate|publishDate|publish_date|published_at|publishedAt|publicationDate|publication_date|"""
    r"""firstPublished(?:Date|At)?|published_time|pubDate|pub_date)\\?["']\s*:\s*\\?["'](?P<value>[^"'\\]{8,40})\\?["']""",
    re.I,
)


def candidate(moment: Moment, printed: str, witness: Witness, rule: str, *, clock: Clock) -> Said:
    """Return what a witness says; the rule also tells where a zone came from that the text does not state."""
    value = Moment(at=moment.at, precision=moment.precision, printed=printed)
    zone = clock.source_of_zone(printed, moment)
    told = f"{rule}; {zone}" if zone else rule
    return Candidate(value=value, key=moment.at.date().isoformat(), printed=printed, witness=witness, rule=told)


def read_machine(texts: list[str], clock: Clock, witness: Witness, rule: str, *, epoch: bool = False) -> Iterator[Said]:
    """Yield the moments in fields meant for machines."""
    for text in texts:
        moment = clock.machine(text[:100], epoch=epoch) if text else None
        if moment is None and text:
            # People fill in these fields too, in their own language.
            moment = clock.printed(text[:100], earliest=ARCHIVES)
        if moment:
            yield candidate(moment, clean(text)[:100], witness, rule, clock=clock)


def stated(page: Page, key: Key, clock: Clock) -> Iterator[Said]:
    """Yield what the page states to machines of its publication or last change, most trusted first."""
    for thing in _about(page)[:_MOST]:
        yield from read_machine([thing.text(key)], clock, "json-ld", f"json-ld: {key}")
    for name in _METAS[key]:
        yield from _meta(page, name, clock)
    for element in page.items.get(key, ())[:_MOST]:
        yield from _attributed(page, element, clock, "microdata", f"microdata: {key}")
    for name, element in page.properties[:_MANY]:
        if name in _PROPERTIES[key]:
            yield from _attributed(page, element, clock, "microdata", f"rdfa: {element.get('property', '')}"[:80])


def loosely_stated(page: Page, clock: Clock) -> Iterator[Said]:
    """Yield dates in fields that hold the day of publication on many websites and another one on some."""
    for name, element in page.properties[:_MANY]:
        if name in _WEAK_PROPERTIES:
            yield from _attributed(page, element, clock, "microdata", f"rdfa: {element.get('property', '')}"[:80])
    for name in _WEAK_METAS:
        yield from _meta(page, name, clock)


def is_loose(said: Said) -> bool:
    """Whether a date comes from a field that means another day on some websites."""
    name = _PUNCTUATION.sub("", said.rule.partition(";")[0].removeprefix("meta:").lower())
    return said.witness == "meta" and name in _WEAK_METAS


def in_address(page: Page, layout: Layout | None, clock: Clock) -> Iterator[Said]:
    """Yield the day, or the time, that the page's address holds."""
    if layout and layout.url_published:
        match = re.search(layout.url_published, page.address)
        if match:
            y, m, d, hour, minute, second = match.group("y", "m", "d", "H", "M", "S")
            printed = f"20{y}-{m}-{d}T{hour}:{minute}:{second}"
            yield from read_machine([printed], clock, "address", "address: time in the article's number")
            return
    path = urlsplit(page.address).path
    day = next((match for pattern in _PATHS if (match := pattern.search(path))), None)
    if day:
        yield from read_machine(
            ["-".join(part.zfill(2) for part in day.group("y", "m", "d"))], clock, "address", "address: day in the path"
        )


def in_scripts(page: Page, clock: Clock) -> Iterator[Said]:
    """Yield the one date of publication that damaged or private data in the page's scripts agrees on."""
    found = {match["value"]: match["key"] for match in _IN_SCRIPTS.finditer(page.markup)}
    said = [one for value, key in found.items() for one in read_machine([value], clock, "guess", f"script: {key}")]
    if len({one.key for one in said}) == 1:
        yield next((one for one in said if one.value.precision != "day"), said[0])


def _about(page: Page) -> list[Thing]:
    """The JSON-LD nodes that are about this page, where several articles are described."""
    dated = [thing for thing in page.things if thing.text("datePublished", "dateModified")]
    if len(dated) < 2:
        return dated
    ours = [thing for thing in dated if _same_place(page, thing)]
    articles = [thing for thing in dated if thing.is_article]
    # Nodes without an address are taken as the page's own, unless one with the page's address is there.
    return ours or [thing for thing in dated if thing.is_article == bool(articles) and not _place(thing)] or dated


def _place(thing: Thing) -> str:
    return urlsplit(thing.text("url", "mainEntityOfPage", "@id")).path.rstrip("/")


def _same_place(page: Page, thing: Thing) -> bool:
    place = _place(thing)
    return bool(place) and place == urlsplit(page.address).path.rstrip("/")


def _meta(page: Page, folded: str, clock: Clock) -> Iterator[Said]:
    if folded in page.folded_metas:
        name, content = page.folded_metas[folded]
        yield from read_machine([content], clock, "meta", f"meta: {name}")


def _attributed(page: Page, element: Element, clock: Clock, witness: Witness, rule: str) -> Iterator[Said]:
    if element.tag == "meta" or page.in_junk(element) or _is_within(element, _NOT_OURS):
        return
    texts = [element.get("datetime") or "", element.get("content") or "", text_of(element), element.get("title") or ""]
    said = list(read_machine(texts, clock, witness, rule))
    if said:
        # The attribute may hold the day alone, and the words the time.
        yield next((one for one in said if one.key == said[0].key and one.value.precision != "day"), said[0])


def _is_within(element: Element, kinds: re.Pattern[str]) -> bool:
    """Whether the innermost microdata item around the element is of one of these kinds."""
    scope = next((one for one in (element, *element.iterancestors()) if one.get("itemscope") is not None), None)
    return scope is not None and kinds.search(scope.get("itemtype", "").rpartition("/")[2]) is not None
