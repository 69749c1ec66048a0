"""What a visit must know beforehand, for the worker that never opens the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from scrapers.items import Known, Memory
from scrapers.sources import Source
from storage import moments
from storage.identity import chain
from storage.second_looks import next_look

FIRST_REST = timedelta(minutes=15)
"""How long an address that could not be read is left alone; doubled each time, up to a day."""
LONGEST_REST = timedelta(days=1)
UNREAD = timedelta(days=2)
"""How long a headline without an article keeps its entrance from being asked for conditionally."""


def memory(db: Database, source: Source, *, now: datetime) -> Memory:
    """Return what a visit to ``source`` at ``now`` must know.

    Addresses of the sources it took over from count as known too. So do those that could not be read and are
    left alone for a while: trying them at every visit would help nobody.
    """
    slugs = tuple(dict.fromkeys((*chain(db, source.slug), *source.predecessor)))
    resting = _resting(db, source.slug, now=now)
    return Memory(
        source=source.slug,
        known=(*_known(db, slugs), *resting),
        due=tuple(_due(db, source, slugs, now=now)),
        entrances=tuple(_entrances(db, source.slug, {known.url for known in resting}, now=now)),
    )


def _known(db: Database, slugs: Sequence[str]) -> list[Known]:
    rows = db.conn.execute(
        f"""
        select addresses.url, addresses.etag, addresses.last_modified, coalesce(
          (
            select title from sightings where sightings.source = addresses.source and sightings.key = addresses.key
            order by last_seen desc limit 1
          ),
          ''
        )
        from addresses where source in ({_marks(slugs)})
        """,
        list(slugs),
    )
    return [
        Known(url=url, etag=etag, last_modified=last_modified, title=title) for url, etag, last_modified, title in rows
    ]


def _due(db: Database, source: Source, slugs: Sequence[str], *, now: datetime) -> list[Known]:
    """Return the articles whose next look has come, the longest waiting first, as many as a visit may look at."""
    ladder = source.schedule.second_looks
    if not ladder:
        return []
    longest = moments.text(now - max(ladder))
    rows = db.conn.execute(
        f"""
        select number, watched_from, looked_at from articles
        where source in ({_marks(slugs)}) and (watched_from >= ? or looked_at <= ?)
        """,
        [*slugs, longest, longest],
    )
    times = [
        (next_look(moments.moment(start), moments.moment(looked), ladder), number) for number, start, looked in rows
    ]
    waiting = sorted((at, number) for at, number in times if at is not None and at <= now)
    numbers = [number for _, number in waiting[: source.limits.second_looks]]
    return [known for number in numbers if (known := _address(db, number)) is not None]


def _address(db: Database, number: int) -> Known | None:
    row = db.conn.execute(
        """
        select articles.url, coalesce(etag, ''), coalesce(last_modified, ''), headline
        from articles left join addresses
          on addresses.article = articles.number and addresses.url = articles.url
        where number = ?
        """,
        [number],
    ).fetchone()
    return Known(url=row[0], etag=row[1], last_modified=row[2], title=row[3]) if row else None


def _resting(db: Database, slug: str, *, now: datetime) -> list[Known]:
    rows = db.conn.execute(
        """
        select troubles.url, count(*), max(at), coalesce(
          (select title from sightings where sightings.source = troubles.source and sightings.key = troubles.key limit 1), ''
        )
        from troubles
        where source = ? and at > ? and kind <> 'layout'
        and not exists (
          select 1 from addresses where addresses.key = troubles.key and addresses.source = troubles.source
        )
        and exists (select 1 from sightings where sightings.source = troubles.source and sightings.key = troubles.key)
        group by troubles.key
        """,
        [slug, moments.text(now - LONGEST_REST)],
    )
    return [
        Known(url=url, title=title)
        for url, times, at, title in rows
        if moments.moment(at) + min(FIRST_REST * 2 ** (times - 1), LONGEST_REST) > now
    ]


def _entrances(db: Database, slug: str, resting: set[str], *, now: datetime) -> list[Known]:
    """Return the validators of the entrances' pages; none while a headline they showed still waits to be read."""
    waiting = db.conn.execute(
        "select url from sightings where source = ? and article is null and first_seen > ?",
        [slug, moments.text(now - UNREAD)],
    )
    if any(url not in resting for (url,) in waiting):
        return []
    rows = db.conn.execute(
        "select url, etag, last_modified from entrances where source = ? and (etag <> '' or last_modified <> '')",
        [slug],
    )
    return [Known(url=url, etag=etag, last_modified=last_modified) for url, etag, last_modified in rows]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
