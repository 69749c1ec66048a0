"""What the search index knows of its words, cheaply: how common they are, which begin alike, which days it spans."""

from __future__ import annotations

from datetime import date, timedelta

from sqlite_utils import Database

LIGHT = 400
"""Pages of the index that SQLite may gather for the beginning of a word; more takes it longer than a person waits."""
HEAVY = 4000
"""Pages of the index that say at once that a large part of the articles have a word that begins so."""
WORDS = 200
"""How many words may stand for their common beginning."""


def beginning(db: Database, prefix: str) -> list[str] | None:
    """Return the words that begin so where asking for each is faster than for the beginning; else None.

    The list is empty when that would be slow as well: so many articles have such a word that reading them finds some
    faster than the index does.
    """
    pages = _pages(db, prefix)
    if pages <= LIGHT:
        return None
    if pages > HEAVY:
        return []
    found = [prefix] if _next(db, prefix) == prefix else []
    term = _next(db, f"{prefix}\x01")
    while term is not None and term.startswith(prefix):
        found.append(term)
        if len(found) > WORDS:
            return []
        term = _next(db, f"{term}\x01")
    return found


def _next(db: Database, term: str) -> str | None:
    row = db.conn.execute("select term from articles_terms where term >= ? limit 1", [term]).fetchone()
    return None if row is None else str(row[0])


def _pages(db: Database, prefix: str) -> int:
    """Return about how many pages of the index are about words that begin so.

    The index notes for each of its parts on which page which word begins (https://sqlite.org/fts5.html, the %_idx table).
    """
    first = b"0" + prefix.encode()
    row = db.conn.execute(
        """
        select sum(pages) from (
          select max(pgno >> 1) - min(pgno >> 1) as pages from articles_fts_idx where term >= ? and term < ? group by segid
        )
        """,
        [first, first + b"\xff"],
    ).fetchone()
    return int(row[0] or 0)


def count(db: Database, words: str, most: int) -> int:
    """Return how many articles match, or ``most`` when there are as many or more."""
    row = db.conn.execute(
        "select count(*) from (select 1 from articles_fts where articles_fts match ? limit ?)", [words, most]
    ).fetchone()
    return int(row[0])


def reach(db: Database) -> tuple[date, date] | None:
    """Return a first and a last day between which all articles were published; None when there are none."""
    row = db.conn.execute(
        """
        select
          min((select min(dated) from articles), coalesce((select min(published) from articles), '9')),
          max((select max(dated) from articles), coalesce((select max(published) from articles), ''))
        """
    ).fetchone()
    if row[0] is None:
        return None
    first, last = (date.fromisoformat(moment[:10]) for moment in row)
    # Days are counted where the ministry is: one more on either side.
    day = timedelta(days=1)
    return max(first, date.min + day) - day, min(last, date.max - day) + day
