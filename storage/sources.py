"""The sources that are or were followed: what is due, and how each one stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlite_utils import Database

from scrapers.items import Record
from scrapers.sources import Schedule, Source
from storage import moments, second_looks, visits
from storage.database import write

FARTHEST = timedelta(days=8)
"""No visit is planned further ahead than this."""


class SourceState(Record, frozen=True, kw_only=True):
    """How a source stands."""

    slug: str
    name: str
    homepage: str
    followed: bool
    next_due: datetime | None
    next_why: str
    failures: int
    """Visits in a row that did not go well."""
    last_visit: visits.VisitSummary | None
    last_good: datetime | None
    """When the last fine visit ended."""
    new_24h: int
    articles: int


def sync(db: Database, sources: Iterable[Source], *, now: datetime) -> None:
    """Make ``sources`` the ones that are followed; those followed no longer keep their history, and are not due."""
    wanted = {source.slug: source for source in sources}
    known = {
        slug: (followed, definition)
        for slug, followed, definition in db.execute("select slug, followed, definition from sources")
    }
    with write(db):
        for slug, source in wanted.items():
            if known.get(slug) != (1, _encoded(source)):
                before = definition(db, slug)
                _follow(db, source, now=now)
                if (before.schedule if before else Schedule()) != source.schedule:
                    second_looks.replan(db, slug, source.schedule)
        for slug, (followed, _) in known.items():
            if followed and slug not in wanted:
                db.conn.execute(
                    "update sources set followed = 0, next_due = null, next_why = 'no longer followed' where slug = ?",
                    [slug],
                )


def due(db: Database, *, now: datetime) -> list[str]:
    """Return the followed sources whose time has come, the longest waiting first.

    What is planned for further ahead than any plan reaches, or after a visit that is still to come, was planned by a
    clock that was wrong: its time has come.
    """
    rows = db.execute(
        """
        select slug from sources where followed and (
          next_due <= :now or next_due > :farthest or next_due > :soon and :shortly < (
            select recorded from visits where visits.source = slug order by number desc limit 1
          )
        )
        order by next_due, slug
        """,
        {
            "now": moments.text(now),
            "farthest": moments.text(now + FARTHEST),
            "soon": moments.text(now + timedelta(hours=1)),
            "shortly": moments.text(now + timedelta(minutes=2)),
        },
    )
    return [row[0] for row in rows]


def plan(db: Database, slug: str, *, at: datetime, why: str, failures: int) -> None:
    """Say when a source is visited next, and why then."""
    with write(db):
        db.conn.execute(
            "update sources set next_due = ?, next_why = ?, failures = ? where slug = ? and followed",
            [moments.text(at), why, failures, slug],
        )


def outlook(db: Database, *, now: datetime) -> list[SourceState]:
    """Return how every source stands, followed ones first, then by name."""
    rows = db.query(
        """
        select slug, name, homepage, followed, next_due, next_why, failures,
          (select max(finished) from visits where visits.source = slug and verdict = 'fine' and last) as last_good,
          (select count(*) from articles where articles.source = slug
            and watched_from > :since and first_seen > :since) as new_24h,
          (select count(*) from articles where articles.source = slug) as articles
        from sources order by followed desc, name, slug
        """,
        {"since": moments.text(now - timedelta(days=1))},
    )
    return [_state(db, row) for row in rows]


def slugs(db: Database) -> list[str]:
    """Return every source the archive knows, followed or not."""
    return [row[0] for row in db.execute("select slug from sources order by slug")]


def definition(db: Database, slug: str) -> Source | None:
    """Return a source as it was last followed, or None when it never was."""
    row = db.conn.execute("select definition from sources where slug = ?", [slug]).fetchone()
    return msgspec.json.decode(row[0], type=Source) if row and row[0] else None


def _state(db: Database, row: dict[str, Any]) -> SourceState:
    recent = visits.last(db, str(row["slug"]), 1)
    fields = {
        **row,
        "followed": bool(row["followed"]),
        "next_due": moments.optional(row["next_due"]),
        "last_good": moments.optional(row["last_good"]),
        "last_visit": recent[0] if recent else None,
    }
    return msgspec.convert(fields, SourceState)


def _follow(db: Database, source: Source, *, now: datetime) -> None:
    db.conn.execute(
        """
        insert into sources (slug, name, ministry, country, language, timezone, homepage, followed, since, next_due,
          next_why, definition)
        values (:slug, :name, :ministry, :country, :language, :timezone, :homepage, 1, :now, :now, 'new', :definition)
        on conflict (slug) do update set
          name = excluded.name, ministry = excluded.ministry, country = excluded.country,
          language = excluded.language, timezone = excluded.timezone, homepage = excluded.homepage,
          definition = excluded.definition,
          next_due = iif(followed, next_due, excluded.next_due),
          next_why = iif(followed, next_why, excluded.next_why),
          failures = iif(followed, failures, 0),
          followed = 1
        """,
        {
            "slug": source.slug,
            "name": source.name,
            "ministry": json.dumps(source.ministry, ensure_ascii=False),
            "country": source.country,
            "language": source.language,
            "timezone": source.timezone,
            "homepage": source.homepage,
            "now": moments.text(now),
            "definition": _encoded(source),
        },
    )


def _encoded(source: Source) -> str:
    return msgspec.json.encode(source).decode()
