"""What is learnt of each website from its pages, in versions; and the pages to learn it from anew, when that is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from sqlite_utils import Database

from scrapers.items import Record, Sample, Template
from storage import moments
from storage.articles import StoredArticle, numbered
from storage.database import ArchiveError
from storage.evidence import page
from storage.versions import evidence_of

GENERAL = "general"
"""The layout of pages that no website family or selectors of a source match."""
LEAST, MOST = 2, 32
"""So many pages are compared."""
MISSED = 4
"""After so many new articles in a row whose text was not where the template says, the website was rebuilt."""
LARGEST = 1_000_000
LARGEST_ALL = 6_000_000
"""Bytes; a visit takes its memory along."""


class Learnt(Record, frozen=True, kw_only=True):
    """A version of a source's template."""

    template: Template
    learnt: datetime
    """When it was learnt first."""
    confirmed: datetime
    """When the same was learnt last."""
    offered: int
    """How many articles there were then."""


def current(db: Database, slug: str) -> Template | None:
    found = latest(db, slug)
    return found.template if found else None


def latest(db: Database, slug: str) -> Learnt | None:
    """Return what was learnt of a source last, or None when nothing was yet."""
    return next(iter(_versions(db, slug, 1)), None)


def history(db: Database, slug: str) -> list[Learnt]:
    """Return every version, the present one first."""
    return _versions(db, slug, -1)


def _versions(db: Database, slug: str, most: int) -> list[Learnt]:
    rows = db.conn.execute(
        "select definition, learnt, confirmed, offered from templates where source = ? order by version desc limit ?",
        [slug, most],
    )
    return [
        Learnt(
            template=msgspec.json.decode(definition, type=Template),
            learnt=moments.moment(learnt),
            confirmed=moments.moment(confirmed),
            offered=offered,
        )
        for definition, learnt, confirmed, offered in rows
    ]


def keep(db: Database, slug: str, template: Template, *, now: datetime) -> None:
    """Keep what a visit learnt. The caller holds the transaction.

    A version that is there already was confirmed, perhaps by more pages.
    """
    db.conn.execute(
        """
        insert into templates (source, version, learnt, confirmed, pages, offered, definition)
        values (:source, :version, :now, :now, :pages, :offered, :definition)
        on conflict (source, version) do update set
          confirmed = excluded.confirmed, pages = excluded.pages, offered = excluded.offered,
          definition = excluded.definition
        """,
        {
            "source": slug,
            "version": template.version,
            "now": moments.text(now),
            "pages": template.pages,
            "offered": len(_newest(db, slug)),
            "definition": msgspec.json.encode(template).decode(),
        },
    )


def samples(db: Database, warc: Path, slug: str) -> tuple[Sample, ...]:
    """Return the newest pages of a source that no layout knows, when there is reason to learn from them; else none.

    There is when two articles are there, again whenever they are twice as many, and when the newest ones stand
    elsewhere than the template says.
    """
    numbers = _newest(db, slug)
    before = latest(db, slug)
    if len(numbers) < LEAST or (before and not _is_outgrown(before, numbers) and not _is_missed(db, before, numbers)):
        return ()
    taken = _taken(db, warc, numbered(db, numbers))
    return taken if len(taken) >= LEAST else ()


def _newest(db: Database, slug: str) -> list[int]:
    rows = db.conn.execute(
        """
        select number from articles where source = ? and layout = ? and not exists (
          select 1 from reasons where article = number and field = 'body_text' and rule like 'source: %'
        )
        order by number desc limit ?
        """,
        [slug, GENERAL, MOST],
    )
    return [int(number) for (number,) in rows]


def _is_outgrown(before: Learnt, numbers: Sequence[int]) -> bool:
    return len(numbers) >= 2 * before.offered


def _is_missed(db: Database, before: Learnt, numbers: Sequence[int]) -> bool:
    """Whether the text of the newest articles was not where the template says, though it says where."""
    if not before.template.texts or len(numbers) < MISSED:
        return False
    rows = db.conn.execute(
        f"""
        select count(*) from articles where number in ({", ".join("?" * MISSED)}) and first_seen > ? and not exists (
          select 1 from reasons where article = number and field = 'body_text' and rule like 'template %'
        )
        """,
        [*numbers[:MISSED], moments.text(before.confirmed)],
    )
    return int(rows.fetchone()[0]) == MISSED


def _taken(db: Database, warc: Path, articles: Sequence[StoredArticle]) -> tuple[Sample, ...]:
    found, room = [], LARGEST_ALL
    for one in articles:
        try:
            payload, kind = page(db, warc, evidence_of(db, one.number))
        except (KeyError, ArchiveError):
            # What is lost or damaged is told by those who look for that page.
            continue
        if len(payload) <= min(LARGEST, room):
            room -= len(payload)
            listed = _listed(db, one)
            found.append(Sample(payload=payload, content_type=kind, article=one.article, listed=listed))
    return tuple(found)


def _listed(db: Database, one: StoredArticle) -> str:
    row = db.conn.execute(
        "select title from sightings where article = ? and title <> '' order by length(title) desc limit 1",
        [one.number],
    ).fetchone()
    return str(row[0]) if row else ""
