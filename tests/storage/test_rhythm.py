"""Learning when a source publishes, and judging its silence by that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.rhythm import HOLIDAY, Rhythm, expect, holiday, learn, silence

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


def working_days(first: date, weeks: int, *, a_day: int = 8, saturdays: int = 2) -> list[datetime]:
    """Articles from 8:00 on, one an hour; none on Sundays and on holidays."""
    times = []
    for number in range(weeks * 7):
        day = first + number * DAY
        many = 0 if holiday(day, "VN") else {5: saturdays, 6: 0}.get(day.weekday(), a_day)
        times += [datetime(day.year, day.month, day.day, 8 + hour, tzinfo=HANOI) for hour in range(many)]
    return times


def learnt(first: date = date(2025, 9, 1), weeks: int = 26, **details: int) -> Rhythm:
    until = datetime(first.year, first.month, first.day, tzinfo=HANOI) + weeks * 7 * DAY
    found = learn(working_days(first, weeks, **details), until=until, timezone="Asia/Ho_Chi_Minh", country="VN")
    assert found
    return found


def at(month: int, day: int, hour: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=HANOI)


def test_each_weekday_and_holidays_have_their_number() -> None:
    rhythm = learnt()

    assert [round(count) for count in rhythm.usual] == [8, 8, 8, 8, 8, 2, 0, 0]
    assert rhythm.usual[HOLIDAY] < 0.5
    assert all(chance < 0.1 for chance in rhythm.silent[:6])
    assert rhythm.silent[6] > 0.85


def test_the_parts_of_a_day_have_their_share() -> None:
    assert learnt().hours[0] < 0.01 < 0.3 < learnt().hours[3]
    assert sum(learnt().hours) == pytest.approx(1)


def test_a_week_is_expected_to_bring_what_a_week_brings() -> None:
    assert expect(learnt(), at(3, 9), at(3, 16)).count == pytest.approx(42, rel=0.05)


def test_a_night_brings_hardly_anything_and_is_no_surprise() -> None:
    night = expect(learnt(), at(3, 10, 20), at(3, 11, 6))

    assert night.count < 0.2
    assert night.silence > 0.9


def test_a_silent_working_day_is_a_surprise_and_a_silent_sunday_none() -> None:
    assert expect(learnt(), at(3, 10), at(3, 11)).silence < 0.05
    assert expect(learnt(), at(3, 8), at(3, 9)).silence > 0.85


def test_the_new_years_holidays_are_silent_as_usual() -> None:
    """Tết 2026 begins on 16 February, a Monday."""
    tet, before = (expect(learnt(), at(2, day), at(2, day + 4)) for day in (16, 9))

    assert tet.count < 2 < 30 < before.count
    assert tet.silence > 0.3 > 0.001 > before.silence


def test_three_silent_working_days_are_unusual_and_a_weekend_is_not() -> None:
    rhythm = learnt()

    assert silence(rhythm, at(3, 9, 15), at(3, 12, 15)).is_unusual
    assert not silence(rhythm, at(3, 14, 9), at(3, 16, 7)).is_unusual
    assert rhythm.longest < 3 * DAY


def test_a_holiday_silence_is_longer_than_usual_and_yet_not_unusual() -> None:
    quiet = silence(learnt(), at(2, 14, 9), at(2, 21, 7))

    assert quiet.lasts > quiet.usual
    assert not quiet.is_unusual


def test_bursts_make_silence_likelier_than_their_number_says() -> None:
    """Forty articles on every other Wednesday: the mean is three a day, and most days are silent."""
    wednesdays = [
        at(1, 7, 8, year=2026) + week * 7 * DAY + n * timedelta(minutes=5) for week in range(20) for n in range(40)
    ]
    rhythm = learn(wednesdays, until=at(5, 27), timezone="Asia/Ho_Chi_Minh", country="VN")

    assert rhythm
    assert expect(rhythm, at(5, 28), at(5, 29)).silence > 0.15
    assert not silence(rhythm, at(5, 27, 12), at(6, 2, 12)).is_unusual


@pytest.mark.parametrize(
    "times",
    [
        [],
        working_days(date(2026, 3, 2), 1),
        [at(1, 1) + week * 7 * DAY for week in range(9)],
    ],
    ids=["nothing", "a week", "nine articles"],
)
def test_little_is_no_rhythm(times: list[datetime]) -> None:
    assert learn(times, until=at(3, 9), timezone="Asia/Ho_Chi_Minh", country="VN") is None


def test_a_pinned_post_of_long_ago_is_no_part_of_it() -> None:
    times = [at(5, 5, year=2025), *working_days(date(2026, 1, 5), 8)]
    rhythm = learn(times, until=at(3, 2), timezone="Asia/Ho_Chi_Minh", country="VN")

    assert rhythm
    assert rhythm.days < 8 * 7
    assert rhythm.usual[0] > 6


def test_nothing_older_than_a_year_counts() -> None:
    old, new = working_days(date(2023, 1, 2), 20, a_day=1), working_days(date(2026, 1, 5), 8)
    rhythm = learn([*old, *new], until=at(3, 2), timezone="Asia/Ho_Chi_Minh", country="VN")

    assert rhythm
    assert rhythm.articles < len(new) + 1


def test_a_country_whose_holidays_nobody_knows_has_none() -> None:
    assert holiday(date(2026, 12, 25), "XX") == holiday(date(2026, 12, 25), "") == ""
    assert holiday(date(2026, 2, 17), "VN")


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 60 * 24 * 300), max_size=80),
    st.integers(0, 60 * 24 * 20),
    st.sampled_from(["Asia/Ho_Chi_Minh", "America/New_York", "Europe/London"]),
)
def test_expectations_are_numbers_that_make_sense(minutes: list[int], length: int, zone: str) -> None:
    start = datetime(2025, 6, 1, tzinfo=UTC)
    times = [start + timedelta(minutes=minute) for minute in minutes]
    rhythm = learn(times, until=start + 300 * DAY, timezone=zone, country="US")
    if rhythm is None:
        return
    since = start + 300 * DAY
    whole = expect(rhythm, since, since + timedelta(minutes=length))
    half = expect(rhythm, since, since + timedelta(minutes=length // 2))

    assert 0 <= half.count <= whole.count
    assert 0 < whole.silence <= half.silence <= 1
    assert rhythm.longest >= timedelta(0)
