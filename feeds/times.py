"""When an article appeared and changed, as a feed may say it: never in the future, never moving, never invented."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapers.items import Record
from storage.articles import StoredArticle

OLDEST = datetime(1991, 8, 6, tzinfo=UTC)
"""The day the web became public: nothing on it is older, whatever a page says."""

Doubt = Literal["", "undated", "future", "implausible"]


class Times(Record, frozen=True, kw_only=True):
    """An article's times, in the ministry's zone and whole seconds."""

    published: datetime
    updated: datetime
    """When what a reader sees last changed; ``published`` while nothing has."""
    noticed: datetime
    """When the archive last had something new here: a feed's own time is the latest of these."""
    revised: datetime | None
    """When the present wording was first seen, if it is not the first one."""
    stated: datetime | None
    """What the page says."""
    doubt: Doubt
    """Why ``published`` is the time of first sight instead of what the page says."""


def times(stored: StoredArticle, timezone: str) -> Times:
    """Return the times of an article."""
    zone = _zone(timezone)
    stated = stored.first_published or (stored.article.published.at if stored.article.published else None)
    doubt = _doubt(stated, stored.first_seen)
    published = stored.first_seen if doubt or stated is None else stored.dated or stated
    revised = stored.revised if stored.versions > 1 and stored.revised > stored.first_seen else None
    changed = max(revised or stored.first_seen, stored.turned or stored.first_seen)
    return Times(
        published=_local(published, zone),
        updated=_local(changed if changed > stored.first_seen else published, zone),
        noticed=_local(changed, zone),
        revised=None if revised is None else _local(revised, zone),
        stated=None if stated is None else _local(stated, zone),
        doubt=doubt,
    )


def _doubt(stated: datetime | None, first_seen: datetime) -> Doubt:
    if stated is None:
        return "undated"
    if stated > first_seen:
        return "future"
    return "implausible" if stated < OLDEST else ""


def _local(at: datetime, zone: tzinfo) -> datetime:
    with suppress(OverflowError):  # the last day of the year 9999 has no tomorrow
        at = at.astimezone(zone)
    return at.replace(microsecond=0)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
