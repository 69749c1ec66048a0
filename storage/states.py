"""Whether an article still stands where the ministry put it: present, missing, withdrawn, and back again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from scrapers.items import Article
from storage import moments
from storage.keys import key

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


def gone(
    db: Database, number: int, *, now: datetime, withdrawn_after: timedelta
) -> Literal["missing", "withdrawn"] | None:
    """Note that a healthy site said the article is not there; return its new state if that changed."""
    state, since, looks = db.conn.execute(
        "select state, missing_since, missing_looks from articles where number = ?", [number]
    ).fetchone()
    after: Literal["missing", "withdrawn"] = "withdrawn" if state == "withdrawn" else "missing"
    if state == "missing" and looks + 1 >= LOOKS and now - moments.moment(since) >= withdrawn_after:
        after = "withdrawn"
    db.conn.execute(
        """
        update articles set state = :state, looked_at = :now, tried_at = :now, missing_looks = missing_looks + 1,
          watched_from = iif(missing_since is null, :now, watched_from), missing_since = min(coalesce(missing_since, :now), :now),
          turned = iif(:state = 'withdrawn' and state <> 'withdrawn', :now, turned)
        where number = :number
        """,
        {"state": after, "now": moments.text(now), "number": number},
    )
    return after if after != state else None


def tried(db: Database, number: int, *, now: datetime) -> None:
    """Note that the article was asked for and no answer came: it waits for its next turn like any other."""
    db.conn.execute(
        f"update articles set tried_at = :now, {_WATCHED} where number = :number",
        {"now": moments.text(now), "number": number, "beyond": moments.text(now + moments.SETBACK)},
    )


def stands_at(db: Database, number: int, url: str) -> bool:
    """Say whether an address is the one the article stands at now: that an old one died says nothing."""
    row = db.conn.execute("select url from articles where number = ?", [number]).fetchone()
    return key(row[0]) == key(url)


def move(db: Database, number: int, article: Article) -> None:
    """Note where the article stands now."""
    db.conn.execute(
        "update articles set url = ?, canonical_url = ? where number = ?", [article.url, article.canonical_url, number]
    )
