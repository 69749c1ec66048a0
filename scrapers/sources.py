"""A ministry as data: what is followed, how it is read, and how politely."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from scrapers.items import Record


class Lookup(Record, frozen=True, kw_only=True):
    """When and how a catalogue entry was last seen to be true."""

    on: date
    how: str
    live: bool = False
    """True only when somebody fetched the ministry's own site on that day."""


class ListingSelectors(Record, frozen=True, kw_only=True):
    """CSS selectors of a listing; all but ``row`` are looked up inside a row, ``next`` on the whole page."""

    row: str
    link: str = "a[href]"
    title: str = ""
    """"" means the link's text, or its title attribute when that is longer."""
    published: str = ""
    summary: str = ""
    next: str = ""
    skip: str = ""
    """Rows that match, or hold a match, are left out: sponsored ones, for example."""


class ArticleSelectors(Record, frozen=True, kw_only=True):
    """CSS selectors of an article's fields. The first one that matches with text wins ("a, b" keeps that order)."""

    headline: str = ""
    kicker: str = ""
    section: str = ""
    published: str = ""
    lede: str = ""
    body: str = ""
    authors: str = ""
    origin: str = ""
    tags: str = ""
    attachments: str = ""
    related: str = ""
    comments: str = ""
    drop: str = ""
    """What is cut from the body before it is read."""


class Selectors(Record, frozen=True, kw_only=True):
    listing: ListingSelectors | None = None
    article: ArticleSelectors | None = None


class Entrance(Record, frozen=True, kw_only=True):
    """An address that leads to news."""

    kind: Literal["listing", "feed", "sitemap", "api"]
    url: str
    section: str = ""
    pages: int = 1
    """How many pages a visit follows at most, when what it finds is new."""


class Schedule(Record, frozen=True, kw_only=True):
    every: timedelta = timedelta(minutes=30)
    second_looks: tuple[timedelta, ...] = (
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=3),
        timedelta(days=1),
        timedelta(days=3),
        timedelta(days=30),
    )
    """Ages at which a known article is looked at again; the last one repeats."""
    withdrawn_after: timedelta = timedelta(hours=24)
    """How long an article must be answered with 404 or 410, in at least three looks, to count as withdrawn."""


class Limits(Record, frozen=True, kw_only=True):
    delay: timedelta = timedelta(seconds=2)
    """Pause between two requests to one host."""
    timeout: timedelta = timedelta(seconds=30)
    max_bytes: int = 8 * 1024 * 1024
    articles: int = 100
    """Articles read in one visit at most; the others wait for the next."""
    second_looks: int = 20
    """Known articles looked at again in one visit at most."""
    duration: timedelta = timedelta(minutes=10)
    """A visit that takes longer is ended."""
    allow_private: tuple[str, ...] = ()
    """Networks or hosts that may be private addresses: tests and intranets only."""


class Expect(Record, frozen=True, kw_only=True):
    min_items: int = 1
    """Rows a listing shows at least."""
    fill: dict[str, float] = {}
    """Field → share of articles (0–1) that normally have it."""


class Source(Record, frozen=True, kw_only=True):
    """One ministry's news, and how to read it."""

    slug: str
    ministry: dict[str, str]
    """Names by language, BCP 47."""
    country: str
    language: str
    timezone: str
    homepage: str
    entrances: tuple[Entrance, ...]
    layout: str = ""
    """The website family in ``scrapers/layouts``; "" with selectors of its own, or to be recognised page by page."""
    selectors: Selectors = Selectors()
    schedule: Schedule = Schedule()
    limits: Limits = Limits()
    expect: Expect = Expect()
    since: date | None = None
    until: date | None = None
    """The last day the ministry, or this address of it, existed."""
    predecessor: tuple[str, ...] = ()
    """Slugs of the sources this one took over from."""
    successor: str = ""
    seen: Lookup | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """The ministry's name in its own language, else in any."""
        return self.ministry.get(self.language) or next(iter(self.ministry.values()))
