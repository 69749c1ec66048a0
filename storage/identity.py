"""Recognises an article the archive already has, by its addresses first and by its site's own number second."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Moment
from scrapers.sources import Source
from storage import moments
from storage.articles import numbered
from storage.keys import is_front_page, key, serial
from storage.likeness import alike
from storage.wording import plain


def chain(db: Database, slug: str) -> tuple[str, ...]:
    """Return the source and all it took over from, the source itself first."""
    found = [slug]
    for member in found:
        found += [earlier for earlier in _predecessors(db, member) if earlier not in found]
    return tuple(found)


def at_address(db: Database, sources: Sequence[str], url: str) -> int | None:
    """Return the article of these sources that has, or had, this address; that a page merely names one is not enough."""
    row = db.conn.execute(
        f"""
        select article from addresses
        where key = ? and standing = 'read' and source in ({_marks(sources)}) limit 1
        """,
        [key(url), *sources],
    ).fetchone()
    return row[0] if row else None


class Headlines:
    """The headlines of single minutes, each minute read once a visit: a flood of news bears one and the same time."""

    def __init__(self, db: Database, sources: Sequence[str]) -> None:
        self.db, self.sources = db, sources
        self._minutes: dict[str, dict[str, list[int]]] = {}

    def bearers(self, article: Article) -> list[int]:
        """Return the articles with this headline in this published minute."""
        words = _words(article.headline)
        if not words or not _precise(article.published):
            return []
        return self._published(moments.utc(article.published) or "").get(words, [])

    def add(self, number: int, article: Article) -> None:
        """Take in an article that was recorded just now."""
        minute = self._minutes.get(moments.utc(article.published) or "")
        if minute is not None and article.published and article.published.precision != "day":
            minute.setdefault(_words(article.headline), []).append(number)

    def forget(self) -> None:
        """Read anew what is asked for next: an article has another headline or date now."""
        self._minutes.clear()

    def _published(self, at: str) -> dict[str, list[int]]:
        if at not in self._minutes:
            self._minutes[at] = {}
            for number, headline in self.db.conn.execute(
                f"""
                select number, headline from articles
                where published = ? and published_precision <> 'day' and source in ({_marks(self.sources)})
                """,
                [at, *self.sources],
            ):
                self._minutes[at].setdefault(_words(headline), []).append(number)
        return self._minutes[at]


def recognise(
    db: Database,
    sources: Sequence[str],
    article: Article,
    headlines: Headlines,
    *,
    asked: Iterable[str] = (),
    gone: Collection[str] = (),
) -> int | None:
    """Return the article that a page read is another look at, or None when it is new.

    An address an article was read from settles it. An address that redirected here (``asked``), the address the page
    calls canonical, and the number in its address only name candidates, because websites get those wrong: two of the
    three must agree, or a witness must. For a redirect that is the same headline or published minute; for a number
    both, or one of them and the same words; for a canonical address the same headline and the same words.

    A relaunch changes all addresses: then the same headline in the same minute is the same article if it tells the
    same, or if the old page is gone (``gone`` holds the keys of addresses that answered so just now).
    """
    if (number := at_address(db, sources, article.url)) is not None:
        return number
    look = _Look(db, article)
    redirected = {at_address(db, sources, url) for url in asked}
    canonical = {None if is_front_page(article.canonical_url) else at_address(db, sources, article.canonical_url)}
    counted = _with_serial(db, sources, article.url)
    hints = [number for hint in (redirected, canonical, counted) for number in hint if number is not None]
    for number in dict.fromkeys(hints):
        if (
            hints.count(number) > 1
            or (number in redirected and look.is_witnessed(number))
            or (number in canonical and look.is_the_same(number))
            or (number in counted and look.is_near(number))
        ):
            return number
    claimed = [named(db, sources, url) for url in (article.url, article.canonical_url)]
    for number in dict.fromkeys(number for number in claimed if number is not None):
        if look.is_the_same(number):
            return number
    return _only(look, headlines.bearers(article), gone)


def named(db: Database, sources: Sequence[str], url: str) -> int | None:
    """Return the one article of these sources that calls this address its own without having been read there."""
    rows = db.conn.execute(
        f"""
        select distinct iif(standing = 'named', article, null) from addresses
        where key = ? and standing <> 'read' and source in ({_marks(sources)})
        """,
        [key(url), *sources],
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def _only(look: _Look, bearers: Sequence[int], gone: Collection[str]) -> int | None:
    """Return the one article of those with the same headline and minute that this is, if it is one."""
    for proof in (look.is_alike, lambda number: look.is_gone(number, gone)):
        if found := [number for number in bearers if proof(number)]:
            return found[0] if len(found) == 1 else None
    return None


class _Look:
    """A page read, held against articles that the archive has."""

    def __init__(self, db: Database, article: Article) -> None:
        self.db, self.article = db, article

    def is_witnessed(self, number: int) -> bool:
        return self._headed(number) or self._timed(number)

    def is_the_same(self, number: int) -> bool:
        return self._headed(number) and self.is_alike(number)

    def is_near(self, number: int) -> bool:
        headed, timed = self._headed(number), self._timed(number)
        return (headed and timed) or ((headed or timed) and self.is_alike(number))

    def is_alike(self, number: int) -> bool:
        [stored] = numbered(self.db, [number])
        return alike(stored.article, self.article)

    def is_gone(self, number: int, gone: Collection[str]) -> bool:
        state, url = self._columns(number, "state, url")
        return state != "present" or key(url) in gone

    def _headed(self, number: int) -> bool:
        [headline] = self._columns(number, "headline")
        return _words(headline) == _words(self.article.headline)

    def _timed(self, number: int) -> bool:
        published, precision = self._columns(number, "published, published_precision")
        timed = precision != "day" and _precise(self.article.published)
        return timed and published == moments.utc(self.article.published)

    def _columns(self, number: int, names: str) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.db.conn.execute(
            f"select {names} from articles where number = ?", [number]
        ).fetchone()
        return row


def _with_serial(db: Database, sources: Sequence[str], url: str) -> set[int]:
    if (found := serial(url)) is None:
        return set()
    rows = db.conn.execute(
        f"""
        select distinct article from addresses
        where serial = ? and standing = 'read' and source in ({_marks(sources)})
        """,
        [found, *sources],
    )
    return {row[0] for row in rows}


@lru_cache(maxsize=4096)
def _words(headline: str) -> str:
    return plain(headline).casefold()


def _precise(published: Moment | None) -> bool:
    """Say whether a moment could single out an article: many are stamped with midnight for want of a time."""
    if published is None or published.precision == "day":
        return False
    return (published.at.hour, published.at.minute) != (0, 0)


def _predecessors(db: Database, slug: str) -> tuple[str, ...]:
    row = db.conn.execute("select definition from sources where slug = ?", [slug]).fetchone()
    return msgspec.json.decode(row[0], type=Source).predecessor if row and row[0] else ()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
