"""When a known article is looked at again: soon while it is young, rarely once it proved quiet, never not at all.

Each article has a row in ``second_looks`` with the moment its next look is due, so that what is due is found by an
index, however large the archive. ``gap`` is the distance from the look before: those of one gap are alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import nlargest, nsmallest
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlite_utils import Database

from scrapers.sources import Schedule, Source
from storage import moments

QUIET = 3
"""So many looks at one distance that found nothing new, and the next ones are twice as far apart."""
MOST = 4
"""But never farther apart than so many times the last age of the ladder: what was published long ago is edited and
taken down too, and must not stay unnoticed for years."""
_DAY = timedelta(days=1)
_HASTE = _DAY
"""An article that lists show again and again is looked at for that once in this time."""
_DOUBTS = (1 / 24, 1 / 4, 1, 2, 4, 8, 16)
"""Ages of an absence, in times of what makes it a withdrawal, at which it is looked at besides the ladder's."""
_BATCH = 500


class Turn(NamedTuple):
    """An article's next look."""

    due: datetime
    gap: timedelta
    """How long after the look before it."""


def next_look(watched_from: datetime, tried_at: datetime, ladder: Sequence[timedelta]) -> Turn:
    """Return when an article's next look is due.

    ``ladder`` holds the ages, counted from ``watched_from``, at which it is looked at, at least one, rising. Beyond the
    last one looks go on at growing distances. ``tried_at`` is when it was last asked for, answered or not.
    """
    ages = _ages(tuple(ladder))
    place = bisect_right(ages, tried_at - watched_from)
    if place < len(ages):
        return Turn(watched_from + ages[place], ages[place] - (ages[place - 1] if place else timedelta(0)))
    farthest = MOST * ladder[-1]
    return Turn(tried_at + farthest, farthest)


@lru_cache(maxsize=256)
def _ages(ladder: Sequence[timedelta]) -> list[timedelta]:
    """Return the ages of a ladder, and those beyond it until the distances grow no more."""
    ages, gap = list(ladder), ladder[-1]
    looks = QUIET - 1  # the ladder's own last look is the first of them
    while gap < MOST * ladder[-1]:
        for _ in range(looks):
            ages.append(ages[-1] + gap)
        gap, looks = 2 * gap, QUIET
    return ages


def ladder_of(schedule: Schedule, state: str) -> tuple[timedelta, ...]:
    """Return the ages at which an article in this state is looked at, none when the source wants no second looks.

    One that is missing or withdrawn is looked at more often: whether it is must be told from several looks.
    """
    if not schedule.second_looks or state == "present":
        return tuple(sorted(schedule.second_looks))
    return tuple(sorted({*schedule.second_looks, *(schedule.withdrawn_after * times for times in _DOUBTS)}))


def note(
    db: Database, visit: int, looked: Collection[int], shown: Collection[int], schedule: Schedule, *, now: datetime
) -> None:
    """Say when what a visit looked at is looked at next, and let what lists show anew be due at once."""
    plan(db, looked, schedule)
    hasten(db, shown, now=now, schedule=schedule)
    if looked:
        db.conn.execute(
            """
            update visits set looks = (
              select count(*) from articles
              where number in (select value from json_each(:looked)) and first_seen < :now
            )
            where number = :visit
            """,
            {"looked": f"[{','.join(map(str, looked))}]", "now": moments.text(now), "visit": visit},
        )


