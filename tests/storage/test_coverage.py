"""How much of the time nothing was missed; the view and the function that say it say the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.items import Verdict
from scrapers.observations import Listing
from scrapers.sources import Entrance
from storage import moments, sources
from storage.coverage import accept, coverage, habit, published
from tests.storage.conftest import Archive
from tests.storage.making import HOME, LISTING, NOON, SLUG, article, moment, sighting, source, visit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RSS = f"{HOME}rss"
TWO = (Entrance(kind="listing", url=LISTING), Entrance(kind="feed", url=RSS))


def look(archive: Archive, numbers: range, *, hours: float, entrance: str = LISTING, end: Any = "known") -> None:
    at = NOON + hours * HOUR
    rows = tuple(sighting(article(number), entrance=entrance, position=place) for place, number in enumerate(numbers))
    urls = tuple(row.headline.url for row in rows)
    archive.record(visit(at=at, sightings=rows, listings=(Listing(entrance=entrance, at=at, urls=urls, end=end),)))


def top(number: int) -> range:
    """A page of ten, this one on top."""
    return range(number, number - 10, -1)


def test_before_two_looks_nothing_is_known(archive: Archive) -> None:
    sources.sync(archive.db, [source()], now=NOON)
    assert coverage(archive.db, SLUG, now=NOON).share is None
    assert coverage(archive.db, SLUG, now=NOON).unseen == (LISTING,)

    look(archive, top(20), hours=0)

    known = coverage(archive.db, SLUG, now=NOON + HOUR)
    assert (known.share, known.since, known.until, known.unseen) == (None, NOON, NOON, ())


def test_joined_looks_cover_all_of_the_time_between(archive: Archive) -> None:
    look(archive, top(20), hours=0)
    look(archive, top(25), hours=48)

    known = coverage(archive.db, SLUG, now=NOON + 50 * HOUR)
    assert (known.share, known.watched) == (1.0, 2 * DAY)


def test_a_gap_is_missing_until_it_is_closed_and_when_it_is_accepted(archive: Archive) -> None:
    look(archive, top(20), hours=0)
    look(archive, top(50), hours=1, end="failed")
    look(archive, top(52), hours=4)

    known = coverage(archive.db, SLUG, now=NOON + DAY)
    assert (known.share, known.missing, len(known.of("open"))) == (0.75, HOUR, 1)

    assert accept(archive.db, known.gaps[0].number, why="read on the website", now=NOON + DAY)
    again = coverage(archive.db, SLUG, now=NOON + DAY)
    assert (again.share, len(again.of("open")), again.gaps[0].how) == (0.75, 0, "read on the website")
    assert accept(archive.db, known.gaps[0].number, why="twice", now=NOON + DAY) is None


def test_a_gap_that_closed_covers(archive: Archive) -> None:
    look(archive, top(20), hours=0)
    look(archive, top(50), hours=1, end="failed")
    look(archive, range(52, 10, -1), hours=4)

    known = coverage(archive.db, SLUG, now=NOON + DAY)
    assert (known.share, [gap.state for gap in known.gaps]) == (1.0, ["closed"])


def test_only_the_time_asked_about_counts(archive: Archive) -> None:
    look(archive, top(20), hours=0)
    look(archive, top(50), hours=2, end="end")
    look(archive, top(52), hours=10)

    part = coverage(archive.db, SLUG, now=NOON + DAY, since=NOON + HOUR, until=NOON + 5 * HOUR)
    after = coverage(archive.db, SLUG, now=NOON + DAY, since=NOON + 3 * HOUR)
    assert (part.share, part.watched) == (0.75, 4 * HOUR)
    assert (after.share, after.gaps) == (1.0, ())


def test_a_source_is_covered_when_all_its_entrances_are(archive: Archive) -> None:
    sources.sync(archive.db, [source(entrances=TWO)], now=NOON)
    for entrance, first in ((LISTING, 20), (RSS, 80)):
        look(archive, top(first), hours=0, entrance=entrance)
        look(archive, top(first + 40), hours=1 if entrance == LISTING else 1.5, entrance=entrance, end="end")
        look(archive, top(first + 41), hours=4 if entrance == LISTING else 3, entrance=entrance)

    known = coverage(archive.db, SLUG, now=NOON + DAY)
    assert (known.until, known.missing, known.share) == (NOON + 3 * HOUR, 1.5 * HOUR, 0.5)


def test_an_entrance_that_is_followed_no_longer_holds_nothing_up(archive: Archive) -> None:
    sources.sync(archive.db, [source(entrances=TWO)], now=NOON)
    for entrance, first in ((LISTING, 20), (RSS, 80)):
        look(archive, top(first), hours=0, entrance=entrance)
    sources.sync(archive.db, [source()], now=NOON)
    look(archive, top(21), hours=5)

    assert coverage(archive.db, SLUG, now=NOON + DAY).until == NOON + 5 * HOUR


def test_a_clock_that_ran_ahead_covers_no_time_to_come(archive: Archive) -> None:
    look(archive, top(20), hours=0)
    look(archive, top(21), hours=24 * 400)

    assert coverage(archive.db, SLUG, now=NOON + DAY).until == NOON + DAY


def test_a_blocked_visit_is_no_look(archive: Archive) -> None:
    look(archive, top(20), hours=0)
    archive.record(visit(at=NOON + HOUR, verdict=Verdict.BLOCKED, sightings=()))

    assert coverage(archive.db, SLUG, now=NOON + DAY).until == NOON


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["open", "closed", "accepted"]))))
def test_the_view_says_the_same_as_the_function(archive: Archive, spans: list[tuple[int, int, str]]) -> None:
    archive.db.execute("delete from looks")
    archive.db.execute("delete from gaps")
    look(archive, top(20), hours=0)
    look(archive, top(21), hours=1000)
    for start, length, state in spans:
        values = [moments.text(NOON + start * HOUR), moments.text(NOON + (start + length) * HOUR), state]
        archive.db.execute(
            "insert into gaps (source, entrance, since, until, state, opened) values ('vn-example', '', ?, ?, ?, 1)",
            values,
        )

    rows = list(archive.db.query("select * from coverage_view order by month"))
    known = coverage(archive.db, SLUG, now=NOON + 100 * DAY)

    assert [row["month"] for row in rows] == ["2026-03", "2026-04"]
    assert sum(row["watched"] for row in rows) == known.watched.total_seconds() == 1000 * 3600
    assert sum(row["missing"] for row in rows) == pytest.approx(known.missing.total_seconds(), abs=2)
    for row in rows:
        assert row["covered"] == pytest.approx(100 - 100 * row["missing"] / row["watched"], abs=0.001)


def test_a_rhythm_counts_from_what_is_stated_and_from_when_things_appeared(archive: Archive) -> None:
    day = moment(-48, precision="day")
    old = visit(article(1, published=moment(-30)), article(2, published=day), article(3, published=None))
    archive.record(old)
    assert published(archive.db, SLUG) == [day.at + 12 * HOUR, NOON - 30 * HOUR]

    look(archive, top(13), hours=0)
    new = (article(20, published=moment(-500)), article(21, published=None))
    urls = tuple(article(number).url for number in (21, 20, *top(13)))
    rows = tuple(sighting(article(number)) for number in (21, 20, *top(13)))
    at = NOON + HOUR
    archive.record(visit(*new, at=at, sightings=rows, listings=(Listing(entrance=LISTING, at=at, urls=urls),)))

    # One was dated back by three weeks and one has no date: both appeared within the hour.
    assert published(archive.db, SLUG)[2:] == [at + timedelta(seconds=10)] * 2


def test_a_habit_takes_two_weeks_and_is_judged_at_the_last_look(archive: Archive) -> None:
    sources.sync(archive.db, [source()], now=NOON)
    archive.record(visit(*(article(number, published=moment(-24 * number)) for number in range(1, 13))))
    look(archive, top(12), hours=0)
    assert habit(archive.db, SLUG, now=NOON) is None
    archive.record(visit(*(article(number, published=moment(-24 * number)) for number in range(13, 40))))

    known = habit(archive.db, SLUG, now=NOON + 30 * DAY)

    assert known
    assert known.silence.lasts == DAY
    assert known.rhythm.longest == DAY
    assert not known.silence.is_unusual


def test_nobody_knows_the_habit_of_a_source_that_was_never_seen(archive: Archive) -> None:
    assert habit(archive.db, "vn-nobody", now=datetime.now(NOON.tzinfo)) is None
