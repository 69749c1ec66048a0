"""The official documents that articles cite ("45/2023/TT-BTNMT"), which news cites them, and what a series lacks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from sqlite_utils import Database

from scrapers.items import Article, Citation, Record
from storage import moments
from storage.articles import StoredArticle, numbered
from storage.numbers import folded, place


class Document(Record, frozen=True, kw_only=True):
    """An official document as far as articles tell of it."""

    number: str
    kind: str
    issuer: str
    scheme: str
    year: int | None
    signed: date | None
    """The day of signing that most articles state."""
    first_cited: datetime
    articles: int
    """How many cite it."""
    last_cited: datetime | None
    """When the newest of them was published, or first seen."""


class Gap(Record, frozen=True, kw_only=True):
    """A number that no article has named, between two of its series that some have."""

    document: str
    series: str
    kind: str
    issuer: str
    year: int


def note(db: Database, article: Article, *, now: str) -> None:
    """Make sure that the documents an article cites are known, with what their numbers tell of them."""
    told = [(one.number, one.scheme, one.kind, _stated(one), one.issuer) for one in article.citations]
    placed = {one.number for one in article.citations}
    told += [(number, "vn", "", None, "") for number in article.documents if number not in placed]
    if told:
        db.conn.executemany(_NOTE, [(*one, now, folded(one[0]), *place(one[0], one[1])) for one in told])


def _stated(citation: Citation) -> int | None:
    """The year as far as it is part of the number: numbers without one begin anew each year."""
    return citation.year if str(citation.year) in citation.number else None


_NOTE = """
    insert into documents (document, scheme, kind, year, issuer, first_cited, folded, series, serial)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (document) do update set
      kind = iif(kind = '', excluded.kind, kind), issuer = iif(issuer = '', excluded.issuer, issuer)
    where (kind = '' and excluded.kind <> '') or (issuer = '' and excluded.issuer <> '')
"""


def citing(db: Database, document: str, *, limit: int = 50) -> list[StoredArticle]:
    """Return the articles that cite an official number, newest first."""
    rows = db.execute(
        """
        select distinct articles.number from citations join articles on articles.number = citations.article
        where document = ? order by dated desc, articles.number desc limit ?
        """,
        [document, limit],
    )
    return numbered(db, [row[0] for row in rows])


def publishing(db: Database, document: str) -> StoredArticle | None:
    """Return the article that seems to publish a document: the first with its number on a file, else in the headline."""
    row = db.execute(
        """
        select articles.number from citations join articles on articles.number = citations.article
        where document = ? and field in ('attachments', 'headline')
        order by field = 'headline', dated, articles.number limit 1
        """,
        [document],
    ).fetchone()
    return numbered(db, [row[0]])[0] if row else None


def called(db: Database, typed: str, *, limit: int = 20) -> list[str]:
    """Return the documents that somebody may mean by what they typed: the one that is called so, else those that begin so.

    Case, accents, leading zeros, signs between the parts and words before the number do not matter.
    """
    row = db.execute("select document from documents where document = ?", [typed.strip()]).fetchone()
    if row:
        return [row[0]]
    whole = folded(typed)
    # "TT 15/2025/TT-BTC": the kind of document may stand before its number.
    parts = whole.split("/")
    first = next((number for number, part in enumerate(parts) if part.isdigit()), 0)
    for asked in dict.fromkeys((whole, "/".join(parts[first:]))):
        if asked and (found := _folded(db, "folded = :asked", asked, limit) or _folded(db, _BEGINS, asked, limit)):
            return found
    return []


_BEGINS = "folded >= :asked || '/' and folded < :asked || '0'"
"""The sign that follows "/" is "0"."""


def _folded(db: Database, condition: str, asked: str, limit: int) -> list[str]:
    rows = db.execute(
        f"select document from documents where {condition} order by folded, document limit :limit",
        {"asked": asked, "limit": limit},
    )
    return [row[0] for row in rows]


def about(db: Database, document: str) -> Document | None:
    """Return what is known of a document, None when no article cites it."""
    return next(iter(_documents(db, "where documents.document = :document", {"document": document})), None)


def listed(
    db: Database, *, order: Literal["newest", "cited"] = "newest", source: str | None = None, limit: int = 20
) -> list[Document]:
    """Return documents: those first cited last, or those that most articles cite."""
    by = "articles desc, documents.first_cited desc" if order == "cited" else "documents.first_cited desc"
    return _documents(
        db,
        f"where (:source is null or articles.source = :source) {_TOGETHER} order by {by}, documents.document limit :limit",
        {"source": source, "limit": limit},
    )


_TOGETHER = "group by documents.document"


def _documents(db: Database, which: str, values: dict[str, object]) -> list[Document]:
    grouped = which if _TOGETHER in which else f"{which} {_TOGETHER}"
    rows = db.execute(
        f"""
        select documents.document, documents.kind, documents.issuer, documents.scheme,
          coalesce(documents.year, max(citations.year)),
          (
            select signed from citations as stated
            where stated.document = documents.document and signed is not null
            group by signed order by count(*) desc, signed limit 1
          ),
          documents.first_cited, count(distinct citations.article) as articles, max(articles.dated)
        from documents
        join citations on citations.document = documents.document
        join articles on articles.number = citations.article
        {grouped}
        """,
        values,
    )
    return [
        Document(
            number=number,
            kind=kind,
            issuer=issuer,
            scheme=scheme,
            year=year,
            signed=date.fromisoformat(signed) if signed else None,
            first_cited=moments.moment(first_cited),
            articles=articles,
            last_cited=moments.optional(dated),
        )
        for number, kind, issuer, scheme, year, signed, first_cited, articles, dated in rows
    ]


def gaps(db: Database, *, limit: int = 1000) -> list[Gap]:
    """Return the numbers that series lack of which more than half is known, the latest years first."""
    rows = db.execute(
        """
        select document, series, kind, issuer, year from series_gaps_view
        order by year desc, series, serial limit ?
        """,
        [limit],
    )
    return [
        Gap(document=document, series=series, kind=kind, issuer=issuer, year=year)
        for document, series, kind, issuer, year in rows
    ]
