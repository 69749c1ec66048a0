"""Says in plain words how each source is doing and when to look again; judged from history alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from scrapers.items import Record, Verdict
from scrapers.sources import Source
from storage.visits import VisitSummary

LONGEST_WAIT = timedelta(days=1)


class Health(Record, frozen=True, kw_only=True):
    state: str
    """"new" before the first visit, "ended" after the source's last day, else the verdict of the last visit."""
    why: str
    attention: bool
    """True when a person should look."""


class Next(Record, frozen=True, kw_only=True):
    at: datetime
    why: str
    failures: int
    """Visits in a row that did not go well."""


def judge(history: Sequence[VisitSummary], source: Source | None = None, *, today: date | None = None) -> Health:
    """Judge a source by its visits, newest first; one that has ended by ``today`` needs nobody any more."""
    if source and today and ended(source, today):
        heir = f"; {source.successor} took over" if source.successor else ""
        return Health(state="ended", why=f"ended {source.until}{heir}", attention=False)
    if not history:
        return Health(state="new", why="not visited yet", attention=False)
    last = history[0]
    if last.verdict is Verdict.FINE:
        return Health(state=last.verdict.value, why=last.why or "everything was read", attention=False)
    times = failures(history)
    again = f"; {times} visits in a row" if times > 1 else ""
    return Health(state=last.verdict.value, why=f"{last.why}{again}", attention=True)


def overdue(source: Source, next_due: datetime | None, *, now: datetime) -> str:
    """Say that a visit did not happen when it should have, "" when all is as planned."""
    patience = max(2 * source.schedule.every, timedelta(minutes=5))
    if next_due is None or now - next_due <= patience or ended(source, now.date()):
        return ""
    return f"due since {spell(now - next_due)}: is `bantin run` at work?"


def ended(source: Source, today: date) -> bool:
    """True when the source's last day is over; it is not visited any more, unless somebody asks for it."""
    return source.until is not None and source.until < today


def failures(history: Sequence[VisitSummary]) -> int:
    """Count the visits since the last that brought headlines, newest first."""
    for number, visit in enumerate(history):
        if visit.verdict is Verdict.FINE or visit.headlines:
            return number
    return len(history)


def next_look(source: Source, history: Sequence[VisitSummary], *, now: datetime) -> Next:
    """Say when to visit a source again: its own rhythm, doubled for each failure up to a day; it is never given up.

    A server's own wish (Retry-After) is kept, up to a day.
    """
    times, every = failures(history), source.schedule.every
    wait = min(every * 2 ** min(times, 20), max(LONGEST_WAIT, every))
    why = f"waits {spell(wait)} after {times} failed visit{'s' * (times > 1)}" if times else f"every {spell(every)}"
    wish = history[0].not_before if history else None
    if wish and wish > now + wait:
        return Next(
            at=min(wish, now + max(LONGEST_WAIT, wait)), why="the server asked to wait that long", failures=times
        )
    return Next(at=now + wait, why=why, failures=times)


def spell(span: timedelta) -> str:
    """Spell a duration in its two largest units: "1 h 30 min", "2 d", "45 s"."""
    seconds = max(0, round(span.total_seconds()))
    parts = []
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, unit)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts[:2]) or "0 s"
