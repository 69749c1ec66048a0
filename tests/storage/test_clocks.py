"""A clock that was wrong for a while holds up nothing once it is right again."""

from datetime import UTC, datetime, timedelta

from scrapers.items import Trouble
from storage.articles import latest, sane_moment
from storage.memory import memory
from storage.sources import due, plan, sync
from tests.storage.conftest import Archive
from tests.storage.making import NOON, SLUG, article, source, url, visit

LATER = NOON + timedelta(days=1)
WRONG = datetime(2099, 1, 1, tzinfo=UTC)


def seconds(archive: Archive, now: datetime) -> list[str]:
    return [known.url for known in memory(archive.db, source(), now=now).due]


def test_a_source_planned_by_a_wrong_clock_is_due(archive: Archive) -> None:
    sync(archive.db, [source()], now=WRONG)
    assert due(archive.db, now=NOON) == [SLUG]

    plan(archive.db, SLUG, at=NOON + timedelta(days=8), why="as usual", failures=0)
    assert due(archive.db, now=NOON) == []
    plan(archive.db, SLUG, at=WRONG, why="as usual", failures=0)
    assert due(archive.db, now=NOON) == [SLUG]


def test_second_looks_go_on_after_a_wrong_clock(archive: Archive) -> None:
    archive.record(visit(article(1)), now=WRONG)

    assert seconds(archive, NOON) == [url(1)]
    archive.record(visit(article(1), at=NOON))
    assert seconds(archive, NOON + timedelta(minutes=5)) == []
    assert seconds(archive, NOON + timedelta(minutes=16)) == [url(1)]


def test_a_failed_look_after_a_wrong_clock_waits_its_turn(archive: Archive) -> None:
    archive.record(visit(article(1)), now=WRONG)

    archive.record(visit(troubles=(Trouble(url=url(1), kind="http", message="500"),)))

    assert seconds(archive, NOON + timedelta(minutes=5)) == []


def test_what_failed_by_a_wrong_clock_gets_another_chance(archive: Archive) -> None:
    trouble = Trouble(url=url(1), kind="http", message="500")
    archive.record(visit(seen=[article(1)], at=WRONG, troubles=(trouble,)))

    assert memory(archive.db, source(), now=WRONG).failing != ()
    assert memory(archive.db, source(), now=NOON).failing == ()


def test_an_article_missing_by_a_wrong_clock_can_be_withdrawn(archive: Archive) -> None:
    archive.record(visit(article(1)), now=WRONG)
    archive.record(visit(gone=(url(1),)), now=WRONG)

    kinds = [archive.kinds(visit(gone=(url(1),), at=NOON + day * timedelta(days=1))) for day in range(3)]

    assert kinds == [[], ["withdrawn"], []]


def test_a_revision_after_a_wrong_clock_bears_the_right_time(archive: Archive) -> None:
    archive.record(visit(article(1)), now=WRONG)

    archive.record(visit(article(1, headline="Khác"), at=LATER), now=LATER)

    assert latest(archive.db)[0].revised == LATER


def test_an_articles_neighbours_say_when_it_was_found(archive: Archive) -> None:
    archive.record(visit(article(1)), now=WRONG)
    assert sane_moment(archive.db, 1, until=LATER) is None

    archive.record(visit(article(2)), now=NOON)
    archive.record(visit(article(3)), now=WRONG)
    archive.record(visit(article(4)), now=LATER)

    assert sane_moment(archive.db, 1, until=LATER) == NOON
    assert sane_moment(archive.db, 3, until=LATER) == NOON
