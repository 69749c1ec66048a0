"""The official numbers that articles cite ("45/2023/TT-BTNMT"), and which news cites them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlite_utils import Database

from storage.articles import StoredArticle, numbered

_KIND = re.compile(r"/([A-ZĐ]+)(?:-|$)")


def note(db: Database, numbers: Iterable[str], *, now: str) -> None:
    """Make sure that the numbers an article cites are known."""
    rows = [(number, _kind(number), now) for number in numbers]
    if rows:
        db.conn.executemany("insert or ignore into documents (document, kind, first_cited) values (?, ?, ?)", rows)


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


def _kind(number: str) -> str:
    """Return the kind of document a number names ("TT" is a circular, "NĐ" a decree), or ""."""
    found = _KIND.search(number.upper())
    return found[1] if found else ""
