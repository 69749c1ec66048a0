"""What the entrances show: each headline once per entrance, with when it was first and last there."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from scrapers.items import Exchange, Sighting
from storage import moments
from storage.keys import key


def note(db: Database, source: str, seen: Iterable[Sighting], *, now: str) -> None:
    """Note the headlines a visit saw."""
    rows = [
        {
            "source": source,
            "entrance": sighting.entrance,
            "key": key(sighting.headline.url),
            "url": sighting.headline.url,
            "title": sighting.headline.title,
            "summary": sighting.headline.summary,
            "section": sighting.headline.section,
            "published": moments.utc(sighting.headline.published),
            "published_local": moments.local(sighting.headline.published),
            "position": sighting.headline.position,
            "now": now,
        }
        for sighting in seen
    ]
    db.conn.executemany(
        """
        insert into sightings
          (source, entrance, key, url, title, summary, section, published, published_local, position,
           first_seen, last_seen, times)
        values
          (:source, :entrance, :key, :url, :title, :summary, :section, :published, :published_local, :position,
           :now, :now, 1)
        on conflict (source, entrance, key) do update set
          url = excluded.url, title = excluded.title, summary = excluded.summary, section = excluded.section,
          published = excluded.published, published_local = excluded.published_local,
          position = excluded.position, last_seen = excluded.last_seen, times = times + 1
        """,
        rows,
    )


def settle(db: Database, source: str) -> None:
    """Join the headlines that led to no article yet with the articles the archive has by now."""
    db.conn.execute(
        """
        update sightings set article = (
          select article from addresses where addresses.key = sightings.key and addresses.source = sightings.source
        )
        where source = ? and article is null
        and exists (select 1 from addresses where addresses.key = sightings.key and addresses.source = sightings.source)
        """,
        [source],
    )


def note_entrances(db: Database, source: str, exchanges: Iterable[Exchange]) -> None:
    """Keep the validators with which each page of an entrance can be asked for again."""
    rows = [
        {
            "source": source,
            "url": exchange.url,
            "etag": exchange.etag,
            "last_modified": exchange.last_modified,
            "digest": exchange.digest,
            "status": exchange.status,
            "looked_at": moments.text(exchange.started),
        }
        for exchange in exchanges
        if exchange.purpose == "entrance"
    ]
    db.conn.executemany(
        """
        insert into entrances (source, url, etag, last_modified, digest, status, looked_at)
        values (:source, :url, :etag, :last_modified, :digest, :status, :looked_at)
        on conflict (source, url) do update set
          -- Only a full answer says anything new of the page; 304 and failures leave what is known of it.
          etag = iif(:status = 200, :etag, etag),
          last_modified = iif(:status = 200, :last_modified, last_modified),
          digest = iif(:status = 200, :digest, digest),
          status = :status,
          looked_at = :looked_at
        """,
        rows,
    )
