"""Why a page at an address that an article did not have was taken for another look at it, and every address it ever had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from scrapers.items import Record
from scrapers.sessions import sessionless
from storage import moments
from storage.keys import key

SPLIT = "split"
"""What ``by`` says of an address that was taken away from an article it had been taken for."""


class Match(Record, frozen=True, kw_only=True):
    """A known article that a page turned out to be."""

    number: int
    by: tuple[str, ...]
    """The keys that agreed; only "address" when the article was read there before."""
    why: str
    """The same as a sentence."""


class Noted(Record, frozen=True, kw_only=True):
    """A match as it was noted, or that it was undone."""

    at: datetime
    url: str
    by: tuple[str, ...]
    why: str


class Address(Record, frozen=True, kw_only=True):
    """One address of an article."""

    url: str
    source: str
    standing: Literal["read", "named", "disputed"]
    first_seen: datetime
    last_seen: datetime
    matches: tuple[Noted, ...] = ()
    """Why it was taken for the article's, and what became of that; none for the address it was found at."""


def note_new(
    db: Database, visit: int, source: str, sources: Sequence[str], match: Match, urls: Sequence[str], *, now: str
) -> None:
    """Note why each of these addresses is the article's that it was not read at before: where the page answered first,
    then what the page surely calls its own, then what redirected to it. The caller holds the transaction.
    """
    for place, url in enumerate(dict.fromkeys(map(sessionless, urls))):
        if not _is_known(db, sources, match.number, url):
            reason = match if place == 0 else _led(match.number, url, urls[0])
            note(db, visit, source, reason, url, now=now)


def note(db: Database, visit: int | None, source: str, match: Match, url: str, *, now: str) -> None:
    """Note that what was read at ``url`` is a known article. The caller holds the transaction."""
    db.conn.execute(
        """
        insert into matches (visit, at, source, article, url, key, by, why) values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [visit, now, source, match.number, url, key(url), ", ".join(match.by), match.why],
    )


def _led(number: int, url: str, answered: str) -> Match:
    return Match(
        number=number, by=("led to it",), why=f"It redirects to {answered}, or is what the page there is called."
    )


def _is_known(db: Database, sources: Sequence[str], number: int, url: str) -> bool:
    row = db.conn.execute(
        f"""
        select 1 from addresses
        where source in ({", ".join("?" * len(sources))}) and url = ? and article = ? and standing = 'read'
        """,
        [*sources, url, number],
    ).fetchone()
    return row is not None


def separated(db: Database, number: int) -> list[int]:
    """Return the articles that somebody said are not this one, though they look like it."""
    rows = db.conn.execute(
        "select other from separations where article = ?1 union select article from separations where other = ?1",
        [number],
    )
    return [int(row[0]) for row in rows]


def addresses_of(db: Database, number: int) -> list[Address]:
    """Return every address an article ever had or says it has, the first one first, each with why it is believed."""
    noted: dict[str, list[Noted]] = {}
    for url_key, match in _noted(db, number):
        noted.setdefault(url_key, []).append(match)
    rows = db.execute(
        """
        select url, key, source, standing, first_seen, last_seen from addresses
        where article = ? order by first_seen, standing = 'read' desc, url
        """,
        [number],
    )
    return [
        Address(
            url=url,
            source=source,
            standing=standing,
            first_seen=moments.moment(first),
            last_seen=moments.moment(last),
            matches=tuple(match for match in noted.get(url_key, ()) if match.url == url or SPLIT in match.by),
        )
        for url, url_key, source, standing, first, last in rows
    ]


def taken_away(db: Database, number: int) -> list[Noted]:
    """Return the addresses that were an article's until somebody split them off."""
    return [match for _, match in _noted(db, number) if SPLIT in match.by]


def _noted(db: Database, number: int) -> list[tuple[str, Noted]]:
    rows = db.execute("select key, at, url, by, why from matches where article = ? order by number", [number])
    return [
        (url_key, Noted(at=moments.moment(at), url=url, by=tuple(by.split(", ")), why=why))
        for url_key, at, url, by, why in rows
    ]
