"""An article as a row of the archive: how its fields become columns, and what is indexed for search."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from scrapers.items import Article, Moment
from storage import files, fingerprints, moments
from storage.parts import clear_parts, write_parts
from storage.searchable import searchable

Columns = dict[str, Any]


def mint(authority: str, source: str, now: datetime) -> str:
    """Make a permanent id; nothing in it can ever turn out to be wrong."""
    return f"tag:{authority},{now.astimezone(UTC).date().isoformat()}:{source}/{secrets.token_hex(16)}"


def insert(db: Database, article: Article, *, tag: str, source: str, now: datetime, content_hash: str) -> int:
    """Write a new article with its parts; return its number."""
    seen = moments.text(now)
    columns = {
        **_columns(article),
        "id": tag,
        "source": source,
        "first_seen": seen,
        "revised": seen,
        "looked_at": seen,
        "dated": min(moments.utc(article.published) or seen, seen),
        "watched_from": seen,
        "tried_at": seen,
        "content_hash": content_hash,
        "first_published": moments.utc(article.published),
    }
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    cursor = db.conn.execute(f"insert into articles ({names}) values ({marks})", list(columns.values()))
    number = cursor.lastrowid
    assert number is not None
    write_parts(db, number, article)
    fingerprints.note(db, number, article)
    return number


def revise(db: Database, number: int, article: Article, *, revised: datetime, content_hash: str) -> None:
    """Replace an article's wording; the caller has put the one before among the versions."""
    clear_parts(db, number)
    write_parts(db, number, article)
    said = files.text_of(db, number)
    columns = {**_columns(article, said), "revised": moments.text(revised), "content_hash": content_hash}
    settings = ", ".join(f"{name} = ?" for name in columns)
    db.conn.execute(
        f"""
        update articles set {settings}, versions = versions + 1, first_published = coalesce(first_published, ?)
        where number = ?
        """,
        [*columns.values(), moments.utc(article.published), number],
    )
    fingerprints.note(db, number, article)


def restate(db: Database, number: int, article: Article, *, content_hash: str) -> None:
    """Write an article's present wording as it is read now, where no reader would see a difference."""
    clear_parts(db, number)
    write_parts(db, number, article)
    columns = {**_columns(article, files.text_of(db, number)), "content_hash": content_hash}
    settings = ", ".join(f"{name} = ?" for name in columns)
    db.conn.execute(f"update articles set {settings} where number = ?", [*columns.values(), number])
    fingerprints.note(db, number, article)


def refresh(db: Database, number: int, article: Article) -> None:
    """Take over what a page changes without anybody having edited it; writes nothing when it is the same."""
    values = {
        "comments_count": article.comments_count,
        "modified": moments.utc(article.modified),
        "modified_local": moments.local(article.modified),
        "modified_precision": article.modified.precision if article.modified else None,
        "modified_text": article.modified.printed if article.modified else "",
    }
    settings = ", ".join(f"{name} = :{name}" for name in values)
    differs = " or ".join(f"{name} is not :{name}" for name in values)
    db.conn.execute(
        f"update articles set {settings} where number = :number and ({differs})", {**values, "number": number}
    )


def index_files(db: Database, number: int, article: Article) -> None:
    """Let an article be found by what its files say by now."""
    columns = _search(article, files.text_of(db, number))
    settings = ", ".join(f"{name} = :{name}" for name in columns)
    differs = " or ".join(f"{name} is not :{name}" for name in columns)
    db.conn.execute(
        f"update articles set {settings} where number = :number and ({differs})", {**columns, "number": number}
    )


def _columns(article: Article, said: str = "") -> Columns:
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "headline": article.headline,
        "kicker": article.kicker,
        "section": article.section,
        "lede": article.lede,
        "origin": article.origin,
        **_moment("published", article.published),
        **_moment("modified", article.modified),
        "body_text": article.body_text,
        "body_html": article.body_html,
        "words": len(f"{article.lede} {article.body_text}".split()),
        "language": article.language,
        "comments_count": article.comments_count,
        "layout": article.layout,
        **_search(article, said),
    }


def _moment(name: str, printed: Moment | None) -> Columns:
    return {
        name: moments.utc(printed),
        f"{name}_local": moments.local(printed),
        f"{name}_precision": printed.precision if printed else None,
        f"{name}_text": printed.printed if printed else "",
    }


def _search(article: Article, said: str) -> Columns:
    """Return what is worth finding besides headline, lede and body, and what the index cannot make itself.

    ``said`` is what the article's files say.
    """
    return searchable(
        (article.headline, article.lede, article.body_text),
        kicker=article.kicker,
        section=article.section,
        authors=article.authors,
        tags=article.tags,
        files=[*((file.title, file.url) for file in article.attachments), (said, "")],
        captions=[image.caption for image in article.images],
        documents=article.documents,
    )
