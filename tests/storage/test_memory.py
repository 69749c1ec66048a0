"""What a visit is told beforehand, and when an article's second look is due."""

from datetime import timedelta

import pytest

from scrapers.items import Known, Memory, Trouble, Verdict
from scrapers.sources import Limits, Schedule
from storage.memory import memory
from storage.second_looks import next_look
from storage.sources import sync
from tests.storage.conftest import Archive
from tests.storage.making import HOME, LISTING, NOON, SLUG, article, exchange, source, url, visit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LADDER = Schedule().second_looks


def due(archive: Archive, after: timedelta, **details: object) -> list[str]:
    return [known.url for known in memory(archive.db, source(**details), now=NOON + after).due]


def test_an_empty_archive_remembers_nothing(archive: Archive) -> None:
    assert memory(archive.db, source(), now=NOON) == Memory(source=SLUG)


def test_a_known_address_comes_with_its_validators_and_the_title_last_shown(archive: Archive) -> None:
    archive.record(visit(article(1)))
    archive.record(visit(seen=[article(1, headline="Tít ngoài trang chủ")], at=NOON + HOUR))

    known = memory(archive.db, source(), now=NOON).known

    assert known == (Known(url=url(1), etag='"1"', title="Tít ngoài trang chủ"),)


def test_every_address_an_article_had_is_known(archive: Archive) -> None:
    archive.record(visit(article(1, canonical_url=f"{HOME}kanon/363001"), moved=((f"{HOME}s/1", url(1)),)))

    assert {known.url for known in memory(archive.db, source(), now=NOON).known} == {
        url(1),
        f"{HOME}kanon/363001",
        f"{HOME}s/1",
    }


def test_addresses_of_predecessors_are_known(archive: Archive) -> None:
    sync(archive.db, [source("vn-oldest"), source("vn-old", predecessor=("vn-oldest",))], now=NOON)
    archive.record(visit(article(1), slug="vn-oldest"))
    archive.record(visit(article(2), slug="vn-old"))
    archive.record(visit(article(3), slug="vn-stranger"))

    known = memory(archive.db, source("vn-new", predecessor=("vn-old",)), now=NOON).known

    assert {entry.url for entry in known} == {url(1), url(2)}


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        (0 * MINUTE, 15 * MINUTE),
        (14 * MINUTE, 15 * MINUTE),
        (16 * MINUTE, HOUR),
        (2 * HOUR, 3 * HOUR),
        (2 * DAY, 3 * DAY),
        (4 * DAY, 30 * DAY),
        (31 * DAY, 60 * DAY),
        (61 * DAY, 90 * DAY),
        (90 * DAY, 150 * DAY),
        (270 * DAY, 390 * DAY),
        (400 * DAY, 520 * DAY),
    ],
)
def test_looks_come_at_the_ages_of_the_ladder_and_then_at_growing_distances(
    tried: timedelta, expected: timedelta
) -> None:
    assert next_look(NOON, NOON + tried, LADDER).due == NOON + expected


def test_an_article_is_due_when_its_next_age_has_come(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)

    assert due(archive, 14 * MINUTE) == []
    assert due(archive, 15 * MINUTE) == [url(1)]
    assert due(archive, 400 * DAY) == [url(1)]


def test_a_look_moves_an_article_to_its_next_age(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)
    archive.record(visit(unchanged=(url(1),)), now=NOON + 20 * MINUTE)

    assert due(archive, 59 * MINUTE) == []
    assert due(archive, 60 * MINUTE) == [url(1)]


def test_the_longest_waiting_come_first_and_no_more_than_a_visit_may_look_at(archive: Archive) -> None:
    for number in (3, 1, 2):
        archive.record(visit(article(number)), now=NOON + number * MINUTE)

    assert due(archive, HOUR) == [url(1), url(2), url(3)]
    assert due(archive, HOUR, limits=Limits(second_looks=2)) == [url(1), url(2)]


