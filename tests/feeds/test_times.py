from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from feeds.times import Times, times
from scrapers.items import Moment
from tests.feeds.making import stored
from tests.storage.making import HANOI, NOON, article, moment

ZONE = "Asia/Ho_Chi_Minh"


def timed(published: Moment | None, **details: Any) -> Times:
    return times(stored(read=article(published=published), **details), ZONE)


def test_times_are_told_in_the_ministrys_zone() -> None:
    stated = Moment(at=datetime(2026, 3, 2, 2, 30, tzinfo=UTC), precision="minute")

    assert timed(stated).published.isoformat() == "2026-03-02T09:30:00+07:00"


def test_an_article_without_a_date_stands_where_it_was_first_seen() -> None:
    told = timed(None)

    assert told.published == NOON
    assert told.doubt == "undated"


def test_a_date_in_the_future_does_not_reach_readers() -> None:
    told = timed(moment(24))

    assert told.published == NOON
    assert told.doubt == "future"


@pytest.mark.parametrize("year", [1, 1970, 1990])
def test_a_date_before_there_was_a_web_does_not_reach_readers(year: int) -> None:
    told = timed(Moment(at=datetime(year, 1, 1, tzinfo=HANOI), precision="day"))

    assert told.published == NOON
    assert told.doubt == "implausible"


def test_the_end_of_the_calendar_is_only_a_future() -> None:
    assert timed(Moment(at=datetime(9999, 12, 31, 23, 59, tzinfo=UTC), precision="minute")).doubt == "future"


def test_a_bare_day_means_its_midnight() -> None:
    told = timed(moment(precision="day"))

    assert told.published.isoformat() == "2026-03-02T00:00:00+07:00"
    assert told.published.date() == date(2026, 3, 2)


def test_the_first_date_given_stays_whatever_the_page_says_now() -> None:
    told = timed(moment(-1), first_published=moment(-30).at)

    assert told.published == moment(-30).at


def test_an_article_that_never_changed_was_updated_when_it_was_published() -> None:
    told = timed(moment(-3))

    assert told.updated == told.published
    assert told.noticed == NOON
    assert told.revised is None


def test_a_revised_article_was_updated_when_the_revision_was_seen() -> None:
    told = timed(moment(-3), versions=2, revised=NOON + timedelta(hours=5))

    assert told.updated == told.revised == told.noticed == NOON + timedelta(hours=5)
    assert told.published == moment(-3).at


def test_fractions_of_seconds_are_left_out() -> None:
    told = timed(None, first_seen=NOON.replace(microsecond=900), revised=NOON.replace(microsecond=900))

    assert told.published.isoformat() == "2026-03-02T12:00:00+07:00"


def test_an_unknown_zone_is_utc() -> None:
    told = times(stored(read=article(published=moment(-1))), "Mars/Olympus")

    assert told.published.isoformat() == "2026-03-02T04:00:00+00:00"


def test_an_article_that_was_given_its_date_later_stays_where_it_was() -> None:
    told = timed(moment(-30), first_published=moment(-30).at, dated=NOON, versions=2, revised=NOON + timedelta(hours=5))

    assert told.published == NOON
    assert told.updated == NOON + timedelta(hours=5)


def test_a_withdrawal_is_a_change() -> None:
    told = timed(moment(-3), state="withdrawn", turned=NOON + timedelta(days=2))

    assert told.updated == told.noticed == NOON + timedelta(days=2)
    assert told.published == moment(-3).at
    assert told.revised is None
