"""The ledger of looks: what each list showed, joined look to look; where two do not join, a gap is opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from scrapers.items import Record, Visit
from scrapers.observations import Listing
from scrapers.overlaps import seam, shares
from scrapers.sources import Source
from storage import moments, sources
from storage.keys import key

TRIES = 5
"""Visits that follow a list as far as they may to close a gap; then it is left open."""

Rows = list[int]
"""Numbers of sightings, in the order shown."""


class _Kept(Record, frozen=True, kw_only=True):
    """A look as the ledger has it."""

    number: int
    entrance: str
    at: datetime
    until: datetime
    rows: Rows


class _Gap(Record, frozen=True, kw_only=True):
    number: int
    opened: int
    before: int | None
    behind: int | None
    tries: int
    why: str


def note(db: Database, visit: Visit, number: int, *, now: str) -> None:
    """Enter what the lists showed in a visit. Its headlines are noted and its articles read by now.

    A look that shows what the one before did writes nothing new; only that one's end moves on.
    """
    for listing in visit.listings:
        if not listing.urls and listing.end != "unchanged":
            continue  # a list that shows nothing proves nothing
        last = _last(db, visit.source, listing.entrance)
        rows = _rows(db, visit.source, listing)
        if last and (not rows or rows == last.rows):
            _again(db, last, listing)
        elif rows:
            _enter(db, visit, number, listing, rows, last, now=now)
        if rows:
            _mend(db, visit.source, number, listing, rows)
        _ask_whole(db, visit.source, listing.entrance)


def references(db: Database, source: Source) -> list[Listing]:
    """Return for each entrance of a source what the next look at it must join."""
    found = []
    for entrance in source.entrances:
        gap = _pending(db, source.slug, entrance.url)
        kept = _look(db, gap.before) if gap else None
        if look := kept or _last(db, source.slug, entrance.url):
            urls = _urls(db, look.rows)
            found.append(Listing(entrance=entrance.url, at=look.until, urls=urls, ordered=entrance.kind != "sitemap"))
    return found


# -- what was looked at -----------------------------------------------------------------------------------------------


def _again(db: Database, last: _Kept, listing: Listing) -> None:
    """Note that the list is as it was in the look before."""
    until = _later(last, listing.at)
    db.conn.execute(
        "update looks set until = ?, times = times + 1 where number = ?", [moments.text(until), last.number]
    )


def _enter(
    db: Database, visit: Visit, number: int, listing: Listing, rows: Rows, last: _Kept | None, *, now: str
) -> None:
    pending = _pending(db, visit.source, listing.entrance)
    joins = last is not None and (
        _join(db, last.rows, rows, listing)
        or (not listing.ordered and listing.end == "known")
        or _closes_a_gap(db, visit.source, listing, rows)
    )
    at = _later(last, listing.at) if last else listing.at
    values = [
        number,
        visit.source,
        listing.entrance,
        moments.text(at),
        moments.text(at),
        listing.pages,
        len(rows),
        moments.text(_end(last, at)) if last and joins else None,
        msgspec.json.encode(rows).decode(),
    ]
    look = db.conn.execute(
        """
        insert into looks (visit, source, entrance, at, until, pages, shown, joins, rows)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        values,
    ).lastrowid
    assert look is not None
    if last is None:
        last = _replaced(db, visit, listing, rows)
        joins = last is None
    elif joins:
        _date(db, listing, last, rows, now=now)
    if last and not joins:
        _open(db, visit.source, number, listing, last, look, at)
    elif last and listing.further and not pending:
        _open(db, visit.source, number, listing, last, look, at, closed=_how(last.rows, rows, listing))


def _replaced(db: Database, visit: Visit, listing: Listing, rows: Rows) -> _Kept | None:
    """Return the last look at an entrance that a new one stands in for, unless both show the same articles."""
    source = sources.definition(db, visit.source)
    present = {one.url for one in source.entrances} if source else set()
    present |= {one.entrance for one in visit.listings}
    earlier = [
        look
        for (entrance,) in db.conn.execute("select distinct entrance from looks where source = ?", [visit.source])
        if entrance != listing.entrance and (look := _last(db, visit.source, entrance))
    ]
    if not earlier or any(look.entrance in present for look in earlier):
        return None
    if any(_join(db, look.rows, rows, listing) for look in earlier):
        return None
    return max(earlier, key=lambda look: look.until)


def _date(db: Database, listing: Listing, last: _Kept, rows: Rows, *, now: str) -> None:
    """Note of what is new on top that the look before did not show it: it was put there in between."""
    if listing.ordered:
        joint = seam(last.rows, rows)
        fresh = rows[: joint.start] if joint else []
    else:
        # A file of a sitemap that is read for the first time holds what is old.
        fresh = rows if listing.pages == 1 else []
    db.conn.executemany(
        "update sightings set not_yet = ? where number = ? and first_seen = ?",
        [(moments.text(last.until), row, now) for row in set(fresh).difference(last.rows)],
    )


# -- gaps -------------------------------------------------------------------------------------------------------------


