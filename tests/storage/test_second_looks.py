"""Second looks in the long run: fair, within a budget, sooner when a list shows an article anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.items import Article, Headline, Sighting
from scrapers.sources import Limits, Schedule
from storage.memory import memory
from storage.second_looks import next_look
from storage.sources import sync
from tests.storage.conftest import Archive
from tests.storage.making import LISTING, NOON, article, exchange, moment, source, url, visit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LADDERS = st.lists(st.integers(1, 10**6), min_size=1, max_size=6, unique=True).map(
    lambda ages: tuple(timedelta(minutes=age) for age in sorted(ages))
)


def due(archive: Archive, after: timedelta, **details: object) -> list[str]:
    return [known.url for known in memory(archive.db, source(**details), now=NOON + after).due]


@given(LADDERS, st.integers(0, 10**8))
def test_the_next_look_is_ahead_and_never_farther_than_four_times_the_last_age(
    ladder: tuple[timedelta, ...], tried: int
) -> None:
    tried_at = NOON + timedelta(minutes=tried)

    turn = next_look(NOON, tried_at, ladder)

    assert tried_at < turn.due <= tried_at + 4 * ladder[-1]
    assert timedelta(0) < turn.gap <= 4 * ladder[-1]


def test_an_edit_begins_the_ladder_anew(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)
    archive.record(visit(article(1, headline="Đã sửa"), at=NOON + 40 * DAY))

    assert due(archive, 40 * DAY + 16 * MINUTE) == [url(1)]


# -- the budget -------------------------------------------------------------------------------------------------------


def test_the_budget_of_a_day_is_spent_half_as_needed_and_half_bit_by_bit(archive: Archive) -> None:
    limits = Limits(second_looks=20, second_looks_a_day=48)
    following = source(limits=limits)
    archive.record(visit(*map(article, range(1, 61))), now=NOON)
    looked = []
    for turn in range(10):
        now = NOON + HOUR + turn * 30 * MINUTE
        urls = [known.url for known in memory(archive.db, following, now=now).due]
        looked.append(len(urls))
        archive.record(visit(unchanged=tuple(urls), at=now), now=now)

    assert looked == [20, 4, 1, 1, 1, 1, 1, 1, 1, 1]


def test_no_budget_no_second_looks(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)

    assert due(archive, DAY, limits=Limits(second_looks_a_day=0)) == []
    assert due(archive, DAY, limits=Limits(second_looks=0)) == []


def test_the_young_come_first_and_nothing_waits_for_ever(archive: Archive) -> None:
    following = source(limits=Limits(second_looks=4), schedule=Schedule(every=DAY))
    old = {url(number): NOON for number in range(1, 61)}
    archive.record(visit(*map(article, range(1, 61))), now=NOON - 300 * DAY)
    archive.record(visit(unchanged=tuple(old)), now=NOON)
    young = 0
    for day in range(1, 251):
        now = NOON + day * DAY
        urls = tuple(known.url for known in memory(archive.db, following, now=now).due)
        archive.record(visit(article(200 + day), at=now, unchanged=urls), now=now)
        young += url(199 + day) in urls
        old |= {found: now for found in urls if found in old}

    # The new article of each day alone asks for more looks in the long run than there are, and 60 old ones wait beside.
    assert young > 200
    assert min(old.values()) > NOON + 90 * DAY


def test_what_is_due_is_found_in_an_index_however_many_there_are(archive: Archive) -> None:
    plans = archive.db.execute(
        """
        explain query plan select article, due from second_looks
        where source = 'x' and gap = 900 and due <= 'y' and host in ('a', 'b') order by due limit 20
        """
    ).fetchall()

    assert [row[3] for row in plans] == [
        "SEARCH second_looks USING COVERING INDEX second_looks_due (source=? AND gap=? AND due<?)"
    ]


def test_another_ladder_holds_for_what_is_known_already(archive: Archive) -> None:
    sync(archive.db, [source()], now=NOON)
    archive.record(visit(article(1)), now=NOON)
    archive.record(visit(unchanged=(url(1),)), now=NOON + 5 * DAY)
    assert due(archive, 7 * DAY) == []

    sync(archive.db, [source(schedule=Schedule(second_looks=(HOUR, 2 * HOUR)))], now=NOON + 6 * DAY)

    assert due(archive, 7 * DAY) == [url(1)]


def test_a_source_that_wants_second_looks_again_has_them(archive: Archive) -> None:
    none = source(schedule=Schedule(second_looks=()))
    sync(archive.db, [none], now=NOON)
    archive.record(visit(article(1)), now=NOON)
    assert archive.count("second_looks") == 0

    sync(archive.db, [source()], now=NOON)

    assert due(archive, HOUR) == [url(1)]


def test_an_address_that_leads_to_another_article_has_had_its_look(archive: Archive) -> None:
    archive.record(visit(article(1), article(2)), now=NOON)

    archive.record(visit(article(2), at=NOON + HOUR, moved=((url(1), url(2)),)))

    assert due(archive, HOUR + MINUTE) == []


# -- listed again -----------------------------------------------------------------------------------------------------


def listed(archive: Archive, after: timedelta, *rows: Article | Headline) -> None:
    """Record a visit on which the list shows these articles, in this order."""
    headlines = [
        row if isinstance(row, Headline) else Headline(url=row.url, title=row.headline, published=row.published)
        for row in rows
    ]
    seen = tuple(Sighting(entrance=LISTING, headline=headline) for headline in _placed(headlines))
    archive.record(visit(at=NOON + after, sightings=seen, exchanges=(exchange(),)), now=NOON + after)


def _placed(rows: list[Headline]) -> list[Headline]:
    from msgspec.structs import replace

    return [replace(row, position=place) for place, row in enumerate(rows)]


@pytest.fixture
def quiet(archive: Archive) -> Archive:
    """Five articles that were looked at a day ago and are not due for long; the list shows the newest four."""
    read = [article(number) for number in range(1, 6)]
    archive.record(visit(*read), now=NOON)
    archive.record(visit(unchanged=tuple(one.url for one in read), at=NOON + 8 * DAY), now=NOON + 8 * DAY)
    listed(archive, 10 * DAY, *read[:4])
    assert due(archive, 10 * DAY) == []
    return archive


def test_an_article_back_on_the_list_is_due_at_once(quiet: Archive) -> None:
    listed(quiet, 11 * DAY, article(1), article(5), article(2), article(3), article(4))

    assert due(quiet, 11 * DAY) == [url(5)]


def test_an_article_behind_all_that_stayed_is_only_further_down_the_list(quiet: Archive) -> None:
    listed(quiet, 11 * DAY, article(1), article(2), article(3), article(4), article(5))

    assert due(quiet, 11 * DAY) == []


def test_an_article_moved_to_the_top_is_due_at_once(quiet: Archive) -> None:
    listed(quiet, 11 * DAY, article(3), article(1), article(2), article(4))

    assert due(quiet, 11 * DAY) == [url(3)]


def test_an_article_at_the_top_because_others_went_is_not_due(quiet: Archive) -> None:
    listed(quiet, 11 * DAY, article(2), article(3), article(4))

    assert due(quiet, 11 * DAY) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"title": "Tiêu đề khác"}, 1), ({"published": moment(5)}, 1), ({"summary": "Tóm tắt"}, 0), ({"title": ""}, 0)],
)
def test_an_article_told_otherwise_is_due_at_once(quiet: Archive, change: dict[str, object], expected: int) -> None:
    two = {"url": url(2), "title": article(2).headline, "published": article(2).published, **change}

    listed(quiet, 11 * DAY, article(1), Headline(**two), article(3), article(4))  # type: ignore[arg-type]

    assert due(quiet, 11 * DAY) == [url(2)][:expected]


def test_an_article_shown_again_and_again_is_looked_at_for_that_once_a_day(quiet: Archive) -> None:
    listed(quiet, 11 * DAY, article(3), article(1), article(2), article(4))
    quiet.record(visit(unchanged=(url(3),), at=NOON + 11 * DAY), now=NOON + 11 * DAY)
    listed(quiet, 11 * DAY + HOUR, article(1), article(3), article(2), article(4))
    listed(quiet, 11 * DAY + 2 * HOUR, article(3), article(1), article(2), article(4))

    assert url(3) not in due(quiet, 11 * DAY + 3 * HOUR)


def test_an_article_on_two_lists_is_judged_on_each_for_itself(quiet: Archive) -> None:
    other = tuple(
        Sighting(entrance=f"{LISTING}/khac", headline=Headline(url=url(number), title="", position=place))
        for place, number in enumerate((5, 4))
    )

    quiet.record(visit(at=NOON + 11 * DAY, sightings=other, exchanges=()), now=NOON + 11 * DAY)

    assert due(quiet, 11 * DAY) == []
