"""Rules about times: readable everywhere, with a zone, never in the future, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import pairwise

from feeds.parsed import Problem, Seen, SeenEntry

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$")
_RFC822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)$")
_WEEKDAYS = {"Sun": "0", "Mon": "1", "Tue": "2", "Wed": "3", "Thu": "4", "Fri": "5", "Sat": "6"}
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_SKEW = timedelta(minutes=5)


def written(seen: Seen) -> Iterator[Problem]:
    """D01, D02: in the format's own way, with a numeric zone and the right weekday."""
    for told, text in _all(seen):
        if parse(text) is None:
            yield told.problem("D01", f"is no time with a zone in the way of this format: {text!r}")
        elif seen.kind == "rss" and f"{parse(text):%w}" != _WEEKDAYS.get(text[:3]):
            yield told.problem("D01", f"has the wrong weekday: {text}")


def plausible(seen: Seen) -> Iterator[Problem]:
    """D04, D05: neither in the future nor before there was a web."""
    for told, text in _all(seen):
        at = parse(text)
        if at and seen.now and at > seen.now + _SKEW:
            yield told.problem("D04", f"lies in the future: {text}")
        if at and at < _OLDEST:
            yield told.problem("D05", level="warning", message=f"is not plausible: {text}")


def consistent(seen: Seen) -> Iterator[Problem]:
    """D03: nothing changed before it was published."""
    for entry in seen.entries:
        published, updated = parse(entry.published), parse(entry.updated)
        if published and updated and updated < published:
            yield entry.problem("D03", message="was changed before it was published")


def newest_first(seen: Seen) -> Iterator[Problem]:
    """D06."""
    times = [(entry, at) for entry in seen.entries if (at := parse(entry.published))]
    for (_, before), (told, after) in pairwise(times):
        if after > before:
            yield told.problem("D06", "is newer than the entry before it")


def channel(seen: Seen) -> Iterator[Problem]:
    """D07: a feed is as new as its newest entry."""
    at = parse(seen.updated)
    newest = [time for entry in seen.entries for text in (entry.published, entry.updated) if (time := parse(text))]
    if at and newest and at < max(newest):
        yield seen.problem("D07", f"says it is older than an entry: {seen.updated}")
    if seen.kind == "rss" and seen.entries and not at:
        yield seen.problem("D07", "has no lastBuildDate")


@lru_cache(maxsize=4096)
def parse(text: str) -> datetime | None:
    """Return a feed's time, or None when it is none or has no zone."""
    try:
        if _RFC3339.match(text):
            return datetime.fromisoformat(text)
        return parsedate_to_datetime(text) if _RFC822.match(text) else None
    except ValueError:
        return None


def _all(seen: Seen) -> Iterator[tuple[Seen | SeenEntry, str]]:
    if seen.updated:
        yield seen, seen.updated
    for entry in seen.entries:
        yield from ((entry, text) for text in (entry.published, entry.updated) if text)
