"""Every address an article ever had, with the validators its page last sent, and those its page merely claims."""

from __future__ import annotations

from sqlite_utils import Database

from scrapers.items import Article, Reading
from scrapers.sessions import sessionless
from storage.identity import at_address
from storage.keys import is_front_page, key, serial


def own(article: Article) -> list[str]:
    """Return the addresses that are surely an article's: where it was read, and what it calls its own if that vouches for itself."""
    return [article.url, article.canonical_url] if _vouched(article) else [article.url]


def note_reading(db: Database, source: str, number: int, reading: Reading, *, now: str) -> None:
    """Note the address a page was read from, and the one it calls its own."""
    article = reading.article
    _note(db, source, number, article.url, now=now, etag=reading.etag, last_modified=reading.last_modified)
    for address in own(article)[1:]:
        _note_if_free(db, source, number, address, now=now)
    _note_named(db, source, number, article.canonical_url, now=now)


def note_move(db: Database, source: str, number: int, asked: str, *, now: str) -> None:
    """Note that an old address still leads to the article."""
    _note_if_free(db, source, number, asked, now=now)


def touch(db: Database, source: str, url: str, *, now: str) -> None:
    """Note that an address still answered."""
    db.conn.execute("update addresses set last_seen = ? where key = ? and source = ?", [now, key(url), source])


def _vouched(article: Article) -> bool:
    """Say whether the address a page calls its own is the one it was read from but for the writing, or has its number."""
    canonical = article.canonical_url
    if not canonical or canonical == article.url or is_front_page(canonical):
        return False
    return key(canonical) == key(article.url) or serial(canonical) == serial(article.url) is not None


def _note_named(db: Database, source: str, number: int, url: str, *, now: str) -> None:
    """Note an address that a page merely calls its own; what two articles claim is nobody's."""
    if not url or is_front_page(url) or at_address(db, [source], url) is not None:
        return
    disputed = db.conn.execute(
        """
        update addresses set standing = 'disputed', last_seen = ?
        where source = ? and key = ? and standing = 'named' and article <> ?
        """,
        [now, source, key(url), number],
    )
    if not disputed.rowcount:
        _note(db, source, number, url, now=now, standing="named")


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
    standing: str = "read",
) -> None:
    url = sessionless(url)
    db.conn.execute(
        """
        insert into addresses (source, url, key, serial, article, etag, last_modified, first_seen, last_seen, standing)
        values (:source, :url, :key, :serial, :article, coalesce(:etag, ''), coalesce(:last_modified, ''), :now, :now,
          :standing)
        on conflict (source, url) do update set
          last_seen = :now,
          etag = coalesce(:etag, etag),
          last_modified = coalesce(:last_modified, last_modified),
          -- Whoever was really read at an address owns it, whoever claimed it before.
          article = iif(:standing = 'read' and standing <> 'read', :article, article),
          standing = iif(:standing = 'read', 'read', standing)
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
            "standing": standing,
        },
    )
