"""Whether an article still stands where the ministry put it: present, missing, withdrawn, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from scrapers.items import Article
from storage import moments
from storage.keys import key

State = Literal["present", "missing", "withdrawn"]

LOOKS = 3
"""An article is withdrawn when at least this many looks have missed it."""


# Once the clock is right again, what a wrong one stamped in the future is watched from now on.
_WATCHED = "watched_from = iif(watched_from > :beyond, :now, watched_from)"


def seen(db: Database, number: int, *, now: datetime) -> bool:
    """Note that the article answered; True when it had been missing or withdrawn."""
    stamp = moments.text(now)
    cursor = db.conn.execute(
        """
        update articles set state = 'present', looked_at = :now, tried_at = :now, watched_from = :now,
          missing_since = null, missing_looks = 0, turned = iif(state = 'withdrawn', :now, turned)
        where number = :number and state <> 'present'
        """,
        {"now": stamp, "number": number},
    )
    if cursor.rowcount:
        return True
    db.conn.execute(
        f"""
        update articles set looked_at = :now, tried_at = :now, {_WATCHED}
        where number = :number and (tried_at < :now or tried_at > :beyond)
        """,
        {"now": stamp, "number": number, "beyond": moments.text(now + moments.SETBACK)},
    )
    return False


def after(state: State, looks: Sequence[datetime], *, withdrawn_after: timedelta) -> Literal["missing", "withdrawn"]:
    """Return the state of an article after it was missed; ``looks`` are the ones that count, none when this one does not.

    Three looks, and as long as the source says from the first to the last: a website that is rebuilt overnight, or a
    database that is down for an hour, takes nothing down.
    """
    if state == "withdrawn":
        return "withdrawn"
    if len(looks) >= LOOKS and max(looks) - min(looks) >= withdrawn_after:
        return "withdrawn"
    return "missing"


def missed(db: Database, number: int, state: State, *, counted: bool, now: datetime) -> None:
    """Note that an article is not where it stood, and what state that leaves it in."""
    db.conn.execute(
        """
        update articles set state = :state, looked_at = :now, tried_at = :now,
          missing_looks = missing_looks + :counted,
          watched_from = iif(missing_since is null or watched_from > :beyond, :now, watched_from),
          missing_since = min(coalesce(missing_since, :now), :now),
          turned = iif(:state = 'withdrawn' and state <> 'withdrawn', :now, turned)
        where number = :number
        """,
        {
            "state": state,
            "number": number,
            "counted": counted,
            "now": moments.text(now),
            "beyond": moments.text(now + moments.SETBACK),
        },
    )


def seen_since(db: Database, number: int, started: datetime) -> bool:
    """Say whether an article was there since a moment: at another address, in an earlier part of the same visit."""
    state, looked_at = db.conn.execute("select state, looked_at from articles where number = ?", [number]).fetchone()
    return bool(state == "present" and moments.text(started) < looked_at <= moments.text(started + moments.SETBACK))


def tried(db: Database, number: int, *, now: datetime) -> None:
    """Note that the article was asked for and no answer came: it waits for its next turn like any other."""
    db.conn.execute(
        f"update articles set tried_at = :now, {_WATCHED} where number = :number",
        {"now": moments.text(now), "number": number, "beyond": moments.text(now + moments.SETBACK)},
    )


def rewatch(db: Database, number: int, *, now: datetime) -> None:
    """Look at an article as if it were new: what was edited once is often edited again."""
    db.conn.execute("update articles set watched_from = ? where number = ?", [moments.text(now), number])


def stands_at(db: Database, number: int, url: str) -> bool:
    """Say whether an address is the one the article stands at now: that an old one died says nothing."""
    row = db.conn.execute("select url from articles where number = ?", [number]).fetchone()
    return key(row[0]) == key(url)


def move(db: Database, number: int, article: Article) -> None:
    """Note where the article stands now."""
    db.conn.execute(
        "update articles set url = ?, canonical_url = ? where number = ?", [article.url, article.canonical_url, number]
    )
