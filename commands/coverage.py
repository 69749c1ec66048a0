"""Whether anything was missed: coverage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from commands.shared import ATTENTION, DONE, USAGE, followed_sources, json_option, known_source, reading
from health import coverage_sentence, day_of, percent, spell
from home import Home, hold
from printing import ago, as_json, say, show

if TYPE_CHECKING:
    from storage.coverage import Coverage, Gap, Habit
    from storage.database import Database
    from storage.rhythm import Rhythm

_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays", "holidays")
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("slug", metavar="[SOURCE]", default="")
@click.option("--since", metavar="DAY", type=_DAY, help="From this day on (YYYY-MM-DD), by the source's calendar.")
@click.option("--until", metavar="DAY", type=_DAY, help="Up to the end of this day.")
@click.option("--accept", metavar="NUMBER", type=int, help="Let a gap be: it stays uncovered, but is open no longer.")
@click.option("--why", metavar="TEXT", default="", help="Why the gap may be let be; kept with it.")
@json_option
@click.pass_obj
def coverage(
    home: Home, slug: str, since: datetime | None, until: datetime | None, accept: int | None, why: str, json: bool
) -> int:
    """Say how much of the time it is proven that nothing was missed; of one SOURCE also each gap, and its usual rhythm.

    Exits 3 when a gap is open.
    """
    if accept is not None:
        return _accept(home, accept, why.strip())
    if why:
        raise click.UsageError("--why says why a gap is let be: give its number with --accept")
    now = datetime.now(UTC)
    followed = followed_sources(home)
    with reading(home) as db:
        known_source(db, slug or None)
        slugs = [slug] if slug else list(followed)
        found = [_of(db, one, since, until, now) for one in slugs]
        if slug:
            _tell(db, found[0], now=now, json=json)
        else:
            show(
                [_row(one, now, _zone(db, one.source), json=json) for one in found],
                json=json,
                empty="No source is followed yet: `bantin add SLUG`.",
                columns=("source", "covered", "gaps", "open", "longest_gap", "since", "last_look"),
            )
    return ATTENTION if any(one.of("open") for one in found) else DONE


def _of(db: Database, slug: str, since: datetime | None, until: datetime | None, now: datetime) -> Coverage:
    from storage.coverage import coverage as of_source

    zone = _zone(db, slug)
    first = since.replace(tzinfo=zone) if since else None
    last = (until + timedelta(days=1)).replace(tzinfo=zone) if until else None
    return of_source(db, slug, now=now, since=first, until=last)


def _zone(db: Database, slug: str) -> ZoneInfo:
    from storage.sources import definition

    source = definition(db, slug)
    return ZoneInfo(source.timezone if source else "UTC")


def _row(one: Coverage, now: datetime, zone: ZoneInfo, *, json: bool) -> dict[str, object]:
    known: dict[str, object] = {
        "source": one.source,
        "covered": None if one.share is None else round(100 * one.share, 4),
        "gaps": len(one.of("open", "accepted")),
        "open": len(one.of("open")),
        "closed": len(one.of("closed")),
        "since": one.since,
        "last_look": one.until,
        "watched_seconds": round(one.watched.total_seconds()),
        "missing_seconds": round(one.missing.total_seconds()),
        "unseen": one.unseen,
        "says": coverage_sentence(one, now=now, zone=zone),
    }
    if json:
        return known
    longest = one.longest
    shown = {
        "covered": "not known yet" if one.share is None else percent(one.share),
        "longest_gap": f"{spell(longest.lasts)} on {day_of(longest.since, now, zone)}" if longest else "",
    }
    return {**known, **shown, "since": day_of(one.since, now, zone), "last_look": ago(one.until, now)}


def _tell(db: Database, one: Coverage, *, now: datetime, json: bool) -> None:
    """Everything about one source."""
    from storage.coverage import habit

    usually, zone = habit(db, one.source, now=now), _zone(db, one.source)
    if json:
        click.echo(as_json({**_row(one, now, zone, json=True), "gap_list": one.gaps, "rhythm": _plain(usually)}))
        return
    said = coverage_sentence(one, now=now, zone=zone)
    if one.since and one.until:
        closed = len(one.of("closed"))
        said += f" ({day_of(one.since, now, zone)} to {day_of(one.until, now, zone)}, last look {ago(one.until, now)}"
        said += f"; {closed} more gap{'s' * (closed > 1)} closed)" if closed else ")"
    click.echo(said)
    click.echo(rhythm_sentence(usually))
    for entrance in one.unseen:
        click.echo(f"not seen yet: {entrance}")
    show(
        [_gap(gap, zone) for gap in one.gaps],
        json=False,
        columns=("number", "state", "since", "until", "lasts", "why", "entrance"),
    )


def rhythm_sentence(usually: Habit | None) -> str:
    """Say how a source publishes: "usually 11 a weekday, 2 on Saturdays; silent 9 h at the last look, …"."""
    if usually is None:
        return "its rhythm is not known yet: that takes two weeks and ten articles"
    silence = usually.silence
    said = f"usually {_usual(usually.rhythm)}; silent {spell(silence.lasts)}, at most {spell(silence.usual)} is usual"
    return f"unusual silence: {said}" if silence.is_unusual else said


def _usual(learnt: Rhythm) -> str:
    weekday = sum(learnt.usual[:5]) / 5
    rest = [f"{_count(learnt.usual[kind])} on {_DAYS[kind]}" for kind in (5, 6, 7)]
    return ", ".join([f"{_count(weekday)} a weekday", *rest])


def _count(articles: float) -> str:
    if articles < 0.05:
        return "none"
    return f"{articles:.0f}" if articles >= 9.5 else f"{articles:.1f}".removesuffix(".0")


def _plain(usually: Habit | None) -> dict[str, Any] | None:
    if usually is None:
        return None
    learnt, silence = usually.rhythm, usually.silence
    return {
        "days": learnt.days,
        "articles": learnt.articles,
        "usual": {name.lower(): round(count, 3) for name, count in zip(_DAYS, learnt.usual, strict=True)},
        "hours": [round(share, 3) for share in learnt.hours],
        "silent_seconds": round(silence.lasts.total_seconds()),
        "usual_silence_seconds": round(silence.usual.total_seconds()),
        "chance": silence.chance,
        "unusual": silence.is_unusual,
        "says": rhythm_sentence(usually),
    }


def _gap(gap: Gap, zone: ZoneInfo) -> dict[str, object]:
    return {
        "number": gap.number,
        "state": gap.state,
        "since": gap.since.astimezone(zone),
        "until": gap.until.astimezone(zone),
        "lasts": spell(gap.lasts),
        "why": gap.how or gap.why,
        "entrance": gap.entrance,
    }


def _accept(home: Home, number: int, why: str) -> int:
    from storage import coverage as ledger
    from storage.database import open_archive

    if not why:
        raise click.UsageError('say why the gap may be let be: --why "read on the website: no news that evening"')
    if not home.database.exists():
        say("There is no archive here yet, and no gap.")
        return USAGE
    with hold(home):
        db = open_archive(home.database)
        try:
            gap = ledger.accept(db, number, why=why, now=datetime.now(UTC))
        finally:
            db.close()
    if gap is None:
        say(f"No open gap has the number {number}; `bantin coverage SOURCE` lists them.")
        return USAGE
    say(f"Gap {number} is accepted. Its {spell(gap.lasts)} stay uncovered.")
    return DONE
