"""A step of the schema: why a page was taken for another look at an article, and what it is looked for by."""

from __future__ import annotations

from sqlite_utils import Database

from scrapers.items import Article, Attachment
from storage import fingerprints, moments
from storage.keys import key, serial

TABLES = """
create table matches (
  number integer primary key,
  visit integer references visits (number),
  at text not null,
  source text not null references sources (slug),
  article integer not null references articles (number),
  url text not null,
  key text not null,
  by text not null,
  why text not null
) strict;
create index matches_article on matches (article);
create index matches_key on matches (key, source);

create table separations (
  article integer not null references articles (number),
  other integer not null references articles (number),
  at text not null,
  primary key (article, other)
) strict, without rowid;

create table fingerprints (
  article integer primary key references articles (number),
  title integer not null,
  day text not null default '',
  body integer
) strict;
create index fingerprints_title on fingerprints (title, day);
alter table versions add column doubt text not null default '';
create index fingerprints_body on fingerprints (body, day) where body is not null;
"""


def apply(db: Database) -> None:
    """Bring an archive of the step before up to this one. Whoever opens it holds the transaction."""
    for statement in TABLES.split(";"):
        db.execute(statement)
    _know_again(db)
    db.conn.create_function("key_of", 1, key, deterministic=True)
    db.conn.create_function("serial_of", 1, serial, deterministic=True)
    db.execute(
        "update addresses set key = key_of(url), serial = serial_of(url) "
        "where key <> key_of(url) or serial is not serial_of(url)"
    )
    for table in ("sightings", "troubles"):
        # Two rows of an older archive may be one address now; the second stays as it was, known by nothing any more.
        db.execute(f"update or ignore {table} set key = key_of(url) where key <> key_of(url)")


def _know_again(db: Database) -> None:
    """Note what the articles that are there already are looked for by."""
    for number, headline, lede, body, titles, at, there, precision, printed in db.execute(
        """
        select number, headline, lede, body_text,
          (select group_concat(title, char(10)) from attachments where article = articles.number),
          published, published_local, published_precision, published_text
        from articles
        """
    ):
        files = tuple(Attachment(url="", title=title) for title in (titles or "").splitlines())
        published = moments.restored(at, there, precision, printed)
        article = Article(url="", headline=headline, lede=lede, body_text=body, published=published, attachments=files)
        fingerprints.note(db, number, article)
