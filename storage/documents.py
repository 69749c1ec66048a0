"""The official documents that articles cite ("45/2023/TT-BTNMT"), and which news cites them."""

from __future__ import annotations

from sqlite_utils import Database

from scrapers.items import Article, Citation
from storage.articles import StoredArticle, numbered


def note(db: Database, article: Article, *, now: str) -> None:
    """Make sure that the documents an article cites are known, with what their numbers tell of them."""
    told = [(one.number, one.scheme, one.kind, _stated(one), one.issuer, now) for one in article.citations]
    placed = {one.number for one in article.citations}
    told += [(number, "vn", "", None, "", now) for number in article.documents if number not in placed]
    if told:
        db.conn.executemany(_NOTE, told)


def _stated(citation: Citation) -> int | None:
    """The year as far as it is part of the number: numbers without one begin anew each year."""
    return citation.year if str(citation.year) in citation.number else None


_NOTE = """
    insert into documents (document, scheme, kind, year, issuer, first_cited) values (?, ?, ?, ?, ?, ?)
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
