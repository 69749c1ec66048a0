"""Full-text search for people: any words they type, never a syntax error, newest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from sqlite_utils import Database

from scrapers.items import Record
from storage.articles import StoredArticle, numbered
from storage.folding import folded, unaccented

OPEN, CLOSE = "⟦", "⟧"
"""What stands around a found word in a snippet; show it as you like, after escaping the rest."""
NEWEST = 500
"""How many matches are put in order of date; they were found in about that order already."""
RANKED = 20_000
"""How many matches are ranked; a word found more often than that is found in its newest ones."""
WIDTH = 24
"""Words a snippet has."""

_ASKED = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w+")


class Found(Record, frozen=True, kw_only=True):
    """An article that was searched for, and where in it the words are."""

    article: StoredArticle
    snippet: str
    """Plain text from lede or body; each word that was asked for stands between OPEN and CLOSE."""


def search(
    db: Database, words: str, *, source: str | None = None, limit: int = 20, ranked: bool = False
) -> list[Found]:
    """Return the articles that hold all of the words, newest first or, with ``ranked``, the best first.

    Accents and case may be left out ("da dang" finds "đa dạng"; "đa" does not find "da"). "Words in quotes" must
    stand together, and a star ends the beginning of a word ("môi trư*"). Nothing that is typed is an error.
    """
    asked = [terms for terms in map(_terms, _ASKED.finditer(unicodedata.normalize("NFC", words))) if terms[0]]
    if not asked:
        return []
    expression = " AND ".join(_expression(terms, prefix=prefix) for terms, prefix in asked)
    values = {"words": expression, "source": source, "limit": limit, "newest": max(NEWEST, limit), "ranked": RANKED}
    numbers = [row[0] for row in db.conn.execute(_RANKED if ranked else _NEWEST, values)]
    return [Found(article=stored, snippet=_snippet(stored, asked)) for stored in numbered(db, numbers)]


# By rowid first, which the index walks for nothing; the true order is made among the newest only.
_NEWEST = """
    select number from articles where number in (
      select rowid from articles_fts
      where articles_fts match :words
      and (:source is null or (select source from articles where number = articles_fts.rowid) = :source)
      order by rowid desc limit :newest
    )
    order by dated desc, number desc limit :limit
"""
_RANKED = """
    select rowid from articles_fts
    where articles_fts match :words
    and rowid >= (
      select min(number) from (
        select rowid as number from articles_fts where articles_fts match :words order by rowid desc limit :ranked
      )
    )
    and (:source is null or (select source from articles where number = articles_fts.rowid) = :source)
    order by bm25(articles_fts, 10, 4, 1, 1), rowid desc limit :limit
"""

_Terms = tuple[list[str], bool]


def _terms(found: re.Match[str]) -> _Terms:
    """Return the words of a quoted phrase, or those that one typed word falls into, and whether it is a beginning."""
    phrase, typed = found.groups()
    return _WORD.findall(typed if phrase is None else phrase), phrase is None and typed.endswith("*")


def _expression(terms: Sequence[str], *, prefix: bool) -> str:
    star = "*" if prefix else ""
    variants = (f'"{" ".join(variant)}"{star}' for variant in _with_and_without_bar(terms))
    return f"({' OR '.join(variants)})"


def _with_and_without_bar(terms: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield a phrase as typed, then with đ for each d: the index holds đ-words folded only one by one."""
    if len(terms) == 1:
        return [tuple(terms)]
    choices = [(term, term.replace("d", "đ").replace("D", "Đ")) if "d" in term.lower() else (term,) for term in terms]
    return list(product(*choices))[:16]


class _Wanted:
    """The words that were asked for, in the form in which they are compared."""

    def __init__(self, asked: Sequence[_Terms]) -> None:
        self._whole = {unaccented(term) for terms, prefix in asked for term in terms if not prefix}
        self._beginnings = tuple(unaccented(term) for terms, prefix in asked for term in terms if prefix)

    def is_in(self, piece: str) -> bool:
        return any(form in self._whole or form.startswith(self._beginnings) for form in _forms(piece))


@lru_cache(maxsize=65536)
def _forms(piece: str) -> tuple[str, ...]:
    """Return how the words of a piece of text may be typed: with and without đ."""
    return tuple(form for word in _WORD.findall(piece) for form in {unaccented(word), folded(word)})


def _snippet(stored: StoredArticle, asked: Sequence[_Terms]) -> str:
    """Return the words around the first hit, hits marked; the beginning when they are elsewhere (a tag, a caption)."""
    article = stored.article
    wanted = _Wanted(asked)
    for text in (article.body_text, article.lede, article.headline):
        pieces = text.split()
        hit = next((place for place, piece in enumerate(pieces) if wanted.is_in(piece)), None)
        if hit is not None:
            return _cut(pieces, wanted, first=max(0, hit - WIDTH // 4))
    return _cut((article.lede or article.body_text or article.headline).split(), wanted, first=0)


def _cut(pieces: Sequence[str], wanted: _Wanted, *, first: int) -> str:
    shown = [f"{OPEN}{piece}{CLOSE}" if wanted.is_in(piece) else piece for piece in pieces[first : first + WIDTH]]
    return f"{'… ' if first else ''}{' '.join(shown)}{' …' if len(pieces) > first + WIDTH else ''}"
