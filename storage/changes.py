"""Everything that ever became new, revised, moved, missing, withdrawn or restored, in the order it was noticed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from scrapers.items import Cause, Change, Changes, Visit
from storage import moments

Kind = Literal["new", "revised", "moved", "missing", "withdrawn", "restored"]


def note(
    db: Database,
    visit: int,
    number: int,
    kind: Kind,
    *,
    now: datetime,
    fields: tuple[str, ...] = (),
    cause: Cause = Cause.MINISTRY,
) -> None:
    """Write a change with the headline and address of now: they stay as they were then."""
    db.conn.execute(
        """
        insert into changes (visit, source, article, kind, at, cause, fields, headline, url, version)
        select ?, source, number, ?, ?, ?, ?, headline, url, versions from articles where number = ?
        """,
        [visit, kind, moments.text(now), cause, " ".join(fields), number],
    )


def of_visit(db: Database, visit: Visit, number: int) -> Changes:
    """Return what recording a part of a visit changed."""
    return Changes(source=visit.source, visit=visit.id, changes=_read(db, "changes.visit = :visit", {"visit": number}))


def made_by(db: Database, visit: str) -> tuple[Change, ...]:
    """Return what a visit changed, all its parts together."""
    return _read(db, "changes.visit in (select number from visits where id = :visit)", {"visit": visit})


def _read(db: Database, which: str, values: dict[str, object]) -> tuple[Change, ...]:
    rows = db.conn.execute(
        f"""
        select articles.id, changes.kind, changes.headline, changes.url, changes.cause, changes.fields,
          (
            select group_concat(class, ' ') from (
              select class from edits where edits.article = changes.article and edits.version = changes.version
              group by class order by min(position)
            )
          )
        from changes join articles on articles.number = changes.article
        where {which} order by changes.number
        """,
        values,
    )
    return tuple(
        Change(
            article=article,
            kind=kind,
            headline=headline,
            url=url,
            cause=Cause(cause),
            fields=tuple(fields.split()),
            classes=tuple(classes.split()) if classes and kind == "revised" else (),
        )
        for article, kind, headline, url, cause, fields, classes in rows
    )
