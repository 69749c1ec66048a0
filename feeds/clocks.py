"""Takes back what a wrong clock stamped on articles, so that feeds go on once the clock is right again.

The archive keeps what it was told. Only what is shown is put right, and only what lies in the future: everything else,
and so every archive whose clock was never wrong, gives the same bytes whenever it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import msgspec

from storage.articles import StoredArticle, sane_moment
from storage.database import Database

SKEW = timedelta(minutes=5)
"""As much as clocks may differ before a time counts as one in the future."""


def put_right(db: Database, found: Sequence[StoredArticle], now: datetime) -> list[StoredArticle]:
    """Return the articles without the times that lie in the future.

    When most pages were published later than ``now`` by the ministry's own word, it is our clock that is slow now:
    then everything stays as it is, the feeds are refused, and readers keep the last good ones.
    """
    until = now + SKEW
    if 2 * sum(_was_published_after(stored, until) for stored in found) > len(found):
        return list(found)
    return [stored if _newest(stored) <= until else _put_right(db, stored, until) for stored in found]


def _put_right(db: Database, stored: StoredArticle, until: datetime) -> StoredArticle:
    """Date an article by its page, else by the articles found around it; a change seen in the future has no date."""
    first = stored.first_seen if stored.first_seen <= until else _first_seen(db, stored, until)
    return msgspec.structs.replace(
        stored,
        first_seen=first,
        revised=stored.revised if stored.revised <= until else first,
        turned=stored.turned if stored.turned and stored.turned <= until else None,
        dated=stored.dated if stored.dated and stored.dated <= until else first,
    )


def _first_seen(db: Database, stored: StoredArticle, until: datetime) -> datetime:
    stated = _stated(stored)
    if stated and stated <= until:
        return stated
    today = datetime.combine((until - SKEW).astimezone(UTC).date(), time(), UTC)
    return sane_moment(db, stored.number, until=until) or today


def _was_published_after(stored: StoredArticle, until: datetime) -> bool:
    stated = _stated(stored)
    return stated is not None and until < stated <= stored.first_seen


def _stated(stored: StoredArticle) -> datetime | None:
    return stored.first_published or (stored.article.published.at if stored.article.published else None)


def _newest(stored: StoredArticle) -> datetime:
    return max(at for at in (stored.first_seen, stored.revised, stored.turned) if at)