def _open(
    db: Database,
    source: str,
    visit: int,
    listing: Listing,
    last: _Kept,
    look: int,
    at: datetime,
    *,
    closed: str = "",
) -> None:
    """Open a gap between two looks; one that further pages ``closed`` in the same visit is kept for the record."""
    db.conn.execute(
        """
        insert into gaps (source, entrance, since, until, state, opened, before, behind, why, ended, how)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            source,
            listing.entrance,
            moments.text(_end(last, at)),
            moments.text(at),
            "closed" if closed else "open",
            visit,
            last.number,
            look,
            "" if closed else _WHY[listing.end],
            moments.text(at) if closed else None,
            closed,
        ],
    )


_WHY = {
    "known": "articles that were known are on it, but not where they should be",
    "end": "no further page leads to what was known",
    "limit": "what was known is further down than a visit follows (limits.gap_pages)",
    "unchanged": "",
    "failed": "a further page could not be had",
}


def _mend(db: Database, source: str, visit: int, listing: Listing, rows: Rows) -> None:
    """Close the gaps that what is shown now, or what turned out of what was shown then, proves to be none."""
    for gap in _gaps(db, source, listing.entrance):
        before, behind = _look(db, gap.before), _look(db, gap.behind)
        if gap.opened == visit or before is None:
            continue
        if _join(db, before.rows, rows, listing) or (behind and _join(db, before.rows, behind.rows, listing)):
            db.conn.execute(
                "update gaps set state = 'closed', ended = ?, how = ? where number = ?",
                [moments.text(listing.at), _how(before.rows, rows, listing), gap.number],
            )
        elif _can_close(gap) and listing.end != "known":
            db.conn.execute(
                "update gaps set tries = tries + 1, why = ? where number = ?", [_WHY[listing.end], gap.number]
            )


def _closes_a_gap(db: Database, source: str, listing: Listing, rows: Rows) -> bool:
    """Say whether the rows lead back to before a gap that is open: then there is none after it either."""
    looks = (_look(db, gap.before) for gap in _gaps(db, source, listing.entrance))
    return any(look is not None and _join(db, look.rows, rows, listing) for look in looks)


def _how(before: Rows, rows: Rows, listing: Listing) -> str:
    if listing.ordered and not seam(before, rows):
        return "what seemed new are articles that were known, at other addresses"
    return (
        f"{listing.pages} pages lead back to what was known" if listing.pages > 1 else "it leads back to what was known"
    )


def _ask_whole(db: Database, source: str, entrance: str) -> None:
    """While a gap can still be closed, the list is not asked for on condition that it changed."""
    if _pending(db, source, entrance):
        db.conn.execute("update entrances set etag = '', last_modified = '', digest = '' where source = ?", [source])


def _pending(db: Database, source: str, entrance: str) -> _Gap | None:
    """Return the oldest gap that further pages may still close."""
    return next(filter(_can_close, _gaps(db, source, entrance)), None)


def _can_close(gap: _Gap) -> bool:
    return gap.tries < TRIES and gap.why in (_WHY["limit"], _WHY["failed"])


def _gaps(db: Database, source: str, entrance: str) -> list[_Gap]:
    rows = db.query(
        """
        select number, opened, before, behind, tries, why from gaps
        where source = ? and entrance = ? and state = 'open' order by number
        """,
        [source, entrance],
    )
    return [_Gap(**row) for row in rows]


# -- looks in the ledger ----------------------------------------------------------------------------------------------


def _join(db: Database, before: Rows, now: Rows, listing: Listing) -> bool:
    """Say whether two looks join: by their rows, or by the articles these lead to, wherever those stand now."""
    if not listing.ordered:
        return shares(before, now)
    return seam(before, now) is not None or seam(_articles(db, before), _articles(db, now)) is not None


def _articles(db: Database, rows: Rows) -> list[int]:
    """Return the articles that rows lead to, as negative numbers; of those unread the row."""
    known = dict(
        db.conn.execute(
            "select number, article from sightings where number in (select value from json_each(?)) and article > 0",
            [msgspec.json.encode(rows).decode()],
        ).fetchall()
    )
    return list(dict.fromkeys(-known[row] if row in known else row for row in rows))


def _rows(db: Database, source: str, listing: Listing) -> Rows:
    keys = msgspec.json.encode(list(map(key, listing.urls))).decode()
    rows = db.conn.execute(
        """
        select sightings.number from json_each(:keys) as shown
        join sightings on sightings.source = :source and sightings.key = shown.value and entrance = :entrance
        where sightings.number is not null order by shown.key
        """,
        {"keys": keys, "source": source, "entrance": listing.entrance},
    )
    return list(dict.fromkeys(row for (row,) in rows))


def _urls(db: Database, rows: Rows) -> tuple[str, ...]:
    found = db.conn.execute(
        """
        select sightings.url from json_each(?) as shown join sightings on sightings.number = shown.value
        order by shown.key
        """,
        [msgspec.json.encode(rows).decode()],
    )
    return tuple(url for (url,) in found)


def _last(db: Database, source: str, entrance: str) -> _Kept | None:
    row = db.conn.execute(
        """
        select number, entrance, at, until, rows from looks where source = ? and entrance = ?
        order by number desc limit 1
        """,
        [source, entrance],
    ).fetchone()
    return _kept(row)


def _look(db: Database, number: int | None) -> _Kept | None:
    row = db.conn.execute("select number, entrance, at, until, rows from looks where number = ?", [number]).fetchone()
    return _kept(row)


def _kept(row: Sequence[Any] | None) -> _Kept | None:
    if row is None:
        return None
    number, entrance, at, until, rows = row
    return _Kept(
        number=number,
        entrance=entrance,
        at=moments.moment(at),
        until=moments.moment(until),
        rows=msgspec.json.decode(rows or "[]", type=Rows),
    )


def _end(last: _Kept, at: datetime) -> datetime:
    """Return when the look before was, seen from ``at``: what a wrong clock stamped is not taken for true."""
    return next((moment for moment in (last.until, last.at) if moment <= at), at)


def _later(last: _Kept, at: datetime) -> datetime:
    """Return ``at``, but never before the look before, unless the clock of that one was wrong."""
    return at if moments.is_beyond(last.until, at) else max(last.until, at)
