"""What the entrances show: each headline once per entrance, with when it was first and last there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from scrapers.items import Exchange, Sighting
from storage import moments
from storage.keys import key


def note(db: Database, source: str, chain: Sequence[str], seen: Iterable[Sighting], *, now: str) -> None:
    """Note the headlines a visit saw, each with the article it leads to if the archive has that."""
    start = int(db.conn.execute("select coalesce(max(number), 0) from sightings").fetchone()[0])
    members = {f"member{place}": slug for place, slug in enumerate(chain)}
    marks = ", ".join(f":{name}" for name in members)
    db.conn.executemany(
        f"""
        insert into sightings
          (source, entrance, key, url, title, summary, section, published, published_local, position,
           first_seen, last_seen, times, article, number)
        values
          (:source, :entrance, :key, :url, :title, :summary, :section, :published, :published_local, :position, :now,
           :now, 1, (select article from addresses indexed by addresses_key
             where key = :key and standing = 'read' and source in ({marks}) limit 1), :number)
        on conflict (source, key, entrance) do update set
          url = excluded.url, title = excluded.title, summary = excluded.summary, section = excluded.section,
          published = excluded.published, published_local = excluded.published_local,
          position = excluded.position, last_seen = excluded.last_seen, times = times + 1,
          article = coalesce(article, excluded.article)
        """,
        [
            {"source": source, "now": now, "number": number, **members, **_columns(sighting)}
            for number, sighting in enumerate(seen, start + 1)
        ],
    )


def join(db: Database, source: str, number: int, urls: Iterable[str]) -> None:
    """Join the headlines that led to these addresses with the article that was read there."""
    db.conn.executemany(
        "update sightings set article = ? where source = ? and key = ? and article is null",
        [(number, source, found) for found in {key(url) for url in urls if url}],
    )


def _columns(sighting: Sighting) -> dict[str, object]:
    headline = sighting.headline
    return {
        "entrance": sighting.entrance,
        "key": key(headline.url),
        "url": headline.url,
        "title": headline.title,
        "summary": headline.summary,
        "section": headline.section,
        "published": moments.utc(headline.published),
        "published_local": moments.local(headline.published),
        "position": headline.position,
    }


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
