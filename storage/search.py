"""Full-text search for people: whatever they type, newest first or best first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from sqlite_utils import Database

from scrapers.items import Record
from storage import vocabulary
from storage.articles import StoredArticle, numbered
from storage.expressions import Expression
from storage.matching import Text, holds
from storage.queries import Filter, Query, parse
from storage.ranking import best
from storage.snippets import CLOSE as CLOSE
from storage.snippets import OPEN as OPEN
from storage.snippets import marked, snippet
from storage.tokens import ORDER, days

FEW = 500
"""Fewer matches than this are all put in order of date; of more, only those of the newest days."""
NEWEST = 2000
"""How many of the newest articles are looked through first for a word that many have; eight times as many next."""


class Found(Record, frozen=True, kw_only=True):
    """An article that was searched for, and where in it the words are."""

    article: StoredArticle
    headline: str
    """With OPEN and CLOSE around what was asked for."""
    snippet: str
    """Plain text around what was asked for, which stands between OPEN and CLOSE."""


def search(
    db: Database, asked: str | Query, *, source: str | None = None, limit: int = 20, ranked: bool = False
) -> list[Found]:
    """Return the articles for which all that was asked holds, newest first or, with ``ranked``, the best first.

    docs/search.md tells what can be asked. Nothing that is typed is an error; what cannot be meant (``from:xyz``) is
    among the problems of ``queries.parse``, and finds nothing.
    """
    query = parse(asked) if isinstance(asked, str) else asked
    if query.problems or not query.clauses:
        return []
    if source is not None:
        query = Query(clauses=(*query.clauses, (Filter(kind="source", value=source),)))
    asked_for = Expression(db, query)
    numbers = best(db, query, asked_for) if ranked else _newest(db, asked_for.words)
    if not asked_for.exact:
        numbers = _true(db, query, numbers, limit)
    terms = query.terms
    return [
        Found(article=stored, headline=marked(stored.article.headline, terms), snippet=snippet(stored.article, terms))
        for stored in numbered(db, list(islice(numbers, limit)))
    ]


def _newest(db: Database, words: str) -> Iterator[int]:
    """Yield the numbers of the matches, newest first."""
    few = [row[0] for row in db.conn.execute(_SOME, {"words": words, "most": FEW})]
    ordered = db.conn.execute(_IN_ORDER, [json.dumps(few)]).fetchall()
    if len(few) < FEW:
        yield from (row[0] for row in ordered)
        return
    for first, last in _spans(db, newest=ordered[0][1]):
        span = " OR ".join(f'"{token}"' for token in days(ORDER, first, last))
        yield from (row[0] for row in db.conn.execute(_DATED, {"words": f"({words}) AND ({span})"}))


_SOME = "select rowid from articles_fts where articles_fts match :words order by rowid desc limit :most"
_IN_ORDER = """
    select number, dated from articles where number in (select value from json_each(?)) order by dated desc, number desc
"""
_DATED = """
    select number from articles where number in (select rowid from articles_fts where articles_fts match :words)
    order by dated desc, number desc
"""


def _spans(db: Database, *, newest: str) -> Iterator[tuple[date, date]]:
    """Yield (first day, last day) of ever longer spans of time, the newest first, by how many articles they have.

    Before the day of ``newest``, a match, there is nothing to expect: that time is the first span, with that day.
    """
    oldest, last = map(date.fromisoformat, db.conn.execute(_ENDS).fetchone())
    first, past = date.fromisoformat(newest[:10]), NEWEST
    while True:
        yield first, last
        if first <= oldest:
            return
        last = first - timedelta(days=1)
        row = db.conn.execute(_PAST, [f"{first}", past]).fetchone()
        first, past = max(min(date.fromisoformat(row[0]), last), oldest) if row else oldest, past * 8


_ENDS = "select substr(min(dated), 1, 10), substr((select max(dated) from articles), 1, 10) from articles"
_PAST = "select substr(dated, 1, 10) from articles where dated < ? order by dated desc limit 1 offset ?"


def _true(db: Database, query: Query, numbers: Iterable[int], limit: int) -> Iterator[int]:
    """Yield those of the numbers whose texts really are what was asked for."""
    rest, reach = iter(numbers), vocabulary.reach(db)
    while some := list(islice(rest, limit)):
        marks = ", ".join("?" * len(some))
        rows = {row[0]: row for row in db.conn.execute(f"{_TEXTS} where number in ({marks})", some)}
        for number in some:
            _, *texts, exact, filters = rows[number]
            if holds(query, list(map(Text, texts)), {*exact.split(), *filters.split()}, reach):
                yield number


_TEXTS = "select number, headline, lede, body_text, search_extra, search_exact, search_filter from articles"
