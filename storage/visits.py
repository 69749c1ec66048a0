"""The visits, for health and for people: how each one went and what it brought."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlite_utils import Database

from scrapers.items import Exchange, Record, Trouble, Verdict, Visit
from storage import moments
from storage.database import write
from storage.keys import key


class VisitSummary(Record, frozen=True, kw_only=True):
    """One visit, all its parts together."""

    id: str
    source: str
    started: datetime
    finished: datetime
    verdict: Verdict
    why: str
    complete: bool
    """False while parts are still to come."""
    requests: int
    headlines: int
    readings: int
    troubles: int
    new: int
    revised: int
    withdrawn: int


def last(db: Database, slug: str, n: int = 10) -> list[VisitSummary]:
    """Return a source's latest ``n`` visits, newest first."""
    rows = db.query(
        """
        select id, source, started, finished, verdict, why, complete, requests, headlines, readings, troubles,
          new, revised, withdrawn
        from visits_view
        where id in (select id from visits where source = :slug group by id order by max(number) desc limit :n)
        order by (select max(number) from visits where visits.id = visits_view.id) desc
        """,
        {"slug": slug, "n": n},
    )
    return [
        VisitSummary(
            **{
                **row,
                "started": moments.moment(row["started"]),
                "finished": moments.moment(row["finished"]),
                "verdict": Verdict(row["verdict"]),
                "complete": bool(row["complete"]),
            }
        )
        for row in rows
    ]


def failed(
    db: Database,
    slug: str,
    *,
    started: datetime,
    now: datetime,
    why: str,
    id: str | None = None,  # noqa: A002
) -> None:
    """Note a visit that never came back, or not to its end."""
    visit = id or uuid.uuid4().hex
    with write(db):
        parts = db.conn.execute("select count(*) from visits where id = ?", [visit]).fetchone()[0]
        enter(
            db,
            Visit(id=visit, part=parts, source=slug, started=started, finished=now, verdict=Verdict.BROKEN, why=why),
            now=now,
        )


def number_of(db: Database, visit: Visit) -> int | None:
    """Return the number under which this part of this visit is recorded, or None."""
    row = db.conn.execute("select number from visits where id = ? and part = ?", [visit.id, visit.part]).fetchone()
    return row[0] if row else None


def enter(db: Database, visit: Visit, *, now: datetime) -> int:
    """Write a visit, its requests and troubles; return its number. The caller holds the transaction."""
    # A source that is read without being followed is still named in its articles.
    db.conn.execute(
        "insert or ignore into sources (slug, name, since) values (?, ?, ?)",
        [visit.source, visit.source, moments.text(now)],
    )
    cursor = db.conn.execute(
        """
        insert into visits (id, part, last, source, started, finished, verdict, why, requests, bytes, headlines,
          readings, troubles, recorded)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            visit.id,
            visit.part,
            visit.last,
            visit.source,
            moments.text(visit.started),
            moments.text(visit.finished),
            visit.verdict,
            visit.why,
            len(visit.exchanges),
            sum(exchange.size for exchange in visit.exchanges),
            len(visit.sightings),
            len(visit.readings),
            len(visit.troubles),
            moments.text(now),
        ],
    )
    number = cursor.lastrowid
    assert number is not None
    _enter_exchanges(db, number, visit.exchanges)
    _enter_troubles(db, number, visit.source, visit.troubles, at=moments.text(visit.finished))
    return number


def _enter_exchanges(db: Database, number: int, exchanges: tuple[Exchange, ...]) -> None:
    db.conn.executemany(
        """
        insert into exchanges
          (visit, url, final_url, purpose, started, elapsed, status, size, etag, last_modified, error)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (
                number,
                exchange.url,
                exchange.final_url,
                exchange.purpose,
                moments.text(exchange.started),
                exchange.elapsed,
                exchange.status,
                exchange.size,
                exchange.etag,
                exchange.last_modified,
                exchange.error,
            )
            for exchange in exchanges
        ],
    )


def _enter_troubles(db: Database, number: int, source: str, troubles: tuple[Trouble, ...], *, at: str) -> None:
    db.conn.executemany(
        "insert into troubles (visit, source, url, key, kind, message, at) values (?, ?, ?, ?, ?, ?, ?)",
        [(number, source, trouble.url, key(trouble.url), trouble.kind, trouble.message, at) for trouble in troubles],
    )
