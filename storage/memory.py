"""What a visit must know beforehand, for the worker that never opens the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from sqlite_utils import Database

from scrapers.items import Failing, Known, Memory
from scrapers.sources import Source
from storage import absences, files, looks, moments, second_looks, templates
from storage.identity import chain

FORGIVEN = timedelta(days=1)
"""After so long without a try, an address that could not be read gets another chance."""


def memory(db: Database, source: Source, *, now: datetime, warc: Path | None = None) -> Memory:
    """Return what a visit to ``source`` at ``now`` must know; addresses of the sources it took over from are known too.

    ``warc`` is where the pages are from which to learn what the website's pages have in common; without it nothing is.
    """
    slugs = list(dict.fromkeys([source.slug, *(slug for old in source.predecessor for slug in chain(db, old))]))
    due = _due(db, source, slugs, now=now)
    fetches = source.attachments == "fetch"
    return Memory(
        source=source.slug,
        known=tuple(_known(db, slugs)),
        due=tuple(due),
        standing=absences.standing(db, slugs),
        canaries=absences.canaries(
            db, {*second_looks.hosts_of(source), *(urlsplit(one.url).hostname or "" for one in due)}
        ),
        files=files.known(db, slugs, [one.url for one in due], most=source.limits.attachments) if fetches else (),
        entrances=tuple(_entrances(db, source.slug)),
        failing=tuple(_failing(db, source.slug, now=now)),
        listings=tuple(looks.references(db, source)),
        template=templates.current(db, source.slug),
        samples=templates.samples(db, warc, source.slug) if warc else (),
    )


def _known(db: Database, slugs: Sequence[str], *, urls: Sequence[str] | None = None) -> list[Known]:
    """Return the addresses of these sources, or only some of them, each with the title that was last shown for it."""
    sources = {f"source{place}": slug for place, slug in enumerate(slugs)}
    marks = ", ".join(f":{name}" for name in sources)
    rows = db.conn.execute(
        f"""
        select addresses.url, etag, last_modified, coalesce(
          (
            select title from sightings where sightings.source in ({marks}) and sightings.key = addresses.key
            order by last_seen desc limit 1
          ),
          ''
        )
        from addresses where standing = 'read' and source in ({marks})
        {"" if urls is None else "and url in (select value from json_each(:urls))"}
        """,
        {**sources, "urls": msgspec.json.encode(urls).decode()},
    )
    return [
        Known(url=address, etag=etag, last_modified=last_modified, title=title)
        for address, etag, last_modified, title in rows
    ]


def _due(db: Database, source: Source, slugs: Sequence[str], *, now: datetime) -> list[Known]:
    """Return the articles whose next look has come, as many as this visit may look at."""
    due = second_looks.due(db, source, slugs, now=now)
    known = {entry.url: entry for entry in _known(db, slugs, urls=due)} if due else {}
    return [known.get(url, Known(url=url)) for url in due]


def _entrances(db: Database, slug: str) -> list[Known]:
    rows = db.conn.execute(
        """
        select url, etag, last_modified, digest from entrances
        where source = ? and (etag <> '' or last_modified <> '' or digest <> '')
        """,
        [slug],
    )
    return [
        Known(url=url, etag=etag, last_modified=last_modified, digest=digest)
        for url, etag, last_modified, digest in rows
    ]


def _failing(db: Database, slug: str, *, now: datetime) -> list[Failing]:
    """Return the addresses that entrances showed and nobody could read, with how often that was tried lately."""
    rows = db.conn.execute(
        """
        select sightings.url, count(distinct visits.id)
        from sightings
        join troubles on troubles.source = sightings.source and troubles.key = sightings.key
        join visits on visits.number = troubles.visit
        where sightings.source = ? and sightings.article is null
        group by sightings.url having max(troubles.at) between ? and ?
        """,
        [slug, moments.text(now - FORGIVEN), moments.text(now + moments.SETBACK)],
    )
    return [Failing(url=url, looks=looks) for url, looks in rows]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
