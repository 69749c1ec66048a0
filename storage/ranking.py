"""The best matches first: those with all words in the headline, then the others, each by how much they are about them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from storage.expressions import Expression
from storage.matching import Text
from storage.queries import Query
from storage.vocabulary import count

CANDIDATES = 20_000
"""How many matches are ranked; of more, the newest."""
FEW = 200
"""So many are read and compared one by one, which is better than what the index knows."""
BEST = 1000
"""How many are put in order by what the index knows."""
COMMON = 100_000
"""A word that so many articles have says nothing about how much one of them is about it."""
_HEADLINE, _LEDE, _BODY = 10, 4, 1


def best(db: Database, query: Query, asked: Expression) -> Iterator[int]:
    """Yield the numbers of the matches, the best first."""
    found = [row[0] for row in db.conn.execute(_NEWEST, {"words": asked.words, "most": CANDIDATES})]
    if len(found) <= FEW:
        yield from _compared(db, query, found)
        return
    counted = " AND ".join(words for words in asked.telling() if count(db, words, COMMON) < COMMON)
    headline = asked.in_headline()
    seen: set[int] = set()
    for words in (f"({asked.words}) AND {headline}" if headline else "", asked.words):
        for number in _ranked(db, words, counted) if words else ():
            if number not in seen:
                seen.add(number)
                yield number
    yield from (number for number in found if number not in seen)


def _ranked(db: Database, words: str, counted: str) -> Iterator[int]:
    values = {"words": words, "counted": counted, "candidates": CANDIDATES, "most": BEST}
    yield from (row[0] for row in db.conn.execute(_BEST if counted else _NEWEST, values))


_NEWEST = "select rowid from articles_fts where articles_fts match :words order by rowid desc limit :most"
# The plus keeps SQLite from asking the index once for each candidate.
_BEST = f"""
    select rowid from articles_fts
    where articles_fts match :counted
    and +rowid in (
      select rowid from articles_fts where articles_fts match :words order by rowid desc limit :candidates
    )
    order by bm25(articles_fts, {_HEADLINE}, {_LEDE}, {_BODY}, 1, 0, 0), rowid desc limit :most
"""


def _compared(db: Database, query: Query, numbers: Sequence[int]) -> list[int]:
    rows = db.conn.execute(
        """
        select number, headline, lede, body_text, dated from articles
        where number in (select value from json_each(?)) order by dated desc, number desc
        """,
        [json.dumps(numbers)],
    )
    scores = {row[0]: _score(query, *map(Text, row[1:4])) for row in rows}
    return sorted(scores, key=lambda number: scores[number], reverse=True)


def _score(query: Query, headline: Text, lede: Text, body: Text) -> tuple[bool, float]:
    """Return whether the headline has all that was asked for, and how much of the article is that."""
    terms = query.terms
    inside = [[len(text.spans(term)) for text in (headline, lede, body)] for term in terms]
    much = sum(found[0] * _HEADLINE + found[1] * _LEDE + found[2] * _BODY for found in inside)
    titled = bool(terms) and all(found[0] for found in inside)
    return titled, much / (200 + len(body.places))
