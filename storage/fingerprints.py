"""What an article is looked for by when its address is new: its headline with its day, and its words, as numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from scrapers.items import Article
from storage.likeness import FEW, told, words_of

MOST = 24
"""Articles that are compared with a page at most."""


def note(db: Database, number: int, article: Article) -> None:
    """Note what an article is looked for by from now on."""
    db.conn.execute(
        """
        insert into fingerprints (article, title, day, body) values (?, ?, ?, ?)
        on conflict (article) do update set title = excluded.title, day = excluded.day, body = excluded.body
        """,
        [number, _of(told(article.headline)), day_of(article), body_of(article)],
    )


def of_headline(db: Database, sources: Sequence[str], article: Article) -> tuple[list[int], bool]:
    """Return the articles with this headline that this might be one of, and whether it is boilerplate.

    It is when several bear it; then only those of the same day, and those without one, come into question.
    """
    words = told(article.headline)
    return _candidates(db, sources, "title", _of(words), article) if words else ([], True)


def of_body(db: Database, sources: Sequence[str], article: Article) -> tuple[list[int], bool]:
    """Return the articles that say the same word for word, and whether several do; none for those of few words."""
    found = body_of(article)
    return ([], True) if found is None else _candidates(db, sources, "body", found, article)


def of_document(db: Database, sources: Sequence[str], number: str) -> list[int]:
    """Return the articles that have an official number in their headline or their files."""
    rows = db.conn.execute(
        f"""
        select distinct article from citations cross join articles on articles.number = article
        where document = ? and field in ('headline', 'attachments') and source in ({", ".join("?" * len(sources))})
        limit ?
        """,
        [number, *sources, MOST],
    )
    return [int(row[0]) for row in rows]


def day_of(article: Article) -> str:
    """Return the day an article bears, as printed; "" when it bears none."""
    return article.published.at.date().isoformat() if article.published else ""


def body_of(article: Article) -> int | None:
    """Return the number for an article's words; None when there are too few of them to tell it from others."""
    words = words_of(article)
    return None if len(words) < FEW else _of(" ".join(words))


def _of(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def _candidates(
    db: Database, sources: Sequence[str], column: str, value: int, article: Article
) -> tuple[list[int], bool]:
    found = _bearing(db, sources, f"{column} = ?", [value], most=2)
    if len(found) < 2:
        return found, False
    day = day_of(article)
    return _bearing(db, sources, f"{column} = ? and day in ('', ?)", [value, day], most=MOST), True


def _bearing(db: Database, sources: Sequence[str], condition: str, values: list[Any], *, most: int) -> list[int]:
    rows = db.conn.execute(
        f"""
        select article from fingerprints cross join articles on articles.number = article
        where {condition} and source in ({", ".join("?" * len(sources))}) limit ?
        """,
        [*values, *sources, most],
    )
    return [int(row[0]) for row in rows]
