"""The visits, for health and for people: how each one went and what it brought."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from scrapers.items import Exchange, Record, Trouble, Verdict, Visit
from storage import moments
from storage.database import write
from storage.keys import key

LOST = -1
"""The part number of a visit's end that never came."""


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
    restored: int
    not_before: datetime | None = None
    """When the server asked to be left alone until."""


def last(db: Database, slug: str, n: int = 10) -> list[VisitSummary]:
    """Return a source's latest ``n`` visits, newest first."""
    parts: dict[str, list[dict[str, Any]]] = {}
    # Read only as far as needed: a source that is followed for years has a hundred thousand visits.
    for row in db.query("select * from visits where source = ? order by number desc", [slug]):
        if len(parts) == n and row["id"] not in parts:
            break
        parts.setdefault(row["id"], []).append(row)
    return [_summary(rows) for rows in parts.values()]


def _summary(parts: list[dict[str, Any]]) -> VisitSummary:
    """Sum up a visit's parts, the newest first."""
    newest = parts[0]
    counted = ("requests", "headlines", "readings", "troubles", "new", "revised", "withdrawn", "restored")
    waits = [part["not_before"] for part in parts if part["not_before"]]
    return VisitSummary(
        id=newest["id"],
        source=newest["source"],
        started=moments.moment(min(part["started"] for part in parts)),
        finished=moments.moment(max(part["finished"] for part in parts)),
        verdict=Verdict(newest["verdict"]),
        why=newest["why"],
        complete=any(part["last"] for part in parts),
        not_before=moments.optional(max(waits, default=None)),
        **{name: sum(part[name] for part in parts) for name in counted},
    )


def failed(
    db: Database,
    slug: str,
    *,
    started: datetime,
    now: datetime,
    why: str,
    id: str | None = None,  # noqa: A002
) -> None:
    """Note a visit that never came back, or not to its end; parts of it that turn up later are still recorded."""
    lost = Visit(
        id=id or uuid.uuid4().hex,
        part=LOST,
        source=slug,
        started=started,
        finished=now,
        verdict=Verdict.BROKEN,
        why=why,
    )
    with write(db):
        if number_of(db, lost) is None:
            enter(db, lost, now=now)


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
    fresh = _not_told_before(db, visit)
    columns = {
        "id": visit.id,
        "part": visit.part,
        "last": visit.last,
        "source": visit.source,
        "started": moments.text(visit.started),
        "finished": moments.text(visit.finished),
        "verdict": visit.verdict,
        "why": visit.why,
        "requests": len(fresh),
        "bytes": sum(exchange.size for exchange in fresh),
        "headlines": len(visit.sightings),
        "readings": len(visit.readings),
        "troubles": len(visit.troubles),
        "not_before": moments.text(visit.not_before) if visit.not_before else None,
        "recorded": moments.text(now),
    }
    marks = ", ".join(f":{name}" for name in columns)
    cursor = db.conn.execute(f"insert into visits ({', '.join(columns)}) values ({marks})", columns)
    number = cursor.lastrowid
    assert number is not None
    _enter_exchanges(db, number, fresh)
    _enter_troubles(db, number, visit.source, visit.troubles, at=moments.text(visit.finished))
    return number


def count_changes(db: Database, number: int) -> None:
    """Sum up in a visit's row what it changed."""
    kinds = ("new", "revised", "withdrawn", "restored")
    sums = ", ".join(
        f"{kind} = (select count(*) from changes where visit = visits.number and kind = '{kind}')" for kind in kinds
    )
    db.conn.execute(f"update visits set {sums} where number = ?", [number])


def _not_told_before(db: Database, visit: Visit) -> list[Exchange]:
    """Leave out the exchanges of entrances that the last part of a long visit tells again."""
    told = {
        (url, started)
        for url, started in db.conn.execute(
            """
            select url, exchanges.started from exchanges join visits on visits.number = exchanges.visit
            where visits.id = ? and purpose = 'entrance'
            """,
            [visit.id],
        )
    }
    return [
        exchange
        for exchange in visit.exchanges
        if exchange.purpose != "entrance" or (exchange.url, moments.text(exchange.started)) not in told
    ]


def _enter_exchanges(db: Database, number: int, exchanges: Iterable[Exchange]) -> None:
    rows = [
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
    ]
    db.conn.executemany(
        """
        insert into exchanges
          (visit, url, final_url, purpose, started, elapsed, status, size, etag, last_modified, error)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows,
    )


def _enter_troubles(db: Database, number: int, source: str, troubles: tuple[Trouble, ...], *, at: str) -> None:
    db.conn.executemany(
        "insert into troubles (visit, source, url, key, kind, message, at) values (?, ?, ?, ?, ?, ?, ?)",
        [(number, source, trouble.url, key(trouble.url), trouble.kind, trouble.message, at) for trouble in troubles],
    )