def test_a_source_may_want_no_second_looks_or_others(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)

    assert due(archive, DAY, schedule=Schedule(second_looks=())) == []
    sync(archive.db, [source(schedule=Schedule(second_looks=(5 * MINUTE,)))], now=NOON)
    assert due(archive, 5 * MINUTE) == [url(1)]


def test_a_missing_article_is_watched_as_if_it_were_new(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)
    archive.record(visit(gone=(url(1),)), now=NOON + 40 * DAY)

    assert due(archive, 40 * DAY + 14 * MINUTE) == []
    assert due(archive, 40 * DAY + 15 * MINUTE) == [url(1)]


def test_a_look_that_failed_waits_for_its_next_turn(archive: Archive) -> None:
    archive.record(visit(article(1)), now=NOON)
    trouble = Trouble(url=url(1), kind="network", message="No answer within 30 s.")
    archive.record(visit(troubles=(trouble,), verdict=Verdict.BROKEN), now=NOON + 15 * MINUTE)

    assert due(archive, 16 * MINUTE) == []
    assert due(archive, HOUR) == [url(1)]


def test_a_predecessors_article_is_looked_at_where_it_lives_now(archive: Archive) -> None:
    new_home = "https://mae.example.gov.vn/"
    successor = source("vn-new", predecessor=(SLUG,), homepage=new_home, entrances=())
    sync(archive.db, [source(), successor], now=NOON)
    archive.record(visit(article(1), article(2)), now=NOON)
    archive.record(visit(article(1, url=url(1, home=new_home)), slug="vn-new"), now=NOON)

    looks = memory(archive.db, successor, now=NOON + HOUR)

    assert [known.url for known in looks.due] == [url(1, home=new_home)]


def test_an_entrance_is_remembered_with_what_its_last_full_answer_sent(archive: Archive) -> None:
    full = exchange(etag='"a"', last_modified="Mon, 02 Mar 2026 05:00:00 GMT", digest="d1")
    archive.record(visit(exchanges=(full, exchange(HOME, purpose="robots"))))
    archive.record(visit(exchanges=(exchange(status=304),)))
    archive.record(visit(exchanges=(exchange(status=None, error="timeout"),)))

    [known] = memory(archive.db, source(), now=NOON).entrances
    assert known == Known(url=LISTING, etag='"a"', last_modified="Mon, 02 Mar 2026 05:00:00 GMT", digest="d1")


def test_an_entrance_that_left_something_unread_is_forgotten(archive: Archive) -> None:
    archive.record(visit(exchanges=(exchange(etag='"a"'),)))
    archive.record(visit(exchanges=(exchange(etag=""),)))

    assert memory(archive.db, source(), now=NOON).entrances == ()


def test_what_could_not_be_read_is_named_with_how_often_it_was_tried(archive: Archive) -> None:
    trouble = Trouble(url=url(7), kind="reading", message="There is no headline on this page.")
    for number in range(3):
        at = NOON + number * HOUR
        archive.record(visit(seen=[article(7)], troubles=(trouble,), at=at, id=f"v{number}"))

    [failing] = memory(archive.db, source(), now=NOON + 3 * HOUR).failing
    assert (failing.url, failing.looks) == (url(7), 3)


def test_what_could_not_be_read_gets_another_chance_after_a_day(archive: Archive) -> None:
    trouble = Trouble(url=url(7), kind="http", message="The page answered 500.")
    archive.record(visit(seen=[article(7)], troubles=(trouble,)))

    assert memory(archive.db, source(), now=NOON + 25 * HOUR).failing == ()


def test_what_was_read_at_last_is_not_failing(archive: Archive) -> None:
    trouble = Trouble(url=url(7), kind="http", message="The page answered 500.")
    archive.record(visit(seen=[article(7)], troubles=(trouble,)))
    archive.record(visit(article(7)))

    assert memory(archive.db, source(), now=NOON + HOUR).failing == ()


def test_trouble_with_an_entrance_is_no_failing_article(archive: Archive) -> None:
    archive.record(visit(troubles=(Trouble(url=LISTING, kind="layout", message="No rows."),)))

    assert memory(archive.db, source(), now=NOON).failing == ()
