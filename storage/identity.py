"""Recognises an article the archive already has, by its addresses first and by its site's own number second."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from sqlite_utils import Database

from scrapers.items import Article, Moment
from scrapers.sources import Source
from storage import moments
from storage.keys import is_front_page, key, serial
from storage.wording import plain


def chain(db: Database, slug: str) -> tuple[str, ...]:
    """Return the source and all it took over from, the source itself first."""
    found = [slug]
    for member in found:
        found += [earlier for earlier in _predecessors(db, member) if earlier not in found]
    return tuple(found)


def at_address(db: Database, sources: Sequence[str], url: str) -> int | None:
    """Return the article of these sources that has, or had, this address."""
    row = db.conn.execute(
        f"select article from addresses where key = ? and source in ({_marks(sources)}) limit 1", [key(url), *sources]
    ).fetchone()
    return row[0] if row else None


class Headlines:
    """The headlines of single minutes, each minute read once a visit: a flood of news bears one and the same time."""

    def __init__(self, db: Database, sources: Sequence[str]) -> None:
        self.db, self.sources = db, sources
        self._minutes: dict[str, dict[str, list[int]]] = {}

    def bearer(self, article: Article) -> int | None:
        """Return the one article with this headline in this published minute."""
        words = _words(article.headline)
        if not words or not _precise(article.published):
            return None
        found = self._published(moments.utc(article.published) or "").get(words, [])
        return found[0] if len(found) == 1 else None

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
    db: Database, sources: Sequence[str], article: Article, headlines: Headlines, *, asked: Iterable[str] = ()
) -> int | None:
    """Return the article that a page read is another look at, or None when it is new.

    Its own address settles it, and so do the same headline in the same published minute, which outlive a relaunch with
    other addresses. The address it calls canonical, an address that redirected to it (``asked``) and
    the number in its address need a witness, because websites get those wrong: the same headline, the same
    published minute, or two of the three naming the same article.
    """
    if (number := at_address(db, sources, article.url)) is not None:
        return number
    canonical = [] if is_front_page(article.canonical_url) else [article.canonical_url]
    hinted = [at_address(db, sources, url) for url in (*asked, *canonical) if url]
    candidates = [number for number in (*hinted, *_with_serial(db, sources, article.url)) if number is not None]
    for number in dict.fromkeys(candidates):
        if candidates.count(number) > 1 or _witnessed(db, number, article):
            return number
    return headlines.bearer(article)


def _with_serial(db: Database, sources: Sequence[str], url: str) -> list[int]:
    if (found := serial(url)) is None:
        return []
    rows = db.conn.execute(
        f"select distinct article from addresses where serial = ? and source in ({_marks(sources)})", [found, *sources]
    )
    return [row[0] for row in rows]


def _witnessed(db: Database, number: int, article: Article) -> bool:
    headline, published, precision = db.conn.execute(
        "select headline, published, published_precision from articles where number = ?", [number]
    ).fetchone()
    if _words(headline) == _words(article.headline):
        return True
    return precision != "day" and _precise(article.published) and published == moments.utc(article.published)


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
