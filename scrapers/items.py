"""The records that travel between the rooms: what a page said, what a visit brought back, what it changed.

All of them are frozen, keyword-only and serialisable with msgspec. Times are timezone-aware; an empty
string or None means "the page does not say", never a guess.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from scrapers.observations import Absence, Canary, File, KnownFile, Listing, Standing

Precision = Literal["second", "minute", "day"]
Grade = Literal["A", "B", "C", "D"]


class Record(Struct, frozen=True, kw_only=True):
    """What every record shares. msgspec does not hand ``kw_only`` down, so each record says it again."""


class Moment(Record, frozen=True, kw_only=True):
    """A point in time as a ministry printed it."""

    at: datetime
    """Aware. With precision "day" it is midnight in the page's zone, and only the date means anything."""
    precision: Precision
    printed: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"a moment needs a time zone, got {self.at.isoformat()}")

    @property
    def iso(self) -> str:
        """ISO 8601: with the offset, or the bare day when only the day is known."""
        return self.at.date().isoformat() if self.precision == "day" else self.at.isoformat()


class Image(Record, frozen=True, kw_only=True):
    url: str
    caption: str = ""
    credit: str = ""


class Attachment(Record, frozen=True, kw_only=True):
    url: str
    title: str = ""
    type: str = ""
    """Media type, from the address or the link; "" when neither says."""
    size: int | None = None
    """Bytes, when the page states it."""
    sha256: str = ""
    """Of the file itself, once it was fetched; no page tells it."""


class Link(Record, frozen=True, kw_only=True):
    url: str
    title: str = ""


class Media(Record, frozen=True, kw_only=True):
    """Video or audio that the page plays."""

    url: str
    title: str = ""
    type: str = ""
    """Media type where known ("video/mp4"), else "video" or "audio"."""


class Citation(Record, frozen=True, kw_only=True):
    """An official document that an article names by number, and where."""

    number: str
    """Normalised, such as "15/2025/TT-BTC" or "32016R0679"; equal for every way of writing it."""
    printed: str
    """As the article writes it."""
    scheme: Literal["vn", "eu", "uk", "us", "fr", "de"]
    """Whose numbers these are, ISO 3166 or "eu"."""
    kind: str = ""
    """What it is, in the scheme's own language: "Thông tư", "Verordnung"; "" when the number does not say."""
    year: int | None = None
    issuer: str = ""
    """The issuing body as the number or the words beside it name it, such as "BTC"."""
    signed: date | None = None
    """The day of signing, when it is stated right beside the number."""
    field: str
    """Where it stands: "headline", "lede", "body_text" or "attachments"."""
    start: int
    """Offset in that field's text in characters; among attachments' titles, in the title."""


