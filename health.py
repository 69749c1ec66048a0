"""Says in plain words how each source is doing and when to look again; judged from history alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scrapers.items import Record, Verdict
from scrapers.sources import Source
from storage.coverage import Coverage
from storage.visits import VisitSummary

LONGEST_WAIT = timedelta(days=1)
STALE = timedelta(days=1)
"""After so long without a look it is said that nothing is known since."""
MANY = 50
"""Articles of one source that go back and forth, from which on a person should look at how its pages are read."""
NAMED = 5
"""How many of them are named."""


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


def judge(
    history: Sequence[VisitSummary],
    source: Source | None = None,
    *,
    today: date | None = None,
    flapping: Sequence[int] = (),
) -> Health:
    """Judge a source by its visits, newest first; one that has ended by ``today`` needs nobody any more.

    ``flapping`` are the articles that make no versions of some of their changes: they are named, and a worry only
    when they are so many that the reading must be at fault.
    """
    health = _judged(history, source, today)
    if not flapping or health.state in ("new", "ended"):
        return health
    why = f"{health.why}; {unsteady(flapping)}"
    return Health(state=health.state, why=why, attention=health.attention or len(flapping) > MANY)


def unsteady(articles: Sequence[int]) -> str:
    """Name the articles that go back and forth between wordings: "2 articles … : #12, #40"."""
    named = ", ".join(f"#{number}" for number in articles[:NAMED])
    more = f" and {len(articles) - NAMED} more" if len(articles) > NAMED else ""
    many = len(articles) > 1
    return (
        f"{len(articles)} article{'s' * many} {'go' if many else 'goes'} back and forth between wordings: {named}{more}"
    )


def _judged(history: Sequence[VisitSummary], source: Source | None, today: date | None) -> Health:
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


def coverage_sentence(one: Coverage, *, now: datetime, zone: ZoneInfo) -> str:
    """Say how much of the time nothing was missed: "covered 99.94 %, one gap of 41 min on 3 Mar, 0 open"."""
    if one.share is None or one.until is None:
        return "not known yet: that takes two looks"
    parts = [f"covered {percent(one.share)}"]
    if longest := one.longest:
        count = len(one.of("open", "accepted"))
        which = "one gap" if count == 1 else f"{count} gaps, the longest"
        parts.append(f"{which} of {spell(longest.lasts)} on {day_of(longest.since, now, zone)}")
        parts.append(f"{len(one.of('open'))} open")
    else:
        parts.append("no gap")
    if now - one.until > STALE:
        parts.append(f"nothing known of the last {spell(now - one.until)}")
    if one.unseen:
        parts.append(f"{len(one.unseen)} entrance{'s' * (len(one.unseen) > 1)} not seen yet")
    return ", ".join(parts)


def percent(share: float) -> str:
    """Write a share with two digits, and never as everything when it is not."""
    return "100 %" if share == 1 else f"{int(share * 10_000) / 100:.2f} %"


def day_of(moment: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Write a day: "3 Mar", with the year unless that is this one."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    year = f" {local.year}" if local.year != now.astimezone(zone).year else ""
    return f"{local.day} {_MONTHS[local.month - 1]}{year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