def plan(db: Database, numbers: Collection[int], schedule: Schedule) -> None:
    """Say when these articles are looked at next. The caller holds the transaction."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _BATCH):
        some = ordered[start : start + _BATCH]
        _plan(db, f"number in ({', '.join('?' * len(some))})", some, schedule)


def replan(db: Database, slug: str, schedule: Schedule) -> None:
    """Say it anew for all articles of a source, whose ladder is another now."""
    _plan(db, "source = ?", [slug], schedule)


def hasten(db: Database, numbers: Collection[int], *, now: datetime, schedule: Schedule) -> None:
    """Let articles be due at once, because a list shows them again; not those looked at within the last day."""
    if schedule.second_looks:
        db.conn.executemany(
            """
            update second_looks set due = :now, gap = :gap
            where article = :number and due > :now
              and (select tried_at from articles where number = :number) <= :recently
            """,
            [
                {
                    "number": number,
                    "now": moments.text(now),
                    "gap": _seconds(min(schedule.second_looks)),
                    "recently": moments.text(now - _HASTE),
                }
                for number in numbers
            ],
        )


def _plan(db: Database, which: str, values: Sequence[object], schedule: Schedule) -> None:
    ladders = {state: ladder_of(schedule, state) for state in ("present", "missing", "withdrawn")}
    if not ladders["present"]:
        return
    rows = db.conn.execute(
        f"select number, source, state, url, watched_from, tried_at from articles where {which}", values
    )
    while some := rows.fetchmany(10 * _BATCH):
        db.conn.executemany(
            """
            insert into second_looks (article, source, host, due, gap) values (?, ?, ?, ?, ?)
            on conflict (article) do update set
              source = excluded.source, host = excluded.host, due = excluded.due, gap = excluded.gap
            """,
            [_planned(row, ladders) for row in some],
        )


def _planned(row: Sequence[Any], ladders: dict[str, tuple[timedelta, ...]]) -> tuple[object, ...]:
    number, source, state, url, watched_from, tried_at = row
    turn = next_look(moments.moment(watched_from), moments.moment(tried_at), ladders[state])
    return number, source, urlsplit(url).hostname or "", moments.text(turn.due), _seconds(turn.gap)


# -- what is due ------------------------------------------------------------------------------------------------------


def due(db: Database, source: Source, slugs: Iterable[str], *, now: datetime) -> list[str]:
    """Return the addresses of the articles to look at again now, those that wait longest for their age first.

    Waiting is counted in gaps: a look due after 15 minutes that is 15 minutes late comes before one due after 30 days
    that is ten days late, and after one that is 40 days late. So the young go first. A quarter of the looks is kept for
    those that wait longest in days, so that nothing waits for ever where there are more young ones than looks.
    """
    if not source.schedule.second_looks or (most := allowance(db, source, now=now)) <= 0:
        return []
    waiting: dict[int, _Waiting] = {}
    for slug in slugs:
        for one in _waiting(db, source, slug, now=now, most=most):
            waiting[one.number] = max(one, waiting.get(one.number, one))
    longest = nsmallest(-(-most // 4) if most > 1 else 0, waiting.values(), key=lambda one: (one.due, one.number))
    kept = {one.number for one in longest}
    others = nlargest(most - len(kept), (one for one in waiting.values() if one.number not in kept))
    chosen = [one.number for one in sorted([*longest, *others], reverse=True)]
    marks = ", ".join("?" * len(chosen))
    urls = dict(db.conn.execute(f"select number, url from articles where number in ({marks})", chosen))
    return list(dict.fromkeys(urls[number] for number in chosen))


class _Waiting(NamedTuple):
    """An article whose look has come. The greater, the more pressing."""

    late: float
    """In gaps."""
    number: int
    due: str


def allowance(db: Database, source: Source, *, now: datetime) -> int:
    """Return how many articles this visit may look at again.

    One half of the day's budget may be spent as it is needed, the other half only bit by bit: the articles of this
    evening must find something left when this morning was busy.
    """
    limits = source.limits
    left = limits.second_looks_a_day - _looks(db, source.slug, now=now)
    share = -(-limits.second_looks_a_day * source.schedule.every // (2 * _DAY))
    return min(limits.second_looks, left, max(left - limits.second_looks_a_day // 2, int(share)))


def _looks(db: Database, slug: str, *, now: datetime) -> int:
    """How many articles were looked at again within the last day."""
    return int(
        db.conn.execute(
            "select coalesce(sum(looks), 0) from visits where source = ? and started > ? and started <= ?",
            [slug, moments.text(now - _DAY), moments.text(now + moments.SETBACK)],
        ).fetchone()[0]
    )


def _waiting(db: Database, source: Source, slug: str, *, now: datetime, most: int) -> Iterator[_Waiting]:
    """Yield articles whose look has come; of each gap those that wait longest."""
    hosts = [] if slug == source.slug else hosts_of(source)
    here = f"and host in ({', '.join('?' * len(hosts))})" if hosts else ""
    for gap in gaps(db, slug):
        for number, at in db.conn.execute(
            f"""
            select article, due from second_looks
            where source = ? and gap = ? and due <= ? {here} order by due limit ?
            """,
            [slug, gap, moments.text(now), *hosts, most],
        ):
            yield _Waiting((now - moments.moment(at)) / timedelta(seconds=gap), number, at)
    # What a wrong clock stamped is no time to wait for.
    beyond = moments.text(now + moments.SETBACK)
    for column in ("tried_at", "watched_from"):
        for (number,) in db.conn.execute(
            f"""
            select number from articles join second_looks on article = number
            where articles.source = ? and {column} > ? {here} limit ?
            """,
            [slug, beyond, *hosts, most],
        ):
            yield _Waiting(1.0, number, moments.text(now))


def gaps(db: Database, slug: str) -> Iterator[int]:
    """Yield the gaps there are, the shortest first, each found by a step in the index."""
    gap = 0
    while gap is not None:
        (gap,) = db.conn.execute(
            "select min(gap) from second_looks where source = ? and gap > ?", [slug, gap]
        ).fetchone()
        if gap is not None:
            yield gap


def hosts_of(source: Source) -> list[str]:
    """Return the hosts of a source: what a predecessor published is looked at where it lives on them now."""
    addresses = (source.homepage, *(entrance.url for entrance in source.entrances))
    return sorted({urlsplit(url).hostname or "" for url in addresses})


def _seconds(span: timedelta) -> int:
    return max(1, int(span.total_seconds()))
