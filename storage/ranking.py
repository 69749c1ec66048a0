"""The best matches first: those with all words in the headline, then the others, each by how much they are about them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from storage.expressions import expression, in_headline
from storage.queries import Query

RANKED = 20_000
"""How many matches are ranked; of more, the newest."""
BEST = 1000
"""How many of them are put in order at most."""


def best(db: Database, query: Query) -> Iterator[int]:
    """Yield the numbers of the matches, the best first."""
    everywhere = expression(query, scored=True)
    headline = in_headline(query)
    seen: set[int] = set()
    for words in (f"({everywhere}) AND {headline}" if headline else "", everywhere):
        if words:
            rows = db.conn.execute(_BEST, {"words": words, "ranked": RANKED, "best": BEST})
            for number in (row[0] for row in rows):
                if number not in seen:
                    seen.add(number)
                    yield number


_BEST = """
    select rowid from articles_fts
    where articles_fts match :words
    and rowid >= (
      select min(number) from (
        select rowid as number from articles_fts where articles_fts match :words order by rowid desc limit :ranked
      )
    )
    order by bm25(articles_fts, 10, 4, 1, 1, 0, 0), rowid desc limit :best
"""