class Reason(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Why a field holds what it holds."""

    field: str
    printed: str
    """The text as the page prints it, before any repair."""
    rule: str
    """The rule that won, such as "layout onecms: .block-sc-title" or "json-ld: headline"."""
    grade: Grade
    rivals: tuple[str, ...] = ()
    """What others said instead, each as "rule: words". Known while the page is at hand; the archive does not keep it."""


class Headline(Record, frozen=True, kw_only=True):
    """One row of a listing, feed, sitemap or API reply."""

    url: str
    title: str = ""
    """"" where the entrance gives none, as most sitemaps do."""
    published: Moment | None = None
    modified: Moment | None = None
    summary: str = ""
    section: str = ""
    position: int = 0
    """Place on the page, from 0."""


class Headlines(Record, frozen=True, kw_only=True):
    """Everything one page of an entrance shows."""

    rows: tuple[Headline, ...]
    next_page: str | None = None
    """Absolute address of the following page, if the page names one."""
    sitemaps: tuple[str, ...] = ()
    """Addresses of further sitemaps, when the page is a sitemap index; newest first."""


class Article(Record, frozen=True, kw_only=True):
    """A page read: what the ministry says, field by field."""

    url: str
    """The address the page was fetched from."""
    canonical_url: str = ""
    """The address the page gives itself, else ``url`` without tracking parameters."""
    headline: str = ""
    kicker: str = ""
    section: str = ""
    lede: str = ""
    authors: tuple[str, ...] = ()
    origin: str = ""
    """Where the page says it was re-published from ("Theo …")."""
    published: Moment | None = None
    modified: Moment | None = None
    body_html: str = ""
    """Clean HTML with absolute addresses: paragraphs, headings, lists, tables, figures, links to players.

    No headline, and no lede where the layout tells it apart; on unknown layouts the text keeps its opening words.
    """
    body_text: str = ""
    """The paragraphs of the body, separated by blank lines; captions are not part of it."""
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    tags: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    documents: tuple[str, ...] = ()
    """Official numbers cited, such as "45/2023/TT-BTNMT", each once."""
    citations: tuple[Citation, ...] = ()
    """Each place where one of them is named."""
    related: tuple[Link, ...] = ()
    language: str = ""
    """BCP 47."""
    comments_count: int | None = None
    layout: str = ""
    """The layout that read the page; "general" when none matched."""
    passport: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    """What had to be decided or repaired before anything was read, in sentences: encodings, a layout that no longer matches."""


class Verdict(StrEnum):
    """How a visit went, in one word."""

    FINE = "fine"
    BLOCKED = "blocked"
    CHANGED = "changed"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"


class Exchange(Record, frozen=True, kw_only=True):
    """One request and what came back. ``status`` is None when nothing did."""

    url: str
    """The address asked for."""
    final_url: str = ""
    """The address that answered, after redirects."""
    purpose: Literal["robots", "entrance", "article", "file", "canary"]
    started: datetime
    elapsed: float
    """Seconds."""
    status: int | None = None
    size: int = 0
    """Bytes of the body, after decompression."""
    etag: str = ""
    """With ``last_modified`` empty for an entrance's page as long as some headline on it still waits to be read.

    In a visit of several parts the last part tells the exchanges of entrances again, then with what they lacked.
    """
    last_modified: str = ""
    digest: str = ""
    """For an entrance's page: names the rows it showed, when none of them waits to be read any longer."""
    error: str = ""


class Evidence(Record, frozen=True, kw_only=True):
    """A page as it was served."""

    url: str
    fetched: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    """The body with transfer and content encodings undone."""
    sha256: str
    """Hex digest of ``payload``."""
    ip: str = ""
    requested: tuple[tuple[str, str], ...] = ()  # our request's headers; ":protocol", ":certificate" of the connection


class Reading(Record, frozen=True, kw_only=True):
    """An article, and the evidence it was read from."""

    article: Article
    sha256: str
    """Names the Evidence of the same visit."""
    etag: str = ""
    last_modified: str = ""


class Trouble(Record, frozen=True, kw_only=True):
    """Something that went wrong with one address; the rest of the visit went on."""

    url: str
    kind: Literal["http", "network", "reading", "layout", "refused"]
    message: str
    """For people: what happened, where, what to do next."""


class Sighting(Record, frozen=True, kw_only=True):
    """A headline as an entrance showed it during a visit."""

    entrance: str
    """The entrance's address."""
    headline: Headline


class Visit(Record, frozen=True, kw_only=True):
    """All that came back from looking at a source once, or a part of it when the visit was long."""

    id: str
    """Unique; recording the same id and part twice changes nothing."""
    part: int = 0
    last: bool = True
    """False while further parts of the same visit follow."""
    source: str
    started: datetime
    finished: datetime
    verdict: Verdict
    why: str = ""
    """One sentence for people, naming page and selector where one failed."""
    exchanges: tuple[Exchange, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    readings: tuple[Reading, ...] = ()
    unchanged: tuple[str, ...] = ()
    """Known articles' addresses that answered 304."""
    gone: tuple[str, ...] = ()
    """Known articles' addresses that answered without the article; ``absences`` says how each one did."""
    absences: tuple[Absence, ...] = ()
    canaries: tuple[Canary, ...] = ()
    """What hosts answered for addresses that never were, where that was asked."""
    files: tuple[File, ...] = ()
    listings: tuple[Listing, ...] = ()
    """One for each entrance that was looked at; told by the last part."""
    moved: tuple[tuple[str, str], ...] = ()
    """(asked, answered) for articles, known or new, that redirected to another address."""
    evidence: tuple[Evidence, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    template: Template | None = None
    """What was learnt anew, from the samples in Memory or from this visit's own pages."""
    not_before: datetime | None = None
    """When the server asks to be left alone until (Retry-After)."""


class Known(Record, frozen=True, kw_only=True):
    """What the archive knows about one address."""

    url: str
    etag: str = ""
    last_modified: str = ""
    title: str = ""
    """The title an entrance last showed for it."""
    digest: str = ""
    """For an entrance's page: the digest its last exchange came back with."""


class Failing(Record, frozen=True, kw_only=True):
    """An address an entrance shows that could not be read so far."""

    url: str
    looks: int
    """Visits in a row that tried."""


class Spot(Record, frozen=True, kw_only=True):
    """A place in the pages of one website, learnt from where several of them had something."""

    selector: str
    pages: int
    """On how many pages it was seen to be right."""
    exact: bool = True
    """Whether what stands there is the thing itself and nothing else; a menu in the middle of a text is its own then."""


class Template(Record, frozen=True, kw_only=True):
    """What the pages of one website have in common, learnt from some of them, so that the text of the next stands out."""

    version: int = 0
    """Counted up for each source whenever something else was learnt; 0 when no archive holds it."""
    pages: int
    """How many pages it was learnt from, near-duplicates counted once."""
    lines: bytes = b""
    """Digests of eight bytes, sorted, of the lines that stand on page after page whatever it tells."""
    names: tuple[str, ...] = ()
    """What page after page has in its title, without case and punctuation: website, ministry, section."""
    texts: tuple[Spot, ...] = ()
    """Where the text stands; several where the website has several kinds of pages, the most common first."""
    headlines: tuple[Spot, ...] = ()
    dates: tuple[Spot, ...] = ()
    """Where the day of publication stands."""


class Sample(Record, frozen=True, kw_only=True):
    """A page to learn from: as it was served, and what was read from it."""

    payload: bytes
    content_type: str = ""
    article: Article
    listed: str = ""
    """The title an entrance showed for it."""


class Memory(Record, frozen=True, kw_only=True):
    """All a visit must know beforehand. A worker never opens the database."""

    source: str
    known: tuple[Known, ...] = ()
    """Articles' addresses the archive has; they are not fetched again unless in ``due``."""
    due: tuple[Known, ...] = ()
    """Articles whose second look has come."""
    entrances: tuple[Known, ...] = ()
    """Validators and digests of the entrances' pages; none for a page whose last look left something unread."""
    failing: tuple[Failing, ...] = ()
    """Addresses that could not be read; after some looks a visit lets them be."""
    template: Template | None = None
    samples: tuple[Sample, ...] = ()
    """Pages to learn the template from anew, before any is read; none when the present one will do."""
    canaries: tuple[Canary, ...] = ()
    """What hosts answered last for addresses that never were."""
    standing: Standing = Standing()
    """Where articles stand, and stood."""
    files: tuple[KnownFile, ...] = ()
    """Files of the articles that are ``due``, files that wait to be fetched, and some that several articles may have."""
    listings: tuple[Listing, ...] = ()
    """What each entrance showed in the last look at it that was whole."""


class Cause(StrEnum):
    MINISTRY = "ministry"
    PARSER = "parser"


class Change(Record, frozen=True, kw_only=True):
    """One article that a visit made new, revised, moved, missing, withdrawn or restored."""

    article: str
    """The article's permanent id."""
    kind: Literal["new", "revised", "moved", "missing", "withdrawn", "restored"]
    headline: str
    url: str
    cause: Cause = Cause.MINISTRY
    fields: tuple[str, ...] = ()
    """For "revised": the fields a reader sees that differ."""
    classes: tuple[str, ...] = ()
    """For "revised": what kinds of edit it was, the weightiest first; see ``storage.classes``."""


class Changes(Record, frozen=True, kw_only=True):
    """What recording a visit changed in the archive."""

    source: str
    visit: str
    changes: tuple[Change, ...] = ()

    def of(self, kind: str) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == kind)
