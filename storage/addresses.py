"""Every address an article ever had, with the validators its page last sent."""

from __future__ import annotations

from sqlite_utils import Database

from scrapers.items import Reading
from storage.identity import at_address
from storage.keys import is_front_page, key, serial


def note_reading(db: Database, source: str, number: int, reading: Reading, *, now: str) -> None:
    """Note the address a page was read from, and the one it calls its own."""
    article = reading.article
    _note(db, source, number, article.url, now=now, etag=reading.etag, last_modified=reading.last_modified)
    canonical = article.canonical_url
    if canonical and canonical != article.url and not is_front_page(canonical):
        _note_if_free(db, source, number, canonical, now=now)


def note_move(db: Database, source: str, number: int, asked: str, *, now: str) -> None:
    """Note that an old address still leads to the article."""
    _note_if_free(db, source, number, asked, now=now)


def touch(db: Database, source: str, url: str, *, now: str) -> None:
    """Note that an address still answered."""
    db.conn.execute("update addresses set last_seen = ? where key = ? and source = ?", [now, key(url), source])


def _note_if_free(db: Database, source: str, number: int, url: str, *, now: str) -> None:
    if at_address(db, [source], url) in (None, number):
        _note(db, source, number, url, now=now)


def _note(
    db: Database,
    source: str,
    number: int,
    url: str,
    *,
    now: str,
    etag: str | None = None,
    last_modified: str | None = None,
) -> None:
    db.conn.execute(
        """
        insert into addresses (source, url, key, serial, article, etag, last_modified, first_seen, last_seen)
        values (:source, :url, :key, :serial, :article, coalesce(:etag, ''), coalesce(:last_modified, ''), :now, :now)
        on conflict (source, url) do update set
          last_seen = :now,
          etag = coalesce(:etag, etag),
          last_modified = coalesce(:last_modified, last_modified)
        """,
        {
            "source": source,
            "url": url,
            "key": key(url),
            "serial": serial(url),
            "article": number,
            "etag": etag,
            "last_modified": last_modified,
            "now": now,
        },
    )
