"""How much of the time it is proven that nothing was missed, source by source; and what a source's silence means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from sqlite_utils import Database

from scrapers.items import Record
from storage import moments, sources
from storage.database import write
from storage.rhythm import Rhythm, Silence, learn, silence


class Gap(Record, frozen=True, kw_only=True):
    """A time between two looks at a list that do not join."""

    number: int
    entrance: str
    since: datetime
    until: datetime
    state: str
    """"open", "closed" or "accepted"."""
    tries: int
    why: str
    ended: datetime | None
    how: str

    @property
    def lasts(self) -> timedelta:
        return self.until - self.since


class Coverage(Record, frozen=True, kw_only=True):
    """What is known of a source, in the time asked about."""

    source: str
    since: datetime | None
    """First look of that time; None before the first look at all."""
    until: datetime | None
    """The last moment of which all entrances tell."""
    missing: timedelta
    """How much of it lies in gaps, each second counted once."""
    gaps: tuple[Gap, ...]
    """All gaps of that time, closed ones too."""
    unseen: tuple[str, ...]
    """Entrances that were not looked at yet."""

    @property
    def watched(self) -> timedelta:
        return self.until - self.since if self.since and self.until else timedelta(0)

    @property
    def share(self) -> float | None:
        """Share of the time in which nothing was missed, 0–1; None while nobody can tell."""
        return 1 - self.missing / self.watched if self.watched else None

    @property
    def longest(self) -> Gap | None:
        """The longest gap that was not closed."""
        return max(self.of("open", "accepted"), key=lambda gap: gap.lasts, default=None)

    def of(self, *states: str) -> list[Gap]:
        return [gap for gap in self.gaps if gap.state in states]


class Span(Record, frozen=True, kw_only=True):
    """The looks at one entrance, from the first to the last."""

    entrance: str
    since: datetime
    until: datetime


class Habit(Record, frozen=True, kw_only=True):
    """How a source usually publishes, and how long it has been silent."""

    rhythm: Rhythm
    silence: Silence


def coverage(
    db: Database, slug: str, *, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> Coverage:
    """Return what is known of a source between two moments: at most from its first look to its last.

    All its entrances must be seen for the source to be seen; those its definition no longer names count as long as they
    were looked at.
    """
    spans = _spans(db, slug, now=now)
    source = sources.definition(db, slug)
    named = {entrance.url for entrance in source.entrances} if source else set()
    present = [span for span in spans if span.entrance in named] or spans
    unseen = tuple(sorted(named - {span.entrance for span in spans}))
    if not spans:
        return Coverage(source=slug, since=None, until=None, missing=timedelta(0), gaps=(), unseen=unseen)
    first = min(span.since for span in spans)
    first = max(first, since) if since else first
    last = max(first, min(*(span.until for span in present), until or now))
    found = [gap for gap in gaps(db, slug) if gap.until >= first and gap.since <= last]
    holes = ((max(gap.since, first), min(gap.until, last)) for gap in found if gap.state != "closed")
    return Coverage(source=slug, since=first, until=last, missing=_together(holes), gaps=tuple(found), unseen=unseen)


def gaps(db: Database, slug: str) -> list[Gap]:
    """Return all gaps of a source, the earliest first."""
    rows = db.query(
        """
        select number, entrance, since, until, state, tries, why, ended, how from gaps
        where source = ? order by since, number
        """,
        [slug],
    )
    return [msgspec.convert(row, Gap) for row in rows]


def accept(db: Database, number: int, *, why: str, now: datetime) -> Gap | None:
    """Let a gap be, for a reason; return it, or None when there is no such open gap. It stays uncovered."""
    with write(db):
        row = db.conn.execute(
            "update gaps set state = 'accepted', ended = ?, how = ? where number = ? and state = 'open' returning source",
            [moments.text(now), why, number],
        ).fetchone()
    return next(gap for gap in gaps(db, row[0]) if gap.number == number) if row else None


def habit(db: Database, slug: str, *, now: datetime) -> Habit | None:
    """Return how a source usually publishes; None while too little is known to say. Judged up to the last look."""
    row = db.conn.execute("select timezone, country from sources where slug = ?", [slug]).fetchone()
    spans = _spans(db, slug, now=now)
    if row is None or not spans:
        return None
    until = max(span.until for span in spans)
    times = published(db, slug)
    learnt = learn(times, until=until, timezone=row[0] or "UTC", country=row[1])
    if learnt is None:
        return None
    last = max(moment for moment in times if moment <= until)
    return Habit(rhythm=learnt, silence=silence(learnt, last, until))


def published(db: Database, slug: str) -> list[datetime]:
    """Return when a source published its articles, as it says; when they appeared, where it says otherwise or nothing.

    What was there before the source was watched, and states no time, tells nothing.
    """
    rows = db.conn.execute(
        """
        select case
          when not_yet is not null and (stated is null or stated < not_yet or stated > seen) then seen
          when precision = 'day' then strftime('%Y-%m-%dT%H:%M:%SZ', stated, '+12 hours')
          else stated
        end as at
        from appearances where source = ? and at is not null
        """,
        [slug],
    )
    return [moments.moment(at) for (at,) in rows]


def _spans(db: Database, slug: str, *, now: datetime) -> list[Span]:
    rows = db.conn.execute(
        """
        select ends.entrance, opening.at, ending.until
        from (
          select entrance, min(number) as first, max(number) as last from looks where source = ? group by entrance
        ) as ends
        join looks as opening on opening.number = ends.first
        join looks as ending on ending.number = ends.last
        """,
        [slug],
    )
    return [
        Span(entrance=entrance, since=min(moments.moment(since), now), until=min(moments.moment(until), now))
        for entrance, since, until in rows
    ]


def _together(holes: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Add up spans of time that may overlap."""
    total, reached = timedelta(0), None
    for since, until in sorted(holes):
        start = max(since, reached) if reached else since
        total += max(until - start, timedelta(0))
        reached = max(until, reached) if reached else until
    return total
