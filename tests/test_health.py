from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from health import ended, failures, judge, next_look, overdue
from scrapers.items import Verdict
from scrapers.sources import Entrance, Schedule, Source
from storage.visits import VisitSummary

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCE = Source(
    slug="vn-x",
    ministry={"vi": "Bộ Ví dụ"},
    country="VN",
    language="vi",
    timezone="Asia/Ho_Chi_Minh",
    homepage="https://example.gov.vn/",
    entrances=(Entrance(kind="listing", url="https://example.gov.vn/tin"),),
    schedule=Schedule(every=timedelta(minutes=30)),
)


def visit(verdict: str, why: str = "", not_before: datetime | None = None) -> VisitSummary:
    return VisitSummary(
        id="v",
        source="vn-x",
        started=NOW,
        finished=NOW,
        verdict=Verdict(verdict),
        why=why,
        complete=True,
        requests=1,
        headlines=10 if verdict in ("fine", "changed") else 0,
        readings=0,
        troubles=0,
        new=0,
        revised=0,
        withdrawn=0,
        restored=0,
        not_before=not_before,
    )


def test_a_source_never_visited_is_new_and_needs_nobody() -> None:
    health = judge([])

    assert (health.state, health.attention) == ("new", False)


def test_a_fine_visit_ends_every_worry() -> None:
    health = judge([visit("fine"), visit("blocked", "captcha page"), visit("blocked", "captcha page")])

    assert (health.state, health.attention) == ("fine", False)


def test_a_trouble_is_told_with_its_reason_and_how_often_it_came() -> None:
    health = judge([visit("blocked", "captcha page at /tin"), visit("unreachable", "no answer"), visit("fine")])

    assert (health.state, health.attention) == ("blocked", True)
    assert health.why == "captcha page at /tin; 2 visits in a row"


@pytest.mark.parametrize(
    ("times", "wait"),
    [
        (0, timedelta(minutes=30)),
        (1, timedelta(hours=1)),
        (3, timedelta(hours=4)),
        (6, timedelta(days=1)),
        (500, timedelta(days=1)),
    ],
)
def test_waiting_doubles_with_each_failure_up_to_a_day(times: int, wait: timedelta) -> None:
    history = [visit("unreachable")] * times + [visit("fine")]

    following = next_look(SOURCE, history, now=NOW)

    assert failures(history) == following.failures == times
    assert following.at == NOW + wait


def test_the_reason_for_the_next_time_is_readable() -> None:
    assert next_look(SOURCE, [visit("fine")], now=NOW).why == "every 30 min"
    assert next_look(SOURCE, [visit("blocked")], now=NOW).why == "waits 1 h after 1 failed visit"


@pytest.mark.parametrize(
    ("wish", "at"),
    [
        (NOW + timedelta(hours=5), NOW + timedelta(hours=5)),
        (NOW + timedelta(minutes=1), NOW + timedelta(hours=1)),
        (NOW + timedelta(days=900), NOW + timedelta(days=1)),
    ],
)
def test_a_servers_wish_to_be_left_alone_is_kept_but_not_for_ever(wish: datetime, at: datetime) -> None:
    assert next_look(SOURCE, [visit("blocked", not_before=wish)], now=NOW).at == at


def test_a_source_past_its_last_day_is_ended_and_names_its_heir() -> None:
    retired = msgspec.structs.replace(SOURCE, until=date(2025, 2, 28), successor="vn-mae")

    health = judge([visit("unreachable", "no answer")], retired, today=NOW.date())

    assert (health.state, health.attention) == ("ended", False)
    assert health.why == "ended 2025-02-28; vn-mae took over"
    assert not ended(retired, date(2025, 2, 28)) and ended(retired, date(2025, 3, 1))


def test_a_rebuilt_listing_beside_a_good_feed_is_told_but_does_not_slow_the_news_down() -> None:
    history = [visit("changed", "0 of 12 rows match li.news")]

    assert judge(history).attention
    assert next_look(SOURCE, history, now=NOW).at == NOW + timedelta(minutes=30)


def test_a_source_that_should_have_been_visited_long_ago_is_overdue() -> None:
    assert overdue(SOURCE, NOW - timedelta(hours=2), now=NOW) == "due since 2 h: is `bantin run` at work?"
    assert overdue(SOURCE, NOW - timedelta(minutes=40), now=NOW) == ""
    assert overdue(SOURCE, None, now=NOW) == ""


def test_articles_that_go_back_and_forth_are_named_without_crying_wolf() -> None:
    one, two = judge([visit("fine")], flapping=[12]), judge([visit("fine")], flapping=[12, 40])

    assert one.why.endswith("1 article goes back and forth between wordings: #12")
    assert two.why.endswith("2 articles go back and forth between wordings: #12, #40")
    assert not two.attention


def test_a_great_many_of_them_want_somebody_to_look() -> None:
    many = judge([visit("fine")], flapping=range(1, 61))

    assert many.attention
    assert many.why.endswith("#1, #2, #3, #4, #5 and 55 more")
