"""The best matches first: those with all words in the headline, then the others, each by how much they are about them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from storage.expressions import Expression
from storage.vocabulary import count

CANDIDATES = 20_000
"""How many matches are ranked; of more, the newest."""
BEST = 1000
"""How many of them are put in order at most."""
COMMON = 100_000
"""A word that so many articles have says nothing about how much one of them is about it."""


def best(db: Database, asked: Expression) -> Iterator[int]:
    """Yield the numbers of the matches, the best first."""
    telling = [words for words in asked.telling() if count(db, words, COMMON) < COMMON]
    headline = asked.in_headline()
    seen: set[int] = set()
    counted = " AND ".join(telling)
    titled = f"({asked.words}) AND {headline}" if headline else ""
    # Last those that are not counted: phrases typed without a letter the index does not fold, and all beyond the best.
    for words, by in ((titled, counted), (asked.words, counted), (asked.words, "")):
        for number in _ranked(db, words, by) if words else ():
            if number not in seen:
                seen.add(number)
                yield number


def _ranked(db: Database, words: str, telling: str) -> Iterator[int]:
    values = {"words": words, "telling": telling, "candidates": CANDIDATES, "best": BEST}
    yield from (row[0] for row in db.conn.execute(_BEST if telling else _NEWEST, values))


# The plus keeps SQLite from asking the index once for each candidate.
_BEST = """
    select rowid from articles_fts
    where articles_fts match :telling
    and +rowid in (
      select rowid from articles_fts where articles_fts match :words order by rowid desc limit :candidates
    )
    order by bm25(articles_fts, 10, 4, 1, 1, 0, 0), rowid desc limit :best
"""
_NEWEST = "select rowid from articles_fts where articles_fts match :words order by rowid desc limit :best"
