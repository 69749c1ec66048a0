"""Wordings with the pages they were read from, to be read again; and how a better reading gets in: as our doing alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Cause, Headline, Moment, Reading, Record
from storage import changes, documents, moments, rows, versions
from storage.articles import numbered
from storage.database import write
from storage.keys import key
from storage.known import with_what_is_known
from storage.wording import differing, fingerprint, wording

AT_ONCE = 100
"""Articles that are in memory together."""
_NEVER = ("url", "canonical_url", "modified", "comments_count", "passport", "notes")
"""What other looks told since, or what only says how a page was read."""


class Kept(Record, frozen=True, kw_only=True):
    """A wording, and where the page is that it was read from."""

    number: int
    source: str
    version: int
    is_present: bool
    headline: str
    article: Article
    visit: int
    sha256: str
    url: str
    """The address of the page, as it was fetched."""
    fetched: datetime | None
    revised: datetime
    listed: Headline | None
    """The title an entrance showed for it last."""


class Selection(Record, frozen=True, kw_only=True):
    """Which wordings are wanted."""

    source: str | None = None
    since: datetime | None = None
    """Only those first seen from then on."""
    number: int | None = None
    earlier: bool = False
    """Those that another has replaced, too."""


def count(db: Database, wanted: Selection) -> int:
    where, values = _which(wanted)
    row = db.execute(
        f"select count(*) from versions join articles on articles.number = versions.article where {where}", values
    ).fetchone()
    return int(row[0])


def wordings(db: Database, wanted: Selection) -> Iterator[list[Kept]]:
    """Yield them in the order of their articles, some at a time; what is written in between does no harm."""
    where, values = _which(wanted)
    # What is recorded on the way is not read again.
    last = db.execute("select coalesce(max(rowid), 0) from versions").fetchone()[0]
    after = (0, 0)
    while found := db.execute(
        f"""
        select versions.article, version, articles.source, versions.seen, visit, sha256, record, versions.headline
        from versions cross join articles on articles.number = versions.article
        where (versions.article, version) > (?, ?) and versions.rowid <= ? and {where}
        order by versions.article, version limit ?
        """,
        [*after, last, *values, AT_ONCE],
    ).fetchall():
        present = {one.number: one for one in numbered(db, list({row[0] for row in found}))}
        yield [_kept(db, row, present[row[0]].article, present[row[0]].revised) for row in found if row[0] in present]
        after = found[-1][:2]


def as_kept(article: Article, before: Article) -> Article:
    """Return a page read again as the archive would hold it: with what other looks and entrances told."""
    kept = {name: getattr(before, name) for name in ("url", "canonical_url", "modified", "comments_count", "notes")}
    if before.media and not article.media:
        kept["media"] = before.media
    known = with_what_is_known(msgspec.structs.replace(article, **kept), before)
    # What a list alone tells is another thing on another day, and its date is not at hand: no page and no reader changed.
    listed = _by_lists(before) & (_by_lists(known) | {"published"})
    told = {name: getattr(before, name) for name in listed if name in before.__struct_fields__}
    return msgspec.structs.replace(known, **told)


def differences(before: Article, after: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the fields in which a reader would see a difference, and those in which only machines would."""
    seen = differing(wording(before), wording(after))
    others = [
        name
        for name in after.__struct_fields__
        if name not in (*_NEVER, *seen) and _plain(getattr(before, name)) != _plain(getattr(after, name))
    ]
    return seen, tuple(others)


def take(db: Database, found: Iterable[tuple[Kept, Article]], *, now: datetime) -> None:
    """Record better readings of present wordings, in one transaction: as the parser's doing, from the same pages.

    Nobody edited anything: when an article was last revised, its place in lists and its id stay.
    """
    with write(db):
        for kept, article in found:
            seen, _ = differences(kept.article, article)
            documents.note(db, article, now=moments.text(now))
            if seen:
                _replace(db, kept, article, seen, now=now)
            else:
                _restate(db, kept.number, article)


def _replace(db: Database, kept: Kept, article: Article, fields: tuple[str, ...], *, now: datetime) -> None:
    content_hash = fingerprint(wording(article))
    versions.close(db, kept.number, kept.article)
    rows.revise(db, kept.number, article, revised=kept.revised, content_hash=content_hash)
    versions.begin(
        db,
        kept.number,
        Reading(article=article, sha256=kept.sha256),
        kept.version + 1,
        visit=kept.visit,
        now=max(now, kept.revised),
        content_hash=content_hash,
        fields=fields,
        cause=Cause.PARSER,
    )
    changes.note(db, kept.visit, kept.number, "revised", now=now, fields=fields, cause=Cause.PARSER)


def _restate(db: Database, number: int, article: Article) -> None:
    content_hash = fingerprint(wording(article))
    rows.restate(db, number, article, content_hash=content_hash)
    db.conn.execute(
        "update versions set content_hash = ? where article = ? and record is null and content_hash <> ?",
        [content_hash, number, content_hash],
    )


def _which(wanted: Selection) -> tuple[str, list[object]]:
    conditions: list[tuple[str, object]] = []
    if wanted.source is not None:
        conditions.append(("articles.source = ?", wanted.source))
    if wanted.since is not None:
        conditions.append(("versions.seen >= ?", moments.text(wanted.since)))
    if wanted.number is not None:
        conditions.append(("versions.article = ?", wanted.number))
    if not wanted.earlier:
        conditions.append(("? and record is null", 1))
    return " and ".join(condition for condition, _ in conditions) or "1", [value for _, value in conditions]


def _kept(db: Database, row: tuple[object, ...], present: Article, revised: datetime) -> Kept:
    number, version, source, seen, visit, sha256, record, headline = row
    article = present if record is None else msgspec.json.decode(str(record), type=Article)
    url, fetched = _fetched(db, visit, str(sha256), article.url)
    return msgspec.convert(
        {
            "number": number,
            "source": source,
            "version": version,
            "is_present": record is None,
            "headline": headline,
            "article": article,
            "visit": visit,
            "sha256": sha256,
            "url": url,
            "fetched": moments.optional(fetched),
            "revised": revised if record is None else moments.moment(str(seen)),
            "listed": _listed(db, number),
        },
        Kept,
    )


def _fetched(db: Database, visit: object, sha256: str, url: str) -> tuple[str, str | None]:
    """Return the address of the page and when it was fetched: by the visit that read it, if that is known."""
    found = db.execute(
        "select url, fetched, visit from evidence where sha256 = ? order by visit = ? desc, number desc limit 8",
        [sha256, visit],
    ).fetchall()
    same = [row for row in found if key(row[0]) == key(url)]
    address, fetched, _ = (same or found or [(url, None, None)])[0]
    return address, fetched


def _listed(db: Database, number: object) -> Headline | None:
    """Return the title an entrance showed last; its other words may be another entrance's than those read then."""
    row = db.execute(
        """
        select url, title from sightings
        where article = ? and title <> '' order by last_seen desc, length(title) desc limit 1
        """,
        [number],
    ).fetchone()
    return Headline(url=row[0], title=row[1]) if row else None


def _by_lists(article: Article) -> set[str]:
    return {reason.field for reason in article.passport if reason.rule.startswith(("listing: ", "entrance: "))}


def _plain(value: object) -> object:
    """What is compared: a list of documents has no order, and how a moment is printed is no difference."""
    if isinstance(value, Moment):
        return value.at, value.precision
    return set(value) if isinstance(value, tuple) and all(isinstance(one, str) for one in value) else value
