"""Learns when a source usually publishes, by weekday, holiday and time of day, and says what a span of time should bring.

Pure: from times to expectations. Days differ more than chance would have it (ten articles on one, none on the next), so
what is expected of silence comes from how many days were silent, not from how many articles there were.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from scrapers.items import Record

BANDS = 8
"""Parts of a day, three hours each."""
HOLIDAY = 7
"""The kind of day that comes after Monday (0) to Sunday (6)."""
LEAST_DAYS, LEAST_ARTICLES = 14, 10
"""With less than that, nothing is usual yet."""
LONGEST = timedelta(weeks=52)
"""What is older is no habit any more."""
_WEEKS = 13
"""A silence is usual that is exceeded once in so many weeks at most."""
_RARE = 0.01
_WEIGHT = 2.0
"""Days of its group that each kind of day begins with, until it has enough of its own."""
_STRAY = timedelta(days=21)


class Rhythm(Record, frozen=True, kw_only=True):
    """How a source publishes."""

    timezone: str
    country: str
    days: int
    """How many days it was learnt from."""
    articles: int
    usual: tuple[float, ...]
    """Articles a day: Monday to Sunday, then holidays."""
    silent: tuple[float, ...]
    """Share of such days without any."""
    hours: tuple[float, ...]
    """Share of articles in each part of the day, from midnight on."""
    longest: timedelta
    """The longest silence that is usual."""


class Expectation(Record, frozen=True, kw_only=True):
    """What a span of time should bring."""

    count: float
    """Articles."""
    silence: float
    """How likely it is that there is none, 0–1."""


class Silence(Record, frozen=True, kw_only=True):
    """How long a source has been silent, and what that means."""

    lasts: timedelta
    usual: timedelta
    chance: float
    """How likely so long a silence is at this time of the year, week and day."""

    @property
    def is_unusual(self) -> bool:
        return self.lasts > self.usual and self.chance < _RARE


def learn(times: Sequence[datetime], *, until: datetime, timezone: str, country: str) -> Rhythm | None:
    """Learn from when articles were published, up to the last look at the source; None while that is too little."""
    kept = _recent(times, until)
    if len(kept) < LEAST_ARTICLES or until - kept[0] < timedelta(days=LEAST_DAYS):
        return None
    zone = ZoneInfo(timezone)
    local = [moment.astimezone(zone) for moment in kept]
    # The first and the last day were not seen whole.
    days = list(_days(local[0].date() + timedelta(days=1), until.astimezone(zone).date()))
    counts = Counter(moment.date() for moment in local)
    usual, silent = _by_kind([(_kind(day, country), counts[day]) for day in days])
    return Rhythm(
        timezone=timezone,
        country=country,
        days=len(days),
        articles=sum(counts[day] for day in days),
        usual=usual,
        silent=silent,
        hours=_hours(local),
        longest=_longest([*kept, until]),
    )


def expect(rhythm: Rhythm, since: datetime, until: datetime) -> Expectation:
    """Say what the time from ``since`` to ``until`` should bring."""
    count = pressure = 0.0
    for kind, share in _parts(rhythm, since, until):
        count += rhythm.usual[kind] * share
        pressure -= math.log(rhythm.silent[kind]) * share
    return Expectation(count=count, silence=math.exp(-pressure))


def silence(rhythm: Rhythm, last: datetime, now: datetime) -> Silence:
    """Judge the silence since the ``last`` article."""
    lasts = max(now - last, timedelta(0))
    return Silence(lasts=lasts, usual=rhythm.longest, chance=expect(rhythm, last, now).silence)


def holiday(day: date, country: str) -> str:
    """Name the public holiday that a day is, "" when it is none or the country's are not known."""
    return _holidays(country, day.year).get(day, "")


def _recent(times: Sequence[datetime], until: datetime) -> list[datetime]:
    """Return the times of a year at most, without a few that stand alone long before the others (a pinned post)."""
    kept = sorted(moment for moment in times if until - LONGEST <= moment <= until)
    few = len(kept) // 10
    breaks = [place for place, (one, two) in enumerate(pairwise(kept), 1) if place <= few and two - one > _STRAY]
    return kept[max(breaks, default=0) :]


def _by_kind(days: Sequence[tuple[int, int]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return how many articles each kind of day has, and how often none; rare kinds lean on days like them."""
    groups = {kind: [n for found, n in days if _group(found) == _group(kind)] for kind in range(HOLIDAY)}
    usual, silent = [], []
    for kind in range(HOLIDAY + 1):
        own = [count for found, count in days if found == kind]
        # A holiday is like a Sunday until it has been seen to be otherwise.
        like = groups[min(kind, HOLIDAY - 1)] or [count for _, count in days]
        mean, none = sum(like) / len(like), (sum(not count for count in like) + 0.5) / (len(like) + 1)
        usual.append((sum(own) + _WEIGHT * mean) / (len(own) + _WEIGHT))
        silent.append((sum(not count for count in own) + _WEIGHT * none) / (len(own) + _WEIGHT))
    return tuple(usual), tuple(silent)


def _group(kind: int) -> str:
    return "weekday" if kind < 5 else "weekend" if kind < HOLIDAY else "holiday"


def _hours(times: Sequence[datetime]) -> tuple[float, ...]:
    found = Counter(moment.hour * BANDS // 24 for moment in times)
    return tuple((found[band] + 1 / BANDS) / (len(times) + 1) for band in range(BANDS))


def _longest(times: Sequence[datetime]) -> timedelta:
    """Return the longest silence, leaving out one for each quarter of a year: those are exceptions."""
    silences = sorted((two - one for one, two in pairwise(times)), reverse=True)
    exceptions = int((times[-1] - times[0]) / timedelta(weeks=_WEEKS))
    return silences[min(exceptions, len(silences) - 1)]


def _parts(rhythm: Rhythm, since: datetime, until: datetime) -> Iterator[tuple[int, float]]:
    """Yield for each part of a day in a span what kind of day it is, and the share of that day's articles it brings."""
    zone, step = ZoneInfo(rhythm.timezone), timedelta(hours=24 // BANDS)
    first, last = since.astimezone(zone), until.astimezone(zone)
    for day in _days(first.date(), last.date() + timedelta(days=1)):
        kind = _kind(day, rhythm.country)
        for band, share in enumerate(rhythm.hours):
            start = datetime.combine(day, time(band * 24 // BANDS), zone)
            inside = min(until, start + step) - max(since, start)
            if inside > timedelta(0):
                yield kind, share * min(inside / step, 1.0)


def _days(first: date, end: date) -> Iterator[date]:
    for number in range((end - first).days):
        yield first + timedelta(days=number)


def _kind(day: date, country: str) -> int:
    return HOLIDAY if holiday(day, country) else day.weekday()


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> dict[date, str]:
    from holidays import country_holidays  # a tenth of a second, for the few who ask

    try:
        return dict(country_holidays(country, years=year))
    except NotImplementedError:
        return {}
